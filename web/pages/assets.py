"""Stylesheet, script and icon: read once, served under addresses that change with what is in them."""

from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from pathlib import PurePosixPath
from typing import NamedTuple

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_DIGITS = 12


class Asset(NamedTuple):
    """One file: what is in it, its media type, and a digest that stands for it."""

    body: bytes
    media_type: str
    digest: str


def load() -> Mapping[str, Asset]:
    """Return the files of web/static by name."""
    return {
        file.name: _asset(file.name, file.read_bytes())
        for file in files("web").joinpath("static").iterdir()
        if PurePosixPath(file.name).suffix in _TYPES
    }


def _asset(name: str, body: bytes) -> Asset:
    return Asset(body, _TYPES[PurePosixPath(name).suffix], sha256(body).hexdigest()[:_DIGITS])
