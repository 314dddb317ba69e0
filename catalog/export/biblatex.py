"""Entries for BibLaTeX and biber: every letter as it is."""

from collections.abc import Iterable, Iterator
from typing import Final

from catalog.codes import table
from catalog.export import Entry, Options, facts
from catalog.export import bib_fields as bib
from catalog.export.entry_types import biblatex_type, is_masters, thesis_words
from catalog.export.layout import Field, entry
from catalog.export.pages import page_count, page_total, pages
from catalog.export.tex_names import names
from catalog.record import PartialDate, Record

_WITH_PUBLISHER: Final = frozenset(
    {"book", "incollection", "inproceedings", "dataset", "software", "misc", "online"}
)
_WITH_PAGE_TOTAL: Final = frozenset({"book", "collection", "report", "thesis"})
_INSTITUTION: Final = frozenset({"report", "thesis"})


def write(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    """Yield each entry as text, in the order given."""
    for citation_key, _, record, *_ in entries:
        yield entry(biblatex_type(record), citation_key, _fields(record, citation_key, options))


def _fields(record: Record, citation_key: str, options: Options) -> Iterator[Field]:
    kind = biblatex_type(record)
    authors, editors = (names(people, "unicode") for people in facts.people(record))
    yield Field("author", authors)
    yield Field("editor", editors)
    for role, field in table("bibtex")["role_fields"].items():
        yield Field(field, names((c for c in record.contributors if c.role == role), "unicode"))
    if not (authors or editors):
        yield Field("sortkey", bib.sort_key(record, citation_key))
        yield Field("label", bib.sort_key(record, citation_key))
    babel_name, readable = bib.language_of(record)
    yield Field("title", bib.main_title(record, "unicode", whole=babel_name is None))
    yield from _container(record, kind)
    yield Field("date", _date(record.issued))
    yield from _numbers(record)
    yield from _published(record, kind)
    yield Field("isbn", bib.isbn(record))
    yield Field("issn", ", ".join(bib.issns(record)))
    yield from _identifiers(record, options)
    yield Field("langid", babel_name)
    yield Field("language", bib.escaped(babel_name or readable, "unicode"))
    count = page_count(record.container)
    yield Field("note", f"{count} p." if count else None)
    yield Field("keywords", bib.keywords(record, options, "unicode", braces=True))
    if options.abstract:
        yield Field("abstract", bib.escaped(record.abstract, "unicode"))


def _container(record: Record, kind: str) -> Iterator[Field]:
    title = bib.escaped(record.container.title if record.container else None, "unicode")
    if kind == "article":
        yield Field("journaltitle", title)
    elif kind in ("incollection", "inproceedings"):
        yield Field("booktitle", title)
    elif title:
        yield Field("howpublished", f"In: {title}")


def _numbers(record: Record) -> Iterator[Field]:
    container = record.container
    series = record.series[0] if record.series else None
    yield Field("volume", bib.escaped(container.volume if container else None, "unicode"))
    issue = container.issue if container else None
    number = issue or facts.report_number(record) or (series.volume if series else None)
    yield Field("number", bib.escaped(number, "unicode"))
    yield Field("series", bib.escaped(series.title if series else None, "unicode"))
    yield Field("pages", bib.escaped(pages(container), "unicode"))
    yield Field("eid", bib.escaped(container.article_number if container else None, "unicode"))


def _published(record: Record, kind: str) -> Iterator[Field]:
    publisher = bib.literal_list(record.publisher, "unicode")
    if kind in _INSTITUTION:
        yield Field("institution", publisher)
    elif kind in _WITH_PUBLISHER:
        yield Field("publisher", publisher)
    yield Field("location", bib.literal_list(record.place, "unicode"))
    yield Field("edition", bib.edition(record, "unicode", number=True))
    if kind in _WITH_PAGE_TOTAL:
        yield Field("pagetotal", page_total(record.extent))
    if kind == "thesis":
        kind_of_thesis = "mathesis" if is_masters(record) else "phdthesis"
        yield Field("type", bib.escaped(thesis_words(record), "unicode") or kind_of_thesis)
    elif kind == "report":
        yield Field("type", "techreport")


def _identifiers(record: Record, options: Options) -> Iterator[Field]:
    yield Field("doi", bib.doi(record))
    for scheme, label in (("arxiv", "arxiv"), ("pmid", "pubmed"), ("handle", "hdl")):
        eprint = record.identifier(scheme)
        if eprint:
            yield Field("eprint", bib.verbatim(eprint))
            yield Field("eprinttype", label)
            break
    yield Field("url", bib.url(record, options))


def _date(issued: PartialDate | None) -> str | None:
    """Return the date as EDTF, which biber reads: `2024-04-01`, `1950/1955`, `1890~`."""
    if issued is None or issued.year is None or issued.year < 0:
        return None
    about = "~" if issued.circa else ""
    if issued.end_year and issued.end_year != issued.year:
        return f"{issued.year:04}{about}/{issued.end_year:04}{about}"
    if not issued.month or issued.month_doubtful:
        return f"{issued.year:04}{about}"
    day = f"-{issued.day:02}" if issued.day else ""
    return f"{issued.year:04}-{issued.month:02}{day}{about}"
