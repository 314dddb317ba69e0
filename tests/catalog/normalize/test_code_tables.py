import pytest

from catalog.codes import table
from catalog.normalize.date_words import folded


def test_a_word_names_one_month() -> None:
    months = table("dates")["months"]
    assert len(months) == 12
    words = {(folded(word), number) for number, names in enumerate(months, start=1) for word in names}
    assert len({word for word, _ in words}) == len(words)


def test_acronyms_and_names_differ_when_capitalised() -> None:
    capitals = table("capitals")
    forms = [form.upper() for form in (*capitals["acronyms"], *capitals["names"])]
    assert sorted(forms) == sorted(set(forms))
    assert {*capitals["ambiguous"], *capitals["english_only"]} <= set(forms)


@pytest.mark.parametrize("name", ["abbreviations", "capitals", "dates", "markup"])
def test_no_list_repeats_a_word(name: str) -> None:
    for words in table(name).values():
        if isinstance(words, list) and isinstance(words[0], str):
            assert len(words) == len(set(words))
