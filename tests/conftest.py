"""What holds for all tests."""

import os

from hypothesis import settings

# Where a run decides over a change, it must decide alike twice; at a desk every run looks somewhere else.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

# Whoever runs the tests may have a configuration of their own.
os.environ.pop("PEERLIT_CONFIG", None)
os.environ["XDG_CONFIG_HOME"] = "/nonexistent"
