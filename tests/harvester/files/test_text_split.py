"""Where one record ends and the next begins in MARCMaker files and on catalogue pages."""

import pytest

from catalog.record import Place
from harvester.files.window import LONGEST, TOO_LONG
from tests.harvester.files.reading import raws

MRK = "=LDR  00000nam a2200000 a 4500\n=001  {}\n=245  10$aTitle\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(MRK.format("m1") + "\n" + MRK.format("m2"), id="blank line"),
        pytest.param(MRK.format("m1") + MRK.format("m2"), id="no blank line"),
        pytest.param((MRK.format("m1") + "\n" + MRK.format("m2")).replace("\n", "\r\n"), id="crlf"),
        pytest.param("\ufeff" + MRK.format("m1") + "\n\n\n" + MRK.format("m2") + "\n", id="BOM, blank lines"),
        pytest.param(MRK.format("m1").replace("LDR", "000") + "\n" + MRK.format("m2"), id="=000"),
        pytest.param(MRK.format("m1") + "\n" + "\n".join(MRK.format("m2").split("\n")[1:]), id="leader lost"),
        pytest.param(MRK.format("m1\\") + "\n" + MRK.format("\\m2"), id="backslashes for blanks"),
    ],
)
def test_mrk_records(text: str) -> None:
    assert [(raw.identifier, raw.format, raw.fault) for raw in raws(text.encode())] == [
        ("m1", "mrk", None),
        ("m2", "mrk", None),
    ]


def test_text_in_a_mrk_file_is_told() -> None:
    first, second = raws(("exported today\n\n" + MRK.format("m1")).encode())
    assert (first.fault, second.identifier) == ("text that is no MARC record", "m1")


def test_a_blank_line_in_a_mrk_record_does_not_end_it() -> None:
    text = MRK.format("m1").replace("=245", "\n=245")
    assert [raw.payload.decode() for raw in raws(text.encode())] == [text]


def test_many_mrk_records() -> None:
    texts = [MRK.format(f"m{n}") + "\n" for n in range(9000)]
    assert [raw.payload.decode() for raw in raws("".join(texts).encode())] == texts


PAGE = (
    "A title {0}\n\nAn abstract\n\nMARC\n\nLEADER 00000nam a2200000 u 4500\n001 p{0}\n245 0 0 |a Title {0} \n"
)


@pytest.mark.parametrize(
    "between",
    ["", "\n", "\nSimilar Items\n500 results\n", "856 4 1 |u http://x  |z y\n\n", "520 |a one\n two\n\n"],
    ids=["nothing", "blank line", "the page's foot", "another field", "a field of two lines"],
)
def test_pages_begin_with_what_stands_before_the_leader(between: str) -> None:
    first, second = raws((PAGE.format(1) + between + PAGE.format(2) + between).encode())
    assert (first.identifier, second.identifier) == ("p1", "p2")
    assert first.payload + second.payload == (PAGE.format(1) + between + PAGE.format(2) + between).encode()
    assert b"A title 2" in second.payload
    assert b"A title 1" in first.payload
    assert first.place == Place(ordinal=1, offset=0)
    assert second.place == Place(ordinal=2, offset=len(first.payload))


def test_a_page_saved_as_html() -> None:
    page = (
        b"<!DOCTYPE html><html><body><h3>T</h3><table class='citation'><tr><th>LEADER</th><td colspan='3'>x"
        b"</td></tr><tr><th>001</th><td colspan='3'>p1</td></tr></table></body></html>"
    )
    (raw,) = raws(page)
    assert (raw.identifier, raw.format, raw.payload) == ("p1", "marc-view", page)


def test_pages_copied_without_their_leader_line_begin_at_the_control_number() -> None:
    fields = b"001 n1\n100 1 |a Somebody\n245 1 0 |a A title\n"
    found = raws(b"Staff View\n" + fields + b"\n" + fields.replace(b"n1", b"n2"))
    assert [(raw.identifier, raw.format) for raw in found] == [("n1", "marc-view"), ("n2", "marc-view")]


def test_a_mrk_record_without_end_is_handed_over_in_pieces() -> None:
    one, two = "=LDR  00000nam a2200000 a 4500\n=001  1\n\n", "=LDR  00000nam a2200000 a 4500\n=001  2\n"
    endless = "=LDR  00000nam a2200000 a 4500\n=520  $a" + "x\n=520  $ax" * (LONGEST // 3) + "\n\n"
    found = raws((one + endless + two).encode())
    assert [raw.identifier for raw in found if not raw.fault] == ["1", "2"]
    assert {raw.fault for raw in found[1:-1]} == {TOO_LONG}
    assert b"".join(raw.payload for raw in found[1:-1]).decode() == endless
