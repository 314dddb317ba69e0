"""What DOAJ's API does to a query before it searches: `portality/api/current/discovery.py`, restated."""

import re

_SHORT = {"title", "doi", "issn", "publisher", "journal", "abstract"}
_FIELD = re.compile(r"(?:^|[\s(])([a-z_]+(?:\.[a-z_]+)*)$")


def refused(query: str) -> bool:
    """Tell whether the API answers 400: `*` or `?`, or `~`, after anything that does not escape it."""
    return re.search(r".[^\\][?*]", query) is not None or re.search(r".[^\\]~", query) is not None


def searched_fields(query: str) -> list[str]:
    """Return the fields that a query still names after the API has escaped what it takes for text.

    Every colon but the first is escaped unless it is so already, or an AND or OR in blanks stands between it
    and the colon before.
    """
    pieces = query.split(":")
    found = []
    for number, piece in enumerate(pieces[:-1]):
        guarded = number > 0 and " AND " not in piece and " OR " not in piece
        if not piece.endswith("\\") and not guarded:
            field = _FIELD.search(piece)
            assert field, f"a colon that names no field is left: {piece!r}"
            found.append(field[1])
    return found


def quoted_alone(query: str) -> str:
    """Return a query with what stands in quotes blanked: the signs that are left mean something."""
    return re.sub(r'"(?:\\.|[^"\\])*"', '""', query)
