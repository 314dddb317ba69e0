r"""Entries for classic BibTeX and pdflatex.

Letters that pdflatex sets stay UTF-8, symbols become commands; words in other scripts stay as they are and
need BibLaTeX with LuaLaTeX (`catalog.export.scripts` counts them).
"""

from collections.abc import Iterable, Iterator
from typing import Final

from catalog.export import Entry, Options, facts
from catalog.export import bib_fields as bib
from catalog.export.entry_types import bibtex_type, thesis_words
from catalog.export.latex import Letters
from catalog.export.layout import Field, entry
from catalog.export.pages import page_count, pages
from catalog.export.t1_letters import t1_commands, t1_preamble
from catalog.export.tex_names import names
from catalog.record import Container, PartialDate, Record

_NEVER_SET: Final = frozenset({"abstract", "keywords", "doi", "url"})
_WHERE_PUBLISHED: Final = {"techreport": "institution", "phdthesis": "school", "mastersthesis": "school"}
_AUTHOR_OR_EDITOR: Final = frozenset({"book"})  # BibTeX complains of both
_NO_PUBLISHER: Final = frozenset({"booklet", "misc"})


def write(entries: Iterable[Entry], options: Options) -> Iterator[str]:
    """Yield each entry as text, in the order given.

    Before the first entry with a letter that LaTeX's default fonts lack (ą, đ, þ, «) stands a definition that
    takes it from the T1 fonts: the document need not load them.
    """
    letters: Letters = "ascii" if options.ascii else "pdftex"
    defined: set[str] = set()
    for citation_key, _, record, *_ in entries:
        fields = list(_fields(record, citation_key, options, letters))
        missing = t1_commands(_printed(fields)) - defined
        defined |= missing
        opening = t1_preamble(missing) if missing else ""
        yield opening + entry(bibtex_type(record), citation_key, fields)


def set_in_print(record: Record) -> str:
    """Return all that a style may print of a record: for judging what its letters need."""
    return _printed(_fields(record, "", Options(abstract=False), "pdftex"))


def _printed(fields: Iterable[Field]) -> str:
    return "\n".join(field.value for field in fields if field.value and field.name not in _NEVER_SET)


def _fields(record: Record, citation_key: str, options: Options, letters: Letters) -> Iterator[Field]:
    kind = bibtex_type(record)
    authors, editors = (names(people, letters) for people in facts.people(record))
    yield Field("author", authors)
    if not (authors and kind in _AUTHOR_OR_EDITOR):
        yield Field("editor", editors)
    if not authors and not (editors and kind in _AUTHOR_OR_EDITOR):
        yield Field("key", bib.sort_key(record, citation_key))
    yield Field("title", bib.main_title(record, letters, whole=True))
    yield from _container(record, kind, letters)
    yield Field("year", _year(record.issued))
    yield _month(record.issued, options)
    yield from _numbers(record, kind, letters)
    yield from _published(record, kind, letters)
    yield Field("isbn", bib.isbn(record))
    yield Field("issn", next(iter(bib.issns(record)), None))
    yield from _identifiers(record, options)
    babel_name, readable = bib.language_of(record)
    yield Field("language", bib.escaped(babel_name or readable, letters))
    yield Field("keywords", bib.keywords(record, options, letters, braces=False))
    yield from _note(record, letters, both=bool(authors and editors) and kind in _AUTHOR_OR_EDITOR)
    if options.abstract:
        yield Field("abstract", bib.escaped(record.abstract, letters))


def _container(record: Record, kind: str, letters: Letters) -> Iterator[Field]:
    title = bib.escaped(record.container.title if record.container else None, letters)
    if kind == "article":
        yield Field("journal", title)
    elif kind in ("incollection", "inproceedings"):
        yield Field("booktitle", title)
    elif title:
        yield Field("howpublished", f"In: {title}")


def _numbers(record: Record, kind: str, letters: Letters) -> Iterator[Field]:
    """Yield volume, number, series and pages; beside a journal BibTeX takes a volume or a series number."""
    series = record.series[0] if record.series else None
    container = record.container or Container()
    volume, number = container.volume, container.issue
    if kind != "article":
        number = None if volume or not series else series.volume
    if kind == "techreport":
        number = facts.report_number(record) or number
    yield Field("volume", bib.escaped(volume, letters))
    yield Field("number", bib.escaped(number, letters))
    yield Field("series", bib.escaped(series.title if series else None, letters))
    yield Field("pages", bib.escaped(pages(container) or container.article_number, letters))


def _published(record: Record, kind: str, letters: Letters) -> Iterator[Field]:
    publisher = bib.escaped(record.publisher, letters)
    in_container = record.container is not None and record.container.title is not None
    if kind in _NO_PUBLISHER and not in_container:
        yield Field("howpublished", publisher)
    yield Field(_WHERE_PUBLISHED.get(kind, "publisher"), publisher)
    yield Field("address", bib.escaped(record.place, letters))
    yield Field("edition", bib.edition(record, letters, number=False))
    if kind in ("phdthesis", "mastersthesis"):
        yield Field("type", bib.escaped(thesis_words(record), letters))


def _note(record: Record, letters: Letters, *, both: bool) -> Iterator[Field]:
    """Yield what has no field: the editors of a book that has authors too (`both`), and a number of pages."""
    count = page_count(record.container)
    editors = ", ".join(map(facts.in_reading_order, facts.people(record)[1]))
    parts = [f"{count} p." if count else None, bib.escaped(f"Edited by {editors}", letters) if both else None]
    yield Field("note", ". ".join(part for part in parts if part))


def _identifiers(record: Record, options: Options) -> Iterator[Field]:
    yield Field("doi", bib.doi(record))
    arxiv = record.identifier("arxiv")
    if arxiv:
        yield Field("eprint", bib.verbatim(arxiv))
        yield Field("archiveprefix", "arXiv")
    yield Field("pmid", bib.verbatim(record.identifier("pmid")))
    yield Field("url", bib.url(record, options))


def _year(issued: PartialDate | None) -> str | None:
    """Return the year; about a year is `1998?`, which styles label and sort by as 1998."""
    if issued is None or issued.year is None:
        return None
    last = f"--{issued.end_year}" if issued.end_year and issued.end_year != issued.year else ""
    return f"{issued.year}{last}{'?' if issued.circa else ''}"


def _month(issued: PartialDate | None, options: Options) -> Field:
    if (
        issued is None
        or not issued.month
        or issued.month_doubtful
        or issued.end_year
        or options.month == "none"
    ):
        return Field("month", None)
    if options.month == "number":
        return Field("month", str(issued.month))
    return Field("month", facts.MONTHS[issued.month - 1].lower(), macro=True)
