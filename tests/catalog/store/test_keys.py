import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import UsageFault
from catalog.record import Identifier, Record
from catalog.store.keys import (
    checked_source_name,
    escape,
    numbered_source_name,
    record_key,
    source_name,
    unescape,
)

DOAJ = "0000178c89214dc8b82df1a25c0c478e"


@pytest.mark.parametrize(
    ("identifier", "copy", "key"),
    [
        ("oai:arXiv.org:cs/0112017", 1, "loc/oai:arXiv.org:cs~2F0112017"),
        ("   97040586 ", 1, "loc/~20~20~2097040586~20"),
        ("1#2", 1, "loc/1~232"),
        ("1~~2", 1, "loc/1~7E~7E2"),
        ("1", 2, "loc/1~~2"),
        ("köln", 1, "loc/k~C3~B6ln"),
        ("sha256:00ff", 1, "loc/sha256:00ff"),
        ("\ud800", 1, "loc/~ED~A0~80"),
    ],
)
def test_a_key_can_be_typed_and_stands_in_a_url(identifier: str, copy: int, key: str) -> None:
    assert record_key("loc", identifier, copy, Record()) == key


def test_an_article_of_doaj_has_doajs_key() -> None:
    record = Record(
        identifiers=(Identifier(scheme="doi", value="10.1/x"), Identifier(scheme="doaj", value=DOAJ))
    )
    assert record_key("loc", "1", 3, record) == f"doaj/{DOAJ}"
    other = Record(identifiers=(Identifier(scheme="doaj", value="../etc"),))
    assert record_key("loc", "1", 1, other) == "loc/1"


@given(st.text(st.characters(codec=None)), st.integers(min_value=1, max_value=300))
def test_no_two_identifiers_share_a_key(identifier: str, copy: int) -> None:
    escaped = escape(identifier)
    assert re.fullmatch(r"[A-Za-z0-9._:~-]*", escaped)
    assert unescape(escaped) == identifier
    key = record_key("loc", identifier, copy, Record())
    assert key.partition("~~")[0] == f"loc/{escaped}", "what follows ~~ is never part of an identifier"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("LoC peer-support (2024).mrc", "loc-peer-support-2024-.mrc"),
        ("Müller & Söhne", "muller-sohne"),
        ("文献", "import"),
        ("--x--", "x"),
        ("a" * 80, "a" * 64),
        ("", "import"),
    ],
)
def test_a_source_is_named_after_any_text(text: str, name: str) -> None:
    assert source_name(text) == name
    assert checked_source_name(name) == name


@given(st.text(), st.integers(min_value=1, max_value=10**6))
def test_every_name_made_is_one(text: str, number: int) -> None:
    name = source_name(text)
    assert checked_source_name(name) == source_name(name)
    assert checked_source_name(numbered_source_name(name, number))
    assert numbered_source_name(name, number) != numbered_source_name(name, number + 1)


@pytest.mark.parametrize("name", ["", "Loc", "a/b", "a b", "-a", "ä", "a" * 65])
def test_other_names_are_refused_with_a_proposal(name: str) -> None:
    with pytest.raises(UsageFault) as refused:
        checked_source_name(name)
    assert source_name(name) in (refused.value.hint or "")
