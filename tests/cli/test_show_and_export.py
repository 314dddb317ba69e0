"""`peerlit show` and `peerlit export`, as typed."""

import json
from pathlib import Path

import pytest

from tests.cli.runs import SAMPLE, Run

SEED = "mirbahaeddin2024transcending"


@pytest.mark.parametrize(
    "name",
    [SEED, SEED.upper(), "doaj/28c9eb8a971d4c0f8570a3dd728e2092", "10.1186/s12913-024-10943-y"],
)
def test_a_record_is_found_by_any_of_its_names(run: Run, name: str) -> None:
    assert (
        json.loads(run("show", name, "--json").stdout)["container"]["title"] == "BMC Health Services Research"
    )


def test_json_begins_with_the_names_the_record_goes_by(run: Run) -> None:
    shown = json.loads(run("show", SEED, "--json").stdout)
    assert list(shown)[:3] == ["key", "citation_key", "sources"]
    assert shown["citation_key"] == SEED


def test_the_card_shows_what_a_reader_wants(run: Run) -> None:
    card = run("show", SEED).stdout
    for part in ("Elmira Mirbahaeddin", "BMC Health Services Research 24(1):1–14", "April 2024", "RA1-1270"):
        assert part in card


def test_raw_is_what_the_source_sent_byte_for_byte(run: Run) -> None:
    sent = (SAMPLE / "catalogue-page.txt").read_bytes()
    assert run("show", SEED, "--raw").stdout_bytes.strip() == sent.strip()


def test_marc_shows_the_fields(run: Run) -> None:
    assert "245 00 $aTranscending" in run("show", SEED, "--marc").stdout


def test_what_did_not_come_as_marc_says_so(run: Run) -> None:
    result = run("show", "10.5555/peerlit.0001", "--marc")
    assert result.exit_code == 1
    assert "doaj+json" in result.stderr


def test_an_unknown_key_is_one_line_with_a_near_one(run: Run) -> None:
    result = run("show", "mirbahaeddin2024transcendin")
    assert result.exit_code == 1
    assert SEED in result.stderr


def test_history_has_a_line_a_revision(run: Run) -> None:
    assert len(run("show", SEED, "--history").stdout.splitlines()) == 1


def test_export_is_in_the_order_of_citation_keys(run: Run) -> None:
    text = run("export", "peer OR support").stdout
    keys = [line.partition("{")[2].rstrip(",") for line in text.splitlines() if line.startswith("@")]
    assert keys == sorted(keys, key=str.casefold)
    assert SEED in keys


def test_a_file_is_not_overwritten_unless_told(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "review.bib"
    assert run("export", "recovery", "-o", str(path)).exit_code == 0
    written = path.read_text(encoding="utf-8")
    refused = run("export", "peer", "-o", str(path))
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert path.read_text(encoding="utf-8") == written
    assert run("export", "peer", "-o", str(path), "--force").exit_code == 0
    assert path.read_text(encoding="utf-8") != written


def test_a_file_that_cannot_be_written_is_one_line(run: Run, tmp_path: Path) -> None:
    result = run("export", "peer", "-o", str(tmp_path / "nowhere" / "review.bib"))
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")


def test_keys_from_a_search_can_be_exported(run: Run) -> None:
    keys = run("search", "recovery", "-f", "keys").stdout
    assert run("export", "--keys", "-", "-f", "keys", stdin=keys).stdout.split() == sorted(keys.split())


def test_a_key_that_leads_nowhere_is_told(run: Run) -> None:
    result = run("export", "--keys", "-", stdin="no-such-key\n" + SEED + "\n")
    assert result.exit_code == 1
    assert "no-such-key" in result.stderr
    assert SEED in result.stdout


def test_letters_beyond_pdflatex_are_told(run: Run) -> None:
    assert "LuaLaTeX" in run("export", "author:Петрова").stderr
    assert "LuaLaTeX" not in run("export", "author:Петрова", "-f", "biblatex").stderr


def test_a_query_with_an_at_sign_cannot_break_the_header(run: Run) -> None:
    header = run("export", "peer OR foo@bar.org").stdout.split("\n\n")[0]
    assert header.startswith("% Written by peerlit")
    assert "@" not in header
