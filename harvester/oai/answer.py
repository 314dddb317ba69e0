"""The answer to ListRecords, GetRecord or ListIdentifiers: bytes in, values out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from catalog.errors import MalformedResponse
from catalog.record import RawRecord, Remark
from harvester.files.xml_document import Document
from harvester.files.xml_record import NO_METADATA, Header
from harvester.http.response import Response
from harvester.oai.envelope import Envelope, open_envelope
from harvester.oai.tree import child, children, read_tree, text_of

_BLANK = " \t\r\n"


class Token(NamedTuple):
    """A resumptionToken element; an empty `value` says that the list ends here."""

    value: str
    complete_list_size: int | None = None
    cursor: int | None = None
    expires: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a whole answer holds.

    `raws` of ListRecords and GetRecord, `headers` of ListIdentifiers; `token` is None where there is no such
    element; `errors` are (code, text) of those that say that the list is empty. `request` holds the
    attributes of the request as the server understood it.
    """

    raws: tuple[RawRecord, ...]
    headers: tuple[Header, ...]
    token: Token | None
    errors: tuple[tuple[str, str], ...]
    response_date: str | None
    request: Mapping[str, str]
    base_url: str
    remarks: tuple[Remark, ...]

    @property
    def lacking(self) -> dict[str, int]:
        """How many records came without what a record must have: identifier, datestamp, metadata."""
        told = {
            "identifier": sum(raw.identifier.startswith("sha256:") for raw in self.raws),
            "datestamp": sum(raw.datestamp is None for raw in self.raws),
            "metadata": sum(raw.fault == NO_METADATA for raw in self.raws),
        }
        return {name: number for name, number in told.items() if number}


def read_answer(response: Response, *, verb: str, prefix: str | None = None) -> Answer:
    """Read an answer to ListRecords, GetRecord or ListIdentifiers.

    `prefix` is the metadataPrefix that was asked for: the format of records that come without metadata.
    Raises MalformedResponse for what is not a whole OAI-PMH answer to that verb (HTML, JSON, nothing,
    broken off), ProtocolError with the protocol's code for a refusal. A record that is damaged is in the
    answer all the same, for the crosswalk to judge.
    """
    envelope = open_envelope(response, verb=verb, prefix=prefix)
    headers = _headers(envelope, response) if verb == "ListIdentifiers" and not envelope.errors else ()
    raws = () if verb == "ListIdentifiers" else tuple(envelope.raws)
    if verb == "GetRecord" and not raws:
        raise MalformedResponse(f"{response.url}: GetRecord was answered with no record")
    told = envelope.document.told
    request = next(iter(told[b"request"]), None)
    dates = [(leaf.text or "").strip() for leaf in told[b"responseDate"]]
    return Answer(
        raws=raws,
        headers=headers,
        token=read_token(envelope.document),
        errors=envelope.errors,
        response_date=next(filter(None, dates), None),
        request=dict(request.attributes) if request else {},
        base_url=(request.text or "").strip() if request else "",
        remarks=tuple(envelope.remarks),
    )


def read_token(document: Document) -> Token | None:
    """Return the token of a list; of several the last that is not empty."""
    tokens = []
    for leaf in document.told[b"resumptionToken"]:
        attributes, text = leaf.attributes, leaf.text or ""
        tokens.append(
            Token(
                text.strip(_BLANK) if text.strip() else "",
                _count(attributes.get("completeListSize")),
                _count(attributes.get("cursor")),
                attributes.get("expirationDate"),
            )
        )
    return next((token for token in reversed(tokens) if token.value), tokens[-1] if tokens else None)


def _count(text: str | None) -> int | None:
    """Return a number that is one; servers send -1, nothing, and words."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def _headers(envelope: Envelope, response: Response) -> tuple[Header, ...]:
    """Return the headers of a list of identifiers; one without an identifier is of no use."""
    root = read_tree(envelope, response)
    found = []
    for element in children(child(root, "ListIdentifiers"), "header"):
        told = Header(
            identifier=text_of(child(element, "identifier")),
            datestamp=text_of(child(element, "datestamp")),
            sets=tuple(filter(None, map(text_of, children(element, "setSpec")))),
            deleted=(element.get("status") or "").strip().lower() == "deleted",
        )
        if told.identifier:
            found.append(told)
    return tuple(found)
