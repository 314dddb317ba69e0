"""Names as sources print them: ugly ones first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.normalize.names import contributor, meeting, organization, person, several


def parts(name: str, **how: bool) -> tuple[str | None, ...] | None:
    made = person(name, **how)
    return made and (made.literal, made.family, made.given, made.suffix)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("", None),
        ("   ", None),
        (",", None),
        ("—", None),
        ("1950-2001", None),
        ("jane@example.org", None),
        ("N/A", None),
        ("[s.n.]", None),
        ("Unknown author", None),
        ("Anonymous", ("Anonymous", None, None, None)),
        ("et al.", ("et al.", None, None, None)),
        ("Suharto", ("Suharto", None, None, None)),
        ("José García Márquez", ("José García Márquez", None, None, None)),
        ("<i>Smith</i>, J&ouml;rg", ("Smith, Jörg", "Smith", "Jörg", None)),
        ("Smith,\u00a0 John", ("Smith, John", "Smith", "John", None)),
        ("SMITH, JOHN", ("SMITH, JOHN", "SMITH", "JOHN", None)),
        ("Doe, Jane,", ("Doe, Jane", "Doe", "Jane", None)),
        ("Doe, Jane.", ("Doe, Jane", "Doe", "Jane", None)),
        ("Doe, J.", ("Doe, J.", "Doe", "J.", None)),
        ("- Modibo Konate", ("Modibo Konate", None, None, None)),
        ("– Doe, Jane", ("Doe, Jane", "Doe", "Jane", None)),
        ("Smith, Jr., John", ("Smith, Jr., John", "Smith", "John", "Jr.")),
        ("Smith, John, Jr.", ("Smith, John, Jr.", "Smith", "John", "Jr.")),
        ("John Q. Public, Jr.", ("John Q. Public, Jr.", None, None, "Jr.")),
        ("Windsor, III, Charles", ("Windsor, III, Charles", "Windsor", "Charles", "III")),
        ("Smith, V", ("Smith, V", "Smith", "V", None)),
        ("Smith, John, MD", ("Smith, John, MD", "Smith", "John", None)),
        ("Smith, John, M.D., Ph.D.", ("Smith, John, M.D., Ph.D.", "Smith", "John", None)),
        ("John Smith, PhD", ("John Smith, PhD", None, None, None)),
        ("Smith, MD", ("Smith, MD", "Smith", "MD", None)),
        ("van der Berg, MA", ("van der Berg, MA", "van der Berg", "MA", None)),
        ("van der Berg, Anna", ("van der Berg, Anna", "van der Berg", "Anna", None)),
        (
            "Oliveira, Maria Manuel Lobo Pinto de",
            ("Oliveira, Maria Manuel Lobo Pinto de", "Oliveira", "Maria Manuel Lobo Pinto de", None),
        ),
        ("Russell, Bertrand, 1872-1970.", ("Russell, Bertrand, 1872-1970", "Russell", "Bertrand", None)),
        (
            "Russell, Bertrand, Earl, 1872-1970",
            ("Russell, Bertrand, Earl, 1872-1970", "Russell", "Bertrand", None),
        ),
        ("Smith, J. 1950-2001", ("Smith, J. 1950-2001", "Smith", "J.", None)),
        (
            "Maria Silva, Department of Health, Lisbon",
            ("Maria Silva, Department of Health, Lisbon", None, None, None),
        ),
        ("李小龙", ("李小龙", None, None, None)),
        ("李, 小龙", ("李, 小龙", "李", "小龙", None)),
        ("李，小龙", ("李，小龙", "李", "小龙", None)),
        ("王 小波", ("王 小波", None, None, None)),
        ("محمد، أحمد", ("محمد، أحمد", "محمد", "أحمد", None)),
        ("أحمد محمد", ("أحمد محمد", None, None, None)),
        ("Доу, Джейн", ("Доу, Джейн", "Доу", "Джейн", None)),
        ("Smith1-2", ("Smith", None, None, None)),
        ("John Smith1,2", ("John Smith", None, None, None)),
        ("Smith, John1,*", ("Smith, John", "Smith", "John", None)),
        ("Jane Doe†", ("Jane Doe", None, None, None)),
        ("Jane Doe <jane@example.org>", ("Jane Doe", None, None, None)),
        ("J. P. (John) Doe", ("J. P. (John) Doe", None, None, None)),
        ("Jean-Luc Marie-Claude", ("Jean-Luc Marie-Claude", None, None, None)),
    ],
)
def test_a_person_is_split_only_where_the_source_split(name: str, expected: object) -> None:
    assert parts(name) == expected


def test_the_source_may_forbid_the_split_or_call_a_lone_word_the_family_name() -> None:
    assert parts("John Paul II, Pope", inverted=False) == ("John Paul II, Pope", None, None, None)
    assert parts("Smith", inverted=True) == ("Smith", "Smith", None, None)
    assert parts("Cray, Ed.", inverted=True) == ("Cray, Ed.", "Cray", "Ed.", None)
    assert parts("García López, M.A.", inverted=True) == ("García López, M.A.", "García López", "M.A.", None)


@pytest.mark.parametrize(
    "name",
    [
        "Jane Doe (https://orcid.org/0000-0002-1825-0097)",
        "Jane Doe (ORCID: 0000-0002-1825-0097)",
        "Jane Doe 0000-0002-1825-0097",
    ],
)
def test_an_orcid_in_the_name_is_taken_out(name: str) -> None:
    made = person(name)
    assert made is not None
    assert (made.literal, made.orcid) == ("Jane Doe", "0000-0002-1825-0097")


def test_a_wrong_orcid_is_not_kept() -> None:
    made = person("Jane Doe", orcid="0000-0002-1825-0098")
    assert made is not None
    assert made.orcid is None


def test_affiliations_are_cleaned_and_kept_once() -> None:
    made = person("Jane Doe", affiliations=["Univ. &amp; Co", "", "Univ. & Co", " Other "])
    assert made is not None
    assert made.affiliations == ("Univ. & Co", "Other")


@pytest.mark.parametrize(
    "name",
    [
        "World Health Organization",
        "The ATLAS Collaboration",
        "Università di Bologna",
        "Universidad Nacional Autónoma de México",
        "Ministerstwo Zdrowia",
        "Deutsche Forschungsgemeinschaft e.V. Arbeitsgruppe Statistik",
        "COVID-19 Study Group",
        "GBD 2019 Risk Factors Collaborators",
        "European Union",
        "London School of Economics",
        "The Cochrane Library",
        "UNESCO",
        "北京大学",
        "日本心理学会",
        "وزارة الصحة",
        "Российская академия наук",
        "Editorial Board",
        "Institute of Medicine, Committee on Health",
        "Acme Press Ltd.",
    ],
)
def test_what_plainly_is_a_body_is_one(name: str) -> None:
    made = contributor(name)
    assert made is not None
    assert made.kind == "organization"
    assert made.family is None


@pytest.mark.parametrize(
    "name",
    [
        "Charlotte Church",
        "Church, Charlotte",
        "Gabrielle Union",
        "Tyra Banks",
        "Dominique Bureau",
        "Antonio Consiglio",
        "Frank Staff",
        "Li Wei",
        "SUHARTO",
        "Bishop, Elizabeth",
        "Maria Silva, Universidade de Lisboa",
        "Jean de la Fontaine",
    ],
)
def test_a_person_is_never_taken_for_a_body(name: str) -> None:
    made = contributor(name)
    assert made is not None
    assert made.kind == "person"


def test_a_submitter_s_orcid_makes_no_person_of_a_body() -> None:
    made = contributor("The ATLAS Collaboration", orcid="0000-0002-1825-0097")
    assert made is not None
    assert (made.kind, made.orcid) == ("organization", "0000-0002-1825-0097")


def test_bodies_and_meetings_lose_closing_punctuation_alone() -> None:
    body, conference = organization("American Psychological Association."), meeting("ICML (2020 : Vienna),")
    assert body is not None
    assert conference is not None
    assert (body.literal, body.kind) == ("American Psychological Association", "organization")
    assert (conference.literal, conference.kind) == ("ICML (2020 : Vienna)", "meeting")
    assert organization(" . ") is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ()),
        (" ; ", ()),
        ("Smith, J.; Jones, K.", (("Smith, J.", ()), ("Jones, K.", ()))),
        ("CAI Yin-ping;LEI Wen", (("CAI Yin-ping", ()), ("LEI Wen", ()))),
        ("A B; C D; E F", (("A B", ()), ("C D", ()), ("E F", ()))),
        ("S.S. Iyengar; Louisiana State University", (("S.S. Iyengar", ("Louisiana State University",)),)),
        ("Qurat-ul-Ain Malik; FUIEMS", (("Qurat-ul-Ain Malik", ("FUIEMS",)),)),
        (
            "A Gupta; PEC, University of Technology, INDIA",
            (("A Gupta", ("PEC, University of Technology, INDIA",)),),
        ),
        (
            "Silva, A.; Universidade de Lisboa; Souza, B.",
            (("Silva, A.", ("Universidade de Lisboa",)), ("Souza, B.", ())),
        ),
        ("Smith J, et al.", (("Smith J", ()), ("et al.", ()))),
        ("O&apos;Hara, M.; L&oacute;pez, A.", (("O'Hara, M.", ()), ("López, A.", ()))),
        ("Pascale Chevalier et Skënder Muçaj", (("Pascale Chevalier", ()), ("Skënder Muçaj", ()))),
        ("Ann Lee & Jan van der Berg", (("Ann Lee", ()), ("Jan van der Berg", ()))),
        ("José Ortega y Gasset", (("José Ortega y Gasset", ()),)),
        ("Smith and Wesson", (("Smith and Wesson", ()),)),
        ("Department of Trade and Industry", (("Department of Trade and Industry", ()),)),
        ("Sisters of Mercy and Friends of Peace", (("Sisters of Mercy and Friends of Peace", ()),)),
    ],
)
def test_one_element_may_hold_several_names(value: str | None, expected: object) -> None:
    assert several(value) == expected


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_a_literal_read_again_is_the_same(text: str | None) -> None:
    made = person(text)
    if made is not None:
        again = person(made.literal)
        assert again is not None
        assert (again.literal, again.family, again.given, again.suffix) == (
            made.literal,
            made.family,
            made.given,
            made.suffix,
        )


WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäéłøšß", min_size=4, max_size=10).map(str.capitalize)


@settings(deadline=None)
@given(WORD, WORD)
def test_family_comma_given_is_always_split_and_never_reordered(family: str, given_name: str) -> None:
    assert (
        parts(f"{family}, {given_name}", inverted=True)
        == (
            f"{family}, {given_name}",
            family,
            given_name,
            None,
        )
        or person(given_name) is None
    )
