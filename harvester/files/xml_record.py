"""What one XML record says of itself: its format, and its OAI-PMH header."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from catalog.record import RawRecord
from harvester.files.window import Tally, digest
from harvester.files.xml_document import Document, actual_encoding, envelope
from harvester.files.xml_tags import (
    Scope,
    Token,
    attributes,
    character_data,
    declarations,
    local,
    namespace,
    next_token,
)

# By local name: prefixes, and even namespaces, differ between servers (pycsw, VuFindHarvest 2.3.0, 5.2.0).
_METADATA = {b"dc": "oai_dc", b"doajArticle": "oai_doaj"}
_MARC = "marcxml"
_MARC_NAMESPACE = b"http://www.loc.gov/MARC21/slim"
_MARC_PARTS = frozenset((b"leader", b"controlfield", b"datafield"))
# What servers call their formats, for records of which nothing but the header is left.
_PREFIXES = {"oai_doaj": "oai_doaj", "marcxml": _MARC, "marc21": _MARC, "MARC21-xml": _MARC}

_NEAR = 5  # how many tags may stand before the one that tells what a record is

_CONTROL_NUMBER = re.compile(rb"<(?:[\w.-]+:)?controlfield\b[^>]*?\btag\s*=\s*[\"']001[\"'][^>]*>([^<]*)<")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_HEADER_PART = re.compile(
    rb"<(?:[\w.-]+:)?(identifier|datestamp|setSpec)(?:\s[^<>]*)?(?<!/)>"
    rb"((?:[^<]++|<!\[CDATA\[(?s:.*?)\]\]>)*)"
)
_HOLLOW = re.compile(rb"\s*</")
_HEADER_END = re.compile(rb"</(?:[\w.-]+:)?header\s*>")
NO_METADATA = "the record has no metadata, and is not marked as deleted"
"""The fault of a record that has nothing but a header, or not even that."""
_NO_NAME = "a deletion that does not say of what"
_NO_DATA = "the server sent the record without its data"
_RECORD_DATA_END = re.compile(rb"</(?:[\w.-]+:)?recordData\s*>")
_RECORD_IDENTIFIER = re.compile(rb"<(?:[\w.-]+:)?recordIdentifier(?:\s[^<>]*)?>([^<]*)<")
_PACKED = re.compile(rb"(?:&(?:lt|#0*60|#x0*3[Cc]);|<!\[CDATA\[)")
_DECLARATION = re.compile(r"\s*+<\?xml\s.*?\?>", re.DOTALL)


class Header(NamedTuple):
    """What an OAI-PMH header says."""

    identifier: str | None = None
    datestamp: str | None = None
    sets: tuple[str, ...] = ()
    deleted: bool = False


def raw_record(
    payload: bytes, offset: int, document: Document, tally: Tally, *, fault: str | None = None
) -> RawRecord:
    """Make the raw record of an outermost record element.

    From SRU it is what is in `recordData`, since its wrapping is about the answer, not the record.
    """
    tags = _start_tags(payload)
    outer = next(tags)
    if local(outer.name) == b"record":
        if document.lists_oai_records:
            header = next((tag for tag in islice(tags, 1) if local(tag.name) == b"header"), None)
            return _from_oai_pmh(payload, offset, document, tally, outer=outer, header=header, fault=fault)
        for tag in islice(tags, _NEAR):
            name = local(tag.name)
            if name in _MARC_PARTS:
                break
            if name == b"header":
                return _from_oai_pmh(payload, offset, document, tally, outer=outer, header=tag, fault=fault)
            if name == b"recordData" and fault is None:
                return _from_sru(payload, offset, document, tally, wrapping=(outer, tag))
    return RawRecord(
        identifier=_control_number(payload, document) or digest(payload),
        format=_form(payload, 0, document.scopes),
        payload=payload,
        envelope=document.envelope(payload),
        place=tally.place(offset),
        fault=fault,
    )


def _from_oai_pmh(
    payload: bytes,
    offset: int,
    document: Document,
    tally: Tally,
    *,
    outer: Token,
    header: Token | None,
    fault: str | None,
) -> RawRecord:
    """Read a record's header, and its format from the one element in its metadata."""
    told, stop = _read_header(payload, header, document) if header else (Header(), outer.end)
    metadata = next((tag for tag in _start_tags(payload, stop) if local(tag.name) == b"metadata"), None)
    if metadata is None or _is_hollow(payload, metadata):
        form = _PREFIXES.get(document.prefix or "", "oai_dc")
        fault = fault or (None if told.deleted else NO_METADATA)
    else:
        form = _form(payload, metadata.end, [*document.scopes, _scope(outer), _scope(metadata)])
    if told.deleted and not told.identifier:
        fault = fault or _NO_NAME
    return RawRecord(
        identifier=told.identifier or digest(payload),
        format=form,
        payload=payload,
        envelope=document.envelope(payload),
        datestamp=told.datestamp,
        sets=told.sets,
        deleted=told.deleted,
        place=tally.place(offset),
        fault=fault,
    )


def _read_header(payload: bytes, header: Token, document: Document) -> tuple[Header, int]:
    """Return what a record's header says, and where it ends."""
    ending = _HEADER_END.search(payload, header.end) if header.kind == "opened" else None
    stop = ending.start() if ending else (len(payload) if header.kind == "opened" else header.end)
    inside = payload[header.end : stop]
    if b"<!--" in inside:
        inside = _COMMENT.sub(b"", inside)
    told: dict[bytes, list[str]] = {b"identifier": [], b"datestamp": [], b"setSpec": []}
    for name, value in _HEADER_PART.findall(inside):
        if text := document.text(value):
            told[name].append(text)
    status = attributes(header.attributes).get("status", "")
    return Header(
        identifier=next(iter(told[b"identifier"]), None),
        datestamp=next(iter(told[b"datestamp"]), None),
        sets=tuple(told[b"setSpec"]),
        deleted=status.strip().lower() == "deleted",
    ), stop


def _is_hollow(payload: bytes, metadata: Token) -> bool:
    return metadata.kind == "empty" or _HOLLOW.match(payload, metadata.end) is not None


def _from_sru(
    payload: bytes, offset: int, document: Document, tally: Tally, *, wrapping: tuple[Token, Token]
) -> RawRecord:
    """Take the record out of an SRU answer's wrapping.

    It may be packed as a string, whatever `recordPacking` says (SRU 1.1; 2.0: `recordXMLEscaping`).
    """
    scopes = [*document.scopes, *map(_scope, wrapping)]
    start = wrapping[1].end
    ending = _RECORD_DATA_END.search(payload, start)
    stop = start if wrapping[1].kind == "empty" else ending.start() if ending else len(payload)
    inner = payload[start:stop]
    begin, inner = len(inner) - len(inner.lstrip()), inner.strip()
    encoding = actual_encoding(inner, document.encoding)
    around = envelope(scopes, encoding)
    if _PACKED.match(inner):
        unpacked = _DECLARATION.sub("", character_data(inner, encoding), count=1)
        inner, scopes, around = unpacked.strip().encode(), [], None
    named = _RECORD_IDENTIFIER.search(payload, stop) or _RECORD_IDENTIFIER.search(payload, 0, start)
    name = document.text(named[1]) if named else None
    return RawRecord(
        identifier=_control_number(inner, document) or name or digest(inner),
        format=_form(inner, 0, scopes),
        payload=inner,
        envelope=around,
        place=tally.place(offset + start + begin),
        fault=None if inner else _NO_DATA,
    )


def _form(data: bytes, at: int, scopes: Sequence[Scope]) -> str:
    """Return the format of the element at or after `at`, or its full name when it is none of ours."""
    tags = _start_tags(data, at)
    outer = next(tags, None)
    if outer is None:
        return "xml:text"
    name = local(outer.name)
    if name in _METADATA:
        return _METADATA[name]
    space = namespace(outer.name, [*scopes, _scope(outer)])
    if name in (b"record", b"collection") and (
        space == _MARC_NAMESPACE or any(local(tag.name) in _MARC_PARTS for tag in islice(tags, _NEAR))
    ):
        return _MARC
    return f"xml:{{{space.decode('utf-8', 'replace')}}}{name.decode('utf-8', 'replace')}"


def _control_number(payload: bytes, document: Document) -> str | None:
    found = _CONTROL_NUMBER.search(payload)
    return document.text(found[1]) or None if found else None


def _start_tags(data: bytes, at: int = 0) -> Iterator[Token]:
    while token := next_token(data, at):
        at = token.end
        if token.kind in ("opened", "empty"):
            yield token


def _scope(tag: Token) -> Scope:
    return Scope(tag.name, declarations(tag.attributes))
