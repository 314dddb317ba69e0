"""Walking a result by positions: what comes twice hides what did not come."""

from catalog.record import RawRecord
from harvester.positions import Batch, Mark, walk


def raw(number: int) -> RawRecord:
    return RawRecord(identifier=str(number), format="marcxml", payload=b"<record>%d</record>" % number)


def walked(pages: list[list[int]]) -> tuple[int, list[tuple[str, int]]]:
    """Walk pages of two; return how many records came and what was missing."""
    total = sum(map(len, pages))

    def ask(first: int, size: int) -> Batch:
        return Batch([raw(number) for number in pages[(first - 1) // size]], total)

    came = list(walk(ask, Mark(), 2))
    assert came[-1].resume is None
    told = [(remark.kind, remark.missing) for page in came for remark in page.remarks]
    return sum(len(page.raws) for page in came), told


def test_every_record_once() -> None:
    assert walked([[1, 2], [3, 4], [5, 6]]) == (6, [])


def test_an_order_that_changes_between_pages_passes_records_over() -> None:
    assert walked([[1, 2], [3, 4], [1, 6]]) == (6, [("short", 1)])


def test_equal_records_on_one_page_are_two() -> None:
    assert walked([[1, 1], [3, 4]]) == (4, [])
