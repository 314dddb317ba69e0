"""Slices of a query: together they are all of it, none has more than the API gives, whatever the dates."""

from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.doaj.slices import AXES, LIMIT, Slice, clauses, split
from tests.harvester.doaj.doaj_guard import refused, searched_fields

LATEST = 1_800_000_000  # 2027
ONE_SECOND = 1_500_000_000


class Kind(NamedTuple):
    """Articles that only their ids tell apart; None: the field is missing, or holds no number."""

    created: int | None
    updated: int | None
    year: int | None
    count: int
    ids_from: int


def in_slice(of: Slice, kind: Kind) -> int:
    """Count the articles of a kind that a slice has."""
    first, last = kind.ids_from, kind.ids_from + kind.count - 1
    for part, value in zip(of, kind[:3], strict=False):
        within = value is not None and part.low <= value <= part.high
        if within != part.inside:
            return 0
    if len(of) < len(AXES):
        return kind.count
    inside = max(0, min(last, of[-1].high) - max(first, of[-1].low) + 1)
    return inside if of[-1].inside else kind.count - inside


def walked(kinds: list[Kind]) -> tuple[list[tuple[Slice, int]], int]:
    """Cut a query until everything fits or cannot be cut; return the slices and how often was asked."""
    todo: list[Slice] = [()]
    done, asked = [], 0
    while todo:
        current = todo.pop()
        asked += 1
        total = sum(in_slice(current, kind) for kind in kinds)
        parts = split(current, LATEST) if total > LIMIT else ()
        todo += parts
        if not parts:
            done.append((current, total))
    return done, asked


SECONDS = st.one_of(
    st.none(),
    st.just(ONE_SECOND),
    st.integers(ONE_SECOND - 3, ONE_SECOND + 3),
    st.integers(-(10**9), 3 * 10**9),
)
KINDS = st.lists(
    st.builds(
        Kind,
        created=SECONDS,
        updated=SECONDS,
        year=st.none() | st.integers(1500, 2300),
        count=st.integers(1, 10_000),
        ids_from=st.integers(0, (1 << 128) - 10_001),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=60)
@given(KINDS)
def test_slices_are_everything_once_and_fit(kinds: list[Kind]) -> None:
    done, asked = walked(kinds)
    assert sum(total for _, total in done) == sum(kind.count for kind in kinds)
    assert all(total <= LIMIT for _, total in done)
    for kind in kinds:
        assert sum(in_slice(part, kind) for part, _ in done) == kind.count
    assert asked < 4000


def test_ten_thousand_on_one_second_are_told_apart_by_their_ids() -> None:
    done, asked = walked([Kind(ONE_SECOND, ONE_SECOND, 2020, 10_000, 12345)])
    assert sum(total for _, total in done) == 10_000
    assert max(total for _, total in done) <= LIMIT
    assert asked < 500


@settings(deadline=None, max_examples=30)
@given(KINDS)
def test_every_slice_passes_doaj_s_guards(kinds: list[Kind]) -> None:
    for part, _ in walked(kinds)[0]:
        query = '(bibjson.keywords:"a" OR bibjson.title:"a\\: b")' + clauses(part)
        assert not refused(query)
        fields = ["bibjson.keywords", "bibjson.title", *(axis.field for axis in AXES[: len(part)])]
        assert searched_fields(query) == fields


def test_a_slice_says_both_ends_of_its_ranges_in_full() -> None:
    first = split((), LATEST)[0]
    assert clauses(()) == ""
    assert clauses(first).startswith(" AND created_date:[2002-01-01T00\\:00\\:00Z TO 2014-")
    assert clauses(split((), LATEST)[2]) == (
        " AND NOT created_date:[2002-01-01T00\\:00\\:00Z TO 2027-01-15T08\\:00\\:00Z]"
    )
