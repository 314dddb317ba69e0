"""Lists that end too early and do not say so."""

import pytest

from harvester.http.response import Response
from tests.harvester.oai.repository import DAYS, SECONDS, Item, Params, Repository, harvest, items

TOO_EARLY = "lists end too early: smaller windows of dates are asked for"


class Forgetful(Repository):
    """Forgets the token of every list, though there is more."""

    def respond(self, params: Params) -> Response | Exception:
        answer = super().respond(params)
        if isinstance(answer, Exception):
            return answer
        body, _, rest = answer.body.partition(b"<resumptionToken")
        return Response(
            200,
            answer.url,
            {},
            body
            + (rest.partition(b"</resumptionToken>")[2] or rest[rest.find(b"/>") + 2 :] if rest else b""),
        )


def spread(count: int) -> list[Item]:
    return [Item(f"oai:x:{n:03}", f"2024-{1 + n // 28:02}-{1 + n % 28:02}T00:00:00Z") for n in range(count)]


@pytest.mark.parametrize("granularity", [SECONDS, DAYS])
@pytest.mark.parametrize("size", [5, 10, 60])
@pytest.mark.parametrize("backwards", [False, True])
def test_what_is_beyond_the_end_is_found_and_had(granularity: str, size: int, *, backwards: bool) -> None:
    found = spread(130)[:: -1 if backwards else 1]
    done = harvest(Forgetful(found, size=size, granularity=granularity))
    assert set(done.identifiers) == {item.identifier for item in found}
    assert [remark.text for remark in done.remarks] == [TOO_EARLY]


def test_a_crowd_of_one_date_that_may_be_cut_is_a_gap() -> None:
    crowd = [Item(f"oai:x:crowd{n}", "2024-05-01T00:00:00Z") for n in range(9)]
    done = harvest(Forgetful([*spread(40), *crowd], size=5))
    assert {item.identifier for item in spread(40)} <= set(done.identifiers)
    assert done.told("gap") == [
        ("the list may have ended too early, after 5 records (dated 2024-05-01T00:00:00Z)", 0)
    ]


@pytest.mark.parametrize(("count", "asked"), [(3, 1), (5, 3), (50, 3), (57, 3)])
def test_a_list_that_may_be_a_full_page_is_looked_beyond_and_found_whole(count: int, asked: int) -> None:
    repository = Repository(items(count), size=100)
    done = harvest(repository)
    assert (len(done.identifiers), done.remarks, done.last.resume) == (count, [], None)
    assert len(repository.lists()) == asked


def test_lists_no_longer_than_one_that_was_whole_are_believed() -> None:
    sets = ("a", "b", "c")
    listed = [*items(20, sets=("a",)), *items(10, day=2, sets=("b",)), *items(15, day=3, sets=("c",))]
    unique = [item._replace(identifier=f"{item.identifier}{item.sets[0]}") for item in listed]
    repository = Repository(unique, size=100)
    assert len(harvest(repository, sets=sets).identifiers) == 45
    assert len(repository.lists()) == 5
