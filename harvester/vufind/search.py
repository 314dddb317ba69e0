"""What VuFind's search API answers: bytes in, values out.

Source: https://github.com/vufind-org/vufind, VuFindApi/Controller/SearchApiController.php.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.errors import MalformedResponse, ProtocolError
from catalog.record import Place, RawRecord
from harvester.files.window import digest
from harvester.http import Response
from harvester.positions import Unreadable
from harvester.vufind.full_record import faulty, raw_record, text_of

_OVERLOADED = frozenset((408, 425, 429))
_HINTS: Mapping[int, str] = {
    401: "the server wants a key, which cannot be given here: try its OAI-PMH, <address>/OAI/Server",
    403: "its API is closed to guests: try its OAI-PMH, <address>/OAI/Server, or its export",
}
WITHOUT = "the server sent no full record, only its number"
"""The fault of a record that came without `fullRecord`."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page: records as sent, how many the whole result has, and the token of the next page."""

    records: Sequence[object]
    total: int
    token: str | None = None


def read_search(response: Response) -> Found:
    """Read an answer to a search, whatever its HTTP status.

    Raises ProtocolError with the HTTP status as its code for a refusal; MalformedResponse for what is no
    answer of VuFind's API, Unreadable for JSON that is empty or breaks off.
    """
    url, body = response.url, response.body.removeprefix(b"\xef\xbb\xbf").strip()
    if response.status >= 500 or response.status in _OVERLOADED:
        raise MalformedResponse(f"{url}: HTTP {response.status}")
    if body and not body.startswith(b"{"):
        page = "a web page" if body.startswith(b"<") else "something else"
        raise MalformedResponse(
            f"{url}: the answer is {page}, not JSON",
            hint="is this the address of a VuFind, and its API switched on?",
        )
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        # VuFind sends nothing at all for a page with a record that is not UTF-8 (json_encode fails).
        raise Unreadable(f"{url}: the JSON is empty, damaged or breaks off") from error
    total = _count(found.get("resultCount"))
    if response.status >= 400 or total is None or str(found.get("status", "OK")).upper() != "OK":
        told = _words(found.get("statusMessage")) or _words(found.get("status")) or "no reason given"
        if response.status < 400 and "status" not in found:
            raise MalformedResponse(f"{url}: the JSON is no answer of VuFind's API")
        status = response.status
        raise ProtocolError(f"{url}: refused: {told}", code=str(status), hint=_HINTS.get(status))
    records, token = found.get("records"), found.get("resumptionToken")
    if isinstance(token, dict):
        token = token.get("token")
    return Found(records if isinstance(records, list) else [], total, _words(token) or None)


def to_raw(record: object, position: int) -> RawRecord:
    """Make the raw record of one of a page's records, which stands at that position of the result."""
    place = Place(ordinal=position)
    members = record if isinstance(record, dict) else {}
    whole = json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass")
    identifier = _words(members.get("id")) or digest(whole)
    content = text_of(members.get("fullRecord"))
    if content is None:
        return faulty(identifier, WITHOUT, whole, place)
    return raw_record(identifier, content, place)


def _words(value: object) -> str:
    """Return a value in one line; half a surrogate pair, which is no letter, as an escape."""
    text = " ".join(str(value).split()) if isinstance(value, str | int) else ""
    return text.encode("utf-8", "backslashreplace").decode()


def _count(value: object) -> int | None:
    text = _words(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
