"""A repository in memory, as a pure function of the request, and a client that asks it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from catalog.errors import MalformedResponse, TransportFailed
from catalog.record import Remark
from harvester.http.response import Response
from harvester.oai.source import OaiSource
from harvester.protocol import Page
from tests.harvester.oai.answers import ADDRESS, NAMESPACE, error, response

if TYPE_CHECKING:
    from harvester.http import Client

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
SECONDS = "YYYY-MM-DDThh:mm:ssZ"
DAYS = "YYYY-MM-DD"

Params = Mapping[str, str]
Fault = Callable[[Params], Response | Exception | None]


class Item(NamedTuple):
    identifier: str
    datestamp: str
    sets: tuple[str, ...] = ()
    deleted: bool = False


def no_fault(_params: Params) -> Response | Exception | None:
    return None


@dataclass
class Repository:
    """Lists `items` in their order, `size` on a page, or so many `headers`.

    `fault` may answer instead, `poison` makes answers with it fail.
    """

    items: Sequence[Item]
    size: int = 3
    headers: int | None = None
    granularity: str = SECONDS
    told: bool = True
    last_token: bool = True
    deleted_record: str = "persistent"
    formats: Sequence[str] = ("oai_dc",)
    poison: frozenset[str] = frozenset()
    fault: Fault = no_fault
    ignores_dates: bool = False
    excludes_until: bool = False
    until_used: str | None = None
    clock: Callable[[], datetime] = lambda: NOW
    asked: list[dict[str, str]] = field(default_factory=list)

    def respond(self, params: Params) -> Response | Exception:
        self.asked.append(dict(params))
        instead = self.fault(params)
        if instead is not None:
            return instead
        verbs = {
            "Identify": self._identify,
            "ListMetadataFormats": self._list_metadata_formats,
            "ListRecords": self._list_records,
            "ListIdentifiers": self._list_identifiers,
            "GetRecord": self._get_record,
        }
        return verbs[params["verb"]](params)

    def lists(self, verb: str = "ListRecords") -> list[dict[str, str]]:
        return [params for params in self.asked if params["verb"] == verb]

    def _answer(self, content: str, params: Params) -> Response:
        attributes = "".join(f' {name}="{value}"' for name, value in params.items())
        moment = f"{self.clock():%Y-%m-%dT%H:%M:%SZ}"
        return response(
            f'<OAI-PMH xmlns="{NAMESPACE}"><responseDate>{moment}</responseDate>'
            f"<request{attributes}>{ADDRESS}</request>{content}</OAI-PMH>"
        )

    def refused(self, code: str, params: Params) -> Response:
        return self._answer(error(code), params)

    def _identify(self, params: Params) -> Response:
        earliest = min((item.datestamp for item in self.items), default="2020-01-01")
        told = {
            "repositoryName": "A repository",
            "baseURL": ADDRESS,
            "protocolVersion": "2.0",
            "adminEmail": "a@example.org",
            "earliestDatestamp": earliest,
            "deletedRecord": self.deleted_record,
            "granularity": self.granularity,
        }
        content = "".join(f"<{name}>{value}</{name}>" for name, value in told.items())
        return self._answer(f"<Identify>{content}</Identify>", params)

    def _list_metadata_formats(self, params: Params) -> Response:
        content = "".join(
            f"<metadataFormat><metadataPrefix>{prefix}</metadataPrefix><schema/><metadataNamespace/>"
            "</metadataFormat>"
            for prefix in self.formats
        )
        return self._answer(f"<ListMetadataFormats>{content}</ListMetadataFormats>", params)

    def _list_records(self, params: Params) -> Response:
        return self._list(params, _record, self.poison)

    def _list_identifiers(self, params: Params) -> Response:
        return self._list(params, _header, frozenset())

    def _get_record(self, params: Params) -> Response:
        found = [item for item in self.items if item.identifier == params["identifier"]]
        if params["identifier"] in self.poison:
            return Response(500, ADDRESS)
        if not found:
            return self._answer(error("idDoesNotExist"), params)
        return self._answer(f"<GetRecord>{_record(found[0])}</GetRecord>", params)

    def _list(self, params: Params, write: Callable[[Item], str], poison: frozenset[str]) -> Response:
        verb, start, query = params["verb"], 0, dict(params)
        if "resumptionToken" in params:
            if len(params) > 2:
                return self._answer(error("badArgument"), params)
            place, *rest = params["resumptionToken"].split("|")
            start = int(place)
            query = dict(zip(("from", "until", "set"), rest, strict=True))
        chosen = [item for item in self.items if self._within(item, query)]
        size = (self.headers if verb == "ListIdentifiers" else None) or self.size
        page = chosen[start : start + size]
        if poison & {item.identifier for item in page}:
            return Response(500, ADDRESS)
        if not page:
            return self._answer(error("noRecordsMatch"), params)
        echo = dict(params)
        if self.until_used and "resumptionToken" not in params:
            echo["until"] = min(query.get("until") or self.until_used, self.until_used)
        content = "".join(map(write, page)) + self._token(start, start + size, len(chosen), query)
        return self._answer(f"<{verb}>{content}</{verb}>", echo)

    def _within(self, item: Item, query: Params) -> bool:
        if query.get("set") and query["set"] not in item.sets:
            return False
        if self.ignores_dates:
            return True
        since, until = query.get("from"), query.get("until")
        if self.until_used:
            until = min(until or self.until_used, self.until_used)
        datestamp = item.datestamp
        if self.excludes_until and until and datestamp[: len(until)] == until:
            return False
        return not (
            (since and datestamp[: len(since)] < since) or (until and datestamp[: len(until)] > until)
        )

    def _token(self, start: int, end: int, total: int, query: Params) -> str:
        attributes = f' completeListSize="{total}" cursor="{start}"' if self.told else ""
        if end < total:
            rest = "|".join(query.get(name) or "" for name in ("from", "until", "set"))
            return f"<resumptionToken{attributes}>{end}|{rest}</resumptionToken>"
        return f"<resumptionToken{attributes}/>" if start and self.last_token else ""


def _header(item: Item) -> str:
    status = ' status="deleted"' if item.deleted else ""
    specs = "".join(f"<setSpec>{spec}</setSpec>" for spec in item.sets)
    return (
        f"<header{status}><identifier>{item.identifier}</identifier>"
        f"<datestamp>{item.datestamp}</datestamp>{specs}</header>"
    )


def _record(item: Item) -> str:
    metadata = (
        ""
        if item.deleted
        else (
            '<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title></oai_dc:dc></metadata>'
        )
    )
    return f"<record>{_header(item)}{metadata}</record>"


class Caller:
    """Asks a repository once each time, and takes answers as harvester.http.Client does."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository

    def get(
        self,
        url: str,
        params: Params | None = None,
        *,
        read: Callable[[Response], Any],
        tries: int | None = None,
    ) -> object:
        assert tries is None or tries > 1
        answer = self.repository.respond(dict(params or {}))
        if isinstance(answer, Exception):
            raise answer
        try:
            return read(answer)
        except MalformedResponse:
            if 200 <= answer.status < 300:
                raise
            raise TransportFailed(f"answered {answer.status}", url=url, status=answer.status) from None


def source(repository: Repository, **options: object) -> OaiSource:
    given: dict[str, Any] = {"name": "x", "prefix": "oai_dc", "now": lambda: NOW, **options}
    return OaiSource(cast("Client", Caller(repository)), ADDRESS, **given)


class Harvest(NamedTuple):
    pages: list[Page]

    @property
    def identifiers(self) -> list[str]:
        return [raw.identifier for page in self.pages for raw in page.raws]

    @property
    def remarks(self) -> list[Remark]:
        return [remark for page in self.pages for remark in page.remarks]

    @property
    def last(self) -> Page:
        return self.pages[-1]

    def told(self, kind: str) -> list[tuple[str, int]]:
        return [(remark.text, remark.missing) for remark in self.remarks if remark.kind == kind]


def harvest(
    repository: Repository, since: str | None = None, until: str | None = None, **options: object
) -> Harvest:
    """Harvest all of it; a walk that does not end is an error."""
    pages: list[Page] = []
    for page in source(repository, **options).pages(since, until, None):
        pages.append(page)
        assert len(pages) < 500
    return Harvest(pages)


def items(count: int, *, day: int = 1, sets: tuple[str, ...] = ()) -> list[Item]:
    """Return records, a minute apart."""
    return [
        Item(f"oai:x:{number:04}", f"2024-01-{day:02}T{number // 60:02}:{number % 60:02}:00Z", sets)
        for number in range(count)
    ]


def killed(
    repository: Repository, kills: Sequence[int], since: str | None = None, until: str | None = None
) -> Harvest:
    """Harvest, and be killed after so many pages, the next one asked for but not kept; go on each time."""
    kept: list[Page] = []
    resume: str | None = None
    for left in (*kills, 10**6):
        pages = source(repository).pages(since, until, resume)
        for number, page in enumerate(pages):
            if number == left:
                break
            kept.append(page)
            resume = page.resume
        pages.close()
        if kept and resume is None:
            break
    return Harvest(kept)
