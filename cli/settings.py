"""What every command is told: which catalogue, how loud, in colour or not."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import UsageFault
from cli.config import config


@dataclass(frozen=True, slots=True)
class Settings:
    """The options before the command name."""

    catalog: str | None = None
    quiet: bool = False
    color: str = "auto"
    debug: bool = False

    def folder(self) -> Path:
        """Return the folder: option, PEERLIT_CATALOG, configuration, else the platform's data folder.

        Raises UsageFault for an option without a value: `--catalog "$UNSET"` means no other catalogue.
        """
        if self.catalog == "":
            raise UsageFault("--catalog is empty", hint="name a folder, or leave the option out")
        named = self.catalog or os.environ.get("PEERLIT_CATALOG") or config().get("catalog")
        if named:
            return Path(named).expanduser()
        from platformdirs import user_data_path

        return user_data_path("peerlit", appauthor=False)

    def colored(self) -> bool:
        """Tell whether stdout wants colour: the option, NO_COLOR, CLICOLOR_FORCE, then the terminal."""
        if self.color != "auto":
            return self.color == "always"
        if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
            return False
        return bool(os.environ.get("CLICOLOR_FORCE")) or sys.stdout.isatty()

    def progress(self) -> bool:
        """Tell whether progress may be drawn: only on a terminal that can, never when quiet."""
        return not self.quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
