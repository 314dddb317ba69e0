"""A record as its page describes it: labelled values, each with where it leads."""

from typing import NamedTuple

from catalog.export import facts
from catalog.record import Contributor, Record, Subject
from index.display import LEVEL, levels
from web.links import WebLink, doi_address, orcid_address, web_links
from web.pages.views.brief import language_of
from web.pages.views.facts import Fact, Value, facts_of, narrowed

_SUBJECT_SCHEMES = {
    "lcc": "Library of Congress Classification", "ddc": "Dewey Decimal Classification", "lcsh": "LCSH",
    "lcshac": "LCSH for children", "mesh": "MeSH", "fast": "FAST", "gnd": "GND", "stw": "STW", "doaj": "DOAJ",
    "nlm": "NLM Classification", "udc": "Universal Decimal Classification", "rvk": "RVK", "sdnb": "DNB",
    "lctgm": "Thesaurus for Graphic Materials", "rvm": "RVM", "csh": "Canadian Subject Headings",
    "sears": "Sears", "njb": "Nippon Decimal Classification", "bcl": "Dutch Basic Classification",
    "kssb": "Swedish SAB",
}  # fmt: skip


class Person(NamedTuple):
    """Who did what; `role` is None for authors."""

    name: str
    address: str
    role: str | None
    vernacular: str | None
    orcid: str | None
    affiliations: tuple[str, ...]


class Heading(NamedTuple):
    """A subject: its levels from the widest, each with the search for its records, its code and scheme."""

    levels: tuple[Value, ...]
    note: str | None


class Description(NamedTuple):
    """All that the page of a record says of the work."""

    title: str | None
    lang: str | None
    other_titles: tuple[Value, ...]
    people: tuple[Person, ...]
    has_affiliations: bool
    doi: str | None
    doi_url: str | None
    full_texts: tuple[WebLink, ...]
    abstract: tuple[str, ...]
    facts: tuple[Fact, ...]
    subjects: tuple[Heading, ...]
    elsewhere: tuple[WebLink, ...]


def describe(record: Record) -> Description:
    """Return what is known of a work; what is not known has no place."""
    links = list(web_links(record))
    doi = facts.doi(record)
    return Description(
        record.title,
        language_of(record),
        tuple(
            Value(title.text, note=f"{title.kind} title", lang=title.language)
            for title in record.other_titles
        ),
        tuple(map(_person, record.contributors)),
        any(each.affiliations for each in record.contributors),
        doi,
        doi_address(doi) if doi else None,
        tuple(link for link in links if link.kind == "fulltext"),
        tuple(part.strip() for part in (record.abstract or "").split("\n") if part.strip()),
        tuple(fact for fact in facts_of(record) if fact.values),
        tuple(map(_heading, record.subjects)),
        tuple(link for link in links if link.kind != "fulltext"),
    )


def _person(contributor: Contributor) -> Person:
    return Person(
        contributor.literal,
        narrowed("author", contributor.literal),
        contributor.role if contributor.role != "author" else None,
        contributor.vernacular,
        orcid_address(contributor.orcid) if contributor.orcid else None,
        contributor.affiliations,
    )


def _subject_scheme(scheme: str | None) -> str | None:
    """Return what a vocabulary is called; an edition is behind a stroke, as in `njb/9`."""
    name = (scheme or "").partition("/")[0]
    return _SUBJECT_SCHEMES.get(name, scheme)


def _heading(subject: Subject) -> Heading:
    codes = " ".join(filter(None, (subject.code, _subject_scheme(subject.scheme))))
    values = [Value(path.split(LEVEL)[-1], narrowed("subject", path)) for path in levels(subject)]
    return Heading(tuple(values), codes or None)
