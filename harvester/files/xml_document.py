"""What an XML document says around its records."""

import codecs
import re
from collections.abc import Mapping
from typing import NamedTuple

from catalog.errors import SourceError, UnreadableFile
from harvester.files.window import Tally, Window
from harvester.files.xml_tags import (
    Scope,
    Token,
    attributes,
    character_data,
    declarations,
    declared_encoding,
    local,
    namespace,
    next_token,
)

_DEEPEST = 1_000
_UTF8_CHARACTER = re.compile(rb"[\xc3-\xf4][\x80-\xbf]")
_C1 = re.compile(rb"[\x80-\x9f]")  # no characters in Latin-1; browsers read them as Windows-1252 too
_WINDOWS = "windows-1252"
_DECLARATION = re.compile(rb"<\?xml\s")
_OAI_LISTS = frozenset((b"ListRecords", b"GetRecord"))
_LISTS = frozenset((b"ListRecords", b"GetRecord", b"collection", b"searchRetrieveResponse", b"records"))
_AROUND_LISTS = frozenset(
    (b"OAI-PMH", b"responseDate", b"request", b"resumptionToken", b"version", b"numberOfRecords")
)
_SRU_EXTRAS = frozenset((b"echoedSearchRetrieveRequest", b"extraResponseData", b"diagnostics"))
_OTHER_ANSWERS = frozenset((b"Identify", b"ListSets", b"ListMetadataFormats", b"ListIdentifiers"))
_EMPTY_LIST = "noRecordsMatch"
_TELLING = frozenset((b"responseDate", b"request", b"error", b"resumptionToken"))
_FOREIGN = frozenset((b"description", b"setDescription"))  # may hold any XML
_BLANKS = re.compile("[ \t\n\r]+")


class Leaf(NamedTuple):
    """An element of an OAI-PMH answer that holds text alone: all of it, None until it is closed."""

    attributes: Mapping[str, str]
    text: str | None


class Document:
    """Follows the tags outside records: which elements are open, and what an OAI-PMH answer tells.

    Several documents may follow each other in a stream; each begins with an XML declaration or a new root.
    When it is `alone`, it is over at the end of its root, and that place kept in `end`.
    """

    def __init__(self, encoding: str | None, *, alone: bool = False) -> None:
        self._overruled = encoding
        self.encoding = encoding or "utf-8"
        self.scopes: list[Scope] = []
        self.prefix: str | None = None  # the metadataPrefix that was asked for
        self.root: tuple[str, str] | None = None  # local name, namespace
        self.seen: set[bytes] = set()
        self.closed: set[bytes] = set()
        self.told: dict[bytes, list[Leaf]] = {name: [] for name in _TELLING}
        self.end: int | None = None
        self._alone = alone
        self._envelopes: dict[str, bytes | None] = {}

    def enter(self, token: Token, window: Window) -> bool:
        """Take in a token outside the records; False when it closes what is not open."""
        data = window.data
        if token.kind in ("opened", "empty"):
            self._open(token)
            known = True
        elif token.kind == "closed":
            known = self._close(token, data) or (self._alone and not self.lists_oai_records)
        else:
            self._declare(token, data)
            return True
        if self._alone and not self.scopes:
            self.end = window.base + token.end
        return known

    def _declare(self, token: Token, data: bytes) -> None:
        if token.kind == "doctype" and b"<!ENTITY" in data[token.start : token.end]:
            raise UnreadableFile(
                "the XML declares entities, which are never expanded here",
                hint="if you trust the file, write them out first: xmllint --noent FILE",
            )
        if not self._alone and token.kind == "instruction" and _DECLARATION.match(data, token.start):
            declared = declared_encoding(data[token.start : token.end])
            self.encoding = self._overruled or known_encoding(declared)
            self.scopes.clear()
            self._envelopes.clear()

    def _open(self, token: Token) -> None:
        name = local(token.name)
        self.seen.add(name) if len(self.seen) < _DEEPEST else None
        if name in _TELLING and self._is_telling(name):
            text = "" if token.kind == "empty" else None
            leaf = Leaf(attributes(token.attributes, self.encoding), text)
            self.told[name].append(leaf)
            self.prefix = leaf.attributes.get("metadataPrefix", self.prefix)
        scope = Scope(token.name, declarations(token.attributes))
        if self.root is None:
            space = namespace(token.name, [scope]).decode(self.encoding, "replace")
            self.root = name.decode(self.encoding, "replace"), space
        if token.kind == "opened":
            self.scopes.append(scope)
            self._envelopes.clear()
        else:
            self.closed.add(name)
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
        name = local(token.name)
        self.closed.add(name) if len(self.closed) < _DEEPEST else None
        if name in _TELLING and self.told[name] and self._is_telling(name):
            opened = next_token(data, data.rfind(b"<" + token.name, 0, token.start))
            text = self._characters(data[opened.end if opened else token.start : token.start])
            self.told[name][-1] = self.told[name][-1]._replace(text=text)
        return True

    def _is_telling(self, name: bytes) -> bool:
        """Tell whether that is an element of the answer itself; a token is taken for one wherever it is."""
        if name == b"resumptionToken":
            return True
        return bool(self.scopes) and not any(local(scope.name) in _FOREIGN for scope in self.scopes)

    def _characters(self, content: bytes) -> str:
        return character_data(content, actual_encoding(content, self.encoding))

    def text(self, content: bytes) -> str:
        """Return the text of an element that has no others in it, white space collapsed."""
        return _BLANKS.sub(" ", self._characters(content)).strip(" ")

    @property
    def lists_oai_records(self) -> bool:
        """Tell whether a record that stood here were one of OAI-PMH, whatever it holds."""
        return any(local(scope.name) in _OAI_LISTS for scope in self.scopes)

    def envelope(self, payload: bytes) -> bytes | None:
        """Return the opening tag a record needs to be read alone; None when it needs none."""
        encoding = actual_encoding(payload, self.encoding)
        if encoding not in self._envelopes:
            self._envelopes[encoding] = envelope(self.scopes, encoding)
        return self._envelopes[encoding]

    @property
    def kind(self) -> str:
        """What the root is, for people."""
        name, space = self.root or ("", "")
        return f"{name} ({space})" if space else name

    def _is_empty_list(self) -> bool:
        """Tell whether there was a list with nothing in it; other elements mean another kind of XML."""
        expected = self.seen <= _LISTS | _AROUND_LISTS or not self.seen.isdisjoint(_SRU_EXTRAS)
        return expected and not self.seen.isdisjoint(_LISTS)

    def conclude(self, records: int, tally: Tally) -> None:
        """Judge the document when its end is reached.

        Raises SourceError for an OAI-PMH error, UnreadableFile for a document that lists no records.
        """
        for leaf in self.told[b"error"]:
            if (code := leaf.attributes.get("code")) != _EMPTY_LIST:
                text = " ".join((leaf.text or "").split())
                raise SourceError(f"the file is an OAI-PMH error, {code or 'without code'}: {text}")
        if not records and not self.told[b"error"] and not self._is_empty_list():
            answer = next((name.decode() for name in self.seen & _OTHER_ANSWERS), None)
            root = f"XML of the kind {self.kind}" if self.root else "XML without a whole tag"
            what = f"an OAI-PMH answer to {answer}" if answer else root
            raise UnreadableFile(
                f"{what}, which holds no records",
                hint="expected OAI-PMH ListRecords or GetRecord, SRU, MARCXML, oai_dc or oai_doaj",
            )
        if self.scopes:
            name = self.scopes[0].name.decode(self.encoding, "replace")
            tally.broken_off = f"the XML ends before its end: </{name}> is missing"
        if any(leaf.text and leaf.text.strip() for leaf in self.told[b"resumptionToken"][-1:]):
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
