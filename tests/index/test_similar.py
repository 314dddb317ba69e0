"""More like this: what is about the same comes first."""

import random

import pytest

from catalog.record import Identifier, Record
from index.document import document
from index.engine import Change
from index.query.ast import Or, Query, Term
from index.query.parser import parse
from index.query.printer import show
from index.similar import MOST_WORDS, similar
from tests.index.memory import MemoryEngine

TOPICS = dict(
    line.split(": ")
    for line in (
        "peers: peer support worker recovery lived experience mental health consumer mutual help",
        "nurses: nurse burnout shift hospital ward staffing fatigue turnover workload stress",
        "soil: soil carbon nitrogen microbial biomass compost fertiliser crop rotation tillage",
        "optics: laser photon waveguide refraction lens interference polarisation fibre beam spectrum",
    )
)
COMMON = "the of and in a with for study results were we this from between 2019 95 analysis"


def record(topic: str, seed: int, *, abstract: bool = True) -> Record:
    rng = random.Random(f"{topic}{seed}")
    words, common = TOPICS[topic].split(), COMMON.split()

    def text(share: float, length: int) -> str:
        return " ".join(rng.choice(words if rng.random() < share else common) for _ in range(length))

    return Record(
        title=text(0.6, 8),
        abstract=text(0.2, 120) if abstract else None,
        keywords=tuple(rng.sample(words, 3)),
    )


def engine_of(records: dict[str, Record]) -> MemoryEngine:
    engine = MemoryEngine()
    engine.apply(
        [
            Change(key, document(key, one, citation_key=f"c-{key}", sources=()))
            for key, one in records.items()
        ],
        1,
    )
    return engine


@pytest.fixture(scope="module")
def library() -> dict[str, Record]:
    return {f"{topic}-{n}": record(topic, n, abstract=n % 3 > 0) for topic in TOPICS for n in range(12)}


@pytest.fixture(scope="module")
def engine(library: dict[str, Record]) -> MemoryEngine:
    return engine_of(library)


def words_of(query: Query | None) -> list[str]:
    assert query is not None
    either = query.children[0]
    terms = either.children if isinstance(either, Or) else (either,)
    return [term.word.text for term in terms if isinstance(term, Term)]


def most_like(key: str, one: Record, engine: MemoryEngine, *, limit: int | None = None) -> list[str]:
    query = similar(key, one, engine)
    assert query is not None
    return [hit.key for hit in engine.search(query, limit=limit).hits]


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("number", [0, 1, 2])  # 0 has no abstract
def test_records_of_the_same_topic_come_before_all_others(
    engine: MemoryEngine, library: dict[str, Record], topic: str, number: int
) -> None:
    key = f"{topic}-{number}"
    found = most_like(key, library[key], engine, limit=11)
    assert len(found) == 11
    assert key not in found
    assert all(other.startswith(f"{topic}-") for other in found)


def test_a_record_that_is_not_in_the_index_finds_its_like(engine: MemoryEngine) -> None:
    found = most_like("new", record("soil", 99), engine, limit=10)
    assert [key.split("-")[0] for key in found] == ["soil"] * 10


def test_the_query_can_be_shown_and_typed(engine: MemoryEngine, library: dict[str, Record]) -> None:
    query = similar("peers-1", library["peers-1"], engine)
    assert query is not None
    assert parse(show(query)) == query


def test_the_words_are_telling_ones(engine: MemoryEngine, library: dict[str, Record]) -> None:
    words = words_of(similar("optics-1", library["optics-1"], engine))
    assert len(words) <= MOST_WORDS
    assert {"2019", "95", "the", "of", "and", "in", "a"}.isdisjoint(words)
    assert set(words[:5]) <= set(TOPICS["optics"].split())


def test_forms_of_a_word_are_one() -> None:
    records = {
        "a": Record(title="Peers, peer, peers", keywords=("心理健康",)),
        "b": Record(title="peer work"),
        "c": Record(title="心理学"),
        **{f"z{n}": Record(title="other things") for n in range(4)},
    }
    assert sorted(words_of(similar("a", records["a"], engine_of(records)))) == ["peers", "心理"]


def test_a_title_counts_more_than_an_abstract() -> None:
    records = {f"k{n}": Record(title=title) for n, title in enumerate(["lens", "soil", "x", "y", "z"])}
    asked = Record(title="lens", abstract="soil")
    found = most_like("asked", asked, engine_of(records))
    assert words_of(similar("asked", asked, engine_of(records))) == ["lens", "soil"]
    assert set(found) == {"k0", "k1"}


def test_a_copy_of_the_record_is_not_like_it_but_the_same() -> None:
    doi = (Identifier(scheme="doi", value="10.1234/abc"),)
    records = {
        "a": Record(title="laser beams", identifiers=doi),
        "copy": Record(title="laser beams", identifiers=doi),
        "like": Record(title="a laser"),
        **{f"z{n}": Record(title="other things") for n in range(4)},
    }
    assert most_like("a", records["a"], engine_of(records)) == ["like"]


@pytest.mark.parametrize("empty", [Record(), Record(title="2019 95"), Record(title="unheard words")])
def test_without_a_word_that_others_have_there_is_nothing_like_it(
    engine: MemoryEngine, empty: Record
) -> None:
    assert similar("x", empty, engine) is None


def test_in_an_empty_catalogue_there_is_nothing() -> None:
    assert similar("x", record("soil", 1), engine_of({})) is None
