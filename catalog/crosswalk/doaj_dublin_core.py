"""DOAJ's dialect of Dublin Core: typed by position and by the addresses in it, not by its elements.

Source: `OAI_DC_Article` and `OAI_DC_Journal` in portality/crosswalks/oaipmh.py of
https://github.com/DOAJ/doaj.
"""

import re
from collections.abc import Sequence
from typing import Final

from catalog.crosswalk import parts
from catalog.crosswalk.elements import Elements
from catalog.normalize.dates import doaj_date, partial_date
from catalog.normalize.journal_citation import JournalCitation, journal_citation
from catalog.normalize.names import merge_repeated
from catalog.normalize.subjects import keywords, lcc_pair
from catalog.normalize.text import plain
from catalog.record import Issn, Licence, Link, Record, Subject

_MARK: Final = re.compile(r"doaj\.org/(?:article/|toc/|search\?source=|oai\.article/)", re.IGNORECASE)
_TOC: Final = re.compile(r"doaj\.org/toc/([^/?#\s]+)", re.IGNORECASE)
_ISSN: Final = re.compile(r"\d{4}-?\d{3}[\dXx]")
# The documentation says LCSH, the code LCC since 22 April 2021: both are classes.
_CLASS_SCHEMES: Final = frozenset({"LCC", "LCSH"})


def is_from_doaj(found: Elements, oai_identifier: str) -> bool:
    """Tell whether the record bears a mark of DOAJ: the OAI identifier, its address, a table of contents."""
    return oai_identifier.startswith("oai:doaj.org/") or any(
        _MARK.search(text) for text in found.texts("identifier", "relation")
    )


def to_record(found: Elements, *, sets: Sequence[str] = ()) -> Record:
    """Make a record of an article, or of a journal where the type says so."""
    if (found.first("type") or "").lower() == "journal":
        return _journal(found, sets)
    caveats: list[str] = []
    given = found.texts("identifier")
    doaj = parts.doaj_identifier(*given)
    cited = journal_citation(found.first("source")) or JournalCitation()
    declared = parts.languages(found.texts("language"))
    return Record(
        type="article-journal",
        title=parts.shown_title(found.first("title"), caveats),
        contributors=merge_repeated(
            made
            for creator in found.all("creator")
            for made in parts.credited(creator.text, caveats, orcid=creator.identifier)
        ),
        issued=doaj_date(found.first("date")) or partial_date(cited.year),
        container=parts.container(
            title=cited.title,
            issns=_issns(found, caveats),
            volume_text=cited.volume,
            issue_text=cited.issue,
            first=cited.first_page,
            last=cited.last_page,
            languages=declared,
        ),
        publisher=plain(found.first("publisher")),
        identifiers=tuple(
            dict.fromkeys(
                filter(None, [*(parts.doi(text, caveats) for text in given if _looks_like_doi(text)), doaj])
            )
        ),
        links=parts.unique_links([*_full_texts(found), parts.doaj_page(doaj)]),
        abstract=parts.abstract(found.first("description")),
        languages=parts.own_languages(declared),
        keywords=_words(found),
        subjects=parts.unique_subjects([*_classes(found), *parts.set_subjects(sets)]),
        licence=_licence(found),
        caveats=tuple(caveats),
    )


def _journal(found: Elements, sets: Sequence[str]) -> Record:
    """Read a journal: its date is DOAJ's own, of the entry, so it is no date of the journal."""
    caveats: list[str] = []
    given = found.texts("identifier")
    page = next((text for text in given if _TOC.search(text)), None)
    address = parts.web_address(page)
    links = [Link(url=address, kind="record")] if address else []
    links.extend(Link(url=url) for text in found.texts("relation") if (url := parts.web_address(text)))
    return Record(
        type="periodical",
        title=parts.shown_title(found.first("title"), caveats),
        container=parts.container(issns=parts.issns(caveats, others=filter(_ISSN.fullmatch, given))),
        publisher=plain(found.first("publisher")),
        links=parts.unique_links(links),
        languages=parts.languages(found.texts("language")),
        keywords=_words(found),
        subjects=parts.unique_subjects([*_classes(found), *parts.set_subjects(sets)]),
        licence=_licence(found),
        caveats=tuple(caveats),
    )


def _looks_like_doi(text: str) -> bool:
    return text.startswith("10.") or "doi" in text[:20].lower()


def _issns(found: Elements, caveats: list[str]) -> tuple[Issn, ...]:
    """Type the ISSNs by the tables of contents: the printed one comes first when there are two."""
    tocs = [
        match[1]
        for text in found.texts("relation")
        if (match := _TOC.search(text)) and _ISSN.fullmatch(match[1])
    ]
    printed, electronic = tocs if len(tocs) == 2 else (None, None)
    others = [text for text in found.texts("identifier") if _ISSN.fullmatch(text) and text not in tocs]
    return parts.issns(
        caveats, printed=printed, electronic=electronic, others=[*(tocs if printed is None else ()), *others]
    )


def _full_texts(found: Elements) -> list[Link | None]:
    return [parts.full_text(text) for text in found.texts("relation") if not _TOC.search(text)]


def _words(found: Elements) -> tuple[str, ...]:
    return keywords(text for text in _untyped(found) if not text.startswith("DOAJ:"))


def _untyped(found: Elements) -> list[str]:
    """Return the subjects without scheme, less the pairs of caption and code that close old records."""
    words = [e.text.strip() for e in found.all("subject") if e.scheme not in _CLASS_SCHEMES]
    return words[: len(words) - len(_untyped_pairs(found, words))]


def _untyped_pairs(found: Elements, words: list[str]) -> list[str]:
    if any(element.scheme in _CLASS_SCHEMES for element in found.all("subject")):
        return []
    start = len(words)
    while start >= 2 and lcc_pair(words[start - 2], words[start - 1]):
        start -= 2
    return words[start:]


def _classes(found: Elements) -> list[Subject]:
    typed = [e.text for e in found.all("subject") if e.scheme in _CLASS_SCHEMES]
    words = [e.text.strip() for e in found.all("subject") if e.scheme not in _CLASS_SCHEMES]
    old = [
        Subject(term=caption, scheme="doaj")
        for w in words
        if w.startswith("DOAJ:") and (caption := plain(w[5:]))
    ]
    return [*parts.lcc_subjects(typed or _untyped_pairs(found, words)), *old]


def _licence(found: Elements) -> Licence | None:
    rights = found.texts("rights")
    addresses = [text for text in rights if parts.web_address(text)]
    words = [text for text in rights if text not in addresses]
    return parts.licence(next(iter(addresses), None), next(iter(words), None))
