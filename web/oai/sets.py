"""The sets: sources, classes, saved searches; who is in them, and by what query they are found."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from catalog.errors import CatalogueError
from catalog.normalize.classes import browse, class_table
from catalog.normalize.subjects import lcc_codes
from catalog.record import Subject
from catalog.store import Catalog, Listed, Search
from index.document import classes
from index.engine import Reader
from index.query.ast import All, Or, Query, Term, Word
from index.understanding import Asked, understand

_SOURCE, _CLASS, _SEARCH = "source", "lcc", "search"
_LEVEL: Final = " > "


class SetInfo(NamedTuple):
    """A set; `query` finds those of its records that are there. `search`: the saved one that it is."""

    spec: str
    name: str
    query: Query
    search: Search | None = None

    def kept_as(self) -> str:
        """Return the name under which the index keeps what it finds: another one when it is defined anew."""
        return f"{self.spec} {hash(self.query):x}"


class Sets:
    """The sets of a catalogue as it is now."""

    def __init__(self, catalog: Catalog, engine: Reader) -> None:
        self._catalog = catalog
        self._engine = engine
        self._searches = {each.spec: each for each in _of_searches(catalog.searches.every())}
        self._indexed = engine.revision()
        named = {spec: each.kept_as() for spec, each in self._searches.items() if each.search}
        self._standing = {name: self._searches[spec].query for spec, name in named.items()}
        self._names = {
            spec: [named[spec]] if spec in named else list(named.values()) for spec in self._searches
        }

    def every(self) -> list[SetInfo]:
        """Return all sets that have records or had some, each behind those it is part of."""
        found = [_root(_SOURCE), *map(_of_source, self._catalog.listing.sources())]
        codes = [row.code for row in browse()]
        counts = self._engine.counts([_of_class(code).query for code in codes])
        gone = self._of_deleted()
        used = [_of_class(code) for code, count in zip(codes, counts, strict=True) if count]
        used += [_of_class(code) for code in codes if _spec(code) in gone]
        if used:
            order = {_spec(code): number for number, code in enumerate(codes)}
            found += [_root(_CLASS), *sorted(set(used), key=lambda each: order[each.spec])]
        return [*found, *self._searches.values()]

    def find(self, spec: str) -> SetInfo | None:
        """Return a set; None when there is none of that name."""
        kind, _, rest = spec.partition(":")
        if kind == _SOURCE:
            known = not rest or rest in self._catalog.listing.sources()
            return (_of_source(rest) if rest else _root(_SOURCE)) if known else None
        if kind == _CLASS:
            code = rest.rpartition(":")[2]
            known = not rest or (code in class_table().by_code and _spec(code) == spec)
            return (_of_class(code) if rest else _root(_CLASS)) if known else None
        return self._searches.get(spec)

    def is_searched(self, spec: str | None) -> bool:
        """Tell whether only the index knows who is in a set."""
        return spec in self._searches

    def of(self, records: Sequence[Listed]) -> list[list[str]]:
        """Return the specs of the sets that each record is in, or was in when it was deleted."""
        found = self._engine.members(self._standing, [each.stored.key for each in records])
        return [
            [*_own_sets(each), *(spec for spec in self._searches if self._finds(spec, each, found))]
            for each in records
        ]

    def _finds(self, spec: str, record: Listed, found: Mapping[str, frozenset[str]]) -> bool:
        """Tell whether a search has a record; of one that the index has not seen yet nobody knows."""
        if record.stored.deleted:
            return True
        if record.stored.revision > self._indexed:
            return False
        return any(record.stored.key in found[name] for name in self._names[spec])

    def _of_deleted(self) -> set[str]:
        """Return the specs of all classes of records that are gone."""
        listing = self._catalog.listing
        return {spec for each in listing.of(listing.deleted()) for spec in _own_sets(each)}


def _root(kind: str) -> SetInfo:
    if kind == _SOURCE:
        return SetInfo(kind, "All sources", All())
    main = tuple(_of_class(code).query for code in class_table().below[""])
    return SetInfo(kind, "Library of Congress Classification", Or(main))


def _of_source(name: str) -> SetInfo:
    return SetInfo(f"{_SOURCE}:{name}", f"From {name}", Term((_SOURCE,), Word(name, "exact")))


def _of_class(code: str) -> SetInfo:
    path = class_table().by_code[code].path
    return SetInfo(_spec(code), _LEVEL.join(path), Term((_CLASS,), Word(code, "exact")))


def _of_searches(saved: Sequence[Search]) -> Iterator[SetInfo]:
    """Yield the sets of searches that can be run, and before them the one of all."""
    found = []
    for search in saved:
        query = _query(Asked(search.form, search.text, search.dialect, search.exact))
        if query is not None:
            found.append(SetInfo(f"{_SEARCH}:{slug(search.name)}", search.name, query, search))
    if found:
        queries = tuple(each.query for each in found)
        yield SetInfo(_SEARCH, "Saved searches", Or(queries) if len(queries) > 1 else queries[0])
    yield from found


def slug(name: str) -> str:
    """Return the name of a search as part of a setSpec: blanks as `-`, what may not be there as `~XX`.

    Reversible, so that two searches never become one set.
    """
    return "".join(
        "-"
        if char == " "
        else char
        if char.isascii() and (char.isalnum() or char in "_.")
        else _escaped(char)
        for char in name
    )


def _escaped(char: str) -> str:
    return "".join(f"~{byte:02X}" for byte in char.encode())


@lru_cache(maxsize=256)
def _query(asked: Asked) -> Query | None:
    """Return the query of a search; None of one that cannot be run any more."""
    try:
        return understand(asked).query
    except CatalogueError:
        return None


@cache
def _spec(code: str) -> str:
    """Return the spec of a class: the codes from the main class down to it."""
    return ":".join((_CLASS, *lcc_codes(class_table().by_code[code].path)))


def _own_sets(record: Listed) -> list[str]:
    """Return the specs of sources and classes; of one that is gone all that it ever had."""
    found = dict.fromkeys((_SOURCE, *(f"{_SOURCE}:{name}" for name in record.stored.sources)))
    for known in (record.stored.record, *record.past):
        for subject in known.subjects:
            found.update(dict.fromkeys(_of_subject(subject)))
    return list(found)


@lru_cache(maxsize=1 << 12)
def _of_subject(subject: Subject) -> tuple[str, ...]:
    """Return the specs of a class and of all above it."""
    known = class_table().by_code
    found = dict.fromkeys(spec for code in classes(subject) if code in known for spec in _above(_spec(code)))
    return tuple(sorted(found))


def _above(spec: str) -> Iterator[str]:
    parts = spec.split(":")
    return (":".join(parts[:length]) for length in range(1, len(parts) + 1))
