"""Tell the format of a file by how it begins."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from catalog.errors import UnreadableFile
from catalog.record import RawRecord
from harvester.files import iso2709, json_slices, marcmaker, staff_view, xml_slices
from harvester.files.byte_stream import HEAD, Peekable, as_utf8
from harvester.files.window import BOM, Tally, Window

EXPECTED = "MARC (ISO 2709, MARCXML, JSON, .mrk or a catalogue page), OAI-PMH, oai_dc or DOAJ JSON"

_BLANK = b" \t\n\r\x0b\x0c\x00\x1a"

Split = Callable[[Window, Tally], Iterator[RawRecord]]


class Format(NamedTuple):
    """A format: its name for people, the sign it is known by, and what splits it."""

    name: str
    sign: re.Pattern[bytes]
    split: Split


def _nothing(window: Window, tally: Tally) -> Iterator[RawRecord]:
    """Yield no record, and say why; raise UnreadableFile when there is something behind all the blanks."""
    yield from ()
    while not window.data.removeprefix(BOM).strip(_BLANK):
        window.drop(len(window.data))
        if not window.more():
            tally.notes.append("the file is empty")
            return
    raise UnreadableFile(f"the file begins with more than {HEAD:,} blanks", hint="leave them out")


_XML = re.compile(
    rb"\A[\s\x00]*<(?!html|!doctype\s+html)"
    rb"|\A(?!\s*[\[{])(?s:.*?)(?:<\?xml\b|<(?:[\w.-]+:)?(?:OAI-PMH|collection|record)[\s>])",
    re.IGNORECASE,
)

# The first whose sign is found counts. MARC's separators cannot stand in any of the others.
FORMATS = (
    Format("nothing", re.compile(rb"\A[\s\x00\x1a]*\Z"), _nothing),
    Format(
        "MARC (ISO 2709)",
        re.compile(rb"\A[\s\x00\x1a]*\d{5}[^\x1e]*\x1e|(?s:\x1e.*[\x1d\x1f])|(?s:\x1f.*[\x1d\x1e])"),
        iso2709.split,
    ),
    Format(
        "MARC (ISO 2709, #30; for its separators)", re.compile(rb"#30;(?s:.*)#31;"), iso2709.split_escaped
    ),
    Format(
        "a catalogue page saved as HTML",
        re.compile(rb"(?is)<html\b.*<th[^>]*>\s*LEADER\s*</th>"),
        staff_view.split_html,
    ),
    Format(
        "JSON",
        re.compile(
            rb"\A[\s\x00]*[\[{](?s:.*?)\"?(?:%b)\"?\s*:"
            % "|".join(sorted({*json_slices.RECORD_KEYS, *json_slices.HOLDERS})).encode()
        ),
        json_slices.split,
    ),
    Format("XML", _XML, xml_slices.split),
    Format("MARCMaker", re.compile(rb"(?m)^=(?:LDR|000|\d{3}) "), marcmaker.split),
    Format(
        "a catalogue page",
        re.compile(rb"(?m)^[ \t]*LEADER\b[^\n]*\n(?:[ \t\r]*\n)*[ \t]*[0-9A-Z]{3}\b"),
        staff_view.split,
    ),
    Format(
        "a catalogue page without its leader",
        re.compile(rb"(?m)^[ \t]*245\b[^\n|]{0,12}\|[a-z]"),
        partial(staff_view.split, begin_line=staff_view.NUMBER_LINE),
    ),
)

# What is told by its first bytes, and may well hold the separators of MARC.
_BINARY = (
    (re.compile(rb"\A%PDF-"), "a PDF"),
    (re.compile(rb"\A(?:\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*|RIFF....WEBP)", re.DOTALL), "a picture"),
    (re.compile(rb"\A\xd0\xcf\x11\xe0"), "an old Office document"),
    (
        re.compile(rb"\A(?:PK\x03\x04|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c)"),
        "an archive in an archive, or of a kind not opened",
    ),
    (
        re.compile(rb"\A(?:\x1f\x8b\x08|BZh\d1AY|\xfd7zXZ\x00|\x28\xb5\x2f\xfd)"),
        "compressed too often, or in a way not known",
    ),
    (re.compile(rb"\ASQLite format 3\x00"), "a database (SQLite)"),
    (re.compile(rb"\A(?:\x7fELF|MZ.{58}|\xca\xfe\xba\xbe)", re.DOTALL), "a program"),
)
# No text in any encoding has these, beside MARC's separators, escapes of MARC-8 and blanks of all kinds.
_NOISE = bytes({*range(1, 9), *range(14, 26), 28} - {0x1A})
_MUCH_NOISE, _MOST_NOISE = 16, 0.02  # bytes; their share of the head

# What people hand over by mistake, so that the message can name it.
_OTHERS = (
    (re.compile(rb"(?i)\A\s*<(?:!doctype\s+html|html)"), "a web page (a log-in or error page, perhaps)"),
    (re.compile(rb"(?m)^TY  - "), "RIS"),
    (re.compile(rb"(?m)^\s*@\w+\s*\{"), "BibTeX"),
    (re.compile(rb"\A\s*[\[{]"), "JSON, but of no kind known here"),
)


def recognise(source: Peekable) -> tuple[Peekable, Format]:
    """Tell a stream's format; returns the stream to split, which is UTF-8 if it was UTF-16 or UTF-32.

    Raises UnreadableFile when it is none of ours.
    """
    source, encoding = as_utf8(source)
    head = source.head().removeprefix(b"\xef\xbb\xbf")
    binary = next((name for sign, name in _BINARY if sign.search(head)), None)
    known = None if binary else next((known for known in FORMATS if known.sign.search(head)), None)
    if known is None or _is_noise(head):
        other = binary or next((name for sign, name in _OTHERS if sign.search(head)), "of no known format")
        raise UnreadableFile(f"the file is {other}", hint=f"expected {EXPECTED}")
    if encoding and known.split is xml_slices.split:
        return source, known._replace(split=partial(xml_slices.split, encoding="utf-8"))
    return source, known


def _is_noise(head: bytes) -> bool:
    """Tell whether bytes are no text: more than a few are such as no text has."""
    noise = len(head) - len(head.translate(None, _NOISE))
    return noise > max(_MUCH_NOISE, _MOST_NOISE * len(head))
