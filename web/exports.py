"""All hits of a search, or selected records, as one file that is sent while it is written."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import chain
from typing import Final, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from catalog.errors import NotFound, UsageFault
from catalog.export import EXPORTERS, Options
from catalog.export.bibliography import Bibliography
from catalog.export.presets import PRESETS, Limit, chosen
from catalog.export.splitting import Split
from catalog.store.keys import source_name
from index.query.printer import show
from web.asked import Search, read_search
from web.caching import stamped, unchanged, unmodified, validators
from web.formats import content_type, disposition, entry_of, read_options
from web.parameters import NARROWING, OPTIONS, SEARCH, Parameter, checked
from web.searching import meaning
from web.shelf import Visit, shelf_of, site_of
from web.zipping import zipped

EXPORTING: Final = (
    *NARROWING,
    *(each for each in SEARCH if each.name == "sort"),
    Parameter("format", "the format; bibtex unless one is chosen", "choice", tuple(EXPORTERS)),
    Parameter("for", "the program it is for: its best format and settings", "choice", tuple(PRESETS)),
    Parameter("key", "a record in place of all hits; may be repeated", "texts"),
    Parameter("which", "selected: the records of `key` and never all", "choice", ("all", "selected")),
    *OPTIONS,
)
"""The parameters of an export."""

TOTAL: Final = "X-Total-Count"

_DATED: Final = ("bibtex", "biblatex")  # their heads tell the day
_CHUNK: Final = 1 << 16
_RECORD_BYTES: Final = 5_000
"""More than a record of the formats that are split takes on average, whichever they are."""
_MEGABYTE: Final = 1_000_000


class Wanted(NamedTuple):
    """What is to be written: keys in their order, and the query that found them."""

    keys: list[str]
    query: str
    name: str


class Download(StreamingResponse):
    """A file sent piece by piece; `release` is called when it is sent, or nobody wants it any more."""

    def __init__(self, pieces: Iterator[bytes], release: Callable[[], None], headers: dict[str, str]) -> None:
        super().__init__(pieces, headers=headers)
        self._release = release

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._release()


def export(request: Request) -> Response:
    """Answer `/export`: all hits of a search, or with `key` some records, in a format or for a program."""
    # Forms send what was left blank too.
    parameters = [(name, value) for name, value in request.query_params.multi_items() if value]
    told = checked(parameters, EXPORTING, others=True)
    form, options, limit = _format(told, read_options(parameters))
    with ExitStack() as open_until_sent:
        visit = open_until_sent.enter_context(shelf_of(request).visit())
        known = validators(request, visit, daily=form in _DATED)
        if answer := unchanged(request, known):
            return answer
        wanted = _selected(request, visit) if _is_selection(told) else _found(request, visit)
        if answer := unmodified(request, known):
            return answer
        is_split = _is_split(len(wanted.keys), limit)
        headers = _headers(wanted, form, is_split=is_split)
        if request.method == "HEAD":
            return stamped(StreamingResponse(iter(()), headers=headers), known)
        open_until_sent.enter_context(shelf_of(request).sending())
        stored = visit.catalog.many(wanted.keys)
        if is_split:
            exporter = EXPORTERS[form]
            files = Split(map(entry_of, stored), lambda entries: exporter.write(entries, options), limit)
            suffix = exporter.suffix
            pieces = zipped((f"{wanted.name}-{n}{suffix}", texts) for n, texts in enumerate(files, 1))
        else:
            written = Bibliography(form, options, query=wanted.query, count=len(wanted.keys))
            pieces = in_chunks(written.texts(stored))
        first = next(pieces, b"")  # what is wrong with the options is said before anything is sent
        download = Download(chain((first,), pieces), open_until_sent.pop_all().close, headers)
        return stamped(download, known)


def in_chunks(texts: Iterable[str]) -> Iterator[bytes]:
    """Yield texts put together, the first at once; each costs a turn of a thread."""
    pending, size = [], _CHUNK
    for text in texts:
        pending.append(text)
        size += len(text)
        if size >= _CHUNK:
            yield "".join(pending).encode()
            pending, size = [], 0
    if pending:
        yield "".join(pending).encode()


def _format(told: dict[str, str], options: Options) -> tuple[str, Options, Limit]:
    form = told.get("format")
    if tool := told.get("for"):
        preset = PRESETS[tool]
        try:
            return *chosen(preset, form, options), preset.limit
        except UsageFault as error:
            raise HTTPException(409, f"{error.message}; {error.hint}") from error
    return form or "bibtex", options, Limit()


def _is_selection(told: dict[str, str]) -> bool:
    return told.get("which", "selected" if "key" in told else "all") == "selected"


def _selected(request: Request, visit: Visit) -> Wanted:
    keys: dict[str, None] = {}
    for name in request.query_params.getlist("key"):
        stored = visit.catalog.get(name)
        if stored.deleted:
            raise NotFound(f"{stored.key} was withdrawn by its source on {stored.updated_at[:10]}")
        keys[stored.key] = None
    if not keys:
        raise UsageFault("no record is selected", hint="select some, or export all hits")
    return Wanted(list(keys), "", "selected")


def _found(request: Request, visit: Visit) -> Wanted:
    """Return all hits: in the order asked for, else by citation key, so that files compare well."""
    search = read_search(request.query_params.multi_items())
    query = meaning(search, visit, site_of(request)).query
    found = [hit.key for hit in visit.engine.search(query, limit=None, sort=search.sort or "added").hits]
    ordered = found if search.sort else list(visit.catalog.by_citation_key(found))
    return Wanted(ordered, "" if search == Search() else show(query), _name(search))


def _name(search: Search) -> str:
    return f"{source_name(search.q) if search.q else 'catalogue'}-{datetime.now(UTC).date().isoformat()}"


def _is_split(count: int, limit: Limit) -> bool:
    """Tell whether a program could not take so many records as one file; how long it is shows too late."""
    return bool(
        (limit.records and count > limit.records)
        or (limit.megabytes and count * _RECORD_BYTES > limit.megabytes * _MEGABYTE)
    )


def _headers(wanted: Wanted, form: str, *, is_split: bool) -> dict[str, str]:
    exporter = EXPORTERS[form]
    suffix, media_type = (".zip", "application/zip") if is_split else (exporter.suffix, exporter.media_type)
    return {
        "Content-Type": content_type(media_type),
        "Content-Disposition": disposition("attachment", f"{wanted.name}{suffix}"),
        TOTAL: str(len(wanted.keys)),
    }
