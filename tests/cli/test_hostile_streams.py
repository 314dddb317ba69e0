"""Full disks, closed pipes, foreign locales, narrow terminals: a line and an exit code, no traceback."""

import io
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.errors import UsageFault
from catalog.store import open_catalog
from cli import listing, output
from cli.card import card
from cli.columns import columns, cut, wrap
from cli.settings import Settings
from tests.cli.runs import SAMPLE, Run, run_on
from tests.cli.test_main import PEERLIT, ROOT

FULL = Path("/dev/full")


def shell(line: str, folder: Path, **env: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a line in which `peerlit` is the command, on that catalogue."""
    function = f"""peerlit() {{ {PEERLIT[0]} -c '{PEERLIT[2]}' --catalog "$CATALOGUE" "$@"; }}\n"""
    return subprocess.run(
        ["bash", "-c", function + line],
        env={**os.environ, "PYTHONPATH": str(ROOT), "CATALOGUE": str(folder), **env},
        capture_output=True,
        timeout=60,
        check=False,
    )


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")
@pytest.mark.parametrize("command", ["search peer", "export -f json", "show --raw {key}", "--help"])
def test_output_that_cannot_be_written_is_one_line(sample_folder: Path, command: str) -> None:
    done = shell(f"peerlit {command.format(key='mirbahaeddin2024transcending')} >/dev/full", sample_folder)
    assert done.returncode == 2
    assert (
        done.stderr.decode().splitlines()[-1]
        == "error: the output cannot be written: No space left on device"
    )
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("peerlit search peer >&-", 0),
        ("peerlit search peer 2>&-", 0),
        ("peerlit import - <&-", 1),
        ("peerlit export --keys - <&-", 1),
        ("peerlit import none.mrc >&- 2>&-", 2),
    ],
)
def test_closed_streams(sample_folder: Path, line: str, code: int) -> None:
    done = shell(line, sample_folder)
    assert (done.returncode, b"Traceback" in done.stderr) == (code, False)


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C"},
        {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=str,
)
def test_into_a_pipe_goes_utf_8_in_any_locale(sample_folder: Path, env: dict[str, str]) -> None:
    done = shell("peerlit search author:Петрова", sample_folder, **env)
    assert done.returncode == 0, done.stderr
    assert "Петрова" in done.stdout.decode()


@pytest.mark.parametrize("target", ["new.bib", "held.bib", "link.bib"])
@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError(28, "No space left on device")], ids=str)
def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, target: str, fault: BaseException) -> None:
    held = tmp_path / "held.bib"
    held.write_text("held")
    held.chmod(0o640)
    (tmp_path / "link.bib").symlink_to("held.bib")

    def texts() -> Iterator[str]:
        yield "part"
        raise fault

    with pytest.raises((KeyboardInterrupt, UsageFault)):
        output.write_whole(texts(), tmp_path / target)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["held.bib", "link.bib"]
    assert held.read_text() == "held"
    output.write_whole(["who", "le"], tmp_path / target)
    assert (tmp_path / target).read_text() == "whole"
    assert (tmp_path / "link.bib").is_symlink()
    assert held.stat().st_mode & 0o777 == 0o640


def test_a_device_is_written_to_and_not_replaced(run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert run("export", "peer", "-f", "keys", "-o", str(pipe)).exit_code == 0
    assert os.read(reader, 1 << 16).count(b"\n") == int(run("search", "peer", "--count").stdout)
    os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.parametrize(
    ("text", "taken"), [("abc", 3), ("統計", 4), ("e\u0301", 1), ("a\u200db", 2), ("ﾊﾝｶｸ", 4), ("", 0)]
)
def test_a_text_takes_so_many_columns(text: str, taken: int) -> None:
    assert columns(text) == taken


@pytest.mark.parametrize("width", [2, 5, 20, 80])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "統計学における同輩支援の効果、そして展望。",
        "A word or two and some more",
        "mixed 統計 and x",
        "ee\u0301",
    ],
)
def test_what_is_cut_or_wrapped_fits_and_loses_nothing(text: str, width: int) -> None:
    assert columns(cut(text, width)) <= width
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(columns(line) <= width for line in lines if " " in line)
    assert len(wrap(text, width, most=2)) <= 2


@pytest.mark.parametrize("width", [20, 40, 80])
def test_the_short_list_fits_the_terminal(
    sample_folder: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    with open_catalog(sample_folder) as catalog:
        found = list(catalog.live())
        lines = "\n".join(listing.short_list(found, first=1, color=False)).splitlines()
        assert all(columns(line) < max(width, 28) or " " not in line.strip() for line in lines)
        for stored in found:
            assert list(card(stored))


def test_names_written_family_first_are_told_apart(sample_folder: Path) -> None:
    with open_catalog(sample_folder) as catalog:
        names = {listing.people(stored.record) for stored in catalog.live()}
    assert any("; " in each for each in names)


def test_a_dumb_terminal_gets_neither_colour_nor_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdout", terminal)
    monkeypatch.setattr("sys.stderr", terminal)
    for name in ("NO_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert (Settings().colored(), Settings().progress()) == (True, True)
    monkeypatch.setenv("TERM", "dumb")
    assert (Settings().colored(), Settings().progress()) == (False, False)


def test_every_raw_record_is_accounted_for(run_new: Run) -> None:
    run_new("import", str(SAMPLE / "catalogue-page.txt"))
    assert run_new("stats").stdout.startswith("1 record of 1 received\n\n")


def test_a_page_behind_the_last_hit_says_so(sample_folder: Path) -> None:
    assert run_on(sample_folder)("search", "--offset", "60").stderr == "51 found, none after the first 60\n"
