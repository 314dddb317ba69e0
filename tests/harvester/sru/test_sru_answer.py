"""Reading answers to searchRetrieve: what is whole, what is refused, what is none."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import MalformedResponse
from harvester.positions import Unreadable
from harvester.sru.answer import read_answer
from harvester.sru.diagnostics import MEANINGS, Diagnostic
from tests.harvester.sru.answers import answer, diagnostic, marc, packed, response, wrapped


@pytest.mark.parametrize("version", ["1.1", "1.2", "2.0"])
def test_an_answer_is_read_whatever_its_namespace(version: str) -> None:
    read = read_answer(
        response(answer([wrapped(marc(1)), wrapped(marc(2))], 7, following=3, version=version))
    )
    assert ([raw.identifier for raw in read.raws], read.total, read.following) == (["n1", "n2"], 7, 3)
    assert {(raw.format, raw.fault) for raw in read.raws} == {("marcxml", None)}
    assert (read.diagnostics, read.remarks) == ((), ())


@pytest.mark.parametrize("prefix", ["", "srw:"])
def test_an_answer_is_read_whatever_its_prefix(prefix: str) -> None:
    text = answer([wrapped(marc(1))], 1).replace("xmlns:zs", f"xmlns{':srw' if prefix else ''}")
    read = read_answer(response(text.replace("<zs:", f"<{prefix}").replace("</zs:", f"</{prefix}")))
    assert ([raw.identifier for raw in read.raws], read.total) == (["n1"], 1)


@pytest.mark.parametrize("encoding", ["UTF-16", "ISO-8859-1"])
def test_an_answer_is_read_in_other_encodings(encoding: str) -> None:
    text = answer([wrapped(packed(marc(1).replace("Title", "Größe")))], 1).replace("UTF-8", encoding)
    (raw,) = read_answer(response(text.encode(encoding))).raws
    assert "Größe 1" in raw.payload.decode()


def test_what_the_server_echoes_or_adds_is_not_taken_for_its_answer() -> None:
    echo = (
        "<zs:echoedSearchRetrieveRequest><zs:version>1.1</zs:version><zs:startRecord>99</zs:startRecord>"
        "<zs:numberOfRecords>5</zs:numberOfRecords></zs:echoedSearchRetrieveRequest><zs:extraResponseData>"
        f"<zs:nextRecordPosition>4</zs:nextRecordPosition>{marc(9)}{diagnostic(10)}</zs:extraResponseData>"
    )
    read = read_answer(response(answer([wrapped(marc(1))], 1, echo=echo)))
    assert ([raw.identifier for raw in read.raws], read.total, read.following) == (["n1"], 1, None)
    assert read.diagnostics == ()


@pytest.mark.parametrize(
    ("number", "details", "message", "told"),
    [
        (10, "", "", "Query syntax error"),
        (10, "at 7", "", "Query syntax error (at 7)"),
        (16, "dc.x", "No such index", "No such index (dc.x)"),
        ("info:srw/diagnostic/12/3", "d", "", "info:srw/diagnostic/12/3 (d)"),
        (999, "", "", "info:srw/diagnostic/1/999"),
    ],
)
@pytest.mark.parametrize("status", [200, 400, 500])
def test_diagnostics_are_told_in_words(
    number: int | str, details: str, message: str, told: str, status: int
) -> None:
    read = read_answer(
        response(answer((), None, diagnostics=diagnostic(number, details, message)), status=status)
    )
    assert [str(one) for one in read.diagnostics] == [told]
    assert read.raws == ()


@pytest.mark.parametrize(
    "body",
    [
        f"<diagnostics>{diagnostic(10)}</diagnostics>",
        diagnostic(10),
        answer((), 0, diagnostics=diagnostic(10)),
        f'<scanResponse xmlns="http://www.loc.gov/zing/srw/"><diagnostics>{diagnostic(10)}</diagnostics></scanResponse>',
    ],
    ids=["diagnostics alone", "a diagnostic alone", "an answer", "an answer to scan"],
)
def test_a_diagnostic_is_found_wherever_it_stands(body: str) -> None:
    assert [told.number for told in read_answer(response(body, status=400)).diagnostics] == [10]


def test_several_diagnostics_are_kept_apart() -> None:
    both = diagnostic(10, "a") + diagnostic(16, "b", "c")
    read = read_answer(response(answer((), 0, diagnostics=both)))
    assert [tuple(told) for told in read.diagnostics] == [
        ("info:srw/diagnostic/1/10", "", "a"),
        ("info:srw/diagnostic/1/16", "c", "b"),
    ]


def test_a_diagnostic_beside_records_is_a_remark() -> None:
    read = read_answer(response(answer([wrapped(marc(1))], 1, diagnostics=diagnostic(59))))
    assert [remark.kind for remark in read.remarks] == ["note"]
    assert "partial results" in read.remarks[0].text


@pytest.mark.parametrize("pack", [str, packed], ids=["xml", "string"])
def test_a_diagnostic_in_place_of_a_record_is_its_fault(pack: type[str]) -> None:
    read = read_answer(response(answer([wrapped(marc(1)), wrapped(pack(diagnostic(70, "5 MB")))], 2)))
    assert [raw.fault for raw in read.raws] == [
        None,
        "the server could not send the record: Record too large to send (5 MB)",
    ]
    assert read.diagnostics == ()


def test_a_damaged_record_costs_itself_alone() -> None:
    broken = marc(2).replace("</record>", "")
    read = read_answer(response(answer([wrapped(marc(1)), wrapped(broken), wrapped(marc(3))], 3)))
    assert [raw.identifier for raw in read.raws][::2] == ["n1", "n3"]
    assert len(read.raws) == 3


WHOLE = answer([wrapped(marc(1)), wrapped(marc(2))], 2, following=3)


@pytest.mark.parametrize("at", range(60, len(WHOLE), 37))
def test_an_answer_that_breaks_off_is_never_taken_for_whole(at: int) -> None:
    with pytest.raises(MalformedResponse):
        read_answer(response(WHOLE[:at]))


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        (("<zs:numberOfRecords>", ""), Unreadable),
        (("</zs:numberOfRecords>", "</zs:numberOfRecord>"), Unreadable),
        (("</zs:records>", ""), None),
    ],
)
def test_damage_around_the_records_is_seen_where_it_matters(
    damage: tuple[str, str], error: type[Exception] | None
) -> None:
    text = WHOLE.replace(*damage)
    if error:
        with pytest.raises(error):
            read_answer(response(text))
    else:
        assert len(read_answer(response(text)).raws) == 2


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ("", 200, "nothing"),
        (
            "<!DOCTYPE html><html><head><title>Log in</title></head><body/></html>",
            200,
            "a web page, not SRU (Log in)",
        ),
        ("<html><body>" + WHOLE + "</body></html>", 200, "a web page"),
        ('{"error": 1}', 200, "something else"),
        ("<OAI-PMH/>", 200, "something else"),
        ('<!DOCTYPE a [<!ENTITY b "c">]>' + answer((), 0), 200, "entities"),
        (WHOLE, 503, "not able to answer now"),
        (WHOLE, 404, "HTTP 404"),
        (answer((), 0, diagnostics=diagnostic(2)), 200, "temporarily unavailable"),
        (answer((), 0, diagnostics=diagnostic(10)), 503, "Query syntax error"),
        (answer((), None), 200, "how many"),
        ("<zs:scanResponse xmlns:zs='http://www.loc.gov/zing/srw/'/>", 200, "scanResponse"),
    ],
)
def test_what_is_no_answer_is_malformed(body: str, status: int, told: str) -> None:
    with pytest.raises(MalformedResponse, match=told.replace("(", r"\(").replace(")", r"\)")):
        read_answer(response(body, status=status))


@pytest.mark.parametrize("number", ["", "-1", "many", "1,000", "9" * 30])
def test_a_number_that_is_none_is_not_taken_for_one(number: str) -> None:
    assert read_answer(response(answer([wrapped(marc(1))], number))).total is None


def test_nothing_found_is_an_answer() -> None:
    read = read_answer(response(answer((), 0)))
    assert (read.raws, read.total, read.diagnostics) == ((), 0, ())


@pytest.mark.parametrize(
    ("uri", "number"),
    [
        ("info:srw/diagnostic/1/10", 10),
        ("info:srw/diagnostic/1/10/", 10),
        ("10", 10),
        ("info:srw/diagnostic/2/10", None),
        ("", None),
    ],
)
def test_a_diagnostics_number_is_that_of_the_standards_list(uri: str, number: int | None) -> None:
    assert Diagnostic(uri, "", "").number == number


def test_the_standards_list_is_told_in_words() -> None:
    sections = (range(1, 9), range(10, 50), range(50, 57), range(61, 75), range(80, 95))
    assert all(number in MEANINGS for section in sections for number in section)
    assert max(number for number in MEANINGS if number < 200) == 121
    assert all(words[0].isupper() and not words.endswith(".") for words in MEANINGS.values())


@given(st.integers(0, len(WHOLE)), st.integers(0, 30), st.binary(max_size=8))
@settings(deadline=None, max_examples=150)
def test_damage_anywhere_gives_an_answer_or_says_that_it_is_none(at: int, gone: int, put: bytes) -> None:
    sent = WHOLE.encode()
    with suppress(MalformedResponse):
        read = read_answer(response(sent[:at] + put + sent[at + gone :]))
        assert read.raws or read.total is not None or read.diagnostics
