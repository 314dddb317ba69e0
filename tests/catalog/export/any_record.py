"""Records of every shape, with texts no source should send."""

from typing import get_args

from hypothesis import strategies as st

from catalog.export import Entry
from catalog.record import (
    Container,
    Contributor,
    Identifier,
    Issn,
    Link,
    PartialDate,
    Record,
    RecordType,
    Series,
    Subject,
)

_TROUBLE = [
    "ER  - ",
    "TY  - JOUR",
    "\r\nAU  - X",
    "\n\n",
    "PMID- 1",
    "]]>",
    "<b>&amp;",
    "\u2028",
    "\x0c",
    "=1",
]
_WORDS = st.one_of(
    st.text(max_size=12), st.sampled_from(_TROUBLE), st.sampled_from(["Roe", "王", "שלום", "😀"])
)
texts = st.lists(_WORDS, min_size=1, max_size=3).map("".join).filter(bool)
maybe = st.none() | texts
_numbers = st.none() | st.integers(1, 12)

_contributors = st.builds(
    Contributor,
    literal=texts,
    kind=st.sampled_from(["person", "organization", "meeting"]),
    family=maybe,
    given=maybe,
    suffix=maybe,
    role=st.sampled_from(["author", "editor", "translator", "director", "creator", "thesis advisor"]),
)
_containers = st.builds(
    Container,
    title=maybe,
    issns=st.lists(st.builds(Issn, value=st.just("1234-5679"), medium=st.none()), max_size=1).map(tuple),
    volume=maybe,
    issue=maybe,
    first_page=maybe,
    last_page=maybe,
    article_number=maybe,
)
_dates = st.builds(
    PartialDate,
    year=st.none() | st.integers(-50, 2100),
    month=_numbers,
    day=_numbers,
    circa=st.booleans(),
    end_year=st.none() | st.integers(1900, 2100),
    literal=maybe,
)
_schemes = st.sampled_from(["doi", "pmid", "pmcid", "isbn", "issn", "arxiv", "doaj"])
records = st.builds(
    Record,
    type=st.sampled_from(get_args(RecordType)),
    title=maybe,
    contributors=st.lists(_contributors, max_size=3).map(tuple),
    issued=st.none() | _dates,
    container=st.none() | _containers,
    series=st.lists(st.builds(Series, title=texts, volume=maybe), max_size=1).map(tuple),
    publisher=maybe,
    place=maybe,
    edition=maybe,
    extent=maybe,
    identifiers=st.lists(st.builds(Identifier, scheme=_schemes, value=texts), max_size=3).map(tuple),
    links=st.lists(st.builds(Link, url=texts, kind=st.just("fulltext")), max_size=1).map(tuple),
    abstract=maybe,
    languages=st.lists(st.sampled_from(["en", "zh-Hant", "tlh"]), max_size=1).map(tuple),
    keywords=st.lists(texts, max_size=2).map(tuple),
    subjects=st.lists(
        st.builds(Subject, term=maybe, scheme=st.sampled_from(["mesh", "lcc"])), max_size=1
    ).map(tuple),
    genres=st.lists(texts, max_size=1).map(tuple),
)
entries = st.lists(records, max_size=3).map(
    lambda found: [Entry(f"key{n}", f"x:{n}", record) for n, record in enumerate(found)]
)
