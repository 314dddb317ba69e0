"""What becomes of raw records: kept, read, renewed, deleted, merged."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from catalog.errors import NotFound
from catalog.record import Place, RawRecord, Record, Rejection
from catalog.store import Catalog, Counts, open_catalog
from catalog.store.crosswalks import Crosswalks
from tests.catalog.store.canonical import contents
from tests.catalog.store.seen import DOAJ, keys, titles

Take = Callable[..., Counts]
Make = Callable[..., RawRecord]


def test_a_raw_record_is_kept_byte_for_byte_and_read(catalog: Catalog, take: Take, raw: Make) -> None:
    sent = raw(
        "1",
        payload=b'{"title": "Peer support"}  ',
        envelope=b"<e>",
        place=Place(ordinal=7, offset=99, file="f"),
    )
    assert take(sent) == Counts(received=1, new=1)
    (held,) = catalog.raws("loc/1")
    assert held.raw == sent
    assert (held.source, held.shown, held.versions, held.crosswalk) == ("loc", True, 1, "rich@1")
    stored = catalog.get("loc/1")
    assert (stored.record.title, stored.sources, stored.revision) == ("Peer support", ("loc",), 1)


def test_a_place_keeps_its_source_and_no_two_places_share_one(catalog: Catalog) -> None:
    def name_at(place: str, name: str = "export") -> str:
        return catalog.source_at(name, kind="file", location=place)

    assert [name_at(place) for place in ("/a", "/b", "/a", "/c", "/b")] == [
        "export",
        "export-2",
        "export",
        "export-3",
        "export-2",
    ]
    longest = "x" * 64
    assert [name_at(place, longest) for place in ("/a", "/b")] == [longest, "x" * 62 + "-2"]
    assert catalog.harvests() == [], "naming a source is no run of it"


def test_the_same_file_again_changes_nothing(take: Take, raw: Make, folder: Path) -> None:
    raws = [raw("1", title="A"), raw("2", title="B"), raw("3", payload=b"broken")]
    take(*raws)
    before = contents(folder)
    assert take(*raws) == Counts(received=3, unchanged=2, rejected=1)
    assert contents(folder) == before


def test_what_cannot_be_read_is_a_rejection_with_its_bytes_and_place(
    catalog: Catalog, take: Take, raw: Make
) -> None:
    assert take(raw("1", payload=b"\xff\x00", place=Place(ordinal=3, offset=40))) == Counts(1, rejected=1)
    (rejected,) = catalog.rejections()
    assert (rejected.identifier, rejected.ordinal, rejected.offset, rejected.size) == ("1", 3, 40, 2)
    assert rejected.reason.startswith("unreadable")
    assert rejected.file == "loc.mrc"
    assert catalog.payload(rejected.raw_id) == b"\xff\x00"
    assert keys(catalog) == []
    assert list(catalog.rejections("loc")) == [rejected]
    assert list(catalog.rejections("other")) == []


def test_what_the_reader_gave_up_is_a_rejection(catalog: Catalog, take: Take, raw: Make) -> None:
    take(raw("1", title="Cut", fault="ended early"))
    assert [rejected.reason for rejected in catalog.rejections()] == ["ended early"]


def test_a_reader_that_has_learnt_to_read_the_same_bytes_is_heard(
    catalog: Catalog, take: Take, raw: Make
) -> None:
    take(raw("1", title="Cut", fault="ended early"))
    assert take(raw("1", title="Cut")) == Counts(received=1, unchanged=1)
    assert titles(catalog) == ["Cut"]
    assert list(catalog.rejections()) == []


def test_a_crosswalk_that_fails_costs_one_record(folder: Path, raw: Make, importing: SimpleNamespace) -> None:
    def read(sent: RawRecord) -> Record | Rejection:
        if sent.identifier == "2":
            raise KeyError("245")
        reading: Record | Rejection = importing.read(sent)
        return reading

    raws = [raw(number, title="A") for number in "123"]
    failing = importing.CROSSWALKS._replace(read=read)
    with open_catalog(folder, mode="create", crosswalks=failing) as catalog:
        assert catalog.receive(raws, source="loc", kind="file", location="f").counts == Counts(
            3, new=2, rejected=1
        )
        assert [r.reason for r in catalog.rejections()] == ["the crosswalk failed: KeyError: '245'"]
    with open_catalog(folder, mode="write", crosswalks=importing.CROSSWALKS) as mended:
        assert mended.normalise() == (1, 0)
        assert keys(mended) == ["loc/1", "loc/3", "loc/2"]


def test_half_a_surrogate_pair_is_a_rejection(catalog: Catalog, take: Take, raw: Make) -> None:
    assert take(raw("1", payload=rb'{"title": "\ud83d"}')).rejected == 1
    assert [rejected.reason for rejected in catalog.rejections()] == [
        "holds what is no character: surrogates not allowed"
    ]


def test_other_bytes_under_one_identifier_in_a_later_run_are_a_new_version(
    catalog: Catalog, take: Take, raw: Make
) -> None:
    take(raw("1", title="Old", doi="10.1/old"))
    assert take(raw("1", title="New", doi="10.1/new")) == Counts(received=1, changed=1)
    assert titles(catalog) == ["New"]
    assert catalog.raws("loc/1")[0].versions == 2
    revisions = catalog.revisions("loc/1")
    assert [(r.revision, r.record.title, r.harvest) for r in revisions] == [(2, "New", 2), (1, "Old", 1)]
    assert catalog.get("10.1/new").key == "loc/1"
    with pytest.raises(NotFound):
        catalog.get("10.1/old")


def test_a_file_may_give_several_records_one_identifier(catalog: Catalog, take: Take, raw: Make) -> None:
    raws = [raw("1", title="A"), raw("1", title="B"), raw("1", title="A"), raw("1", title="C")]
    assert take(*raws) == Counts(received=4, new=3, repeated=1)
    assert keys(catalog) == ["loc/1", "loc/1~~2", "loc/1~~3"]
    assert take(*raws) == Counts(received=4, unchanged=3, repeated=1)
    assert take(*reversed(raws)) == Counts(received=4, unchanged=3, repeated=1)
    assert titles(catalog) == ["A", "B", "C"]


def test_of_several_records_with_one_identifier_the_one_that_changed_is_renewed(
    catalog: Catalog, take: Take, raw: Make
) -> None:
    take(raw("1", title="A"), raw("1", title="B"))
    assert take(raw("1", title="B"), raw("1", title="A, second edition")).changed == 1
    assert titles(catalog) == ["A, second edition", "B"]


def test_an_unreadable_new_version_leaves_the_last_good_reading(
    catalog: Catalog, take: Take, raw: Make
) -> None:
    take(raw("1", title="Good"))
    assert take(raw("1", payload=b"broken")) == Counts(received=1, rejected=1)
    stored = catalog.get("loc/1")
    assert (stored.record.title, stored.deleted, stored.revision) == ("Good", False, 1)
    assert len(list(catalog.rejections())) == 1


class TestChangedKey:
    def test_citation_key_and_old_key_lead_to_the_new_record(
        self, catalog: Catalog, take: Take, raw: Make
    ) -> None:
        take(raw("1", title="Same", family="Ng"))
        take(raw("1", title="Same", family="Ng", doaj=DOAJ))
        assert keys(catalog) == [f"doaj/{DOAJ}"]
        assert catalog.get("ng2020same").key == f"doaj/{DOAJ}"
        assert catalog.get("loc/1").key == f"doaj/{DOAJ}"
        assert [(c.key, c.record is None) for c in catalog.changes(1)] == [
            ("loc/1", True),
            (f"doaj/{DOAJ}", False),
        ]

    def test_citation_keys_of_both_lead_to_a_record_there_was(
        self, catalog: Catalog, take: Take, raw: Make
    ) -> None:
        take(raw("1", title="Same", family="Ng"), raw("2", title="There", family="Ng", doaj=DOAJ))
        take(raw("1", "rich", title="Same", family="Ng", doaj=DOAJ))
        assert catalog.get("ng2020same").key == catalog.get("ng2020there").key == f"doaj/{DOAJ}"

    def test_a_record_that_gets_its_raw_record_back_is_there_again(
        self, catalog: Catalog, take: Take, raw: Make
    ) -> None:
        for title, doaj in (("One", {}), ("Two", {"doaj": DOAJ}), ("Three", {})):
            take(raw("1", title=title, family="Ng", **doaj))
        stored = catalog.get("loc/1")
        assert (stored.key, stored.deleted, stored.record.title) == ("loc/1", False, "Three")
        assert stored.citation_key == "ng2020three"
        assert catalog.get("ng2020one").key == "loc/1"


class TestCitationKeys:
    def test_are_given_once_and_kept(self, catalog: Catalog, take: Take, raw: Make) -> None:
        take(raw("1", title="Peer support", family="Ng", year=2020))
        take(raw("1", title="Other words", family="Ngata", year=2021))
        assert catalog.get("loc/1").citation_key == "ng2020peer"

    def test_are_unique_over_the_whole_store(self, catalog: Catalog, take: Take, raw: Make) -> None:
        take(*(raw(str(n), title="Peer", family="Ng", nr=n) for n in range(30)))
        take(raw("1", title="Peer", family="NG"), source="other")
        given = [stored.citation_key for stored in catalog.live()]
        assert given[:3] == ["ng2020peer", "ng2020peera", "ng2020peerb"]
        assert given[26:29] == ["ng2020peerz", "ng2020peeraa", "ng2020peerab"]
        assert len(set(given)) == len(given) == 31


def test_a_page_is_taken_in_whole_or_not_at_all(
    catalog: Catalog, raw: Make, folder: Path, importing: SimpleNamespace
) -> None:
    harvest = catalog.begin("loc", kind="file", location="f", request={})
    catalog.page(harvest, [raw("1", title="A")])
    before = contents(folder)

    def read(sent: RawRecord) -> Record | Rejection:
        if sent.identifier == "3":
            raise KeyboardInterrupt
        reading: Record | Rejection = importing.read(sent)
        return reading

    with open_catalog(
        folder, mode="write", crosswalks=importing.CROSSWALKS._replace(read=read)
    ) as interrupted:
        with pytest.raises(KeyboardInterrupt):
            interrupted.page(harvest, [raw("2", title="B"), raw("3", title="C")])
        assert contents(folder) == before
        assert catalog.page(harvest, [raw("2", title="B"), raw("3", title="C")]).new == 2


class TestNewCrosswalk:
    @pytest.fixture
    def better(self, importing: SimpleNamespace) -> Crosswalks:
        def read(sent: RawRecord) -> Record | Rejection:
            record: Record | Rejection = importing.read(sent)
            if isinstance(record, Rejection):
                return record
            return Record(title=(record.title or "").upper(), identifiers=record.identifiers)

        return Crosswalks(read, {"rich": 2, "poor": 1}, importing.CROSSWALKS.richness)

    def test_reads_again_what_the_older_one_read(
        self, take: Take, raw: Make, folder: Path, better: Crosswalks
    ) -> None:
        take(raw("1", title="a", family="Ng"), raw("2", "poor", title="b"), raw("3", payload=b"broken"))
        with open_catalog(folder, mode="write", crosswalks=better) as renewed:
            heard: list[int] = []
            assert renewed.normalise(heard.append) == (2, 1)
            assert heard == [2]
            assert titles(renewed) == ["A", "b"]
            assert renewed.get("loc/1").citation_key == "ng2020a"
            assert [r.crosswalk for r in renewed.revisions("loc/1")] == ["rich@2", "rich@1"]
            assert renewed.normalise() == (1, 1), "only what could not be read is tried once more"

    def test_reads_again_what_comes_again_unchanged(
        self, take: Take, raw: Make, folder: Path, better: Crosswalks
    ) -> None:
        take(raw("1", title="a"))
        with open_catalog(folder, mode="write", crosswalks=better) as renewed:
            renewed.receive([raw("1", title="a")], source="loc", kind="file", location="loc.mrc")
            assert titles(renewed) == ["A"]

    def test_that_reads_the_same_makes_no_change(
        self, take: Take, raw: Make, folder: Path, importing: SimpleNamespace
    ) -> None:
        take(raw("1", title="a"))
        same = importing.CROSSWALKS._replace(versions={"rich": 2})
        with open_catalog(folder, mode="write", crosswalks=same) as renewed:
            assert renewed.normalise().reread == 1
            assert renewed.revision() == 1
            assert renewed.get("loc/1").crosswalk == "rich@2"
