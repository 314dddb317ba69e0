"""`peerlit search`, as typed."""

import csv
import io
import json

import pytest
from click.testing import Result

from tests.cli.runs import Run

SEED = "mirbahaeddin2024transcending"


def lines(result: Result) -> list[str]:
    return result.stdout.splitlines()


def test_a_pipe_gets_one_line_a_record_with_key_and_citation_key(run: Run) -> None:
    result = run("search", "doi:10.1186/s12913-024-10943-y")
    assert result.exit_code == 0
    assert [line.split("\t")[:3] for line in lines(result)] == [
        ["doaj/28c9eb8a971d4c0f8570a3dd728e2092", SEED, "2024"]
    ]


def test_a_pipe_gets_all_hits_and_the_summary_goes_to_stderr(run: Run) -> None:
    result = run("search")
    assert len(lines(result)) == 51
    assert result.stderr == "51 found\n"


def test_words_of_several_arguments_are_one_query(run: Run) -> None:
    assert (
        run("search", "peer", "support", "--count").stdout == run("search", "peer support", "--count").stdout
    )


def test_nothing_found_is_exit_code_1(run: Run) -> None:
    result = run("search", "unfindable")
    told = "note: `unfindable` was found nowhere\nnothing found\n"
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", told)


def test_what_is_cut_is_said(run: Run) -> None:
    result = run("search", "--limit", "5", "--offset", "10")
    assert len(lines(result)) == 5
    assert "11 to 15 of 51 found; more with --offset 15" in result.stderr


def test_pages_together_are_the_whole(run: Run) -> None:
    pages = [lines(run("search", "--limit", "10", "--offset", str(offset))) for offset in range(0, 60, 10)]
    assert [line for page in pages for line in page] == lines(run("search"))


def test_a_query_error_points_at_the_place(run: Run) -> None:
    result = run("search", "title:(recovery OR")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[1] == "  title:(recovery OR"
    assert result.stderr.splitlines()[2].endswith("^")
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "query",
    ["peer support", '"peer support"', "peer OR support", "year:2019-2023", "title:recovery NOT roles"],
)
def test_every_form_has_the_same_count(run: Run, query: str) -> None:
    total = int(run("search", query, "--count").stdout)
    assert total > 0
    assert len(lines(run("search", query))) == total
    assert len(lines(run("search", query, "-f", "keys"))) == total
    assert len(lines(run("search", query, "-f", "jsonl"))) == total
    assert json.loads(run("search", query, "-f", "json").stdout)["total"] == total
    assert len(list(csv.DictReader(io.StringIO(run("search", query, "-f", "csv").stdout)))) == total
    assert run("search", query, "-f", "bibtex").stdout.count("\n@") + 1 >= total
    assert run("export", query, "-f", "keys").stdout.count("\n") == total


def test_json_has_the_query_as_understood_the_facets_and_the_fields_asked_for(run: Run) -> None:
    answer = json.loads(
        run("search", "recovery", "-f", "json", "--facet", "year", "--fields", "title,doi").stdout
    )
    assert answer["query"] == "recovery"
    assert {"value": "2022", "count": 2} in answer["facets"]["year"]
    assert set(answer["items"][0]) == {"title", "doi"}


def test_an_unknown_field_is_a_usage_error_that_names_those_there_are(run: Run) -> None:
    result = run("search", "x", "--fields", "titel")
    assert result.exit_code == 2
    assert "citation_key" in result.stderr


def test_explain_shows_each_part_with_its_hits(run: Run) -> None:
    result = run("search", "peer NEAR/3 mental year:2024", "--explain")
    assert lines(result)[0] == "(peer NEAR/3 mental) AND year:2024"
    assert any("year 2024" in line for line in lines(result))


def test_facets_count_all_hits_not_the_page(run: Run) -> None:
    result = run("search", "--limit", "1", "--facet", "type")
    counts = [int(line.split()[0]) for line in lines(result) if line.startswith("  ")]
    assert sum(counts) == 51


def test_sorted_by_year(run: Run) -> None:
    result = run("search", "--sort", "newest", "-f", "csv", "--fields", "year")
    years = [int(line) for line in lines(result)[1:] if line]
    assert years == sorted(years, reverse=True)


def test_no_catalogue_says_how_to_make_one(run_new: Run) -> None:
    result = run_new("search", "x")
    assert result.exit_code == 2
    assert "peerlit import" in result.stderr
