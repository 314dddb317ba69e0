"""A version that cannot be read, or be had, beside the good one that is held."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from catalog.record import Place, RawRecord, Record, Rejection
from catalog.store import Catalog, Counts, open_catalog
from tests.catalog.store.canonical import contents
from tests.catalog.store.seen import DOAJ, keys, titles

Take = Callable[..., Counts]
Make = Callable[..., RawRecord]
LOST = "the server failed on it (500)"


def lost(raw: Make, datestamp: str | None, form: str = "rich") -> RawRecord:
    return raw("1", form, payload=b"", fault=LOST, datestamp=datestamp)


def reasons(catalog: Catalog) -> list[str]:
    return [rejected.reason for rejected in catalog.rejections()]


@pytest.mark.parametrize("datestamp", ["2024-01-01", "2024-02-01", None])
@pytest.mark.parametrize("held_at", ["2024-01-01", None])
def test_what_could_not_be_had_leaves_what_is_held(
    catalog: Catalog, take: Take, raw: Make, held_at: str | None, datestamp: str | None
) -> None:
    good = raw("1", title="Good", datestamp=held_at)
    take(good)
    for _ in range(2):
        assert take(lost(raw, datestamp)) == Counts(1, rejected=1)
        assert (titles(catalog), reasons(catalog)) == (["Good"], [LOST])
        assert catalog.revision() == 1
    (held,) = catalog.raws("loc/1")
    assert (held.raw.payload, held.raw.fault, held.shown, held.versions) == (good.payload, None, True, 2)
    assert held.rejection == LOST


def test_of_what_is_not_held_it_is_a_rejection_until_it_comes(
    catalog: Catalog, take: Take, raw: Make
) -> None:
    assert take(lost(raw, "2024-01-01")) == Counts(1, rejected=1)
    (rejected,) = catalog.rejections()
    assert (rejected.identifier, rejected.size, catalog.payload(rejected.raw_id)) == ("1", 0, b"")
    assert keys(catalog) == []
    assert take(raw("1", title="Here", datestamp="2024-01-01")) == Counts(1, changed=1)
    assert (titles(catalog), reasons(catalog)) == (["Here"], [])


def test_one_that_fails_in_another_format_leaves_the_good_one(
    catalog: Catalog, take: Take, raw: Make
) -> None:
    take(raw("1", "rich", title="Good", datestamp="2024-01-01"))
    take(lost(raw, "2024-02-01", "poor"))
    assert (titles(catalog), reasons(catalog)) == (["Good"], [LOST])


def test_nothing_at_all_is_no_second_record_of_a_run_without_datestamps(
    catalog: Catalog, take: Take, raw: Make
) -> None:
    assert take(raw("1", title="Good"), lost(raw, None)) == Counts(2, new=1, rejected=1)
    assert (keys(catalog), reasons(catalog)) == (["loc/1"], [LOST])
    assert take(lost(raw, None), raw("1", title="Good")) == Counts(2, rejected=1, repeated=1)
    assert (keys(catalog), reasons(catalog)) == (["loc/1"], [])


@pytest.mark.parametrize(
    ("then", "title", "left"),
    [
        ({"title": "Good", "datestamp": "2024-02-01"}, "Good", 0),
        ({"title": "Good", "datestamp": "2024-03-01"}, "Good", 0),
        ({"title": "Better", "datestamp": "2024-02-01"}, "Better", 0),
        ({"title": "Good", "datestamp": "2024-01-01"}, "Good", 1),
        ({"title": "Between", "datestamp": "2024-01-15"}, "Between", 1),
        ({"title": "Old", "datestamp": "2023-01-01"}, "Good", 1),
        ({"title": "Undated"}, "Undated", 0),
    ],
)
@pytest.mark.parametrize("broken", [b"broken", b""])
def test_it_is_forgiven_when_as_new_a_version_can_be_read(
    catalog: Catalog, take: Take, raw: Make, broken: bytes, then: dict[str, str], title: str, left: int
) -> None:
    take(raw("1", title="Good", datestamp="2024-01-01"))
    take(raw("1", payload=broken, datestamp="2024-02-01", place=Place(ordinal=7)))
    assert catalog.raws("loc/1")[0].raw.datestamp == "2024-01-01"
    assert [(r.ordinal, catalog.payload(r.raw_id)) for r in catalog.rejections()] == [(7, broken)]
    assert take(raw("1", **then)).rejected == 0
    assert (titles(catalog), len(reasons(catalog))) == ([title], left)


def test_a_deletion_outdoes_it(catalog: Catalog, take: Take, raw: Make) -> None:
    take(raw("1", title="Good", datestamp="2024-01-01"))
    take(raw("1", payload=b"broken", datestamp="2024-02-01"))
    take(raw("1", payload=b"x", deleted=True, datestamp="2024-03-01"))
    assert (keys(catalog), reasons(catalog)) == ([], [])


def test_what_was_deleted_and_comes_back_broken_stays_deleted(
    catalog: Catalog, take: Take, raw: Make
) -> None:
    take(raw("1", title="Good", datestamp="2024-01-01"))
    take(raw("1", payload=b"x", deleted=True, datestamp="2024-02-01"))
    assert take(raw("1", payload=b"broken", datestamp="2024-03-01")).rejected == 1
    assert (keys(catalog), len(reasons(catalog))) == ([], 1)


def test_the_same_page_again_changes_nothing(take: Take, raw: Make, folder: Path) -> None:
    page = [
        raw("1", title="Good", datestamp="2024-01-01"),
        raw("1", payload=b"broken", datestamp="2024-01-01"),
    ]
    assert take(*page) == Counts(2, new=1, rejected=1)
    before = contents(folder)
    assert take(*page) == Counts(2, unchanged=1, rejected=1)
    assert contents(folder) == before


class TestReadAgain:
    """By a crosswalk that writes titles in capitals, and reads what is broken too."""

    @pytest.fixture
    def better(self, folder: Path, catalog: Catalog, importing: SimpleNamespace) -> Catalog:
        def read(sent: RawRecord) -> Record | Rejection:
            record: Record | Rejection = importing.read(sent)
            if isinstance(record, Record):
                return Record(title=(record.title or "").upper(), identifiers=record.identifiers)
            return record if sent.fault else Record(title="MENDED")

        del catalog  # made by it
        crosswalks = importing.CROSSWALKS._replace(read=read, versions={"rich": 2})
        return open_catalog(folder, mode="write", crosswalks=crosswalks)

    def test_the_version_that_could_not_be_read_takes_its_place(
        self, take: Take, raw: Make, better: Catalog
    ) -> None:
        take(raw("1", title="Good", datestamp="2024-01-01"))
        take(raw("1", payload=b"broken", datestamp="2024-02-01"))
        with better:
            assert better.normalise() == (1, 0)
            assert (titles(better), reasons(better)) == (["MENDED"], [])
            (held,) = better.raws("loc/1")
            assert (held.raw.payload, held.raw.datestamp, held.versions) == (b"broken", "2024-02-01", 2)

    def test_the_good_one_is_read_where_the_reader_gave_up_the_other(
        self, take: Take, raw: Make, better: Catalog
    ) -> None:
        take(raw("1", title="Good", doaj=DOAJ, datestamp="2024-01-01"))
        take(lost(raw, "2024-02-01"))
        with better:
            assert better.normalise() == (1, 1)
            assert (titles(better), reasons(better)) == (["GOOD"], [LOST])
            take_again = better.receive(
                [raw("1", title="Good", doaj=DOAJ, datestamp="2024-02-01")],
                source="loc",
                kind="file",
                location="loc.mrc",
            )
            assert take_again.counts == Counts(1, unchanged=1)
            assert reasons(better) == []
