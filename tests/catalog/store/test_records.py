"""Reading back: by any name, in any order, in order of change, and counted."""

from collections.abc import Callable

import pytest

from catalog.errors import NotFound
from catalog.record import RawRecord
from catalog.store import Catalog, Counts

Take = Callable[..., Counts]
Make = Callable[..., RawRecord]
DOAJ = "0000178c89214dc8b82df1a25c0c478e"


@pytest.fixture
def filled(catalog: Catalog, take: Take, raw: Make) -> Catalog:
    take(
        raw("A1", title="Peer support", family="Mirbahaeddin", year=2024, doi="10.1186/s12913-024-10943-y"),
        raw("a2", title="Peer support", family="Mirbahaeddin", year=2024, doi="10.1000/shared"),
        raw("cs/1", title="Other", family="Ng", doi="10.1000/shared"),
        raw("4", title="Nothing", doaj=DOAJ),
    )
    return catalog


@pytest.mark.parametrize(
    "name",
    [
        "loc/A1",
        "loc/a1",
        "LOC/A1",
        "  loc/A1\n",
        "mirbahaeddin2024peer",
        "Mirbahaeddin2024Peer",
        "10.1186/s12913-024-10943-y",
        "10.1186/S12913-024-10943-Y",
        "doi:10.1186/s12913-024-10943-y",
        "DOI: 10.1186/s12913-024-10943-y",
        "https://doi.org/10.1186/s12913-024-10943-y",
        "http://dx.doi.org/10.1186/S12913-024-10943-Y",
    ],
)
def test_a_record_answers_to_all_its_names(filled: Catalog, name: str) -> None:
    assert filled.get(name).key == "loc/A1"


def test_a_key_in_other_letters_must_be_the_only_one(catalog: Catalog, take: Take, raw: Make) -> None:
    take(raw("Ab", title="A"), raw("aB", title="B"))
    assert catalog.get("loc/aB").record.title == "B"
    with pytest.raises(NotFound):
        catalog.get("loc/AB")


@pytest.mark.parametrize("name", [DOAJ, f"doaj:{DOAJ}", f"doaj/{DOAJ}", DOAJ.upper()])
def test_any_scheme_of_identifier_serves(filled: Catalog, name: str) -> None:
    assert filled.get(name).record.title == "Nothing"


def test_an_identifier_of_several_records_names_them(filled: Catalog) -> None:
    with pytest.raises(NotFound, match="2 records have the identifier") as several:
        filled.get("10.1000/shared")
    assert several.value.hint == "for instance loc/a2, loc/cs~2F1"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("mirbahaeddin2024pear", "did you mean mirbahaeddin2024peer or mirbahaeddin2024peera?"),
        ("loc/cs~2f2", "did you mean loc/cs~2F1?"),
        ("zebra", None),
        ("", None),
        ("/", None),
        ("10.9999/none", None),
        ("' OR 1=1 --", None),
    ],
)
def test_what_is_not_there_brings_what_is_near(filled: Catalog, name: str, hint: str | None) -> None:
    with pytest.raises(NotFound) as missing:
        filled.get(name)
    assert missing.value.hint == hint


def test_many_come_in_the_order_asked_without_the_missing(catalog: Catalog, take: Take, raw: Make) -> None:
    take(*(raw(str(number), title=f"T{number}") for number in range(1200)))
    asked = [f"loc/{number}" for number in range(1199, -1, -1)]
    assert [stored.key for stored in catalog.many([*asked, "loc/x", "loc/5"])] == [*asked, "loc/5"]
    assert list(catalog.many([])) == []


def test_changes_are_in_order_and_can_be_cut(filled: Catalog) -> None:
    assert [change.revision for change in filled.changes()] == [1, 2, 3, 4]
    assert [change.revision for change in filled.changes(1, 2)] == [2, 3]
    assert list(filled.changes(filled.revision())) == []
    change = next(filled.changes())
    assert change.record is not None
    assert (change.key, change.citation_key, change.record.title) == (
        "loc/A1",
        "mirbahaeddin2024peer",
        "Peer support",
    )
    assert change.added_at == filled.get("loc/A1").added_at


def test_counts(filled: Catalog, take: Take, raw: Make) -> None:
    take(raw("x", payload=b"broken"), raw("4", title="Nothing", doaj=DOAJ), source="other")
    take(raw("4", payload=b"gone", deleted=True))
    take(raw("cs/1", payload=b"gone", deleted=True))
    found = filled.stats()
    assert (found.records, found.deleted, found.raws, found.rejections) == (3, 1, 6, 1)
    assert found.by_type == {"document": 3}
    assert found.by_source == {"loc": 2, "other": 1}
    assert found.by_year == {2024: 2, 2020: 1}
    assert found.by_language == {}
    assert (found.having["doi"], found.having["author"], found.having["abstract"]) == (2, 2, 0)


def test_what_is_not_there_is_said(filled: Catalog) -> None:
    with pytest.raises(NotFound, match="no raw record 99"):
        filled.payload(99)
    with pytest.raises(NotFound, match="no harvest 99"):
        filled.page(99, [])
    assert filled.raws("loc/none") == []
    assert filled.revisions("loc/none") == []
    assert filled.unfinished("none", {}) is None
    with pytest.raises(NotFound, match="no harvest 99"):
        filled.harvest(99)
