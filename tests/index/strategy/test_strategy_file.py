"""Strategies read: lines, references, results, and all that is wrong with one at once."""

import pytest

from catalog.errors import UsageFault
from index.query.parser import parse
from index.query.printer import show
from index.strategy.file import StrategyFaults, decoded, read_strategy


def test_lines_refer_to_lines_above() -> None:
    strategy = read_strategy("#1 peer\n#2 lay\n#3 #1 OR #2\n#4 #3 AND year:2010-\n")

    assert [line.number for line in strategy.lines] == [1, 2, 3, 4]
    assert [line.refers_to for line in strategy.lines] == [(), (), (1, 2), (3,)]
    assert strategy.result == 4
    assert strategy.query == strategy.lines[-1].query
    assert show(strategy.query) == "#3 AND year:2010-"


def test_the_result_can_be_named() -> None:
    assert show(read_strategy("#1 peer\n#2 lay", result=1).query) == "peer"


def test_words_as_typed() -> None:
    assert read_strategy("#1 peers", exact=True).query == parse('"peers"')


def test_newest_first_is_run_from_the_oldest() -> None:
    strategy = read_strategy("#3 #1 AND #2\n#2 lay\n#1 peer\n")

    assert [line.number for line in strategy.lines] == [1, 2, 3]
    assert strategy.result == 3


FAULTS = {
    "#1 peer AND\n": [(1, 1, "AND needs something behind it", "AND")],
    "#1 peer\n#2 #1 AND #7": [(2, 2, "there is no line #7", "#7")],
    "#1 #2\n#2 peer": [(1, 1, "#2 comes later", "#2")],
    "#1 peer OR #1": [(1, 1, "#1 refers to itself", "#1")],
    "#1 peer\n\n#1 lay": [(3, 1, "#1 is already on line 1", "lay")],
    "#1 peer\n#2\n": [(2, 2, "there is nothing behind the number", "")],
    "#1 (peer\n#2 lay)\n#3 #1 OR #2\n#4 a*": [
        (1, 1, "this bracket is never closed", "(peer"),
        (2, 2, "this bracket was never opened", ")"),
        (4, 4, "there are too few letters for a wildcard", "*"),
    ],
}


@pytest.mark.parametrize("text", FAULTS)
def test_everything_wrong_is_told_at_once(text: str) -> None:
    with pytest.raises(StrategyFaults) as caught:
        read_strategy(text, name="review.txt")

    told = [
        (row, number, error.message, error.text[error.position :])
        for row, number, error in caught.value.faults
    ]
    assert told == FAULTS[text]
    assert caught.value.exit_code == 2
    assert caught.value.message.startswith(f"review.txt, line {told[0][0]}: #{told[0][1]}: ")


def test_a_fault_on_a_later_line_of_a_text() -> None:
    with pytest.raises(StrategyFaults) as caught:
        read_strategy("#1 peer OR\n   lay\n   AND old")

    (fault,) = caught.value.faults
    assert (fault.row, fault.number) == (3, 1)
    assert fault.error.text[fault.error.position :] == "AND old"


def test_many_faults_are_counted_in_one_line() -> None:
    with pytest.raises(StrategyFaults, match=r"^s\.txt, line 1: #1: .* \(and 1 more\)$"):
        read_strategy("#1 (\n#2 )", name="s.txt")


@pytest.mark.parametrize("text", ["", "\n\n", "# only remarks\n"])
def test_a_strategy_without_lines(text: str) -> None:
    with pytest.raises(UsageFault, match=r"s\.txt has no lines"):
        read_strategy(text, name="s.txt")


def test_a_result_that_is_no_line() -> None:
    with pytest.raises(UsageFault, match="has no line #9") as caught:
        read_strategy("#1 peer\n#2 lay", result=9)

    assert caught.value.hint == "its lines are #1, #2"


def test_a_strategy_of_another_database() -> None:
    strategy = read_strategy(
        "1     exp Peer Group/ (123)\n2     (peer adj3 support*).ti,ab. (45)\n3     or/1-2 (150)\n"
        '4     limit 3 to yr="2010 -Current" (80)\n',
        dialect="ovid",
    )

    assert strategy.text == (
        '#1 keyword,subject:"Peer Group"\n#2 tiab:("peer" NEAR/2 support*)\n'
        "#3 #1 OR #2\n#4 #3 AND year:2010-\n"
    )
    assert [line.refers_to for line in strategy.lines] == [(), (), (1, 2), (3,)]
    assert [loss.written for line in strategy.lines for loss in line.losses] == ["exp Peer Group/"]
    assert read_strategy(strategy.text).query == strategy.query


def test_a_missing_line_is_shown_in_the_text_as_typed() -> None:
    with pytest.raises(StrategyFaults) as caught:
        read_strategy("1 peer.ti.\n2 1 and 13\n", dialect="ovid")

    (fault,) = caught.value.faults
    assert fault.error.message == "there is no line #13"
    assert fault.error.text[fault.error.position :] == "13"


@pytest.mark.parametrize(
    "data",
    [
        "#1 café".encode(),
        b"\xef\xbb\xbf" + "#1 café".encode(),
        "#1 café".encode("utf-16"),
    ],
)
def test_encodings(data: bytes) -> None:
    assert decoded(data, "s.txt") == "#1 café"


def test_another_encoding_is_refused() -> None:
    with pytest.raises(UsageFault, match=r"s\.txt, line 2: this is no UTF-8 text"):
        decoded("#1 peer\n#2 café".encode("latin-1"), "s.txt")
