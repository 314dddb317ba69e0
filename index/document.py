"""From a Record to what an engine indexes."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from catalog.record import Contributor, Record
from index.analyzer import Tokens, tokens
from index.display import FACET_VALUES, SORT_VALUES
from index.values import normal

VERSION = 2
"""Raise it when a record would now give another Document: indexes made before are then made anew."""

SORT_KEYS = ("date", "title", "author", "journal", "added")
"""What documents can be sorted by."""

_REPEATED = 64


@dataclass(frozen=True, slots=True)
class Document:
    """A record as an engine sees it.

    `text`: field -> `analyzer.tokens` of each value (a phrase never runs over two values).
    `values`: field -> whole values in the form `index.values.normal` gives them, as the parser does.
    `numbers`: field -> integers.
    `facets`: facet -> display values, each once. `sort`: one of SORT_KEYS -> text to compare, absent when
    unknown.
    """

    key: str
    text: Mapping[str, tuple[Tokens, ...]]
    values: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, tuple[int, ...]]
    facets: Mapping[str, tuple[str, ...]]
    sort: Mapping[str, str]


def document(
    key: str, record: Record, *, citation_key: str, sources: Iterable[str], added_at: str = ""
) -> Document:
    """Describe a record for the index; fields and facets without a value are left out."""
    text = {name: found for name, feed in TEXT_VALUES.items() if (found := _analyzed(feed(record)))}
    values = {name: known for name, feed in _VALUES.items() if (known := _normal(name, feed(record)))}
    years = _years(record)
    has = _has(record, {*text, *values, *(("year",) if years else ())})
    held = {"source": tuple(dict.fromkeys(sources)), "has": has}
    values |= {name: known for name, shown in held.items() if (known := _normal(name, shown))}
    values["id"] = _normal("id", (key, citation_key, *_identifiers(record)))
    facets = {name: tuple(dict.fromkeys(feed(record))) for name, feed in FACET_VALUES.items()} | held
    sort = {name: feed(record) for name, feed in SORT_VALUES.items()} | {"added": added_at}
    return Document(
        key=key,
        text=text,
        values=values,
        numbers={"year": years} if years else {},
        facets={name: shown for name, shown in facets.items() if shown},
        sort={name: known for name, known in sort.items() if known},
    )


def _analyzed(texts: Iterable[str | None]) -> tuple[Tokens, ...]:
    """Analyse texts; one that gives the same words as another is kept once, one without words not at all."""
    distinct = dict.fromkeys(text for text in texts if text)
    return tuple(dict.fromkeys(found for text in distinct if (found := _tokens(text)).words))


def _tokens(text: str) -> Tokens:
    # Headings, journals, publishers and keywords come again and again; longer texts do not.
    return _repeated_tokens(text) if len(text) < _REPEATED else tokens(text)


@lru_cache(maxsize=1 << 13)
def _repeated_tokens(text: str) -> Tokens:
    return tokens(text)


def _normal(field: str, texts: Iterable[str | None]) -> tuple[str, ...]:
    found = (normal(field, text) for text in texts if text)
    return tuple(dict.fromkeys(value for value in found if value))


def _titles(record: Record) -> Iterable[str | None]:
    return record.title, *(title.text for title in record.other_titles)


def _names(record: Record) -> Iterable[str | None]:
    return (form for contributor in record.contributors for form in name_forms(contributor))


def name_forms(contributor: Contributor) -> Iterable[str | None]:
    """Return all forms of a name, the printed one first; split by the source, as a phrase in either order."""
    yield contributor.literal
    yield contributor.vernacular
    if contributor.family and contributor.given:
        yield f"{contributor.given} {contributor.family}"
        yield f"{contributor.family} {contributor.given}"


def _subjects(record: Record) -> Iterable[str | None]:
    for subject in record.subjects:
        yield from subject.path
        yield subject.term
    yield from record.genres


def _journal(record: Record) -> Iterable[str | None]:
    if record.container:
        yield record.container.title
    yield from (series.title for series in record.series)


def _affiliations(record: Record) -> Iterable[str | None]:
    return (place for contributor in record.contributors for place in contributor.affiliations)


TEXT_VALUES: Mapping[str, Callable[[Record], Iterable[str | None]]] = {
    "title": _titles,
    "abstract": lambda record: (record.abstract,),
    "keyword": lambda record: record.keywords,
    "subject": _subjects,
    "author": _names,
    "journal": _journal,
    "publisher": lambda record: (record.publisher,),
    "affiliation": _affiliations,
    "note": lambda record: record.notes,
}
"""The values of each text field, before they are analysed."""


def _identified(record: Record, scheme: str) -> Iterable[str]:
    return (identifier.value for identifier in record.identifiers if identifier.scheme == scheme)


def _issns(record: Record) -> Iterable[str | None]:
    yield from _identified(record, "issn")
    if record.container:
        yield from (issn.value for issn in record.container.issns)
    yield from (series.issn for series in record.series)


def _isbns(record: Record) -> Iterable[str | None]:
    yield from _identified(record, "isbn")
    if record.container:
        yield from record.container.isbns


def _identifiers(record: Record) -> Iterable[str | None]:
    yield from (identifier.value for identifier in record.identifiers)
    yield from _issns(record)
    yield from _isbns(record)


def _classes(record: Record) -> Iterable[str | None]:
    """Return the classes with those above them: in the table, and by their letters (R, RC)."""
    # Imported late: a search needs no class table.
    from catalog.normalize.subjects import lcc_codes

    for subject in record.subjects:
        if subject.scheme == "lcc":
            yield subject.code
            yield from lcc_codes(subject.path)
            letters = _CLASS_LETTERS.match(subject.code or "")
            yield from accumulate(letters[0] if letters else "")


def _with_base(languages: Iterable[str]) -> Iterable[str]:
    """Return languages, and those of a region without it: `pt-BR` is also `pt`."""
    for language in languages:
        yield language
        yield language.partition("-")[0]


_CLASS_LETTERS = re.compile(r"[A-Z]{0,3}(?![A-Z])")


_VALUES: Mapping[str, Callable[[Record], Iterable[str | None]]] = {
    "doi": lambda record: _identified(record, "doi"),
    "issn": _issns,
    "isbn": _isbns,
    "orcid": lambda record: (contributor.orcid for contributor in record.contributors),
    "lcc": _classes,
    "language": lambda record: _with_base(record.languages),
    "declared": lambda record: _with_base(record.container.languages if record.container else ()),
    "type": lambda record: (record.type,),
}


def _years(record: Record) -> tuple[int, ...]:
    """Return the year, or the first and last one: the years between are not in a date that spans them."""
    if record.issued is None:
        return ()
    known = (record.issued.year, record.issued.end_year)
    return tuple(dict.fromkeys(year for year in known if year is not None))


def _has(record: Record, fields: Iterable[str]) -> tuple[str, ...]:
    """Return what a record has one of: fields by name, and a few things that are no field."""
    other = {
        "fulltext": any(link.kind == "fulltext" for link in record.links),
        "licence": record.licence is not None,
        "link": bool(record.links),
        "pages": bool(record.container and (record.container.first_page or record.container.article_number)),
    }
    return tuple(sorted({*fields, *(name for name, known in other.items() if known)} - {"type"}))
