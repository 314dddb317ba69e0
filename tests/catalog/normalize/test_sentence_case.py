import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.normalize.text import is_all_capitals, sentence_case


@pytest.mark.parametrize(
    ("title", "cased"),
    [
        ("PEER SUPPORT IN MENTAL HEALTH", "Peer support in mental health"),
        ("THE EFFECTS OF COVID-19 ON THE UK: A REVIEW", "The effects of COVID-19 on the UK: A review"),
        ("HIV/AIDS, DNA AND MRNA", "HIV/AIDS, DNA and mRNA"),
        ("MRNA VACCINES", "mRNA vaccines"),
        (
            "WORLD WAR II AND E. COLI H1N1 IN THE 19TH CENTURY",
            "World War II and E. coli H1N1 in the 19th century",
        ),
        (
            "PARKINSON'S DISEASE IN SOUTH AFRICA AND THE UNITED STATES",
            "Parkinson's disease in South Africa and the United States",
        ),
        (
            "WHAT WORKS? A GUIDE BY THE WHO FOR PATIENTS WHO ASK",
            "What works? A guide by the WHO for patients who ask",
        ),
        ("VITAMIN D AND HEPATITIS B", "Vitamin D and hepatitis B"),
        ("IMPLEMENTATION OF BPJS IN THE U.S.A.", "Implementation of BPJS in the U.S.A."),
        ("¿QUÉ ES UN GRUPO? EL APOYO", "¿Qué es un grupo? El apoyo"),
        ("L’AFRICA E L’EUROPA", "L’Africa e l’europa"),
        ("LEBEN MIT COPD, TYP II", "Leben mit COPD, typ II"),
        ("ŽIVOT I SMRT", "Život i smrt"),
        ("KADINLARIN EĞİTİMİ", "Kadınların eğitimi"),
        ("МИР И ВОЙНА. ИСТОРИЯ", "Мир и война. История"),
        ("ΟΔΟΣ ΚΑΙ ΦΩΣ", "Οδος και φως"),
        ("STRAßE UND 1ª WELT", "Straße und 1ª welt"),
        # not capitals throughout, or no word at all
        ("Peer SUPPORT", "Peer SUPPORT"),
        ("JAMA", "JAMA"),
        ("peer support", "peer support"),
        ("统计学", "统计学"),
        ("A", "A"),
        ("", ""),
        ("2020", "2020"),
    ],
)
def test_titles_in_capitals_are_set_in_sentence_case(title: str, cased: str) -> None:
    assert sentence_case(title) == cased


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("SMITH", True),
        ("STRAßE", True),
        ("Smith", False),
        ("A", False),
        ("2020", False),
        ("統計", False),
        ("", False),
    ],
)
def test_capitals_need_two_letters(text: str, capitals: bool) -> None:  # noqa: FBT001 - an expectation
    assert is_all_capitals(text) is capitals


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8")).map(str.upper))
def test_sentence_case_changes_letters_only_in_case(title: str) -> None:
    cased = sentence_case(title)
    assert cased.upper().replace("I", "İ") == title.upper().replace("I", "İ") or "İ" in title or "Ğ" in title


@settings(deadline=None)
@given(st.text())
def test_sentence_case_of_other_titles_changes_nothing(title: str) -> None:
    if not is_all_capitals(title):
        assert sentence_case(title) == title
