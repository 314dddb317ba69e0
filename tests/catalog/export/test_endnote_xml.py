"""EndNote XML as an XML parser reads it."""

from functools import partial
from pathlib import Path

from hypothesis import given, settings
from lxml import etree

from catalog.export import Entry
from catalog.export.facts import inverted, page_range
from catalog.export.plain import clean
from catalog.record import Record
from tests.catalog.export.any_record import entries
from tests.catalog.export.torture import OTHER_SCRIPTS, SEED, TORTURE, article, body, exported

GOLDEN = Path(__file__).resolve().parents[2] / "data" / "references" / "torture.endnote.xml"
ALL = [*TORTURE, *OTHER_SCRIPTS]
out = partial(exported, "endnote-xml")


def read(*entries: Entry, **options: object) -> list[etree._Element]:
    return list(etree.fromstring(out(*entries, **options).encode()).iterfind("records/record"))


def texts(record: etree._Element, path: str) -> list[str]:
    return ["".join(found.itertext()) for found in record.iterfind(path)]


def of(record: Record, path: str, **options: object) -> list[str]:
    return texts(read(Entry("k", "k", record), **options)[0], path)


def test_the_file_is_what_it_was() -> None:
    assert out(*ALL) == GOLDEN.read_bytes().decode()


def test_a_parser_reads_the_same() -> None:
    found = read(*ALL)
    assert [texts(each, "label") for each in found] == [[entry.citation_key] for entry in ALL]
    for entry, each in zip(ALL, found, strict=True):
        record = entry.record
        authors = [c for c in record.contributors if c.role in ("author", "director")]
        assert [name.removesuffix(",") for name in texts(each, "contributors/authors/author")] == [
            clean(inverted(author)) for author in authors
        ]
        assert texts(each, "titles/title") == ([clean(record.title)] if record.title else [])
        assert texts(each, "dates/year") == ([str(record.issued.year)] if record.issued else [])
        doi = record.identifier("doi")
        assert texts(each, "electronic-resource-num") == ([doi] if doi else [])
        pages = page_range(record)
        assert texts(each, "pages") in ([clean(pages)] if pages else [], ["340"])
    seed = found[0]
    assert (texts(seed, "volume"), texts(seed, "number")) == (["24"], ["1"])
    assert texts(seed, "periodical/full-title") == ["BMC Health Services Research"]


@given(entries)
@settings(deadline=None, max_examples=20)
def test_every_record_is_one_record(found: list[Entry]) -> None:
    records = read(*found)
    assert [texts(each, "label") for each in records] == [[entry.citation_key] for entry in found]
    assert all(each.findtext("ref-type", "").isdecimal() for each in records)


def test_a_body_s_name_ends_in_a_comma() -> None:
    record = article("T", body("World Bank"), body("Towns, Villages and Parishes"), "Anna Roe")
    assert of(record, "contributors/authors/author") == [
        "World Bank,",
        "Towns, Villages and Parishes",
        "Anna Roe",
    ]


def test_the_editors_of_a_book_are_not_its_series() -> None:
    book = next(entry.record for entry in TORTURE if entry.citation_key == "book")
    assert of(book, "contributors/tertiary-authors/author") == ["Riessman, Frank"]
    assert of(book, "number") == ["12"]


def test_month_and_day_stand_beside_the_year() -> None:
    day = next(entry.record for entry in TORTURE if entry.citation_key == "day")
    assert of(day, "dates/pub-dates/date") == ["Dec 31"]
    assert of(SEED.record, "dates/pub-dates/date") == ["Apr"]


def test_the_batch_is_a_keyword_or_a_note() -> None:
    assert of(article(), "keywords/keyword", batch="June") == ["June"]
    assert of(article(), "notes", batch="June", batch_as="note") == ["June"]


def test_what_is_not_wanted_is_left_out() -> None:
    assert of(SEED.record, "abstract", abstract=False) == []
    assert of(SEED.record, "urls", url="never") == []
