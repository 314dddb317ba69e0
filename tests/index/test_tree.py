"""Facets as they are shown."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.engine import FacetValue
from index.tree import MOST_BINS, Bin, histogram, subject_tree


def values(counts: dict[str, int]) -> list[FacetValue]:
    return [FacetValue(value, count) for value, count in counts.items()]


def drawn(counts: dict[str, int]) -> list[str]:
    return [
        f"{'  ' * branch.level}{branch.caption} {branch.records}" for branch in subject_tree(values(counts))
    ]


SUBJECTS = {
    "Medicine": 9,
    "Science": 12,
    "Medicine > Internal medicine > Psychiatry": 5,
    "Medicine > Internal medicine": 6,
    "Medicine > Public aspects": 7,
    "Science > Chemistry": 1,
    "Art": 9,
}


def test_subjects_are_nested_with_the_most_frequent_first() -> None:
    assert drawn(SUBJECTS) == [
        "Science 12",
        "  Chemistry 1",
        "Art 9",
        "Medicine 9",
        "  Public aspects 7",
        "  Internal medicine 6",
        "    Psychiatry 5",
    ]


def test_a_subject_that_was_cut_is_shown_without_a_count_above_what_is_under_it() -> None:
    assert drawn({"B > C": 4, "A": 5, "D": 3}) == ["A 5", "B None", "  C 4", "D 3"]


def test_forms_that_differ_in_case_are_one_subject() -> None:
    tree = subject_tree(values({"MEDICINE > Éa": 2, "Medicine": 3, "medicine > ea > x": 1}))
    assert [(branch.value, branch.records) for branch in tree] == [
        ("Medicine", 3),
        ("MEDICINE > Éa", 2),
        ("medicine > ea > x", 1),
    ]


@given(st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(" > ".join), unique=True))
def test_every_value_is_in_the_tree_once_below_what_it_is_under(paths: list[str]) -> None:
    tree = subject_tree([FacetValue(path, n) for n, path in enumerate(paths, 1)])
    assert sorted(branch.value for branch in tree if branch.records) == sorted(paths)
    above: list[str] = []
    for branch in tree:
        above[branch.level :] = [branch.caption]
        assert branch.value == " > ".join(above)


def test_every_year_is_shown_from_the_first_to_the_last() -> None:
    found = histogram(values({"2020": 1, "2017": 100, "2018": 51}), width=10)
    assert found == [
        Bin(2017, 2017, 100, 10),
        Bin(2018, 2018, 51, 5),
        Bin(2019, 2019, 0, 0),
        Bin(2020, 2020, 1, 1),
    ]
    assert found[0].label == "2017"


@pytest.mark.parametrize(
    ("years", "labels"),
    [
        ([1985, 2024], ["1985", "1986"]),
        ([1984, 2024], ["1980–1989", "1990–1999"]),
        ([1600, 2024], ["1600–1699", "1700–1799"]),
        ([-5, 9999], ["-1000–-1", "0–999"]),
    ],
)
def test_many_years_are_put_together(years: list[int], labels: list[str]) -> None:
    found = histogram(values({str(year): 2 for year in years}), width=8)
    assert [one.label for one in found[:2]] == labels
    assert len(found) <= MOST_BINS


def test_no_years_no_histogram() -> None:
    assert histogram([], width=8) == []


@given(st.dictionaries(st.integers(-20, 2100), st.integers(1, 10**6)), st.integers(1, 80))
def test_a_histogram_counts_every_record_once(years: dict[int, int], width: int) -> None:
    found = histogram([FacetValue(str(year), count) for year, count in years.items()], width=width)
    assert sum(one.records for one in found) == sum(years.values())
    assert all(one.last + 1 == other.first for one, other in pairwise(found))
    assert max((one.length for one in found), default=width) == width
    assert all((one.length > 0) == (one.records > 0) for one in found)
