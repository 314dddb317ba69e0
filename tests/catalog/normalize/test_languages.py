import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.codes import table
from catalog.normalize.languages import babel, language, name


@pytest.mark.parametrize(
    ("source", "tag"),
    [
        # no language, several, a family, unknown
        (None, None),
        ("", None),
        ("   ", None),
        ("|||", None),
        ("und", None),
        ("zxx", None),
        ("mul", None),
        ("MUL", None),
        ("sla", None),
        ("roa", None),
        ("qaa", None),
        ("bih", None),
        ("engfre", None),
        ("xx", None),
        ("x-klingon", None),
        ("nothing known", None),
        # spellings of a code
        ("EN", "en"),
        ("fr ", "fr"),
        ("eng.", "en"),
        ("fre", "fr"),
        ("fra", "fr"),
        ("cze", "cs"),
        ("ces", "cs"),
        ("haw", "haw"),
        # withdrawn codes mean what libraries meant
        ("scr", "hr"),
        ("scc", "sr"),
        ("mol", "ro"),
        ("esp", "eo"),
        ("gag", "gl"),
        ("int", "ia"),
        ("iri", "ga"),
        ("tag", "tl"),
        ("lan", "oc"),
        ("sao", "sm"),
        ("fri", "fy"),
        ("iw", "he"),
        ("in", "id"),
        ("lap", None),
        # one code for what everybody calls one language
        ("cmn", "zh"),
        ("arb", "ar"),
        ("nob", "nb"),
        ("nor", "no"),
        # tags
        ("pt-BR", "pt-BR"),
        ("pt_br", "pt-BR"),
        ("zh_CN", "zh-CN"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("zh-yue", "yue"),
        ("en_US.UTF-8", "en-US"),
        ("es-419", "es-419"),
        # names
        ("English", "en"),
        ("ENGLISH", "en"),
        ("english", "en"),
        ("Deutsch", "de"),
        ("français", "fr"),
        ("franc\u0327ais", "fr"),
        ("Português (Brasil)", "pt-BR"),
        ("Spanish; Castilian", "es"),
        ("Greek, Modern (1453-)", "el"),
        ("日本語", "ja"),
        ("Русский", "ru"),
        ("English (United States)", "en"),
        ("Norwegian Bokmål", "nb"),
        ("Scottish Gaelic", "gd"),
    ],
)
def test_a_language_has_one_tag(source: str | None, tag: str | None) -> None:
    assert language(source) == tag


@pytest.mark.parametrize(
    ("tag", "english", "tex"),
    [
        ("xyz-nonsense", "xyz-nonsense", None),
        ("pt-BR", "Portuguese (Brazil)", "brazilian"),
        ("zh-Hant", "Chinese (traditional)", "chinese"),
        ("es-419", "Spanish (419)", "spanish"),
        ("el", "Greek", "greek"),
        ("de", "German", "german"),
        ("en-GB", "English (United Kingdom)", "british"),
        ("haw", "Hawaiian", None),
    ],
)
def test_a_tag_has_names(tag: str, english: str, tex: str | None) -> None:
    assert (name(tag), babel(tag)) == (english, tex)


@pytest.mark.parametrize("tag", [*table("languages")["babel"], *table("languages")["names"]])
def test_the_tags_of_the_tables_are_those_we_make(tag: str) -> None:
    assert language(tag) == tag


@pytest.mark.parametrize("code", [*table("languages")["withdrawn"], *table("languages")["principal"]])
def test_replaced_codes_come_out_replaced(code: str) -> None:
    tag = language(code)
    assert tag != code
    assert tag is None or language(tag) == tag


def test_no_name_belongs_to_two_languages() -> None:
    names = [form.casefold() for forms in table("languages")["names"].values() for form in forms]
    assert len(names) == len(set(names))


@settings(deadline=None)
@given(st.text() | st.from_regex(r"[a-zA-Z]{2,3}([-_][A-Za-z]{2,4})?", fullmatch=True))
def test_a_tag_is_settled(text: str) -> None:
    tag = language(text)
    if tag is not None:
        assert language(tag) == tag
        assert name(tag)
