"""Split catalogue pages, pasted as text or saved as HTML, that show a record field by field.

VuFind lays them out in themes/root/templates/RecordTab/staffviewmarc.phtml and xsl/record-marc.xsl: a line
LEADER, then a line per field: tag, indicators, `|a` and its value.
"""

import re
from collections.abc import Iterator

from catalog.record import RawRecord
from harvester.files.window import LONGEST, Tally, Window, segments

FORMAT = "marc-view"

LEADER_LINE = re.compile(rb"^[ \t]*LEADER\b", re.MULTILINE)
NUMBER_LINE = re.compile(rb"^[ \t]*001[ \t]+\S", re.MULTILINE)
_FIELD_LINE = re.compile(
    rb"^[ \t]*(?:00\d\s|[0-9A-Z]{3}(?:(?:[ \t]|\xc2\xa0)*[^\s|]?){2}(?:[ \t]|\xc2\xa0)*\|\w)[^\n]*(?:\n|\Z)",
    re.MULTILINE,
)
_END_OF_FIELD = re.compile(rb"(?:[ \t]+[^\s][^\n]*\n)*(?:[ \t\r]*\n)?")
_CONTROL_NUMBER = re.compile(rb"^[ \t]*001\s+([^\r\n]+)", re.MULTILINE)
_HTML_CONTROL_NUMBER = re.compile(rb"<th[^>]*>\s*001\s*</th>\s*<td[^>]*>([^<]*)<", re.IGNORECASE)


def split(
    window: Window, tally: Tally, *, begin_line: re.Pattern[bytes] = LEADER_LINE
) -> Iterator[RawRecord]:
    """Yield one record per page; what a page says before its LEADER line belongs to it.

    Who copies the fields without the LEADER line has the control number, NUMBER_LINE, as the first.
    """
    page, begin, leader = b"", 0, -1
    for offset, data, whole in segments(window, begin_line):
        if not whole:
            yield tally.too_long(data, offset, FORMAT)
            continue
        if leader >= 0:
            end = _end_of_fields(page, leader)
            yield _page(page[:end], begin, _CONTROL_NUMBER, tally)
            page, begin = page[end:], begin + end
        if not page:
            begin = offset
        leader = len(page) if begin_line.match(data) else -1
        page += data
    if page.strip():
        yield _page(page, begin, _CONTROL_NUMBER, tally)


def split_html(window: Window, tally: Tally) -> Iterator[RawRecord]:
    """Yield the one record of a page saved as HTML."""
    while len(window.data) <= LONGEST and window.more():
        pass
    if len(window.data) > LONGEST:
        yield tally.too_long(window.data[:LONGEST], window.base, FORMAT)
    else:
        yield _page(window.data, window.base, _HTML_CONTROL_NUMBER, tally)


def _end_of_fields(page: bytes, leader: int) -> int:
    """Return where the fields after the LEADER line end and the next page begins.

    That is after the lines that go on with the last field: indented ones, up to the first blank one.
    """
    last = leader
    for field in _FIELD_LINE.finditer(page, leader):
        last = field.end()
    following = _END_OF_FIELD.match(page, last)
    return following.end() if following else last


def _page(payload: bytes, offset: int, number: re.Pattern[bytes], tally: Tally) -> RawRecord:
    found = number.search(payload)
    return tally.raw(payload, offset, FORMAT, found[1].decode("utf-8", "replace").strip() if found else None)
