"""Which part of a record is found by which field, facet and order."""

import pytest

from catalog.record import (
    Container,
    Contributor,
    Identifier,
    Issn,
    Licence,
    Link,
    PartialDate,
    Record,
    Series,
    Subject,
    Title,
)
from index.document import Document, document
from index.engine import Change
from index.evaluation.order import ORDERS
from index.fields import FACETS, FIELDS, HAS
from index.query.parser import parse
from tests.index.oracle import Oracle

PSYCHIATRY = Subject(
    term="Psychiatry",
    scheme="lcc",
    code="RC435-571",
    path=(
        "Medicine",
        "Internal medicine",
        "Neurosciences. Biological psychiatry. Neuropsychiatry",
        "Psychiatry",
    ),
)

FULL = Record(
    type="article-journal",
    title="Virtual peer support: a “mixed” study",
    other_titles=(Title(text="Soutien par les pairs", kind="parallel"),),
    contributors=(
        Contributor(
            literal="Chreim, Samia",
            family="Chreim",
            given="Samia",
            orcid="0000-0002-1825-0097",
            affiliations=("University of Ottawa",),
        ),
        Contributor(literal="Müller, J.", vernacular="ミュラー"),
        Contributor(literal="World Health Organization", kind="organization"),
    ),
    issued=PartialDate(year=2024, month=4),
    container=Container(
        title="The Journal of X",
        issns=(Issn(value="2045-2322", medium="electronic"),),
        first_page="1",
        languages=("en", "fr"),
    ),
    series=(Series(title="Lecture Notes", issn="0302-9743"),),
    publisher="SAGE",
    identifiers=(
        Identifier(scheme="doi", value="10.1177/23743735241234567"),
        Identifier(scheme="isbn", value="9780306406157"),
        Identifier(scheme="pmid", value="12345"),
    ),
    links=(Link(url="https://example.org/1", kind="fulltext"),),
    abstract="We interviewed women.",
    languages=("pt-BR",),
    keywords=("Mental health", "e-mental health"),
    subjects=(PSYCHIATRY, Subject(term="Peer support", scheme="lcsh")),
    genres=("Interviews",),
    licence=Licence(label="CC BY"),
    notes=("Includes index.",),
)


def described(record: Record) -> Document:
    return document(
        "loc-1", record, citation_key="chreim2024virtual", sources=("doaj", "loc"), added_at="2026-05-01"
    )


@pytest.fixture(scope="module")
def engine() -> Oracle:
    oracle = Oracle()
    oracle.apply(
        [Change("loc-1", described(FULL)), Change("x", document("x", Record(), citation_key="", sources=()))],
        1,
    )
    return oracle


@pytest.mark.parametrize(
    "query",
    [
        "title:virtual",
        "title:soutien",
        "abstract:interview",
        'keyword:"mental health"',
        "subject:medicine",
        "subject:psychiatry",
        "subject:interviews",
        'author:"samia chreim"',
        'author:"chreim samia"',
        "author:muller",
        "author:ミュラー",
        'author:"world health organization"',
        'journal:"journal of x"',
        "journal:lecture",
        "publisher:sage",
        "affiliation:ottawa",
        "note:index",
        "year:2024",
        "doi:10.1177/23743735241234567",
        "doi:https://doi.org/10.1177/23743735241234567",
        "issn:2045-2322",
        "issn:20452322",
        "issn:0302-9743",
        "isbn:0-306-40615-2",
        "orcid:0000-0002-1825-0097",
        "id:12345",
        "id:loc-1",
        "id:chreim2024virtual",
        "id:10.1177/23743735241234567",
        "id:2045-2322",
        "lcc:RC435-571",
        "lcc:RC31-1245",
        "lcc:RC",
        "lcc:R",
        "language:pt",
        "language:pt-BR",
        "declared:French",
        "type:article-journal",
        "source:doaj",
        "source:LOC",
        *(f"has:{name}" for name in HAS),
    ],
)
def test_a_full_record_is_found_by(engine: Oracle, query: str) -> None:
    assert [hit.key for hit in engine.search(parse(query)).hits] == ["loc-1"]


@pytest.mark.parametrize(
    "query", ["title:women", "language:fr", "year:2025", 'title:"study soutien"', "author:ottawa"]
)
def test_and_not_by(engine: Oracle, query: str) -> None:
    assert engine.count(parse(query)) == 0


def test_every_field_of_the_table_is_fed() -> None:
    full = described(FULL)
    assert {*full.text, *full.values, *full.numbers} == set(FIELDS)
    assert set(full.facets) == set(FACETS)
    assert set(full.sort) == {order.sort_key for order in ORDERS.values()}


def test_facets_are_shown_as_written() -> None:
    assert described(FULL).facets == {
        "subject": (*(" > ".join(PSYCHIATRY.path[:level]) for level in (1, 2, 3, 4)), "Peer support"),
        "year": ("2024",),
        "journal": ("The Journal of X",),
        "language": ("Portuguese (Brazil)", "Portuguese"),
        "keyword": ("Mental health", "e-mental health"),
        "author": ("Chreim, Samia", "Müller, J.", "World Health Organization"),
        "publisher": ("SAGE",),
        "source": ("doaj", "loc"),
        "type": ("article-journal",),
        "has": tuple(sorted(HAS)),
    }


def test_an_empty_record_has_nothing_but_its_key_and_type() -> None:
    made = document("k", Record(), citation_key="", sources=())
    assert made == Document("k", {}, {"type": ("document",), "id": ("k",)}, {}, {"type": ("document",)}, {})


@pytest.mark.parametrize(
    ("title", "languages", "filed"),
    [
        ("The Who", (), "who"),
        ("A study", ("en",), "study"),
        ("“An open book”", ("en",), "open book”"),
        ("L'école", ("fr",), "ecole"),
        ("Les pairs", ("fr",), "pairs"),
        ("Die Hard", ("en",), "die hard"),
        ("Die Ärzte", ("de",), "arzte"),
        ("The", ("en",), "the"),
        ("A", (), "a"),
        ("… and more", ("en",), "and more"),
        ("O mundo", ("pt-BR",), "mundo"),
        ("心理健康", ("zh",), "心理健康"),
        ("???", (), "???"),
        ("[Untitled] («Über» 2 Dörfer)", ("de",), "untitled] («uber» 00000002 dorfer)"),
        ("100 years", ("en",), "00000100 years"),
        ("Peer-support worker's tale", ("en",), "peer support workers tale"),
        ("Женщины и война", ("ru",), "женщины и воина"),
    ],
)
def test_titles_are_sorted_from_their_first_telling_word(
    title: str, languages: tuple[str, ...], filed: str
) -> None:
    assert described(Record(title=title, languages=languages)).sort["title"] == filed


@pytest.mark.parametrize(
    ("date", "key"),
    [
        (PartialDate(year=2024), "2024-00-00"),
        (PartialDate(year=2024, month=4), "2024-04-00"),
        (PartialDate(year=987, month=12, day=3), "0987-12-03"),
        (PartialDate(literal="undated"), None),
        (None, None),
    ],
)
def test_dates_sort_by_what_is_known(date: PartialDate | None, key: str | None) -> None:
    assert described(Record(issued=date)).sort.get("date") == key


def test_names_sort_by_family_before_what_follows_it() -> None:
    names = ("O’Brien, Ann", "Obriend, Al", "Smith, Zoe", "Smith Jones, Al", "Smith-Lee, Al", "Smithers, Al")
    people = [Contributor(literal=name, family=name.partition(",")[0], given=name[-3:]) for name in names]

    keys = [described(Record(contributors=(person,))).sort["author"] for person in people]

    assert keys == sorted(keys)


def test_a_span_of_years_is_found_by_its_ends() -> None:
    assert described(Record(issued=PartialDate(year=1950, end_year=2001))).numbers == {"year": (1950, 2001)}


def test_authors_sort_by_family_name() -> None:
    assert described(FULL).sort["author"] == "chreim\x1fsamia"


def test_the_same_words_twice_count_once() -> None:
    twice = Record(title="Peer support", other_titles=(Title(text="Peer Support."),))
    assert len(described(twice).text["title"]) == 1
