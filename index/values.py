"""The one form in which a value field is indexed and asked for."""

from collections.abc import Callable
from functools import cache, partial
from typing import get_args

from catalog.record import RecordType
from index.fields import FIELD_NAMES, HAS

_Form = Callable[[str], str | None]

_IDENTIFIERS = frozenset({"issn", "isbn", "orcid"})
CLOSED: dict[str, tuple[str, ...]] = {"type": get_args(RecordType), "has": HAS}
"""Fields with a short list of values, and that list."""

_LANGUAGES = frozenset({"language", "declared"})


def normal(field: str, text: str) -> str | None:
    """Return a value as the index holds it, None when it cannot be a value of that field.

    DOI, ISSN, ISBN, ORCID iD and languages take their normal forms, also a DOI given as an `id`; class
    codes are upper case without blanks; everything else is folded for case and blanks. `type` and `has`
    have no values but those of RecordType and HAS.
    """
    return form(field)(text)


@cache
def form(field: str) -> _Form:
    """Return `normal` for one field."""
    # Imported late: the normalisers load tables that a search for words never needs.
    if field == "doi":
        from catalog.normalize.doi import doi

        return doi
    if field in _IDENTIFIERS:
        from catalog.normalize import identifiers

        by_name: dict[str, _Form] = {
            "issn": identifiers.issn,
            "isbn": identifiers.isbn,
            "orcid": identifiers.orcid,
        }
        return by_name[field]
    if field in _LANGUAGES:
        from catalog.normalize.languages import language

        return language
    others: dict[str, _Form] = {
        "lcc": _class,
        "id": _identifier,
        "type": partial(_listed, "type"),
        "has": partial(_listed, "has"),
    }
    return others.get(field, _plain)


def _class(text: str) -> str | None:
    return "".join(text.upper().split()) or None


def _identifier(text: str) -> str | None:
    return ("10." in text and normal("doi", text)) or _plain(text)


def _listed(field: str, text: str) -> str | None:
    value = _plain(text)
    if field == "has" and value in FIELD_NAMES:
        value = FIELD_NAMES[value].name
    return value if value in CLOSED[field] else None


def _plain(text: str) -> str | None:
    return " ".join(text.casefold().split()) or None


def prefix(field: str, text: str) -> str:
    """Return the beginning of a value, to be matched with a wildcard behind it, in the index's case."""
    if field in _LANGUAGES:
        return text
    return "".join(text.upper().split()) if field in {"lcc", "issn", "isbn", "orcid"} else text.casefold()


def fault(field: str, text: str) -> str:
    """Say why normal() has no value for a text."""
    expected = _check_character(field, text)
    if expected is not None:
        return f"{text} is no {_NAMES[field]}: its check digit should be {expected}"
    return f"{text} is no {_NAMES.get(field, field)}"


def nearest(field: str, text: str) -> str | None:
    """Return the value most like a mistyped one, of fields with a short list of values."""
    import difflib  # only a mistake pays for it

    close = difflib.get_close_matches(text.casefold(), CLOSED.get(field, ()), n=1, cutoff=0.5)
    return close[0] if close else None


_NAMES = {"doi": "DOI", "issn": "ISSN", "isbn": "ISBN", "orcid": "ORCID iD", "declared": "language"}


def _check_character(field: str, text: str) -> str | None:
    """Return the right last character of a number that has all its characters, ISO 7064 or modulo 10."""
    body = "".join(char for char in text.upper() if char.isascii() and char.isalnum())[:-1]
    if not body.isdigit():
        return None
    if (field, len(body)) in {("issn", 7), ("isbn", 9)}:
        rest = sum(int(digit) * (len(body) + 1 - n) for n, digit in enumerate(body)) % 11
        return "0123456789X"[-rest % 11]
    if (field, len(body)) == ("isbn", 12):
        return str(-sum(int(digit) * (3 if n % 2 else 1) for n, digit in enumerate(body)) % 10)
    if (field, len(body)) == ("orcid", 15):
        rest = 0
        for digit in body:
            rest = (rest + int(digit)) * 2 % 11
        return "0123456789X"[(12 - rest) % 11]
    return None
