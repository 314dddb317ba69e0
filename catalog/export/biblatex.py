"""Entries for BibLaTeX and biber: every letter as it is."""

from collections.abc import Iterable, Iterator

from catalog.codes import table
from catalog.export import Entry, Options
from catalog.export import bib_fields as bib
from catalog.export.entry_types import biblatex_type, is_masters, thesis_words
from catalog.export.layout import Field, entry
from catalog.export.pages import page_count, pages
from catalog.export.tex_names import names
from catalog.record import PartialDate, Record

_RAW = "unicode"


def write(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    """Yield each entry as text, in the order given."""
    for citation_key, _, record in entries:
        yield entry(biblatex_type(record), citation_key, _fields(record, citation_key, options))


def _fields(record: Record, citation_key: str, options: Options) -> Iterator[Field]:
    kind = biblatex_type(record)
    authors, editors = (names(people, "unicode") for people in bib.people(record))
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
    yield from _place_in_container(record, kind)
    yield from _published(record, kind)
    yield Field("isbn", bib.isbn(record))
    yield Field("issn", ", ".join(bib.issns(record)))
    yield from _identifiers(record, options)
    yield Field("langid", babel_name)
    yield Field("language", bib.escaped(babel_name or readable, "unicode"))
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


def _place_in_container(record: Record, kind: str) -> Iterator[Field]:
    container = record.container
    series = record.series[0] if record.series else None
    yield Field("volume", bib.escaped(container.volume if container else None, "unicode"))
    issue = container.issue if container else None
    yield Field("number", bib.escaped(issue or (series.volume if series else None), "unicode"))
    yield Field("series", bib.escaped(series.title if series else None, "unicode"))
    yield Field("pages", bib.escaped(pages(container), "unicode"))
    yield Field("eid", bib.escaped(container.article_number if container else None, "unicode"))
    yield Field("pagetotal", page_count(container))
    del kind


def _published(record: Record, kind: str) -> Iterator[Field]:
    publisher = bib.escaped(record.publisher, "unicode")
    yield Field("institution" if kind in ("report", "thesis") else "publisher", publisher)
    yield Field("location", bib.escaped(record.place, "unicode"))
    yield Field("edition", bib.edition(record, "unicode", number=True))
    if kind == "thesis":
        yield Field(
            "type",
            bib.escaped(thesis_words(record), "unicode")
            or ("mathesis" if is_masters(record) else "phdthesis"),
        )
    elif kind == "report":
        yield Field("type", "techreport")


def _identifiers(record: Record, options: Options) -> Iterator[Field]:
    yield Field("doi", bib.doi(record))
    arxiv = record.identifier("arxiv")
    if arxiv:
        yield Field("eprint", arxiv)
        yield Field("eprinttype", "arxiv")
    yield Field("pmid", record.identifier("pmid"))
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
