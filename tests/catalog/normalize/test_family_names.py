"""The family name that keys and lists are made from."""

import pytest

from catalog.normalize.family_names import is_others
from catalog.normalize.names import family_guess, organization, person, sort_name


@pytest.mark.parametrize(
    ("name", "family", "sorted_as"),
    [
        ("Elmira Mirbahaeddin", "Mirbahaeddin", "Mirbahaeddin, Elmira"),
        ("Ludwig van Beethoven", "Beethoven", "Beethoven, Ludwig van"),
        ("van der Berg, Anna", "Berg", "Berg, Anna van der"),
        ("Van der Berg, A.", "Berg", "Berg, A. Van der"),
        ("Bansal S", "Bansal", "Bansal, S"),
        ("Kaur IP", "Kaur", "Kaur, IP"),
        ("SMITH J", "SMITH", "SMITH, J"),
        ("CHEN Bin-da", "CHEN", "CHEN, Bin-da"),
        ("LU Jin-hui", "LU", "LU, Jin-hui"),
        ("Wei XU", "XU", "XU, Wei"),
        ("Jin-Ho KIM", "KIM", "KIM, Jin-Ho"),
        ("Garcia MA", "Garcia", "Garcia, MA"),
        ("Smith LE", "Smith", "Smith, LE"),
        ("AL Gore", "Gore", "Gore, AL"),
        ("Jean DUPONT", "DUPONT", "DUPONT, Jean"),
        ("JM Silva", "Silva", "Silva, JM"),
        ("Maria Oliveira de", "Oliveira", "Oliveira, Maria de"),
        ("Silva JM da", "Silva", "Silva, JM da"),
        ("García Márquez G", "García Márquez", "García Márquez, G"),
        ("van der Berg A", "Berg", "Berg, van der A"),
        ("S.-Y. Lee", "Lee", "Lee, S.-Y."),
        ("J Smith", "Smith", "Smith, J"),
        ("Li Wei", "Wei", "Wei, Li"),
        ("LI WEI", "WEI", "WEI, LI"),
        # Two unmarked surnames are beyond guessing.
        ("José García Márquez", "Márquez", "Márquez, José García"),
        ("Oliveira, Maria Pinto de", "Oliveira", "Oliveira, Maria Pinto de"),
        ("João Silva Filho", "Silva", "Silva, João Filho"),
        ("Maria Neto", "Neto", "Neto, Maria"),
        ("John Smith III", "Smith", "Smith, John III"),
        ("Jane Doe PhD", "Doe", "Doe, Jane PhD"),
        ("Jane Doe, PhD", "Doe", "Doe, Jane"),
        ("John Q. Public, Jr.", "Public", "Public, John Q. Jr."),
        ("J. P. (John) Doe", "Doe", "Doe, J. P."),
        ("Dupont et al.", "Dupont", "Dupont"),
        ("Suharto", "Suharto", "Suharto"),
        ("S", "S", "S"),
        ("李小龙", "李小龙", "李小龙"),
        ("王 小波", "王", "王, 小波"),
        ("李, 小龙", "李", "李, 小龙"),
        ("김 철수", "김", "김, 철수"),
        ("et al.", "et al.", "et al."),
    ],
)
def test_a_person(name: str, family: str, sorted_as: str) -> None:
    made = person(name)
    assert made is not None
    assert family_guess(made) == family
    assert sort_name(made) == sorted_as


def test_a_body_is_its_whole_name() -> None:
    made = organization("World Health Organization")
    assert made is not None
    assert family_guess(made) == sort_name(made) == "World Health Organization"


def test_et_al_is_known_as_no_name() -> None:
    assert [is_others(made) for name in ("et al.", "Others", "Otero, A.") if (made := person(name))] == [
        True,
        True,
        False,
    ]
