import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.citekey import citation_key, first_free, suffix, transliterate
from catalog.normalize.names import organization, person
from catalog.record import Contributor, Identifier, PartialDate, Record, Title

DOAJ = "doaj/0000178c89214dc8b82df1a25c0c478e"


def author(name: str) -> Contributor:
    found = person(name)
    assert found is not None
    return found


def body(name: str) -> Contributor:
    found = organization(name)
    assert found is not None
    return found


def key(
    *authors: Contributor, title: str | None = None, year: int | None = 2020, doi: str | None = None
) -> str:
    record = Record(
        title=title,
        contributors=authors,
        issued=None if year is None else PartialDate(year=year),
        identifiers=() if doi is None else (Identifier(scheme="doi", value=doi),),
    )
    return citation_key(record, record_key=DOAJ)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("Mirbahaeddin, Elham", "mirbahaeddin"),
        ("Müller, Jörg", "muller"),
        ("Łukasiewicz, Jan", "lukasiewicz"),
        ("Ørsted, Hans", "orsted"),
        ("Weiß, Anna", "weiss"),
        ("Æbelø, Bo", "aebelo"),
        ("Yıldız, Ayşe", "yildiz"),
        ("İnönü, İsmet", "inonu"),
        ("Đặng, Văn", "dang"),
        ("Þórðarson, Jón", "thordarson"),
        ("Œuvrard, Luc", "oeuvrard"),
        ("Ngũgĩ wa Thiong’o", "thiongo"),
        ("O'Brien, Pat", "obrien"),
        ("O’Brien, Pat", "obrien"),
        ("Smith-Jones, Pat", "smithjones"),
        ("Smith‐Jones, Pat", "smithjones"),
        ("García Márquez, Gabriel", "garciamarquez"),
        ("van der Berg, Jan", "berg"),
        ("de la Cruz, Juana", "cruz"),
        ("Де, Иван", "de"),
        ("Чайковский, Пётр", "chaikovskii"),
        ("Щербак, Юрій", "shcherbak"),
        ("Їжакевич, Іван", "izhakevich"),
        ("Ђорђевић, Јован", "djordjevic"),
        ("Παπαδόπουλος, Γιώργος", "papadopoylos"),
        ("Ψαράς, Άρης", "psaras"),
        ("Սարոյան, Վիլյամ", "saroyan"),
        ("რუსთაველი, შოთა", "rustaveli"),
        ("김, 철수", "gim"),
        ("ＳＭＩＴＨ, Ａｎｎ", "smith"),
        ("Kaur IP", "kaur"),
        ("Suharto", "suharto"),
    ],
)
def test_the_family_name_in_ascii(name: str, part: str) -> None:
    assert key(author(name), title="Peer support") == f"{part}2020peer"


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Transcending technology boundaries", "transcending"),
        ("The peer worker", "peer"),
        ("“The” peer worker", "peer"),
        ("Der Übergang zur Pflege", "ubergang"),
        ("Für eine neue Pflege", "neue"),
        ("L'éducation des pairs", "education"),
        ("L’éducation des pairs", "education"),
        ("Dell’arte di vivere", "arte"),
        ("Don't panic", "dont"),
        ("COVID-19 and peers", "covid19"),
        ("24 hours in care", "hours"),
        ("(Un)seen peers", "unseen"),
        ("mother–child relations", "mother"),
        ("mother/child relations", "mother"),
        ("Uso de la escala", "uso"),
        ("Żółć w medycynie", "zolc"),
        ("О поддержке сверстников", "podderzhke"),
        ("α-synuclein in mice", "asynuclein"),
        ("¿Qué es la salud?", "que"),
        ("How is it that this is", "how"),
        ("1984", ""),
        ("B is for buckeye", "buckeye"),
        ("The U.S.S. Constitution", "constitution"),
        ("U", "u"),
        ("うつ病のピアサポート", ""),
        ("うつ病 COVID-19 のピアサポート", "covid19"),
        ("دعم الأقران", ""),
        ("…", ""),
        (None, ""),
    ],
)
def test_the_first_significant_word_of_the_title(title: str | None, part: str) -> None:
    assert key(author("Ng, Al"), title=title) == f"ng2020{part}"


def test_a_title_in_another_script_stands_in() -> None:
    record = Record(
        title="同伴支持", other_titles=(Title(text="A study of peers"),), contributors=(author("Wang, Li"),)
    )
    assert citation_key(record, record_key=DOAJ) == "wangndstudy"


@pytest.mark.parametrize(
    ("contributor", "expected"),
    [
        (body("World Health Organization"), "worldhealth2020mental"),
        (body("World Health Organization (WHO)"), "who2020mental"),
        (body("The ATLAS Collaboration"), "atlas2020mental"),
        (body("WHO Working Group on Mental Health and Substance Use"), "who2020mental"),
        (body("IFIP TC8/WG8.1 International Conference"), "ifip2020mental"),
        (body("XVII Congreso de Psiquiatría"), "xviipsiquiatria2020mental"),
        (body("UNITED NATIONS"), "unitednations2020mental"),
        (body("THE WORLD BANK"), "worldbank2020mental"),
        (body("J.G. Ferguson Publishing Company"), "fergusonpublishing2020mental"),
        (body("U.S. Geological Survey"), "geologicalsurvey2020mental"),
        (body("Österreichisches Luftfahrt-Archiv"), "osterreichisches2020mental"),
        (body("Ministère de la Santé"), "ministeresante2020mental"),
        (body("International Conference on Peer Support (7th : 2000 : Athens)"), "peersupport2020mental"),
        (body("LearningExpress (Organization)"), "learningexpress2020mental"),
        (body("Universität Wien"), "wien2020mental"),
        (body("National Institute"), "nationalinstitute2020mental"),
        (body("世界卫生组织"), "mental2020health"),
        (Contributor(literal="田中, 太郎", family="田中", vernacular=None), "mental2020health"),
        (Contributor(literal="田中, 太郎", family="田中", vernacular="Tanaka, Tarō"), "tanaka2020mental"),
        (Contributor(literal="et al."), "mental2020health"),
        (Contributor(literal="Ng, Al", family="Ng", role="editor"), "ng2020mental"),
    ],
)
def test_bodies_and_names_without_letters(contributor: Contributor, expected: str) -> None:
    assert key(contributor, title="The mental health") == expected


def test_an_author_goes_before_an_editor() -> None:
    editor = Contributor(literal="Ed, I.", family="Ed", role="editor")
    assert key(editor, author("Ng, Al"), title="Peers") == "ng2020peers"


def test_without_a_date() -> None:
    assert key(author("Ng, Al"), title="Peers", year=None) == "ngndpeers"


@pytest.mark.parametrize(
    ("doi", "record_key", "expected"),
    [
        ("10.1186/s12913-024-10943-y", DOAJ, "s1291302410943y"),
        ("10.1000/12345", DOAJ, "doi12345"),
        (None, DOAJ, "doaj5c0c478e"),
        (None, "jstage/oai:jstage.jst.go.jp:1", "jstagejstgojp1"),
        (None, "2024-books/1", "record2024books1"),
        ("10.1000/（一）", "loc/1", "loc1"),
    ],
)
def test_where_no_letter_is_left_an_identifier_serves(
    doi: str | None, record_key: str, expected: str
) -> None:
    identifiers = () if doi is None else (Identifier(scheme="doi", value=doi),)
    record = Record(title="同伴支持", contributors=(author("田中 太郎"),), identifiers=identifiers)
    assert citation_key(record, record_key=record_key) == expected


def test_suffixes_run_from_a_over_z_to_aa() -> None:
    assert [suffix(n) for n in (1, 2, 26, 27, 52, 53, 702, 703)] == [
        "a",
        "b",
        "z",
        "aa",
        "az",
        "ba",
        "zz",
        "aaa",
    ]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 25, 26, 27, 700, 703])
def test_the_first_free_suffix_is_taken(count: int) -> None:
    given_keys = {"ng2020peer" + suffix(n) for n in range(count)}
    assert first_free("ng2020peer", given_keys.__contains__) == "ng2020peer" + suffix(count)


def test_a_popular_key_is_not_tried_one_by_one() -> None:
    given_keys = {"ng2020peer" + suffix(n) for n in range(20_000)}
    asked: list[str] = []

    def taken(candidate: str) -> bool:
        asked.append(candidate)
        return candidate in given_keys

    assert first_free("ng2020peer", taken) not in given_keys
    assert len(asked) < 40


@given(st.sets(st.integers(min_value=0, max_value=60)))
def test_whatever_is_taken_a_free_one_is_found(numbers: set[int]) -> None:
    given_keys = {"k" + suffix(n) for n in numbers}
    assert first_free("k", given_keys.__contains__) not in given_keys


names = st.one_of(st.text(max_size=12), st.sampled_from(["de", "王", "et al.", "'", "-", "van der"]))


@settings(deadline=None)
@given(st.text(max_size=30), st.lists(names.filter(bool), max_size=3), st.text(max_size=20))
def test_every_key_is_ascii_and_begins_with_a_letter(title: str, people: list[str], doi: str) -> None:
    record = Record(
        title=title or None,
        contributors=tuple(Contributor(literal=name) for name in people),
        identifiers=(Identifier(scheme="doi", value=doi),) if doi else (),
    )
    assert re.fullmatch(r"[a-z][a-z0-9]*", citation_key(record, record_key="loc/x"))


@given(st.text(st.characters(codec="utf-8")))
def test_a_transliteration_is_ascii_in_small_letters_and_final(text: str) -> None:
    once = transliterate(text)
    assert once.isascii()
    assert once == once.lower() == transliterate(once)


def test_the_table_is_of_small_letters_that_ascii_has_not() -> None:
    path = Path(__file__).parents[2] / "catalog" / "codes" / "transliteration.toml"
    for table in tomllib.loads(path.read_text(encoding="utf-8")).values():
        for letter, written in table.items():
            assert len(letter) == 1
            assert letter == letter.lower()
            assert not letter.isascii()
            assert re.fullmatch("[a-z]*", written)
