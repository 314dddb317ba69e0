"""Records of any content that a crosswalk could make, for laws of what is written and read again."""

from typing import get_args

from hypothesis import strategies as st

from catalog.crosswalk.marc.subjects import lcc_class
from catalog.normalize.edtf import in_print
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
    RecordType,
    Series,
    Subject,
    Title,
)

TAGS = ("en", "pt-BR", "zh", "zh-Hant", "yue", "hbs", "sr", "el", "grc", "nb", "fr", "pt")
WORDS = (
    "Vol. 3",
    "no. 1",
    "a: b",
    "x -- y",
    "The Vol. 2, no. 5 (2015), p. 7",
    "S1-1",
    "$a|‡",
    "(x)",
    "مجلة",
    "研究",
    "1-9",
)


def lines(*forbidden: str) -> st.SearchStrategy[str]:
    """One line of any text but control characters, blanks inside only, and what is forbidden in it."""
    anything = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=30)
    return (st.sampled_from(WORDS) | anything.map(str.strip)).filter(
        lambda text: bool(text) and not any(part in text for part in forbidden)
    )


def maybe(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str | None]:
    return st.none() | strategy


def many(strategy: st.SearchStrategy) -> st.SearchStrategy[tuple]:
    return st.lists(strategy, max_size=3).map(tuple)


ROLES = (
    st.sampled_from(("author", "editor", "translator", "composer", "container-author", "mrs", "recipient"))
    | lines()
)
ORCIDS = st.sampled_from((None, "0000-0002-1825-0097", "0000-0001-5109-3700"))
COMMON = {
    "role": ROLES,
    "orcid": ORCIDS,
    "affiliations": many(lines(" | ")),
    "vernacular": maybe(lines()),
}
BODIES = st.builds(
    Contributor, literal=lines(), kind=st.sampled_from(("organization", "meeting", "person")), **COMMON
)


@st.composite
def people(draw: st.DrawFn) -> Contributor:
    family, given, suffix = draw(lines(", ")), draw(maybe(lines())), draw(maybe(lines()))
    inverted = f"{family}, {given}" if given else family
    literal = draw(st.just(inverted) | st.just(f"{inverted} 1950-2001") | lines())
    rest = {name: draw(strategy) for name, strategy in COMMON.items()}
    return Contributor(literal=literal, family=family, given=given, suffix=suffix, **rest)


@st.composite
def unsplit(draw: st.DrawFn) -> Contributor:
    name, suffix = draw(lines()), draw(lines())
    literal = draw(st.just(f"{name}, {suffix}") | st.just(name))
    return Contributor(literal=literal, suffix=suffix)


DATES = st.builds(
    PartialDate,
    year=st.none() | st.integers(-5000, 30_000),
    month=st.none() | st.integers(1, 12),
    day=st.none() | st.integers(1, 31),
    end_year=st.none() | st.integers(-5000, 30_000),
    circa=st.booleans(),
    month_doubtful=st.booleans(),
    literal=maybe(lines()),
).filter(lambda date: date.literal is None or date.literal != in_print(date))
TITLES = st.builds(
    Title,
    text=lines(),
    kind=st.sampled_from(("alternative", "parallel", "uniform", "former", "original")),
    language=st.sampled_from((None, *TAGS)),
) | st.builds(Title, text=lines(), kind=st.just("vernacular"))
ISSNS = st.builds(
    Issn,
    value=st.sampled_from(("0102-311X", "1678-4464", "2049-3630")),
    medium=st.sampled_from((None, "print", "electronic")),
)
PLACES = st.builds(
    Container,
    title=maybe(lines()),
    issns=many(ISSNS),
    isbns=many(lines()),
    volume=maybe(lines()),
    issue=maybe(lines()),
    first_page=maybe(lines()),
    last_page=maybe(lines()),
    article_number=maybe(lines()),
    languages=many(st.sampled_from(TAGS)),
).filter(lambda place: place != Container())
SERIALS = st.builds(Container, issns=many(ISSNS).filter(bool))
SCHEMES = (
    "doi", "isbn", "issn", "issn-l", "lccn", "oclc", "doaj", "pmid", "arxiv", "handle", "upc", "isrc", "nbn",
    "coden", "report-number", "publisher-number", "local", "control", "system:dlc", "urn", "bnb", "x y",
)  # fmt: skip
IDENTIFIERS = st.builds(
    Identifier,
    scheme=st.sampled_from(SCHEMES),
    value=st.sampled_from(("2001627090", "n78890351", "0102-311X")) | lines(),
)
LINKS = st.builds(
    Link,
    url=st.sampled_from(("https://example.org/a?b=1&c=2", "ftp://example.org/x")) | lines(),
    kind=st.sampled_from(("fulltext", "record", "related", "other")),
    media_type=st.sampled_from((None, "application/pdf")),
)
HEADINGS = st.builds(
    Subject,
    term=lines(),
    scheme=st.sampled_from((None, "lcsh", "mesh", "fast", "ddc", "doaj", "csh")),
    code=maybe(lines()),
)
CLASSES = st.builds(
    Subject, scheme=st.sampled_from(("ddc", "nlm", "udc", "sudoc", "kssb/6", None)), code=lines()
)
LCC = st.sampled_from(
    [
        made
        for code in ("RC552.E18", "QA76", "BF1-990", "G8501911", "XX12")
        for made in (lcc_class(code), lcc_subject(code))
        if made
    ]
)


def shelved_last(subjects: tuple[Subject, ...]) -> tuple[Subject, ...]:
    """A class without caption comes after the headings: the one order MARC has."""
    return tuple(dict.fromkeys(sorted(subjects, key=lambda subject: subject.term is None)))


RECORDS = st.builds(
    Record,
    type=st.sampled_from(get_args(RecordType)),
    title=maybe(lines()),
    other_titles=many(TITLES),
    contributors=many(BODIES | people() | unsplit()),
    issued=st.none() | DATES,
    container=st.none() | PLACES | SERIALS,
    series=many(st.builds(Series, title=lines(), volume=maybe(lines()), issn=maybe(lines()))),
    publisher=maybe(lines()),
    place=maybe(lines()),
    edition=maybe(lines()),
    extent=maybe(lines()),
    identifiers=many(IDENTIFIERS),
    links=many(LINKS),
    abstract=maybe(lines()),
    languages=st.lists(st.sampled_from(TAGS), max_size=3, unique=True).map(tuple),
    keywords=many(lines()),
    subjects=many(HEADINGS | CLASSES | LCC).map(shelved_last),
    genres=many(lines()),
    licence=st.none()
    | st.builds(Licence, url=lines(), label=maybe(lines()))
    | st.builds(Licence, label=st.just("CC BY 4.0")),
    notes=many(lines()),
)
