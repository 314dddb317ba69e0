"""Decode MARC in JSON, in any of the shapes it is written in.

MARC-in-JSON (https://github.com/marc4j/marc4j/wiki/MARC-in-JSON-Description) has `fields` as a list of
objects of one member; some write one object for all of them. MARC-HASH has lists. marc4j's "marc-json" has
`controlfield` and `datafield`, with bare keys and a comma missing.
"""

import json
import re
from collections.abc import Iterator

from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.errors import RecordRejected
from catalog.record import RawRecord

_LEADER = 24
_STRING = r'"(?:[^"\\]|\\.)*"'
_BARE_KEY = re.compile(rf"({_STRING})|([{{,\]]\s*)(\w+)(\s*:)")
_LIST_THEN_KEY = re.compile(rf"({_STRING})|\](\s*)(?=\w+\s*:)")

Json = dict[str, object] | list[object] | str | int | float | bool | None


def decode(raw: RawRecord) -> MarcRecord:
    """Decode a record; what had to be forgiven is in its caveats.

    Raises RecordRejected when it is no JSON or there is no MARC in it.
    """
    caveats: dict[str, None] = {}
    document = _load(raw.payload, caveats)
    if not isinstance(document, dict):
        raise RecordRejected("no MARC record: not a JSON object")
    fields = tuple(_fields(document, caveats))
    if not fields:
        raise RecordRejected("no MARC record: no fields in the JSON")
    leader = document.get("leader")
    leader = leader if isinstance(leader, str) else ""
    if len(leader) != _LEADER:
        caveats[f"the leader has {len(leader)} characters instead of {_LEADER}"] = None
    return MarcRecord(leader[:_LEADER].ljust(_LEADER), fields, tuple(caveats))


def _load(payload: bytes, caveats: dict[str, None]) -> object:
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError:
        text = payload.decode("cp1252", "replace")
        caveats["text is not UTF-8, read as Windows-1252"] = None
    try:
        return json.loads(text, strict=False)
    except (json.JSONDecodeError, RecursionError) as error:
        wrong = error
    try:
        document = json.loads(_with_quoted_keys(text), strict=False)
    except (json.JSONDecodeError, RecursionError):
        raise RecordRejected(f"not JSON: {wrong}") from wrong
    caveats["the JSON has keys without quotation marks"] = None
    return document


def _with_quoted_keys(text: str) -> str:
    """Return marc4j's "marc-json" as JSON."""
    text = _LIST_THEN_KEY.sub(lambda m: m[1] or f"],{m[2]}", text)
    return _BARE_KEY.sub(lambda m: m[1] or f'{m[2]}"{m[3]}"{m[4]}', text)


def _fields(document: dict[str, object], caveats: dict[str, None]) -> Iterator[MarcField]:
    """Yield the fields in the order they stand."""
    for key in ("fields", "controlfield", "datafield"):
        listed = document.get(key)
        for item in [listed] if isinstance(listed, dict) else listed if isinstance(listed, list) else ():
            if isinstance(item, dict) and isinstance(tag := item.get("tag"), str):
                yield _field(tag, item.get("data", item), caveats)
            elif isinstance(item, dict):
                for tag, contents in item.items():
                    for content in contents if isinstance(contents, list) else [contents]:
                        yield _field(tag, content, caveats)
            elif isinstance(item, list) and len(item) > 1 and isinstance(item[0], str):
                yield _from_list(item[0], item[1:], caveats)
            else:
                caveats["a field that is neither object nor list is left out"] = None


def _field(tag: str, content: object, caveats: dict[str, None]) -> MarcField:
    if not isinstance(content, dict):
        return MarcField(tag, _text(content))
    ind = content.get("ind")
    indicators = ind if isinstance(ind, str) else ""
    ind1, ind2 = _text(content.get("ind1", indicators[:1])), _text(content.get("ind2", indicators[1:2]))
    parts = content.get("subfields", content.get("subfield"))
    return MarcField(tag, "", ind1[:1] or " ", ind2[:1] or " ", tuple(_subfields(tag, parts, caveats)))


def _from_list(tag: str, rest: list[object], caveats: dict[str, None]) -> MarcField:
    """Read a field of MARC-HASH: tag and value, or tag, indicators and subfields."""
    if len(rest) == 1 and isinstance(rest[0], str):
        return MarcField(tag, rest[0])
    ind1, ind2, parts = (*rest, " ", None)[:3] if len(rest) >= 3 else (" ", " ", rest[-1])
    return MarcField(
        tag, "", _text(ind1)[:1] or " ", _text(ind2)[:1] or " ", tuple(_subfields(tag, parts, caveats))
    )


def _subfields(tag: str, parts: object, caveats: dict[str, None]) -> Iterator[tuple[str, str]]:
    """Yield codes and values from a list of objects, an object, or a list of pairs."""
    for part in [parts] if isinstance(parts, dict) else parts if isinstance(parts, list) else ():
        if isinstance(part, dict) and "code" in part and "data" in part:
            yield _text(part["code"]) or "?", _text(part["data"])
        elif isinstance(part, dict):
            for code, values in part.items():
                for value in values if isinstance(values, list) else [values]:
                    yield code or "?", _text(value)
        elif isinstance(part, list) and len(part) == 2:
            yield _text(part[0]) or "?", _text(part[1])
        else:
            caveats[f"{tag}: a subfield that is neither object nor pair is left out"] = None


def _text(value: object) -> str:
    """Return a value as text: some write numbers as numbers."""
    return value if isinstance(value, str) else "" if value is None else str(value)
