"""Citations against the examples of the styles' own manuals, and what no record may do to a page."""

import html
import re
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings

from catalog.export import Entry
from catalog.record import Contributor, Identifier, PartialDate, Record, Series
from tests.catalog.export.any_record import entries
from tests.catalog.export.torture import OTHER_SCRIPTS, SEED, TORTURE, article, body
from tests.web.citations.manuals import EXAMPLES
from web.citations import Citations
from web.citations.headline import headline
from web.citations.items import shortened

CITATIONS = Citations()
MANUALS = Path(__file__).resolve().parents[2] / "data" / "references" / "manuals.tsv"
EXPECTED = dict(line.split("\t") for line in MANUALS.read_text(encoding="utf-8").splitlines())
"""As the manuals print them, by style and name; MLA's page ranges with an en dash, as MLA allows."""


def in_style(record: Record, style: str) -> str:
    return CITATIONS.one(Entry("key", "x:1", record), style).html


@pytest.mark.parametrize("name", EXPECTED)
def test_a_manual_s_example_is_cited_as_the_manual_cites_it(name: str) -> None:
    style, _, work = name.partition(", ")
    assert in_style(EXAMPLES[style][work], style) == EXPECTED[name]


def test_every_example_has_a_citation() -> None:
    assert {f"{style}, {name}" for style, works in EXAMPLES.items() for name in works} == set(EXPECTED)


def test_more_than_twenty_authors_are_cut_as_apa_wants_it() -> None:
    names = [f"{chr(65 + n)}oe, Ann" for n in range(21)]
    assert "Roe, A., Soe, A., … Uoe, A." in in_style(article("T", *names), "apa")
    assert "Soe, A., &amp; Toe, A." in in_style(article("T", *names[:20]), "apa")


def test_names_are_cut_as_in_a_bib_and_others_stay_whole() -> None:
    assert in_style(SEED.record, "apa").startswith("Mirbahaeddin, E., &amp; Chreim, S. (2024).")
    assert in_style(article("T", "李, 小龙", "王小明"), "apa").startswith("李小龙, &amp; 王小明. (2020)")
    assert in_style(article("T", "علي, محمد"), "apa").startswith("محمد علي. (2020)")
    assert in_style(article("T", "Suharto"), "vancouver").startswith("Suharto. T.")
    assert in_style(article("T", body("Congress (2nd : 1999 : Athens)")), "apa").startswith(
        "Congress (2nd, 1999, "
    )
    assert in_style(article("T", "Roe, R.", "et al."), "vancouver").startswith("R. Roe et al. T.")


def test_a_date_is_told_as_far_as_it_is_known() -> None:
    about = article("T", issued=PartialDate(year=1890, circa=True))
    assert "(ca. 1890)" in in_style(about, "apa")
    assert "[1890?]" in in_style(about, "vancouver")
    assert "(1950–1955)" in in_style(article("T", issued=PartialDate(year=1950, end_year=1955)), "apa")
    assert "(forthcoming)" in in_style(article("T", issued=PartialDate(literal="forthcoming")), "apa")


def test_of_several_places_the_first_is_told() -> None:
    record = Record(type="book", title="T", place="London; New York", publisher="Routledge")
    assert in_style(record, "vancouver") == "T. London: Routledge; [date unknown]."


def test_a_body_that_is_its_own_publisher_is_told_once() -> None:
    names = (body("World Bank"), body("WHO"))
    report = Record(type="report", title="T", contributors=names[:1], publisher="World Bank")
    assert in_style(report, "apa") == "World Bank. (n.d.). <i>T</i>."
    assert in_style(msgspec.structs.replace(report, contributors=names), "apa").endswith(". World Bank.")


def test_a_report_has_its_number() -> None:
    report = Record(type="report", title="T", series=(Series(title="S", volume="12"),), publisher="P")
    assert in_style(report, "apa") == "<i>T</i> (No. 12). (n.d.). P."
    own = Identifier(scheme="report-number", value="GAO-00-31")
    numbered = msgspec.structs.replace(report, identifiers=(own,))
    assert in_style(numbered, "apa") == "<i>T</i> (No. GAO-00-31). (n.d.). P."


def test_a_film_is_cited_by_its_director_and_not_by_firms() -> None:
    director = Contributor(literal="Wee, Ann", family="Wee", given="Ann", role="director")
    film = article("T", body("Strand Releasing"), director, kind="motion-picture", journal=None)
    assert in_style(film, "apa").startswith("Wee, A.")


def test_a_recording_is_not_called_a_song() -> None:
    told = in_style(article("Emma", kind="song", journal=None), "vancouver")
    assert "Emma [sound recording]" in told


def test_a_title_of_unknown_language_has_capitals_where_it_reads_english() -> None:
    dutch, english = "De rol van het management", "The role of the management"
    told = {title: in_style(article(title, kind="book", language=None), "mla") for title in (dutch, english)}
    assert dutch in told[dutch]
    assert headline(english) in told[english]


@given(entries)
@settings(deadline=None, max_examples=8)
def test_no_record_gets_markup_onto_the_page(found: list[Entry]) -> None:
    for entry in found:
        for citation in CITATIONS.all(entry):
            rest = re.sub(r"</?i>", "", citation.html)
            assert html.unescape(rest) == citation.text
            assert not re.search(r"<|>|&(?!amp;|lt;|gt;)", rest)
            assert re.sub("[^<>/i]|[/i](?!>)|(?<!<)i", "", citation.html).count("<") % 2 == 0
            assert not re.search("[\ufdd0-\ufdef\r\n]", citation.html + citation.text)


def test_every_record_is_cited_in_every_style() -> None:
    for entry in (*TORTURE, *OTHER_SCRIPTS):
        cited = CITATIONS.all(entry)
        assert [(c.style, c.label) for c in cited] == list(Citations.STYLES.items())
        assert all(citation.text for citation in cited)
        assert not any(".." in citation.text or "?." in citation.text for citation in cited)


def test_four_citations_cost_little() -> None:
    CITATIONS.all(SEED)
    start = time.process_time()
    for _ in range(20):
        CITATIONS.all(SEED)
    assert (time.process_time() - start) / 20 < 0.015


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "peer support among nurses in the self-help movement",
            "Peer Support Among Nurses in the Self-Help Movement",
        ),
        ("of mRNA and p53: an overview of", "Of mRNA and p53: An Overview Of"),
        ("what is it for? a “quoted” word", "What Is It For? A “Quoted” Word"),
        ("al-Andalus and al-Jazira today", "Al-Andalus and al-Jazira Today"),
        ("", ""),
    ],
)
def test_headlines_have_capitals(title: str, expected: str) -> None:
    assert headline(title) == expected


@pytest.mark.parametrize(
    ("given", "apa", "vancouver", "full"),
    [
        ("Jean-Pierre M", "J.-P. M.", "JPM", "Jean-Pierre M."),
        ("J.-P.", "J.-P.", "JP", "J.-P."),
        ("MJ", "M. J.", "MJ", "M. J."),
        ("A.B.", "A. B.", "AB", "A.B."),
        ("Maria Pinto de", "M. P. de", "MP de", "Maria Pinto de"),
        ("Émile", "É.", "É", "Émile"),
    ],
)
def test_given_names_are_shortened(given: str, apa: str, vancouver: str, full: str) -> None:
    assert (shortened(given, "."), shortened(given, ""), shortened(given, None)) == (apa, vancouver, full)
