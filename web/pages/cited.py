"""Citations for pages: the styles are read once, and records that were cited lately are not cited again."""

from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup
from starlette.requests import HTTPConnection

from catalog.export import Entry
from web.citations import Citations

_KEPT = 512


class Cited(NamedTuple):
    """A record in one style."""

    style: str
    label: str
    html: Markup


class Citing:
    """The citations of one process."""

    def __init__(self) -> None:
        styles = Citations()

        @lru_cache(_KEPT)
        def cited(entry: Entry) -> tuple[Cited, ...]:
            # All that is markup in it was put there by the processor.
            return tuple(Cited(each.style, each.label, Markup(each.html)) for each in styles.all(entry))  # noqa: S704

        self.all = cited


def citing_of(request: HTTPConnection) -> Citing:
    """Return the citations of the process that answers a request."""
    citing: Citing = request.app.state.citing
    return citing
