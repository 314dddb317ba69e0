"""What is rare in MARC, but there: other scripts, UNIMARC, damaged links, part dates."""

import pytest

from catalog.crosswalk import marc
from catalog.crosswalk.marc.bibliographic import to_record
from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.crosswalk.marc.subjects import lcc_class
from catalog.errors import RecordRejected
from catalog.record import PartialDate, RawRecord, Record

BOOK = "00000nam a2200000 a 4500"


def data(tag: str, inds: str, *subfields: str) -> MarcField:
    return MarcField(tag, ind1=inds[0], ind2=inds[1], subfields=tuple((s[0], s[1:]) for s in subfields))


def read(*fields: MarcField, leader: str = BOOK) -> Record:
    return to_record(MarcRecord(leader, (data("245", "00", "aA title"), *fields)))


def test_a_field_shows_as_staff_see_it() -> None:
    assert str(data("245", "10", "aTitle /", "cX.")) == "245 10 $aTitle /$cX."
    assert str(MarcField("001", "x1")) == "001    x1"


def test_what_is_not_marc_is_not_decoded() -> None:
    assert not marc.is_marc("oai_dc")
    with pytest.raises(RecordRejected, match="oai_dc"):
        marc.read(RawRecord(identifier="1", format="oai_dc", payload=b"<dc/>"))


def test_the_serialisation_makes_no_difference() -> None:
    mnemonic = b"=LDR  00000nam a2200000 a 4500\n=001  x1\n=100  1\\$aLee, Ann.\n=245  10$aA title.\n"
    xml = (
        b'<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader>'
        b'<controlfield tag="001">x1</controlfield>'
        b'<datafield tag="100" ind1="1" ind2=" "><subfield code="a">Lee, Ann.</subfield></datafield>'
        b'<datafield tag="245" ind1="1" ind2="0"><subfield code="a">A title.</subfield></datafield></record>'
    )
    one = marc.read(RawRecord(identifier="x1", format="mrk", payload=mnemonic))
    assert one == marc.read(RawRecord(identifier="x1", format="marcxml", payload=xml))
    assert one.contributors[0].family == "Lee"


@pytest.mark.parametrize(
    ("given", "url", "media_type"),
    [
        ("www.x.org/a b", "http://www.x.org/a%20b", None),
        ("10.1000/abc", "https://doi.org/10.1000/abc", None),
        ("doi:10.1000/abc", "https://doi.org/10.1000/abc", None),
        ("<ftp://x.org/a.pdf>", "ftp://x.org/a.pdf", "application/pdf"),
    ],
)
def test_an_address_is_completed(given: str, url: str, media_type: str | None) -> None:
    (link,) = read(data("856", "40", f"u{given}", *(["qPDF"] if media_type else []))).links
    assert (link.url, link.media_type) == (url, media_type)


def test_an_unlinked_880_counts_as_the_field_it_names() -> None:
    record = read(data("880", "1 ", "6100-00/(N", "aПушкин, Александр,", "d1799-1837"))
    assert [(n.literal, n.family) for n in record.contributors] == [("Пушкин, Александр", "Пушкин")]


def test_an_880_that_matches_nothing_gives_no_second_main_title() -> None:
    record = read(data("880", "10", "6245-07/(N", "aЗаглавие"))
    assert record.title == "A title"
    assert [(t.text, t.kind) for t in record.other_titles] == [("Заглавие", "vernacular")]


def test_other_titles_bring_their_own_script() -> None:
    record = read(
        data("246", "31", "6880-01", "aDrugoe zaglavie"),
        data("740", "02", "6880-02", "aTretʹe"),
        data("880", "31", "6246-01/(N", "aДругое заглавие"),
        data("880", "02", "6740-02/(N", "aТретье"),
    )
    assert {(t.text, t.kind) for t in record.other_titles} == {
        ("Drugoe zaglavie", "parallel"),
        ("Другое заглавие", "vernacular"),
        ("Tretʹe", "alternative"),
        ("Третье", "vernacular"),
    }


def test_a_number_in_no_range_keeps_to_its_letters() -> None:
    whole, outside = lcc_class("R"), lcc_class("RC9999")
    assert whole is not None
    assert outside is not None
    assert (whole.code, whole.path) == ("R", ("Medicine",))
    assert (outside.code, outside.path[0]) == ("RC9999", "Medicine")


def test_categories_and_other_classes() -> None:
    record = read(
        data("072", " 7", "aPSY", "x036000", "2bisacsh"),
        data("084", "  ", "aCU 8590", "2rvk"),
        data("084", "  ", "ano source"),
        data("080", "  ", "a616.89"),
        data("082", "04", "a[E]"),
    )
    assert {(s.scheme, s.code) for s in record.subjects} == {
        ("bisacsh", "PSY036000"),
        ("rvk", "CU 8590"),
        ("udc", "616.89"),
    }


def test_008_tells_the_month_of_a_detailed_date() -> None:
    record = read(MarcField("008", "240501e20240415xxu" + " " * 22), data("260", "  ", "c2024."))
    assert record.issued == PartialDate(year=2024, month=4, day=15)


def test_the_printed_range_holds_the_coded_year() -> None:
    record = read(MarcField("008", "240501s1900    xxu" + " " * 22), data("260", "  ", "c[1886-1900]"))
    assert record.issued is not None
    assert (record.issued.year, record.issued.end_year) == (1886, 1900)
    assert not record.caveats


@pytest.mark.parametrize(
    ("note", "institution", "degree"),
    [
        (("aThesis (Ph. D.)--University of Maine, 2002.",), "University of Maine", "Ph. D."),
        (("aDissertation (Dr. phil.) - Universität Wien, 2002",), "Universität Wien", "Dr. phil."),
        (("bM.A.", "cMcGill University", "d2002"), "McGill University", "M.A."),
    ],
)
def test_a_thesis_is_published_by_who_granted_the_degree(
    note: tuple[str, ...], institution: str, degree: str
) -> None:
    record = read(data("502", "  ", *note))
    assert (record.type, record.publisher, record.genres) == ("thesis", institution, (degree,))
    assert record.issued is not None
    assert record.issued.year == 2002


def unimarc(*fields: MarcField, leader: str = "00000nam0 2200000   450 ") -> Record:
    general = data("100", "  ", "a20050101d2005    m  y0frey50      ba")
    return to_record(MarcRecord(leader, (general, data("200", "1 ", "aLe titre", "dThe title"), *fields)))


def test_a_unimarc_article_in_its_journal() -> None:
    record = unimarc(
        data("461", "  ", "tRevue de l'entraide", "v12", "x0028-0836"),
        data("710", "02", "aUniversité", "bLaboratoire", "4070"),
        data("512", "1 ", "aTitre de couverture"),
        leader="00000naa0 2200000   450 ",
    )
    assert record.type == "article-journal"
    assert record.container is not None
    assert (record.container.title, record.container.volume) == ("Revue de l'entraide", "12")
    assert record.contributors[0].literal == "Université. Laboratoire"
    assert [(t.text, t.kind) for t in record.other_titles] == [
        ("The title", "parallel"),
        ("Titre de couverture", "alternative"),
    ]
    assert record.issued is not None
    assert record.issued.year == 2005


@pytest.mark.parametrize(
    ("leader", "fields", "expected"),
    [
        ("00000nas0 2200000   450 ", (), "periodical"),
        ("00000nem0 2200000   450 ", (), "map"),
        ("00000naa0 2200000   450 ", (), "chapter"),
        ("00000nam0 2200000   450 ", (data("328", " 0", "bThèse"),), "thesis"),
    ],
)
def test_unimarc_types(leader: str, fields: tuple[MarcField, ...], expected: str) -> None:
    assert unimarc(*fields, leader=leader).type == expected


def test_unimarc_series_is_read_once_and_placeholders_are_nobody() -> None:
    record = unimarc(
        data("225", "1 ", "aCollection", "v3"),
        data("410", " 0", "tCollection", "v3"),
        data("210", "  ", "a[S.l.]", "c[s.n.]", "d[2005]"),
        data("011", "  ", "a0028-0836"),
        data("702", " 1", "aSeul"),
    )
    assert [(s.title, s.volume) for s in record.series] == [("Collection", "3")]
    assert (record.publisher, record.place) == (None, None)
    assert record.identifier("issn") == "0028-0836"
    assert record.contributors[0].role == "contributor"
