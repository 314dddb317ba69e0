"""Several raw records of one thing: newer ones, deletions, other formats."""

from collections.abc import Callable

from catalog.record import RawRecord
from catalog.store import Catalog, Counts
from tests.catalog.store.seen import DOAJ, keys, titles

Take = Callable[..., Counts]
Make = Callable[..., RawRecord]


class TestDatestamps:
    def test_the_newest_wins_in_whatever_order_they_come(
        self, catalog: Catalog, take: Take, raw: Make
    ) -> None:
        old = raw("1", title="Old", datestamp="2024-01-01")
        new = raw("1", title="New", datestamp="2024-02-01")
        assert take(new) == Counts(received=1, new=1)
        assert take(old) == Counts(received=1, outdated=1)
        assert titles(catalog) == ["New"]
        assert catalog.raws("loc/1")[0].versions == 2, "the older bytes are kept too"
        assert take(old) == Counts(received=1, outdated=1)
        assert catalog.raws("loc/1")[0].versions == 2

    def test_the_same_identifier_twice_in_one_run_is_an_update(
        self, catalog: Catalog, take: Take, raw: Make
    ) -> None:
        counts = take(
            raw("1", title="Old", datestamp="2024-01-01"), raw("1", title="New", datestamp="2024-02-01")
        )
        assert counts == Counts(received=2, new=1, changed=1)
        assert keys(catalog) == ["loc/1"]
        assert titles(catalog) == ["New"]

    def test_with_one_datestamp_the_later_to_come_wins(self, catalog: Catalog, take: Take, raw: Make) -> None:
        first, second = (raw("1", title=title, datestamp="2024-01-01") for title in ("A", "B"))
        take(first)
        take(second)
        assert titles(catalog) == ["B"]
        take(first)
        assert titles(catalog) == ["B"]

    def test_the_same_bytes_with_a_newer_datestamp_are_no_change(
        self, catalog: Catalog, take: Take, raw: Make
    ) -> None:
        take(raw("1", title="A", datestamp="2024-01-01"))
        assert take(raw("1", title="A", datestamp="2024-02-01", sets=("s",))) == Counts(1, unchanged=1)
        (held,) = catalog.raws("loc/1")
        assert (held.raw.datestamp, held.raw.sets, held.versions) == ("2024-02-01", ("s",), 1)
        assert catalog.revision() == 1


class TestDeletion:
    def test_leaves_a_tombstone(self, catalog: Catalog, take: Take, raw: Make) -> None:
        take(raw("1", title="A", family="Ng", datestamp="2024-01-01", doi="10.1/a"))
        assert take(raw("1", payload=b"<header/>", deleted=True, datestamp="2024-02-01")) == Counts(
            1, deleted=1
        )
        assert keys(catalog) == []
        (change,) = catalog.changes(1)
        assert (change.key, change.record, change.revision) == ("loc/1", None, 2)
        stored = catalog.get("loc/1")
        assert (stored.deleted, stored.record.title, stored.sources) == (True, "A", ())
        assert [r.deleted for r in catalog.revisions("loc/1")] == [True, False]

    def test_deletes_the_item_in_all_formats(self, catalog: Catalog, take: Take, raw: Make) -> None:
        take(raw("1", "rich", title="A", datestamp="2024-01-01"))
        take(raw("1", "poor", title="a", datestamp="2024-01-01"))
        take(raw("1", "poor", payload=b"x", deleted=True, datestamp="2024-02-01"))
        assert keys(catalog) == []

    def test_is_outlived_by_a_newer_record(self, catalog: Catalog, take: Take, raw: Make) -> None:
        take(raw("1", "rich", title="A", datestamp="2024-03-01"))
        take(raw("1", "poor", payload=b"x", deleted=True, datestamp="2024-02-01"))
        assert titles(catalog) == ["A"]

    def test_holds_against_an_older_record_that_comes_later(
        self, catalog: Catalog, take: Take, raw: Make
    ) -> None:
        take(raw("1", "poor", payload=b"x", deleted=True, datestamp="2024-02-01"))
        take(raw("1", "rich", title="A", datestamp="2024-01-01"))
        assert keys(catalog) == []

    def test_can_be_undone_under_the_same_citation_key(self, catalog: Catalog, take: Take, raw: Make) -> None:
        take(raw("1", title="Back", family="Ng", datestamp="2024-01-01"))
        take(raw("1", payload=b"x", deleted=True, datestamp="2024-02-01"))
        take(raw("2", title="Back", family="Ng", datestamp="2024-02-01"))
        take(raw("1", title="Back", family="Ng", datestamp="2024-03-01"))
        assert {s.key: s.citation_key for s in catalog.live()} == {
            "loc/1": "ng2020back",
            "loc/2": "ng2020backa",
        }

    def test_of_what_was_never_held_is_remembered(self, catalog: Catalog, take: Take, raw: Make) -> None:
        assert take(raw("1", payload=b"x", deleted=True, datestamp="2024-02-01")) == Counts(1, deleted=1)
        assert catalog.stats().raws == 1
        assert catalog.revision() == 0

    def test_in_a_file_concerns_one_record(self, catalog: Catalog, take: Take, raw: Make) -> None:
        take(raw("1", title="A"), raw("2", title="B"))
        assert take(raw("1", payload=b"d", deleted=True)) == Counts(received=1, deleted=1)
        assert titles(catalog) == ["B"]
        assert take(raw("1", payload=b"d", deleted=True)) == Counts(received=1, unchanged=1)


class TestOneRecordOfSeveralRaws:
    def test_an_article_of_doaj_is_one_record_whatever_it_came_through(
        self, catalog: Catalog, take: Take, raw: Make
    ) -> None:
        take(raw("oai:1", "poor", title="poor", doaj=DOAJ), source="feed")
        take(raw("001", "rich", title="rich", doaj=DOAJ), source="library")
        assert keys(catalog) == [f"doaj/{DOAJ}"]
        stored = catalog.get(DOAJ)
        assert (stored.record.title, stored.sources) == ("rich", ("feed", "library"))
        assert [(held.source, held.shown) for held in catalog.raws(stored.key)] == [
            ("library", True),
            ("feed", False),
        ]

    def test_the_richest_format_is_shown_of_equal_datestamps(
        self, catalog: Catalog, take: Take, raw: Make
    ) -> None:
        take(raw("1", "rich", title="rich", datestamp="2024-01-01"))
        take(raw("1", "poor", title="poor", datestamp="2024-01-01"))
        assert titles(catalog) == ["rich"]
        take(raw("1", "poor", title="poor but new", datestamp="2024-02-01"))
        assert titles(catalog) == ["poor but new"]

    def test_a_further_source_is_a_change_for_the_index(
        self, catalog: Catalog, take: Take, raw: Make
    ) -> None:
        take(raw("a", title="same", doaj=DOAJ), source="one")
        take(raw("b", "poor", title="same", doaj=DOAJ), source="two")
        assert [(c.sources, c.revision) for c in catalog.changes(1)] == [(("one", "two"), 2)]

    def test_another_is_shown_when_the_shown_one_goes(self, catalog: Catalog, take: Take, raw: Make) -> None:
        take(raw("a", title="rich", doaj=DOAJ), source="one")
        take(raw("b", "poor", title="poor", doaj=DOAJ), source="two")
        take(raw("a", payload=b"x", deleted=True), source="one")
        stored = catalog.get(f"doaj/{DOAJ}")
        assert (stored.record.title, stored.sources, stored.deleted) == ("poor", ("two",), False)

    def test_a_broken_version_does_not_hide_the_good_one_behind_a_poorer(
        self, catalog: Catalog, take: Take, raw: Make
    ) -> None:
        take(raw("a", title="rich", doaj=DOAJ), source="one")
        take(raw("b", "poor", title="poor", doaj=DOAJ), source="two")
        take(raw("a", payload=b"broken"), source="one")
        take(raw("b", "poor", title="poorer", doaj=DOAJ), source="two")
        assert titles(catalog) == ["rich"]
