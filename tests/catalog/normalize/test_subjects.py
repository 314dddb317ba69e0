"""Classes of the LCC, and keywords as authors and publishers type them."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.normalize.subjects import keywords, lcc_pair, lcc_subject, set_spec_subject
from catalog.record import Subject

PSYCHOLOGY = Subject(
    term="Psychology",
    scheme="lcc",
    code="BF1-990",
    path=("Philosophy. Psychology. Religion", "Psychology"),
)


@pytest.mark.parametrize(
    ("code", "term"),
    [
        ("BF1-990", None),
        (None, "Psychology"),
        (None, " psychology. "),
        ("BF1-990", "Psycology"),
        (" bf1-990", ""),
    ],
)
def test_a_class_by_code_by_caption_or_both(code: str | None, term: str | None) -> None:
    assert lcc_subject(code, term) == PSYCHOLOGY


@pytest.mark.parametrize(
    ("code", "term", "expected"),
    [
        (None, None, None),
        (" ", "", None),
        # Two classes are called so.
        (None, "By period", Subject(term="By period", scheme="lcc")),
        ("ZZ9", None, Subject(scheme="lcc", code="ZZ9")),
        ("ZZ9", "Unheard of", Subject(term="Unheard of", scheme="lcc", code="ZZ9")),
    ],
)
def test_what_the_table_cannot_tell_is_kept_as_given(
    code: str | None, term: str | None, expected: object
) -> None:
    assert lcc_subject(code, term) == expected


@pytest.mark.parametrize(
    ("former", "caption", "code"),
    [
        ("Seconhand trade", "Secondhand trade", "HF5482-5482.4"),
        ("Petroleum refining. Petrolueum products", "Petroleum refining. Petroleum products", "TP690-692.5"),
        ("Finnnish", "Finnish", "PH101-405"),
        ("Warhouses. Storage", "Warehouses. Storage", "HF5484-5495"),
    ],
)
def test_captions_from_before_2017_are_known(former: str, caption: str | None, code: str | None) -> None:
    found = lcc_subject(term=former)
    assert found is not None
    assert (found.term, found.code) == (caption, code)
    assert lcc_pair(former, code)


def test_a_path_keeps_to_its_own_letters_where_the_parent_s_caption_is_shared() -> None:
    found = lcc_subject("B790-5802")
    assert found is not None
    assert found.path == ("Philosophy. Psychology. Religion", "Philosophy (General)", "By period", "Modern")


def test_pairs() -> None:
    assert lcc_pair("psychology", "BF1-990")
    assert not lcc_pair("Psychology", "RA1-1270")


@pytest.mark.parametrize(
    ("set_spec", "caption"),
    [
        ("TENDOlBzeWNob2xvZ3k~", "Psychology"),
        ("TENDOlBzeWNob2xvZ3k=", "Psychology"),
        ("TENDOlBzeWNob2xvZ3k", "Psychology"),
        ("TENDOlB1YmxpYyBhc3BlY3RzIG9mIG1lZGljaW5l", "Public aspects of medicine"),
        ("RE9BSjpQdWJsaWMgSGVhbHRo", "Public Health"),
        ("ijoat:RP", None),
        ("rootCollection", None),
        ("ABCD", None),
        ("", None),
    ],
)
def test_set_specs(set_spec: str, caption: str | None) -> None:
    found = set_spec_subject(set_spec)
    assert (found and found.term) == caption


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=20))
def test_a_set_spec_made_as_doaj_makes_it_is_read_back(caption: str | None) -> None:
    encoded = base64.urlsafe_b64encode(f"DOAJ:{caption}".encode()).decode().replace("=", "~")
    found = set_spec_subject(encoded)
    assert found is not None
    assert found.scheme == "doaj"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], ()),
        ([None, "", " ; ", "–"], ()),
        (
            ["Environment", "; Blogs", "Internet;", "; Web 2.0"],
            ("Environment", "Blogs", "Internet", "Web 2.0"),
        ),
        (["a; b; c"], ("a", "b", "c")),
        (["Peer support", "peer Support", "PEER SUPPORT."], ("Peer support",)),
        (
            ["workflow, digital genres, literature and culture"],
            ("workflow", "digital genres", "literature and culture"),
        ),
        (["alpha, beta, and gamma"], ("alpha", "beta", "gamma")),
        (["Smoking, prevention"], ("Smoking, prevention",)),
        (["Depression, postpartum, in art", "Stress"], ("Depression, postpartum, in art", "Stress")),
        (["one, two, three, four, five", "Stress"], ("one", "two", "three", "four", "five", "Stress")),
        (["polymers (PLA, PGA), scaffolds, bone"], ("polymers (PLA, PGA)", "scaffolds", "bone")),
        (["1,2-dichloroethane"], ("1,2-dichloroethane",)),
        (["N,N,N-trimethylaniline"], ("N,N,N-trimethylaniline",)),
        (
            ["the first of many long words here, two, three"],
            ("the first of many long words here, two, three",),
        ),
        (["alpha,beta,gamma"], ("alpha", "beta", "gamma")),
        (["1. alpha 2. beta 3. gamma"], ("alpha", "beta", "gamma")),
        (["(1) alpha (2) beta"], ("alpha", "beta")),
        (["Type 2. diabetes"], ("Type 2. diabetes",)),
        (["• alpha • beta"], ("alpha", "beta")),
        (["alpha\nbeta"], ("alpha", "beta")),
        (["Keywords: x-ray, nurse, care."], ("x-ray", "nurse", "care")),
        (["Palavras-chave: saúde mental; apoio."], ("saúde mental", "apoio")),
        (["关键词：健康；支援"], ("健康", "支援")),
        (["健康、医療、支援"], ("健康", "医療", "支援")),
        (["صحة، دعم، أقران"], ("صحة", "دعم", "أقران")),
        (["R&amp;D; c"], ("R&D", "c")),
        (["Escherichia coli", "Bacillus sp."], ("Escherichia coli", "Bacillus sp.")),
        (["U.S.A."], ("U.S.A.",)),
        (["C++", "C#", ".NET"], ("C++", "C#", ".NET")),
        (["<i>Quercus robur</i>", "“quoted”", '"quoted"'], ("Quercus robur", "“quoted”", "quoted")),
    ],
)
def test_keywords(values: list[str], expected: object) -> None:
    assert keywords(values) == expected


@settings(deadline=None)
@given(st.lists(st.text(alphabet=st.characters(codec="utf-8"), max_size=30), max_size=5))
def test_keywords_are_never_empty_nor_repeated(values: list[str]) -> None:
    found = keywords(values)
    assert all(word.strip() == word != "" for word in found)
    assert len({word.casefold() for word in found}) == len(found)
