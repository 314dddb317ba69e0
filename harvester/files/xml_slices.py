"""Cut the records out of XML, byte for byte: OAI-PMH and SRU answers, MARC collections, single records.

Records are found by their tags alone and judged later, one by one: a document that is damaged in one place
loses that record and no other, and nothing is loaded, expanded or fetched.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from catalog.record import RawRecord
from harvester.files.byte_stream import CHUNK
from harvester.files.window import TOO_LONG, Tally, Window
from harvester.files.xml_document import Document
from harvester.files.xml_record import raw_record
from harvester.files.xml_tags import Token, local, next_token

RECORDS = frozenset((b"record", b"dc", b"doajArticle"))
"""Local names of what is a record when it stands outermost."""

_LONGEST_TAG = 10_000  # of a record that is too long, where a tag may stand across two pieces
_UNCLOSED = "the record is not closed before the next begins"
_CUT_OFF = "the file ends in the middle of the record"
_LEFT_OVER = "what is left of a record whose beginning is missing"


def split(window: Window, tally: Tally, *, encoding: str | None = None) -> Iterator[RawRecord]:
    """Yield the records of a stream; `encoding` overrules what the document declares.

    Raises UnreadableFile for a document without records that is no empty list, and for one that declares
    entities; SourceError for an OAI-PMH error.
    """
    document = Document(encoding)
    records = yield from cut(window, tally, document)
    document.conclude(records, tally)


def cut(window: Window, tally: Tally, document: Document) -> Generator[RawRecord, None, int]:
    """Yield the records of a document, which takes in what is around them; return how many there were.

    A record that is never closed, and what is left of one whose beginning is lost, is yielded with a fault.
    Raises UnreadableFile for a document that declares entities or is nested too deep.
    """
    at = gap = records = 0  # gap: where the last record ended
    while document.end is None:
        if gap >= CHUNK:
            window.drop(gap)
            at, gap = at - gap, 0
        token = next_token(window.data, at)
        if token is None:
            if len(window.data) - at > window.longest:
                window.drop(at)
                yield from _tagless(window, tally)
                at = gap = 0
            elif not window.more():
                break
        elif token.kind in ("opened", "empty") and local(token.name) in RECORDS:
            extent = _extent(window, token)
            payload = window.data[token.start : extent.end]
            yield raw_record(payload, window.base + token.start, document, tally, fault=extent.fault)
            gap = extent.end
            if extent.fault == TOO_LONG:
                gap = yield from _beyond(window, token.name, extent, tally)
            at, records = gap, records + 1
        else:
            at = token.end
            if not document.enter(token, window):
                yield tally.raw(window.data[gap:at], window.base + gap, "xml", None, fault=_LEFT_OVER)
                gap = at
            elif at - gap > window.longest:
                gap = at
    return records


def _tagless(window: Window, tally: Tally) -> Iterator[RawRecord]:
    """Hand over, in pieces, text without end that stands outside the records; blanks are nothing."""
    more = True
    while more and next_token(window.data, 0) is None:
        if len(window.data) > window.longest:
            end = len(window.data) - _LONGEST_TAG
            if window.data[:end].strip():
                yield from _pieces(window, 0, end, tally)
            window.drop(end)
        more = window.more()


class _Extent(NamedTuple):
    """Where a record ends, and why if that is not its end tag.

    One that is TOO_LONG has been looked through up to `seen`, where the elements `inside` are open.
    """

    end: int
    fault: str | None = None
    seen: int = 0
    inside: Sequence[bytes] = ()


def _extent(window: Window, begin: Token) -> _Extent:
    """Find the end of the record with that start tag."""
    if begin.kind == "empty":
        return _Extent(begin.end)
    opening, closing, scan = b"<" + begin.name, b"</" + begin.name, begin.end
    while len(window.data) - begin.start <= window.longest:
        # Not beyond the next record: else many that are never closed would take quadratic time.
        following = window.data.find(opening, begin.end)
        found = window.data.find(closing, scan, following if following >= 0 else len(window.data))
        if found < 0 <= following:
            break
        end = window.data.find(b">", found) if found >= 0 else -1
        if end < 0:
            scan = found if found >= 0 else max(begin.end, len(window.data) - len(closing))
            if window.more():
                continue
            break
        if end - begin.start > window.longest:
            break
        nothing_inside = (
            window.data.find(b"<!", begin.end, found) < 0
            and not window.data[found + len(closing) : end].strip()
        )
        return _Extent(end + 1) if nothing_inside else _extent_of_nest(window, begin)
    return _extent_of_nest(window, begin)


@lru_cache(maxsize=8)
def _boundaries(name: bytes) -> re.Pattern[bytes]:
    """Return what matters for the end of a record of that name.

    Holders may hold another record of the same name. The element around the records cannot end inside one.
    """
    prefix = rb"(?:[\w.-]+:)?"
    return re.compile(
        rb"<(?:(?P<comment>!--)|(?P<cdata>!\[CDATA\[)|(?P<close>/?)(?:"
        rb"(?P<record>" + re.escape(name) + rb")"
        rb"|" + prefix + rb"(?P<holder>metadata|about|recordData|extraRecordData)"
        rb"|" + prefix + rb"(?P<collection>collection)"
        rb"|(?P<after>" + prefix + rb"resumptionToken)"
        rb"|" + prefix + rb"(?P<root>ListRecords|GetRecord|records|OAI-PMH|searchRetrieveResponse)"
        rb")(?=[\s/>])[^<>]*(?P<empty>(?<=/))?>)"
    )


# What no record inside another begins with: the outer one has lost its end.
_SIBLING = re.compile(rb"\s*<(?:[\w.-]+:)?(?:header|recordSchema|recordPacking|recordData)[\s/>]")
_SKIPPED = {"comment": b"-->", "cdata": b"]]>"}


def _extent_of_nest(window: Window, begin: Token) -> _Extent:
    """Return the same for a record that has others in it, comments, or no end."""
    inside = [b"record"]
    at = begin.end
    while len(window.data) - begin.start <= window.longest or at < len(window.data):
        found = _boundaries(begin.name).search(window.data, at)
        skipped = _SKIPPED.get(found.lastgroup or "") if found else None
        end = found.end() if found and not skipped else -1
        if found and skipped:
            end = window.data.find(skipped, found.end())
        if not found or end < 0:
            if len(window.data) - begin.start <= window.longest and window.more():
                continue
            break
        if end - begin.start > window.longest:
            break
        at = end
        if skipped:
            continue
        verdict = _step(window.data, found, inside)
        if verdict is not None:
            return _Extent(*verdict)
    if len(window.data) - begin.start <= window.longest:
        return _Extent(len(window.data), _CUT_OFF)
    return _Extent(begin.start + window.longest, TOO_LONG, at, inside)


def _beyond(window: Window, name: bytes, extent: _Extent, tally: Tally) -> Generator[RawRecord, None, int]:
    """Hand over the further pieces of a record that is too long; return where it does end."""
    inside, at, mark = list(extent.inside), extent.seen, b""
    given = extent.end  # what comes before has been handed over
    end: int | None = None
    while end is None:
        if mark and (closed := window.data.find(mark, at)) >= 0:
            at, mark = closed, b""
        elif not mark and (found := _boundaries(name).search(window.data, at)):
            at, mark = found.end(), _SKIPPED.get(found.lastgroup or "", b"")
            verdict = None if mark else _step(window.data, found, inside)
            end = verdict and verdict[0]
        else:
            at = max(at, len(window.data) - _LONGEST_TAG)
            if at - given > window.longest:
                yield from _pieces(window, given, at, tally)
                given = at
            behind = min(at, given)
            window.drop(behind)
            at, given = at - behind, given - behind
            end = None if window.more() else len(window.data)
    yield from _pieces(window, given, end, tally)
    return max(end, given)


def _pieces(window: Window, begin: int, end: int, tally: Tally) -> Iterator[RawRecord]:
    for at in range(begin, end, window.longest):
        yield tally.too_long(window.data[at : min(end, at + window.longest)], window.base + at, "xml")


def _step(data: bytes, found: re.Match[bytes], inside: list[bytes]) -> tuple[int, str | None] | None:
    """Go over one boundary; return the record's end when it is there."""
    is_record, is_holder = found["record"] is not None, found["holder"] is not None
    if not found["close"]:
        if found["after"] is not None:
            return found.start(), _UNCLOSED
        if is_record and (inside[-1] == b"record" or _SIBLING.match(data, found.end())):
            return found.start(), _UNCLOSED
        if (is_record or is_holder) and found["empty"] is None:
            inside.append(b"record" if is_record else b"holder")
    elif found["root"] is not None or (found["collection"] is not None and b"holder" not in inside):
        return found.start(), _UNCLOSED
    elif is_record:
        while inside.pop() != b"record":
            pass
        if not inside:
            return found.end(), None
    elif is_holder and inside[-1] == b"holder":
        inside.pop()
    return None
