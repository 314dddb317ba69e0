"""What programs that convert articles to MARC write, and cataloguers seldom do."""

from catalog.record import Identifier, Issn
from tests.catalog.crosswalk.marc.marc_lines import read

PART = "00000nab a2200000 a 4500"


def test_affiliations_stand_in_u_unless_it_is_an_address() -> None:
    record = read("100 1\\$aNg, Ann$uUniversity of Someplace.$uDept. of Y, Z$uhttps://example.org")
    assert record.contributors[0].affiliations == ("University of Someplace", "Dept. of Y, Z")


def test_further_issns_of_the_same_journal_stand_in_further_hosts() -> None:
    record = read(
        "773 0\\$tJournal$gVol. 3, no. 1$x0102-311X",
        "773 1\\$tJournal$x1678-4464",
        "773 0\\$tAnother$x2049-3630",
        leader=PART,
    )
    assert record.container is not None
    assert record.container.issns == (Issn(value="0102-311X"), Issn(value="1678-4464"))


def test_a_class_that_is_a_heading_as_well_counts_once() -> None:
    record = read("050 \\4$aRC435-571", "650 \\7$aPsychiatry$0(lcc)RC435-571$2lcc")
    assert [(subject.code, subject.path[-1]) for subject in record.subjects] == [("RC435-571", "Psychiatry")]


def test_doajs_number_is_known_among_those_of_catalogues() -> None:
    number = "00000000000000000000000000000abc"
    record = read(f"035 \\\\$a(DOAJ){number}", "035 \\\\$a(DOAJ)12")
    assert record.identifiers == (Identifier(scheme="doaj", value=number),)


def test_a_handle_is_called_one_whatever_the_source_code() -> None:
    assert read("024 7\\$a1765/9$2hdl").identifier("handle") == "1765/9"
