"""What is shown of a record in facets, and what it is sorted by."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from catalog.record import Record
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


def _filed(text: str | None, languages: Iterable[str]) -> str:
    """Return a title as it is sorted: folded, from its first letter or digit on, without its article."""
    if not text:
        return ""
    filed = _from_first_letter(fold(text))
    # A title of unknown language is most often English; "A" begins too much else to be dropped there.
    pattern = _article(next(iter(languages), "en"))
    found = pattern.match(filed) if pattern else None
    return _from_first_letter(filed[found.end() :]) if found else filed


def _from_first_letter(text: str) -> str:
    for place, letter in enumerate(text):
        if letter.isalnum():
            return text[place:]
    return text


def _title(record: Record) -> str:
    return _filed(record.title, record.languages)


def _author(record: Record) -> str:
    from catalog.normalize.family_names import sort_name

    first = next(iter(record.contributors), None)
    return fold(sort_name(first)) if first else ""


def _journal(record: Record) -> str:
    container = record.container
    return _filed(container.title, container.languages or record.languages) if container else ""


def _date(record: Record) -> str:
    issued = record.issued
    if issued is None or issued.year is None:
        return ""
    return f"{max(issued.year, 0):04d}-{issued.month or 0:02d}-{issued.day or 0:02d}"


SORT_VALUES: Mapping[str, Callable[[Record], str]] = {
    "date": _date,
    "title": _title,
    "author": _author,
    "journal": _journal,
}
"""The sort keys that are of the record itself."""


def _subjects(record: Record) -> Iterable[str]:
    for subject in record.subjects:
        yield from subject.path
        if subject.term:
            yield subject.term


def _year(record: Record) -> Iterable[str]:
    if record.issued and record.issued.year is not None:
        yield str(record.issued.year)


def _languages(record: Record) -> Iterable[str]:
    return map(_language_name, record.languages)


@lru_cache(maxsize=1024)
def _language_name(code: str) -> str:
    # Imported late: a search needs no table of languages.
    from catalog.normalize.languages import name

    return name(code)


def _container(record: Record) -> Iterable[str]:
    return (record.container.title,) if record.container and record.container.title else ()


FACET_VALUES: Mapping[str, Callable[[Record], Iterable[str]]] = {
    "subject": _subjects,
    "year": _year,
    "journal": _container,
    "language": _languages,
    "keyword": lambda record: record.keywords,
    "author": lambda record: (contributor.literal for contributor in record.contributors),
    "publisher": lambda record: (record.publisher,) if record.publisher else (),
    "type": lambda record: (record.type,),
}
"""The facets that are of the record itself, with the values as they are shown."""
