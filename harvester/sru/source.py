"""Harvesting what a query finds in a catalogue, by SRU 1.1, 1.2 or 2.0.

Source: https://www.loc.gov/standards/sru/ and http://docs.oasis-open.org/search-ws/searchRetrieve/v1.0/.
"""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from catalog.errors import ProtocolError, UsageFault
from catalog.record import Place
from harvester.http import Client
from harvester.positions import Batch, Mark, RecordRefused, walk
from harvester.protocol import Page, Plan
from harvester.sru.answer import Answer, read_answer
from harvester.sru.diagnostics import OF_A_RECORD, OTHER_VERSION, OUT_OF_RANGE, UNKNOWN_SCHEMA
from harvester.sru.explain import VERSIONS, Explained, read_explain

_ACCEPT = "application/sru+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
# What to ask for where a server does not describe itself; the last is to leave it to the server.
_SCHEMAS = ("marcxml", "MARC21-xml", "dc", "")


class SruSource:
    """A query to an SRU server: a Source.

    `schema` and `version` are found out where not given, `page` records asked for at once. `request` is what
    is stored as the request, unless these three.
    """

    kind = "sru"

    def __init__(
        self,
        client: Client,
        base_url: str,
        *,
        query: str,
        schema: str | None = None,
        version: str | None = None,
        name: str,
        request: Mapping[str, str] | None = None,
        page: int = 50,
    ) -> None:
        if not query.strip():
            raise UsageFault("SRU needs a query", hint="write it in CQL, as in dc.title=peer")
        if version and version not in VERSIONS:
            raise UsageFault(f"SRU has no version {version!r} here", hint=f"known are {', '.join(VERSIONS)}")
        self.name, self.location = name, base_url
        self.request = request or {"query": query, "schema": schema or "", "version": version or ""}
        self._client, self._query, self._size = client, query, page
        self._versions = [version] if version else []
        self._schemas = [schema] if schema else []
        self._title: str | None = None
        self._first: Batch | None = None

    def plan(self, since: str | None, until: str | None) -> Plan:
        """Ask how much there is; the first page, which tells it, is not asked for again."""
        _refuse_dates(since, until)
        self._introduce()
        self._first = first = self._ask(1, self._size)
        way = f"SRU {self._versions[0]}, records as {self._schemas[0] or 'the server likes'}"
        if first.total is None:
            return Plan(way, None, None)
        together = len(first.raws) or self._size
        return Plan(way, first.total, max(0, -(-first.total // together) - 1))

    def pages(self, since: str | None, until: str | None, resume: str | None) -> Iterator[Page]:
        """Yield the pages. Raises SourceError, ProtocolError with the diagnostic's URI."""
        _refuse_dates(since, until)
        mark = Mark.read(resume) if resume else Mark()
        if mark.manner:
            self._versions, self._schemas = [mark.manner["version"]], [mark.manner["schema"]]
        else:
            self._introduce()
        yield from walk(self._ask_or_recall, mark, self._size, self._manner)

    def _manner(self) -> dict[str, str]:
        return {"version": self._versions[0], "schema": self._schemas[0]}

    def _introduce(self) -> None:
        """Find out how the server wants to be asked, where that is not known."""
        if self._versions and self._schemas:
            return
        explained = self._explain()
        self._title = explained.title
        self._size = min(self._size, explained.largest or self._size)
        if not self._versions:
            self._versions = _first_of(explained.version, VERSIONS)
        if not self._schemas:
            self._schemas = _first_of(explained.schema, _SCHEMAS)

    def _explain(self) -> Explained:
        """Ask a server to describe itself, as 1.1 has it and as 2.0 has it."""
        for params in ({"operation": "explain", "version": self._version_of_explain()}, {}):
            found = self._client.get(self.location, params, read=read_explain, accept=_ACCEPT)
            if found is not None:
                return found
        return Explained()

    def _version_of_explain(self) -> str:
        return next((version for version in self._versions if version != "2.0"), VERSIONS[0])

    def _ask_or_recall(self, start: int, size: int) -> Batch:
        first, self._first = self._first, None
        return first if first is not None and start == 1 else self._ask(start, size)

    def _ask(self, start: int, size: int) -> Batch:
        """Ask for records, in another version or schema if the server wants that and it is ours to choose."""
        while True:
            answer = self._get(start, size)
            number = answer.diagnostics[0].number if answer.diagnostics and not answer.raws else None
            if (number in OTHER_VERSION or answer.explains) and len(self._versions) > 1:
                self._versions = self._versions[1:]
            elif number in UNKNOWN_SCHEMA and len(self._schemas) > 1:
                self._schemas = self._schemas[1:]
            else:
                break
        batch = self._batch(answer, start)
        self._versions, self._schemas = self._versions[:1], self._schemas[:1]
        return batch

    def _get(self, start: int, size: int) -> Answer:
        """Ask; twice, if the server says that a position is out of the range it just told."""
        params = _parameters(self._versions[0], self._query, self._schemas[0], start, size)
        for _ in range(2):
            answer = self._client.get(self.location, params, read=read_answer, accept=_ACCEPT)
            out_of_range = any(told.number == OUT_OF_RANGE for told in answer.diagnostics)
            if not out_of_range or (answer.total or 0) < start:
                break
        return answer

    def _batch(self, answer: Answer, start: int) -> Batch:
        """Judge an answer. Raises ProtocolError, RecordRefused."""
        told = answer.diagnostics[0] if answer.diagnostics and not answer.raws else None
        if answer.explains:
            raise ProtocolError(
                f"{self.location}: the server describes itself instead of searching",
                code="explainResponse",
                hint="give the version of SRU that it speaks",
            )
        if told is None:
            raws = [replace(raw, place=Place(ordinal=start + i)) for i, raw in enumerate(answer.raws)]
            return Batch(raws, answer.total, answer.following, remarks=answer.remarks, server=self._title)
        if told.number == OUT_OF_RANGE and start == 1 and not answer.total:
            return Batch((), 0)
        if told.number in OF_A_RECORD:
            raise RecordRefused(f"the server cannot send it: {told}")
        if start == 1:
            raise ProtocolError(
                f"{self.location}: the query was refused: {told}", code=told.uri, hint=told.hint
            )
        return Batch((), answer.total, refusal=f"the server refuses to send more: {told}")


def _parameters(version: str, query: str, schema: str, start: int, size: int) -> dict[str, str]:
    """Return the parameters of a searchRetrieve; 2.0 has neither version nor operation."""
    older = {} if version == "2.0" else {"version": version, "operation": "searchRetrieve"}
    return {
        **older,
        "query": query,
        "startRecord": str(start),
        "maximumRecords": str(size),
        "recordSchema": schema,
    }


def _first_of(best: str | None, all_of_them: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys([*([best] if best else ()), *all_of_them]))


def _refuse_dates(since: str | None, until: str | None) -> None:
    if since or until:
        raise UsageFault(
            "SRU cannot be asked for what changed between two dates",
            hint="leave the dates out, or put a date index of the server into the query",
        )
