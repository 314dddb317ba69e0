"""A catalogue with a repository in front of it, its clock in the hands of the test."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import parse_qsl

import pytest
from lxml import etree

from catalog.crosswalk.marc.subjects import lcc_class
from catalog.normalize.subjects import lcc_subject
from catalog.record import RawRecord, Record
from catalog.store import Catalog, open_catalog
from catalog.store import ledger as ledger_module
from catalog.store import searches as searches_module
from index import FOLDER, open_engine
from index.sync import sync
from tests.web.shelves import PLAIN, raw_of
from web.oai.identity import identity
from web.oai.protocol import respond
from web.oai.repository import SETTLING, Repository
from web.site import Site

NAMESPACE = "{http://www.openarchives.org/OAI/2.0/}"
_SCHEMAS = Path(__file__).resolve().parents[4] / "shared" / "data" / "schemas" / "oai-marc-xsd"

# Of these there is no schema at hand; what they are is tested where they are written.
_OTHERS = {
    "http://doaj.org/features/oai_doaj/1.0/": "doajArticle",
    "http://www.loc.gov/mods/v3": "mods",
}
_XML = "http://www.w3.org/XML/1998/namespace"
_XSD = "http://www.w3.org/2001/XMLSchema"


def schema() -> etree.XMLSchema | None:
    """Return the schema of the protocol and of what is in its answers, None where they are not at hand."""
    if not _SCHEMAS.is_dir():
        return None
    folder = Path(mkdtemp())
    for file in _SCHEMAS.glob("*.xsd"):
        text = re.sub(r'schemaLocation="[^"]*/', 'schemaLocation="', file.read_text(encoding="utf-8"))
        (folder / file.name).write_text(text, encoding="utf-8")
    xml = f'<schema xmlns="{_XSD}" targetNamespace="{_XML}"><attribute name="lang" type="string"/></schema>'
    (folder / "xml.xsd").write_text(xml, encoding="utf-8")
    known = {"": "OAI-PMH", "oai_dc/": "oai_dc", "oai-identifier": "oai-identifier"}
    imported = {f"http://www.openarchives.org/OAI/2.0/{end}": name for end, name in known.items()}
    imported["http://www.loc.gov/MARC21/slim"] = "MARC21slim"
    for number, (namespace, root) in enumerate(_OTHERS.items()):
        stub = f'<schema xmlns="{_XSD}" targetNamespace="{namespace}"><element name="{root}"/></schema>'
        (folder / f"stub{number}.xsd").write_text(stub, encoding="utf-8")
        imported[namespace] = f"stub{number}"
    lines = "".join(
        f'<import namespace="{space}" schemaLocation="{name}.xsd"/>' for space, name in imported.items()
    )
    (folder / "all.xsd").write_text(f'<schema xmlns="{_XSD}">{lines}</schema>', encoding="utf-8")
    return etree.XMLSchema(etree.parse(str(folder / "all.xsd")))


class House:
    """A folder with catalogue and index, and what its repository answers; every answer must be valid."""

    def __init__(
        self, folder: Path, patch: pytest.MonkeyPatch, valid: etree.XMLSchema | None, site: Site | None = None
    ) -> None:
        self.folder = folder
        self.catalog: Catalog = open_catalog(folder, mode="create", crosswalks=PLAIN)
        self.engine = open_engine(folder / FOLDER, write=True)
        self.time = datetime(2026, 1, 1, 12, tzinfo=UTC)
        self._valid = valid
        self._site = site or Site(folder, base_url="https://library.example.org/peerlit")
        for module in (ledger_module, searches_module):
            patch.setattr(module, "now", self.stamp)

    def close(self) -> None:
        self.engine.close()
        self.catalog.close()

    def stamp(self, seconds: int = 0) -> str:
        return (self.time + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def wait(self, seconds: int = 60) -> str:
        """Let time go by; return what it is then."""
        self.time += timedelta(seconds=seconds)
        return self.stamp()

    def receive(self, raws: Sequence[RawRecord], source: str = "test", *, index: bool = True) -> None:
        self.catalog.receive(raws, source=source, kind="test", location=f"{source}:")
        if index:
            self.index()

    def put(self, source: str, *names: str, index: bool = True, **told: object) -> None:
        """Put records of these names into a source, or what they became; `told` are fields."""
        self.receive([raw_of(name, record(name, **told)) for name in names], source, index=index)

    def remove(self, source: str, *names: str) -> None:
        gone = [RawRecord(identifier=name, format="plain", payload=b"", deleted=True) for name in names]
        self.receive(gone, source)

    def index(self) -> None:
        sync(self.catalog, self.engine)

    def bytes(self, query: str | Sequence[tuple[str, str]]) -> bytes:
        pairs = parse_qsl(query, keep_blank_values=True) if isinstance(query, str) else query
        about = identity(self._site, self._site.base_url or "")
        now = self.time + timedelta(seconds=SETTLING)
        return respond(pairs, Repository(about, self.catalog, self.engine.at_one_commit(), now))

    def ask(self, query: str | Sequence[tuple[str, str]]) -> etree._Element:
        """Return the answer to a request."""
        root = etree.fromstring(self.bytes(query))
        if self._valid is not None:
            self._valid.assertValid(root)
        return root

    def codes(self, query: str | Sequence[tuple[str, str]]) -> list[str]:
        """Return the codes of the errors that a request is answered with."""
        return [str(error.get("code")) for error in self.ask(query).iter(f"{NAMESPACE}error")]

    def walk(self, query: str, verb: str = "ListRecords") -> list[etree._Element]:
        """Return all pages of a list."""
        pages = [self.ask(f"verb={verb}&{query}")]
        while token := token_of(pages[-1]):
            pages.append(self.ask(f"verb={verb}&resumptionToken={token}"))
        return pages

    def listed(self, query: str = "metadataPrefix=oai_dc", verb: str = "ListIdentifiers") -> dict[str, bool]:
        """Return the keys of a list, and whether the record is there."""
        return {key: live for page in self.walk(query, verb) for key, live, *_ in headers(page)}


def record(name: str, code: str | None = None, **told: object) -> Record:
    subject = lcc_subject(code) if code and "-" in code else lcc_class(code or "")
    subjects = (subject,) if subject else ()
    return Record(**{"title": f"On {name}", "subjects": subjects, **told})  # type: ignore[arg-type]  # its fields


def token_of(page: etree._Element) -> str:
    return page.findtext(f".//{NAMESPACE}resumptionToken") or ""


def headers(page: etree._Element) -> list[tuple[str, bool, str, list[str]]]:
    """Return key, whether it is there, datestamp and sets of each record of an answer."""
    return [
        (
            (header.findtext(f"{NAMESPACE}identifier") or "").removeprefix("oai:library.example.org:"),
            header.get("status") is None,
            header.findtext(f"{NAMESPACE}datestamp") or "",
            [spec.text or "" for spec in header.iter(f"{NAMESPACE}setSpec")],
        )
        for header in page.iter(f"{NAMESPACE}header")
    ]
