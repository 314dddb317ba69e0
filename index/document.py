"""From a Record to what an engine indexes."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate

from catalog.record import Contributor, Record, Subject
from index.analyzer import Tokens, tokens
from index.display import facet_values
from index.filing import sort_keys
from index.values import form

VERSION = 3
"""Raise it when a record would now give another Document: indexes made before are then made anew."""


@dataclass(frozen=True, slots=True)
class Document:
    """A record as an engine sees it.

    `text`: field -> `analyzer.tokens` of each value (a phrase never runs over two values).
    `values`: field -> whole values in the form `index.values.normal` gives them, as the parser does.
    `numbers`: field -> integers.
    `facets`: facet -> display values, each once. `sort`: `date`, `title`, `author`, `journal` or `added` ->
    text to compare, absent when unknown.
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
    held = tuple(dict.fromkeys(sources))
    text = _text(record)
    values = _values(record, (key, citation_key), held)
    years = _years(record)
    has = _has(record, {*text, *values}, dated=bool(years))
    if has:
        values["has"] = has
    return Document(
        key=key,
        text=text,
        values=values,
        numbers={"year": years} if years else {},
        facets=facet_values(record, years=years, languages=values.get("language", ()), sources=held, has=has),
        sort=sort_keys(record, added_at),
    )


def _text(record: Record) -> dict[str, tuple[Tokens, ...]]:
    found: dict[str, tuple[Tokens, ...]] = {}
    for name, feed in TEXT_VALUES.items():
        texts = feed(record)
        if texts and (known := _analyzed(texts, _repeated_tokens if name in _REPEATED else tokens)):
            found[name] = known
    return found


def _analyzed(texts: Sequence[str | None], analyse: Callable[[str], Tokens]) -> tuple[Tokens, ...]:
    """Analyse texts; one that gives the same words as another is kept once, one without words not at all."""
    found: dict[Tokens, None] = {}
    for text in dict.fromkeys(texts):
        if text:
            known = analyse(text)
            if known.words:
                found[known] = None
    return tuple(found)


# What comes again and again is analysed once.
_REPEATED = frozenset({"keyword", "subject", "journal", "publisher", "affiliation"})
_repeated_tokens = lru_cache(maxsize=1 << 14)(tokens)


def _titles(record: Record) -> list[str | None]:
    return (
        [record.title, *(title.text for title in record.other_titles)]
        if record.other_titles
        else [record.title]
    )


def _names(record: Record) -> list[str | None]:
    return [form for contributor in record.contributors for form in name_forms(contributor)]


def name_forms(contributor: Contributor) -> tuple[str | None, ...]:
    """Return all forms of a name, the printed one first; split by the source, as a phrase in either order."""
    family, given = contributor.family, contributor.given
    if family and given:
        # With the comma that most printed forms have, so that one analysis does for both.
        return contributor.literal, contributor.vernacular, f"{family}, {given}", f"{given} {family}"
    return contributor.literal, contributor.vernacular


def _subjects(record: Record) -> list[str | None]:
    found: list[str | None] = []
    for subject in record.subjects:
        found += subject.path
        found.append(subject.term)
    found += record.genres
    return found


def _journal(record: Record) -> list[str | None]:
    found = [record.container.title] if record.container else []
    found += [series.title for series in record.series]
    return found


def _affiliations(record: Record) -> list[str]:
    return [place for contributor in record.contributors for place in contributor.affiliations]


TEXT_VALUES: Mapping[str, Callable[[Record], Sequence[str | None]]] = {
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


def _values(record: Record, names: Iterable[str], sources: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the whole values of every value field but `has`, in its normal form."""
    named: dict[str, list[str]] = {"doi": [], "issn": [], "isbn": []}
    identifiers = [*names]
    for identifier in record.identifiers:
        identifiers.append(identifier.value)
        if identifier.scheme in named:
            named[identifier.scheme].append(identifier.value)
    container = record.container
    issns, isbns = named["issn"], named["isbn"]
    if container:
        issns += [issn.value for issn in container.issns]
        isbns += container.isbns
    issns += [series.issn for series in record.series if series.issn]
    given: dict[str, Iterable[str | None]] = {
        **named,
        "orcid": [contributor.orcid for contributor in record.contributors],
        "source": sources,
        "id": (*identifiers, *issns, *isbns),
    }
    held = {field: _normal(field, texts) for field, texts in given.items() if texts}
    held["type"] = (record.type,)
    held["lcc"] = tuple(dict.fromkeys(code for subject in record.subjects for code in classes(subject)))
    held["language"] = _languages(record.languages)
    held["declared"] = _languages(container.languages) if container else ()
    return {field: known for field, known in held.items() if known}


def _normal(field: str, texts: Iterable[str | None]) -> tuple[str, ...]:
    normal = form(field)
    found: dict[str, None] = {}
    for text in texts:
        if text and (value := normal(text)):
            found[value] = None
    return tuple(found)


def classes(subject: Subject) -> tuple[str, ...]:
    """Return a class with those above it: in the table, and by their letters (R, RC)."""
    if subject.scheme != "lcc":
        return ()
    code = subject.code or ""
    letters = _CLASS_LETTERS.match(code)
    return (*_normal("lcc", (code,)), *_lcc_codes()(subject.path), *accumulate(letters[0] if letters else ""))


@cache
def _lcc_codes() -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    # Imported late: a search needs no class table.
    from catalog.normalize.subjects import lcc_codes

    return lcc_codes


_CLASS_LETTERS = re.compile(r"[A-Z]{0,3}(?![A-Z])")


@lru_cache(maxsize=1 << 10)
def _languages(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Return languages, and those of a region without it: `pt-BR` is also `pt`."""
    return _normal("language", [form for tag in tags for form in (tag, tag.partition("-")[0])])


def _years(record: Record) -> tuple[int, ...]:
    """Return the year, or the first and last one: the years between are not in a date that spans them."""
    issued = record.issued
    if issued is None:
        return ()
    first, last = issued.year, issued.end_year
    if last is None or first == last:
        return () if first is None else (first,)
    return (last,) if first is None else (first, last)


def _has(record: Record, fields: set[str], *, dated: bool) -> tuple[str, ...]:
    """Return what a record has one of: fields by name, and a few things that are no field."""
    container = record.container
    if dated:
        fields.add("year")
    if record.links:
        fields.add("link")
        if any(link.kind == "fulltext" for link in record.links):
            fields.add("fulltext")
    if record.licence is not None:
        fields.add("licence")
    if container and (container.first_page or container.article_number):
        fields.add("pages")
    return tuple(sorted(fields - _ALWAYS))


_ALWAYS = frozenset({"id", "type", "source"})
