"""What facets show of a record, and that each value finds the records it is shown for."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.normalize.languages import language, name
from catalog.record import Contributor, PartialDate, Record, Subject
from index.display import LEVEL
from index.document import Document, document
from index.fields import FACETS
from index.folding import fold
from index.query.ast import Query, Range, Term, Value, Word
from index.values import normal
from tests.index.oracle import matches


def described(record: Record) -> Document:
    return document("k", record, citation_key="", sources=("doaj", "loc"))


@pytest.mark.parametrize(
    ("subjects", "shown"),
    [
        (
            (Subject(term="Psychiatry", path=("Medicine", "Psychiatry")),),
            ("Medicine", "Medicine > Psychiatry"),
        ),
        (
            (Subject(term="psychiatry", path=("Medicine", "Psychiatry")),),
            ("Medicine", "Medicine > Psychiatry"),
        ),
        (
            (Subject(term="Delirium", path=("Medicine", "Psychiatry")),),
            ("Medicine", "Medicine > Psychiatry", "Medicine > Psychiatry > Delirium"),
        ),
        (
            (Subject(path=("Medicine",)), Subject(path=("Medicine", "Surgery"))),
            ("Medicine", "Medicine > Surgery"),
        ),
        ((Subject(term="Peer counseling"), Subject(term="PEER  counseling ")), ("Peer counseling",)),
        (
            (Subject(term="Women -- Employment--United States"),),
            ("Women", "Women > Employment", "Women > Employment > United States"),
        ),
        (
            (Subject(term="Oxides > 5 %"), Subject(term="Oxides", path=("> 1",))),
            ("Oxides › 5 %", "› 1", "› 1 > Oxides"),
        ),
        ((Subject(term=" -- "), Subject(code="616.89", scheme="ddc"), Subject(term="\u200b")), ()),
    ],
)
def test_a_subject_is_the_path_to_it(subjects: tuple[Subject, ...], shown: tuple[str, ...]) -> None:
    assert described(Record(subjects=subjects)).facets.get("subject", ()) == shown


def test_values_equal_when_folded_are_one() -> None:
    record = Record(
        keywords=("Café  society", "cafe society", "Cafe\u0301 Society", "\u200b"),
        contributors=(Contributor(literal="Łódź, J."), Contributor(literal="LODZ, J.", role="editor")),
    )
    assert described(record).facets["keyword"] == ("Café society",)
    assert described(record).facets["author"] == ("Łódź, J.",)


def test_a_language_of_a_region_counts_as_the_language_too() -> None:
    assert described(Record(languages=("pt-BR", "pt-PT"))).facets["language"] == (
        "Portuguese (Brazil)",
        "Portuguese",
        "Portuguese (Portugal)",
    )


_text = st.text("aB >-Éß＞ñ \u0338™\u0301\u200b", min_size=1, max_size=5)
_languages = st.sampled_from(("pt-BR", "pt", "en", "zh-Hant", "zh", "grc"))
_records = st.builds(
    Record,
    type=st.sampled_from(("book", "chapter")),
    issued=st.none()
    | st.builds(PartialDate, year=st.integers(-9, 9), end_year=st.none() | st.integers(-9, 9)),
    keywords=st.lists(_text, max_size=3).map(tuple),
    publisher=st.none() | _text,
    languages=st.lists(_languages, max_size=2).map(tuple),
    subjects=st.lists(
        st.builds(Subject, term=st.none() | _text, path=st.lists(_text, max_size=3).map(tuple)), max_size=3
    ).map(tuple),
    contributors=st.lists(st.builds(Contributor, literal=_text), max_size=3).map(tuple),
)


@given(_records)
@settings(deadline=None, max_examples=150)
def test_values_are_even_distinct_and_found_by(record: Record) -> None:
    made = described(record)
    assert set(made.facets) <= set(FACETS)
    for facet, shown in made.facets.items():
        assert len({*map(fold, shown)}) == len(shown) > 0
        for value in shown:
            assert value == unicodedata.normalize("NFC", " ".join(value.split())) != ""
            assert matches(Value(facet, fold(value)), made)


@given(_records)
@settings(deadline=None, max_examples=150)
def test_every_level_above_a_subject_is_a_value(record: Record) -> None:
    shown = described(record).facets.get("subject", ())
    folded = {*map(fold, shown)}
    for value in shown:
        above, _, _ = value.rpartition(LEVEL)
        assert not above or fold(above) in folded
        assert value.count(LEVEL) == fold(value).count(LEVEL)


def _asked(facet: str, value: str) -> Query:
    """Return the field's own search for what a facet shows."""
    if facet == "year":
        return Range("year", int(value), int(value))
    normalized = normal(facet, value)
    assert normalized is not None
    return Term((facet,), Word(normalized, "exact"))


@given(_records, _records)
@settings(deadline=None, max_examples=150)
def test_a_facet_of_a_field_counts_what_the_field_finds(one: Record, other: Record) -> None:
    made = described(other)
    for facet in ("year", "type", "source", "has"):
        for value in described(one).facets.get(facet, ()):
            assert matches(_asked(facet, value), made) == matches(Value(facet, fold(value)), made)


@given(_records, _languages)
@settings(deadline=None, max_examples=150)
def test_the_language_facet_counts_what_the_language_finds(record: Record, tag: str) -> None:
    made = described(record)
    asked = Term(("language",), Word(language(tag) or "", "exact"))
    assert matches(asked, made) == matches(Value("language", fold(name(tag))), made)
