"""What stands around the content of an OAI-PMH 2.0 answer, and whether all of it came.

An answer that broke off must never pass for a list that ended. It is whole when the elements around the
records are closed; what is in the records is judged later, one by one.
"""

import re
from dataclasses import dataclass
from io import BytesIO

from catalog.errors import MalformedResponse, ProtocolError, UnreadableFile
from catalog.record import RawRecord, Remark
from harvester.files.byte_stream import Peekable, as_utf8
from harvester.files.window import BOM, Tally, Window
from harvester.files.xml_document import Document, known_encoding
from harvester.files.xml_slices import cut
from harvester.files.xml_tags import declared_encoding
from harvester.http.response import Response

_NAMESPACE = "http://www.openarchives.org/OAI/2.0/"

# What these say is that there is nothing to list: an answer, not a refusal.
_NOTHING = {
    "ListRecords": frozenset(("noRecordsMatch",)),
    "ListIdentifiers": frozenset(("noRecordsMatch",)),
    "ListSets": frozenset(("noSetHierarchy", "noRecordsMatch")),
}
_CODES = (
    "badArgument",
    "badResumptionToken",
    "badVerb",
    "cannotDisseminateFormat",
    "idDoesNotExist",
    "noMetadataFormats",
    "noRecordsMatch",
    "noSetHierarchy",
)
_AS_STANDARD = {code.lower(): code for code in _CODES}
_HINTS = {
    "badVerb": "is this the address of its OAI-PMH interface?",
    "badArgument": "are there such sets and dates at this server?",
    "cannotDisseminateFormat": "ask for another metadata prefix, or let it be chosen",
    "noSetHierarchy": "it has no sets: harvest without them",
}
_OVERLOADED = frozenset((408, 425, 429))

_KNOWN = frozenset(
    (b"OAI-PMH", b"responseDate", b"request", b"error", b"ListRecords", b"GetRecord", b"resumptionToken")
)

# A comment that never ends is taken to the end, so that the search stays linear.
_ROOT = re.compile(rb"<!--(?s:.*?)(?:-->|\Z)|(?P<root><(?:[\w.-]+:)?OAI-PMH(?=[\s/>]))")
_PROLOG = re.compile(rb"<!--(?s:.*?)-->|<\?[^<>]*\?>|<!DOCTYPE[^<>\[]*>")
_DECLARATION = re.compile(rb"<\?xml\s[^<>]*\?>")
_CHARSET = re.compile(r"\bcharset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_TITLE = re.compile(rb"(?is)<title[^<>]*>(.*?)</title")
_OTHER = (
    (re.compile(rb"\A\s*\Z"), "nothing"),
    (re.compile(rb"(?i)<(?:!doctype\s+html|html|body|head)[\s/>]"), "a web page"),
    (re.compile(rb"\A\s*(?:\{|\[\s*[\[{\"\]])"), "JSON"),
    (re.compile(rb"\A\s*<"), "XML of another kind"),
)
_ANY_TOKEN = re.compile(rb"(?i)[</:]resumptionToken\b")
_COMMENT = re.compile(rb"<!--(?s:.*?)(?:-->|\Z)")
_MORE = re.compile(rb"<(?:[\w.-]+:)?(?:OAI-PMH|record)[\s>]")
_BLANK = b" \t\r\n\x00\x1a"


@dataclass(frozen=True, slots=True)
class Envelope:
    """An answer that came whole: its records as sent, what is around them, and the XML of it alone."""

    document: Document
    raws: list[RawRecord]
    errors: tuple[tuple[str, str], ...]
    remarks: list[Remark]
    xml: bytes


def open_envelope(response: Response, *, verb: str, prefix: str | None = None) -> Envelope:
    """Take an answer to `verb` apart.

    `prefix` is the metadataPrefix that was asked for, told to deleted records where the answer does not
    repeat it. Raises MalformedResponse for what is not a whole OAI-PMH answer to that verb, ProtocolError
    for a refusal.
    """
    remarks: list[Remark] = []
    source, wide = as_utf8(Peekable(BytesIO(response.body)))
    body = response.body
    if wide:
        body = b"".join(iter(source.read, b""))
        remarks.append(Remark("note", f"the server sends {wide.upper()}; it is kept as UTF-8"))
    start = _beginning(body, response, remarks)
    document = Document(_encoding(body[:start], response), alone=True)
    document.prefix = prefix
    stream = BytesIO(body)
    stream.seek(start)
    window = Window(stream, longest=len(body))  # all of it is in memory already
    window.base = start
    try:
        raws = list(cut(window, Tally(), document))
    except UnreadableFile as error:
        raise _malformed(response, error.message) from error
    errors = _errors(document)
    _check(document, response, verb, errors)
    _check_token(document, response, raws, body)
    remarks += _ending(body, document, response)
    remarks += _oddities(document, response, verb)
    return Envelope(document, raws, errors, remarks, body[start : document.end])


def _beginning(body: bytes, response: Response, remarks: list[Remark]) -> int:
    """Return where the root begins; what stands before it is at most told."""
    found = next((found for found in _ROOT.finditer(body) if found["root"]), None)
    before = body[: found.start()] if found else body[:4096]
    junk = _PROLOG.sub(b"", before).replace(BOM, b"").strip(_BLANK)
    other = next((name for sign, name in _OTHER[1:3] if sign.search(junk)), None)
    if found is None or other:
        other = next((name for sign, name in _OTHER if sign.search(before.replace(BOM, b""))), "text")
        title = _TITLE.search(body[:4096])
        excerpt = f" ({_excerpt(title[1])})" if title else ""
        raise _malformed(response, f"the answer is {other}, not OAI-PMH{excerpt}", hint=_HINTS["badVerb"])
    if b"<!ENTITY" in before:
        raise _malformed(response, "the XML declares entities, which are never expanded here")
    if junk:
        remarks.append(Remark("note", f"the server puts something before the XML: {_excerpt(junk)}"))
    return found.start()


def _encoding(before: bytes, response: Response) -> str:
    """Return the encoding by mark, declaration or header; whether it is true is found record by record."""
    if before.startswith(BOM):
        return "utf-8"
    declarations = _DECLARATION.findall(before)
    if declared := declarations and declared_encoding(declarations[-1]):
        return known_encoding(declared)
    charset = _CHARSET.search(response.headers.get("content-type", ""))
    return known_encoding(charset and charset[1])


def _errors(document: Document) -> tuple[tuple[str, str], ...]:
    """Return code and text of each error, codes in the standard's spelling."""
    found = []
    for leaf in document.told[b"error"]:
        code = leaf.attributes.get("code", "").strip()
        found.append((_AS_STANDARD.get(code.lower(), code), " ".join((leaf.text or "").split())))
    return tuple(found)


def _check(document: Document, response: Response, verb: str, errors: tuple[tuple[str, str], ...]) -> None:
    """Raise what speaks against taking the answer for a whole one."""
    if document.end is None:
        raise _malformed(response, "the answer breaks off before its end")
    refusals = [(code, text) for code, text in errors if code not in _NOTHING.get(verb, ())]
    if refusals:
        told = "; ".join(": ".join(filter(None, (code or "without code", text))) for code, text in refusals)
        # A code that the protocol does not have tells of a failure, which may pass: metha #2.
        if refusals[0][0] not in _CODES:
            raise _malformed(response, f"{verb} was refused: {told}")
        raise ProtocolError(
            f"{response.url}: {verb} was refused: {told}",
            code=refusals[0][0],
            hint=_HINTS.get(refusals[0][0]),
        )
    if errors:
        return
    if verb.encode() not in document.closed:
        unclosed = verb.encode() in document.seen
        raise _malformed(response, f"</{verb}> is missing" if unclosed else f"the answer is none to {verb}")
    if response.status >= 500 or response.status in _OVERLOADED:
        raise _malformed(
            response, f"the server says that it failed (HTTP {response.status}), yet sends a list"
        )


def _check_token(document: Document, response: Response, raws: list[RawRecord], body: bytes) -> None:
    """Raise when the token's tags are damaged: without it, the list would seem to end here."""
    tokens = document.told[b"resumptionToken"]
    after = 0
    if raws and (place := raws[-1].place) and place.offset is not None:
        after = place.offset + (0 if raws[-1].fault else len(raws[-1].payload))
    lost = not tokens and _ANY_TOKEN.search(_COMMENT.sub(b"", body[after : document.end]))
    if lost or any(leaf.text is None for leaf in tokens):
        raise _malformed(response, "the resumptionToken is damaged")


def _ending(body: bytes, document: Document, response: Response) -> list[Remark]:
    """Judge what follows the root: notices of PHP do, records must not."""
    rest = body[document.end :].strip(_BLANK)
    if _MORE.search(rest):
        raise _malformed(response, "records follow after the end of the answer")
    return [Remark("note", f"the server puts something after the XML: {_excerpt(rest)}")] if rest else []


def _oddities(document: Document, response: Response, verb: str) -> list[Remark]:
    told = []
    space = (document.root or ("", ""))[1]
    if space != _NAMESPACE:
        told.append(f"the answers are in the namespace {space or 'none'}, not in OAI-PMH's")
    if response.status >= 300:
        told.append(f"the answers come with the status HTTP {response.status}")
    unknown = sorted(document.seen - _KNOWN) if verb in ("ListRecords", "GetRecord") else []
    if unknown:
        names = ", ".join(name.decode("utf-8", "replace") for name in unknown[:5])
        told.append(f"the answers hold elements that OAI-PMH does not have: {names}")
    return [Remark("note", text) for text in told]


def _malformed(response: Response, what: str, hint: str | None = None) -> MalformedResponse:
    return MalformedResponse(f"{response.url}: {what}", hint=hint)


def _excerpt(junk: bytes) -> str:
    """Return the beginning of what does not belong there, in one line."""
    text = " ".join(re.sub(r"<[^<>]*>", " ", junk[:400].decode("utf-8", "replace")).split())
    return f"“{text[:80]}”" if text else "tags"
