"""From page to page of a list."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

_AROUND = 2


class Step(NamedTuple):
    """One place of a pager; without an address it is the present page or a gap."""

    text: str
    address: str | None = None
    rel: str | None = None
    is_current: bool = False
    name: str | None = None


class Pager(NamedTuple):
    """The steps of a list; none when it has one page."""

    steps: tuple[Step, ...]
    previous: str | None
    next: str | None


def pager(page: int, last: int, address: Callable[[int], str]) -> Pager:
    """Return the way to the pages around one, the first and the last; `address` tells that of a page."""
    if last <= 1:
        return Pager((), None, None)
    before = address(min(page - 1, last)) if page > 1 else None
    after = address(page + 1) if page < last else None
    return Pager(tuple(_steps(page, last, before, after, address)), before, after)


def _steps(
    page: int, last: int, before: str | None, after: str | None, address: Callable[[int], str]
) -> Iterator[Step]:
    if before:
        yield Step("Previous", before, "prev")
    done = 0
    for number in sorted({1, last, *range(max(1, page - _AROUND), min(last, page + _AROUND) + 1)}):
        if number > done + 1:
            yield Step("…")
        done = number
        if number == page:
            yield Step(str(number), is_current=True)
        else:
            yield Step(str(number), address(number), name=f"Page {number:,}")
    if after:
        yield Step("Next", after, "next")
