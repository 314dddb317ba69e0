"""What is offered beside the hits: never at the price of them."""

from dataclasses import replace

import pytest

from catalog.errors import QueryTooCostly
from index.engine import Reader
from index.query.ast import Query
from web.asked import Search
from web.pages.advice import advice
from web.searching import find
from web.shelf import Visit
from web.site import Site

BOOKS = (("type", "book"),)


@pytest.mark.parametrize(
    ("search", "offered"),
    [
        (Search("suport"), Search("support")),
        (Search("suport", filters=BOOKS, last_year=2024), Search("support", filters=BOOKS, last_year=2024)),
        (Search("suport workers", exact=True), Search('"support" AND "workers"')),
        (Search("suport NOT zebra", page=4), Search("support NOT zebra")),
    ],
)  # fmt: skip
def test_another_spelling_keeps_what_narrows(
    search: Search, offered: Search, visit: Visit, site: Site
) -> None:
    (first, *_) = advice(find(search, visit, site), visit, site).spellings
    assert first.address == offered.address()
    assert find(offered, visit, site).hits.total == first.records


def test_records_like_one_are_not_respelt(visit: Visit, site: Site) -> None:
    search = Search("suport", like="doaj/00000000000000000000000000000009")
    assert advice(find(search, visit, site), visit, site).spellings == ()


def test_it_is_told_how_close_records_come(visit: Visit, site: Site) -> None:
    told = advice(find(Search("support AND self-help AND title:zebra"), visit, site), visit, site)
    assert ("", "title:zebra", " was found nowhere") in told.notes
    assert any(note[0].startswith("No record has all 3 parts of the search") for note in told.notes)


@pytest.mark.parametrize(
    ("search", "held"),
    [
        (Search("support zebra"), "support"),
        (Search("support AND title:zebra NOT title:children", filters=BOOKS), "support NOT title:children"),
        (Search("support title:zebra help", exact=True), '"support" AND "help"'),
    ],
)
def test_what_is_found_anywhere_can_be_searched_for_alone(
    search: Search, held: str, visit: Visit, site: Site
) -> None:
    first = advice(find(search, visit, site), visit, site).wider[0]
    assert first.text == f"Only {held}"
    assert first.address == Search(held, filters=search.filters).address()
    assert first.records == find(Search(held, filters=search.filters), visit, site).hits.total


class Tired:
    """An engine whose budget is used up."""

    def __init__(self, engine: Reader) -> None:
        self._engine = engine

    def __getattr__(self, name: str) -> object:
        def refuse(*_: Query) -> None:
            raise QueryTooCostly("the search took longer than 3 seconds")

        return refuse


def test_where_the_budget_is_used_up_the_hits_stay_without_advice(visit: Visit, site: Site) -> None:
    found = find(Search("suport"), visit, site)
    tired = visit._replace(engine=Tired(visit.engine))  # type: ignore[arg-type]  # answers nothing any more
    assert advice(found, tired, replace(site)) == ((), (), ())
