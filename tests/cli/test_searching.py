"""What `peerlit search` does beyond finding: questions, strategies, reasons, snippets, advice."""

import json
from pathlib import Path

import pytest

from tests.cli.runs import Run

STRATEGY = """\
# the population and what is done
#1 peer OR zzyzx
#2 support*
#3 #1 AND #2
"""


@pytest.fixture
def strategy(tmp_path: Path) -> str:
    file = tmp_path / "review.txt"
    file.write_text(STRATEGY, encoding="utf-8")
    return str(file)


def found(run: Run, *args: str) -> list[str]:
    return run("search", *args, "-f", "keys").stdout.split()


def test_a_question_finds_what_has_any_of_its_words(run: Run) -> None:
    result = run("search", "--any", "what do peers think of counseling?", "--count")
    assert int(result.stdout) == int(run("search", "peers OR think OR counseling", "--count").stdout)
    assert "common words left out: what, do, of" in result.stderr


def test_words_that_are_found_nowhere_are_named_and_what_was_meant_is_offered(run: Run) -> None:
    result = run("search", "recovry peer")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "note: `recovry` was found nowhere" in result.stderr
    total = int(run("search", "recovery peer", "--count").stdout)
    assert f"note: did you mean recovery AND peer? {total} record" in result.stderr


def test_of_a_long_query_only_what_may_be_wrong_is_shown(run: Run) -> None:
    query = "recovry OR " + " OR ".join(f"(peer NEAR/{n} support)" for n in range(9))
    assert "note: did you mean recovery for recovry? " in run("search", query).stderr


def test_how_near_records_come_is_told_when_none_has_all(run: Run) -> None:
    result = run("search", "peer AND counseling AND unfindable")
    assert "no record has all 3 parts of the query" in result.stderr


def test_patterns_say_what_they_stood_for(run: Run) -> None:
    assert "`group*` matched" in run("search", "group*", "--count").stderr


def test_exact_words_have_no_other_forms(run: Run) -> None:
    assert int(run("search", "peers", "--count", "--exact").stdout) == int(
        run("search", '"peers"', "--count").stdout
    )


def test_snippets_mark_what_was_found(run: Run) -> None:
    lines = run("search", 'abstract:"peer support"', "--snippets").stdout
    assert "*peer support*" in " ".join(lines.lower().split())
    answer = json.loads(run("search", '"peer support"', "--snippets", "-f", "json", "-n", "1").stdout)
    texts = [piece for snippet in answer["items"][0]["snippets"] for piece in snippet["text"]]
    assert ["peer support"] in [[piece[0].lower()] for piece in texts if isinstance(piece, list)]


def test_why_tells_each_part(run: Run) -> None:
    (key,) = found(run, "doi:10.1186/s12913-024-10943-y")
    met = run("search", "title:transcending AND mental", "--why", key)
    assert met.exit_code == 0
    assert met.stdout.startswith("yes")
    assert "title: transcending" in met.stdout
    unmet = run("search", "title:transcending AND unfindable", "--why", key)
    assert unmet.exit_code == 1
    assert unmet.stdout.startswith("no")


def test_like_finds_others_and_not_itself(run: Run) -> None:
    (key,) = found(run, "doi:10.1186/s12913-024-10943-y")
    others = found(run, "--like", key)
    assert others
    assert key not in others
    advised = run("search", "--like", key, "recovry").stderr
    assert "`recovry` was found nowhere" in advised
    assert "did you mean" not in advised
    assert set(found(run, "--like", key, "year:2020-")) == set(others) & set(found(run, "year:2020-"))


def test_a_facet_value_finds_as_many_as_were_counted(run: Run) -> None:
    answer = json.loads(
        run("search", "peer", "--facet", "journal", "--facet", "subject", "-f", "json").stdout
    )
    for facet, values in answer["facets"].items():
        for value in values[:10]:
            escaped = value["value"].replace("\\", "\\\\").replace('"', '\\"')
            assert int(run("search", f'peer {facet}:="{escaped}"', "--count").stdout) == value["count"]


def test_a_strategy_is_counted_line_by_line_and_term_by_term(run: Run, strategy: str) -> None:
    result = run("search", "--strategy", strategy)
    count = {
        query: int(run("search", query, "--count").stdout) for query in ("peer", "support*", "peer support*")
    }
    lines = [(*line.split(maxsplit=2), "")[:3] for line in result.stdout.splitlines()]
    told = {words[1]: (int(words[0]), words[2]) for words in reversed(lines)}
    assert told["#1"][0] == told["peer"][0] == count["peer"]
    assert told["zzyzx"] == (0, "(finds nothing)")
    assert told["#2"][0] == count["support*"]
    assert (str(count["peer support*"]), "#3", "#1 AND #2   (the result)") in lines
    assert "`zzyzx` was found nowhere" in result.stderr


def test_the_hits_of_a_strategy_come_in_any_form(run: Run, strategy: str) -> None:
    assert found(run, "--strategy", strategy) == found(run, "peer AND support*")
    answer = json.loads(run("search", "--strategy", strategy, "-f", "json").stdout)
    assert [line["hits"] for line in answer["strategy"]["lines"]][-1] == answer["total"]
    assert sorted(run("export", "--strategy", strategy, "-f", "keys").stdout.split()) == sorted(
        found(run, "--strategy", strategy)
    )


def test_known_items_are_found_missed_or_not_there(run: Run, strategy: str) -> None:
    missed = next(key for key in found(run, "NOT peer"))
    listed = f"10.1186/s12913-024-10943-y\n{missed}\n10.9999/unknown\n"
    result = run("search", "--strategy", strategy, "--known", "-", stdin=listed)
    assert "MISSED" in result.stdout
    assert "#1: it has none of" in result.stdout
    assert "not in the catalogue: 10.9999/unknown" in result.stdout
    assert "1 of 2 known items found; 1 not in the catalogue" in result.stdout
    alone = run("search", "peer", "--known", "-", stdin=f"{missed}\n")
    assert "0 of 1 known item found" in alone.stdout


def test_all_that_is_wrong_with_a_strategy_is_told_at_once(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "wrong.txt"
    file.write_text('#1 "peer\n#2 #9 AND x\n#3 ok\n', encoding="utf-8")
    result = run("search", "--strategy", str(file))
    assert result.exit_code == 2
    assert "line 1: #1: this quotation mark is never closed" in result.stderr
    assert "line 2: #2: there is no line #9" in result.stderr
    assert result.stderr.count("^") == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1 exp Peer Group/\n2 (peer adj3 support*).ti,ab.\n3 1 and 2\n", "--dialect ovid\n"),
        ("#1 TS=(peer NEAR/3 support)\n#2 #1 AND TI=depress*\n", "--dialect wos\n"),
        ("#1 peer OR lay AND support\n", None),  # no system's own: all would read it, each in its way
        ('#1 "peer\n', None),
    ],
)
def test_the_system_that_a_strategy_is_of_is_offered(
    run: Run, tmp_path: Path, text: str, told: str | None
) -> None:
    file = tmp_path / "s.txt"
    file.write_text(text, encoding="utf-8")
    result = run("search", "--strategy", str(file))
    assert result.exit_code == 2
    assert ("it can be read with" in result.stderr) == bool(told)
    assert result.stderr.endswith(told or "\n")


def test_other_systems_syntax_is_translated_and_said(run: Run) -> None:
    result = run("search", "--dialect", "pubmed", "peer*[ti] AND support[tiab]", "--count")
    assert int(result.stdout) == int(run("search", "title:peer* AND tiab:support", "--count").stdout)
    assert "note: read as" in result.stderr


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--any", "--dialect", "ovid", "x"), "--any takes plain language"),
        (("peer", "--strategy", "-"), "a query and --strategy are two searches"),
    ],
)
def test_searches_that_cannot_be_meant_are_refused(run: Run, args: tuple[str, ...], told: str) -> None:
    result = run("search", *args)
    assert result.exit_code == 2
    assert told in result.stderr


def test_a_hundred_lines_may_each_add_to_the_one_before(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "chain.txt"
    file.write_text("peer\n" + "".join(f"#{n} OR word{n}\n" for n in range(1, 99)), encoding="utf-8")
    total = run("search", "peer", "--count").stdout
    for how in (("--count",), ("--explain",), ("-n", "1", "--snippets"), ("-f", "json", "--facets")):
        assert run("search", "--strategy", str(file), *how).exit_code == 0
    assert run("search", "--strategy", str(file), "--count").stdout == total
    (key,) = found(run, "doi:10.1186/s12913-024-10943-y")
    assert run("search", "--strategy", str(file), "--why", key).exit_code == 0
    assert run("search", "--strategy", str(file), "--known", "-", stdin=key).exit_code == 0


def test_files_of_any_kind_are_read_or_refused_in_a_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "items.txt"
    doi = "10.1186/s12913-024-10943-y"
    for data in (doi.encode("utf-16"), f"\ufeff{doi}\r\n".encode()):
        file.write_bytes(data)
        assert "1 of 1 known item found" in run("search", "--known", str(file)).stdout
        assert run("export", "--keys", str(file), "-f", "keys").stdout.count("\n") == 1
    for data in (b"\xff\xfe\xff", b"\x7fELF\0\0\xd0", doi.encode("utf-16-le")):
        file.write_bytes(data)
        for args in (
            ("search", "--known", str(file)),
            ("export", "--keys", str(file)),
            ("search", "--strategy", str(file)),
        ):
            result = run(*args)
            assert (result.exit_code, result.stdout) == (2, "")
            assert f"{file}, line 1: this is no UTF-8 text\nhint:" in result.stderr
    file.write_bytes(b" \n")
    result = run("search", "peer", "--known", str(file))
    assert (result.exit_code, result.stderr.count("\n")) == (2, 2)
    assert f"{file} names no items" in result.stderr


def test_two_files_cannot_both_be_standard_input(run: Run) -> None:
    result = run("search", "--strategy", "-", "--known", "-", stdin="peer\n")
    assert result.exit_code == 2
    assert "--strategy and --known both read standard input" in result.stderr
    wrong = run("search", "--strategy", "-", stdin='#1 "peer\n')
    assert "standard input, line 1: #1: this quotation mark is never closed" in wrong.stderr


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (
            ("peer", "--count", "--facets", "-n", "3"),
            "with --count there is nothing for --facets, --limit to",
        ),
        (
            ("peer", "--explain", "--count", "-f", "json"),
            "with --explain there is nothing for --format to do",
        ),
        (("peer", "--fields", "title"), "--fields is for -f json, jsonl and csv"),
        (("peer", "--snippets", "-f", "csv"), "--snippets is for the list and -f json"),
        (("peer", "--count", "--explain"), None),
    ],
)
def test_an_option_that_does_nothing_is_told(run: Run, args: tuple[str, ...], told: str | None) -> None:
    result = run("search", *args)
    assert result.exit_code == 0
    assert (told or "") in result.stderr
    assert ("note: with" in result.stderr or " is for " in result.stderr) == bool(told)


def test_a_strategy_counts_facets_without_listing_hits(run: Run, strategy: str) -> None:
    alone = run("search", "--strategy", strategy)
    faceted = run("search", "--strategy", strategy, "--facet", "type")
    total = int(run("search", "--strategy", strategy, "--count").stdout)
    assert faceted.stdout.startswith(f"{alone.stdout}\ntype:\n")
    assert f"{total} found" in alone.stderr
    listed = run("search", "--strategy", strategy, "--sort", "newest").stdout
    assert len(listed.splitlines()) == len(alone.stdout.splitlines()) + total


def test_a_hundred_words_found_nowhere_do_not_fill_the_screen(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("".join(f"peer OR zzy{n}q\n" for n in range(100)) + "group*\n", encoding="utf-8")
    notes = run("search", "--strategy", str(file)).stderr.splitlines()
    assert len(notes) == 12
    assert "note: 91 more notes on words: --explain shows all" in notes
    answer = json.loads(run("search", "group* zzyzx", "-f", "json").stdout)
    assert answer["notes"][0] == "`zzyzx` was found nowhere"
    assert answer["notes"][1].startswith("`group*` matched")


def test_what_is_to_say_of_several_lines_is_said_once(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "history.txt"
    rows = ("# 2 \t9 \t#1 AND support", "Indexes=SSCI", "# 1 \t12 \tTS=(peer)", "Indexes=SSCI", "-----")
    file.write_text("\n".join(rows), encoding="utf-8")
    told = run("search", "--strategy", str(file), "--dialect", "wos").stderr
    assert "note: #1 SSCI, #2 SSCI: there is no such limit here: it was left out" in told
    assert "---" not in told


def test_bars_stand_under_each_other(run: Run) -> None:
    lines = run("search", "--facets", "-n", "0").stdout.partition("year:\n")[2].splitlines()
    bars = {line.index("▇") for line in lines if "▇" in line}
    assert len(bars) == 1


def test_json_has_the_keys_that_are_documented(run: Run, strategy: str) -> None:
    told = run("search", "--strategy", strategy, "--known", "-", "-f", "json", "--snippets", stdin="x1y\n")
    answer = json.loads(told.stdout)
    assert list(answer) == ["query", "notes", "strategy", "known", "total", "facets", "items"]
    assert list(answer["strategy"]) == ["result", "hits", "lines"]
    line = answer["strategy"]["lines"][0]
    assert list(line) == ["number", "typed", "understood", "hits", "effect", "flags", "parts"]
    assert list(line["parts"][0]) == ["level", "text", "hits", "effect", "flag"]
    assert answer["known"] == [{"item": "x1y", "status": "absent", "keys": [], "causes": []}]
    assert {"score", "snippets"} <= set(answer["items"][0])


def test_a_question_without_words_is_refused_without_a_caret_under_nothing(run: Run) -> None:
    assert run("search", "--any").stderr == "error: there is no word in this question\n"
    assert "\n  ?\n  ^\n" in run("search", "--any", "?").stderr
