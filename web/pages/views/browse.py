"""All values of a facet, part by part."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.display import LEVEL
from index.engine import FacetValue
from index.folding import fold
from index.tree import Branch, subject_tree
from web.asked import Search
from web.pages.labels import value_label
from web.pages.views.facets import Row, chosen_of, nested, row

SIZE = 100
"""Values in a part; of subjects whole branches, so that there may be more."""

ORDERS = {"count": "Most records first", "name": "A–Z"}


class Browse(NamedTuple):
    """Which values are wanted: in which order, those that contain a text, which part of them from 1."""

    order: str = "count"
    containing: str = ""
    part: int = 1

    def needs(self, facet: str) -> int | None:
        """Return how many of the most frequent values are enough to show the part, None for all."""
        if self.order == "count" and not self.containing and facet != "subject":
            return self.part * SIZE + 1
        return None

    def told(self) -> dict[str, str]:
        """Return the parameters of its address; what is as usual is left out."""
        told = {
            "order": self.order if self.order != "count" else "",
            "containing": self.containing,
            "part": str(self.part) if self.part > 1 else "",
        }
        return {name: value for name, value in told.items() if value}


class Part(NamedTuple):
    """The rows of one part, and whether there is another after it."""

    rows: tuple[Row, ...]
    is_last: bool


def part(search: Search, facet: str, values: Sequence[FacetValue], browse: Browse) -> Part:
    """Return one part of the values of a facet; those given begin with the most frequent."""
    chosen = chosen_of(search, facet)
    if facet == "subject" and not browse.containing:
        branches = subject_tree(values) if browse.order == "count" else _alphabetical(values)
        chunks = list(_chunks(branches))
        shown = chunks[browse.part - 1] if browse.part <= len(chunks) else []
        return Part(nested(search, shown, chosen), browse.part >= len(chunks))
    wanted = fold(browse.containing)
    fitting = [value for value in values if wanted in fold(value_label(facet, value.value))]
    if browse.order == "name":
        fitting.sort(key=lambda value: fold(value_label(facet, value.value)), reverse=facet == "year")
    shown_values = fitting[(browse.part - 1) * SIZE : browse.part * SIZE]
    return Part(
        tuple(row(search, facet, value, chosen) for value in shown_values),
        len(fitting) <= browse.part * SIZE,
    )


def _alphabetical(values: Sequence[FacetValue]) -> list[Branch]:
    paths = sorted(((fold(each.value).split(LEVEL), each) for each in values), key=lambda pair: pair[0])
    return [
        Branch(len(path) - 1, value.value.split(LEVEL)[-1], value.value, value.count) for path, value in paths
    ]


def _chunks(branches: Sequence[Branch]) -> Iterator[list[Branch]]:
    """Cut a tree between its broadest subjects, into parts of at least SIZE."""
    chunk: list[Branch] = []
    for branch in branches:
        if branch.level == 0 and len(chunk) >= SIZE:
            yield chunk
            chunk = []
        chunk.append(branch)
    if chunk:
        yield chunk
