"""What other programs read in our files: bibtexparser, pybtex and pandoc, each decoding for itself."""

import json
import re
import shutil
import subprocess
import unicodedata

import pybtex.database
import pytest
from bibtexparser import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from pylatexenc.latex2text import LatexNodes2Text

from catalog.export import EXPORTERS, Entry, Options
from catalog.export.plain import clean
from catalog.record import Container, Contributor, Record
from tests.catalog.export.torture import OTHER_SCRIPTS, TORTURE

PROFILES = {"bibtex": ("bibtex", Options(url="always")), "biblatex": ("biblatex", Options(url="always"))}

# One character for several, here and there: quotes, dashes, blanks, primes, sub- and superscripts, ties.
_FOLD = str.maketrans(
    {
        **dict.fromkeys("'’‘`ʻʹʼ´", "'"),
        **dict.fromkeys("–—‐‑−", "-"),
        "“": '"',
        "”": '"',
        "\u00a0": " ",
        "\u0361": None,
        "\ufe20": None,
        "\ufe21": None,
        "…": "...",
        "\ufffd": "?",
        "ˆ": "^",
        "\u200c": None,
        "\u200d": None,
        "µ": "μ",
    }
)


def same(text: str) -> str:
    """Fold what TeX does not tell apart."""
    folded = unicodedata.normalize("NFKC", clean(text)).translate(_FOLD).replace("''", '"')
    return re.sub("-+", "-", re.sub(r"[_^{}]+", "", folded)).casefold()


def expected_names(record: Record) -> list[str]:
    people = [c for c in record.contributors if c.role in ("author", "director")]
    return [words(printed(c)) for c in people if c.literal != "et al."]


def printed(contributor: Contributor) -> str:
    parts = (contributor.given, contributor.family, contributor.suffix)
    return " ".join(part for part in parts if part) if contributor.family else contributor.literal


def words(name: str) -> str:
    """Return the words of a name in no order: readers put suffixes and particles where they like."""
    return " ".join(sorted(same(name).replace(",", " ").replace("'", "").replace(".", "").split()))


def expected_pages(container: Container | None) -> str | None:
    if container is None or (container.first_page or "").endswith("p."):
        return None
    if container.first_page == "123":
        return "123-128"
    ends = [page for page in (container.first_page, container.last_page) if page]
    return "-".join(ends).replace("–", "-") or container.article_number


@pytest.fixture(scope="module", params=PROFILES)
def profile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def text_of(profile: str) -> str:
    name, options = PROFILES[profile]
    return "".join(EXPORTERS[name].write(ALL, options))


ALL = TORTURE + OTHER_SCRIPTS


def year_of(entry: Entry) -> str:
    issued = entry.record.issued
    return str(issued.year) if issued else ""


def test_bibtexparser_reads_the_same(profile: str) -> None:
    library = parse_string(text_of(profile), append_middleware=[LatexDecodingMiddleware()])
    raw = parse_string(text_of(profile)).entries_dict
    assert library.failed_blocks == []
    decode = LatexNodes2Text(math_mode="text", strict_latex_spaces=True).latex_to_text
    for entry in ALL:
        read = {
            name: field.value for name, field in library.entries_dict[entry.citation_key].fields_dict.items()
        }
        own = {name: field.value for name, field in raw[entry.citation_key].fields_dict.items()}
        # its decoding leaves mathematics alone, as do we then: what is in it was decoded by the same library
        assert same(decode(own.get("title", ""))) == same(entry.record.title or "")
        assert own.get("doi") == entry.record.identifier("doi")
        assert read.get("year", read.get("date", ""))[:4] == year_of(entry)
        names = [n for n in read.get("author", "").split(" and ") if n and n != "others"]
        if not any(" and " in same(printed(c)) for c in entry.record.contributors):
            assert len(names) == len(expected_names(entry.record))


def test_pybtex_reads_the_same(profile: str) -> None:
    library = pybtex.database.parse_string(text_of(profile), "bibtex")
    decode = LatexNodes2Text(math_mode="text", strict_latex_spaces=True).latex_to_text
    assert list(library.entries) == [entry.citation_key for entry in ALL]
    for entry in ALL:
        read = library.entries[entry.citation_key]
        names = [
            words(
                decode(
                    " ".join(
                        map(
                            str,
                            p.first_names + p.middle_names + p.prelast_names + p.last_names + p.lineage_names,
                        )
                    )
                )
            )
            for p in read.persons.get("author", [])
            if str(p) != "others"
        ]
        assert names == expected_names(entry.record), entry.citation_key
        assert same(decode(read.fields.get("title", ""))) == same(entry.record.title or "")
        assert read.fields.get("doi") == entry.record.identifier("doi")


# What pandoc reads otherwise from the classic profile, and why.
_MATHEMATICS = {"mathsigns", "corporateaccent"}  # stays TeX
_YEARS = {"range", "serial"}  # it reads no range of years from `year`


def as_pandoc_prints(text: str) -> str:
    """Fold quotes, which pandoc makes English, and braces, which it keeps as commands."""
    return re.sub(r"\\[lr]brace|['\"]", "", same(text))


@pytest.mark.tex
@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
def test_pandoc_reads_the_same(profile: str) -> None:
    command = ("pandoc", "-f", profile, "-t", "csljson")
    done = subprocess.run(
        command, input=text_of(profile).encode(), capture_output=True, check=True, timeout=120
    )
    library = {item["id"]: item for item in json.loads(done.stdout)}
    assert list(library) == [entry.citation_key for entry in ALL]
    for entry in ALL:
        key, read = entry.citation_key, library[entry.citation_key]
        if profile == "biblatex" or key not in _MATHEMATICS:
            assert as_pandoc_prints(read.get("title", "")) == as_pandoc_prints(entry.record.title or ""), key
        names = [
            words(" ".join(v for v in name.values()))
            for name in read.get("author", [])
            if name.get("literal") != "others"
        ]
        if profile == "biblatex" or key not in _MATHEMATICS:
            letters = [sorted(name.replace(" ", "")) for name in names]  # as it takes d' off d'Arc
            assert letters == [sorted(name.replace(" ", "")) for name in expected_names(entry.record)], key
        assert read.get("DOI") == entry.record.identifier("doi")
        if profile == "biblatex" or key not in _YEARS:
            year = read.get("issued", {}).get("date-parts", [[""]])[0][0]
            assert str(year) == year_of(entry), key
        assert read.get("page") == (expected_pages(entry.record.container) if "page" in read else None), key
