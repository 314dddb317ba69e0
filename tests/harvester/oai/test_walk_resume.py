"""A harvest that is killed anywhere, as often as you like, and goes on."""

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.http.response import Response
from harvester.oai.state import unpacked
from tests.harvester.oai.repository import (
    DAYS,
    SECONDS,
    Harvest,
    Item,
    Params,
    Repository,
    harvest,
    items,
    killed,
    source,
)

if TYPE_CHECKING:
    from harvester.protocol import Page


def test_identify_and_formats_are_asked_for_once() -> None:
    repository = Repository(items(9), formats=("oai_dc", "marcxml"))
    kept: list[Page] = []
    resume = None
    while not kept or resume is not None:
        kept.append(next(source(repository, prefix=None).pages(None, None, resume)))
        resume = kept[-1].resume
    assert Counter(params["verb"] for params in repository.asked) == {
        "Identify": 1,
        "ListMetadataFormats": 1,
        "ListRecords": 3,
    }
    assert repository.lists()[0]["metadataPrefix"] == "marcxml"
    assert len(Harvest(kept).identifiers) == 9


@pytest.mark.parametrize("checkpoint", ["{}", "3", "", "no JSON", '[99,{"server":["oai_dc"]}]', "[1,{}]"])
def test_an_unreadable_checkpoint_begins_the_harvest_anew(checkpoint: str) -> None:
    pages = list(source(Repository(items(4))).pages(None, None, checkpoint))
    assert len(Harvest(pages).identifiers) == 4
    told = ["the place to go on could not be read: the harvest begins anew"] if checkpoint else []
    assert [remark.text for remark in Harvest(pages).remarks] == told


def test_a_checkpoint_of_more_sets_than_there_are_begins_anew() -> None:
    both = Repository(items(4, sets=("a", "b")))
    pages = list(source(both, sets=("a", "b")).pages(None, None, None))
    assert pages[2].resume is not None
    again = list(source(both, sets=("a",)).pages(None, None, pages[2].resume))
    assert len(Harvest(again).identifiers) == 4


def test_a_checkpoint_is_small() -> None:
    pages = list(source(Repository(items(30))).pages(None, None, None))
    assert all(len(page.resume or "") < 400 for page in pages)
    assert unpacked(pages[3].resume or "") is not None


MINUTES = st.integers(0, 100_000)
DATESTAMPS = MINUTES.map(
    lambda n: f"2024-{1 + n // 50_000:02}-{1 + n // 1_440 % 28:02}T{n // 60 % 24:02}:{n % 60:02}:00Z"
)
RECORDS = st.lists(
    st.tuples(DATESTAMPS, st.booleans(), st.sampled_from([("a",), ("a", "b"), ("b",)])), max_size=24
)
KILLS = st.lists(st.integers(0, 5), max_size=8)


def records(drawn: list[tuple[str, bool, tuple[str, ...]]]) -> list[Item]:
    return [
        Item(f"oai:x:{place:02}", datestamp, sets, deleted)
        for place, (datestamp, deleted, sets) in enumerate(drawn)
    ]


@settings(deadline=None, max_examples=60)
@given(RECORDS, st.integers(1, 12), st.sampled_from([SECONDS, DAYS]), KILLS)
def test_nothing_is_lost_and_no_page_asked_for_more_often_than_the_kills_explain(
    drawn: list[tuple[str, bool, tuple[str, ...]]], size: int, granularity: str, kills: list[int]
) -> None:
    found = records(drawn)
    whole = harvest(Repository(found, size=size, granularity=granularity))
    repository = Repository(found, size=size, granularity=granularity)
    parts = killed(repository, kills)
    assert parts.identifiers == whole.identifiers == [item.identifier for item in found]
    assert (parts.last.watermark, parts.last.announced) == (whole.last.watermark, whole.last.announced)
    assert parts.remarks == whole.remarks
    asked = Counter(tuple(sorted(params.items())) for params in repository.asked)
    assert max(asked.values()) <= 1 + len(kills)
    # Twice more where the end of a list is looked beyond, since nobody said how long it is.
    assert len(repository.asked) <= len(whole.pages) + 3 + 4 * len(kills)


@settings(deadline=None, max_examples=60)
@given(RECORDS, st.integers(1, 12), st.sampled_from([SECONDS, DAYS]), KILLS, st.sets(st.integers(0, 23)))
def test_whatever_the_server_fails_on_nothing_else_is_lost(
    drawn: list[tuple[str, bool, tuple[str, ...]]],
    size: int,
    granularity: str,
    kills: list[int],
    bad: set[int],
) -> None:
    found = records(drawn)
    poison = frozenset(found[n].identifier for n in bad if n < len(found) // 2)
    repository = Repository(found, size=size, granularity=granularity, poison=poison)
    done = killed(repository, kills)
    assert done.last.resume is None
    assert {*done.identifiers} == {item.identifier for item in found}
    assert {raw.identifier for page in done.pages for raw in page.raws if raw.fault} == poison
    assert {text.split()[0] for text, _ in done.told("gap")} == poison


@settings(deadline=None, max_examples=60)
@given(RECORDS, st.integers(1, 12), st.sampled_from([SECONDS, DAYS]), KILLS, st.integers(2, 5))
def test_tokens_that_expire_now_and_then_lose_nothing_untold(
    drawn: list[tuple[str, bool, tuple[str, ...]]], size: int, granularity: str, kills: list[int], every: int
) -> None:
    answers = iter(range(10**6))

    def expiring(params: Params) -> Response | None:
        if "resumptionToken" not in params or next(answers) % every:
            return None
        return repository.refused("badResumptionToken", params)

    found = records(drawn)
    repository = Repository(found, size=size, granularity=granularity, fault=expiring)
    done = killed(repository, kills)
    assert done.last.resume is None
    lost = {item.identifier for item in found} - {*done.identifiers}
    assert not lost or done.told("gap")
