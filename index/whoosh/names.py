"""The terms of an index as bytes: `field NUL term`, without line breaks."""

from index.fields import FIELDS

KEY = "key"
TEXT_FIELDS = tuple(field.name for field in FIELDS.values() if field.kind == "text")

_BREAKS = str.maketrans("\0\n", "  ")


def encoded(term: str) -> bytes:
    """Return a term as the files hold it."""
    return term.translate(_BREAKS).encode("utf-8", "replace")


def encoded_number(number: int) -> bytes:
    """Return a number as a term; terms are in the order of their numbers from -2**31 on."""
    return b"%010d" % max(number + (1 << 31), 0)


def named(field: str, term: bytes) -> bytes:
    """Return the name of a term in a field."""
    return b"%s\0%s" % (field.encode(), term)
