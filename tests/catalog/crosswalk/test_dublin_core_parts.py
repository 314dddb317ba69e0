"""Identifiers, types, dates and sources of Dublin Core, one trouble at a time."""

import pytest

from catalog.crosswalk import crosswalk
from catalog.crosswalk.dc_identifiers import identify
from catalog.crosswalk.resource_types import resource_type
from catalog.record import Identifier, PartialDate, RawRecord, Record, RecordType, Series


@pytest.mark.parametrize(
    ("value", "scheme", "normal"),
    [
        ("https://dx.doi.org/10.5555/ABC", "doi", "10.5555/abc"),
        ("doi:10.5555/ABC", "doi", "10.5555/abc"),
        ("10.5555/ABC", "doi", "10.5555/abc"),
        ("info:doi/10.5555/abc", "doi", "10.5555/abc"),
        ("urn:isbn:9783161484100", "isbn", "9783161484100"),
        ("ISBN-13: 978-3-16-148410-0 (pbk.)", "isbn", "9783161484100"),
        ("eISBN 9783161484100", "isbn", "9783161484100"),
        ("90-5892-059-3", "isbn", "9789058920591"),
        ("hdl:1765/9", "handle", "1765/9"),
        ("http://hdl.handle.net/1765/9", "handle", "1765/9"),
        ("arXiv:2101.00001v2", "arxiv", "2101.00001"),
        ("https://arxiv.org/abs/math/0309136", "arxiv", "math/0309136"),
        ("PMID:12345678", "pmid", "12345678"),
        ("https://pubmed.ncbi.nlm.nih.gov/12345678/", "pmid", "12345678"),
        ("PMC1234567", "local", "PMC1234567"),
        ("pmcid: PMC1234567", "pmcid", "PMC1234567"),
        ("RePEc:dgr:eureri:2001134", "repec", "dgr:eureri:2001134"),
        ("urn:nbn:de:0001-2020", "urn", "urn:nbn:de:0001-2020"),
        # Eight digits may be anything, and a wrong check digit is no ISBN.
        ("12345678", "local", "12345678"),
        ("90-5892-059-4", "local", "90-5892-059-4"),
        ("12313123", "local", "12313123"),
    ],
)
def test_an_identifier_is_typed_where_the_value_says_so(value: str, scheme: str, normal: str) -> None:
    assert identify([value, value]).identifiers == (Identifier(scheme=scheme, value=normal),)


@pytest.mark.parametrize("value", ["1678-4464", "ISSN 1678-4464", "urn:ISSN:1678-4464", "e-ISSN: 16784464"])
def test_an_issn_is_the_journal_s(value: str) -> None:
    found = identify([value])
    assert (found.issns, found.identifiers) == (("1678-4464",), ())


def test_the_source_s_own_oai_identifier_is_left_out() -> None:
    assert identify(["oai:x:1", ""], related=["oai:x:2", "info:eu-repo/grantAgreement/EC/1"]) == (
        (),
        (),
        (),
        (),
        (),
    )


@pytest.mark.parametrize(
    ("relation", "title", "volume"),
    [
        ("OCFEB Research Memoranda;RM 0306", "OCFEB Research Memoranda", "RM 0306"),
        ("BSK-CPG;BSK-CPG-2001-006", "BSK-CPG", "BSK-CPG-2001-006"),
        ("Erasmus MC;Diss. 2003:011", "Erasmus MC", "Diss. 2003:011"),
    ],
)
def test_a_series_and_the_number_in_it(relation: str, title: str, volume: str) -> None:
    found = identify([], related=[relation])
    assert found.series == (Series(title=title, volume=volume),)
    assert found.notes == ()


@pytest.mark.parametrize("relation", ["Law;Order", "A; 12", "12;34", "A;1;2", ";12", "Law;"])
def test_what_is_no_numbered_series_is_a_note(relation: str) -> None:
    found = identify([], related=[relation])
    assert found.series == ()
    assert found.notes == (relation,)


@pytest.mark.parametrize(
    ("values", "expected", "genres"),
    [
        (
            ["info:eu-repo/semantics/article", "info:eu-repo/semantics/publishedVersion"],
            "article-journal",
            (),
        ),
        (["http://purl.org/coar/resource_type/c_db06"], "thesis", ("Doctoral thesis",)),
        (["http://purl.org/coar/version/c_970fb48d4fbd8a85", "Dataset"], "dataset", ()),
        (["Text", "Book chapter"], "chapter", ()),
        (["Working Paper"], "report", ("Working paper",)),
        (["http://purl.org/dc/dcmitype/StillImage"], "document", ("Image",)),
        (["Peer-reviewed Article", "journal article"], "article-journal", ()),
        (["Non-PeerReviewed"], None, ()),
        (["pocztówki"], None, ("pocztówki",)),
        (["http://example.org/unknown"], None, ()),
        ([], None, ()),
    ],
)
def test_types(values: list[str], expected: RecordType | None, genres: tuple[str, ...]) -> None:
    assert resource_type(values) == (expected, genres)


NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def read(*elements: str) -> Record:
    body = "".join(
        f"<dc:{e.partition('>')[0]}>{e.partition('>')[2]}</dc:{e.partition('>')[0].split()[0]}>"
        for e in elements
    )
    record = crosswalk(
        RawRecord(
            identifier="x",
            format="oai_dc",
            payload=f"<dc {NAMESPACES}>{body}</dc>".encode(),
        )
    )
    assert isinstance(record, Record), record
    return record


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2003-06-26T09:47:27Z", "2000"], PartialDate(year=2000)),
        (["2001-01-04", "2003-03-11T14:00:50Z", "2001"], PartialDate(year=2001, month=1, day=4)),
        (["2003-06-26T09:47:27Z", "2004-06-26T09:47:27Z"], PartialDate(year=2003, month=6, day=26)),
        (["info:eu-repo/date/embargoEnd/1999-01-01", "2005"], PartialDate(year=2005)),
        (["0001-01-01", "2005"], PartialDate(year=2005)),
        ([], None),
    ],
)
def test_of_several_dates_the_date_of_issue_is_chosen(dates: list[str], expected: PartialDate | None) -> None:
    assert read("title>T", *(f"date>{date}" for date in dates)).issued == expected


def test_a_year_in_the_source_stands_in_for_a_missing_date() -> None:
    record = read("title>T", "source>Journal; Vol. 1 No. 2 (2003); 1-5")
    assert record.issued == PartialDate(year=2003)
    assert record.type == "article-journal"


def test_a_source_that_is_no_citation_is_a_note() -> None:
    record = read("title>T", "source>PAN Biblioteka")
    assert (record.container, record.notes) == (None, ("PAN Biblioteka",))


@pytest.mark.parametrize(
    ("text", "literal", "role"),
    [
        ("Jan Kowalski (red.)", "Jan Kowalski", "editor"),
        ("Smith, John (Ed.)", "Smith, John", "editor"),
        ("Meier, Eva [Übersetzer]", "Meier, Eva", "translator"),
        ("J. P. (John) Doe", "J. P. (John) Doe", "contributor"),
        ("Acme (Firm)", "Acme (Firm)", "contributor"),
    ],
)
def test_a_role_in_brackets_is_read(text: str, literal: str, role: str) -> None:
    made = read("title>T", f"contributor>{text}").contributors[0]
    assert (made.literal, made.role) == (literal, role)


def test_a_contributor_that_repeats_a_creator_is_left_out() -> None:
    record = read(
        "title>T", "creator>Jong, G. de", "contributor>Jong, G. de", "contributor>Jong, G. de (ed.)"
    )
    assert [(c.literal, c.role) for c in record.contributors] == [
        ("Jong, G. de", "author"),
        ("Jong, G. de", "editor"),
    ]


def test_library_of_congress_subjects_alone_do_not_make_a_record_doaj_s() -> None:
    record = read(
        "title>T",
        "type>Book",
        'subject xsi:type="dcterms:LCC">BF1-990',
        'subject xsi:type="dcterms:LCSH">Peers',
    )
    assert record.type == "book"
    assert [(s.scheme, s.term) for s in record.subjects] == [("lcc", "Psychology"), ("lcsh", "Peers")]


def test_old_doaj_copies_without_schemes_have_their_classes_told_from_keywords() -> None:
    record = read(
        "title>T",
        "identifier>https://doaj.org/article/00000000000000000000000000000abc",
        *(f"subject>{s}" for s in ("peers", "Psychology", "Medicine", "R", "Psychology", "BF1-990")),
    )
    assert record.keywords == ("peers", "Psychology")
    assert [subject.code for subject in record.subjects] == ["R", "BF1-990"]


def test_a_table_of_contents_by_journal_id_is_neither_issn_nor_link() -> None:
    record = read(
        "title>T",
        "relation>https://doaj.org/toc/00000000000000000000000000000abc",
        "relation>https://doaj.org/toc/1234-5678",
        "identifier>1678-4464",
    )
    assert record.container is not None
    assert [issn.value for issn in record.container.issns] == ["1678-4464"]
    assert record.links == ()
    assert record.caveats == ("not an ISSN: 1234-5678",)


def test_a_record_without_a_title_says_so() -> None:
    assert read("creator>Doe, Jane").caveats == ("the source gives no title",)
