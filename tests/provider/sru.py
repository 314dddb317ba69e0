"""An SRU server for versions 1.1, 1.2 and 2.0 over a list of books.

Sources: https://www.loc.gov/standards/sru/sru-1-2.html and https://www.loc.gov/standards/sru/diagnostics/
"""

import re
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

from cli.loopback.answer import Answer
from tests.provider.marc import SLIM, Book, dublin_core, marcxml

_NAMESPACES = {
    "1.1": ("http://www.loc.gov/zing/srw/", "http://www.loc.gov/zing/srw/diagnostic/"),
    "1.2": ("http://www.loc.gov/zing/srw/", "http://www.loc.gov/zing/srw/diagnostic/"),
    "2.0": (
        "http://docs.oasis-open.org/ns/search-ws/sruResponse",
        "http://docs.oasis-open.org/ns/search-ws/diagnostic",
    ),
}
_DC = "info:srw/schema/1/dc-schema"
_SCHEMAS: Mapping[str, tuple[str, Callable[[Book], str]]] = {
    "marcxml": ("info:srw/schema/1/marcxml-v1.1", marcxml),
    SLIM: ("info:srw/schema/1/marcxml-v1.1", marcxml),
    "info:srw/schema/1/marcxml-v1.1": ("info:srw/schema/1/marcxml-v1.1", marcxml),
    "dc": (_DC, lambda book: dublin_core(book, "srw_dc:dc", _DC)),
    _DC: (_DC, lambda book: dublin_core(book, "srw_dc:dc", _DC)),
}
_CLAUSE = re.compile(
    r'\s*(?:[\w.]+\s*(?:=|any|all|exact|adj)\s*)?(?:"([^"]+)"|([^\s()"=]+))\s*(and\s+(?=\S)|$)', re.IGNORECASE
)


class _Refused(Exception):
    """A diagnostic: its number, what it means, and details."""


class Sru:
    """Answer at `path`; `most` is the upper limit that is put silently on maximumRecords."""

    def __init__(
        self, books: Sequence[Book], *, most: int = 50, default_version: str = "1.1", path: str = "/sru"
    ) -> None:
        self._books, self._most, self._version, self._path = books, most, default_version, path

    def respond(self, path: str, query: str, headers: Mapping[str, str]) -> Answer:
        """Answer a request, with status 200 also where it is refused."""
        del headers
        if path != self._path:
            return Answer(404, {"Content-Type": "text/plain"}, b"Not here")
        params = dict(parse_qsl(query, keep_blank_values=True))
        version = params.get("version", self._version)
        known = version if version in _NAMESPACES else self._version
        try:
            total, inside = self._found(params, version)
        except _Refused as refused:
            number, message, details = refused.args
            total = 0
            inside = (
                f'<zs:diagnostics><diagnostic xmlns="{_NAMESPACES[known][1]}">'
                f"<uri>info:srw/diagnostic/1/{number}</uri><details>{escape(details)}</details>"
                f"<message>{message}</message></diagnostic></zs:diagnostics>"
            )
        body = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<zs:searchRetrieveResponse xmlns:zs="{_NAMESPACES[known][0]}"><zs:version>{known}</zs:version>'
            f"<zs:numberOfRecords>{total}</zs:numberOfRecords>{inside}</zs:searchRetrieveResponse>"
        )
        return Answer(200, {"Content-Type": "text/xml; charset=utf-8"}, body.encode())

    def _found(self, params: Mapping[str, str], version: str) -> tuple[int, str]:
        if version not in _NAMESPACES:
            raise _Refused(5, "Unsupported version", "2.0")
        if version != "2.0" and params.get("operation") != "searchRetrieve":
            raise _Refused(4, "Unsupported operation", params.get("operation", ""))
        if not params.get("query"):
            raise _Refused(7, "Mandatory parameter not supplied", "query")
        schema = params.get("recordSchema") or "marcxml"
        if schema not in _SCHEMAS:
            raise _Refused(66, "Unknown schema for retrieval", schema)
        start, size = _number(params, "startRecord", 1), _number(params, "maximumRecords", 10)
        if start < 1:
            raise _Refused(6, "Unsupported parameter value", "startRecord")
        words = _words(params["query"])
        found = [book for book in self._books if all(book.holds(word) for word in words)]
        if start > max(1, len(found)):
            raise _Refused(61, "First record position out of range", str(start))
        page = found[start - 1 : start - 1 + min(size, self._most)]
        packing = params.get("recordXMLEscaping" if version == "2.0" else "recordPacking") or "xml"
        if packing not in ("xml", "string"):
            raise _Refused(71, "Unsupported record packing", packing)
        return len(found), _records(page, start, schema, packing, version) + _next(
            start + len(page), len(found)
        )


def _records(page: Sequence[Book], start: int, schema: str, packing: str, version: str) -> str:
    identifier, write = _SCHEMAS[schema]
    how = "recordXMLEscaping" if version == "2.0" else "recordPacking"
    rows = "".join(
        f"<zs:record><zs:recordSchema>{identifier}</zs:recordSchema><zs:{how}>{packing}</zs:{how}>"
        f"<zs:recordData>{escape(write(book)) if packing == 'string' else write(book)}</zs:recordData>"
        f"<zs:recordPosition>{position}</zs:recordPosition></zs:record>"
        for position, book in enumerate(page, start)
    )
    return f"<zs:records>{rows}</zs:records>" if rows else ""


def _next(position: int, total: int) -> str:
    return f"<zs:nextRecordPosition>{position}</zs:nextRecordPosition>" if position <= total else ""


def _number(params: Mapping[str, str], name: str, default: int) -> int:
    value = params.get(name) or str(default)
    if not value.isdigit():
        raise _Refused(6, "Unsupported parameter value", name)
    return int(value)


def _words(query: str) -> list[str]:
    """Return the terms of clauses joined by `and`; nothing else is understood."""
    words, at = [], 0
    while at < len(query):
        found = _CLAUSE.match(query, at)
        if found is None:
            raise _Refused(10, "Query syntax error", query)
        words.append(found[1] or found[2])
        at = found.end()
    return words
