"""The configuration file: what a user would otherwise type every time."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from catalog.errors import UsageFault

KEYS = {
    "catalog": "The catalogue's folder, as --catalog.",
    "mailto": "Your e-mail address, told to the servers that are harvested.",
    "user-agent": "A whole User-Agent, for servers that refuse ours.",
}
"""Each key, and what it is for."""

SERVING = {
    "host": "The address to listen at; 0.0.0.0 is every one of this machine.",
    "port": "The port to listen at; 0 is any that is free.",
    "workers": "Processes that answer; as many as processors is plenty.",
    "title": "What the catalogue is called on its pages.",
    "base-url": "Its public address, for links that leave the page; else the address a request was made to.",
    "root-path": "Where it is on its host, when a proxy serves it below the top: /catalogue.  "
    "[default: the path of --base-url]",
    "trust-proxy": "An address or network whose X-Forwarded headers are believed; may be repeated.",
    "rate": "Requests a second granted to each client, in the long run; 0: any number.  "
    "[default: 20 to other machines]",
    "access-log": "A line for each request, without personal data, to a file; - is standard output.",
}
"""Each key of the table `serve`, an option of `peerlit serve`, and what it is for."""

SEVERAL = ("trust-proxy",)
"""Those of them that are lists."""


def config() -> Mapping[str, str]:
    """Read the file that PEERLIT_CONFIG names, else peerlit.toml in the platform's configuration folder.

    Raises UsageFault for a file that cannot be used: a setting that is misspelt must not be passed over.
    """
    path, settings = _file()
    settings.pop("serve", None)
    _check(path, settings, KEYS)
    for key, value in settings.items():
        if not isinstance(value, str) or not value:
            raise UsageFault(f"{path}: {key} must be a text in quotes")
    return settings


def serving() -> Mapping[str, Any]:
    """Read the table `serve` of the same file: options of `peerlit serve`, of whatever type they have there.

    Raises UsageFault as `config` does.
    """
    path, settings = _file()
    table = settings.get("serve", {})
    if not isinstance(table, dict):
        raise UsageFault(f"{path}: serve must be a table", hint="[serve] on a line, its settings below")
    _check(path, table, SERVING)
    for key, value in table.items():
        if isinstance(value, dict) or isinstance(value, list) != (key in SEVERAL):
            raise UsageFault(f"{path}: {key} must be {'a list' if key in SEVERAL else 'one value'}")
    return table


def _file() -> tuple[Path, dict[str, Any]]:
    named = os.environ.get("PEERLIT_CONFIG")
    path = Path(named).expanduser() if named else _default()
    try:
        with path.open("rb") as file:
            return path, tomllib.load(file)
    except FileNotFoundError:
        if named:
            raise UsageFault(f"{path}: no such file", hint="PEERLIT_CONFIG names it") from None
        return path, {}
    except (OSError, ValueError) as error:  # not UTF-8, or not TOML
        raise UsageFault(f"{path} cannot be read: {error}") from error


def _check(path: Path, settings: Mapping[str, Any], known: Mapping[str, str]) -> None:
    for key in settings:
        if key not in known:
            raise UsageFault(f"{path}: there is no setting {key!r}", hint=f"there are: {', '.join(known)}")


def _default() -> Path:
    from platformdirs import user_config_path

    return user_config_path("peerlit", appauthor=False) / "peerlit.toml"
