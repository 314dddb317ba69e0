"""A search as an address has it: `/search?q=peer+support&subject=Medicine&from=2019&page=2`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Self, get_args
from urllib.parse import urlencode

from catalog.errors import UsageFault
from catalog.store import Search as Saved
from index.engine import SORTS, SortOrder
from index.fields import FACETS
from index.understanding import DIALECTS, Asked

SIZES = (20, 10, 50, 100)
"""Hits on a page that can be chosen; the first unless one is."""

PARAMETERS: Mapping[str, str] = {
    "q": "the query; every record is found without one",
    "any": "1: the query is a question, records with any of its words are found, best first",
    "exact": "1: words match as typed, not in their other forms",
    "dialect": f"the system whose syntax the query is written in: {', '.join(DIALECTS)}",
    **{facet: f"only records with this {facet}, as the facet shows it; may be repeated" for facet in FACETS},
    "from": "only records of this year and later",
    "to": "only records of this year and earlier",
    "like": "the key of a record: those most like it are found",
    "sort": f"the order: {', '.join(SORTS)}",
    "page": "the page of hits, counted from 1",
    "size": f"hits on a page: {', '.join(map(str, sorted(SIZES)))}",
}
"""What an address can say of a search, and what it means."""

_YEARS = range(-9999, 10_000)
_LONGEST_PAGE_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Search:
    """What is searched for, narrowed down, in which order, which page of it.

    `filters` are pairs of a facet and one of its values, in the order in which they were chosen.
    """

    q: str = ""
    question: bool = False
    exact: bool = False
    dialect: str | None = None
    filters: tuple[tuple[str, str], ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    like: str | None = None
    sort: SortOrder | None = None
    page: int = 1
    size: int = SIZES[0]

    @property
    def start(self) -> int:
        """Return how many hits come before the page."""
        return (self.page - 1) * self.size

    @property
    def asked(self) -> Asked:
        """Return the query alone, as the parser takes it."""
        if not self.q:  # every record, in whatever syntax nothing is asked
            return Asked("query", "")
        form: Literal["question", "query"] = "question" if self.question else "query"
        return Asked(form, self.q, self.dialect, self.exact, "the query")

    @property
    def order(self) -> SortOrder:
        """Return the order: by relevance where nothing else was chosen."""
        return self.sort or "relevance"

    def last_page(self, total: int, deepest: int) -> int:
        """Return the last page of so many hits, or of those that can be paged to; there is always a first."""
        return max(min(-(-total // self.size), deepest // self.size), 1)

    def lies_within(self, deepest: int) -> bool:
        """Tell whether its page can be paged to; the first always can."""
        return self.page == 1 or self.start + self.size <= deepest

    def at_page(self, page: int) -> Self:
        """Return another page of the same search."""
        return replace(self, page=page)

    def sorted_by(self, sort: SortOrder) -> Self:
        """Return the same search in another order, from its beginning."""
        return replace(self, sort=sort, page=1)

    def narrowed(self, facet: str, value: str) -> Self:
        """Return the search for those that have a value of a facet too."""
        filters = tuple(dict.fromkeys((*self.filters, (facet, value))))
        return replace(self, filters=filters, page=1)

    def widened(self, facet: str, value: str) -> Self:
        """Return the search without one of its filters."""
        left = tuple(each for each in self.filters if each != (facet, value))
        return replace(self, filters=left, page=1)

    def between(self, first_year: int | None, last_year: int | None) -> Self:
        """Return the search for records of some years; None leaves that end open."""
        return replace(self, first_year=first_year, last_year=last_year, page=1)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield the parameters of its address; what is as usual is left out."""
        told = {
            "q": self.q,
            "any": "1" if self.question else "",
            "exact": "1" if self.exact else "",
            "dialect": self.dialect or "",
        }
        yield from ((name, value) for name, value in told.items() if value)
        yield from self.filters
        rest = {
            "from": self.first_year,
            "to": self.last_year,
            "like": self.like,
            "sort": self.sort,
            "page": self.page if self.page > 1 else None,
            "size": self.size if self.size != SIZES[0] else None,
        }
        yield from ((name, str(value)) for name, value in rest.items() if value is not None)

    def address(self, path: str = "/search", **more: str) -> str:
        """Return its address under a path of this catalogue."""
        told = urlencode([*self.pairs(), *more.items()])
        return f"{path}?{told}" if told else path


def of_saved(saved: Saved) -> Search | None:
    """Return a saved search as an address has it; None for one of several lines."""
    if saved.form == "strategy":
        return None
    return Search(saved.text, saved.form == "question", saved.exact, saved.dialect)


def read_search(parameters: Iterable[tuple[str, str]]) -> Search:
    """Read a search from the parameters of an address; those it has no use for are passed over.

    Empty ones, which a form sends for every box left blank, are as good as none. Raises UsageFault for a
    value that cannot be meant.
    """
    given: dict[str, list[str]] = {}
    filters: list[tuple[str, str]] = []
    for name, text in parameters:
        if value := text.strip():
            given.setdefault(name, []).append(value)
            if name in FACETS:
                filters.append((name, value))
    return Search(
        q=_last(given, "q") or "",
        question=_flag(given, "any"),
        exact=_flag(given, "exact"),
        dialect=_chosen(given, "dialect", DIALECTS),
        filters=tuple(dict.fromkeys(filters)),
        first_year=_year(given, "from"),
        last_year=_year(given, "to"),
        like=_last(given, "like"),
        sort=next((sort for sort in get_args(SortOrder) if sort == _chosen(given, "sort", SORTS)), None),
        page=_page(given),
        size=int(_chosen(given, "size", tuple(map(str, SIZES))) or SIZES[0]),
    )


def _last(given: Mapping[str, Sequence[str]], name: str) -> str | None:
    return given[name][-1] if name in given else None


def _flag(given: Mapping[str, Sequence[str]], name: str) -> bool:
    return _chosen(given, name, ("1", "0")) == "1"


def _chosen(given: Mapping[str, Sequence[str]], name: str, choices: Sequence[str]) -> str | None:
    value = _last(given, name)
    if value is not None and value not in choices:
        raise UsageFault(
            f"{name}={value} is none of {', '.join(choices)}", hint=f"{name}: {PARAMETERS[name]}"
        )
    return value


def _year(given: Mapping[str, Sequence[str]], name: str) -> int | None:
    value = _last(given, name)
    if value is None:
        return None
    digits = value.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 5 and int(value) in _YEARS):
        raise UsageFault(f"{name}={value} is no year", hint=f"{name}: {PARAMETERS[name]}")
    return int(value)


def _page(given: Mapping[str, Sequence[str]]) -> int:
    value = _last(given, "page") or "1"
    if not (value.isascii() and value.isdigit() and len(value) <= _LONGEST_PAGE_NUMBER and int(value) > 0):
        raise UsageFault(f"page={value} is no page number", hint="pages are counted from 1")
    return int(value)
