"""One reader at a time, ugly inputs first: kinds, identifiers, imprint, series, subjects."""

import pytest

from catalog.record import PartialDate
from tests.catalog.crosswalk.marc.marc_lines import BOOK, coded, read


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
