"""What an XML document says around its records."""

import codecs
import re
from html import unescape

from catalog.errors import SourceError, UnreadableFile
from harvester.files.window import Tally
from harvester.files.xml_tags import (
    Scope,
    Token,
    attributes,
    declarations,
    declared_encoding,
    local,
    namespace,
)

_DEEPEST = 1_000
_UTF8_CHARACTER = re.compile(rb"[\xc3-\xf4][\x80-\xbf]")
_C1 = re.compile(rb"[\x80-\x9f]")  # no characters in Latin-1; browsers read them as Windows-1252 too
_WINDOWS = "windows-1252"
_LISTS = frozenset((b"ListRecords", b"GetRecord", b"collection", b"searchRetrieveResponse", b"records"))
_AROUND_LISTS = frozenset(
    (b"OAI-PMH", b"responseDate", b"request", b"resumptionToken", b"version", b"numberOfRecords")
)
_SRU_EXTRAS = frozenset((b"echoedSearchRetrieveRequest", b"extraResponseData", b"diagnostics"))
_OTHER_ANSWERS = frozenset((b"Identify", b"ListSets", b"ListMetadataFormats", b"ListIdentifiers"))
_EMPTY_LIST = "noRecordsMatch"


class Document:
    """Follows the tags outside records: which elements are open, and what an OAI-PMH answer tells.

    Several documents may follow each other in a stream; each begins with an XML declaration or a new root.
    """

    def __init__(self, encoding: str | None) -> None:
        self._overruled = encoding
        self.encoding = encoding or "utf-8"
        self.scopes: list[Scope] = []
        self.prefix: str | None = None  # the metadataPrefix that was asked for
        self._envelopes: dict[str, bytes | None] = {}
        self._root: str | None = None
        self._seen: set[bytes] = set()
        self._error: dict[str, str] = {}  # code -> text
        self._resumption = ""

    def enter(self, token: Token, data: bytes) -> bool:
        """Take in a token outside the records; False when it closes what is not open."""
        if token.kind in ("opened", "empty"):
            self._open(token)
        elif token.kind == "closed":
            return self._close(token, data)
        elif token.kind == "doctype" and b"<!ENTITY" in data[token.start : token.end]:
            raise UnreadableFile(
                "the XML declares entities, which are never expanded here",
                hint="if you trust the file, write them out first: xmllint --noent FILE",
            )
        elif token.kind == "instruction" and data.startswith(b"<?xml ", token.start):
            declared = declared_encoding(data[token.start : token.end])
            self.encoding = self._overruled or known_encoding(declared)
            self.scopes.clear()
            self._envelopes.clear()
        return True

    def _open(self, token: Token) -> None:
        name = local(token.name)
        self._seen.add(name) if len(self._seen) < _DEEPEST else None
        if name == b"request":
            self.prefix = attributes(token.attributes).get("metadataPrefix", self.prefix)
        elif name == b"error" and self.scopes:
            self._error[attributes(token.attributes).get("code", "")] = ""
        if token.kind == "opened":
            self.scopes.append(Scope(token.name, declarations(token.attributes)))
            self._envelopes.clear()
        if self._root is None:
            space = namespace(token.name, self.scopes).decode(self.encoding, "replace")
            self._root = f"{name.decode(self.encoding, 'replace')} {f'({space})' if space else ''}".strip()
        if len(self.scopes) > _DEEPEST:
            raise UnreadableFile(f"the XML is nested more than {_DEEPEST:,} elements deep")

    def _close(self, token: Token, data: bytes) -> bool:
        depth = next(
            (i for i in reversed(range(len(self.scopes))) if self.scopes[i].name == token.name), None
        )
        if depth is None:
            return False
        del self.scopes[depth:]
        self._envelopes.clear()
        text = data[data.rfind(b">", 0, token.start) + 1 : token.start]
        if local(token.name) == b"error" and self._error:
            self._error[next(reversed(self._error))] = self.text(text)
        elif local(token.name) == b"resumptionToken":
            self._resumption = self.text(text)
        return True

    def text(self, source: bytes) -> str:
        """Return the text of an element that has no others in it."""
        return " ".join(unescape(source.decode(self.encoding, "replace")).split())

    def envelope(self, payload: bytes) -> bytes | None:
        """Return the opening tag a record needs to be read alone; None when it needs none."""
        encoding = actual_encoding(payload, self.encoding)
        if encoding not in self._envelopes:
            self._envelopes[encoding] = envelope(self.scopes, encoding)
        return self._envelopes[encoding]

    def _is_empty_list(self) -> bool:
        """Tell whether there was a list with nothing in it; other elements mean another kind of XML."""
        expected = self._seen <= _LISTS | _AROUND_LISTS or not self._seen.isdisjoint(_SRU_EXTRAS)
        return expected and not self._seen.isdisjoint(_LISTS)

    def conclude(self, records: int, tally: Tally) -> None:
        """Judge the document when its end is reached.

        Raises SourceError for an OAI-PMH error, UnreadableFile for a document that lists no records.
        """
        for code, text in self._error.items():
            if code != _EMPTY_LIST:
                raise SourceError(f"the file is an OAI-PMH error, {code or 'without code'}: {text}")
        if not records and not self._error and not self._is_empty_list():
            answer = next((name.decode() for name in self._seen & _OTHER_ANSWERS), None)
            root = f"XML of the kind {self._root}" if self._root else "XML without a whole tag"
            what = f"an OAI-PMH answer to {answer}" if answer else root
            raise UnreadableFile(
                f"{what}, which holds no records",
                hint="expected OAI-PMH ListRecords or GetRecord, SRU, MARCXML, oai_dc or oai_doaj",
            )
        if self.scopes:
            name = self.scopes[0].name.decode(self.encoding, "replace")
            tally.broken_off = f"the XML ends before its end: </{name}> is missing"
        if self._resumption:
            tally.notes.append("the list goes on: this is one page of an OAI-PMH answer, not its last")


def known_encoding(name: str | None) -> str:
    """Return a declared encoding; UTF-8, which XML presumes, when it is none that leaves ASCII as it is."""
    try:
        leaves_ascii = b"<a>".decode(name or "") == "<a>"
    except (LookupError, ValueError):
        leaves_ascii = False
    return name if name and leaves_ascii else "utf-8"


def actual_encoding(payload: bytes, declared: str) -> str:
    """Return what a record must be declared as to be read.

    Declarations are often wrong: https://github.com/miku/metha tries five. Text that is UTF-8 and more than
    ASCII is nothing else; what is not, is Windows-1252 where UTF-8 or Latin-1 was declared, unless part of it
    is UTF-8: that is damage, and for the crosswalk to judge.
    """
    if payload.isascii():
        return declared
    try:
        payload.decode("utf-8")
    except UnicodeDecodeError:
        name = codecs.lookup(declared).name
        mistaken = name == "utf-8" and not _UTF8_CHARACTER.search(payload)
        return _WINDOWS if mistaken or (name == "iso8859-1" and _C1.search(payload)) else declared
    return "utf-8"


def envelope(scopes: list[Scope], encoding: str) -> bytes | None:
    """Return an opening such that it, a record and `</envelope>` are a document; None when none is needed."""
    merged = {prefix: space for scope in scopes for prefix, space in scope.namespaces.items()}
    plain = encoding.lower() in ("utf-8", "utf8", "us-ascii", "ascii")
    if not merged and plain:
        return None
    declared = b"" if plain else b'<?xml version="1.0" encoding="' + encoding.encode() + b'"?>'
    spaces = b"".join(b' %b="%b"' % (name, space.replace(b'"', b"&quot;")) for name, space in merged.items())
    return declared + b"<envelope" + spaces + b">"
