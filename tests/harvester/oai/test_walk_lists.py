"""Walking lists that a server sends as it should, and lists that end oddly."""

import pytest

from harvester.http.response import Response
from tests.harvester.oai.answers import listing, response
from tests.harvester.oai.repository import Item, Params, Repository, harvest, items

NONE = "noRecordsMatch"


def page_of(*found: Item, token: str = "") -> Response:
    answer = Repository(found, size=max(1, len(found))).respond({"verb": "ListRecords"})
    assert isinstance(answer, Response)
    return response(answer.body.decode().replace("</ListRecords>", f"{token}</ListRecords>"))


def token(value: str, size: object = "") -> str:
    return f'<resumptionToken completeListSize="{size}">{value}</resumptionToken>'


def scripted(*pages: Response) -> Repository:
    """Answer ListRecords with these pages, one after the other; the last for ever."""
    left = list(pages)

    def next_page(params: Params) -> Response | None:
        if params["verb"] != "ListRecords":
            return None
        return left.pop(0) if len(left) > 1 else left[0]

    return Repository(items(0), fault=next_page)


def test_a_list_is_walked_to_its_end() -> None:
    repository = Repository(items(7))
    done = harvest(repository)
    assert done.identifiers == [item.identifier for item in repository.items]
    assert [len(page.raws) for page in done.pages] == [3, 3, 1]
    assert done.last.resume is None
    assert all(page.resume for page in done.pages[:-1])
    assert done.last.watermark == "2024-01-01T00:06:00Z"
    assert [page.announced for page in done.pages] == [7, 7, 7]
    assert done.remarks == []
    assert [page.server for page in done.pages] == ["A repository", None, None]


def test_what_is_empty_is_not_sent_and_a_token_is_sent_alone() -> None:
    repository = Repository(items(4))
    harvest(repository)
    assert repository.asked == [
        {"verb": "Identify"},
        {"verb": "ListRecords", "metadataPrefix": "oai_dc"},
        {"verb": "ListRecords", "resumptionToken": "3|||"},
    ]


def test_sets_are_listed_one_after_the_other() -> None:
    both = [*items(4, sets=("a", "b")), Item("oai:x:b", "2024-01-09T00:00:00Z", ("b",))]
    repository = Repository(both)
    done = harvest(repository, sets=("a", "b", "a"))
    assert len(done.identifiers) == 9
    assert [params["set"] for params in repository.lists() if "set" in params] == ["a", "b"]
    assert [page.announced for page in done.pages] == [4, 4, 9, 9]


@pytest.mark.parametrize("value", ["a+b", "a%2Bb", "a b=/&?", "ä|%25"])
def test_a_token_is_given_back_as_it_was(value: str) -> None:
    repository = scripted(page_of(*items(1), token=token(value.replace("&", "&amp;"))), page_of(*items(1)))
    harvest(repository)
    assert repository.asked[-1]["resumptionToken"] == value


@pytest.mark.parametrize("status", [200, 404, 422, 500])
def test_no_records_is_a_complete_harvest_whatever_the_status(status: int) -> None:
    empty = response(Repository([]).refused(NONE, {}).body, status=status)
    done = harvest(scripted(empty))
    assert (done.identifiers, done.last.resume, done.last.watermark) == ([], None, None)
    assert {remark.kind for remark in done.remarks} <= {"note"}


def test_no_records_upon_a_token_is_the_end() -> None:
    empty = Repository([]).refused(NONE, {})
    done = harvest(scripted(page_of(*items(2), token=token("t", 2)), empty))
    assert (len(done.identifiers), done.remarks) == (2, [])


def test_an_end_without_a_token_before_all_came_is_a_gap() -> None:
    done = harvest(scripted(page_of(*items(2), token=token("t", 9)), page_of(*items(3))))
    assert done.told("gap") == [("the list broke off after 3 of 9 records", 6)]
    assert done.last.resume is None


def test_an_end_without_a_token_after_all_came_is_none() -> None:
    done = harvest(Repository(items(7), last_token=False))
    assert (len(done.identifiers), done.remarks) == (7, [])


def test_an_end_as_it_should_be_but_too_early_is_short() -> None:
    done = harvest(scripted(page_of(*items(2), token=token("t", 9)), page_of(*items(3), token=token("", 8))))
    assert done.told("short") == [("the list ended after 3 of 8 records", 5)]
    assert done.told("gap") == []


def test_the_size_announced_last_counts() -> None:
    done = harvest(scripted(page_of(*items(2), token=token("t", 9)), page_of(*items(3), token=token("", 3))))
    assert not done.told("short") + done.told("gap")
    assert [page.announced for page in done.pages] == [9, 3]


@pytest.mark.parametrize("size", [0, -1, 2, "many", "", "3.5"])
def test_a_size_that_cannot_be_true_is_none(size: object) -> None:
    first, *rest = (page_of(*items(4)[n : n + 2], token=token(f"t{n}", size)) for n in (0, 2))
    done = harvest(scripted(first, *rest, page_of(*items(6)[4:], token=token("", size))))
    assert (len(done.identifiers), done.remarks) == (6, [])
    assert done.last.announced == 6


def test_a_page_that_comes_twice_is_passed_on_and_counted_once() -> None:
    first = page_of(*items(2), token=token("t", 4))
    done = harvest(scripted(first, page_of(*items(2), token=token("u", 4)), page_of(*items(3)[2:])))
    assert len(done.identifiers) == 5
    assert done.told("gap") == [("the list broke off after 3 of 4 records", 1)]


def test_deletions_and_ones_identifier_twice_are_passed_on_as_sent() -> None:
    twice = [Item("oai:x:1", "2024-01-01T00:00:00Z"), Item("oai:x:1", "2024-01-02T00:00:00Z", deleted=True)]
    done = harvest(Repository(twice))
    assert [raw.deleted for page in done.pages for raw in page.raws] == [False, True]


@pytest.mark.parametrize("empty", [1, 10])
def test_empty_pages_with_new_tokens_are_walked(empty: int) -> None:
    blank = [response(listing(token=token(f"t{number}"))) for number in range(empty)]
    done = harvest(scripted(page_of(*items(1), token=token("t")), *blank, page_of(*items(2)[1:])))
    assert (len(done.identifiers), done.remarks) == (2, [])


def test_more_empty_pages_than_that_are_a_gap() -> None:
    numbers = iter(range(1000))

    def endless(params: Params) -> Response | None:
        return response(listing(token=token(f"t{next(numbers)}"))) if "resumptionToken" in params else None

    repository = Repository(items(9), fault=endless)
    done = harvest(repository)
    assert done.told("gap") == [("the list goes in circles after 3 records", 6)]
    assert len(repository.lists()) == 12


def test_one_page_for_ever_is_a_gap() -> None:
    repository = scripted(page_of(*items(2), token=token("same", 9)))
    done = harvest(repository)
    assert done.told("gap") == [("the list goes in circles after 2 records", 7)]
    assert len(repository.lists()) == 2
    assert done.last.resume is None


def test_the_last_page_for_ever_is_none_if_all_that_was_announced_came() -> None:
    pages = [page_of(*items(4)[n : n + 2], token=token(f"t{n}", 4)) for n in (0, 2)]
    done = harvest(scripted(*pages))
    assert [(remark.kind, remark.text) for remark in done.remarks] == [
        ("note", "the list goes in circles after 4 records")
    ]


def test_two_pages_in_turn_for_ever_are_a_gap() -> None:
    pages = [page_of(*items(4)[n : n + 2], token=token(f"t{n}")) for n in (0, 2)]
    repository = scripted(*pages * 9)
    assert harvest(repository).told("gap") == [("the list goes in circles after 4 records", 0)]
    assert len(repository.lists()) == 3


def test_one_token_for_all_pages_is_none_as_long_as_they_differ() -> None:
    pages = [page_of(*items(6)[n : n + 2], token=token("session")) for n in (0, 2)]
    done = harvest(scripted(*pages, page_of(*items(6)[4:])))
    assert (len(done.identifiers), done.remarks) == (6, [])


def test_far_more_records_than_announced_are_a_gap() -> None:
    numbers = iter(range(1000))

    def again(params: Params) -> Response | None:
        if params["verb"] != "ListRecords":
            return None
        number = next(numbers)  # one new record a page, and the same hundred
        return page_of(
            *items(100), Item(f"n{number}", "2024-01-01T00:00:00Z"), token=token(f"t{number}", 150)
        )

    done = harvest(Repository(items(0), fault=again))
    assert done.told("gap") == [("the list goes in circles after 113 records", 37)]
