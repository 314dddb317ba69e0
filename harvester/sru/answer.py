"""The answer to a searchRetrieve: bytes in, values out.

Elements are told by their local names: 1.1, 1.2 and 2.0 differ in namespace, and servers do in addition.
"""

import re
from dataclasses import dataclass
from io import BytesIO

from msgspec.structs import replace

from catalog.errors import MalformedResponse, UnreadableFile
from catalog.record import RawRecord, Remark
from harvester.files.byte_stream import Peekable, as_utf8
from harvester.files.window import Tally, Window
from harvester.files.xml_document import Document, known_encoding
from harvester.files.xml_slices import cut
from harvester.files.xml_tags import Token, declared_encoding, local
from harvester.http.response import Response
from harvester.positions import Unreadable
from harvester.sru.diagnostics import PASSING, Diagnostic

_ROOT = re.compile(
    rb"<!--(?s:.*?)-->|(?P<root><(?:[\w.-]+:)?"
    rb"(?:searchRetrieveResponse|explainResponse|scanResponse|diagnostics?)(?=[\s/>]))"
)
_DECLARATION = re.compile(rb"<\?xml\s[^<>]*\?>")
_CHARSET = re.compile(r"\bcharset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_TITLE = re.compile(rb"(?is)<title[^<>]*>(.*?)</title")
_HTML = re.compile(rb"(?i)<(?:!doctype\s+html|html|body|head)[\s>]")
_OVERLOADED = frozenset((408, 425, 429, 502, 503, 504))
_COUNTED = ("numberOfRecords", "nextRecordPosition")
_BARRED = frozenset((b"records", b"diagnostics", b"diagnostic", *(name.encode() for name in _COUNTED)))
_SURROGATE = re.compile(r"xml:\{[^}]*\}diagnostic")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a whole answer holds; `total` and `following` are None where the server does not tell.

    `explains` is true of a server that describes itself instead of searching.
    """

    raws: tuple[RawRecord, ...]
    total: int | None
    following: int | None
    diagnostics: tuple[Diagnostic, ...]
    remarks: tuple[Remark, ...] = ()
    explains: bool = False


def read_answer(response: Response) -> Answer:
    """Read an answer to searchRetrieve, whatever its HTTP status.

    A record that cannot be sent, for which a diagnostic stands in, has a fault. Raises MalformedResponse for
    what is no SRU, Unreadable for what is but broke off or is damaged around its records.
    """
    body, start = _body(response)
    around, raws = _read(body, start, _encoding(body[:start], response))
    root = around.root[0] if around.root else ""
    if around.end is None or around.strays & _BARRED or around.is_damaged(_COUNTED[0]):
        raise Unreadable(f"{response.url}: the SRU answer breaks off or is damaged")
    total, following = (_count(around.text_of(name)) for name in _COUNTED)
    diagnostics = around.diagnostics()
    if response.status in _OVERLOADED or any(told.number in PASSING for told in diagnostics):
        why = f": {diagnostics[0]}" if diagnostics else f" (HTTP {response.status})"
        raise MalformedResponse(f"{response.url}: the server is not able to answer now{why}")
    if not diagnostics and (response.status >= 400 or root != "searchRetrieveResponse"):
        if root == "explainResponse" and response.status < 400:
            return Answer((), None, None, (), explains=True)
        raise MalformedResponse(f"{response.url}: the answer is {root}, with HTTP {response.status}")
    if total is None and not raws and not diagnostics:
        raise Unreadable(f"{response.url}: the SRU answer does not say how many records there are")
    remarks = [Remark("note", f"the server remarks: {told}") for told in diagnostics if raws]
    return Answer(tuple(map(_judged, raws)), total, following, diagnostics, tuple(remarks))


class _Around(Document):
    """What stands around the records: the elements that hold nothing but text, with their paths."""

    def __init__(self, encoding: str, body: bytes) -> None:
        super().__init__(encoding, alone=True)
        self.leaves: list[tuple[tuple[str, ...], str]] = []
        self.strays: set[bytes] = set()
        self._body = body
        self._opened: int | None = None

    def enter(self, token: Token, window: Window) -> bool:
        """Take in a token outside the records."""
        if token.kind == "opened":
            self._opened = window.base + token.end
        elif token.kind == "closed":
            if self._opened is not None and self.scopes and self.scopes[-1].name == token.name:
                content = self._body[self._opened : window.base + token.start]
                self.leaves.append((self._path(), self.text(content)))
            elif not any(scope.name == token.name for scope in self.scopes):
                self.strays.add(local(token.name))
            self._opened = None
        return super().enter(token, window)

    def _path(self) -> tuple[str, ...]:
        return tuple(local(scope.name).decode("utf-8", "replace") for scope in self.scopes)

    @property
    def lists(self) -> bool:
        """Tell whether a record that stood here were one of the result."""
        return any(local(scope.name) == b"records" for scope in self.scopes)

    def text_of(self, name: str) -> str | None:
        """Return what a child of the root holds."""
        return next((text for path, text in self.leaves if len(path) == 2 and path[1] == name), None)

    def is_damaged(self, name: str) -> bool:
        """Tell whether a child of the root was opened and never closed."""
        return name.encode() in self.seen and not any(path[-1] == name for path, _ in self.leaves)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return the diagnostics that stand for the whole answer, in their order."""
        told: list[dict[str, str]] = []
        for path, text in self.leaves:
            if path[-2:-1] == ("diagnostic",) and "extraResponseData" not in path:
                if not told or path[-1] in told[-1]:
                    told.append({})
                told[-1][path[-1]] = text
            elif path[-1] in ("diagnostic", "diagnostics") and text:
                told.append({"message": text})
        parts = ("uri", "message", "details")
        return tuple(Diagnostic(*(one.get(part, "") for part in parts)) for one in told)


def _read(body: bytes, start: int, encoding: str) -> tuple[_Around, list[RawRecord]]:
    around = _Around(encoding, body)
    stream = BytesIO(body)
    stream.seek(start)
    window = Window(stream)
    window.base = start
    try:
        raws = [raw for raw in cut(window, Tally(), around) if around.lists]
    except UnreadableFile as error:
        raise MalformedResponse(error.message) from error
    return around, raws


def _body(response: Response) -> tuple[bytes, int]:
    """Return the answer, UTF-16 as UTF-8, and where its root begins."""
    source, wide = as_utf8(Peekable(BytesIO(response.body)))
    body = b"".join(iter(source.read, b"")) if wide else response.body
    found = next((found for found in _ROOT.finditer(body) if found["root"]), None)
    before = body[: found.start()] if found else body
    if b"<!ENTITY" in before:
        raise MalformedResponse(f"{response.url}: the XML declares entities, which are never expanded here")
    if found is not None and not _HTML.search(before):
        return body, found.start()
    title = _TITLE.search(body[:4096])
    what = "nothing" if not body.strip() else "a web page" if _HTML.search(body[:4096]) else "something else"
    called = f" ({' '.join(title[1].decode('utf-8', 'replace').split())[:80]})" if title else ""
    raise MalformedResponse(
        f"{response.url}: the answer is {what}, not SRU{called}",
        hint="is this the address of its SRU interface?",
    )


def _encoding(before: bytes, response: Response) -> str:
    declarations = _DECLARATION.findall(before)
    declared = declared_encoding(declarations[-1]) if declarations else None
    charset = _CHARSET.search(response.headers.get("content-type", ""))
    return known_encoding(declared or (charset[1] if charset else None))


def _judged(raw: RawRecord) -> RawRecord:
    """Give a diagnostic that stands in for a record what it says as its fault."""
    if raw.fault is not None or not _SURROGATE.fullmatch(raw.format):
        return raw
    around, _ = _read(raw.payload, 0, "utf-8")
    told = "; ".join(map(str, around.diagnostics())) or "no reason given"
    return replace(raw, fault=f"the server could not send the record: {told}")


def _count(text: str | None) -> int | None:
    """Return a number that is one; servers send -1, nothing, and words."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
