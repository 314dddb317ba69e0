"""The public keys of records: stable, typable, whole in a URL."""

import re
import unicodedata

from catalog.errors import UsageFault
from catalog.record import Record

_LONGEST_NAME = 64
_SOURCE_NAME = re.compile(rf"[a-z0-9][a-z0-9._-]{{0,{_LONGEST_NAME - 1}}}")
_UNSAFE = re.compile(r"[^A-Za-z0-9._:-]")
_ESCAPED = re.compile(r"(?:~[0-9A-F]{2})+")
_DOAJ_ID = re.compile(r"[0-9a-f]{32}")


def record_key(source: str, identifier: str, copy: int, record: Record) -> str:
    """Return the key of a record.

    An article of DOAJ has DOAJ's key whatever it came through, so that its harvest by OAI and its MARC from a
    library are one record. Any other is `<source>/<identifier>`; the n-th record that a file gave one
    identifier ends in `~~n`.
    """
    doaj = record.identifier("doaj")
    if doaj is not None and _DOAJ_ID.fullmatch(doaj):
        return f"doaj/{doaj}"
    key = f"{source}/{escape(identifier)}"
    return key if copy == 1 else f"{key}~~{copy}"


def escape(identifier: str) -> str:
    """Write what could not be typed or stand in a URL as `~XX`, one for each byte of UTF-8; reversible.

    Not as `%XX`: servers and browsers undo that on their way, and the key would no longer be found.
    """
    return _UNSAFE.sub(_escaped, identifier)


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"~{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))


def unescape(escaped: str) -> str:
    """Return what `escape` was given."""
    return _ESCAPED.sub(
        lambda match: bytes.fromhex(match[0].replace("~", "")).decode("utf-8", "surrogatepass"), escaped
    )


def checked_source_name(name: str) -> str:
    """Return a source's name; raise UsageFault when it could not begin a key."""
    if _SOURCE_NAME.fullmatch(name):
        return name
    raise UsageFault(
        f"{name!r} cannot be the name of a source",
        hint=f"small letters, digits, '.', '_' and '-', for instance {source_name(name)!r}",
    )


def source_name(text: str) -> str:
    """Make a source's name of any text, a file's name for instance."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9._]+", "-", letters).strip("-._")[:_LONGEST_NAME].rstrip("-._") or "import"


def numbered_source_name(name: str, number: int) -> str:
    """Return the n-th source's name of those that would all have the same: `export`, `export-2`, ….

    A long one is shortened, so that it stays a name.
    """
    ending = f"-{number}" if number > 1 else ""
    return name[: _LONGEST_NAME - len(ending)] + ending
