"""Whole `.bib` files: as reviewed, whatever the records hold, however many they are."""

import itertools
import re
import tracemalloc
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import bibtexparser
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text

from catalog.export import EXPORTERS, Entry, Options
from catalog.export.layout import header
from catalog.export.scripts import needs_unicode_tex
from catalog.record import (
    Container,
    Contributor,
    Identifier,
    Issn,
    Link,
    PartialDate,
    Record,
    RecordType,
    Series,
    Subject,
)
from tests.catalog.export.torture import OTHER_SCRIPTS, SEED, TORTURE, article, person

DATA = Path(__file__).resolve().parents[2] / "data" / "bib"
PROFILES = {
    "bibtex": ("bibtex", Options()),
    "ascii": ("bibtex", Options(ascii=True, url="always", month="number", subjects=True, abstract=False)),
    "biblatex": ("biblatex", Options(url="always", subjects=True)),
}


def written(profile: str, entries: Iterable[Entry]) -> str:
    name, options = PROFILES[profile]
    return "".join(EXPORTERS[name].write(entries, options))


@pytest.mark.parametrize("profile", PROFILES)
def test_the_file_is_as_reviewed(profile: str) -> None:
    expected = DATA / f"torture-{profile}.bib"
    text = written(profile, TORTURE + OTHER_SCRIPTS)
    assert expected.exists(), f"review this and save it as {expected}:\n{text}"
    assert text == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("profile", PROFILES)
def test_every_entry_is_written_once_under_its_key(profile: str) -> None:
    text = written(profile, TORTURE + OTHER_SCRIPTS)
    keys = [entry.citation_key for entry in TORTURE + OTHER_SCRIPTS]
    assert re.findall(r"^@\w+\{([^,]+),$", text, re.MULTILINE) == keys
    assert len(re.findall("^@", text, re.MULTILINE)) == len(keys)


def test_ascii_is_ascii_where_latin_letters_allow() -> None:
    text = written("ascii", TORTURE)
    assert [line for line in text.splitlines() if not line.isascii()] == []


def test_keys_that_differ_in_nothing_but_case_stay_two_entries() -> None:
    text = written("bibtex", [Entry("Key", "a", Record(title="A")), Entry("key", "b", Record(title="B"))])
    assert [entry.key for entry in bibtexparser.parse_string(text).entries] == ["Key", "key"]


def test_letters_outside_the_default_fonts_are_defined_once_before_their_first_use() -> None:
    text = written(
        "bibtex",
        [Entry("a", "a", article("ąę")), Entry("b", "b", article("Ą đ")), Entry("c", "c", article("é"))],
    )
    assert text.count("\\string\\k\\endcsname") == 1
    assert text.count("\\string\\dj\\endcsname") == 1
    assert (
        text.index("\\string\\k")
        < text.index("@article{a,")
        < text.index("\\string\\dj")
        < text.index("@article{b,")
    )
    assert "@preamble" not in written("bibtex", [SEED])
    assert "@preamble" not in written("biblatex", [Entry("a", "a", article("ąę"))])


def test_the_seed_record_is_as_a_librarian_would_type_it() -> None:
    assert written("bibtex", [SEED]).splitlines()[:12] == [
        "@article{mirbahaeddin2024transcending,",
        "  author       = {Elmira Mirbahaeddin and Samia Chreim},",
        f"  title        = {{{SEED.record.title}}},",
        "  journal      = {BMC Health Services Research},",
        "  year         = {2024},",
        "  month        = apr,",
        "  volume       = {24},",
        "  number       = {1},",
        "  pages        = {1--14},",
        "  publisher    = {BMC},",
        "  issn         = {1472-6963},",
        "  doi          = {10.1186/s12913-024-10943-y},",
    ]


@pytest.mark.parametrize(
    ("options", "has", "has_not"),
    [
        (Options(), "month        = apr,", "url "),
        (Options(url="always"), "url          = {https://doi.org/10.1186/s12913-024-10943-y},", "@preamble"),
        (Options(url="never"), "doi ", "url "),
        (Options(month="number"), "month        = {4},", "apr"),
        (Options(month="none"), "year ", "month"),
        (Options(abstract=False), "keywords ", "abstract"),
    ],
)
def test_options_choose_what_is_written(options: Options, has: str, has_not: str) -> None:
    text = "".join(EXPORTERS["bibtex"].write([SEED], options))
    assert has in text
    assert has_not not in text


@pytest.mark.parametrize(
    ("publisher", "place", "expected"),
    [
        (
            "Kluwer",
            "Dordrecht; Boston",
            ("publisher    = {Kluwer},", "location     = {Dordrecht and Boston},"),
        ),
        ("Constable and Company", "London", ("publisher    = {{Constable and Company}},",)),
        ("Rowman & Littlefield", "Lanham", ("publisher    = {Rowman \\& Littlefield},",)),
    ],
)
def test_biblatex_reads_publishers_and_places_as_lists(
    publisher: str, place: str, expected: tuple[str, ...]
) -> None:
    record = Record(type="book", title="T", publisher=publisher, place=place)
    text = "".join(EXPORTERS["biblatex"].write([Entry("x", "a/1", record)], Options()))
    assert all(line in text for line in expected), text


TOC = Link(url="http://a/toc", kind="related")
COVER = Link(url="http://a/cover.jpg", kind="fulltext", media_type="image/jpeg")
PAGE = Link(url="http://a/page", kind="record")
TEXT = Link(url="http://a/text.pdf", kind="fulltext", media_type="application/pdf")


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ((TOC,), None),
        ((TOC, PAGE), "http://a/page"),
        ((COVER, PAGE), "http://a/page"),
        ((COVER,), "http://a/cover.jpg"),
        ((COVER, PAGE, TEXT), "http://a/text.pdf"),
    ],
)
def test_the_address_is_where_the_work_is(links: tuple[Link, ...], expected: str | None) -> None:
    record = Record(type="book", title="T", links=links)
    text = "".join(EXPORTERS["bibtex"].write([Entry("x", "a/1", record)], Options(url="always")))
    assert (f"{{{expected}}}" in text) if expected else ("url" not in text)


@pytest.mark.parametrize(
    ("issued", "bibtex", "biblatex"),
    [
        (PartialDate(year=2024, month=4, day=1), "year = {2024}, month = apr,", "date = {2024-04-01},"),
        (PartialDate(year=2024, month=1, month_doubtful=True), "year = {2024},", "date = {2024},"),
        (PartialDate(year=1950, end_year=1955), "year = {1950--1955},", "date = {1950/1955},"),
        (PartialDate(year=1890, circa=True), "year = {1890?},", "date = {1890~},"),
        (PartialDate(year=1890, end_year=1899, circa=True), "year = {1890--1899?},", "date = {1890~/1899~},"),
        (PartialDate(year=800), "year = {800},", "date = {0800},"),
        (PartialDate(literal="n.d."), "", ""),
        (None, "", ""),
    ],
)
def test_dates_say_what_is_known(issued: PartialDate | None, bibtex: str, biblatex: str) -> None:
    entry = Entry("k", "k", Record(title="T", issued=issued))
    lines = " ".join(re.findall(r"(?:year|month) .*", written("bibtex", [entry])))
    assert re.sub(" +", " ", lines) == bibtex
    assert re.sub(" +", " ", " ".join(re.findall(r"date .*", written("biblatex", [entry])))) == biblatex


@pytest.mark.parametrize(
    ("record", "bibtex", "biblatex"),
    [
        (article("T", "Roe, R."), "article", "article"),
        (article("T", "Roe, R.", journal=None), "misc", "misc"),
        (article("T", "Roe, R.", kind="document"), "article", "article"),
        (article("T", "Roe, R.", kind="chapter"), "incollection", "incollection"),
        (article("T", "Roe, R.", kind="conference-paper"), "inproceedings", "inproceedings"),
        (article("T", "Roe, R.", kind="chapter", journal=None), "misc", "misc"),
        (Record(type="book", publisher="P", contributors=(person("Roe, R."),)), "book", "book"),
        (Record(type="book", contributors=(person("Roe, R."),)), "booklet", "book"),
        (
            Record(type="book", publisher="P", contributors=(person("Roe, R.", role="editor"),)),
            "book",
            "collection",
        ),
        (Record(type="thesis", publisher="U", genres=("Ph.D. thesis",)), "phdthesis", "thesis"),
        (Record(type="thesis", publisher="U", genres=("Master's thesis",)), "mastersthesis", "thesis"),
        (Record(type="thesis", publisher="U", notes=("Thesis (M.A.)--U, 1999",)), "mastersthesis", "thesis"),
        (Record(type="thesis"), "misc", "thesis"),
        (Record(type="report", publisher="P"), "techreport", "report"),
        (Record(type="dataset"), "misc", "dataset"),
        (Record(type="software"), "misc", "software"),
        (Record(type="periodical"), "misc", "periodical"),
        (Record(type="webpage", links=(Link(url="http://a"),)), "misc", "online"),
        (Record(type="webpage"), "misc", "misc"),
        (Record(type="map"), "misc", "misc"),
        (Record(), "misc", "misc"),
    ],
)
def test_the_type_is_one_whose_required_parts_are_there(record: Record, bibtex: str, biblatex: str) -> None:
    assert written("bibtex", [Entry("k", "k", record)]).startswith(f"@{bibtex}{{k,")
    assert written("biblatex", [Entry("k", "k", record)]).startswith(f"@{biblatex}{{k,")


@pytest.mark.parametrize(
    ("edition", "bibtex", "biblatex"),
    [
        ("2nd ed.", "2nd", "2"),
        ("3. Aufl.", "3rd", "3"),
        ("11th edition", "11th", "11"),
        ("Rev. ed.", "Rev.", "Rev."),
        ("2a ed.", "2nd", "2"),
        ("Édition revue", "Édition revue", "Édition revue"),
    ],
)
def test_editions_are_what_styles_complete(edition: str, bibtex: str, biblatex: str) -> None:
    entry = Entry("k", "k", Record(type="book", edition=edition))
    assert f"edition      = {{{bibtex}}}," in written("bibtex", [entry])
    assert f"edition      = {{{biblatex}}}," in written("biblatex", [entry])


def test_the_header_names_the_file_s_origin_and_opens_no_entry() -> None:
    text = header("peerlit", "1.0", date(2026, 11, 23), "author:a@b.org\n@article{x", 2)
    assert text == (
        "% Written by peerlit 1.0 on 2026-11-23\n% Query: author:a(at)b.org (at)article{x\n% 2 entries\n\n"
    )
    assert len(bibtexparser.parse_string(text + written("bibtex", [SEED])).entries) == 1


def test_what_pdflatex_cannot_set_is_told_before_it_stops() -> None:
    assert [entry.citation_key for entry in TORTURE if needs_unicode_tex(entry.record)] == []
    assert [entry.citation_key for entry in OTHER_SCRIPTS if not needs_unicode_tex(entry.record)] == []
    assert not needs_unicode_tex(article("Title", abstract="чужое", keywords=("漢字",)))


@pytest.mark.parametrize("profile", PROFILES)
def test_a_hundred_thousand_entries_take_no_more_room_than_one(profile: str) -> None:
    name, options = PROFILES[profile]

    def endless() -> Iterator[Entry]:
        while True:
            yield SEED

    stream = EXPORTERS[name].write(endless(), options)
    next(stream)
    tracemalloc.start()
    for _ in itertools.islice(stream, 500):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200_000


# Anything a record can hold.
_TEXT = st.text(min_size=1, max_size=25)
_MAYBE = st.none() | _TEXT
_YEAR = st.none() | st.integers(1, 2100)
_PEOPLE = st.builds(
    Contributor,
    literal=_TEXT,
    family=_MAYBE,
    given=_MAYBE,
    suffix=_MAYBE,
    kind=st.sampled_from(["person", "organization", "meeting"]),
    role=st.sampled_from(["author", "editor", "translator", "director", "anything"]),
)
_RECORDS = st.builds(
    Record,
    type=st.sampled_from(msgspec.inspect.type_info(RecordType).values),
    title=_MAYBE,
    contributors=st.lists(_PEOPLE, max_size=4).map(tuple),
    issued=st.none()
    | st.builds(
        PartialDate, year=_YEAR, month=st.none() | st.integers(1, 12), end_year=_YEAR, circa=st.booleans()
    ),
    container=st.none()
    | st.builds(
        Container,
        title=_MAYBE,
        volume=_MAYBE,
        issue=_MAYBE,
        first_page=_MAYBE,
        last_page=_MAYBE,
        article_number=_MAYBE,
        issns=st.lists(st.builds(Issn, value=_TEXT), max_size=2).map(tuple),
    ),
    series=st.lists(st.builds(Series, title=_TEXT, volume=_MAYBE), max_size=1).map(tuple),
    publisher=_MAYBE,
    place=_MAYBE,
    edition=_MAYBE,
    extent=_MAYBE,
    identifiers=st.lists(
        st.builds(
            Identifier,
            scheme=st.sampled_from(["doi", "isbn", "issn", "arxiv", "pmid", "handle"]),
            value=_TEXT,
        ),
        max_size=3,
    ).map(tuple),
    links=st.lists(st.builds(Link, url=_TEXT), max_size=2).map(tuple),
    abstract=_MAYBE,
    languages=st.lists(st.sampled_from(["en", "de", "zh", "xx"]), max_size=1).map(tuple),
    keywords=st.lists(_TEXT, max_size=3).map(tuple),
    subjects=st.lists(st.builds(Subject, term=_MAYBE, scheme=st.none() | st.just("lcc")), max_size=2).map(
        tuple
    ),
    genres=st.lists(_TEXT, max_size=1).map(tuple),
)


@pytest.mark.parametrize("profile", PROFILES)
@given(records=st.lists(_RECORDS, min_size=1, max_size=3))
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_the_records_hold_the_file_has_as_many_entries(profile: str, records: list[Record]) -> None:
    entries = [Entry(f"key{n}", f"k{n}", record) for n, record in enumerate(records)]
    text = written(profile, entries)
    assert text.encode()
    library = bibtexparser.parse_string(text)
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [entry.citation_key for entry in entries]
    assert text.count("{") == text.count("}")
    for line in re.findall(r"^  \w.*", text, re.MULTILINE):
        assert line.count("{") == line.count("}")


# Words that no exception of the spelling table touches; those are in test_export_latex.py.
_WORD = st.text(alphabet=st.sampled_from("aebcdzABCZéüßłŁÅñçğİżŞøÆ&%$#_\\"), min_size=2, max_size=8).map(
    lambda word: "X" + word
)


@given(
    title=st.lists(_WORD, min_size=1, max_size=5),
    given_name=_WORD,
    family=_WORD,
    doi=st.text("abz0189.()<>;:_#%/-", min_size=1),
)
@settings(deadline=None, max_examples=100)
def test_title_author_and_doi_come_back_from_the_default_profile(
    title: list[str], given_name: str, family: str, doi: str
) -> None:
    record = article(
        " ".join(title), Contributor(literal="?", family=family, given=given_name), doi=doi, language="en"
    )
    fields = bibtexparser.parse_string(written("bibtex", [Entry("k", "k", record)])).entries[0].fields_dict
    decode = LatexNodes2Text(strict_latex_spaces=True).latex_to_text
    assert decode(fields["title"].value) == " ".join(title)
    assert decode(fields["author"].value) == f"{family}, {given_name}"
    assert fields["doi"].value == doi
