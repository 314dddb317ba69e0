"""Dublin Core as repositories, digital libraries and journals other than DOAJ send it.

https://www.dublincore.org/specifications/dublin-core/dcmi-terms/ defines the elements; how they are filled is
DSpace's, Open Journal Systems', dLibra's and arXiv's habit, which no document fixes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from catalog.codes import table
from catalog.crosswalk import parts
from catalog.crosswalk.dc_identifiers import Identified, identify
from catalog.crosswalk.elements import Element, Elements
from catalog.crosswalk.resource_types import resource_type
from catalog.normalize.abstracts import without_heading
from catalog.normalize.dates import partial_date
from catalog.normalize.journal_citation import JournalCitation, journal_citation, ojs_source
from catalog.normalize.languages import language
from catalog.normalize.names import merge_repeated
from catalog.normalize.subjects import keywords
from catalog.normalize.text import plain
from catalog.record import Contributor, Licence, Link, PartialDate, Record, RecordType, Subject, Title

_TIMESTAMP: Final = re.compile(r"\dT\d\d:\d\d")
_YEARS: Final = range(1000, 2101)
_ABSTRACT_LENGTH: Final = 80
_FEWEST_WORDS: Final = 5
# DSpace's log of its own work, sent as descriptions.
_PROVENANCE: Final = re.compile(
    r"^(?:made available in dspace|submitted by|approved for entry|rejected by)\b", re.IGNORECASE
)
_ROLE: Final = re.compile(r"^(.*\S)\s*[(\[]\s*([^()\[\]]{2,30}?)\.?\s*[)\]]$")
_ISSN_IN: Final = re.compile(
    r"\bISSN(?:-?[EL])?[:\s]*(\d{4}-?\d{3}[\dXx])|^(\d{4}-\d{3}[\dXx])$", re.IGNORECASE
)
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;)]")
_MIME: Final = re.compile(r"^[a-z]+/[a-z0-9.+-]+", re.IGNORECASE)
_PAGES: Final = re.compile(r"\d\s*(?:p|pp|pages?|s|str|seiten|páginas|h|hojas|bl|vol)\b", re.IGNORECASE)
_SCHEMED: Final = {"LCSH": "lcsh", "LCC": "lcc", "MESH": "mesh", "DDC": "ddc", "UDC": "udc"}


class _Source(NamedTuple):
    citation: JournalCitation
    issns: tuple[str, ...]
    rest: tuple[str, ...]


def to_record(found: Elements) -> Record:
    """Make a record of Dublin Core that bears no mark of DOAJ."""
    caveats: list[str] = []
    given = identify(
        found.texts("identifier"),
        related=found.texts("relation", "isversionof", "hasversion", "isformatof", "hasformat"),
    )
    source = _source(found)
    kind, genres = resource_type(found.texts("type"))
    kind = _settled(kind, given, source)
    abstract, remarks = _abstract(found)
    title, other_titles = _titles(found, caveats)
    return Record(
        type=kind,
        title=title,
        other_titles=other_titles,
        contributors=merge_repeated(_contributors(found, caveats)),
        issued=_issued(found) or partial_date(source.citation.year),
        container=parts.container(
            title=source.citation.title,
            issns=parts.issns(caveats, others=[*given.issns, *source.issns]),
            volume_text=source.citation.volume,
            issue_text=source.citation.issue,
            first=source.citation.first_page,
            last=source.citation.last_page,
        ),
        series=given.series,
        publisher="; ".join(_plain_texts(found, "publisher")) or None,
        extent=next(iter(_extents(found)), None),
        identifiers=given.identifiers,
        links=parts.unique_links([*_format_links(found), *given.links]),
        abstract=without_heading(abstract),
        languages=parts.languages(found.texts("language")),
        keywords=keywords(e.text for e in found.all("subject") if e.scheme not in _SCHEMED),
        subjects=parts.unique_subjects(_subjects(found)),
        genres=genres,
        licence=_licence(found.texts("license", "rights", "accessrights")),
        notes=_notes(found, (*remarks, *given.notes, *source.rest)),
        caveats=tuple(caveats),
    )


def _settled(kind: RecordType | None, given: Identified, source: _Source) -> RecordType:
    """Settle what the source left open: a place in a journal makes an article, an arXiv number a preprint."""
    if kind is not None and kind != "document":
        return kind
    if source.citation.title and (
        source.citation.volume or source.citation.issue or source.citation.first_page
    ):
        return "article-journal"
    if any(identifier.scheme == "arxiv" for identifier in given.identifiers):
        return "article"
    return "document"


def _titles(found: Elements, caveats: list[str]) -> tuple[str | None, tuple[Title, ...]]:
    """Take the first title; the same in another language is parallel to it, the rest are alternatives."""
    elements = found.all("title")
    main = parts.shown_title(elements[0].text if elements else None, caveats)
    others: dict[str, Title] = {}
    for element in (*elements[1:], *found.all("alternative")):
        text = plain(element.text)
        tongue = language(element.language)
        parallel = element.name == "title" and tongue is not None and tongue != language(elements[0].language)
        if text and text != main:
            others.setdefault(
                text, Title(text=text, kind="parallel" if parallel else "alternative", language=tongue)
            )
    return main, tuple(others.values())


def _contributors(found: Elements, caveats: list[str]) -> Iterator[Contributor]:
    """Take creators, then contributors; one that repeats a creator (old DSpace) is left out."""
    creators: set[str] = set()
    for element in found.all("creator", "author"):
        for made in _named(element, "author", caveats):
            creators.add(made.literal.casefold())
            yield made
    for element in found.all("editor", "contributor", "advisor"):
        default = element.name if element.name in {"editor", "contributor"} else "thesis advisor"
        for made in _named(element, default, caveats):
            if made.literal.casefold() not in creators or made.role != "contributor":
                yield made


def _named(element: Element, role: str, caveats: list[str]) -> Iterator[Contributor]:
    for made in parts.credited(element.text, caveats, role=role, orcid=element.identifier):
        match = _ROLE.match(made.literal)
        said = _role(match[2]) if match else None
        if match and said:
            yield from parts.credited(
                match[1], caveats, role=said, orcid=made.orcid, affiliations=made.affiliations
            )
        else:
            yield made


def _role(word: str) -> str | None:
    """Return the role a word in brackets stands for, `(red.)`, `[editor]`; None for any other word."""
    relators = table("relators")
    term = word.casefold().strip(" .")
    term = relators["terms"].get(term, term)
    if term in relators["csl"]:
        return str(relators["csl"][term])
    return term if term in relators["codes"].values() else None


def _issued(found: Elements) -> PartialDate | None:
    """Choose the date of issue: dcterms:issued, else the earliest that is no repository's time stamp.

    DSpace sends dates of accession and availability as time stamps beside the date of issue, and
    embargoes end in `info:eu-repo/date/embargoEnd/…`. Of two dates in one year the more precise is taken.
    """
    given = [text for text in found.texts("date") if not text.startswith("info:")]
    for texts in (
        found.texts("issued"),
        [text for text in given if not _TIMESTAMP.search(text)],
        given,
        found.texts("created", "available", "datecopyrighted", "dateaccepted", "datesubmitted"),
    ):
        dates = [date for text in texts if (date := partial_date(text))]
        dated = [date for date in dates if date.year in _YEARS]
        if dated:
            return min(dated, key=lambda date: (date.year, -_precision(date), date.month or 0, date.day or 0))
        if dates:
            return dates[0]
    return None


def _precision(date: PartialDate) -> int:
    return (date.month is not None) + (date.day is not None)


def _source(found: Elements) -> _Source:
    """Read dc:source and its refinements: a journal and the place in it, its ISSNs, or neither."""
    citation: JournalCitation | None = None
    issns: list[str] = []
    rest: list[str] = []
    for text in _plain_texts(found, "source", "bibliographiccitation", "citation", "ispartof"):
        numbers = [first or second for first, second in _ISSN_IN.findall(text)]
        issns.extend(numbers)
        if len(text) <= 9 and numbers:
            continue
        read = ojs_source(text) or _cited(text)
        if read and citation is None:
            citation = read
        elif (read is None or read != citation) and text not in rest:
            rest.append(text)
    return _Source(citation or JournalCitation(), tuple(dict.fromkeys(issns)), tuple(rest))


def _cited(text: str) -> JournalCitation | None:
    """Accept DOAJ's form of citation where it found a place and not merely a title."""
    read = journal_citation(text)
    return read if read and read.title and (read.volume or read.issue or read.first_page) else None


def _abstract(found: Elements) -> tuple[str | None, tuple[str, ...]]:
    """Choose the abstract: dcterms:abstract, the only description, or the first long one; then the notes."""
    declared = _plain_texts(found, "abstract")
    described = [text for text in _plain_texts(found, "description") if not _PROVENANCE.match(text)]
    candidates = declared or ([text for text in described if len(text) >= _ABSTRACT_LENGTH] or described)
    certain = bool(declared) or any(len(text) >= _ABSTRACT_LENGTH for text in described)
    certain = certain or (len(described) == 1 and len(described[0].split()) >= _FEWEST_WORDS)
    abstract = candidates[0] if candidates and certain else None
    return abstract, tuple(text for text in (*declared, *described) if text != abstract)


def _subjects(found: Elements) -> Iterator[Subject]:
    """Take the subjects whose scheme the source names."""
    for element in found.all("subject"):
        scheme = _SCHEMED.get(element.scheme or "")
        text = plain(element.text)
        if scheme == "lcc" and text:
            yield from parts.lcc_subjects([text])
        elif scheme and text:
            coded = scheme in {"ddc", "udc"}
            yield Subject(scheme=scheme, term=None if coded else text, code=text if coded else None)


def _licence(rights: Sequence[str]) -> Licence | None:
    """Prefer a Creative Commons address, even one inside running text, then any address, then the words."""
    texts = [text for text in rights if not text.startswith("info:eu-repo/semantics/")]
    addresses = [match[0] for text in texts for match in _ADDRESS.finditer(text)]
    url = next((a for a in addresses if "creativecommons.org" in a), None)
    whole = next((text for text in texts if _ADDRESS.fullmatch(text)), None)
    words = [text for text in texts if not _ADDRESS.search(text)]
    return parts.licence(url or whole, words[0] if words and url is None else None) or parts.licence(
        None, next(iter(texts or rights), None)
    )


def _format_links(found: Elements) -> Iterator[Link | None]:
    """Read the address of a file that some repositories write behind its media type in dc:format."""
    for text in found.texts("format"):
        mime, address = _MIME.match(text), _ADDRESS.search(text)
        if mime and address:
            yield parts.full_text(text[address.start() :], mime[0])


def _extents(found: Elements) -> list[str]:
    formats = [t for t in _plain_texts(found, "format") if not _MIME.match(t) and _PAGES.search(t)]
    return [*_plain_texts(found, "extent"), *formats]


def _notes(found: Elements, texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys([*texts, *_plain_texts(found, "coverage", "spatial", "temporal", "tableofcontents")])
    )


def _plain_texts(found: Elements, *names: str) -> list[str]:
    return list(dict.fromkeys(filter(None, (plain(text) for text in found.texts(*names)))))
