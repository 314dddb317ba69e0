"""Every profile through TeX itself, with no package loaded that the style does not ask for."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from catalog.codes import table
from catalog.export import EXPORTERS, Entry, Options
from catalog.record import Record
from tests.catalog.export.torture import OTHER_SCRIPTS, SEED, TORTURE, article

pytestmark = [
    pytest.mark.tex,
    pytest.mark.skipif(shutil.which("pdflatex") is None, reason="TeX is not installed"),
]

STYLES = ["plain", "abbrv", "unsrt", "alpha", "plainnat", "abbrvnat", "apalike", "ieeetr", "acm", "siam"]
_MISSING = re.compile(r"Warning--(empty|all relevant fields are empty)")
_TROUBLE = re.compile(
    r"^(Warning--|I (was|found|couldn't|'m)|.*error message|.*Repeated entry|You're missing)"
)


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, timeout=300, check=False)
    return done.stdout.decode("utf-8", "replace")


def faults(log: str) -> list[str]:
    return [line for line in log.splitlines() if line.startswith("!") or "Emergency stop" in line]


def compile_classic(folder: Path, style: str, preamble: str = "") -> tuple[list[str], list[str], str]:
    """Return what BibTeX complains of, what LaTeX does, and the bibliography."""
    natbib = "\\usepackage{natbib,url}" if style.endswith("nat") else ""
    (folder / "main.tex").write_text(
        f"\\documentclass{{article}}{preamble}{natbib}\\begin{{document}}x\\nocite{{*}}"
        f"\\bibliographystyle{{{style}}}\\bibliography{{all}}\\end{{document}}",
        encoding="utf-8",
    )
    latex = ("pdflatex", "-interaction=nonstopmode", "main")
    run(folder, *latex)
    complaints = [line for line in run(folder, "bibtex", "main").splitlines() if _TROUBLE.match(line)]
    run(folder, *latex)
    return (
        complaints,
        faults(run(folder, *latex)),
        (folder / "main.bbl").read_text(encoding="utf-8", errors="replace"),
    )


def compile_biblatex(folder: Path, style: str) -> tuple[list[str], list[str]]:
    (folder / "main.tex").write_text(
        f"\\documentclass{{article}}\\usepackage[style={style}]{{biblatex}}\\addbibresource{{all.bib}}"
        "\\begin{document}x\\nocite{*}\\printbibliography\\end{document}",
        encoding="utf-8",
    )
    latex = ("lualatex", "-interaction=nonstopmode", "main")
    run(folder, *latex)
    report = run(folder, "biber", "--validate-datamodel", "main")
    complaints = [line for line in report.splitlines() if "WARN" in line or "ERROR" in line]
    return complaints, faults(run(folder, *latex))


def save(folder: Path, name: str, entries: list[Entry], options: Options) -> None:
    (folder / "all.bib").write_text("".join(EXPORTERS[name].write(entries, options)), encoding="utf-8")


@pytest.mark.parametrize("ascii_", [False, True], ids=["utf8", "ascii"])
@pytest.mark.parametrize("style", STYLES)
def test_bibtex_and_pdflatex_set_every_entry(tmp_path: Path, style: str, ascii_: bool) -> None:  # noqa: FBT001 (a parameter of pytest)
    save(tmp_path, "bibtex", TORTURE, Options(ascii=ascii_, subjects=True))
    complaints, errors, bibliography = compile_classic(tmp_path, style)
    assert [line for line in complaints if not _MISSING.match(line)] == []
    assert errors == []
    assert bibliography.count("\\bibitem") == len(TORTURE)


@pytest.mark.parametrize("style", STYLES)
def test_the_seed_record_gets_no_warning_from_bibtex(tmp_path: Path, style: str) -> None:
    save(tmp_path, "bibtex", [SEED], Options(url="always"))
    assert compile_classic(tmp_path, style)[:2] == ([], [])


@pytest.mark.parametrize("style", ["authoryear", "numeric", "alphabetic"])
def test_biber_and_lualatex_set_every_entry_of_every_script(tmp_path: Path, style: str) -> None:
    save(tmp_path, "biblatex", TORTURE + OTHER_SCRIPTS, Options(url="always", subjects=True))
    complaints, errors = compile_biblatex(tmp_path, style)
    # biber takes two ISSNs in one field for one that is wrong; both are wanted
    known = re.compile(r"Missing mandatory field|Entry 'twoissn' .*Invalid ISSN|WARNINGS: \d+$")
    assert [line for line in complaints if not known.search(line)] == []
    assert errors == []


@pytest.mark.parametrize("style", ["authoryear", "numeric"])
def test_the_seed_record_gets_no_warning_from_biber(tmp_path: Path, style: str) -> None:
    save(tmp_path, "biblatex", [SEED], Options(url="always"))
    assert compile_biblatex(tmp_path, style) == ([], [])


@pytest.mark.parametrize("preamble", ["", "\\usepackage[T1]{fontenc}"], ids=["OT1", "T1"])
@pytest.mark.parametrize("ascii_", [False, True], ids=["utf8", "ascii"])
def test_every_character_of_the_table_is_set(tmp_path: Path, ascii_: bool, preamble: str) -> None:  # noqa: FBT001 (a parameter of pytest)
    codes = table("latex")
    characters = [
        *codes["raw"].replace("\n", ""),
        *codes["raw_t1"],
        *codes["special"],
        *codes["everywhere"],
        *codes["text"],
        *codes["plain"],
        *codes["math"],
        *codes["greek"],
        *(f"x{letter}{mark}" for mark in codes["accents"] for letter in "aeiouscgjz"),
    ]
    # a year each, as alpha.bst counts labels beyond z with a brace
    entries = [
        Entry(f"k{n}", "k", article(f"x {c} x", f"Xa{c}, {c}ab", year=1000 + n))
        for n, c in enumerate(characters)
    ]
    save(tmp_path, "bibtex", entries, Options(ascii=ascii_))
    for style in ("alpha", "abbrv"):
        assert compile_classic(tmp_path, style, preamble)[:2] == ([], [])


def test_no_style_cuts_a_letter_in_two(tmp_path: Path) -> None:
    letters = "éàßłŁØåœŒžŽčČğışÞðĐą"
    entries = [
        Entry(
            f"k{n}", "k", article("T", family + a + "xyz, " + a + "ndr" + a + "-" + a + "bc", year=1000 + n)
        )
        for n, (family, a) in enumerate(
            (f, a) for f in ("", "A", "Ab", "Abc", "van A", "d'") for a in letters
        )
    ]
    bodies = [
        Entry(
            f"b{n}",
            "k",
            Record(title="T", type="book", publisher="P", contributors=article("T", name).contributors),
        )
        for n, name in enumerate(f + a + " & Co (UK)" for f in ("", "A", "Ab", "A&", "Ab&") for a in letters)
    ]
    for style in ("abbrv", "alpha", "apalike"):
        save(tmp_path, "bibtex", entries + bodies, Options())
        assert compile_classic(tmp_path, style)[1] == []
        save(tmp_path, "bibtex", entries + bodies, Options(ascii=True))
        assert compile_classic(tmp_path, style)[1] == []


def test_capitals_survive_the_styles_that_lower_them(tmp_path: Path) -> None:
    titles = {
        "Peer workers in Bangladesh: Results of the COVID-19 study of ΔF508 and AT&T": "en",
        "Über die Rolle der Peer-Arbeit": "de",
        "&Über die ÄRZTE": "de",
        "In the market of &CO, ÉLAN and McDonald nurses": "en",
    }
    entries = [
        Entry(f"k{n}", "k", article(t, "Roe, R.", language=code))
        for n, (t, code) in enumerate(titles.items())
    ]
    for ascii_ in (False, True):
        save(tmp_path, "bibtex", entries, Options(ascii=ascii_))
        bibliography = " ".join(compile_classic(tmp_path, "plain")[2].split())
        assert (
            "{Bangladesh}: {Results} of the {COVID-19} study of {{$\\Delta$}F508} and {AT\\&T}"
            in bibliography
        )
        assert (
            '{{\\"U}ber die Rolle der Peer-Arbeit}' if ascii_ else "{Über die Rolle der Peer-Arbeit}"
        ) in bibliography
        assert ('{{}\\&{\\"U}ber die {\\"A}RZTE}' if ascii_ else "{{}\\&Über die ÄRZTE}") in bibliography
        assert (
            "\\&{CO}, {{\\'E}LAN} and {McDonald}" if ascii_ else "\\&{CO}, {ÉLAN} and {McDonald}"
        ) in bibliography
