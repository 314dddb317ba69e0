"""Capitals that a bibliography style must not take away."""

import pytest

from catalog.export.capitals import title


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (
            "Peer workers in Bangladesh and Rohingya camps",
            "Peer workers in {Bangladesh} and {Rohingya} camps",
        ),
        ("iCBT and mRNA for COVID-19 in DSM-5", "{iCBT} and {mRNA} for {COVID-19} in {DSM-5}"),
        (
            "Peer Support Among Kenyan Nurses With a Likert Scale",
            "Peer Support Among {Kenyan} Nurses With a {Likert} Scale",
        ),
        ("Peer Support Workers: The Self-Help Study", "Peer Support Workers: {The} Self-Help Study"),
        ("What Works? A Review. Part One", "What Works? {A} Review. {Part} One"),
        ("He said “Stop!” Then Nothing Happened There", "He said “Stop!” {Then} Nothing Happened There"),
        ("Treating hepatitis B and vitamin D", "Treating hepatitis {B} and vitamin {D}"),
        (
            "Nursing Care in South Africa and the Middle East",
            "Nursing Care in {South} {Africa} and the {Middle} {East}",
        ),
        ("The Jane Austen collection", "The {Jane} {Austen} collection"),
        (
            "Working With Peers from the Ward through Discharge",
            "Working With Peers from the Ward through Discharge",
        ),
        ("A trial", "A trial"),
        ("X-ray use", "{X-ray} use"),
        (
            "Alzheimer’s Disease: Hodgkin's and Parkinson’s Too",
            "Alzheimer’s Disease: {Hodgkin's} and {Parkinson’s} Too",
        ),
        ("Use of (HIV/AIDS) “McDonald” tools", "Use of ({HIV/AIDS}) “{McDonald}” tools"),
        ("HIV PREVENTION AND CARE AMONG WOMEN", "{HIV} PREVENTION AND CARE AMONG WOMEN"),
        ("Effects of AT&T", "Effects of {AT\\&T}"),
        ("The ΔF508 mutation", "The {{$\\Delta$}F508} mutation"),
        ("Studies in Élan and Łódź with many words", "Studies in {Élan} and {Łódź} with many words"),
        ("", ""),
    ],
)
def test_english_titles_have_single_words_braced(value: str, written: str) -> None:
    assert title(value, "pdftex", english=True, whole=True) == written


def test_titles_in_other_languages_are_braced_whole_for_bibtex_and_left_alone_for_biber() -> None:
    assert title("Über Peer-Arbeit", "pdftex", english=False, whole=True) == "{Über Peer-Arbeit}"
    assert title("Über Peer-Arbeit", "ascii", english=False, whole=True) == '{{\\"U}ber Peer-Arbeit}'
    assert title("Über Peer-Arbeit", "unicode", english=False, whole=False) == "Über Peer-Arbeit"


def test_a_command_behind_the_brace_makes_no_special_character_of_the_word() -> None:
    assert title("&Über", "pdftex", english=False, whole=True) == "{{}\\&Über}"
