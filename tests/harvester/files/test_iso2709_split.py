"""Where one MARC record ends and the next begins."""

import pytest

from catalog.errors import IncompleteSource
from catalog.record import Place
from harvester.files.window import LONGEST, TOO_LONG
from tests.harvester.files.reading import raws, reading
from tests.marc_bytes import GATSBY, marc_bytes, numbered

ONE, TWO, THREE = numbered(3)


def identifiers(data: bytes) -> list[str]:
    return [raw.identifier for raw in raws(data) if raw.fault is None]


def test_payloads_are_what_the_file_holds() -> None:
    found = raws(ONE + TWO)
    assert [raw.payload for raw in found] == [ONE, TWO]
    assert [raw.place for raw in found] == [Place(ordinal=1, offset=0), Place(ordinal=2, offset=len(ONE))]
    assert {raw.format for raw in found} == {"marc21"}


@pytest.mark.parametrize(
    "between",
    [b"\n", b"\r\n", b"\x00\x00", b"\x1a", b"  \n\n", b"\n\x00\r\n "],
    ids=["newline", "crlf", "nul", "ctrl-z", "blank lines", "mixed"],
)
def test_blanks_between_records_are_passed_over(between: bytes) -> None:
    found = raws(between + ONE + between + TWO + between)
    assert [raw.payload for raw in found] == [ONE, TWO]
    assert found[1].place == Place(ordinal=2, offset=len(between) * 2 + len(ONE))


def test_a_byte_order_mark_is_no_part_of_the_record() -> None:
    assert [raw.payload for raw in raws(b"\xef\xbb\xbf" + ONE)] == [ONE]


def test_the_last_record_needs_no_terminator() -> None:
    assert [raw.payload for raw in raws(ONE + TWO[:-1])] == [ONE, TWO[:-1]]


@pytest.mark.parametrize("length", [b"00010", b"99999", b"00000", b"X1234", b"     "])
def test_a_wrong_length_costs_nothing(length: bytes) -> None:
    assert identifiers(ONE + length + TWO[5:] + THREE) == ["n1", "n2", "n3"]


def test_text_before_the_first_leader_is_told() -> None:
    garbage, record = raws(b"<!-- exported 2024 -->" + ONE)
    assert (garbage.payload, garbage.fault) == (
        b"<!-- exported 2024 -->",
        "22 bytes before the leader are no MARC record",
    )
    assert (record.payload, record.place) == (ONE, Place(ordinal=2, offset=22))


def test_a_lost_terminator_does_not_join_two_records() -> None:
    assert [raw.payload for raw in raws(ONE[:-1] + b"\n" + TWO)] == [ONE[:-1] + b"\n", TWO]


def test_a_terminator_inside_a_record_that_states_its_length() -> None:
    note = marc_bytes([*GATSBY, ("500", b"  \x1faone\x1dtwo")])
    assert [raw.payload for raw in raws(note + TWO)] == [note, TWO]


def test_a_stated_length_over_two_records_is_not_believed() -> None:
    both = b"%05d" % (len(ONE) + len(TWO)) + ONE[5:]
    assert [raw.payload for raw in raws(both + TWO)] == [both, TWO]


def test_the_separators_of_old_vufind_exports() -> None:
    def shown(record: bytes) -> bytes:
        return record.replace(b"\x1d", b"#29;").replace(b"\x1e", b"#30;").replace(b"\x1f", b"#31;")

    found = raws(shown(ONE) + b"\n" + shown(TWO))
    assert [(raw.identifier, raw.payload) for raw in found] == [("n1", shown(ONE)), ("n2", shown(TWO))]


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        pytest.param(marc_bytes([("001", b"  x 1 "), *GATSBY[1:]]), "x 1", id="blanks around"),
        pytest.param(marc_bytes([*GATSBY[1:], ("001", b"late")]), "late", id="not the first field"),
        pytest.param(ONE.replace(b"001000300000", b"001000399999"), "n1", id="address past the end"),
        pytest.param(ONE.replace(b"001000300000", b"0010003ABCDE"), "n1", id="address no number"),
        pytest.param(marc_bytes([("001", "é1".encode()), *GATSBY[1:]]), "é1", id="UTF-8"),
    ],
)
def test_the_identifier_is_the_control_number(record: bytes, expected: str) -> None:
    assert identifiers(record) == [expected]


def test_a_record_without_control_number_is_known_by_its_bytes() -> None:
    bare = marc_bytes(GATSBY[2:])
    (first,), (again,) = identifiers(bare), identifiers(bare)
    assert first == again
    assert first.startswith("sha256:")
    assert len(first) == len("sha256:") + 16


def test_a_record_without_end_is_handed_over_in_pieces() -> None:
    endless = marc_bytes()[:-1].replace(b"\x1e", b"\x1f") + b"x" * (3 * LONGEST)
    found = raws(ONE + endless + b"\x1d" + TWO)
    assert (found[0].payload, found[-1].payload) == (ONE, TWO)
    assert {raw.fault for raw in found[1:-1]} == {TOO_LONG}
    assert all(len(raw.payload) <= LONGEST for raw in found)
    assert b"".join(raw.payload for raw in found) == ONE + endless + b"\x1d" + TWO


def test_records_across_chunk_boundaries() -> None:
    records = numbered(3000)
    read = reading(b"".join(records))
    assert [raw.payload for raw in read] == records
    assert read.position == sum(map(len, records))


def test_a_last_record_that_is_cut_is_read_and_told() -> None:
    found: list[bytes] = []
    with pytest.raises(IncompleteSource, match=f"{len(TWO)} bytes only {len(TWO) - 10} are there"):
        found.extend(raw.payload for raw in reading(ONE + TWO[:-10]))
    assert found == [ONE, TWO[:-10]]


def test_thousands_of_lost_terminators_are_told_apart_in_linear_time() -> None:
    """Sliced off one after another, 100,000 of them took minutes."""
    found = raws(b"\x1e".join([b"00050nam a2200000 a 4500"] * 100_000))
    assert len(found) == 100_000
