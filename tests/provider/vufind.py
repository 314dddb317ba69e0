"""A VuFind: its REST search by page and by token, and its exports.

Source: module/VuFindApi/src/VuFindApi/Controller/SearchApiController.php and config/vufind/export.ini of
https://github.com/vufind-org/vufind
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Literal
from urllib.parse import parse_qs, unquote

from cli.loopback.answer import Answer
from tests.provider.marc import SLIM, Book, iso2709, marcxml

_MOST = 100
_JSON = {"Content-Type": "application/json", "Access-Control-Allow-Origin": "*"}


class VuFind:
    """Answer below `path`.

    `full_record` is the form of that field, None where the site does not give it; `styles` those that can be
    exported. `api` False: the site has its REST interface switched off. `tokens` False: an older VuFind,
    which passes over `resumptionToken` and pages.
    """

    def __init__(
        self,
        books: Sequence[Book],
        *,
        full_record: Literal["marcxml", "iso2709"] | None = "marcxml",
        styles: Collection[str] = ("MARC", "MARCXML"),
        api: bool = True,
        tokens: bool = True,
        cursor_limit: int = 100,
        path: str = "",
    ) -> None:
        self._books = {book.id: book for book in books}
        self._full, self._styles, self._api, self._tokens = full_record, styles, api, tokens
        self._cursor_limit, self._path = cursor_limit, path

    def respond(self, path: str, query: str, headers: Mapping[str, str]) -> Answer:
        """Answer a request."""
        del headers
        params = parse_qs(query, keep_blank_values=True)
        inner = path.removeprefix(self._path)
        if self._api and inner == "/api/v1/search":
            return self._search(params)
        if self._api and inner == "/api/v1/record":
            return self._record(params)
        if inner == "/Cart/doExport":
            ids = [each.partition("|")[2] for each in params.get("i[]", ())]
            return self._export(ids, params.get("f", [""])[0])
        parts = inner.split("/")
        if len(parts) == 4 and (parts[1], parts[3]) == ("Record", "Export"):
            return self._export([unquote(parts[2])], params.get("style", [""])[0])
        return _page(404, "Page not found")

    def _search(self, params: Mapping[str, list[str]]) -> Answer:
        words = _one(params, "lookfor", "").replace('"', " ").split()
        found = [book for book in self._books.values() if all(book.holds(word) for word in words)]
        token = _one(params, "resumptionToken", "") if self._tokens else ""
        if token:
            return self._cursor(found, token, _fields(params))
        limit = _one(params, "limit", "20")
        if not limit.isdigit() or int(limit) > _MOST:
            return _error("Invalid limit")
        at = (max(1, int(_one(params, "page", "1"))) - 1) * int(limit)
        page = found[at : at + int(limit)]
        return _ok({"resultCount": len(found)} | self._shown(page, _fields(params)))

    def _cursor(self, found: Sequence[Book], token: str, fields: Collection[str]) -> Answer:
        """Every page that has records has a token, too: the list ends with a page that has neither."""
        known = token.removeprefix("cursor-")
        if token != "*" and (known == token or not known.isdigit()):
            return _error("Invalid or expired resumption token")
        at = 0 if token == "*" else int(known)
        page = found[at : at + self._cursor_limit]
        told = {"resultCount": len(found)} | self._shown(page, fields)
        after = {"token": f"cursor-{at + len(page)}", "expires": "2030-01-01 00:00:00"}
        return _ok(told | ({"resumptionToken": after} if page else {}))

    def _record(self, params: Mapping[str, list[str]]) -> Answer:
        ids = params.get("id[]") or params.get("id") or []
        if not ids or len(ids) > _MOST:
            return _error("Missing id" if not ids else f"Record limit ({_MOST}) exceeded")
        if "id[]" not in params and ids[0] not in self._books:
            return _error("Error loading record")
        found = [self._books[each] for each in ids if each in self._books]
        return _ok({"resultCount": len(found)} | self._shown(found, _fields(params)))

    def _shown(self, books: Sequence[Book], fields: Collection[str]) -> dict[str, object]:
        rows = []
        for book in books:
            row: dict[str, object] = {"id": book.id, "title": book.title}
            if self._full == "marcxml":
                row["fullRecord"] = f'<collection xmlns="{SLIM}">{marcxml(book)}</collection>'
            elif self._full == "iso2709":
                row["fullRecord"] = iso2709(book).decode()
            rows.append({name: value for name, value in row.items() if name in fields})
        return {"records": rows} if rows else {}

    def _export(self, ids: Sequence[str], style: str) -> Answer:
        if style not in self._styles:
            return _page(200, "Export not supported")
        missing = [each for each in ids if each not in self._books]
        if missing:
            return _page(404, f"Record {missing[0]} does not exist")
        books = [self._books[each] for each in ids]
        if style == "MARC":
            return Answer(200, {"Content-Type": "application/MARC"}, b"".join(map(iso2709, books)))
        body = f'<?xml version="1.0"?><collection xmlns="{SLIM}">{"".join(map(marcxml, books))}</collection>'
        return Answer(200, {"Content-Type": "text/xml"}, body.encode())


def _fields(params: Mapping[str, list[str]]) -> Collection[str]:
    return params.get("field[]") or ("id", "title")


def _one(params: Mapping[str, list[str]], name: str, default: str) -> str:
    return params.get(name, [default])[0]


def _ok(content: Mapping[str, object]) -> Answer:
    return Answer(200, _JSON, json.dumps({**content, "status": "OK"}).encode())


def _error(message: str) -> Answer:
    return Answer(400, _JSON, json.dumps({"status": "ERROR", "statusMessage": message}).encode())


def _page(status: int, title: str) -> Answer:
    body = f"<!DOCTYPE html><html><head><title>{title}</title></head><body></body></html>"
    return Answer(status, {"Content-Type": "text/html; charset=UTF-8"}, body.encode())
