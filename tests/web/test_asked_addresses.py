"""A search is its address: what is read from one is written to it again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from catalog.errors import UsageFault
from index.engine import SORTS
from index.fields import FACETS
from index.understanding import DIALECTS
from web.asked import SIZES, Search, read_search

texts = st.text(min_size=1).map(str.strip).filter(bool)
years = st.none() | st.integers(-9999, 9999)
searches = st.builds(
    Search,
    q=st.just("") | texts,
    question=st.booleans(),
    exact=st.booleans(),
    dialect=st.none() | st.sampled_from(DIALECTS),
    filters=st.lists(st.tuples(st.sampled_from(FACETS), texts), max_size=4, unique=True).map(tuple),
    first_year=years,
    last_year=years,
    like=st.none() | texts,
    sort=st.none() | st.sampled_from(SORTS),
    page=st.integers(1, 999_999_999),
    size=st.sampled_from(SIZES),
)


@given(searches)
def test_an_address_is_read_back_as_the_search_it_was_written_of(search: Search) -> None:
    assert read_search(QueryParams(search.address().partition("?")[2]).multi_items()) == search


@pytest.mark.parametrize(
    "wrong",
    ["page=0", "page=x", "page=²", "size=21", "sort=best", "any=yes", "from=soon", "to=20240", "dialect=sql"],
)
def test_what_cannot_be_meant_is_refused_by_name(wrong: str) -> None:
    name, _, value = wrong.partition("=")
    with pytest.raises(UsageFault, match=f"{name}={value} is no"):
        read_search([(name, value)])


def test_empty_boxes_of_a_form_and_strange_parameters_are_passed_over() -> None:
    assert read_search([("q", "  "), ("from", ""), ("utm_source", "x")]) == Search()


def test_a_value_chosen_twice_is_chosen_once_and_can_be_dropped() -> None:
    chosen = Search(page=3).narrowed("type", "book").narrowed("type", "book")
    assert (chosen.filters, chosen.page) == ((("type", "book"),), 1)
    assert chosen.widened("type", "book") == Search()
