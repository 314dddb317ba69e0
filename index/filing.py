"""What a record is sorted by: keys to be compared by code point."""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from catalog.normalize.articles import initial_article
from catalog.record import Container, Contributor, PartialDate, Record
from index.folding import fold

# A number sorts by its value, in front of letters.
_NUMBER = re.compile("[0-9]+")
_HYPHENS = str.maketrans("-", " ", "'")


def sort_keys(record: Record, added_at: str) -> dict[str, str]:
    """Return each sort key that the record has."""
    title = record.title
    container = record.container
    keys = {
        "date": _date(record.issued) if record.issued else "",
        "title": _filed(title, record.languages) if title else "",
        "author": _name(record.contributors[0]) if record.contributors else "",
        "journal": _journal(container, record.languages) if container else "",
        "added": added_at,
    }
    return {name: known for name, known in keys.items() if known}


def _date(issued: PartialDate) -> str:
    if issued.year is None:
        return ""
    return f"{max(issued.year, 0):04d}-{issued.month or 0:02d}-{issued.day or 0:02d}"


def _name(contributor: Contributor) -> str:
    # Smith, Zoe comes before Smith Jones, Al: what parts the family name is less than a blank.
    return _even(fold(_sort_name()(contributor))).replace(", ", "\x1f")


def _journal(container: Container, languages: tuple[str, ...]) -> str:
    title = container.title
    return _repeated(title, container.languages[:1] or languages[:1]) if title else ""


def _filed(title: str, languages: tuple[str, ...]) -> str:
    """Return a title folded, from its first letter or digit on, without its article."""
    filed = _from_first_letter(fold(title))
    # A title of unknown language is most often English; "A" begins too much else to be dropped there.
    pattern = initial_article(languages[0] if languages else "en")
    found = pattern.match(filed) if pattern else None
    return _even(_from_first_letter(filed[found.end() :]) if found else filed)


_repeated = lru_cache(maxsize=1 << 12)(_filed)


def _from_first_letter(text: str) -> str:
    if text[:1].isalnum():
        return text
    return next((text[place:] for place, letter in enumerate(text) if letter.isalnum()), text)


def _even(folded: str) -> str:
    """Compare word by word: hyphens are blanks, apostrophes nothing, and numbers have leading zeros."""
    return _NUMBER.sub(lambda match: match[0].zfill(8), folded.translate(_HYPHENS))


@cache
def _sort_name() -> Callable[[Contributor], str]:
    # Imported late: a search needs no name rules.
    from catalog.normalize.family_names import sort_name

    return sort_name
