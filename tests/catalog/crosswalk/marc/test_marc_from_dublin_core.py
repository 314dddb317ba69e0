"""Dublin Core put into MARC by MarcEdit's style sheet comes out as if it had never been there."""

from pathlib import Path

import pytest

from catalog.crosswalk import crosswalk, dublin_core
from catalog.crosswalk.marc import from_doaj
from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.record import Contributor, Issn, Link, PartialDate, RawRecord, Record, Subject

SHARED = Path(__file__).resolve().parents[5] / "shared" / "data" / "doaj"
VIEWS = sorted((SHARED / "marc-view").glob("*.marc.txt"))
LEADER = "      am         3u     "
# What the style sheet cuts for good: names with two hyphens, after a bracket, before digits.
LOST = {"quirks_synthetic": {"contributors"}}


def data(tag: str, *subfields: str, ind: str = "  ") -> MarcField:
    return MarcField(tag, ind1=ind[0], ind2=ind[1], subfields=tuple((s[0], s[1:]) for s in subfields))


def article(*more: MarcField, leader: str = LEADER) -> MarcRecord:
    return MarcRecord(leader, (data("042", "adc"), data("245", "aA title", ind="00"), *more))


PAGE = article(
    MarcField("001", "doaj_28c9eb8a971d4c0f8570a3dd728e2092"),
    data("100", "aElmira Mirbahaeddin", "eauthor", ind="10"),
    data("700", "aSamia Chreim", "eauthor", ind="10"),
    data("260", "bBMC, ", "c2024-04-01T00:00:00Z."),
    data("500", "a10.1186/s12913-024-10943-y"),
    data("500", "a1472-6963"),
    data("520", "aAbstract Background This study."),
    data("546", "aEN"),
    data("690", "aPeer support"),
    data("690", "aPsychology"),
    data("690", "aPublic aspects of medicine"),
    data("690", "aRA1-1270"),
    data("655", "aarticle", "2local", ind="7 "),
    data("786", "nBMC Health Services Research, Vol 24, Iss 1, Pp 1-14 (2024)", ind="0 "),
    data("787", "nhttps://doi.org/10.1186/s12913-024-10943-y", ind="0 "),
    data("787", "nhttps://doaj.org/toc/1472-6963", ind="0 "),
    data(
        "856",
        "uhttps://doaj.org/article/28c9eb8a971d4c0f8570a3dd728e2092",
        "zConnect to this object online.",
        ind="41",
    ),
)


def test_a_doaj_article_is_an_article_again() -> None:
    record = from_doaj.to_record(PAGE)
    assert record.type == "article-journal"
    assert record.contributors == (
        Contributor(literal="Elmira Mirbahaeddin"),
        Contributor(literal="Samia Chreim"),
    )
    assert record.issued == PartialDate(year=2024, month=4)
    assert record.publisher == "BMC"
    assert record.container is not None
    assert record.container.title == "BMC Health Services Research"
    assert (record.container.volume, record.container.issue) == ("24", "1")
    assert (record.container.first_page, record.container.last_page) == ("1", "14")
    assert record.container.issns == (Issn(value="1472-6963"),)
    assert record.keywords == ("Peer support", "Psychology")
    assert record.subjects == (
        Subject(
            term="Public aspects of medicine",
            scheme="lcc",
            code="RA1-1270",
            path=("Medicine", "Public aspects of medicine"),
        ),
    )
    assert record.links == (
        Link(url="https://doi.org/10.1186/s12913-024-10943-y", kind="fulltext"),
        Link(url="https://doaj.org/article/28c9eb8a971d4c0f8570a3dd728e2092", kind="record"),
    )
    assert record.identifier("doaj") == "28c9eb8a971d4c0f8570a3dd728e2092"
    assert record.identifier("doi") == "10.1186/s12913-024-10943-y"
    assert record.abstract == "Background This study."
    assert record.languages == ("en",)
    assert record.genres == record.notes == record.series == ()


@pytest.mark.parametrize(
    "marc",
    [
        article(),
        article(
            data("856", "uhttp://x.org/1", "zConnect to this object online."), leader="00000 am a2200000 4500"
        ),
        article(data("260", "bPub, ", "c2024-04-01T00:00:00Z."), leader="00000nam a2200000   4500"),
    ],
    ids=["leader", "words", "timestamp"],
)
def test_any_mark_of_the_style_sheet_tells(marc: MarcRecord) -> None:
    assert from_doaj.is_from_doaj(marc)


@pytest.mark.parametrize(
    "marc",
    [
        MarcRecord(LEADER, (data("042", "apcc"), data("245", "aA title"))),
        MarcRecord(LEADER, (data("245", "aA title"),)),
        MarcRecord(
            "00000nam a2200000   4500", (data("042", "adc"), data("245", "aT"), data("260", "c2004."))
        ),
    ],
    ids=["another authentication", "no 042", "ordinary leader"],
)
def test_without_its_marks_a_record_is_ordinary(marc: MarcRecord) -> None:
    assert not from_doaj.is_from_doaj(marc)


def test_the_identifier_is_taken_from_001_when_the_address_is_an_old_search_page() -> None:
    record = from_doaj.to_record(
        article(
            MarcField("001", "doaj_28c9eb8a971d4c0f8570a3dd728e2092"),
            data("856", "uhttps://doaj.org/search?source=%7B%22query%22%3A%7B%7D%7D"),
        )
    )
    assert record.identifier("doaj") == "28c9eb8a971d4c0f8570a3dd728e2092"


def test_a_record_of_another_provider_is_plain_dublin_core() -> None:
    record = from_doaj.to_record(
        article(
            data("100", "aLee, Ann", "eauthor", ind="10"),
            data("260", "bUniversity of Somewhere, ", "c2011-05-03."),
            data("500", "aA remark on coverage with several words"),
            data("655", "aThesis", "2local"),
            data("856", "uhttp://hdl.handle.net/2429/54321", "zConnect to this object online."),
        )
    )
    assert record.type == "thesis"
    assert record.issued == PartialDate(year=2011, month=5, day=3)
    assert record.contributors[0].family == "Lee"
    assert not any("doaj" in link.url for link in record.links)


@pytest.mark.parametrize(
    ("subfields", "cut"),
    [
        (("aSeung-H",), True),
        (("aJean-Luc",), True),
        (("aVan der Berg, A.-",), True),
        (("aJ. P. ", "q\n               (John)\n            "), True),
        (("aSmith, J", "d1950-2001."), True),
        (("aAnne-Marie Smith",), False),
        (("aS.-Y. Lee",), False),
        (("aAbu",), False),
    ],
)
def test_a_name_that_may_be_cut_is_told(subfields: tuple[str, ...], *, cut: bool) -> None:
    record = from_doaj.to_record(article(data("700", *subfields, "eauthor", ind="10")))
    assert any("may have cut" in caveat for caveat in record.caveats) == cut


def test_a_name_split_at_its_bracket_is_joined() -> None:
    record = from_doaj.to_record(article(data("700", "aJ. P. ", "q\n      (John)\n      ", ind="10")))
    assert [name.literal for name in record.contributors] == ["J. P. (John)"]


def test_nothing_but_the_mark_is_rejected() -> None:
    raw = RawRecord(identifier="x", format="mrk", payload=f"=LDR  {LEADER}\n=042  \\\\$adc\n".encode())
    assert not isinstance(crosswalk(raw), Record)


@pytest.mark.skipif(not VIEWS, reason="no shared sample of converted records beside the checkout")
@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.name.removesuffix(".marc.txt"))
def test_both_ways_give_the_same_record(path: Path) -> None:
    name = path.name.removesuffix(".marc.txt")
    undone = crosswalk(RawRecord(identifier="x", format="marc-view", payload=path.read_bytes()))
    assert isinstance(undone, Record)
    payload = path.with_name(f"{name}.oai_dc.xml").read_bytes()
    direct = dublin_core.read(RawRecord(identifier="x", format="oai_dc", payload=payload))
    for field in direct.__struct_fields__:
        if field != "caveats" and field not in LOST.get(name, set()):
            assert getattr(undone, field) == getattr(direct, field), field


def test_the_page_it_all_started_from() -> None:
    path = SHARED / "vufind-record-page.txt"
    if not path.exists():
        pytest.skip("no shared catalogue page beside the checkout")
    record = crosswalk(RawRecord(identifier="x", format="marc-view", payload=path.read_bytes()))
    assert isinstance(record, Record)
    assert record.container == from_doaj.to_record(PAGE).container
    assert record.links == from_doaj.to_record(PAGE).links
    assert record.title is not None
    assert record.title.startswith("Transcending technology boundaries")
    assert record.title.endswith("providers and users")
    assert len(record.keywords) == 6
    assert [subject.code for subject in record.subjects] == ["RA1-1270"]
    assert record.abstract is not None
    assert record.abstract.startswith("Background This qualitative study")
    assert not record.notes
