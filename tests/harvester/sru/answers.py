"""SRU answers to put together, a server that gives them, and a client that asks it without a network."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from xml.sax.saxutils import escape

from harvester.http import Response
from tests.harvester.trying import until_read

T = TypeVar("T")

ADDRESS = "http://127.0.0.1/sru"
SPACES = {
    "1.1": "http://www.loc.gov/zing/srw/",
    "1.2": "http://www.loc.gov/zing/srw/",
    "2.0": "http://docs.oasis-open.org/ns/search-ws/sruResponse",
}
DIAGNOSTIC_SPACE = "http://www.loc.gov/zing/srw/diagnostic/"


def marc(number: int) -> str:
    return (
        '<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader>'
        f'<controlfield tag="001">n{number}</controlfield><datafield tag="245" ind1="0" ind2="0">'
        f'<subfield code="a">Title {number}</subfield></datafield></record>'
    )


def diagnostic(number: int | str, details: str = "", message: str = "") -> str:
    uri = number if isinstance(number, str) else f"info:srw/diagnostic/1/{number}"
    parts = f"<uri>{uri}</uri>" + (f"<details>{details}</details>" if details else "")
    return f'<diagnostic xmlns="{DIAGNOSTIC_SPACE}">{parts}' + (
        f"<message>{message}</message></diagnostic>" if message else "</diagnostic>"
    )


def wrapped(data: str, position: int | None = None) -> str:
    place = "" if position is None else f"<zs:recordPosition>{position}</zs:recordPosition>"
    return (
        "<zs:record><zs:recordSchema>marcxml</zs:recordSchema><zs:recordPacking>xml</zs:recordPacking>"
        f"<zs:recordData>{data}</zs:recordData>{place}</zs:record>"
    )


def answer(
    records: Sequence[str] = (),
    total: int | str | None = 0,
    *,
    following: int | None = None,
    diagnostics: str = "",
    version: str = "1.1",
    echo: str = "",
) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<zs:searchRetrieveResponse xmlns:zs="{SPACES[version]}">'
        + ("" if version == "2.0" else f"<zs:version>{version}</zs:version>")
        + ("" if total is None else f"<zs:numberOfRecords>{total}</zs:numberOfRecords>")
        + (f"<zs:records>{''.join(records)}</zs:records>" if records else "")
        + ("" if following is None else f"<zs:nextRecordPosition>{following}</zs:nextRecordPosition>")
        + echo
        + (f"<zs:diagnostics>{diagnostics}</zs:diagnostics>" if diagnostics else "")
        + "</zs:searchRetrieveResponse>"
    )


def explain(
    *, version: str = "1.1", schemas: Mapping[str, str] | None = None, largest: int | None = None
) -> str:
    known = schemas if schemas is not None else {"marcxml": "info:srw/schema/1/marcxml-v1.1"}
    listed = "".join(f'<schema identifier="{uri}" name="{name}"/>' for name, uri in known.items())
    most = "" if largest is None else f'<setting type="maximumRecords">{largest}</setting>'
    record = (
        f'<explain xmlns="http://explain.z3950.org/dtd/2.0/"><serverInfo protocol="SRU" version="{version}">'
        "<host>127.0.0.1</host></serverInfo><databaseInfo><title>A library</title></databaseInfo>"
        f"<schemaInfo>{listed}</schemaInfo><configInfo>{most}</configInfo></explain>"
    )
    return (
        f'<zs:explainResponse xmlns:zs="{SPACES["1.1"]}"><zs:version>1.1</zs:version>'
        f"{wrapped(record)}</zs:explainResponse>"
    )


def response(body: str | bytes, *, status: int = 200, content_type: str = "text/xml") -> Response:
    sent = body.encode() if isinstance(body, str) else body
    return Response(status, ADDRESS, {"content-type": content_type}, sent)


def position(params: Mapping[str, str]) -> int:
    return int(params["startRecord"])


@dataclass
class Server:
    """A library of so many records; `speak` may answer otherwise, None to let it answer as it would."""

    total: int
    largest: int = 1000
    tells_next: bool = True
    version: str = "1.1"
    explained: str = field(default_factory=explain)
    speak: Callable[[Mapping[str, str]], str | Response | None] = lambda _params: None

    def __call__(self, params: Mapping[str, str]) -> str | Response:
        said = self.speak(params)
        if said is not None:
            return said
        if "query" not in params:
            return self.explained
        start = position(params)
        stop = min(start + min(int(params["maximumRecords"]), self.largest), self.total + 1)
        following = stop if self.tells_next and stop <= self.total else None
        records = [wrapped(marc(number), number) for number in range(start, stop)]
        return answer(records, self.total, following=following, version=self.version)


class Asking:
    """Asks a server in memory as harvester.http.Client does; remembers what was asked."""

    def __init__(self, server: Callable[[Mapping[str, str]], str | Response], tries: int = 2) -> None:
        self.server, self.tries = server, tries
        self.asked: list[dict[str, str]] = []

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        *,
        read: Callable[[Response], T],
        accept: str | None = None,
    ) -> T:
        del accept
        sent = {name: value for name, value in (params or {}).items() if value}

        def ask() -> Response:
            self.asked.append(sent)
            said = self.server(sent)
            return response(said) if isinstance(said, str) else said

        return until_read(ask, read, url=url, tries=self.tries)

    @property
    def searches(self) -> list[tuple[int, int]]:
        return [(position(one), int(one["maximumRecords"])) for one in self.asked if "query" in one]


def packed(text: str) -> str:
    return escape(text)
