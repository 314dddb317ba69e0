"""A search of a request: what it means, and what it may not cost."""

from dataclasses import replace

import pytest

from catalog.errors import QueryTooCostly, UsageFault
from index.fields import FACETS
from index.query.ast import All
from index.query.cost import Budget
from index.query.parser import parse
from index.query.printer import show
from web.asked import Search
from web.searching import find, meaning
from web.shelf import Visit
from web.site import Site


def test_every_facet_value_leads_to_as_many_records_as_it_says(visit: Visit, site: Site) -> None:
    search = Search(q="support OR help")
    told = find(search, visit, site, facets=FACETS).hits.facets
    assert min(map(len, told.values())) > 0
    for facet, values in told.items():
        for value in values:
            assert find(search.narrowed(facet, value.value), visit, site).hits.total == value.count


def test_the_query_as_understood_can_be_typed(visit: Visit, site: Site) -> None:
    search = Search(q="a OR b", filters=(("type", "book"),), first_year=1990)
    query = meaning(search, visit, site).query
    assert show(query) == '(a OR b) AND type:="book" AND year:1990-'
    assert parse(show(query)) == query


def test_years_that_exclude_each_other_are_told(visit: Visit, site: Site) -> None:
    crossed = find(Search(first_year=2020, last_year=2010), visit, site)
    assert (crossed.hits.total, crossed.understood.notes) == (
        0,
        ("no year is both 2020 or later and 2010 or earlier",),
    )
    assert not meaning(Search(first_year=2010, last_year=2010), visit, site).notes


def test_pages_are_the_whole_list(visit: Visit, site: Site) -> None:
    every = [hit.key for hit in visit.engine.search(All(), limit=None).hits]
    pages = [find(Search(size=10, page=page), visit, site) for page in range(1, 8)]
    assert [stored.key for page in pages for stored in page.records] == every


def test_what_costs_too_much_is_refused(visit: Visit, site: Site) -> None:
    small = replace(site, deepest=100, budget=Budget(clauses=2, places=10**9, seconds=5))
    with pytest.raises(QueryTooCostly, match="3 words"):
        find(Search(q="one two three"), visit, small)
    with pytest.raises(QueryTooCostly, match="longer than 1 words"):
        find(Search(q="( ( ( ( one"), visit, replace(small, budget=Budget(clauses=1, places=1, seconds=5)))
    with pytest.raises(QueryTooCostly, match="longer than 500 words"):
        find(Search(q="year:1- " * 1000, dialect="ovid"), visit, site)
    assert find(Search(page=5), visit, small).search.page == 5
    with pytest.raises(UsageFault, match="page 6"):
        find(Search(page=6), visit, small)
