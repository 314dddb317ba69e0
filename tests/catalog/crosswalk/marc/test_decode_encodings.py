"""What a record's bytes are, whatever its leader says."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.crosswalk.marc import encoding, marc8
from catalog.crosswalk.marc.encoding import texts

SHARED = Path(__file__).resolve().parents[5] / "shared" / "data"

UNICODE, MARC8 = True, False
CP1252 = "the text is neither UTF-8 nor MARC-8, read as cp1252"
CP1251 = "the text is neither UTF-8 nor MARC-8, read as cp1251"


@pytest.mark.parametrize(
    ("value", "says_unicode", "text", "caveats"),
    [
        pytest.param(b"plain", MARC8, "plain", [], id="ASCII"),
        pytest.param("naïve".encode(), UNICODE, "naïve", [], id="UTF-8"),
        pytest.param("naïve".encode(), MARC8, "naïve", [encoding.WRONG_FLAG], id="UTF-8 called MARC-8"),
        pytest.param(b"Andr\xe2e Gide", MARC8, "André Gide", [], id="MARC-8"),
        pytest.param(
            b"th\xe2e\xe3atre, Gen\xe1eve",
            UNICODE,
            "théâtre, Genève",
            [encoding.WRONG_UNICODE_FLAG],
            id="MARC-8 called UTF-8",
        ),
        pytest.param(b"H\xe5e agora st\xe5e Mesogeio", MARC8, "Hē agora stē Mesogeio", [], id="macrons"),
        pytest.param(b"al-\xf2Hayah \xb0arab\xe5i", MARC8, "al-Ḥayah ʻarabī", [], id="dots below, ayn"),
        pytest.param(b"\xb90.75", UNICODE, "£0.75", [encoding.WRONG_UNICODE_FLAG], id="pounds"),
        pytest.param(
            "Skönlitteratur".encode("cp1252"), MARC8, "Skönlitteratur", [CP1252], id="Latin-1 called MARC-8"
        ),
        pytest.param(
            "Müller, José".encode("cp1252"), UNICODE, "Müller, José", [CP1252], id="Latin-1 called UTF-8"
        ),
        pytest.param("“François”".encode("cp1252"), UNICODE, "“François”", [CP1252], id="Windows-1252"),
        pytest.param("Señor Ñandú, año".encode("cp1252"), MARC8, "Señor Ñandú, año", [CP1252], id="Spanish"),
        pytest.param(
            "Основы гидравлики".encode("cp1251"), MARC8, "Основы гидравлики", [CP1251], id="Windows-1251"
        ),
        pytest.param(b"Fitzg\xffrald", UNICODE, "Fitzg\ufffdrald", [encoding.NO_UTF8], id="a damaged byte"),
        pytest.param(
            "naïve ".encode() + b"\xe9", UNICODE, "naïve \ufffd", [encoding.NO_UTF8], id="damaged UTF-8"
        ),
        pytest.param(b"\x1b(NIB\x1b(B x", MARC8, "ИВ x".replace("ИВ", "иб"), [], id="Cyrillic by escape"),
        pytest.param(b"\x1b(S\x41\x62", MARC8, None, [], id="Greek by escape"),
        pytest.param(b"\x1b$1!0!\x1b(B", MARC8, None, [], id="East Asian"),
        pytest.param(
            b"Gen\xe1eve, Andr\xe2e caf\xe2",
            MARC8,
            "Genève, André caf\u0301",
            [encoding.NO_MARC8],
            id="a diacritic at the end",
        ),
        pytest.param(
            "Réunion générale à l'été, présentée en forêt".encode("cp1252"),
            MARC8,
            "Réunion générale à l'été, présentée en forêt",
            [CP1252],
            id="French",
        ),
        pytest.param(
            "Über die Länder und Städte".encode("cp1252"),
            MARC8,
            "Über die Länder und Städte",
            [CP1252],
            id="German",
        ),
        pytest.param(
            "Informação e educação".encode("cp1252"),
            MARC8,
            "Informação e educação",
            [CP1252],
            id="Portuguese",
        ),
        pytest.param("Række på øen".encode("cp1252"), UNICODE, "Række på øen", [CP1252], id="Danish"),
        pytest.param(
            b"\xe9Cesk\xe2a \xe9sach: p\xe9r\xe2ib\xe9eh",
            MARC8,
            "Česká šach: příběh",
            [],
            id="Czech in MARC-8",
        ),
        pytest.param(
            b"Espa\xe4na, informaci\xe2on",
            UNICODE,
            "España, información",
            [encoding.WRONG_UNICODE_FLAG],
            id="Spanish in MARC-8",
        ),
        pytest.param(b"\xebi\xeca\xebi\xeca", MARC8, "i\ufe20a\ufe21i\ufe20a\ufe21", [], id="ligatures"),
        pytest.param(b"\x1bQx \xe2e", MARC8, None, None, id="an unknown escape"),
        pytest.param(b"Rio &#x6771;&#x4EAC; \xe2e", MARC8, "Rio 東京 é", [], id="numeric references"),
    ],
)
def test_one_value(value: bytes, *, says_unicode: bool, text: str | None, caveats: list[str] | None) -> None:
    (found,), odd = texts([value], says_unicode=says_unicode)
    if text is not None:
        assert found == text
    if caveats is not None:
        assert odd == caveats


def test_a_record_in_two_encodings() -> None:
    values = ["naïve".encode(), b"Fran\xe7ois de Sales", b"M\xfcller", b"plain"]
    assert texts(values, says_unicode=UNICODE) == (
        ["naïve", "François de Sales", "Müller", "plain"],
        [CP1252],
    )


def test_a_character_set_ends_with_its_subfield() -> None:
    (found,), odd = texts([b"10\x1fa\x1b(NIB :\x1fbLatin"], says_unicode=MARC8)
    assert found.endswith(" :\x1fbLatin")
    assert odd == []


def test_what_comes_after_a_set_that_was_not_switched_off() -> None:
    """Punctuation follows, as a rule, and is shown as what it is (marc4j's permissive reader does so too)."""
    (found,), odd = texts([b"  \x1fa\x1b(SA\x1b(B, \x1b(Sa:"], says_unicode=MARC8)
    assert found.endswith("α:")
    assert odd == [encoding.NO_MARC8]


def test_no_bytes_are_lost_in_silence() -> None:
    """Every single high byte in an otherwise plain word is shown as something, or marked."""
    for byte in range(0x80, 0x100):
        for says_unicode in (UNICODE, MARC8):
            (found,), odd = texts([b"x%cy" % byte], says_unicode=says_unicode)
            assert len(unicodedata.normalize("NFD", found)) >= 3 or byte in (0x88, 0x89), hex(byte)
            assert odd or not says_unicode


@settings(deadline=None, max_examples=300)
@given(values=st.lists(st.binary(max_size=30), max_size=4), says_unicode=st.booleans())
def test_any_bytes_are_text(values: list[bytes], *, says_unicode: bool) -> None:
    clean = [value.replace(b"\x1e", b"") for value in values] or [b""]
    found, _ = texts(clean, says_unicode=says_unicode)
    assert len(found) == len(clean)


@settings(deadline=None, max_examples=200)
@given(st.text(st.characters(min_codepoint=0xC0, max_codepoint=0x24F), min_size=1))
def test_utf8_is_read_whatever_the_leader_says(text: str) -> None:
    assert texts([text.encode()], says_unicode=MARC8)[0] == [text]


def test_against_the_conversion_table_of_others() -> None:
    folder = SHARED / "marc" / "pymarc-5.4.0-tests"
    if not folder.is_dir():
        pytest.skip("the shared test data is not beside the checkout")
    sources = (folder / "test_marc8.txt").read_bytes().split(b"\n")
    expected = (folder / "test_utf8.txt").read_text(encoding="utf-8").split("\n")
    wrong = [
        source
        for source, text in zip(sources, expected, strict=True)
        if marc8.to_unicode(source) != (unicodedata.normalize("NFC", text), 0)
    ]
    assert wrong == []
