"""Years, languages and kinds of work, as other databases write them."""

import re

from index import values
from index.dialect.reader import Reader
from index.dialect.tree import Nothing, Ours, Part, Place

OPEN_END = 2999
"""A year from which on no end is meant: PubMed writes 3000."""

_LANGUAGE_UNKNOWN = "records whose language is not known are not found"
_YEAR = re.compile(r"\d{4}")
_DATE = re.compile(r"(\d{4})(?:/(\d{1,2}))?(?:/(\d{1,2}))?")
_COMPACT = re.compile(r"(?<!\d)(\d{4})(-?)(\d{2})\2(\d{2})(?!\d)")
_MONTH = re.compile(r"(?i)\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")

# Scopus's two-letter codes, and the names PubMed, Web of Science and Embase print.
_TYPES = {
    "article-journal": ("ar", "article", "journal article", "articles"),
    "book": ("bk", "book", "books"),
    "chapter": ("ch", "chapter", "book chapter"),
    "conference-paper": ("cp", "conference paper", "proceedings paper", "conference proceedings"),
    "dataset": ("dataset", "data set"),
    "report": ("rp", "report", "technical report"),
    "thesis": ("dissertation", "thesis", "dissertation/thesis", "academic dissertation"),
}
_TYPE_OF = {name: kind for kind, names in _TYPES.items() for name in names}
_CODES = {"re": "review", "ed": "editorial", "le": "letter", "no": "note", "er": "erratum"}


def years(reader: Reader, place: Place, text: str, *, to_end: bool = False) -> Part:
    """Return the years of a date, a range of dates, or an open one: `2010/01/01:3000`, `2010 -Current`."""
    if cut := re.fullmatch(r"(\d{2,3})[*$:?#]+", text.strip()):
        return Ours(place, "year", f"{cut[1]:0<4}-{cut[1]:9<4}")
    text = _COMPACT.sub(r"\1/\3/\4", text)
    found = [int(year) for year in _YEAR.findall(text)]
    if not found:
        raise reader.source.error("there is no year in this date", place.start, "write a year of four digits")
    dates = _DATE.findall(text)
    first, last = set(dates[0][1:]), set() if found[-1] > OPEN_END else set(dates[-1][1:])
    whole = first == {""} if len(dates) == 1 else first <= {"", "1", "01"} and last <= {"", "12", "31"}
    if not whole or _MONTH.search(text):
        reader.lose(place.start, place.end, "only years are known here: months and days were left out")
    low, high = found[0], found[-1]
    if to_end or re.search(r"current|present", text, re.IGNORECASE) or high > OPEN_END:
        return Ours(place, "year", f"{low}-")
    if low > high:
        raise reader.source.error("this range runs backwards", place.start)
    return Ours(place, "year", str(low) if low == high else f"{low}-{high}")


def is_language(text: str) -> bool:
    """Tell whether a limit names a language: one of the usual, as there is a language called Male."""
    return len(text) > 3 and len(values.normal("language", text) or "") == 2


def language(reader: Reader, place: Place, text: str) -> Part:
    """Return a search for works in a language, by its name or code."""
    name = re.sub(r"(?i)\blanguage\b|[\"']", "", text).strip()
    if values.normal("language", name) is None:
        raise reader.source.error(f"{name} is no language", place.start, "write its English name or its code")
    reader.lose(place.start, place.end, _LANGUAGE_UNKNOWN)
    return Ours(place, "language", f'"{name}"' if " " in name else name)


def work_type(reader: Reader, place: Place, text: str) -> Part:
    """Return works of a kind; a kind of study, which no record here tells, is looked for by its words."""
    name = " ".join(text.strip("\"'").casefold().split())
    if name in _TYPE_OF:
        return Ours(place, "type", _TYPE_OF[name])
    words = re.sub(r'["\\]', " ", _CODES.get(name, name))
    message = (
        "this kind of publication is not known here: looked for as words in title, keywords and subjects"
    )
    reader.lose(place.start, place.end, message)
    return Ours(place, "title,keyword,subject", f'"{words}"')


def left_out(reader: Reader, place: Place) -> Part:
    """Report a limit that has no equal, and go on without it."""
    reader.lose(place.start, place.end, "there is no such limit here: it was left out")
    return Nothing(place)
