"""One reader at a time, ugly inputs first: classes, links, languages, licences, what is rejected."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.crosswalk.marc.bibliographic import to_record
from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.crosswalk.marc.subjects import lcc_class
from catalog.errors import RecordRejected
from catalog.record import from_json, to_json
from tests.catalog.crosswalk.marc.marc_lines import BOOK, coded, field, read, titled


def test_a_character_written_out_with_a_percent_sign_is_that_character() -> None:
    assert titled("245 10$a&#x0E25%x;&#x0E38%x;&#x0E07%x; at 50%x; off") == "ลุง at 50%x; off"


def test_free_words_are_keywords_and_forms_are_genres() -> None:
    record = read("653 \\\\$apeer support$amutual aid", "690 \\\\$aLocal word", "655 \\7$aHandbooks.$2lcgft")
    assert record.keywords == ("peer support", "mutual aid", "Local word")
    assert record.genres == ("Handbooks",)
    assert record.subjects == ()


@pytest.mark.parametrize(
    ("number", "code", "term"),
    [
        ("RC552.E18", "RC552.E18", "Psychiatry"),
        ("RA790.5", "RA790.5", "Public aspects of medicine"),
        ("RC 489 .P4", "RC489.P4", "Therapeutics. Psychotherapy"),
        ("QA76.73.P98", "QA76.73.P98", "Electronic computers. Computer science"),
    ],
)
def test_call_number_finds_its_class(number: str, code: str, term: str) -> None:
    found = lcc_class(number)
    assert found is not None
    assert (found.code, found.term, found.path[-1]) == (code, term, term)


@pytest.mark.parametrize("number", ["[Fic]", "IN PROCESS", "", "MLCS 2001/01234", "Microfilm 123", "1234"])
def test_what_is_no_call_number_is_no_class(number: str) -> None:
    assert lcc_class(number) is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("856 40$uhttp://x.org/1", "fulltext"),
        ("856 41$uhttp://x.org/1", "fulltext"),
        ("856 41$3Table of contents only$uhttp://x.org/1", "related"),
        ("856 42$3Publisher description$uhttp://x.org/1", "related"),
        ("856 42$uhttp://x.org/1", "related"),
        ("856 4\\$uhttp://x.org/1", "other"),
        ("856 4\\$3Volltext$uhttp://x.org/1", "fulltext"),
        ("856 42$yInhaltsverzeichnis$uhttp://x.org/1", "related"),
    ],
)
def test_link(line: str, kind: str) -> None:
    (link,) = read(line).links
    assert (link.url, link.kind) == ("http://x.org/1", kind)


def test_what_is_no_address_is_no_link() -> None:
    assert read("856 40$usee the librarian", "856 40$zno address").links == ()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("041 1\\$aengfre$hger",), ("en", "fr")),
        (("041 0\\$aeng$afre",), ("en", "fr")),
        (("041 0\\$dita$eita",), ("it",)),
        ((coded(lang="ger"),), ("de",)),
        ((coded(lang="und"),), ()),
        (("041 0\\$a???", coded(lang="ger")), ("de",)),
        (("546 \\\\$aIn German.",), ()),
        (("546 \\\\$aGerman.",), ("de",)),
    ],
)
def test_languages(lines: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert read(*lines).languages == expected


def test_abstracts_go_before_summaries_and_reviews_are_notes() -> None:
    record = read("520 \\\\$aA summary.", "520 3\\$aAbstract This is it.", "520 1\\$aGood book.")
    assert record.abstract == "This is it."
    assert record.notes == ("Review: Good book.",)


@pytest.mark.parametrize(
    ("line", "url", "label"),
    [
        (
            "540 \\\\$aCC BY 4.0$uhttps://creativecommons.org/licenses/by/4.0/",
            "https://creativecommons.org/licenses/by/4.0/",
            "CC BY 4.0",
        ),
        (
            "540 \\\\$fCC BY$2cc$uhttps://creativecommons.org/licenses/by/4.0/",
            "https://creativecommons.org/licenses/by/4.0/",
            "CC BY",
        ),
        ("540 \\\\$aIn copyright.", None, "In copyright."),
        (
            "506 0\\$aOpen access (https://creativecommons.org/licenses/by/4.0/).",
            "https://creativecommons.org/licenses/by/4.0/",
            "Open access.",
        ),
    ],
)
def test_licence(line: str, url: str | None, label: str | None) -> None:
    licence = read(line).licence
    assert licence is not None
    assert licence.url == url
    assert licence.label == label


@pytest.mark.parametrize(
    ("type_of_record", "word"),
    [("z", "authority"), ("u", "holdings"), ("x", "holdings"), ("w", "classification"), ("q", "community")],
)
def test_other_formats_are_rejected_by_name(type_of_record: str, word: str) -> None:
    with pytest.raises(RecordRejected, match=word):
        read(leader=f"00000n{type_of_record}  a2200000n  4500")


@pytest.mark.parametrize("lines", [(), ("001 1", "003 X"), ("300 \\\\$a12 p.",), ("245 00$a ",)])
def test_a_record_that_says_nothing_is_rejected(lines: tuple[str, ...]) -> None:
    with pytest.raises(RecordRejected):
        to_record(MarcRecord(BOOK, tuple(field(line) for line in lines)))


def test_caveats_of_decoding_are_kept() -> None:
    assert to_record(MarcRecord(BOOK, (field("245 00$aX"),), ("wrong length",))).caveats == ("wrong length",)


# fmt: off
TAGS = [
    "001", "003", "008", "010", "020", "022", "024", "035", "041", "042", "050", "082", "084",
    "100", "110", "111", "130", "200", "210", "240", "245", "246", "250", "260", "264", "300",
    "336", "440", "490", "500", "502", "505", "506", "520", "540", "546", "600", "650", "653",
    "655", "690", "700", "710", "711", "720", "730", "740", "765", "773", "780", "800", "830",
    "856", "880",
]
# fmt: on
TEXTS = st.one_of(
    st.text(max_size=25),
    st.sampled_from(
        [
            " ",
            "/",
            ".",
            "=",
            "[",
            "]",
            "880-01",
            "245-01/r",
            "700-00",
            "Vol. 1, p. 2-3 (2001)",
            "1999-",
            "--",
            "<<",
            "[i.e. ]",
            "10.1/x",
            " = ",
            "9" * 60,
            "(",
            "ed.",
        ]
    ),
)
FIELDS = st.builds(
    lambda tag, value, inds, subfields: (
        MarcField(tag, value)
        if tag < "010"
        else MarcField(tag, ind1=inds[0], ind2=inds[1], subfields=tuple(subfields))
    ),
    st.sampled_from(TAGS),
    TEXTS,
    st.tuples(st.sampled_from(" 01234578"), st.sampled_from(" 01234578")),
    st.lists(st.tuples(st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789"), TEXTS), max_size=5),
)


@settings(deadline=None, max_examples=250)
@given(st.text(max_size=24), st.lists(FIELDS, max_size=14))
def test_no_record_whatever_breaks_a_reader(leader: str, fields: list[MarcField]) -> None:
    try:
        record = to_record(MarcRecord(leader, tuple(fields)))
    except RecordRejected:
        return
    assert from_json(to_json(record)) == record
    texts = [
        record.title,
        record.publisher,
        record.place,
        record.edition,
        record.extent,
        record.abstract,
        *record.notes,
        *record.genres,
    ]
    texts.extend(title.text for title in record.other_titles)
    texts.extend(name.literal for name in record.contributors)
    assert all(text is None or text.strip() for text in texts)
