"""What is asked before the first page, and what is said of the server."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest

from catalog.errors import MalformedResponse, ProtocolError, SourceError, TransportFailed
from catalog.record import Remark
from harvester.http.response import Response
from harvester.oai.source import OaiSource
from harvester.protocol import Plan
from tests.harvester.oai.answers import ADDRESS
from tests.harvester.oai.repository import Item, Params, Repository, harvest, items, source

if TYPE_CHECKING:
    from harvester.http import Client


def failing(*verbs: str, answer: Response | SourceError) -> Callable[[Params], Response | Exception | None]:
    return lambda params: answer if params["verb"] in verbs else None


@pytest.mark.parametrize(
    ("sets", "prefix", "expected"),
    [
        ((), None, {}),
        (("a", "b"), None, {"sets": "a b"}),
        (("a",), "marcxml", {"sets": "a", "prefix": "marcxml"}),
    ],
)
def test_a_harvest_is_known_by_its_sets_and_prefix(
    sets: tuple[str, ...], prefix: str | None, expected: Mapping[str, str]
) -> None:
    made = source(Repository([]), sets=sets, prefix=prefix)
    assert (made.name, made.kind, made.location, made.request) == ("x", "oai-pmh", ADDRESS, expected)
    assert source(Repository([]), request={"sets": "theirs"}).request == {"sets": "theirs"}


@pytest.mark.parametrize(
    ("formats", "expected"),
    [
        (("oai_dc", "oai_doaj"), "oai_doaj"),
        (("oai_dc", "marc21"), "marc21"),
        (("mods", "oai_dc"), "oai_dc"),
    ],
)
def test_the_best_format_is_asked_for(formats: tuple[str, ...], expected: str) -> None:
    repository = Repository(items(1), formats=formats)
    harvest(repository, prefix=None)
    assert repository.lists()[0]["metadataPrefix"] == expected


def test_a_server_without_a_format_that_can_be_read_is_refused() -> None:
    with pytest.raises(ProtocolError, match="mods"):
        harvest(Repository(items(1), formats=("mods",)), prefix=None)


@pytest.mark.parametrize(
    "answer",
    [
        MalformedResponse("no XML"),
        TransportFailed("answered 500", url=ADDRESS, status=500),
        TransportFailed("answered 404", url=ADDRESS, status=404),
        ProtocolError("badVerb", code="badVerb"),
    ],
)
def test_what_does_not_say_who_it_is_is_harvested_all_the_same(answer: SourceError) -> None:
    repository = Repository(items(5), fault=failing("Identify", "ListMetadataFormats", answer=answer))
    done = harvest(repository, "2024-01-01", prefix=None)
    assert len(done.identifiers) == 5
    assert [text.partition(":")[0] for text, _ in done.told("note")] == [
        "the server does not say who it is",
        "the server does not say what formats it has, oai_dc is taken",
    ]
    assert repository.lists()[0] == {"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2024-01-01"}


def test_it_is_cornered_as_well() -> None:
    answer = TransportFailed("answered 500", url=ADDRESS, status=500)
    repository = Repository(
        items(30), poison=frozenset({"oai:x:0012"}), fault=failing("Identify", answer=answer)
    )
    done = harvest(repository)
    assert len(set(done.identifiers)) == 30
    assert done.told("gap") == [("oai:x:0012 could not be read: answered 500", 1)]


@pytest.mark.parametrize("status", [None, 401, 403, 429])
def test_what_concerns_us_and_not_identify_ends_the_harvest_at_once(status: int | None) -> None:
    answer = TransportFailed("no", url=ADDRESS, status=status)
    repository = Repository(items(5), fault=failing("Identify", answer=answer))
    with pytest.raises(TransportFailed):
        harvest(repository)
    assert len(repository.asked) == 1


def test_that_deletions_are_not_announced_is_told() -> None:
    done = harvest(Repository(items(5), deleted_record="no"))
    assert done.remarks == [Remark("note", "deletions are not announced by this server")]
    assert done.pages[0].remarks


class Redirecting:
    """Asks a repository that has moved, and tells the addresses asked."""

    def __init__(self, repository: Repository, then: str) -> None:
        self.repository, self.then = repository, then
        self.urls: list[str] = []

    def get(self, url: str, params: Params, *, read: Callable[[Response], Any], **_: object) -> object:
        self.urls.append(url)
        answer = self.repository.respond(params)
        assert isinstance(answer, Response)
        moved = None if url.startswith("https") else self.then
        return read(replace(answer, permanent_redirect_to=moved))


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ("https://127.0.0.1/oai?verb=Identify", "https://127.0.0.1/oai"),
        ("https://127.0.0.1/index.php?page=oai&verb=Identify", "https://127.0.0.1/index.php?page=oai"),
        ("https://127.0.0.1/oai", "https://127.0.0.1/oai"),
    ],
)
def test_a_server_that_has_moved_for_good_is_asked_where_it_went(then: str, expected: str) -> None:
    client = Redirecting(Repository(items(9)), then)
    moved = OaiSource(cast("Client", client), ADDRESS, name="x", prefix="oai_dc")
    pages = list(moved.pages(None, None, None))
    assert client.urls == [ADDRESS, *[expected] * 3]
    assert moved.location == ADDRESS
    told = [remark.text for page in pages for remark in page.remarks]
    assert told == [f"the server has moved for good to {expected}: it is asked there"]
    again = Redirecting(Repository(items(9)), then)
    resumed = OaiSource(cast("Client", again), ADDRESS, name="x", prefix="oai_dc")
    rest = list(resumed.pages(None, None, pages[0].resume))
    assert again.urls == [expected] * 2
    assert [remark for page in rest for remark in page.remarks] == []


def test_where_only_a_page_has_moved_the_rest_is_asked_for_at_home() -> None:
    repository = Repository(items(9))

    class Partly(Redirecting):
        def get(self, url: str, params: Params, *, read: Callable[[Response], Any], **_: object) -> object:
            if url == ADDRESS and len(self.urls) == 2:
                return super().get(url, params, read=read)
            self.urls.append(url)
            if url != ADDRESS:
                raise TransportFailed("answered 404", url=url, status=404)
            answer = repository.respond(params)
            assert isinstance(answer, Response)
            return read(answer)

    client = Partly(repository, "http://127.0.0.1/elsewhere")
    partly = OaiSource(cast("Client", client), ADDRESS, name="x", prefix="oai_dc")
    assert sum(len(page.raws) for page in partly.pages(None, None, None)) == 9
    assert client.urls == [ADDRESS] * 3 + ["http://127.0.0.1/elsewhere", ADDRESS]


def test_an_address_of_its_own_that_differs_is_told_and_not_asked() -> None:
    repository = Repository(items(4))

    def elsewhere(params: Params) -> Response | None:
        if params["verb"] != "Identify":
            return None
        answer = Repository(items(4)).respond(params)
        assert isinstance(answer, Response)
        body = answer.body.replace(f"<baseURL>{ADDRESS}".encode(), b"<baseURL>http://old.example.org/oai")
        return replace(answer, body=body)

    repository.fault = elsewhere
    assert harvest(repository).told("note") == [
        (f"the server calls itself http://old.example.org/oai; it is asked at {ADDRESS}", 0)
    ]


def test_a_plan_tells_how_much_there_is_and_its_page_is_not_asked_for_again() -> None:
    repository = Repository(items(10))
    made = source(repository)
    assert made.plan(None, None) == Plan(f"OAI-PMH, oai_dc, from {ADDRESS}", 10, 4)
    assert sum(len(page.raws) for page in made.pages(None, None, None)) == 10
    assert len(repository.lists()) == 4
    assert len(repository.lists("Identify")) == 1


def test_the_page_of_a_plan_for_other_dates_is_of_no_use() -> None:
    repository = Repository(items(10))
    made = source(repository)
    made.plan("2024-01-01T00:05:00Z", None)
    assert sum(len(page.raws) for page in made.pages(None, None, None)) == 10


@pytest.mark.parametrize(
    ("found", "told", "expected"),
    [
        ([], True, (0, 1)),
        (items(2), True, (2, 1)),
        (items(7), False, (None, None)),
    ],
)
def test_plans_of_little_and_of_nobody_knows(
    found: list[Item], told: object, expected: tuple[int | None, int | None]
) -> None:
    plan = source(Repository(found, told=bool(told))).plan(None, None)
    assert (plan.records, plan.requests) == expected


def test_a_plan_of_sets_adds_up() -> None:
    both = [*items(7, sets=("a", "b")), Item("b", "2024-02-01T00:00:00Z", ("b",))]
    plan = source(Repository(both), sets=("a", "b")).plan(None, None)
    assert plan == Plan(f"OAI-PMH, oai_dc of 2 sets, from {ADDRESS}", 15, 6)


def test_a_plan_does_not_fail_where_the_harvest_would_find_a_way() -> None:
    repository = Repository(items(7), poison=frozenset({"oai:x:0001"}))
    plan = source(repository).plan(None, None)
    assert (plan.records, plan.requests) == (None, None)


@pytest.mark.parametrize("status", [400, 404])
def test_a_set_that_is_refused_is_told_by_plan_and_harvest(status: int) -> None:
    repository = Repository(items(7))
    repository.fault = lambda params: Response(status, ADDRESS) if "set" in params else None
    with pytest.raises(TransportFailed):
        harvest(repository, sets=["?"])
    repository.fault = lambda params: repository.refused("badArgument", params) if "set" in params else None
    with pytest.raises(ProtocolError):
        source(repository, sets=["?"]).plan(None, None)
