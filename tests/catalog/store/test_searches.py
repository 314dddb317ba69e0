"""Searches kept under a name: their runs, what came since, and the records as they were then."""

from pathlib import Path

import pytest

from catalog.errors import NotFound, UsageFault
from catalog.record import RawRecord
from catalog.store import Catalog, Search, SearchLine, SearchRun, open_catalog

LINES = (SearchLine(1, "peer support", "peer AND support", 2, (("peer", 3), ("support", 2))),)


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    with open_catalog(tmp_path / "catalogue", mode="create") as made:
        put(made, a="First", b="Second", c="Third")
        yield made


def put(catalog: Catalog, **titles: str) -> None:
    raws = [
        RawRecord(
            identifier=name,
            format="oai_dc",
            payload=(
                '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
                f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></oai_dc:dc>'
            ).encode(),
            deleted=title == "",
        )
        for name, title in titles.items()
    ]
    catalog.receive(raws, source="s", kind="oai-pmh", location="x", request={"n": str(catalog.revision())})


def ran(catalog: Catalog, search: Search, *names: str) -> SearchRun:
    return catalog.searches.add_run(
        search,
        revision=catalog.revision(),
        program="peerlit 1",
        understood="peer AND support",
        lines=LINES,
        keys=[f"s/{name}" for name in names],
    )


def test_a_search_is_kept_as_typed_and_found_in_any_case(catalog: Catalog) -> None:
    saved = catalog.searches.save(" Peer  support ", "query", "peer\nsupport", "pubmed")
    assert saved == catalog.searches.get("PEER support")
    assert (saved.name, saved.text, saved.dialect, saved.runs, saved.last_run) == (
        "Peer support",
        "peer\nsupport",
        "pubmed",
        0,
        None,
    )
    assert catalog.searches.save("peer support", "query", "peer\nsupport", "pubmed") == saved


def test_another_text_takes_the_name_only_when_told(catalog: Catalog) -> None:
    first = catalog.searches.save("x", "query", "one")
    run = ran(catalog, first, "a")
    with pytest.raises(UsageFault, match="another search is saved as 'x'"):
        catalog.searches.save("X", "question", "two")
    second = catalog.searches.save("X", "question", "two", replace=True)
    assert (second.name, second.form, second.text, second.runs) == ("x", "question", "two", 1)
    assert catalog.searches.run(run.id).text == "one"


@pytest.mark.parametrize("name", ["", "  ", "12", "a\x07b", "x" * 201])
def test_names_that_could_not_be_listed_are_refused(catalog: Catalog, name: str) -> None:
    with pytest.raises(UsageFault, match="cannot be the name of a search"):
        catalog.searches.save(name, "query", "x")


def test_a_name_nobody_gave_is_told_with_what_is_near(catalog: Catalog) -> None:
    catalog.searches.save("recovery", "query", "x")
    with pytest.raises(NotFound) as told:
        catalog.searches.get("recovry")
    assert told.value.hint == "did you mean recovery?"
    with pytest.raises(NotFound, match="no run 7"):
        catalog.searches.run(7)


def test_runs_keep_what_they_found_and_differ(catalog: Catalog) -> None:
    search = catalog.searches.save("x", "query", "one")
    first, second = ran(catalog, search, "b", "a", "a", "unknown"), ran(catalog, search, "b", "c")
    assert (first.lines, first.total) == (LINES, 2)
    assert catalog.searches.keys(first.id) == ["s/a", "s/b"]
    assert [run.id for run in catalog.searches.runs("X")] == [second.id, first.id]
    assert [run.id for run in catalog.searches.runs()] == [second.id, first.id]
    assert catalog.searches.difference(first.id, second.id) == (("s/c",), ("s/a",))
    assert [(s.runs, s.last_run) for s in catalog.searches.every()] == [(2, second.id)]


def test_records_are_told_as_they_were(catalog: Catalog) -> None:
    then = catalog.revision()
    put(catalog, a="First, changed", b="", d="Fourth")
    put(catalog, a="First, changed again")

    def titles(revision: int) -> dict[str, str | None]:
        return {change.key: change.record and change.record.title for change in catalog.as_of(revision)}

    assert titles(then) == {"s/a": "First", "s/b": "Second", "s/c": "Third"}
    assert titles(0) == {}
    assert titles(catalog.revision()) == {"s/a": "First, changed again", "s/c": "Third", "s/d": "Fourth"}
    assert titles(catalog.revision() - 1)["s/a"] == "First, changed"
    assert [change.key for change in catalog.as_of(then, ["s/b", "s/none"])] == ["s/b"]
    assert [change.revision for change in catalog.as_of(then)] == [1, 2, 3]
