"""The configuration file: what a user would otherwise type every time."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

from catalog.errors import UsageFault

KEYS = {
    "catalog": "The catalogue's folder, as --catalog.",
    "mailto": "Your e-mail address, told to the servers that are harvested.",
    "user-agent": "A whole User-Agent, for servers that refuse ours.",
}
"""Each key, and what it is for."""


def config() -> Mapping[str, str]:
    """Read the file that PEERLIT_CONFIG names, else peerlit.toml in the platform's configuration folder.

    Raises UsageFault for a file that cannot be used: a setting that is misspelt must not be passed over.
    """
    named = os.environ.get("PEERLIT_CONFIG")
    path = Path(named).expanduser() if named else _default()
    try:
        with path.open("rb") as file:
            settings = tomllib.load(file)
    except FileNotFoundError:
        if named:
            raise UsageFault(f"{path}: no such file", hint="PEERLIT_CONFIG names it") from None
        return {}
    except (OSError, ValueError) as error:  # not UTF-8, or not TOML
        raise UsageFault(f"{path} cannot be read: {error}") from error
    for key, value in settings.items():
        if key not in KEYS:
            raise UsageFault(f"{path}: there is no setting {key!r}", hint=f"there are: {', '.join(KEYS)}")
        if not isinstance(value, str) or not value:
            raise UsageFault(f"{path}: {key} must be a text in quotes")
    return settings


def _default() -> Path:
    from platformdirs import user_config_path

    return user_config_path("peerlit", appauthor=False) / "peerlit.toml"
