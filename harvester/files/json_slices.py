"""Cut the records out of JSON: one per line, one after another, in an array, or inside a service's answer.

The text is walked with the C scanner of the standard library, and each payload is the slice it was: keys in
the source's order, numbers as written.
"""

import codecs
import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from catalog.record import RawRecord
from harvester.files.window import LONGEST, Tally, Window

MARC = "marc+json"
DOAJ = "doaj+json"
UNKNOWN = "json"

RECORD_KEYS = {"leader": MARC, "fields": MARC, "controlfield": MARC, "datafield": MARC, "bibjson": DOAJ}
"""Members that tell what an object is a record of."""

HOLDERS = frozenset(("results", "hits", "records", "articles", "response", "docs", "_source"))
"""Members that hold records: in answers of DOAJ and of Elasticsearch, and in common dumps."""

_BLANK = re.compile(r"[\s,\ufeff\x00\x1a]*")
_KEY = re.compile(r'[\s,]*"((?:[^"\\]++|\\.)*+)"\s*:\s*')
_STRUCTURE = re.compile(r'"(?:[^"\\]++|\\.)*+"|[{}]')
_NO_RECORD = re.compile(r"[^\n{\[]*\n?")
# marc4j's own "marc-json" has bare keys and lacks a comma: https://github.com/marc4j/marc4j (MarcJsonWriter).
_BARE_KEYS = re.compile(r"\{\s*leader\s*:")

_STRICT = json.JSONDecoder()
_LAX = json.JSONDecoder(strict=False)  # lets control characters stand in strings


class _Unfinished(Exception):
    """The text ends inside what is being looked at."""


class _Damaged(Exception):
    """What is being looked at is no JSON."""


class _Found(NamedTuple):
    """What an object turned out to be: a record of some `form`, or (None) the holder of what is at `at`."""

    form: str | None
    at: int


class _Text:
    """The window's bytes as text in which every byte can be found again; `at` is where the walk stands."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._offset, self._counted = 0, 0
        self.text, self.at = "", 0

    def more(self) -> bool:
        """Take in more text and forget the lines the walk has left behind; False at the end."""
        self.offset()
        left = max(self.text.rfind("\n", 0, self.at) + 1, self.at - 200)
        self.text, self.at = self.text[left:], self.at - left
        self._counted = self.at
        there = self._window.more()
        self.text += self._decoder.decode(self._window.data, final=not there)
        self._window.drop(len(self._window.data))
        return there

    def offset(self) -> int:
        """Return the byte offset of `at`."""
        self._offset += len(_bytes(self.text[self._counted : self.at]))
        self._counted = self.at
        return self._offset


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def split(window: Window, tally: Tally) -> Iterator[RawRecord]:
    """Yield the records of a stream; what is no JSON is yielded with a fault and the next record is read."""
    text = _Text(window)
    inside: list[str] = []  # the arrays and holding objects around `at`, by what closes them
    while _skip_blank(text):
        here = text.text[text.at]
        if inside and here == inside[-1]:
            inside.pop()
            text.at += 1
        elif here == "[":
            inside.append("]")
            text.at += 1
        elif here == "{" or (here == '"' and inside[-1:] == ["}"]):
            yield from _object(text, inside, tally)
        else:
            yield _no_record(text, tally)
    if inside:
        tally.broken_off = f"the JSON ends before its closing {''.join(reversed(inside))}"


def _skip_blank(text: _Text) -> bool:
    """Go on to the next character that says something; False at the end."""
    while True:
        blank = _BLANK.match(text.text, text.at)
        text.at = blank.end() if blank else text.at
        if text.at < len(text.text):
            return True
        if not text.more():
            return text.at < len(text.text)


def _object(text: _Text, inside: list[str], tally: Tally) -> Iterator[RawRecord]:
    """Read the object at `at`, or what is left of one that holds records."""
    begins = text.text[text.at] == "{"
    while True:
        try:
            form, at = _look(text.text, text.at)
            if form is None:
                inside.extend("}" if begins else "")
                text.at = at
            elif not begins:  # a holder's further members
                text.at = at
            else:
                document, end = _decode(text.text, text.at)
                yield _record(text, end, form, document, tally)
        except _Unfinished:
            if len(text.text) - text.at <= LONGEST and text.more():
                continue
            yield _damaged(text, "the record ends before its end", tally)
        except _Damaged as damage:
            yield _damaged(text, str(damage), tally)
        return


def _look(text: str, at: int) -> _Found:
    """Read an object's members until one tells what it is."""
    begins = text[at] == "{"
    at += begins
    while key := _KEY.match(text, at):
        at = key.end()
        if at == len(text):
            raise _Unfinished
        if begins and key[1] in RECORD_KEYS:
            return _Found(RECORD_KEYS[key[1]], at)
        if key[1] in HOLDERS and text[at] in "[{":
            return _Found(None, at)
        _, at = _decode(text, at)
    blank = _BLANK.match(text, at)
    at = blank.end() if blank else at
    if text[at : at + 1] == "}":
        return _Found(UNKNOWN, at)
    if at == len(text) or text[at] == '"':
        raise _Unfinished
    raise _Damaged(f"not JSON: a member's name expected, found {text[at : at + 12]!r}")


def _decode(text: str, at: int) -> tuple[object, int]:
    """Decode the JSON value at `at` and tell where it ends."""
    for decoder in (_STRICT, _LAX):
        try:
            value, end = decoder.raw_decode(text, at)
        except RecursionError:
            raise _Damaged("JSON nested too deep") from None
        except json.JSONDecodeError as error:
            wrong = error
        else:
            return value, end
    if wrong.msg.startswith("Unterminated string") or wrong.pos > len(text) - 16:
        raise _Unfinished
    raise _Damaged(f"not JSON: {wrong.msg} at character {wrong.pos - at + 1} of the record")


def _record(text: _Text, end: int, form: str, document: object, tally: Tally) -> RawRecord:
    payload, offset = _take(text, end)
    return tally.raw(payload, offset, form, _identifier(document))


def _damaged(text: _Text, fault: str, tally: Tally) -> RawRecord:
    """Hand over the object at `at`, which cannot be decoded, up to where the next one seems to begin."""
    bare_keys = _BARE_KEYS.match(text.text, text.at) is not None
    while (end := _end_of_damage(text.text, text.at)) is None:
        if len(text.text) - text.at > LONGEST or not text.more():
            end = len(text.text)
            break
    source, offset = _take(text, end)
    return tally.raw(source, offset, MARC if bare_keys else UNKNOWN, None, fault=None if bare_keys else fault)


def _take(text: _Text, end: int) -> tuple[bytes, int]:
    """Return the bytes up to `end`, not too many, and their offset; and go there."""
    end = min(end, text.at + LONGEST)
    source, offset = _bytes(text.text[text.at : end]), text.offset()
    text.at = end
    return source, offset


def _end_of_damage(text: str, at: int) -> int | None:
    """Return where a damaged object ends: at its own closing brace or where a line begins as its line did."""
    line = text.rfind("\n", 0, at) + 1
    indent = re.match(r"[ \t]*", text[line:at])
    margin = re.escape(indent[0]) if indent else ""
    following = re.compile(rf"\n{margin}(?:[,\[][ \t]*)?\{{").search(text, at + 1)
    stop = following.start() if following else len(text)
    depth = 0
    for token in _STRUCTURE.finditer(text, at, stop):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth == 0 and token[0] == "}":
            return token.end()
    return at + len(text[at:stop].rstrip(" \t\r\n,")) if following else None


def _no_record(text: _Text, tally: Tally) -> RawRecord:
    """Hand over text that stands where a record should."""
    found = _NO_RECORD.match(text.text, text.at)
    source, offset = _take(text, max(found.end() if found else 0, text.at + 1))
    return tally.raw(source, offset, UNKNOWN, None, fault="not a JSON object")


def _identifier(document: object) -> str | None:
    """Return the control number of a MARC record, the id of another.

    What in it is no letter, half a surrogate pair or a byte that is not UTF-8, is written as an escape.
    """
    if not isinstance(document, dict):
        return None
    fields = document.get("fields", document.get("controlfield"))
    if isinstance(fields, list | dict):
        each = [fields] if isinstance(fields, dict) else fields
        found = next(filter(None, map(_control_number, each)), None)
    else:
        found = document.get("id")
    if not isinstance(found, str):
        return None
    return found.strip().encode("utf-8", "backslashreplace").decode() or None


def _control_number(field: object) -> str | None:
    """Return the value of a field that is 001, in any of the four ways MARC is put in JSON."""
    value = None
    if isinstance(field, dict):
        value = field.get("data") if field.get("tag") == "001" else field.get("001")
    elif isinstance(field, list) and len(field) == 2 and field[0] == "001":
        value = field[1]
    if isinstance(value, list) and value:
        value = value[0]
    return value.strip() or None if isinstance(value, str) else None
