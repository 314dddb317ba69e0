"""When records changed: those who follow a catalogue ask for what changed since they last did."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.record import Record
from catalog.store import Catalog, open_catalog
from catalog.store import ledger as ledger_module
from tests.web.shelves import PLAIN, raw_of


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the times the clock will show, the next one first; the last for ever."""
    times = ["2026-01-01T12:00:00Z"]
    monkeypatch.setattr(ledger_module, "now", lambda: times.pop(0) if len(times) > 1 else times[0])
    return times


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with open_catalog(tmp_path, mode="create", crosswalks=PLAIN) as opened:
        yield opened


def receive(catalog: Catalog, *titles: str, deleted: bool = False) -> None:
    raws = [raw_of(title[0], Record(title=title), deleted=deleted) for title in titles]
    catalog.receive(raws, source="test", kind="test", location="test:")


def test_a_clock_set_back_dates_no_change_before_an_earlier_one(catalog: Catalog, clock: list[str]) -> None:
    receive(catalog, "a")
    clock[:] = ["2026-01-01T11:00:00Z"]
    receive(catalog, "b", "a, changed")
    clock[:] = ["2026-01-01T13:00:00Z"]
    receive(catalog, "c")
    dates = [catalog.get(change.key).updated_at for change in catalog.changes()]
    assert dates == [f"2026-01-01T{hour}:00:00Z" for hour in (12, 12, 13)]


def test_what_did_not_change_keeps_its_date(catalog: Catalog, clock: list[str]) -> None:
    receive(catalog, "a", "b")
    clock[:] = ["2026-01-02T12:00:00Z"]
    receive(catalog, "a", "b, changed")
    a, b = catalog.get("test/a"), catalog.get("test/b")
    assert (a.added_at, a.updated_at) == ("2026-01-01T12:00:00Z", "2026-01-01T12:00:00Z")
    assert (b.added_at, b.updated_at) == ("2026-01-01T12:00:00Z", "2026-01-02T12:00:00Z")
    assert [past.at for past in catalog.revisions("test/b")] == [b.updated_at, b.added_at]


def test_a_change_is_dated_when_all_of_its_page_is_read(
    catalog: Catalog, clock: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = PLAIN.read

    def slow(raw: object) -> object:
        clock[:] = ["2026-01-01T12:00:05Z"]
        return read(raw)  # type: ignore[arg-type]  # what it is given is passed on

    monkeypatch.setattr(catalog, "_crosswalks", PLAIN._replace(read=slow))
    receive(catalog, "a")
    assert catalog.get("test/a").updated_at == "2026-01-01T12:00:05Z"
