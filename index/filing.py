"""What a record is sorted by: keys to be compared by code point."""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from catalog.record import Container, Contributor, PartialDate, Record
from index.folding import fold

# Words a title is not sorted by, in the languages that have them (MARC 21 appendix F, "Initial definite and
# indefinite articles"); ambiguous in one language (French `un`, also "one") is an article all the same.
_ARTICLES = {
    "af": "die ’n 'n",
    "ca": "el els la les l' un una",
    "da": "den det de en et",
    "de": "der die das ein eine",
    "en": "the a an",
    "es": "el la los las un una",
    "fr": "le la les l' un une",
    "gl": "o a os as un unha",
    "hu": "a az egy",
    "it": "il lo la i gli le l' un uno una un'",
    "nl": "de het een 't 'n",
    "nb": "den det de en et ei",
    "nn": "den det dei ein eit ei",
    "no": "den det de en et ei",
    "pt": "o a os as um uma",
    "sv": "den det de en ett",
}


@lru_cache(maxsize=64)
def _article(language: str) -> re.Pattern[str] | None:
    words = _ARTICLES.get(language.partition("-")[0], "").split()
    if not words:
        return None
    parts = [re.escape(word) if word.endswith("'") else re.escape(word) + r"\s+" for word in words]
    return re.compile(rf"(?:{'|'.join(parts)})(?=\S)")


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
    pattern = _article(languages[0] if languages else "en")
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
