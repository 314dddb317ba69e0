"""The living DOAJ is the same for the same seed, tells the truth about itself, and shows it in the feed."""

import json
import re
from urllib.parse import quote

import pytest

from tests.provider.articles import articles
from tests.provider.world import World

_HEADER = re.compile(
    r'<header xmlns[^>]*?( status="deleted")?><identifier>oai:doaj.org/article:(\w+)</identifier>'
    r"<datestamp>([^<]*)"
)


def _listed(world: World, also: str = "") -> dict[str, str | None]:
    query, found = f"verb=ListRecords&metadataPrefix=oai_doaj{also}", {}
    while query:
        body = world.respond("/oai.article", query, {}).body.decode()
        for status, identifier, date in _HEADER.findall(body):
            found[identifier] = None if status else date
        token = re.search(r"<resumptionToken[^>]*>([^<]+)<", body)
        query = f"verb=ListRecords&resumptionToken={quote(token[1], safe='')}{also}" if token else ""
    return found


@pytest.mark.parametrize("seed", [0, 1])
def test_a_quarter_is_as_the_feed_shows_it(seed: int) -> None:
    world = World(200, seed=seed, page_size=90)
    for day in range(90):
        world.day()
        if day == 40:
            world.reindex(0.3)
        if day % 15 == 14:
            assert _listed(world) == world.visible()
            assert _listed(world, "&api_key=key") == world.truth()
    happened = {event for _, event, _ in world.events}
    assert happened == {"added", "edited", "withdrawn", "re-classed", "re-indexed"}
    assert [date for date, _, _ in world.events] == sorted(date for date, _, _ in world.events)


def test_equal_seeds_live_equally_and_others_do_not() -> None:
    lives = [World(60, seed=seed) for seed in (3, 3, 4)]
    for world in lives:
        for _ in range(20):
            world.day()
    assert lives[0].events == lives[1].events
    assert lives[0].truth() == lives[1].truth() != lives[2].truth()


def test_an_edited_article_leaves_the_feed_for_a_month_but_not_the_api() -> None:
    world = World(50)
    identifier = next(iter(world.visible()))
    world.edit(identifier)
    assert identifier not in _listed(world)
    told = json.loads(world.respond(f"/api/v4/search/articles/id:{identifier}", "", {}).body)
    assert told["results"][0]["bibjson"]["title"].endswith("(corrected)")
    world.clock.forward(days=29)
    assert identifier not in _listed(world)
    world.clock.forward(days=1)
    assert identifier in _listed(world)


def test_a_reclassed_journal_moves_with_new_datestamps_and_no_deletion() -> None:
    world = World(100)
    before = world.sets()
    moved = world.reclass()
    after = world.sets()
    assert moved
    assert {key for key in before if before[key] != after[key]} <= set(moved)
    assert all(world.truth()[key] == "2025-01-01T00:00:00Z" for key in moved)


def test_a_withdrawn_article_stays_as_a_tombstone_and_leaves_the_api() -> None:
    world = World(50, delay=None)
    gone = world.withdraw()
    assert _listed(world)[gone] is None
    assert json.loads(world.respond(f"/api/v4/search/articles/id:{gone}", "", {}).body)["total"] == 0


def test_articles_are_unlike_one_another_and_the_same_for_the_same_seed() -> None:
    assert articles(50, seed=9) == articles(50, seed=9) != articles(50, seed=8)
    many = articles(2000)
    assert len({each["id"] for each in many}) == 2000
    assert len({each["last_updated"] for each in many}) < 2000
    assert all(each["created_date"] <= each["last_updated"] for each in many)
