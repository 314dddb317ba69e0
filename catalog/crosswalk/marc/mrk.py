"""Decode a MARCMaker record (.mrk, .mrk8): lines of tag, indicators and `$a` subfields, `\\` for a blank.

https://www.loc.gov/marc/makrbrkr.html
"""

import re

from catalog.crosswalk.marc import encoding
from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.crosswalk.marc.mnemonics import characters
from catalog.errors import RecordRejected
from catalog.record import RawRecord

_LEADER = 24
_LEADER_TAGS = ("LDR", "000")
_LINE = re.compile(r"=([^\s$]{3}) {0,2}(.*)\Z", re.DOTALL)


def decode(raw: RawRecord) -> MarcRecord:
    """Decode a record; what had to be forgiven is in its caveats.

    Raises RecordRejected when no line is a field.
    """
    lines = _lines(raw.payload)
    says_unicode = any(line.startswith((b"=LDR", b"=000")) and line[15:16] == b"a" for line in lines)
    texts, caveats = encoding.texts(lines, says_unicode=says_unicode or not raw.payload.isascii())
    leader = ""
    unknown: set[str] = set()
    fields: list[MarcField] = []
    for text in texts:
        line = _LINE.match(text)
        if line is None:
            caveats.append(f"a line that is no field is left out: {text[:40]!r}")
        elif line[1] in _LEADER_TAGS:
            leader = line[2].replace("\\", " ")
        else:
            fields.append(_field(line[1], line[2], unknown, caveats))
    if not fields:
        raise RecordRejected("no MARC record: no line of it is a field")
    if len(leader) != _LEADER:
        caveats.append(f"the leader has {len(leader)} characters instead of {_LEADER}")
    caveats += [f"no character is known by the name {{{name}}}" for name in sorted(unknown)]
    return MarcRecord(leader[:_LEADER].ljust(_LEADER), tuple(fields), tuple(dict.fromkeys(caveats)))


def _lines(payload: bytes) -> list[bytes]:
    """Return the lines that begin with `=`, each with those after it that do not."""
    lines: list[bytes] = []
    for line in payload.removeprefix(b"\xef\xbb\xbf").splitlines():
        if line.startswith(b"="):
            lines.append(line)
        elif line.strip() and lines:
            lines[-1] += b" " + line.strip()
    return lines


def _field(tag: str, text: str, unknown: set[str], caveats: list[str]) -> MarcField:
    if tag.startswith("00") or ("$" not in text and not tag.isdecimal()):
        return MarcField(tag, characters(text.replace("\\", " "), unknown))
    head, *parts = text.split("$")
    indicators = head.replace("\\", " ")
    if len(indicators) != 2:
        caveats.append(f"{tag}: {len(indicators)} indicators instead of two")
    subfields = tuple([(part[0], characters(part[1:], unknown)) for part in parts if part])
    if not subfields:
        caveats.append(f"{tag}: no subfields")
    return MarcField(tag, "", indicators[:1] or " ", indicators[1:2] or " ", subfields)
