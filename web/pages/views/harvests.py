"""Sources and harvests as their pages show them."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from catalog.store import Harvest
from catalog.store.report import rows
from index.engine import FacetValue
from index.folding import fold
from web.asked import Search

# What a server was told to log in with is nobody else's business.
_LOGIN: Final = re.compile(r"(?<=://)[^/?#]*@")
_NAMES: Final = "key|token|password|secret|auth"
_SECRET: Final = re.compile(_NAMES, re.IGNORECASE)
_PARAMETER: Final = re.compile(rf"(?<=[?&])([^=&#]*(?:{_NAMES})[^=&#]*=)[^&#]*", re.IGNORECASE)


class SourceRow(NamedTuple):
    """A source: its records now, the search for them, its newest run, and how many it had."""

    name: str
    kind: str
    records: int
    address: str
    last: Harvest
    runs: int


def source_rows(runs: Iterable[Harvest], counted: Iterable[FacetValue]) -> list[SourceRow]:
    """Return the sources of runs, which begin with the newest, by name; one may have no record left."""
    records = {fold(value.value): value.count for value in counted}
    by_source: dict[str, list[Harvest]] = {}
    for run in runs:
        by_source.setdefault(run.source, []).append(run)
    return [
        SourceRow(
            name,
            of_source[0].kind,
            records.get(fold(name), 0),
            Search(filters=(("source", name),)).address(),
            of_source[0],
            len(of_source),
        )
        for name, of_source in sorted(by_source.items())
    ]


def shown_location(run: Harvest) -> str:
    """Return where a run took its records from: of a file its name alone, of an address no password."""
    if run.kind == "file":
        return re.split(r"[/\\]", run.location.rstrip("/\\"))[-1]
    return _PARAMETER.sub(r"\1…", _LOGIN.sub("", run.location))


def report(run: Harvest) -> list[tuple[str, str]]:
    """Return the report of a run without what is for its own people only."""
    request = {name: "…" if _SECRET.search(name) else value for name, value in run.request.items()}
    message = None if run.kind == "file" else run.message
    return list(rows(run._replace(location=shown_location(run), request=request, message=message), ()))
