import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.normalize.text import strip_isbd


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Peer support /", "Peer support"),
        ("Peer support/", "Peer support"),
        ("New York :", "New York"),
        ("Wiley,", "Wiley"),
        ("Peer support. /", "Peer support"),
        ("Título =", "Título"),
        ("1 v. + ", "1 v."),
        ("a / ; :", "a"),
        ("Peer support..", "Peer support"),
        ("people with MS.", "people with MS"),
        ("for the mentally ill.", "for the mentally ill"),
        ("Volume 5.", "Volume 5"),
        ("Who cares?", "Who cares?"),
        # the stop, or the sign, belongs to the word
        ("Smith, J.", "Smith, J."),
        ("Smith, J.,", "Smith, J."),
        ("García, M. Á.", "García, M. Á."),
        ("in the U.S.", "in the U.S."),
        ("Washington, D.C. :", "Washington, D.C."),
        ("Springfield, Ill. :", "Springfield, Ill."),
        ("Wiley & Sons, Inc.,", "Wiley & Sons, Inc."),
        ("2nd rev. ed.", "2nd rev. ed."),
        ("Davis, Sammy, Jr.", "Davis, Sammy, Jr."),
        ("Müller et al.", "Müller et al."),
        ("And so on ...", "And so on ..."),
        ("And so on… /", "And so on…"),
        ("C++", "C++"),
        ("http://example.org/", "http://example.org/"),
        ("http://example.org/ ;", "http://example.org/"),
        ("http://example.org/ /", "http://example.org/"),
        ("O'B.", "O'B."),
        ("Иванов, И.", "Иванов, И."),
        # nothing left
        ("", ""),
        (" / ", ""),
        (".", ""),
        (" :", ""),
    ],
)
def test_catalogue_punctuation_is_taken_off(source: str, text: str) -> None:
    assert strip_isbd(source) == text


@settings(deadline=None)
@given(st.text() | st.text(alphabet="aJ.,:;/=+ …'"))
def test_what_is_stripped_stays_stripped(text: str) -> None:
    once = strip_isbd(text)
    assert strip_isbd(once) == once
    assert once in text
