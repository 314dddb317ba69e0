"""Page ranges as bibliography styles want them: `--` between first and last, in full."""

import re
from typing import Final

from catalog.record import Container

_DASH: Final = "\u2010-\u2015\u2212\ufe58\ufe63\uff0d~〜～"
_LONG_RANGE: Final = re.compile(rf"\s*(?:[{_DASH}]|-{{2,}})+\s*")
_HYPHEN_RANGE: Final = re.compile(r"(?<=\d)\s*-\s*(?=[A-Za-z]*\d)")
_LABEL: Final = re.compile(r"^(?:pages?|pp?|pgs?|págs?|str|s|с|S)(?:\.\s*|\s+)(?=\d)", re.IGNORECASE)
_COUNT: Final = re.compile(r"^\[?(\d+)\]?\s*(?:p|pp|pages?|págs?|S|s|str|с)\b\.?$")
_PAGES_IN_EXTENT: Final = re.compile(r"\b(\d+)\]?\s*(?:p|pp|pages?|págs?|S|s|str|с)\b")
_NUMBER: Final = re.compile(r"^(\D*)(\d+)$")
_NOTHING: Final = re.compile(rf"^[-\s{_DASH}.,;:]*$")


def pages(container: Container | None) -> str | None:
    """Return `1--14`, `S12--S19`, `e12` or `1--4, 9--12`; None where there are none or only their number.

    `123-8` becomes `123--128` when that is the only way to read it.
    """
    if container is None:
        return None
    first, last = _page(container.first_page), _page(container.last_page)
    if first is None or last is None:
        single = first or last
        return _ranges(single) if single else None
    return f"{_in_full(first)}--{_complete(first, last)}"


def page_count(container: Container | None) -> str | None:
    """Return the number of pages where `1 p.` was given in place of a page."""
    found = _COUNT.match(container.first_page.strip()) if container and container.first_page else None
    return found[1] if found else None


def page_total(extent: str | None) -> str | None:
    """Return the number of pages from a description of the extent: 340 of `xii, 340 p. : ill.`."""
    found = _PAGES_IN_EXTENT.search(extent) if extent else None
    return found[1] if found else None


def _page(value: str | None) -> str | None:
    if value is None or _NOTHING.match(value) or _COUNT.match(value.strip()):
        return None
    return " ".join(_LABEL.sub("", value.strip()).split())


def _ranges(value: str) -> str:
    """Write the ranges of a text that was never cut into first and last."""
    return ", ".join(_range(part.strip()) for part in re.split(r"[,;]", value) if part.strip())


def _range(value: str) -> str:
    ends = [end for end in _LONG_RANGE.split(value) if end]
    if len(ends) == 1:
        ends = _HYPHEN_RANGE.split(value, maxsplit=1)
    return f"{ends[0]}--{_complete(ends[0], ends[1])}" if len(ends) == 2 else "--".join(ends)


def _in_full(page: str) -> str:
    return _LONG_RANGE.sub("--", page)


def _complete(first: str, last: str) -> str:
    """Write an abbreviated last page in full: 123-8 is 123 to 128, S12-9 is S12 to S19."""
    start, end = _NUMBER.match(first), _NUMBER.match(last)
    if start is None or end is None or end[1] or len(end[2]) >= len(start[2]):
        return _in_full(last)
    full = start[2][: -len(end[2])] + end[2]
    return start[1] + full if int(full) > int(start[2]) else last
