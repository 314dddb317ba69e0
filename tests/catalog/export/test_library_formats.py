"""MARC, MODS and Dublin Core as they were looked at once, and what the formats' own tables say of them."""

import re
from pathlib import Path

import msgspec
import pytest
from lxml import etree

from catalog.crosswalk import crosswalk
from catalog.export import EXPORTERS, Entry, Options
from catalog.export.marc import to_marc
from catalog.export.schemas import RECORD_SCHEMAS
from catalog.normalize.text import plain
from catalog.record import RawRecord, Record, Subject, Title
from harvester.files.paths import read
from tests.catalog.export.library import ARTICLE, BOOK, JOURNAL, LIBRARY, SHAPES, THESIS
from tests.catalog.export.torture import OTHER_SCRIPTS, TORTURE

HERE = Path(__file__).resolve().parents[3]
GOLDEN = HERE / "tests" / "data" / "library"
XSDS = HERE.parent / "shared" / "data" / "schemas" / "oai-marc-xsd"
ALL = [*LIBRARY, *TORTURE, *OTHER_SCRIPTS]


def out(form: str, entries: list[Entry]) -> str:
    return "".join(EXPORTERS[form].write(entries, Options()))


def as_shown(entry: Entry) -> str:
    """Return a record as cataloguers look at it."""
    marc = to_marc(entry)
    return "\n".join((f"LDR    {marc.leader}", *map(str, marc.fields))) + "\n"


def test_marc_is_what_it_was() -> None:
    shown = "\n".join(map(as_shown, LIBRARY))
    assert shown == (GOLDEN / "marc.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["marcxml", "mods", "dc"])
def test_xml_is_what_it_was(form: str) -> None:
    assert out(form, LIBRARY) == (GOLDEN / f"{form}.xml").read_bytes().decode()


def test_doaj_article_is_what_it_was() -> None:
    assert (
        RECORD_SCHEMAS["oai_doaj"].element(LIBRARY[0]) == (GOLDEN / "oai_doaj.xml").read_text("utf-8").strip()
    )


def fields(record: Record) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for field in to_marc(Entry("k", "a/1", record)).fields:
        found.setdefault(field.tag, []).append(str(field)[4:])
    return found


@pytest.mark.parametrize(
    ("record", "tag", "expected"),
    [
        (ARTICLE, "700", "1  $aGarcía, Ana$cJr.$gGarcía, Ana, Jr.$eauthor$4aut"),
        (ARTICLE, "245", '14 $aThe effect of peers$ba trial <b> & "more"'),
        (ARTICLE, "264", " 1 $bUniv. Press$c2015"),
        (ARTICLE, "046", "   $k2015-?01$2edtf"),
        (ARTICLE, "856", "40 $qapplication/pdf$uhttps://example.org/a?b=1&c=2"),
        (ARTICLE, "041", "   $aeng$apor"),
        (BOOK, "245", "14 $aLes misérables"),
        (BOOK, "880", "1  $6100-01/(N$aГюго, Виктор"),
        (BOOK, "010", "   $an  78890351 "),
        (JOURNAL, "022", "   $a1678-4464"),
        (THESIS, "502", "   $bDoctoral thesis$cUniversity of Maine$d2002"),
    ],
)  # fmt: skip
def test_fields_are_those_of_the_standard(record: Record, tag: str, expected: str) -> None:
    assert expected in fields(record)[tag]


@pytest.mark.parametrize(("uniform", "traced"), [("Nibelungenlied", "1"), ("The lay", "0")])
def test_a_title_is_traced_where_the_record_is_entered_under_another(uniform: str, traced: str) -> None:
    record = Record(type="book", title="The lay", other_titles=(Title(text=uniform, kind="uniform"),))
    found = fields(record)
    assert found["130"] == [f"{'4' if traced == '0' else '0'}  $a{uniform}"]
    assert found["245"] == [f"{traced}4 $aThe lay"]


@pytest.mark.parametrize("record", SHAPES, ids=lambda record: record.type)
def test_fixed_fields_have_their_length(record: Record) -> None:
    marc = to_marc(Entry("k", "a/1", record))
    assert (len(marc.leader), len(marc.control("008") or ""), marc.leader[18]) == (24, 40, "c")


@pytest.mark.parametrize(("scheme", "code"), [("lcc", "lcc"), ("sudoc", "sudocs"), ("kssb/6", "kssb/6")])
def test_mods_names_classifications_as_the_source_list_does(scheme: str, code: str) -> None:
    record = Record(subjects=(Subject(scheme=scheme, code="A 1"),))
    assert f'<classification authority="{code}">A 1</classification>' in out(
        "mods", [Entry("k", "a", record)]
    )


XML_NAMESPACE = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">'
    '<xs:attribute name="lang" type="xs:language"/></xs:schema>'
)


@pytest.mark.skipif(not XSDS.is_dir(), reason="the schemas are not beside the checkout")
@pytest.mark.parametrize(("name", "xsd"), [("marcxml", "MARC21slim.xsd"), ("oai_dc", "oai_dc.xsd")])
def test_elements_are_valid(name: str, xsd: str, tmp_path: Path) -> None:
    for path in XSDS.glob("*.xsd"):  # what they import from the web is beside them
        text = re.sub(
            r'schemaLocation="http[^"]*?([\w.]+\.xsd)"', r'schemaLocation="\1"', path.read_text("utf-8")
        )
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    (tmp_path / "xml.xsd").write_text(XML_NAMESPACE, encoding="utf-8")
    schema = etree.XMLSchema(etree.parse(tmp_path / xsd))
    for entry in ALL:
        schema.assertValid(etree.fromstring(RECORD_SCHEMAS[name].element(entry)))


@pytest.mark.parametrize("form", ["marc", "marcxml", "dc"])
def test_our_own_reader_finds_every_record_in_a_file(form: str, tmp_path: Path) -> None:
    path = tmp_path / "any"
    path.write_text(out(form, ALL), encoding="utf-8", newline="")
    with read(path) as reading:
        assert len([raw for raw in reading if isinstance(crosswalk(raw), Record)]) == len(ALL)


def test_what_doaj_has_a_place_for_comes_back() -> None:
    payload = RECORD_SCHEMAS["oai_doaj"].element(LIBRARY[0]).encode()
    found = crosswalk(RawRecord(identifier="x", format="oai_doaj", payload=payload))
    assert isinstance(found, Record)
    for name in ("type", "issued", "publisher", "abstract", "keywords"):
        assert getattr(found, name) == getattr(ARTICLE, name), name
    authors = [c for c in ARTICLE.contributors if c.role == "author"]
    assert [(c.literal, c.orcid, c.affiliations) for c in found.contributors] == [
        (c.literal, c.orcid, c.affiliations) for c in authors
    ]
    assert ARTICLE.container is not None
    assert found.container == msgspec.structs.replace(ARTICLE.container, languages=("en",))
    assert (found.identifiers, found.links) == (ARTICLE.identifiers[:1], ARTICLE.links[:1])


def test_what_dublin_core_has_a_place_for_comes_back() -> None:
    payload = RECORD_SCHEMAS["oai_dc"].element(LIBRARY[0]).encode()
    found = crosswalk(RawRecord(identifier="x", format="oai_dc", payload=payload))
    assert isinstance(found, Record)
    assert found.title == plain(ARTICLE.title)
    for name in ("type", "publisher", "abstract", "keywords", "subjects", "licence", "identifiers"):
        assert getattr(found, name) == getattr(ARTICLE, name), name
    assert [c.literal for c in found.contributors] == [
        c.literal for c in ARTICLE.contributors if c.role == "author"
    ]
    assert found.container is not None
    assert ARTICLE.container is not None
    assert found.container.issns == ARTICLE.container.issns
    assert (found.container.volume, found.container.first_page) == ("10", "1")


TABLE = re.compile(r"^\| `(\w+)` \| (.+?) \|$", re.MULTILINE)


def test_the_manual_names_every_field_of_a_record() -> None:
    named = dict(TABLE.findall((HERE / "docs" / "marc.md").read_text(encoding="utf-8")))
    assert set(named) == set(Record.__struct_fields__) - {"caveats"}


def test_the_manual_names_every_field_of_marc() -> None:
    manual = (HERE / "docs" / "marc.md").read_text(encoding="utf-8")
    written = {field.tag for entry in ALL for field in to_marc(entry).fields}
    spans = [(int(a), int(b)) for a, b in re.findall(r"\b(\d{3})-(\d{3})\b", manual)]
    ranges = {f"{n:03}" for a, b in spans for n in range(a, b + 1)}
    assert written - ranges - set(re.findall(r"\b\d{3}\b", manual)) == set()
