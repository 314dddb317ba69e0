"""The forty known failures of OAI-PMH servers and harvesters, each met from end to end.

A row is a failure, whom it befalls, and what the run must come to. The numbers are those of our list, whose
faults are in tests.provider.faults.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from catalog.errors import MalformedResponse, TransportFailed
from catalog.store import open_catalog
from cli.loopback.answer import Answer
from harvester.http import Client, Manners
from tests.harvester.forty import NEWEST, NOW, TRUTH, WITHDRAWN, Outcome, provider, run
from tests.provider.faults import FAULTS, VARIANTS, Row
from tests.provider.faulty import (
    Call,
    Fault,
    When,
    always,
    both,
    edit,
    faulty,
    first,
    holding,
    on,
    verb,
    with_token,
)
from tests.provider.rude_server import serve_rudely, serve_tls
from tests.provider.wrong_answers import giant

MOST = 120
"""Requests, where a record or a page is cornered; a clean run makes six."""

RECORD = sorted(TRUTH)[17]
LISTS = verb("ListRecords")
FOR_EVER = both(verb("ListRecords", "GetRecord"), holding(RECORD))
Check = Callable[[Outcome], None]

ROWS = {row.name: (number, row) for number, row in FAULTS.items()} | {
    row.name: (number, row) for number, rows in VARIANTS.items() for row in rows
}


def whole(done: Outcome) -> None:
    """All came, and it is said so."""
    assert (done.run.status, done.error, done.run.watermark) == ("complete", None, NEWEST)
    assert done.live == TRUTH
    assert not done.rejected
    assert done.told("gap") == done.told("short") == []


def with_rejections(done: Outcome) -> None:
    """All that came is kept; what of it cannot be read is at hand by name."""
    assert (done.run.status, done.run.watermark) == ("complete", NEWEST)
    assert done.rejected
    assert done.live | done.rejected.keys() == TRUTH


def one_missing(done: Outcome) -> None:
    """One record cannot be had: it is named, and the next run asks for it again."""
    assert (done.run.status, done.run.watermark, done.error) == ("incomplete", None, None)
    assert (done.live, set(done.rejected)) == (TRUTH - {RECORD}, {RECORD})
    (gap,) = done.told("gap")
    assert gap.startswith(f"{RECORD} could not be read: ")


def short(done: Outcome) -> None:
    """The list ended too early: at least so many are said to be missing."""
    assert (done.run.status, done.run.watermark, done.error) == ("incomplete", None, None)
    assert 0 < len(done.lost) <= sum(remark.missing for remark in done.run.remarks)


def down(done: Outcome) -> None:
    """The server gives nothing that can be used: the run failed, with a word on what to do."""
    assert (done.run.status, done.run.watermark) == ("failed", None)
    assert done.error is not None
    assert done.error.hint or isinstance(done.error, MalformedResponse)
    assert done.run.message == str(done.error)


def resumable(done: Outcome) -> None:
    """The same, after some pages, which are kept."""
    down(done)
    assert done.live
    assert done.run.checkpoint is not None


def nameless(done: Outcome) -> None:
    """Records without a name are kept without one; one without metadata is a rejection."""
    assert done.run.status == "complete"
    assert len(done.lost) <= done.nameless
    assert len(done.rejected) == 5


def no_worse(done: Outcome) -> None:
    """No deletions, only fewer records than are announced."""
    assert (done.run.status, done.live) == ("incomplete", TRUTH)
    assert sum(remark.missing for remark in done.run.remarks) == 1


class Case(NamedTuple):
    """A fault by its name, what it befalls, what becomes of it, and how many requests that may take."""

    name: str
    placed: str
    check: Check
    most: int = MOST


PLACES: dict[str, When] = {
    "always": always,
    "lists": LISTS,
    "tokens": with_token(),
    "record": FOR_EVER,
    "third-page": both(LISTS, lambda call: "resumptionToken" in call.params and call.number in (4, 5)),
}
READABLE = "control-characters nul illegal-references latin-1 no-charset raw-ampersand trailing-garbage"
SEND_IT_AGAIN = (
    "truncated cut reset drip longer shorter silent broken-gzip html empty internal-error bad-gateway "
    "unknown-error"
)
ENTITIES = "bomb outside"

CASES = [
    *(Case(name, "always", whole, 6) for name in READABLE.split()),
    *(Case(name, "record", whole, 6) for name in READABLE.split()),
    Case("broken-utf-8", "always", with_rejections, 6),
    *(Case(name, "third-page", whole, 8) for name in f"{SEND_IT_AGAIN} {ENTITIES} tls".split()),
    *(Case(name, "record", one_missing) for name in f"{SEND_IT_AGAIN} {ENTITIES} tls".split()),
    *(Case(name, "always", down, 12) for name in f"{SEND_IT_AGAIN} {ENTITIES} tls".split()),
    Case("silent-gzip", "always", whole, 6),
    Case("retry-after", "third-page", whole, 8),
    Case("retry-after", "record", one_missing),
    Case("retry-after-past", "third-page", whole, 8),
    Case("retry-after-past", "record", one_missing),
    Case("retry-after-none", "third-page", whole, 8),
    Case("retry-after-none", "record", one_missing),
    Case("retry-after-far", "third-page", resumable, 4),
    Case("retry-after-far", "record", resumable, 6),
    Case("too-many", "third-page", whole, 8),
    Case("too-many", "tokens", resumable, 8),
    Case("too-many", "always", down, 12),
    *(Case(name, "always", whole, 6) for name in ("empty-422", "empty-404", "empty-500")),
    Case("token-expired", "third-page", whole, 12),
    Case("token-expired", "always", whole),
    Case("blank-token", "always", whole, 6),
    Case("token-missing", "always", whole),
    Case("token-missing", "tokens", short, 6),
    Case("token-emptied", "always", short, 6),
    Case("token-lost", "always", short, 6),
    Case("token-at-end", "always", whole, 7),
    Case("empty-at-end", "always", whole, 7),
    Case("same-token", "always", short, 20),
    Case("same-page", "always", short, 20),
    Case("empty-pages", "always", whole, 20),
    Case("odd-token", "always", whole, 6),
    Case("exclusive-token", "always", whole, 6),
    Case("days-only", "always", whole, 6),
    Case("odd-granularity", "always", whole, 6),
    Case("earliest", "always", whole, 6),
    Case("until-exclusive", "always", whole, 6),
    Case("not-selective", "always", whole, 6),
    Case("out-of-order", "always", whole, 6),
    Case("later-date", "always", whole, 6),
    Case("duplicates", "always", whole, 6),
    Case("no-deletions", "always", no_worse, 6),
    Case("dead-and-alive", "always", whole, 6),
    Case("parts-missing", "always", nameless, 6),
    Case("prefixed", "always", whole, 6),
    Case("no-blanks", "always", whole, 6),
    Case("moved", "always", whole, 7),
    Case("moved-302", "always", whole, 12),
    Case("wrong-base", "always", whole, 6),
    Case("agent-blocked", "always", whole, 6),
]


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{ROWS[each.name][0]}-{each.name}-{each.placed}" for each in CASES]
)
def test_a_server_fails_and_the_run_ends_honestly(case: Case, tmp_path: Path) -> None:
    done = run(faulty(provider(), (PLACES[case.placed], ROWS[case.name][1].fault)), tmp_path)
    case.check(done)
    assert len(done.asked.requests) <= case.most


# 31 has a truth of its own, the giant is slow: both have tests below.
_LAWFUL = [row for _, row in ROWS.values() if row.name not in ("identifiers-changed", "giant")]


@pytest.mark.slow
@pytest.mark.parametrize("when", [*PLACES.values(), on(4), on(3, 4, 5), on(1), on(2)])
@pytest.mark.parametrize("row", _LAWFUL, ids=[row.name for row in _LAWFUL])
def test_nothing_is_complete_that_is_not(row: Row, when: When, tmp_path: Path) -> None:
    done = run(faulty(provider(), (when, row.fault)), tmp_path)
    if done.run.status == "complete":
        assert len(done.lost) <= done.nameless
    else:
        assert done.run.watermark is None
    assert len(done.asked.requests) <= 2 * MOST


def test_38_giant_is_one_rejection_by_name(tmp_path: Path) -> None:
    respond = faulty(provider(), (both(LISTS, on(4)), giant(12_000_000)))
    done = run(respond, tmp_path)
    (name,) = done.rejected
    assert "Text node too long" in done.rejected[name]
    assert (done.run.status, done.live, done.nameless) == ("complete", TRUTH - {name}, 0)
    assert done.run.counts.received == len(TRUTH) + 1


def refusing(record: str) -> tuple[When, Fault]:
    return both(verb("ListRecords", "GetRecord"), holding(record)), FAULTS[12].fault


@pytest.mark.parametrize(
    "number", [22, 23, 24, 26, 27], ids=lambda number: f"{number}-where-dates-are-halved"
)
def test_windows_of_dates_lose_nothing_where_dates_are_odd(number: int, tmp_path: Path) -> None:
    done = run(faulty(provider(), (always, FAULTS[number].fault), refusing(RECORD)), tmp_path)
    one_missing(done)
    assert len(done.asked.requests) <= 2 * MOST


def test_25_not_selective_has_no_second_run_by_date(tmp_path: Path) -> None:
    respond = faulty(provider(), (always, FAULTS[25].fault))
    whole(run(respond, tmp_path))
    again = run(respond, tmp_path)
    assert (again.run.since, again.run.status, again.live) == (NEWEST, "complete", TRUTH)
    assert again.run.counts.received == len(TRUTH) + 1
    assert "the server takes no dates: it is asked for everything" in again.told("note")


@pytest.mark.parametrize("number", [26, 27], ids=lambda number: f"{number}-watermark")
def test_the_next_run_begins_at_the_newest_date_that_came(number: int, tmp_path: Path) -> None:
    respond = faulty(provider(), (always, FAULTS[number].fault))
    whole(run(respond, tmp_path))
    again = run(respond, tmp_path)
    assert (again.run.since, again.run.counts.new, again.run.watermark) == (NEWEST, 0, NEWEST)


def test_28_duplicates_are_counted_as_such(tmp_path: Path) -> None:
    done = run(faulty(provider(), (always, FAULTS[28].fault)), tmp_path)
    assert (done.run.counts.new, done.run.counts.deleted, done.run.counts.repeated) == (len(TRUTH), 1, 4)


def test_29_deletions_delete_and_ghosts_are_counted_by_a_full_run_and_kept(tmp_path: Path) -> None:
    whole(run(provider(), tmp_path))
    gone = RECORD.encode()
    ghostly = edit(rb"<record>(?:(?!</record>).)*?" + gone + rb".*?</record>", b"")
    later = run(faulty(provider(), (always, ghostly)), tmp_path, full=True)
    assert later.live == TRUTH
    assert WITHDRAWN not in later.live
    with open_catalog(tmp_path) as catalog:
        assert catalog.unseen(later.run.id) == 1


def test_30_of_a_deletion_and_a_newer_record_the_record_stays(tmp_path: Path) -> None:
    done = run(faulty(provider(), (always, FAULTS[30].fault)), tmp_path)
    assert done.live == TRUTH
    again = run(faulty(provider(), (always, FAULTS[30].fault)), tmp_path, full=True)
    assert (again.live, again.run.counts.changed) == (TRUTH, 0)


def test_31_renamed_records_come_beside_the_old_ones_which_a_full_run_counts(tmp_path: Path) -> None:
    whole(run(provider(), tmp_path))
    done = run(faulty(provider(), (always, FAULTS[31].fault)), tmp_path, full=True)
    renamed = {name.replace("doaj.org/article:", "new.doaj.org:") for name in TRUTH}
    assert (done.run.status, done.live) == ("complete", TRUTH | renamed)
    with open_catalog(tmp_path) as catalog:
        assert catalog.unseen(done.run.id) == len(TRUTH)


def test_35_nothing_empty_is_ever_sent(tmp_path: Path) -> None:
    done = run(provider(), tmp_path)
    assert all(all(params.values()) for params in done.asked.params)
    assert all(
        params.keys() == {"verb", "resumptionToken"}
        for params in done.asked.params
        if "resumptionToken" in params
    )


def test_36_moved_for_good_is_asked_there_from_then_on(tmp_path: Path) -> None:
    done = run(faulty(provider(), (always, FAULTS[36].fault)), tmp_path)
    assert [url.startswith("/moved") for url in done.asked.urls] == [False] + [True] * 6
    assert any(text.startswith("the server has moved for good") for text in done.told("note"))


def _client(*, insecure: bool = False) -> Client:
    return Client(
        Manners("peerlit/0 (test)", tries=2, timeout=0.5, insecure=insecure),
        sleep=lambda _: None,
        now=lambda: NOW,
    )


def test_37_bad_certificates_are_taken_on_request_alone(tmp_path: Path) -> None:
    with serve_tls(provider()) as base:
        url = f"{base}/oai.article"
        refused = run(provider(), tmp_path, url=url, client=_client())
        assert isinstance(refused.error, TransportFailed)
        assert "--insecure" in (refused.error.hint or "")
        assert refused.run.status == "failed"
        whole(run(provider(), tmp_path, url=url, client=_client(insecure=True)))


@pytest.mark.parametrize("row", VARIANTS[7], ids=lambda row: f"7-{row.name}-socket")
def test_connections_that_break_within_a_body_cost_one_more_request(row: Row, tmp_path: Path) -> None:
    with serve_rudely(faulty(provider(), (on(4), row.fault))) as base:
        client = _client()
        whole(run(provider(), tmp_path, url=f"{base}/oai.article", client=client))
    assert client.traffic.retries == 1


def test_39_agents_that_are_blocked_are_told_what_to_do(tmp_path: Path) -> None:
    done = run(faulty(provider(), (always, FAULTS[39].fault)), tmp_path, agent="curl/8")
    assert isinstance(done.error, TransportFailed)
    assert (done.error.status, len(done.asked.requests)) == (403, 1)
    assert "--user-agent" in (done.error.hint or "")


@pytest.mark.parametrize("kills", range(1, 6))
def test_40_killed_after_each_page_it_goes_on_after_the_last_one_kept(kills: int, tmp_path: Path) -> None:
    requests = 0
    for _ in range(kills):
        stopped = run(provider(), tmp_path, stopping=lambda: True)
        requests += len(stopped.asked.requests)
    done = run(provider(), tmp_path)
    requests += len(done.asked.requests)
    whole(done)
    with open_catalog(tmp_path) as catalog:
        assert len(catalog.harvests()) == 1 + (kills >= 5)
    assert done.run.counts.repeated == 0


class Power(Exception):
    """The power goes: nothing of ours catches it."""


@pytest.mark.parametrize("at", range(2, 7))
def test_40_a_crash_in_the_middle_of_a_request_costs_that_page_alone(at: int, tmp_path: Path) -> None:
    def crash(_: Call) -> Answer:
        raise Power

    with pytest.raises(Power):
        run(faulty(provider(), (on(at), crash)), tmp_path)
    done = run(provider(), tmp_path)
    whole(done)
    assert len(done.asked.requests) <= 6


def test_10_a_long_retry_after_says_when_to_come_back_and_goes_on_then(tmp_path: Path) -> None:
    busy = ROWS["retry-after-far"][1].fault
    done = run(faulty(provider(), (first(1, with_token()), busy)), tmp_path)
    resumable(done)
    assert done.error is not None
    assert "it asks to be left alone until 20" in (done.error.hint or "")
    assert done.waited < timedelta(minutes=1).total_seconds()
    later = run(provider(), tmp_path)
    whole(later)
    assert later.run.id == done.run.id


def test_12_what_can_never_be_sent_costs_little(tmp_path: Path) -> None:
    done = run(faulty(provider(), refusing(RECORD)), tmp_path)
    one_missing(done)
    assert len(done.asked.requests) <= 60
    assert done.waited < timedelta(minutes=3).total_seconds()


def test_all_forty_have_a_test() -> None:
    met = {ROWS[case.name][0] for case in CASES} | {31, 40}
    assert met == set(range(1, 41))
    assert {case.name for case in CASES} | {"identifiers-changed", "giant"} == ROWS.keys()
