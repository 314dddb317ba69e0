"""Catching up with the catalogue: in batches, from anywhere, to the same index."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import StoreError
from catalog.record import Record
from catalog.store import Change
from index import open_engine
from index.engine import SearchEngine
from index.query.ast import All
from index.query.parser import parse
from index.sync import is_current, sync
from tests.index.oracle import Oracle


class Ledger:
    """As much of a catalogue as sync asks for."""

    def __init__(self) -> None:
        self.numbers = count(1)
        self.latest: dict[str, Change] = {}
        self.keys: dict[int, str] = {}

    def put(self, key: str, title: str | None) -> None:
        record = None if title is None else Record(title=title)
        number = next(self.numbers)
        self.keys[number] = key
        self.latest[key] = Change(key, f"cite-{key}", record, ("test",), number, "2026-01-01")

    def revision(self) -> int:
        return max((change.revision for change in self.latest.values()), default=0)

    def key_at(self, revision: int) -> str | None:
        return self.keys.get(revision)

    def changes(self, since: int = 0) -> Iterator[Change]:
        held = sorted(self.latest.values(), key=lambda change: change.revision)
        return (change for change in held if change.revision > since)


def keys(engine: SearchEngine, query: str) -> list[str]:
    return [hit.key for hit in engine.search(parse(query), limit=None, sort="title").hits]


@pytest.fixture
def ledger() -> Ledger:
    made = Ledger()
    for number in range(10):
        made.put(f"k{number}", f"peer support {number}")
    return made


def test_an_empty_catalogue_is_nothing_to_do(engine: SearchEngine) -> None:
    assert sync(Ledger(), engine) == 0  # type: ignore[arg-type]  # as much of a catalogue as is needed
    assert engine.revision() == 0


def test_changes_are_taken_once(engine: SearchEngine, ledger: Ledger) -> None:
    told: list[int] = []
    assert sync(ledger, engine, progress=told.append, batch=4) == 10  # type: ignore[arg-type]
    assert (told, engine.revision(), engine.count(All())) == ([4, 4, 2], 10, 10)
    assert sync(ledger, engine, progress=told.append) == 0  # type: ignore[arg-type]
    assert told == [4, 4, 2]


def test_updates_and_tombstones_arrive(engine: SearchEngine, ledger: Ledger) -> None:
    sync(ledger, engine)  # type: ignore[arg-type]
    ledger.put("k3", "women")
    ledger.put("k4", None)
    ledger.put("new", "peer")
    assert sync(ledger, engine, batch=2) == 3  # type: ignore[arg-type]
    assert keys(engine, "women") == ["k3"]
    assert "k4" not in keys(engine, "")
    assert engine.count(parse("id:new OR id:cite-k5 OR source:test")) == 10


def test_stopped_after_a_batch_the_next_goes_on_from_there(engine: SearchEngine, ledger: Ledger) -> None:
    def stop(_done: int) -> None:
        raise KeyboardInterrupt

    for done in (3, 6):
        with pytest.raises(KeyboardInterrupt):
            sync(ledger, engine, progress=stop, batch=3)  # type: ignore[arg-type]
        assert engine.revision() == engine.count(All()) == done
    assert sync(ledger, engine, batch=3) == 4  # type: ignore[arg-type]
    assert engine.count(parse("peer")) == 10


def test_an_index_ahead_of_its_catalogue_is_made_anew(engine: SearchEngine, ledger: Ledger) -> None:
    sync(ledger, engine)  # type: ignore[arg-type]
    restored = Ledger()
    restored.put("k0", "as it was")
    assert sync(restored, engine) == 1  # type: ignore[arg-type]
    assert keys(engine, "") == ["k0"]
    assert engine.revision() == 1


steps = st.lists(
    st.tuples(
        st.sampled_from("abcde"), st.sampled_from(["peer", "women", "peer women", None]), st.booleans()
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=15)
@given(steps=steps, batch=st.integers(1, 4))
def test_syncing_along_the_way_is_syncing_at_the_end(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str | None, bool]], batch: int
) -> None:
    often, once, ledger = open_engine(tmp_path_factory.mktemp("often"), write=True), Oracle(), Ledger()
    for key, title, now in steps:
        ledger.put(key, title)
        if now:
            sync(ledger, often, batch=batch)  # type: ignore[arg-type]
    sync(ledger, often, batch=batch)  # type: ignore[arg-type]
    sync(ledger, once)  # type: ignore[arg-type]
    for query in ("", "peer", "women", "peer women"):
        assert keys(often, query) == keys(once, query)
    assert often.revision() == once.revision()
    often.close()


def test_a_batch_that_cannot_be_read_does_not_lose_those_before(tmp_path: Path, ledger: Ledger) -> None:
    changes = ledger.changes

    def failing(since: int = 0) -> Iterator[Change]:
        for change in changes(since):
            if change.revision == 8:
                raise StoreError("the catalogue went away")
            yield change

    ledger.changes = failing  # type: ignore[method-assign]
    engine = open_engine(tmp_path, write=True)
    with pytest.raises(StoreError, match="went away"):
        sync(ledger, engine, batch=3)  # type: ignore[arg-type]
    assert engine.revision() == engine.count(All()) == 6
    engine.close()


def test_the_index_of_another_catalogue_is_made_anew(engine: SearchEngine, ledger: Ledger) -> None:
    """Somebody replaces the catalogue by one with as many revisions, and leaves the index beside it."""
    sync(ledger, engine)  # type: ignore[arg-type]
    other = Ledger()
    for number in range(10):
        other.put(f"other{number}", "women")
    assert is_current(ledger, engine)  # type: ignore[arg-type]
    assert not is_current(other, engine)  # type: ignore[arg-type]
    assert sync(other, engine) == 10  # type: ignore[arg-type]
    assert (engine.count(parse("peer")), engine.count(parse("women"))) == (0, 10)
    assert is_current(other, engine)  # type: ignore[arg-type]
