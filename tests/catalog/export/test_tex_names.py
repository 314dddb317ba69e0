"""Names as BibTeX will read them."""

import pytest

from catalog.export.tex_names import name, names
from catalog.record import Contributor
from tests.catalog.export.torture import body, person


@pytest.mark.parametrize(
    ("contributor", "written"),
    [
        # the source split it
        (person("García Márquez, Gabriel"), "García Márquez, Gabriel"),
        (person("van der Berg, Anna"), "van der Berg, Anna"),
        (person("Oliveira, Maria Manuel Lobo Pinto de"), "Oliveira, Maria Manuel Lobo Pinto de"),
        (person("King, Martin", suffix="Jr."), "King, Jr., Martin"),
        (person("Ortega and Gasset, José"), "Ortega {and} Gasset, José"),
        (person("Others, Jane"), "Others, Jane"),
        (person("others, Jim"), "others, Jim"),
        (Contributor(literal="x", family="Smith, J", given="A"), "{Smith, J}, A"),
        (Contributor(literal="Suharto", family="Suharto"), "{Suharto}"),
        (Contributor(literal="x", family="García López"), "{García López}"),
        # it did not
        (person("Elmira Mirbahaeddin"), "Elmira Mirbahaeddin"),
        (person("Anna van der Berg"), "Anna van der Berg"),
        (person("bell hooks"), "bell hooks"),
        (person("Bansal S"), "Bansal, S"),
        (person("van der Merwe JH"), "van der Merwe, JH"),
        (person("García López J.-P."), "García López, J.-P."),
        (person("Smith J. K."), "Smith, J. K."),
        (person("Wei XU"), "Wei XU"),
        (person("Garcia MA"), "Garcia, MA"),
        (person("CHEN Bin-da"), "CHEN, Bin-da"),
        (person("LU Jin-hui"), "LU, Jin-hui"),
        (Contributor(literal="John Smith, MD, PhD"), "John Smith"),
        (Contributor(literal="John Q. Public, Jr.", suffix="Jr."), "Public, Jr., John Q."),
        (Contributor(literal="King, Jr.", suffix="Jr."), "{King, Jr.}"),
        (Contributor(literal="Maria Silva, Lisbon"), "{Maria Silva, Lisbon}"),
        (person("MARIA SILVA"), "MARIA SILVA"),
        (person("J K Rowling"), "J K Rowling"),
        (person("John Smith Jr."), "Smith, Jr., John"),
        (person("John Smith III"), "Smith, III, John"),
        (person("Suharto"), "{Suharto}"),
        (person("李小龙"), "{李小龙}"),
        (person("李 小龙"), "{李 小龙}"),
        (person("Иван Петров"), "Петров, Иван"),
        (person("محمد علي"), "علي, محمد"),
        (Contributor(literal="García López, M.A."), "{García López, M.A.}"),
        (Contributor(literal="Smith, John, MD"), "{Smith, John, MD}"),
        (person("John and Mary Smith"), "{John and Mary Smith}"),
        (person("John & Mary Smith"), "{John \\& Mary Smith}"),
        (person("Team 7 (UK)"), "{Team 7 (UK)}"),
        # bodies
        (
            body("WHO Working Group on Health and Substance Use"),
            "{WHO Working Group on Health and Substance Use}",
        ),
        (body("Smith, Jones and Partners"), "{Smith, Jones and Partners}"),
        (
            Contributor(literal="Conference on Peers (2nd : 1999)", kind="meeting"),
            "{Conference on Peers (2nd, 1999)}",
        ),
        (body("Continuum (Firm)"), "{Continuum}"),
        (body("National Research Council (U.S.)"), "{National Research Council (U.S.)}"),
        # what BibTeX would cut in the middle of a letter
        (person("Émile Zola"), "Zola, {\\'E}mile"),
        (person("Mařík, Žofie-Édith"), "Ma{\\v r}ík, {\\v Z}ofie-{\\'E}dith"),
        (person("Müller, Jürgen"), "Müller, Jürgen"),
        (person("Þórðarson, Davíð"), "{\\relax Þ}órðarson, Davíð"),
        (body("Médecins sans frontières"), "{Médecins sans frontières}"),
        (body("Städte und Gemeinden"), '{St}{\\"a}{dte und Gemeinden}'),
        (body("AT&T"), "{AT}{\\&}{T}"),
        (body("Öğretmen Ağı"), '{\\"O}{ğretmen Ağı}'),
        (body("β-Group"), "{\\ensuremath{\\beta}}{-Group}"),
        (person("[Smith], J. (Joe)"), "{[}Smith{]}, J. {(}Joe{)}"),
        (body("[Union] of A&B"), "{[Union] of A\\&B}"),
        (person("Ann Ma🄁y"), "Ann Ma{0,}y"),
        (person("Παπαδόπουλος, Νίκος"), "Παπαδόπουλος, Νίκος"),
    ],
)
def test_a_name_keeps_its_order_and_its_parts(contributor: Contributor, written: str) -> None:
    assert name(contributor, "pdftex") == written


@pytest.mark.parametrize(
    ("contributor", "written"),
    [
        (person("Mařík, Žofie"), "Mařík, Žofie"),
        (person("Émile Zola"), "Zola, Émile"),
        (body("Städte und Gemeinden"), "{Städte und Gemeinden}"),
        (body("AT&T"), "{AT\\&T}"),
    ],
)
def test_biber_cuts_no_letters(contributor: Contributor, written: str) -> None:
    assert name(contributor, "unicode") == written


def test_names_are_joined_in_the_order_given() -> None:
    assert (
        names([person("Zola, E."), body("A and B"), person("Ades, A.")], "pdftex")
        == "Zola, E. and {A and B} and Ades, A."
    )


def test_and_others_ends_the_list_and_never_stands_alone() -> None:
    assert names([person("Roe, R."), person("et al.")], "pdftex") == "Roe, R. and others"
    assert names([person("et al.")], "pdftex") is None
    assert names([], "pdftex") is None
    assert names([Contributor(literal="\u200b")], "pdftex") is None
