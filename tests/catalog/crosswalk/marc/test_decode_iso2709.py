"""MARC in exchange format, whole and in every state of disrepair."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.crosswalk.marc import iso2709
from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.errors import RecordRejected
from catalog.record import RawRecord
from tests.marc_bytes import GATSBY, Fields, marc_bytes

WHOLE = marc_bytes()
ADDRESSES = "the directory's addresses are wrong; fields are taken in the order they stand"


def decode(payload: bytes) -> MarcRecord:
    return iso2709.decode(RawRecord(identifier="x", format="marc21", payload=payload))


EXPECTED = (
    MarcField("001", "gatsby1"),
    MarcField("008", "870205s1925    nyu           000 1 eng d"),
    MarcField("100", "", "1", " ", (("a", "Fitzgerald, F. Scott."),)),
    MarcField("245", "", "1", "4", (("a", "The great Gatsby /"), ("c", "F. Scott Fitzgerald."))),
    MarcField("650", "", " ", "0", (("a", "American fiction."),)),
)


def test_a_whole_record() -> None:
    assert decode(WHOLE) == MarcRecord(WHOLE[:24].decode(), EXPECTED)


def directory(payload: bytes, old: bytes, new: bytes) -> bytes:
    head, _, rest = payload.partition(b"\x1e")
    assert old in head
    return head.replace(old, new, 1) + b"\x1e" + rest


@pytest.mark.parametrize(
    ("payload", "caveats"),
    [
        pytest.param(
            b"00100" + WHOLE[5:],
            [f"the leader says '00100' bytes, the record has {len(WHOLE)}"],
            id="length",
        ),
        pytest.param(
            b"    x" + WHOLE[5:],
            [f"the leader says '    x' bytes, the record has {len(WHOLE)}"],
            id="no length",
        ),
        pytest.param(WHOLE.replace(b"a2200085", b"a2299999"), [], id="base address too high"),
        pytest.param(WHOLE.replace(b"a2200085", b"a22000X5"), [], id="base address no number"),
        pytest.param(directory(WHOLE, b"100002600049", b"100009900049"), [], id="a length, addresses right"),
        pytest.param(
            directory(WHOLE, b"100002600049", b"100002699949"), [ADDRESSES], id="an address too high"
        ),
        pytest.param(
            directory(WHOLE, b"100002600049", b"100002600048"), [ADDRESSES], id="an address off by one"
        ),
        pytest.param(directory(WHOLE, b"100002600049", b"100XX26---49"), [ADDRESSES], id="no numbers"),
        pytest.param(WHOLE[:-1], ["the record has no terminator"], id="no record terminator"),
        pytest.param(
            WHOLE[:-2] + b"\x1d", ["the last field has no terminator"], id="no field terminator at the end"
        ),
    ],
)
def test_wrong_numbers_cost_nothing(payload: bytes, caveats: list[str]) -> None:
    found = decode(payload)
    assert found.fields == EXPECTED
    assert [
        caveat for caveat in found.caveats if not caveat.startswith("the leader says") or caveat in caveats
    ] == (caveats)


def test_entries_in_another_order_than_fields() -> None:
    head, *values = WHOLE.removesuffix(b"\x1e\x1d").split(b"\x1e")
    entries = [head[at : at + 12] for at in range(24, len(head), 12)]
    turned = head[:24] + b"".join(reversed(entries)) + b"\x1e" + b"\x1e".join(values) + b"\x1e\x1d"
    assert decode(turned) == MarcRecord(WHOLE[:24].decode(), tuple(reversed(EXPECTED)))


def test_a_field_terminator_inside_a_field() -> None:
    found = decode(marc_bytes([*GATSBY, ("500", b"  \x1faone\x1etwo"), ("999", b"  \x1fax")]))
    assert found.fields[-2].subfields == (("a", "one two"),)
    assert found.caveats == ("a field terminator stands inside a field",)


def test_lengths_counted_in_characters() -> None:
    title = "Ταξίδια στη Σκύρο".encode()
    payload = marc_bytes([("001", b"x"), ("245", b"00\x1fa" + title), ("500", b"  \x1fanote")])
    wrong = payload.replace(b"%04d" % (len(title) + 5), b"%04d" % (len(title.decode()) + 5)).replace(
        b"%05d" % (2 + len(title) + 5), b"%05d" % (2 + len(title.decode()) + 5)
    )
    assert wrong != payload
    found = decode(wrong)
    assert [field.first("a") for field in found.all("245", "500")] == [title.decode(), "note"]
    assert found.caveats == (ADDRESSES,)


@pytest.mark.parametrize("size", [9_990, 9_995, 9_999, 12_000, 99_000, 250_000])
def test_fields_longer_than_the_directory_can_say(size: int) -> None:
    fields: Fields = [
        *GATSBY[:3],
        ("520", b"  \x1fa" + b"x" * size),
        ("650", b" 0\x1faafter"),
        ("651", b" 0\x1fay"),
    ]
    found = decode(marc_bytes(fields))
    assert [field.tag for field in found.fields] == [tag for tag, _ in fields]
    assert found.fields[3].first("a") == "x" * size
    assert found.fields[4].first("a") == "after"


@pytest.mark.parametrize("limit", [0, 9_999])
def test_fields_longer_than_the_directory_says(limit: int) -> None:
    fields: Fields = [*GATSBY[:3], ("520", b"  \x1fa" + b"x" * 20_000), ("650", b" 0\x1faafter")]
    payload = directory(marc_bytes(fields), b"52020005", b"520%04d" % limit)
    found = decode(payload)
    assert [field.tag for field in found.fields] == ["001", "008", "100", "520", "650"]
    assert found.fields[-1].first("a") == "after"


def test_a_directory_without_terminator() -> None:
    found = decode(WHOLE.replace(b"\x1e", b"0", 1))
    assert found.fields == EXPECTED
    assert "the directory has no terminator" in found.caveats


def test_a_record_cut_off_keeps_what_is_whole() -> None:
    found = decode(WHOLE[: WHOLE.index(b"great")])
    assert found.fields == EXPECTED[:3]
    assert "the record ends in the middle of a field, which is left out" in found.caveats


@pytest.mark.parametrize(
    ("value", "field", "caveat"),
    [
        (b"\x1faT", ("", " ", " ", (("a", "T"),)), "245: 0 indicators instead of two"),
        (b"1\x1faT", ("", "1", " ", (("a", "T"),)), "245: 1 indicators instead of two"),
        (b"1 0\x1faT", ("", "1", " ", (("a", "0"), ("a", "T"))), "245: text before the first delimiter"),
        (b"10 \x1faT", ("", "1", "0", (("a", "T"),)), "245: 3 indicators instead of two"),
        (b"10Title", ("", "1", "0", (("a", "Title"),)), "245: no subfields"),
        (b"10$aT$cN", ("", "1", "0", (("a", "T"), ("c", "N"))), "245: '$' stands for the delimiter"),
        (b"10|aT|cN", ("", "1", "0", (("a", "T"), ("c", "N"))), "245: '|' stands for the delimiter"),
        ("10‡aT‡cN".encode(), ("", "1", "0", (("a", "T"), ("c", "N"))), "245: '‡' stands for the delimiter"),
        (b"10\x1faT\x1f\x1fcN", ("", "1", "0", (("a", "T"), ("c", "N"))), "245: a subfield without code"),
        (b"10\x1f\x00T\x1f N", ("", "1", "0", (("\x00", "T"), (" ", "N"))), None),
        (b"10\x1fa", ("", "1", "0", (("a", ""),)), None),
        (b"", ("", " ", " ", ()), "245: no subfields"),
    ],
)
def test_irregular_data_fields(
    value: bytes, field: tuple[str, str, str, tuple[tuple[str, str], ...]], caveat: str | None
) -> None:
    found = decode(marc_bytes([("001", b"x"), ("245", value)]))
    assert found.fields[1] == MarcField("245", *field)
    assert [c.startswith(caveat) for c in found.caveats] == [True] if caveat else found.caveats == ()


def test_tags_that_are_no_numbers_are_kept() -> None:
    found = decode(marc_bytes([("FMT", b"BK"), ("LKR", b"  \x1faUP"), ("0 2", b"  \x1fax")]))
    assert found.fields == (
        MarcField("FMT", "BK"),
        MarcField("LKR", subfields=(("a", "UP"),)),
        MarcField("0 2", subfields=(("a", "x"),)),
    )


def test_the_separators_of_old_vufind_exports_are_read() -> None:
    shown = WHOLE.replace(b"\x1d", b"#29;").replace(b"\x1e", b"#30;").replace(b"\x1f", b"#31;")
    assert decode(shown).fields == EXPECTED


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"", "no field ends in it"),
        (b"x" * 500 + b"\x1d", "no field ends in it"),
        (WHOLE[:40], "no field ends in it"),
        (b"00026nam  2200025 a 4500\x1e\x1d", "a directory without fields"),
        (b"00030nam  2200025 a 4500\x1ex\x1e\x1d", "no directory in it"),
    ],
)
def test_what_is_no_record_is_rejected(payload: bytes, reason: str) -> None:
    with pytest.raises(RecordRejected, match=reason):
        decode(payload)


@settings(deadline=None, max_examples=400)
@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 255))
def test_any_one_wrong_byte_is_forgiven_or_rejected(at: int, byte: int) -> None:
    try:
        found = decode(WHOLE[:at] + bytes([byte]) + WHOLE[at + 1 :])
    except RecordRejected:
        return
    assert len(found.leader) == 24
    assert all(code for field in found.fields for code, _ in field.subfields)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_any_bytes_are_decoded_or_rejected(data: st.DataObject) -> None:
    alphabet = st.sampled_from(
        [b"\x1e", b"\x1f", b"\x1d", b"\x1b$1", b"a", b"245", b"0000", b"\xe2", b"\xc3\xa9", b" "]
    )
    payload = data.draw(st.sampled_from([b"", WHOLE[:60], WHOLE])) + b"".join(data.draw(st.lists(alphabet)))
    with contextlib.suppress(RecordRejected):
        assert decode(payload).fields


@settings(deadline=None, max_examples=100)
@given(
    st.lists(
        st.tuples(
            st.integers(10, 999).map(lambda tag: f"{tag:03d}"),
            st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=40),
        ),
        min_size=1,
    )
)
def test_what_is_written_is_read(fields: list[tuple[str, str]]) -> None:
    found = decode(marc_bytes([(tag, b"10\x1fa" + value.encode()) for tag, value in fields]))
    assert [(field.tag, dict(field.subfields)["a"]) for field in found.fields] == fields
    assert found.caveats == ()
