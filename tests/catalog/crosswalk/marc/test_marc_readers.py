"""One reader at a time, ugly inputs first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.crosswalk.marc.bibliographic import to_record
from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.crosswalk.marc.relators import Statement, roles
from catalog.crosswalk.marc.subjects import lcc_class
from catalog.errors import RecordRejected
from catalog.record import PartialDate, Record, from_json, to_json

BOOK = "00000nam a2200000 a 4500"


def field(line: str) -> MarcField:
    """Make a field of `245 10$aTitle`, `\\` for a blank indicator, or `001 value`."""
    tag, rest = line[:3], line[4:]
    if tag < "010":
        return MarcField(tag, rest)
    ind1, ind2 = rest[:2].replace("\\", " ")
    subfields = tuple((part[0], part[1:]) for part in rest[2:].split("$")[1:])
    return MarcField(tag, ind1=ind1, ind2=ind2, subfields=subfields)


def read(*lines: str, leader: str = BOOK) -> Record:
    return to_record(MarcRecord(leader, tuple(field(line) for line in ("245 00$aA title", *lines))))


def titled(line: str) -> str | None:
    return to_record(MarcRecord(BOOK, (field(line),))).title


def coded(
    kind: str = "s", first: str = "2001", second: str = "    ", *, books: str = "    ", lang: str = "eng"
) -> str:
    return f"008 010101{kind}{first}{second}xxu      {books} 000 0 {lang} d"


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
    ("lines", "leader", "expected"),
    [
        ((), BOOK, "book"),
        ((), "00000nas a2200000 a 4500", "periodical"),
        ((), "00000nem a2200000 a 4500", "map"),
        ((), "00000ncm a2200000 a 4500", "musical-score"),
        ((), "00000njm a2200000 a 4500", "song"),
        ((), "00000ngm a2200000 a 4500", "motion-picture"),
        ((), "00000nrm a2200000 a 4500", "document"),
        ((), "00000nmm a2200000 a 4500", "document"),
        ((coded(books="  b "),), "00000nmm a2200000 a 4500", "software"),
        ((coded(books="  a "),), "00000nmm a2200000 a 4500", "dataset"),
        ((coded(books="m   "),), BOOK, "thesis"),
        (("502 \\\\$aThesis (M.A.)--Somewhere, 2001.",), BOOK, "thesis"),
        (("655 \\7$aHochschulschrift$2gnd-content",), BOOK, "thesis"),
        ((coded(books="t   "),), BOOK, "report"),
        (("088 \\\\$aNASA-TM-1",), BOOK, "report"),
        (("773 0\\$tNature$gVol. 1, p. 2$x0028-0836",), "00000naa a2200000 a 4500", "article-journal"),
        (("773 0\\$tNature$gVol. 1, p. 2$x0028-0836",), BOOK, "article-journal"),
        (("773 0\\$tHandbook$gp. 2-3$z9780306406157",), "00000naa a2200000 a 4500", "chapter"),
        (("773 0\\$tProceedings of X$gp. 2-3",), "00000naa a2200000 a 4500", "conference-paper"),
        (("773 0\\$tSpringer eBooks",), BOOK, "book"),
        ((), "                        ", "document"),
        (("020 \\\\$a9780306406157",), "                        ", "book"),
        ((), "", "document"),
    ],
)
def test_type(lines: tuple[str, ...], leader: str, expected: str) -> None:
    assert read(*lines, leader=leader).type == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("020 \\\\$a0-306-40615-2 (pbk. : alk. paper) :$c$5",), [("isbn", "9780306406157")]),
        (("020 \\\\$a978 0 306 40615 7",), [("isbn", "9780306406157")]),
        (("020 \\\\$z9780306406157",), []),
        (("024 7\\$ahttps://doi.org/10.1000/ABC$2DOI",), [("doi", "10.1000/abc")]),
        (("024 8\\$a10.1000/abc",), [("doi", "10.1000/abc")]),
        (("024 3\\$a9780306406157",), [("isbn", "9780306406157")]),
        (("024 1\\$a012345678905",), [("upc", "012345678905")]),
        (("024 7\\$aurn:nbn:de:101:1-2$2urn",), [("urn", "urn:nbn:de:101:1-2")]),
        (("035 \\\\$a(OCoLC)ocm00012345",), [("oclc", "12345")]),
        (("035 \\\\$aocn870432",), [("oclc", "870432")]),
        (("035 \\\\$a(DE-627)123",), [("system:de-627", "123")]),
        (("001 ocm00012345", "003 OCoLC"), [("oclc", "12345")]),
        (("001  77 ", "003 DLC"), [("system:dlc", "77")]),
        (("001 77",), [("control", "77")]),
        (("015 \\\\$a16,B21$2dnb",), []),
        (("015 \\\\$a07,A29,0473$2dnb",), [("dnb", "07,A29,0473")]),
        (("016 7\\$a123$2DE-101",), [("system:de-101", "123")]),
        (("856 40$uhttps://dx.doi.org/10.1000/ABC",), [("doi", "10.1000/abc")]),
        (("856 42$uhttps://dx.doi.org/10.1000/ABC",), []),
        (("856 40$uhttps://x.org/10.1000/abc",), []),
    ],
)
def test_identifiers(lines: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert [(i.scheme, i.value) for i in read(*lines).identifiers] == expected


@pytest.mark.parametrize(
    ("line", "publisher", "place"),
    [
        ("260 \\\\$aNew York :$bRosen Pub. Group,$c2000.", "Rosen Pub. Group", "New York"),
        (
            "260 \\\\$aAustralia ;$aStamford, CT :$bWadsworth Pub.,$c2001.",
            "Wadsworth Pub.",
            "Australia; Stamford, CT",
        ),
        ("260 \\\\$a[S.l. :$bs.n.,$c1999]", None, None),
        ("264 \\1$a[Place of publication not identified] :$b[publisher not identified],$c[2014]", None, None),
        ("260 \\\\$aBuckingham [England] :$bOUP", "OUP", "Buckingham, England"),
        ("260 \\\\$aBostn [i.e. Boston, Mass.] :$bX.", "X.", "Boston, Mass."),
        ("260 \\\\$a[Leipzig?] :$bTeubner", "Teubner", "Leipzig"),
        ("260 \\\\$aParis [etc.] :$bHachette", "Hachette", "Paris"),
        ("260 \\\\$aReston :$bUSGS ;$aDenver :$bFor sale by the USGS,$c2000.", "USGS", "Reston; Denver"),
        ("260 \\\\$aMinneapolis :$bBethany House, c2001.", "Bethany House", "Minneapolis"),
        ("260 \\\\$aNew York,$bChristian associations [1900]", "Christian associations", "New York"),
        ("264 \\1$aCham :$bSpringer :$bImprint: Springer,$c2019.", "Springer", "Cham"),
        ("260 \\\\$aWashington, D.C. (Box 1, Washington 20013) :$bX", "X", "Washington, D.C."),
    ],
)
def test_imprint(line: str, publisher: str | None, place: str | None) -> None:
    record = read(line)
    assert (record.publisher, record.place) == (publisher, place)


def test_publication_goes_before_distribution_and_264_before_260() -> None:
    record = read(
        "264 \\2$aA :$bDistributor",
        "260 \\\\$aC :$bOlder",
        "264 \\1$aB :$bPublisher,$c2014",
        "264 \\4$c©2013",
    )
    assert (record.publisher, record.place) == ("Publisher", "B")
    assert record.issued is not None
    assert record.issued.year == 2014


def test_a_publisher_short_for_a_body_is_spelt_out() -> None:
    assert (
        read("110 2\\$aPeer Association.", "260 \\\\$aX :$bThe Association,$c2000.").publisher
        == "Peer Association"
    )
    assert read("260 \\\\$aX :$bThe Association,$c2000.").publisher == "The Association"


@pytest.mark.parametrize(
    ("lines", "year", "end_year", "caveat"),
    [
        ((coded(first="2001"), "260 \\\\$cc2001."), 2001, None, False),
        ((coded(first="2001"),), 2001, None, False),
        (("260 \\\\$c[2001?]",), 2001, None, False),
        ((coded(first="1989"), "260 \\\\$c1998."), 1998, None, True),
        ((coded(first="1979"), "260 \\\\$c1978 [i.e. 1979]"), 1979, None, False),
        ((coded(first="1998"), "260 \\\\$c5758 [1998]"), 1998, None, False),
        ((coded(first="1990"), "260 \\\\$c[ca. 1985]"), 1990, None, True),
        ((coded(first="2001"), "260 \\\\$c[n.d.]"), 2001, None, False),
        ((coded("m", "1999", "2003"), "260 \\\\$c1999-2003."), 1999, 2003, False),
        ((coded("c", "1991", "9999"), "260 \\\\$c1991-"), 1991, None, False),
        ((coded("d", "1874", "1930"), "260 \\\\$c1874-1930."), 1874, 1930, False),
        (("008 garbage", "260 \\\\$c2001."), 2001, None, False),
    ],
)
def test_date(lines: tuple[str, ...], year: int, end_year: int | None, *, caveat: bool) -> None:
    record = read(*lines)
    assert record.issued is not None
    assert (record.issued.year, record.issued.end_year) == (year, end_year)
    assert bool(record.caveats) == caveat


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("440 \\0$aA series ;$vv. 12",), [("A series", "12", None)]),
        (("490 1\\$aA series ;$v12", "830 \\0$aSeries, A (X) ;$v12."), [("A series", "12", None)]),
        (("490 1\\$aA series,$x2049-3630", "830 \\0$aA series"), [("A series", None, "2049-3630")]),
        (("830 \\0$aA series ;$vBd. 3.",), [("A series", "3", None)]),
        (("800 1\\$aLee, Ann.$tWorks ;$v2.",), [("Works", "2", None)]),
        (
            ("490 1\\$aMain ;$v146.$aWithin", "830 \\0$aMain ;$v146.", "830 \\0$aMain.$pWithin."),
            [("Main", "146", None), ("Within", None, None)],
        ),
        (("490 0\\$aSerie =$aSeries ;$v3",), [("Serie", "3", None)]),
    ],
)
def test_series(lines: tuple[str, ...], expected: list[tuple[str, str | None, str | None]]) -> None:
    assert [(s.title, s.volume, s.issn) for s in read(*lines).series] == expected


@pytest.mark.parametrize(
    ("line", "term", "scheme"),
    [
        ("650 \\0$aSelf-help groups$xPsychology.", "Self-help groups -- Psychology", "lcsh"),
        ("650 12$aSelf-Help Groups$xmethods", "Self-Help Groups -- methods", "mesh"),
        ("650 \\7$aPeers.$2fast$0(OCoLC)fst01112512", "Peers", "fast"),
        ("650 \\7$aPeers$2swd", "Peers", "gnd"),
        ("650 \\4$aPeers", "Peers", None),
        ("600 10$aFreud, Sigmund,$d1856-1939$vBiography.", "Freud, Sigmund, 1856-1939 -- Biography", "lcsh"),
        ("651 \\0$aMontréal (Quebec)$xSocial conditions.", "Montréal (Quebec) -- Social conditions", "lcsh"),
        ("690 \\7$aPeers$2local", "Peers", "local"),
        ("653 \\\\$a(stw)Internationaler Vergleich", "Internationaler Vergleich", "stw"),
    ],
)
def test_subject(line: str, term: str, scheme: str | None) -> None:
    (subject,) = read(line).subjects
    assert (subject.term, subject.scheme) == (term, scheme)


@pytest.mark.parametrize(
    ("line", "keyword", "note"),
    [
        ("653 \\\\$a(Produktform)Hardback", (), ("Produktform: Hardback",)),
        ("653 \\\\$a(Produktform (spezifisch))Unsewn", (), ("Produktform (spezifisch): Unsewn",)),
        ("653 \\\\$a(un)employment", ("(un)employment",), ()),
        ("653 \\\\$a(R) trademarks", ("(R) trademarks",), ()),
        ("653 \\\\$a(stw)", ("(stw)",), ()),
    ],
)
def test_what_a_publisher_says_of_its_product_is_no_keyword(
    line: str, keyword: tuple[str, ...], note: tuple[str, ...]
) -> None:
    record = read(line)
    assert (record.keywords, record.notes, record.subjects) == (keyword, note, ())


def test_a_scheme_built_on_deweys_is_not_deweys() -> None:
    record = read("082 04$a616.89$222/ger", "082 74$a130$aB$223sdnb", "084 \\\\$a130$2sdnb")
    assert [(s.scheme, s.code) for s in record.subjects] == [
        ("ddc", "616.89"),
        ("sdnb", "130"),
        ("sdnb", "B"),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("250 \\\\$a1st ed.", "1st ed."),
        ("250 \\\\$a2nd ed., rev.", "2nd ed., rev."),
        ("250 \\\\$a4th ed. /$brev. by Ann Lee.", "4th ed."),
        ("250 \\\\$a4th ed. / revised by Ann Lee.", "4th ed."),
        ("250 \\\\$a[New ed.]", "New ed."),
    ],
)
def test_edition(line: str, expected: str) -> None:
    assert read(line).edition == expected


def test_a_date_behind_the_publisher_is_the_date() -> None:
    assert read("260 \\\\$aMinneapolis :$bBethany House, c2001.").issued == PartialDate(
        year=2001, literal="c2001"
    )


def test_two_years_written_short_are_no_month() -> None:
    record = read(coded("m", "1900", "1901"), "260 \\\\$aPhiladelphia,$bSaunders,$c1900-01.")
    assert record.issued == PartialDate(year=1900, end_year=1901, literal="1900-01")


def test_a_character_written_out_with_a_percent_sign_is_that_character() -> None:
    assert titled("245 10$a&#x0E25%x;&#x0E38%x;&#x0E07%x; at 50%x; off") == "ลุง at 50%x; off"


def test_free_words_are_keywords_and_forms_are_genres() -> None:
    record = read("653 \\\\$apeer support$amutual aid", "690 \\\\$aLocal word", "655 \\7$aHandbooks.$2lcgft")
    assert record.keywords == ("peer support", "mutual aid", "Local word")
    assert record.genres == ("Handbooks",)
    assert record.subjects == ()


@pytest.mark.parametrize(
    ("number", "code", "term"),
    [
        ("RC552.E18", "RC552.E18", "Psychiatry"),
        ("RA790.5", "RA790.5", "Public aspects of medicine"),
        ("RC 489 .P4", "RC489.P4", "Therapeutics. Psychotherapy"),
        ("QA76.73.P98", "QA76.73.P98", "Electronic computers. Computer science"),
    ],
)
def test_call_number_finds_its_class(number: str, code: str, term: str) -> None:
    found = lcc_class(number)
    assert found is not None
    assert (found.code, found.term, found.path[-1]) == (code, term, term)


@pytest.mark.parametrize("number", ["[Fic]", "IN PROCESS", "", "MLCS 2001/01234", "Microfilm 123", "1234"])
def test_what_is_no_call_number_is_no_class(number: str) -> None:
    assert lcc_class(number) is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("856 40$uhttp://x.org/1", "fulltext"),
        ("856 41$uhttp://x.org/1", "fulltext"),
        ("856 41$3Table of contents only$uhttp://x.org/1", "related"),
        ("856 42$3Publisher description$uhttp://x.org/1", "related"),
        ("856 42$uhttp://x.org/1", "related"),
        ("856 4\\$uhttp://x.org/1", "other"),
        ("856 4\\$3Volltext$uhttp://x.org/1", "fulltext"),
        ("856 42$yInhaltsverzeichnis$uhttp://x.org/1", "related"),
    ],
)
def test_link(line: str, kind: str) -> None:
    (link,) = read(line).links
    assert (link.url, link.kind) == ("http://x.org/1", kind)


def test_what_is_no_address_is_no_link() -> None:
    assert read("856 40$usee the librarian", "856 40$zno address").links == ()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("041 1\\$aengfre$hger",), ("en", "fr")),
        (("041 0\\$aeng$afre",), ("en", "fr")),
        (("041 0\\$dita$eita",), ("it",)),
        ((coded(lang="ger"),), ("de",)),
        ((coded(lang="und"),), ()),
        (("041 0\\$a???", coded(lang="ger")), ("de",)),
        (("546 \\\\$aIn German.",), ()),
        (("546 \\\\$aGerman.",), ("de",)),
    ],
)
def test_languages(lines: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert read(*lines).languages == expected


def test_abstracts_go_before_summaries_and_reviews_are_notes() -> None:
    record = read("520 \\\\$aA summary.", "520 3\\$aAbstract This is it.", "520 1\\$aGood book.")
    assert record.abstract == "This is it."
    assert record.notes == ("Review: Good book.",)


@pytest.mark.parametrize(
    ("line", "url", "label"),
    [
        (
            "540 \\\\$aCC BY 4.0$uhttps://creativecommons.org/licenses/by/4.0/",
            "https://creativecommons.org/licenses/by/4.0/",
            "CC BY 4.0",
        ),
        (
            "540 \\\\$fCC BY$2cc$uhttps://creativecommons.org/licenses/by/4.0/",
            "https://creativecommons.org/licenses/by/4.0/",
            "CC BY",
        ),
        ("540 \\\\$aIn copyright.", None, "In copyright."),
        (
            "506 0\\$aOpen access (https://creativecommons.org/licenses/by/4.0/).",
            "https://creativecommons.org/licenses/by/4.0/",
            "Open access.",
        ),
    ],
)
def test_licence(line: str, url: str | None, label: str | None) -> None:
    licence = read(line).licence
    assert licence is not None
    assert licence.url == url
    assert licence.label == label


@pytest.mark.parametrize(
    ("type_of_record", "word"),
    [("z", "authority"), ("u", "holdings"), ("x", "holdings"), ("w", "classification"), ("q", "community")],
)
def test_other_formats_are_rejected_by_name(type_of_record: str, word: str) -> None:
    with pytest.raises(RecordRejected, match=word):
        read(leader=f"00000n{type_of_record}  a2200000n  4500")


@pytest.mark.parametrize("lines", [(), ("001 1", "003 X"), ("300 \\\\$a12 p.",), ("245 00$a ",)])
def test_a_record_that_says_nothing_is_rejected(lines: tuple[str, ...]) -> None:
    with pytest.raises(RecordRejected):
        to_record(MarcRecord(BOOK, tuple(field(line) for line in lines)))


def test_caveats_of_decoding_are_kept() -> None:
    assert to_record(MarcRecord(BOOK, (field("245 00$aX"),), ("wrong length",))).caveats == ("wrong length",)


# fmt: off
TAGS = [
    "001", "003", "008", "010", "020", "022", "024", "035", "041", "042", "050", "082", "084",
    "100", "110", "111", "130", "200", "210", "240", "245", "246", "250", "260", "264", "300",
    "336", "440", "490", "500", "502", "505", "506", "520", "540", "546", "600", "650", "653",
    "655", "690", "700", "710", "711", "720", "730", "740", "765", "773", "780", "800", "830",
    "856", "880",
]
# fmt: on
TEXTS = st.one_of(
    st.text(max_size=25),
    st.sampled_from(
        [
            " ",
            "/",
            ".",
            "=",
            "[",
            "]",
            "880-01",
            "245-01/r",
            "700-00",
            "Vol. 1, p. 2-3 (2001)",
            "1999-",
            "--",
            "<<",
            "[i.e. ]",
            "10.1/x",
            " = ",
            "9" * 60,
            "(",
            "ed.",
        ]
    ),
)
FIELDS = st.builds(
    lambda tag, value, inds, subfields: (
        MarcField(tag, value)
        if tag < "010"
        else MarcField(tag, ind1=inds[0], ind2=inds[1], subfields=tuple(subfields))
    ),
    st.sampled_from(TAGS),
    TEXTS,
    st.tuples(st.sampled_from(" 01234578"), st.sampled_from(" 01234578")),
    st.lists(st.tuples(st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789"), TEXTS), max_size=5),
)


@settings(deadline=None, max_examples=250)
@given(st.text(max_size=24), st.lists(FIELDS, max_size=14))
def test_no_record_whatever_breaks_a_reader(leader: str, fields: list[MarcField]) -> None:
    try:
        record = to_record(MarcRecord(leader, tuple(fields)))
    except RecordRejected:
        return
    assert from_json(to_json(record)) == record
    texts = [
        record.title,
        record.publisher,
        record.place,
        record.edition,
        record.extent,
        record.abstract,
        *record.notes,
        *record.genres,
    ]
    texts.extend(title.text for title in record.other_titles)
    texts.extend(name.literal for name in record.contributors)
    assert all(text is None or text.strip() for text in texts)
