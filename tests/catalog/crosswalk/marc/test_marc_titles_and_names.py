"""Titles and names, ugly inputs first."""

import pytest

from catalog.crosswalk.marc.bibliographic import to_record
from catalog.crosswalk.marc.fields import MarcRecord
from catalog.crosswalk.marc.relators import Statement, roles
from tests.catalog.crosswalk.marc.marc_lines import BOOK, field, read, titled


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("245 10$aTitle /$cby X.", "Title"),
        ("245 10$aTitle :$bsubtitle /$cby X.", "Title: subtitle"),
        ("245 10$aTitle$bsubtitle$cby X", "Title: subtitle"),
        ("245 10$aTitle : subtitle /$cby X.", "Title: subtitle"),
        ("245 10$aTitle.$nPart 2,$pName /$cX.", "Title. Part 2, Name"),
        ("245 10$aTitle.$pName :$bmore /$cX.", "Title. Name: more"),
        ("245 10$aTitle ;$bOther title /$cX.", "Title; Other title"),
        ("245 10$aOn the frontier; $ba story of the West, $cby X.", "On the frontier: a story of the West"),
        ("245 10$aHamlet ; Macbeth /$cX.", "Hamlet; Macbeth"),
        ("245 10$aYearbook.$n[...]$pSupplement", "Yearbook. Supplement"),
        ("245 10$aTitle$h[electronic resource] /$cX.", "Title"),
        ("245 10$aTitle [electronic resource] /$cX.", "Title"),
        ("245 10$a[Supplied title] /$cX.", "Supplied title"),
        ("245 10$a[1st] title", "[1st] title"),
        ("245 10$aWhat is to be done? /$cLenin.", "What is to be done?"),
        ("245 10$aWait ... /$cX.", "Wait ..."),
        ("245 10$aPapers,$f1898-1950.", "Papers, 1898-1950"),
        ("245 10$aThe E = mc² problem", "The E = mc² problem"),
        ("245 10$a\x98The \x9cbook", "The book"),
        ("245 10$a<<L'>>aventure", "L'aventure"),
        ("245 10$aCafe\u0301 society", "Café society"),
        ("245 10$b: only a remainder", "only a remainder"),
        ("245 10$aMedicine &amp; <i>Health</i>", "Medicine & Health"),
        ("245 10$aTitle --", "Title"),
        ("245 10$aPeru /$bby Laurel Corona.", "Peru"),
        ("245 10$a[Letters home :$ba selection", "Letters home: a selection"),
        ("245 10$aVie / Mort", "Vie / Mort"),
    ],
)
def test_title(line: str, expected: str) -> None:
    assert titled(line) == expected


def test_a_statement_without_its_subfield_is_not_in_the_title() -> None:
    fields = (
        "100 1\\$aGalbraith, Jay R.",
        "245 10$aDesigning :$bthe corporation / Jay R. Galbraith, editor.",
        "700 1\\$aLee, Ann",
    )
    record = to_record(MarcRecord(BOOK, tuple(map(field, fields))))
    assert record.title == "Designing: the corporation"


def test_a_parallel_title_is_not_in_the_title() -> None:
    record = read("245 10$aX")
    assert record.title == "A title"
    record = to_record(MarcRecord(BOOK, (field("245 10$aTitel =$bTitle : more /$cX."),)))
    assert record.title == "Titel"
    assert [(t.text, t.kind) for t in record.other_titles] == [("Title: more", "parallel")]


def test_without_245_another_title_stands_in_and_it_is_told() -> None:
    record = to_record(MarcRecord(BOOK, (field("130 0\\$aBeowulf."), field("001 1"))))
    assert record.title == "Beowulf"
    assert record.caveats == ("no title in 245: taken from 130",)


@pytest.mark.parametrize(
    ("line", "literal", "family", "given", "suffix"),
    [
        ("100 1\\$aMoehn, Heather.", "Moehn, Heather", "Moehn", "Heather", None),
        (
            "100 1\\$aMiller, William R.$q(William Richard),$d1947-",
            "Miller, William R.",
            "Miller",
            "William R.",
            None,
        ),
        (
            "100 1\\$aKing, Martin Luther,$cJr.,$d1929-1968.",
            "King, Martin Luther",
            "King",
            "Martin Luther",
            "Jr.",
        ),
        ("100 1\\$aLomax, John Avery, 1867-1948.", "Lomax, John Avery", "Lomax", "John Avery", None),
        ("100 0\\$aJohn Paul$bII,$cPope,$d1920-2005.", "John Paul II, Pope", None, None, None),
        ("100 0\\$aPlato.", "Plato", None, None, None),
        (
            "100 1\\$aMurakami, Haruki,$d1949- [from old catalog]",
            "Murakami, Haruki",
            "Murakami",
            "Haruki",
            None,
        ),
        ("100 0\\$aStedman, Rick.", "Stedman, Rick", "Stedman", "Rick", None),
        ("100 0\\$aTeresa,$cof Avila, Saint", "Teresa, of Avila, Saint", None, None, None),
        ("100 0\\$aThomas, à Becket", "Thomas, à Becket", None, None, None),
        ("100 0\\$aSting,$c(Musician)", "Sting (Musician)", None, None, None),
        ("100 1\\$aGarcía Márquez, Gabriel", "García Márquez, Gabriel", "García Márquez", "Gabriel", None),
    ],
)
def test_person(line: str, literal: str, family: str | None, given: str | None, suffix: str | None) -> None:
    (name,) = read(line).contributors
    assert (name.literal, name.family, name.given, name.suffix) == (literal, family, given, suffix)
    assert name.kind == "person"


@pytest.mark.parametrize(
    ("line", "literal", "kind"),
    [
        ("100 3\\$aMedici family.", "Medici family", "organization"),
        ("110 1\\$aRegina (Sask.).$bHealth Council.", "Regina (Sask.). Health Council", "organization"),
        (
            "111 2\\$aConference on Aid$n(3rd :$d2000 :$cParis).$eSection.",
            "Conference on Aid (3rd : 2000 : Paris). Section",
            "meeting",
        ),
        ("720 2\\$aPeer Group Ltd", "Peer Group Ltd", "organization"),
        ("720 \\\\$aLee, Ann", "Lee, Ann", "person"),
    ],
)
def test_bodies_and_meetings(line: str, literal: str, kind: str) -> None:
    (name,) = read(line).contributors
    assert (name.literal, name.kind) == (literal, kind)


@pytest.mark.parametrize(
    ("subfields", "expected"),
    [
        ("$eauthor.", ("author",)),
        ("$e(author)", ("author",)),
        ("$ejoint author.", ("author",)),
        ("$eed.", ("editor",)),
        ("$eHrsg.", ("editor",)),
        ("$eHerausgeber/in", ("editor",)),
        ("$eHerausgeberIn$4edt", ("editor",)),
        ("$eMitwirkende/r", ("contributor",)),
        ("$etraductrice", ("translator",)),
        ("$etrad.", ("translator",)),
        ("$eil.", ("illustrator",)),
        ("$e編", ("editor",)),
        ("$eKu\u0308nstler", ("artist",)),
        ("$eVerfertiger$4art", ("artist",)),
        ("$eVerfertiger$eauthor", ("verfertiger", "author")),
        ("$eauthor,$eillustrator.", ("author", "illustrator")),
        ("$eauthor and illustrator.", ("author",)),
        ("$eeditor and translator.", ("editor", "translator")),
        ("$4aut$4ill", ("author", "illustrator")),
        ("$4http://id.loc.gov/vocabulary/relators/trl", ("translator",)),
        ("$4EDT.", ("editor",)),
        ("$4zzz", ()),
        ("$eauthor of introduction, etc.", ("author of introduction, etc.",)),
        ("$elion tamer.", ("lion tamer",)),
        ("", ()),
    ],
)
def test_roles(subfields: str, expected: tuple[str, ...]) -> None:
    assert roles(field(f"700 1\\$aLee, Ann{subfields}")) == expected


@pytest.mark.parametrize(
    ("statement", "name", "expected"),
    [
        ("Heather Moehn.", "Moehn", "author"),
        ("edited by Robert J. Meyers, William R. Miller.", "Miller", "editor"),
        ("Joan D. Atwood, editor.", "Atwood", "editor"),
        ("editor, Joan D. Atwood.", "Atwood", "editor"),
        ("Ann Lee, editor, Jo Day, illustrator.", "Day", "illustrator"),
        ("Ann Lee, editor, Jo Day, illustrator.", "Lee", "editor"),
        ("Ann Lee (ed.)", "Lee", "editor"),
        ("Caroline Knowles, with photography by Ludovic Dabert.", "Dabert", "photographer"),
        ("Caroline Knowles, with photography by Ludovic Dabert.", "Knowles", "author"),
        ("Ann Lee ; translated from the German by Jo Day.", "Day", "translator"),
        ("Ann Lee ; [translated by Jo Day]", "Day", "translator"),
        ("Ann Lee ; textual notes and bibliography by Jo Day.", "Day", "contributor"),
        ("Ann Lee ; assisted by Jo Day.", "Day", "contributor"),
        ("Ann Lee ; expert reviews by Jo Day", "Day", "contributor"),
        ("Ann Lee with contributions by Jo Day", "Day", "contributor"),
        ("Ann Lee ; Jo Day", "Day", "author"),
        ("photos by Ann Lee ; essay by Jo Day.", "Day", "author"),
        ("Ann Lee, editor ; Jo Day ... [et al.].", "Day", "author"),
        ("herausgegeben von Hans von Storch", "Storch", "editor"),
        ("Anne Dupont ; traduit de l'allemand par Luc Martin", "Martin", "translator"),
        ("a cura di Mario Rossi", "Rossi", "editor"),
        ("под ред. И. И. Иванова", "иванова", "editor"),
        ("Max Edwards", "Edwards", "author"),
        ("edited by A. Lee", "Leeds", None),
        ("Dominique Dwor-Frécaut, editor", "Dwor-Frecaut", "editor"),
        ("", "Lee", None),
    ],
)
def test_statement_of_responsibility(statement: str, name: str, expected: str | None) -> None:
    assert Statement(statement).role_of(name) == expected


def test_those_it_counts_as_others_did_what_the_named_did() -> None:
    assert (
        Statement("edited by Joseph Murphy ... [et al.] ; illustrated by Jo Day.").role_of_others()
        == "editor"
    )
    assert Statement("Joseph Murphy ... [et al.].").role_of_others() == "author"
    assert Statement("Joseph Murphy").role_of_others() is None


def test_an_added_name_the_statement_does_not_know_is_a_contributor() -> None:
    record = read("100 1\\$aLee, Ann.", "700 1\\$aDay, Jo.", "710 2\\$aPeer Group.")
    assert [name.role for name in record.contributors] == ["author", "contributor", "contributor"]


@pytest.mark.parametrize(
    ("heading", "family", "given"),
    [("محفوظ، نجيب،", "محفوظ", "نجيب"), ("李，小龙", "李", "小龙"), ("Maḥfūẓ, Najīb,", "Maḥfūẓ", "Najīb")],
)
def test_a_heading_is_divided_at_the_comma_of_its_script(heading: str, family: str, given: str) -> None:
    (author,) = read(f"100 1\\$a{heading}").contributors
    assert (author.family, author.given) == (family, given)
