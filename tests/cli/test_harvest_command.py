"""The harvesting commands as a user types them, against a small DOAJ, a VuFind and an SRU server."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.loopback.answer import Answer, Respond
from cli.loopback.provider import Provider
from cli.loopback.server import serve
from tests.cli.runs import Run
from tests.provider.articles import articles
from tests.provider.faulty import always, edit, faulty, headed
from tests.provider.marc import books
from tests.provider.sru import Sru
from tests.provider.vufind import VuFind

KEY = "a-key-that-is-secret"
MANNERS = ("--gap", "0", "--no-index")
NOT_FOUND = headed(404, b"<title>gone</title>")


def doaj_provider() -> Provider:
    return Provider(articles(400), page_size=100)


@pytest.fixture(scope="module")
def doaj() -> Iterator[str]:
    with serve(doaj_provider().respond) as base:
        yield base


def report(run: Run, number: int) -> dict[str, object]:
    found: dict[str, object] = json.loads(run("harvests", "show", str(number), "--json").stdout)
    return found


def test_a_topic_is_asked_of_the_api(run_new: Run, doaj: str) -> None:
    done = run_new("harvest", "doaj", "peer", "--base-url", doaj, *MANNERS)
    assert done.exit_code == 0, done.stderr
    assert "the article API: a topic is no set of the feed" in done.stderr
    known = report(run_new, 1)
    assert (known["kind"], known["complete"]) == ("doaj-api", True)
    assert known["announced"] == known["counts"]["received"]  # type: ignore[index]  # a dict, as JSON goes


def test_a_class_is_harvested_from_the_feed_and_again_from_its_newest(run_new: Run, doaj: str) -> None:
    command = ("harvest", "doaj", "--subject", "psychiatry", "--base-url", doaj, *MANNERS)
    assert run_new(*command).exit_code == 0
    again = run_new(*command)
    assert again.exit_code == 0
    first, second = report(run_new, 1), report(run_new, 2)
    assert first["kind"] == "doaj-feed"
    assert second["since"] == first["watermark"]
    assert not second["counts"]["new"]  # type: ignore[index]  # a dict, as JSON goes


def test_a_report_holds_all_that_a_review_has_to_tell(run_new: Run, doaj: str) -> None:
    done = run_new(
        "harvest", "oai", f"{doaj}/oai.article", "--from", "2020-01-01", "--until", "2024-12-31", *MANNERS
    )
    assert done.exit_code == 0, done.stderr
    known = report(run_new, 1)
    assert known["request"] == {"from": "2020-01-01", "until": "2024-12-31"}
    assert {
        "since", "until", "server", "location", "announced", "retries", "seconds", "started_at",
        "finished_at", "status", "complete", "watermark", "rejections", "remarks",
    } <= known.keys()  # fmt: skip
    assert list(known["counts"]) == [  # type: ignore[call-overload]  # a dict, as JSON goes
        "received", "new", "changed", "unchanged", "deleted", "rejected", "repeated", "outdated",
    ]  # fmt: skip
    assert json.loads(run_new("harvests", "--json").stdout) == known
    table = run_new("harvests", "show", "1").stdout
    assert "next from" in table
    assert "asked: from" in table
    assert run_new("harvests").stdout.split("\t")[3] == "complete"


def test_a_dry_run_leaves_nothing_behind(run_new: Run, doaj: str, tmp_path: Path) -> None:
    command = ("harvest", "doaj", "peer", "--base-url", doaj, *MANNERS)
    assert "records announced" in run_new(*command, "--dry-run").stderr
    assert not (tmp_path / "catalogue").exists()
    assert run_new(*command).exit_code == 0
    held = (tmp_path / "catalogue" / "catalogue.sqlite").read_bytes()
    assert run_new(*command, "--dry-run").exit_code == 0
    assert (tmp_path / "catalogue" / "catalogue.sqlite").read_bytes() == held


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("oai", "example.org/oai"), "is not the address of a server"),
        (("oai", "http://127.0.0.1:99999/"), "is not the address of a server"),
        (("oai", "ftp://127.0.0.1/oai"), "is not the address of a server"),
        (("oai", "{base}/oai.article?verb=Identify"), "hint: {base}/oai.article, with --set"),
        (("oai", "http://me:secret@127.0.0.1/oai"), "a login in it"),
        (("oai", "{base}/oai.article", "--set", ""), "is no setSpec"),
        (("oai", "{base}/oai.article", "--set", "a b"), "is no setSpec"),
        (("oai", "{base}/oai.article", "--source", "a/b"), "cannot be the name of a source"),
        (("oai", "{base}/oai.article", "--source", ""), "cannot be the name of a source"),
        (("oai", "{base}/oai.article", "--from", "2025-13-01"), "is no date"),
        (("oai", "{base}/oai.article", "--from", "2025-01-02", "--until", "2024-01-02"), "is later than"),
        (("doaj", "--base-url", "{base}"), "nothing is asked"),
        (("doaj", "--base-url", "{base}", "peer*"), "takes no *"),
        (("doaj", "--base-url", "{base}", "a AND " * 900 + "a"), "too long"),
        (("doaj", "--base-url", "{base}", "--subject", "Psychiatri"), "did you mean Psychiatry (RC435-571)"),
        (("doaj", "--base-url", "{base}", "--narrower", "peer"), "--subject CLASS --narrower"),
        (("doaj", "--dump", "nowhere.tar.gz"), "No such file"),
        (("sru", "nowhere", "peer"), "an address, or one of"),
        (("vufind", "{base}"), "by a QUERY or by --ids"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_line(
    run_new: Run, doaj: str, args: tuple[str, ...], said: str
) -> None:
    done = run_new("harvest", *(arg.replace("{base}", doaj) for arg in args), *MANNERS)
    assert done.exit_code == 2, done.stderr
    assert said.replace("{base}", doaj) in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("path", ["/", "/nothing/here"])
def test_a_page_that_is_no_oai_ends_with_the_other_sides_code(run_new: Run, doaj: str, path: str) -> None:
    done = run_new("harvest", "oai", doaj + path, *MANNERS)
    assert done.exit_code == 4
    assert "404" in done.stderr
    assert "hint: " in done.stderr


def test_a_harvest_that_never_began_takes_no_name(run_new: Run, doaj: str) -> None:
    run_new("harvest", "oai", f"{doaj}/wrong", *MANNERS)
    assert (
        "127.0.0.1: harvest 1 complete" in run_new("harvest", "oai", f"{doaj}/oai.article", *MANNERS).stderr
    )


def test_a_shared_caption_is_all_its_classes_for_a_topic_as_well(run_new: Run, doaj: str) -> None:
    done = run_new("harvest", "doaj", "peer", "--subject", "By period", "--base-url", doaj, "-n", *MANNERS)
    assert "within By period (CB305-430, B108-5802)" in done.stderr


def test_nothing_found_is_told_by_the_exit_code(run_new: Run, doaj: str) -> None:
    command = ("harvest", "oai", f"{doaj}/oai.article", *MANNERS)
    assert run_new(*command, "--from", "2999-01-01").exit_code == 1
    assert run_new(*command).exit_code == 0
    assert run_new("harvest", "doaj", "zyzzyva", "--base-url", doaj, *MANNERS).exit_code == 1


def test_a_key_is_kept_and_shown_nowhere(
    run_new: Run, doaj: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEERLIT_API_KEY", KEY)
    good = run_new("harvest", "oai", f"{doaj}/oai.article", *MANNERS)
    bad = run_new("harvest", "oai", f"{doaj}/nothing", *MANNERS)
    assert (good.exit_code, bad.exit_code) == (0, 4)
    shown = good.output + bad.output + run_new("harvests", "--json").output
    assert KEY not in shown
    assert all(KEY.encode() not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_the_same_command_goes_on_when_the_server_is_back(run_new: Run) -> None:
    down = True
    broken = faulty(doaj_provider().respond, (lambda call: down and call.number > 4, NOT_FOUND))

    with serve(broken) as base:
        command = ("-q", "harvest", "oai", f"{base}/oai.article", *MANNERS)
        failed = run_new(*command)
        assert failed.exit_code == 4
        down = False
        assert run_new(*command).exit_code == 0
    known = report(run_new, 1)
    assert (known["complete"], known["resumptions"]) == (True, 1)
    assert known["counts"]["new"] == 400  # type: ignore[index]  # a dict, as JSON goes


def test_update_goes_on_past_a_server_that_is_gone(run_new: Run, doaj: str) -> None:
    gone = False
    provider = doaj_provider()

    def respond(path: str, query: str, headers: dict[str, str]) -> Answer:
        answer: Respond = faulty(provider.respond, (always, NOT_FOUND)) if gone else provider.respond
        return answer(path, query, headers)

    with serve(respond) as base:
        for at, name in ((base, "first"), (doaj, "second")):
            assert run_new("harvest", "oai", f"{at}/oai.article", "--source", name, *MANNERS).exit_code == 0
        gone = True
        done = run_new("harvest", "--update", *MANNERS)
    assert done.exit_code == 4
    assert "error: " in done.stderr
    assert "second: harvest 3 complete" in done.stderr


def test_options_before_the_kind_of_source_are_refused(run_new: Run) -> None:
    assert run_new("harvest", "--full", "doaj", "peer").exit_code == 2
    assert run_new("harvest", "--update", "doaj", "peer").exit_code == 2


def test_an_sru_server_and_a_vufind(run_new: Run) -> None:
    shelf = books(60)
    with serve(Sru(shelf).respond) as base:
        done = run_new("harvest", "sru", f"{base}/sru", "cql.allRecords=1", "--source", "sru", *MANNERS)
    with serve(VuFind(shelf).respond) as base:
        site = run_new("harvest", "vufind", base, "a", "--source", "vufind", *MANNERS)
        ids = "\n".join(book.id for book in shelf[:7])
        listed = run_new("harvest", "vufind", base, "--ids", "-", "--source", "listed", *MANNERS, stdin=ids)
    assert done.exit_code == 0, done.stderr
    assert site.exit_code == 0, site.stderr
    assert "7 received: 7 new" in listed.stderr


def test_what_a_server_sent_and_cannot_be_read_is_listed_by_its_identifier(run_new: Run) -> None:
    provider = doaj_provider()
    with serve(faulty(provider.respond, (always, edit(rb"doajArticle", b"somethingElse")))) as base:
        done = run_new("harvest", "oai", f"{base}/oai.article", *MANNERS)
    assert done.exit_code == 1, done.stderr
    listed = run_new("rejects").stdout
    assert "oai:doaj.org/article:" in listed
    assert "None" not in listed


def test_the_classes_are_browsed(run_new: Run) -> None:
    assert "RC435-571  Psychiatry" in run_new("subjects", "psychia").stdout
    assert json.loads(run_new("subjects", "rc435-571", "--json").stdout.splitlines()[0])["set"]
    assert run_new("subjects", "zyzzyva").exit_code == 1
