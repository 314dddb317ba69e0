"""Lists that grow shorter while they are read: nothing that was passed over stays out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harvester.http.response import Response
from tests.harvester.oai.repository import DAYS, Item, Params, Repository, harvest, items, source

NOON = "2024-02-01T12:00:00Z"
TOLD = "the list grew shorter while it was read: the dates where pages met were asked for again"


def leaving(listed: list[Item], *gone: int, after: int = 1, **options: object) -> Repository:
    """List items by offset, of which some leave the list after so many pages."""
    asked = 0

    def leave(params: Params) -> Response | None:
        nonlocal asked
        if params["verb"] == "ListRecords":
            asked += 1
            if asked == after + 1:
                repository.items = [item for at, item in enumerate(listed) if at not in gone]
        return None

    repository = Repository(listed, fault=leave, **options)  # type: ignore[arg-type]
    return repository


def left(repository: Repository, found: list[str]) -> set[str]:
    return {item.identifier for item in repository.items} - set(found)


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("excludes_until", [False, True])
@pytest.mark.parametrize("granularity", ["YYYY-MM-DDThh:mm:ssZ", DAYS])
def test_what_moved_up_is_asked_for_again(order: int, *, excludes_until: bool, granularity: str) -> None:
    listed = items(9)[::order]
    repository = leaving(listed, 0, 1, granularity=granularity, excludes_until=excludes_until)
    done = harvest(repository)
    assert left(repository, done.identifiers) == set()
    assert done.told("note") == [(TOLD, 0)]
    assert not done.told("short") + done.told("gap")


def test_of_one_second_all_are_asked_for_again() -> None:
    repository = leaving([Item(f"oai:x:{n}", NOON) for n in range(9)], 1, 2, after=2)
    done = harvest(repository)
    assert left(repository, done.identifiers) == set()
    assert {"from": NOON, "until": NOON}.items() <= repository.lists()[3].items()


def test_what_leaves_a_list_between_two_runs_is_seen_by_the_second() -> None:
    repository = leaving(items(9), 0)
    pages = source(repository).pages(None, None, None)
    first = next(pages)
    rest = list(source(repository).pages(None, None, first.resume))
    found = [raw.identifier for page in (first, *rest) for raw in page.raws]
    assert left(repository, found) == set()


def test_what_was_not_reached_leaves_no_seam_once_the_list_is_read_again() -> None:
    repository = leaving(items(9), 7)
    done = harvest(repository)
    assert left(repository, done.identifiers) == set()
    assert len(repository.lists()) == 4


def test_a_list_in_no_order_of_dates_is_not_read_again() -> None:
    listed = items(9)
    repository = leaving([listed[at] for at in (3, 1, 2, 7, 0, 8, 4, 6, 5)], 0)
    done = harvest(repository)
    assert len(repository.lists()) == 3
    assert [text.partition(":")[0] for text, _ in done.told("note")] == [TOLD.partition(":")[0]]


def test_a_list_that_never_stops_growing_shorter_is_not_called_complete() -> None:
    listed = [Item(f"oai:x:{n}", NOON) for n in range(400)]

    def leave(params: Params) -> Response | None:
        if params["verb"] == "ListRecords":
            repository.items = repository.items[2:]
        return None

    repository = Repository(listed, fault=leave)
    assert harvest(repository).told("gap")


@settings(deadline=None)
@given(
    st.integers(2, 30),
    st.integers(1, 4),
    st.sets(st.integers(0, 29), max_size=5),
    st.integers(1, 4),
    st.data(),
)
def test_whatever_leaves_whenever_all_that_stays_is_had(
    count: int, size: int, gone: set[int], after: int, data: st.DataObject
) -> None:
    stamps = sorted(data.draw(st.lists(st.integers(1, 5), min_size=count, max_size=count)))
    listed = [Item(f"oai:x:{n}", f"2024-02-{day:02}T00:00:00Z") for n, day in enumerate(stamps)]
    repository = leaving(listed, *gone, after=after, size=size)
    done = harvest(repository)
    if not done.told("short") + done.told("gap"):
        assert left(repository, done.identifiers) == set()
