"""Split a MARCMaker file (.mrk, .mrk8): lines `=245  10$aTitle`, records set apart by a blank line.

https://www.loc.gov/marc/makrbrkr.html
"""

import re
from collections.abc import Iterator

from catalog.record import RawRecord
from harvester.files.window import BOM, Tally, Window, segments

FORMAT = "mrk"

# A record begins with its leader; one that lost it, with its control number after a blank line.
_BEGIN = re.compile(rb"^=(?:LDR|000)\b|(?<=\n)[ \t]*\r?\n=001\b", re.MULTILINE)
_CONTROL_NUMBER = re.compile(rb"^=001[ \t]+([^\r\n]+)", re.MULTILINE)


def split(window: Window, tally: Tally) -> Iterator[RawRecord]:
    """Yield the records of a stream; lines before the first are yielded with a fault."""
    for offset, data, whole in segments(window, _BEGIN):
        payload = data.removeprefix(BOM)
        if not whole:
            yield tally.too_long(data, offset, FORMAT)
        elif b"\n=" not in payload and not payload.startswith(b"="):
            if payload.strip():
                yield tally.raw(data, offset, FORMAT, None, fault="text that is no MARC record")
        else:
            number = _CONTROL_NUMBER.search(payload)
            text = number[1].decode("utf-8", "replace").replace("\\", " ").strip() if number else None
            yield tally.raw(payload, offset + len(data) - len(payload), FORMAT, text)
