"""What one XML record says of itself: its format, and its OAI-PMH header."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from catalog.record import RawRecord
from harvester.files.window import Tally, digest
from harvester.files.xml_document import Document, actual_encoding, envelope
from harvester.files.xml_tags import Scope, Token, attributes, declarations, local, namespace, next_token

# By local name: prefixes, and even namespaces, differ between servers (pycsw, VuFindHarvest 2.3.0, 5.2.0).
_METADATA = {b"dc": "oai_dc", b"doajArticle": "oai_doaj"}
_MARC = "marcxml"
_MARC_NAMESPACE = b"http://www.loc.gov/MARC21/slim"
_MARC_PARTS = frozenset((b"leader", b"controlfield", b"datafield"))
# What servers call their formats, for records of which nothing but the header is left.
_PREFIXES = {"oai_doaj": "oai_doaj", "marcxml": _MARC, "marc21": _MARC, "MARC21-xml": _MARC}

_NEAR = 5  # how many tags may stand before the one that tells what a record is

_CONTROL_NUMBER = re.compile(rb"<(?:[\w.-]+:)?controlfield\b[^>]*?\btag\s*=\s*[\"']001[\"'][^>]*>([^<]*)<")
_HEADER_PART = re.compile(
    rb"<(?:[\w.-]+:)?(identifier|datestamp|setSpec)\b[^>]*>\s*(?:<!\[CDATA\[)?([^<\]]*)"
)
_HEADER_END = re.compile(rb"</(?:[\w.-]+:)?header\s*>")
_RECORD_DATA_END = re.compile(rb"</(?:[\w.-]+:)?recordData\s*>")


def raw_record(
    payload: bytes, offset: int, document: Document, tally: Tally, *, fault: str | None = None
) -> RawRecord:
    """Make the raw record of an outermost record element.

    From SRU it is what is in `recordData`, since its wrapping is about the answer, not the record.
    """
    tags = _start_tags(payload)
    outer = next(tags)
    if local(outer.name) == b"record":
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
    header: Token,
    fault: str | None,
) -> RawRecord:
    """Read a record's header, and its format from the one element in its metadata."""
    ending = _HEADER_END.search(payload, header.end)
    stop = ending.start() if ending else len(payload)
    told: dict[bytes, list[str]] = {b"identifier": [], b"datestamp": [], b"setSpec": []}
    for name, value in _HEADER_PART.findall(payload, header.end, stop):
        if text := document.text(value):
            told[name].append(text)
    metadata = next((tag for tag in _start_tags(payload, stop) if local(tag.name) == b"metadata"), None)
    if metadata is None:
        form = _PREFIXES.get(document.prefix or "", "oai_dc")
    else:
        form = _form(payload, metadata.end, [*document.scopes, _scope(outer), _scope(metadata)])
    return RawRecord(
        identifier=next(iter(told[b"identifier"]), digest(payload)),
        format=form,
        payload=payload,
        envelope=document.envelope(payload),
        datestamp=next(iter(told[b"datestamp"]), None),
        sets=tuple(told[b"setSpec"]),
        deleted=attributes(header.attributes).get("status") == "deleted",
        place=tally.place(offset),
        fault=fault,
    )


def _from_sru(
    payload: bytes, offset: int, document: Document, tally: Tally, *, wrapping: tuple[Token, Token]
) -> RawRecord:
    """Take the record out of an SRU answer's wrapping."""
    scopes = [*document.scopes, *map(_scope, wrapping)]
    start = wrapping[1].end
    ending = _RECORD_DATA_END.search(payload, start)
    inner = payload[start : ending.start() if ending else len(payload)]
    begin = len(inner) - len(inner.lstrip())
    return RawRecord(
        identifier=_control_number(inner, document) or digest(inner),
        format=_form(inner, 0, scopes),
        payload=inner.strip(),
        envelope=envelope(scopes, actual_encoding(inner, document.encoding)),
        place=tally.place(offset + start + begin),
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
