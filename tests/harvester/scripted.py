"""A source that follows a script and a sink that remembers: what `harvester.run` is tested with."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import SimpleNamespace

from catalog.errors import StoreError
from catalog.record import RawRecord, Remark
from harvester.protocol import Page, Plan


def raw(number: int) -> RawRecord:
    return RawRecord(identifier=f"oai:x:{number}", format="oai_dc", payload=b"<dc/>", datestamp="2026-01-01")


@dataclass
class ScriptedSource:
    """Gives its pages after the one named by `resume`; raises an exception where the script has one."""

    script: Sequence[Page | Exception]
    name: str = "x"
    kind: str = "oai-pmh"
    location: str = "http://127.0.0.1/oai"
    request: Mapping[str, str] = field(default_factory=dict)
    asked: list[tuple[str | None, str | None, str | None]] = field(default_factory=list)

    def plan(self, since: str | None, until: str | None) -> Plan:
        del since, until
        return Plan("as written", None, None)

    def pages(self, since: str | None, until: str | None, resume: str | None) -> Iterator[Page]:
        self.asked.append((since, until, resume))
        reached = resume is None
        for step in self.script:
            if not reached:
                reached = isinstance(step, Page) and step.resume == resume
            elif isinstance(step, Exception):
                raise step
            else:
                yield step


@dataclass(frozen=True)
class Run:
    """A harvest as ListSink keeps it."""

    id: int
    source: str
    request: Mapping[str, str]
    since: str | None
    until: str | None
    status: str = "running"
    checkpoint: str | None = None
    watermark: str | None = None
    announced: int | None = None
    message: str | None = None
    remarks: tuple[Remark, ...] = ()
    received: int = 0
    requests: int = 0
    retries: int = 0
    seconds: float = 0.0

    @property
    def counts(self) -> SimpleNamespace:
        return SimpleNamespace(received=self.received, repeated=0)


class ListSink:
    """Keeps everything in memory, by the rules of harvester.protocol.Sink."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.raws: list[RawRecord] = []
        self.missing = 0
        self.before_page: Callable[[], object] = lambda: None

    def begin(
        self,
        source: str,
        *,
        kind: str,
        location: str,
        request: Mapping[str, str],
        since: str | None = None,
        until: str | None = None,
    ) -> int:
        del kind, location
        self.runs.append(Run(len(self.runs), source, dict(request), since, until))
        return len(self.runs) - 1

    def resume(self, harvest: int) -> Run:
        return self._change(harvest, status="running")

    def page(
        self,
        harvest: int,
        raws: Sequence[RawRecord],
        checkpoint: str | None = None,
        *,
        after: str | None = None,
        announced: int | None = None,
        remarks: Sequence[Remark] = (),
        requests: int = 0,
        retries: int = 0,
        seconds: float = 0.0,
        server: str | None = None,
    ) -> SimpleNamespace:
        del server
        self.before_page()
        run = self.runs[harvest]
        if run.checkpoint != after:
            raise StoreError("another process goes on with this harvest")
        self.raws += raws
        self._change(
            harvest,
            checkpoint=checkpoint,
            announced=announced,
            remarks=(*run.remarks, *remarks),
            received=run.received + len(raws),
            requests=run.requests + requests,
            retries=run.retries + retries,
            seconds=run.seconds + seconds,
        )
        return SimpleNamespace(received=len(raws), repeated=0)

    def finish(
        self,
        harvest: int,
        status: str,
        message: str | None = None,
        *,
        watermark: str | None = None,
        remarks: Sequence[Remark] = (),
    ) -> Run:
        run = self.runs[harvest]
        return self._change(
            harvest, status=status, message=message, watermark=watermark, remarks=(*run.remarks, *remarks)
        )

    def unseen(self, harvest: int) -> int:
        return self.missing if harvest else 0

    def unfinished(self, source: str, request: Mapping[str, str]) -> Run | None:
        run = self._newest(source, request)
        going = run is not None and run.status in ("running", "interrupted", "failed") and run.checkpoint
        return run if going else None

    def last(self, source: str, request: Mapping[str, str], status: str) -> Run | None:
        return self._newest(source, request, status)

    def _newest(self, source: str, request: Mapping[str, str], status: str | None = None) -> Run | None:
        fitting = (r for r in reversed(self.runs) if (r.source, r.request) == (source, dict(request)))
        return next((run for run in fitting if status in (None, run.status)), None)

    def _change(self, harvest: int, **values: object) -> Run:
        self.runs[harvest] = replace(self.runs[harvest], **values)
        return self.runs[harvest]
