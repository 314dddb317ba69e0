"""What DOAJ's article API answered, read strictly: its records are slices of the bytes that came."""

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import NamedTuple

import msgspec

from catalog.errors import MalformedResponse, ProtocolError
from catalog.record import RawRecord
from harvester.doaj.article import FORMAT, NO_ARTICLE, raw_article
from harvester.files import json_slices
from harvester.files.window import Tally, Window, digest
from harvester.http.response import Response

PAGE_SIZE = 100
"""DISCOVERY_MAX_PAGE_SIZE in portality/settings.py of https://github.com/DOAJ/doaj: more is cut silently."""


class Answer(NamedTuple):
    """A page: how many records the query has in all, how many a page holds, and when it was sent (UTC)."""

    total: int
    size: int
    raws: tuple[RawRecord, ...]
    date: datetime | None


class SearchFailed(ProtocolError):
    """The search behind the API failed: over a query it cannot read, or it took too long this time."""


class _Envelope(msgspec.Struct, rename={"size": "pageSize"}):
    total: int
    results: list[msgspec.Raw]
    size: int = PAGE_SIZE


class _Refusal(msgspec.Struct):
    error: str


_ENVELOPE = msgspec.json.Decoder(_Envelope)
_REFUSAL = msgspec.json.Decoder(_Refusal)


def read_answer(response: Response) -> Answer:
    """Read a page of results.

    Raises ProtocolError where the API refused the query, MalformedResponse for all that is no such page.
    """
    if response.status != 200:
        _refuse(response)
    try:
        found = _envelope(response.body)
    except (msgspec.DecodeError, ValueError) as error:
        what = "a web page" if response.body.lstrip()[:1] == b"<" else f"not the JSON expected: {error}"
        raise MalformedResponse(
            f"{_where(response)} answered with {what}", hint="is this the address of DOAJ's API?"
        ) from error
    raws = tuple(_raw(bytes(each)) for each in found.results)
    return Answer(found.total, max(1, found.size), raws, _date(response.headers.get("date")))


def _envelope(body: bytes) -> _Envelope:
    """Read the answer around the records.

    One record may hold what Python's JSON writes and strict JSON has not, as half a surrogate pair: it must
    not keep the other 99 from being read.
    """
    try:
        return _ENVELOPE.decode(body)
    except msgspec.DecodeError:
        lax = json.loads(body.decode("utf-8", "surrogateescape"), strict=False)
        found = msgspec.convert({**lax, "results": []} if isinstance(lax, dict) else lax, _Envelope)
        results = [raw.payload for raw in json_slices.split(Window(BytesIO(body)), Tally())]
        if len(results) != len(lax.get("results", ())):
            raise
        return _Envelope(found.total, [msgspec.Raw(each) for each in results], found.size)


def _raw(payload: bytes) -> RawRecord:
    found = raw_article(payload)
    if found is not None:
        return found
    return RawRecord(identifier=digest(payload), format=FORMAT, payload=payload, fault=NO_ARTICLE)


def _refuse(response: Response) -> None:
    """Raise what the server said: DOAJ's refusals are JSON, those of what stands before it are not."""
    if response.status == 414:
        message = "the topic is too long to be asked in one address"
        raise ProtocolError(message, code="414", hint="harvest its parts one by one")
    try:
        said = _REFUSAL.decode(response.body).error.strip()
    except (msgspec.DecodeError, UnicodeDecodeError):
        said = ""
    if response.status == 400 and said:
        error = SearchFailed if "error executing" in said else ProtocolError
        hint = "ask for less at once, or again later" if error is SearchFailed else "write the topic simpler"
        raise error(f"DOAJ's API refused the query: {said}", code="400", hint=hint)
    raise MalformedResponse(f"{_where(response)} answered {response.status}")


def _where(response: Response) -> str:
    return response.url.partition("/search/")[0]


def _date(header: str | None) -> datetime | None:
    try:
        sent = parsedate_to_datetime(header or "")
    except ValueError:
        return None
    return sent.replace(tzinfo=sent.tzinfo or UTC).astimezone(UTC)
