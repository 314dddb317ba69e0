"""What every citation format says of a record, before any format's own spelling."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

import msgspec

from catalog.codes import table
from catalog.export import Options
from catalog.export.pages import pages
from catalog.export.plain import clean
from catalog.record import Container, Contributor, Link, PartialDate, Record, RecordType

_EDITION: Final = re.compile(
    r"^\[?(\d+)\s*(?:st|nd|rd|th|\.|ª|º|a|e|ème|er|re)*\s*(?:rev\w*\.?\s*)?"
    r"(?:ed|edn|edition|aufl|auflage|éd|édition|edición|edição|edizione|uitg|utg|udg|wyd|vyd|izd|изд)?\.?\]?$",
    re.IGNORECASE,
)
_EDITION_WORD: Final = re.compile(r"[\s,]*\b(?:ed|edn|edition)\.?$", re.IGNORECASE)
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""What month names begin with in English, whatever the locale."""
_WHOLE: Final = frozenset({"book", "musical-score", "report", "thesis"})
_URL_SAFE: Final = "!#$%&'()*+,-./:;=?@_~[]"


def kind(record: Record) -> RecordType:
    """Return the record's type; what has a place in a journal is a journal's article.

    CSL's `article` is one that stands alone, a preprint.
    """
    where = place(record)
    if record.type == "document" and where.title and (where.volume or where.first_page):
        return "article-journal"
    return "article-journal" if record.type == "article" and where.title else record.type


def reference_type(record: Record, form: str) -> str:
    """Return what the format `form` of `codes/reference_types.toml` calls a record of this type."""
    names: dict[str, str] = table("reference_types")[kind(record)]
    return names[form]


def people(record: Record) -> tuple[list[Contributor], list[Contributor]]:
    """Return who wrote it and who edited it, in the source's order.

    Where nobody is called author, those whose work it is stand for one: composer, director, artist.
    """
    roles = table("bibtex")
    authors = by(record, "author")
    editors = [c for c in record.contributors if c.role in roles["editing_roles"]]
    if not authors:
        authors = [c for c in record.contributors if c.role in roles["principal_roles"]]
    return authors, editors


def by(record: Record, role: str) -> list[Contributor]:
    """Return those who had the role, in the source's order."""
    return [c for c in record.contributors if c.role == role]


def in_reading_order(contributor: Contributor) -> str:
    """Return a name as it stands in a sentence."""
    parts = (contributor.given, contributor.family, contributor.suffix)
    return " ".join(part for part in parts if part) if contributor.family else contributor.literal


def parts(contributor: Contributor, options: Options) -> Contributor:
    """Return a person with the parts of the name that the options ask for: the source's, or cut."""
    if not options.split_names or contributor.family:
        return contributor
    from catalog.export.tex_names import cut

    found = cut(contributor)
    return msgspec.structs.replace(contributor, **found._asdict()) if found else contributor


def inverted(contributor: Contributor) -> str:
    """Return `Family, Given, Suffix` where the source split the name, else the printed form."""
    if contributor.kind != "person" or not contributor.family:
        return contributor.literal
    parts = (contributor.family, contributor.given, contributor.suffix)
    return ", ".join(part for part in parts if part)


def is_english(record: Record) -> bool:
    """Tell whether English rules for capitals apply; an unknown language is taken for English.

    The article's own language decides, else those the journal declares, where English may be one of many.
    """
    if record.languages:
        return record.languages[0].split("-")[0] == "en"
    declared = place(record).languages
    return not declared or any(code.split("-")[0] == "en" for code in declared)


def place(record: Record) -> Container:
    """Return where in a journal or book the work is, an empty place where it stands alone."""
    return record.container or Container()


def page_ends(record: Record) -> tuple[str | None, str | None]:
    """Return first and last page, `S12` and `S19`; an article number stands for the first.

    A page list that was never cut keeps its later ranges with the last: `1` and `4, 9-12`.
    """
    found = pages(record.container)
    if found is None:
        return place(record).article_number, None
    first, _, last = found.partition("--")
    return first, last.replace("--", "-") or None


def page_range(record: Record) -> str | None:
    """Return the pages with hyphens, `1-14`, or the article number."""
    return "-".join(filter(None, page_ends(record))) or None


def is_whole(record: Record) -> bool:
    """Tell what is counted in pages from what is found on them."""
    return record.type in _WHOLE


def month_and_day(issued: PartialDate | None) -> tuple[int | None, int | None]:
    """Return what is known below the year; a month that may be padding is not."""
    if issued is None or issued.year is None or issued.end_year or issued.month_doubtful or not issued.month:
        return None, None
    return issued.month, issued.day


def issns(record: Record) -> list[str]:
    """Return the ISSNs, the printed issue's first; a series' where there is no other."""
    found = sorted(place(record).issns, key=lambda issn: issn.medium != "print")
    listed = [issn.value for issn in found]
    own = [i.value for i in record.identifiers if i.scheme == "issn"]
    series = [s.issn for s in record.series if s.issn] if not listed and not own else []
    return list(dict.fromkeys(listed + own + series))


def isbns(record: Record) -> list[str]:
    """Return the ISBNs, the resource's own before its book's."""
    own = [i.value for i in record.identifiers if i.scheme == "isbn"]
    return list(dict.fromkeys([*own, *place(record).isbns]))


def report_number(record: Record) -> str | None:
    """Return the number its institution gave a report."""
    return record.identifier("report-number") if kind(record) == "report" else None


def doi(record: Record) -> str | None:
    """Return the DOI, bare and without blanks."""
    found = record.identifier("doi")
    return "".join(clean(found).split()) if found else None


def address(record: Record) -> str | None:
    """Return the best address, percent-encoded to ASCII: the full text's first, the source's own page last.

    A blurb, a table of contents or the author's portrait is not where the work is: what is merely related is
    left out, and a picture, most often of the cover, comes last.
    """
    own = (link for link in record.links if link.kind != "related")
    link = min(own, key=_rank, default=None)
    return as_uri(link.url) if link else None


def pdf(record: Record) -> str | None:
    """Return the address of the full text as PDF."""
    found = (
        link for link in record.links if link.kind == "fulltext" and link.media_type == "application/pdf"
    )
    return next((as_uri(link.url) for link in found), None)


def as_uri(address: str) -> str:
    """Return an address in ASCII, what no URI may hold percent-encoded."""
    return quote(clean(address), safe=_URL_SAFE, errors="replace")


def _rank(link: Link) -> tuple[bool, int]:
    picture = link.media_type is not None and link.media_type.startswith("image/")
    return picture, ("fulltext", "other", "record").index(link.kind)


def keywords(record: Record, options: Options) -> list[str]:
    """Return the keywords, each once, then subjects and the batch where they are asked for."""
    words: dict[str, str] = {}
    for word in map(clean, _keywords(record, options)):
        if word:
            words.setdefault(word.casefold(), word)
    return list(words.values())


def _keywords(record: Record, options: Options) -> Iterator[str]:
    yield from record.keywords
    if options.subjects:
        for subject in record.subjects:
            label = subject.term or subject.code
            if label:
                yield f"{subject.scheme.upper()}: {label}" if subject.scheme else label
    if options.batch and options.batch_as == "keyword":
        yield options.batch


def batch_note(options: Options) -> str | None:
    """Return the name of the batch where it goes among the notes."""
    return options.batch if options.batch_as == "note" else None


def edition(value: str) -> tuple[int | None, str]:
    """Return the number of an edition, `2nd rev. ed.` is 2, and its words without "edition"."""
    stripped = value.strip()
    found = _EDITION.match(stripped)
    return (int(found[1]) if found else None), _EDITION_WORD.sub("", stripped) or value


def edition_words(record: Record) -> str | None:
    """Return the edition as a style completes it: its number, or its words without "edition"."""
    if not record.edition:
        return None
    number, words = edition(record.edition)
    return str(number) if number is not None else clean(words)
