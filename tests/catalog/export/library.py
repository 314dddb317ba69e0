"""One record of each kind that a library tells apart, with everything it may hold."""

from catalog.crosswalk.marc.subjects import lcc_class
from catalog.export import Entry
from catalog.normalize.subjects import lcc_subject
from catalog.record import (
    Container,
    Contributor,
    Identifier,
    Issn,
    Licence,
    Link,
    PartialDate,
    Record,
    Series,
    Subject,
    Title,
)

ARTICLE = Record(
    type="article-journal",
    title='The effect of peers: a trial <b> & "more"',
    other_titles=(Title(text="O efeito dos pares", kind="parallel", language="pt-BR"),),
    contributors=(
        Contributor(
            literal="Jane Q. Doe",
            orcid="0000-0002-1825-0097",
            affiliations=("Dept. of X; University of Y", "Z"),
        ),
        Contributor(literal="García, Ana, Jr.", family="García", given="Ana", suffix="Jr."),
        Contributor(literal="The ATLAS Collaboration", kind="organization"),
        Contributor(literal="Ed Itor", role="editor"),
    ),
    issued=PartialDate(year=2015, month=1, month_doubtful=True),
    container=Container(
        title="Journal of Peers",
        issns=(Issn(value="0102-311X", medium="print"), Issn(value="1678-4464", medium="electronic")),
        volume="10",
        issue="5",
        first_page="1",
        last_page="10",
        languages=("en", "pt"),
    ),
    publisher="Univ. Press",
    identifiers=(
        Identifier(scheme="doi", value="10.1234/ab.1"),
        Identifier(scheme="doaj", value="00000000000000000000000000000abc"),
    ),
    links=(
        Link(url="https://example.org/a?b=1&c=2", kind="fulltext", media_type="application/pdf"),
        Link(url="https://doaj.org/article/00000000000000000000000000000abc", kind="record"),
        Link(url="https://example.org/supplement", kind="related"),
    ),
    abstract="Background: 100% of peers ≤ 5 & <6.",
    languages=("en", "pt-BR"),
    keywords=("peers", "دعم الأقران"),
    subjects=tuple(made for code in ("RC435-571", "BF1-990") if (made := lcc_subject(code))),
    licence=Licence(url="https://creativecommons.org/licenses/by/4.0/", label="CC BY 4.0"),
    notes=("Funded by X.",),
)
BOOK = Record(
    type="book",
    title="Les misérables",
    other_titles=(
        Title(text="Misérables", kind="uniform", language="en"),
        Title(text="Wretched", kind="alternative"),
        Title(text="Отверженные", kind="vernacular"),
        Title(text="Les misères", kind="former"),
        Title(text="Jean Tréjean", kind="original"),
    ),
    contributors=(
        Contributor(literal="Hugo, Victor", family="Hugo", given="Victor", vernacular="Гюго, Виктор"),
        Contributor(literal="Denny, Norman 1901-1982", family="Denny", given="Norman", role="translator"),
        Contributor(literal="Day, Jo", family="Day", given="Jo", role="container-author"),
        Contributor(literal="Congrès d'Hugo (2 : 1902 : Paris)", kind="meeting", role="contributor"),
    ),
    issued=PartialDate(year=1862, end_year=1865, circa=True, literal="[1862-1865?]"),
    series=(Series(title="Classics", volume="12", issn="2049-3630"), Series(title="Second")),
    publisher="Lacroix",
    place="Bruxelles",
    edition="2e éd.",
    extent="5 v.",
    identifiers=(
        Identifier(scheme="isbn", value="9780306406157"),
        Identifier(scheme="lccn", value="n78890351"),
        Identifier(scheme="lccn", value="2001627090"),
        Identifier(scheme="oclc", value="876607"),
        Identifier(scheme="system:dlc", value="42"),
        Identifier(scheme="control", value="x 1"),
        Identifier(scheme="handle", value="1765/9"),
        Identifier(scheme="report-number", value="MR-1"),
    ),
    links=(Link(url="ftp://example.org/b", kind="other"),),
    languages=("fr",),
    subjects=(
        Subject(term="France -- Social conditions -- Fiction", scheme="lcsh"),
        Subject(term="Poverty", scheme="fast", code="fst01074093"),
        Subject(term="Local heading"),
        lcc_class("PQ2286") or Subject(),
        Subject(scheme="ddc", code="843.7"),
        Subject(scheme="kssb/6", code="Hcd"),
    ),
    genres=("Novels",),
    notes=("Translated from the French.", "With an index."),
)
CHAPTER = Record(
    type="chapter",
    title="مقدمة في دعم الأقران",
    contributors=(Contributor(literal="أحمد محمد"),),
    issued=PartialDate(year=2013, month=11, day=5),
    container=Container(
        title="Handbook: of support",
        isbns=("9780306406157",),
        volume="3, no. 1",
        first_page="S1-1",
        last_page="S1-9",
    ),
    languages=("ar",),
)
JOURNAL = Record(
    type="periodical",
    title="Journal of Peers",
    other_titles=(Title(text="Bulletin of Peers", kind="former"),),
    issued=PartialDate(year=1990, end_year=2001),
    container=Container(
        issns=(Issn(value="0102-311X", medium="print"), Issn(value="1678-4464", medium="electronic"))
    ),
    languages=("en", "pt"),
)
THESIS = Record(
    type="thesis",
    title="Peers",
    contributors=(Contributor(literal="Smith, Ann", family="Smith", given="Ann"),),
    issued=PartialDate(year=2002),
    publisher="University of Maine",
    genres=("Doctoral thesis",),
)
ANTIQUITY = Record(type="map", title="A world", issued=PartialDate(year=-43), languages=("grc",))
SHAPES = (ARTICLE, BOOK, CHAPTER, JOURNAL, THESIS, ANTIQUITY, Record())
LIBRARY = [
    Entry(f"key{number}", f"a/{number}", record, "2024-05-06T07:08:09Z", "2024-05-07T01:02:03Z")
    for number, record in enumerate(SHAPES)
]
