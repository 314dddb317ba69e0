"""A VuFind in memory: its search, with or without cursor, and its export."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from json import dumps, loads
from typing import TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

from harvester.http import Response
from tests.harvester.sru.answers import marc
from tests.harvester.trying import until_read

T = TypeVar("T")
ADDRESS = "http://127.0.0.1/vufind"
Said = str | bytes | Response | None


def iso(number: int) -> str:
    body = f"001000600000245001200006\x1en{number:04}\x1e00\x1faTitle{number:02}\x1e\x1d"
    return f"{len(body) + 24:05}nam a2200049 a 4500" + body


def response(said: Said, url: str = ADDRESS) -> Response:
    if isinstance(said, Response):
        return said
    return Response(200, url, {}, said.encode() if isinstance(said, str) else said or b"")


def error(status: int, message: str) -> Response:
    return Response(status, ADDRESS, {}, dumps({"status": "ERROR", "statusMessage": message}).encode())


@dataclass
class Library:
    """So many records; `speak` may answer a search otherwise. `limit` is the largest page without cursor."""

    total: int
    cursor: int | None = None
    limit: int = 100
    visible: int | None = None
    content: Callable[[int], object] = marc
    speak: Callable[[Mapping[str, str]], Said] = lambda _params: None
    asked: list[dict[str, str]] = field(default_factory=list)
    tries: int = 2

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
            self.asked.append({**sent, "url": url})
            said = self.speak(sent)
            return response(self.search(url, sent) if said is None else said, url)

        return until_read(ask, read, url=url, tries=self.tries)

    def search(self, url: str, params: Mapping[str, str]) -> Said:
        token = params.get("resumptionToken")
        fields = parse_qs(urlsplit(url).query)["field[]"]
        assert fields == ["id", "fullRecord"]
        if token and self.cursor:
            start = 0 if token == "*" else int(token.removeprefix("t"))
            page = self.page(start, start + self.cursor)
            if page["records"]:
                page["resumptionToken"] = {"token": f"t{start + self.cursor}", "expires": "2026-01-01"}
            return dumps(page)
        size = int(params["limit"])
        if size > self.limit:
            return error(400, "Invalid limit")
        start = (int(params["page"]) - 1) * size
        if self.visible is not None and start + size > self.visible:  # VuFind goes back to the last one
            start = -(-self.visible // size) * size - size
        return dumps(self.page(start, start + size))

    def page(self, start: int, stop: int) -> dict[str, object]:
        records = []
        for number in range(start + 1, min(stop, self.total) + 1):
            content = self.content(number)
            records.append({"id": f"n{number}", **({"fullRecord": content} if content else {})})
        return {"resultCount": self.total, "records": records, "status": "OK"}


def exported(url: str) -> str:
    return unquote(urlsplit(url).path.removeprefix("/vufind/Record/").removesuffix("/Export"))


def loaded(checkpoint: str | None) -> dict[str, object]:
    assert checkpoint is not None
    found = loads(checkpoint)
    assert isinstance(found, dict)
    return found
