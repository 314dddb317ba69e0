"""Ascending lists become one."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.whoosh.union import united

lists = st.lists(st.binary(max_size=2), unique=True, max_size=9).map(sorted)


@settings(deadline=None)
@example(several=[])
@example(several=[[]])
@example(several=[[b"a"], [], [b"a"]])
@given(several=st.lists(lists, max_size=5))
def test_a_union_is_what_sets_would_give(several: list[list[bytes]]) -> None:
    every, places = united(several)
    assert every == sorted(set().union(*several))
    assert [[every[place] for place in each] for each in places] == several
