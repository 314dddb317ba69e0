"""Where in a journal: DOAJ's one-line citation, and volumes, issues and pages as people write them."""

import re
from typing import NamedTuple

from catalog.normalize.text import plain


class JournalCitation(NamedTuple):
    """The parts of a citation line; `year` is verbatim, as it may be `2016-2017`."""

    title: str | None = None
    volume: str | None = None
    issue: str | None = None
    first_page: str | None = None
    last_page: str | None = None
    year: str | None = None


_YEAR = re.compile(r"\s?\((\s*|[^()]{0,6}\d{4}(?:\s*[-–/]\s*\d{2,4})?[^()]{0,6})\)\s*$")
_DASHES = re.compile(r"[‐‑‒–—−]+")
_LABEL_OF_VOLUME = re.compile(
    r"^(?:volumes?|volumen|vols?(?![^\W\d])|v\.|band|bd(?![^\W\d])|jahrgang|jg(?![^\W\d])|tome?(?![^\W\d])|tomo|т\.|том|cilt|rocznik|年巻)[.:]?\s*(?=[\dIVXLC])",
    re.IGNORECASE,
)
_LABEL_OF_ISSUE = re.compile(
    r"^(?:issues?|iss(?![^\W\d])|numbers?|n[uú]m(?:ero)?s?(?![^\W\d])|num[eé]ro|no(?![^\W\d])|nos(?![^\W\d])|nr(?![^\W\d])|n[º°]|n\.\s?[º°]|n\.|№|heft|h\.|sayı|sayi|zeszyt|выпуск|вып(?![^\W\d]))"
    r"[.:]?\s*(?=[\dIVXLC])",
    re.IGNORECASE,
)
_LABEL_OF_PAGES = re.compile(
    r"^(?:pages?|pp?(?![^\W\d])|p[áa]gs?(?![^\W\d])|p[áa]ginas?|s\.|seiten|с\.|стр(?![^\W\d]))[.:]?\s*(?=\S*\d)",
    re.IGNORECASE,
)
_E_NUMBER = re.compile(r"^(?:[eE]|em|CD)[\s._-]?\d{2,}[\w.]*$")
_YEAR_OF_ISSUE = re.compile(r"(?<=\S)\s*\((?:19|20)\d\d\)$")
_BLANKS = re.compile(r"[\t\r\n\v\f\u00a0]")
_RANGE = re.compile(r"\d\s*-\s*[A-Za-z]{0,3}\d")


def volume(text: str | None) -> str | None:
    """Return the volume without the word for it: `Volume 14` and `Vol. 14` are `14`."""
    value = plain(text) if text else None
    if value is None or value.isdecimal():
        return value
    return _LABEL_OF_VOLUME.sub("", value) or None


def issue(text: str | None) -> str | None:
    """Return the issue without the word for it and without the year: `Issue 3`, `nº 3`, `3 (2017)` are `3`.

    `Special issue` stays.
    """
    value = plain(text) if text else None
    if value is None or value.isdecimal():
        return value
    return _YEAR_OF_ISSUE.sub("", _LABEL_OF_ISSUE.sub("", value)) or None


def pages(text: str | None) -> tuple[str | None, str | None]:
    """Split a page range at its middle hyphen: `S1-1-S1-9` gives `S1-1` and `S1-9`, `47` one page."""
    value = plain(text) if text else None
    if value is None:
        return None, None
    return _split(_DASHES.sub("-", _LABEL_OF_PAGES.sub("", value)))


def extent(first: str | None, last: str | None) -> tuple[str | None, str | None, str | None]:
    """Tidy pages that came apart: (first page, last page, article number), each None when unknown.

    An electronic number (`e6892`, alone or given as both ends) is an article number. A whole range crammed
    into one of the two (`1-14` and nothing, or `14`) is split.
    """
    start, end = _page(first), _page(last)
    if start and "-" in start and _RANGE.search(start) and end in {None, start, start.rpartition("-")[2]}:
        start, end = _split(start)
    if start is None and end and _RANGE.search(end):
        start, end = _split(end)
    if start is None:
        start, end = end, None
    if start and _E_NUMBER.match(start) and end in {None, start}:
        return None, None, start
    return start, end, None


def _page(text: str | None) -> str | None:
    value = plain(text) if text else None
    if value is None or value.isdecimal():
        return value
    value = _DASHES.sub("-", _LABEL_OF_PAGES.sub("", value))
    return value.strip() if any(c.isalnum() for c in value) else None


def _split(value: str) -> tuple[str | None, str | None]:
    """Split at the middle hyphen; of two hyphens, at the one that leaves the two sides more alike."""
    cuts = [i for i, c in enumerate(value) if c == "-"]
    if not cuts:
        return _page(value), None
    if len(cuts) % 2:
        cut = cuts[len(cuts) // 2]
    else:
        middle = cuts[len(cuts) // 2 - 1 : len(cuts) // 2 + 1]
        cut = min(middle, key=lambda i: _unlikeness(value[:i], value[i + 1 :]))
    return _page(value[:cut]), _page(value[cut + 1 :])


def _unlikeness(first: str, last: str) -> tuple[bool, bool, bool, int]:
    """Compare two page numbers: both have digits, then the same letters, then the same length."""
    shapes = [re.sub(r"\d+", "9", side.strip().lower()) for side in (first, last)]
    numbered = all("9" in shape for shape in shapes)
    return not numbered, shapes[0] != shapes[1], shapes[0][:1] != shapes[1][:1], abs(len(first) - len(last))


def journal_citation(text: str | None) -> JournalCitation | None:
    """Parse DOAJ's `Title, Vol 24, Iss 1, Pp 1-14 (2024)` from right to left; None when nothing is in it.

    The grammar is `_make_citation` of portality/crosswalks/oaipmh.py in https://github.com/DOAJ/doaj.
    Parts are printed verbatim when not None, so `Vol , ` and `Iss ` with nothing after them are absent
    values, and a title may hold commas, brackets, even `, Vol 2`: hence the last `Vol` counts.
    """
    # Two more characters, and each part stands between ", " and " ", the first and an empty last one too.
    rest = f", {_BLANKS.sub(' ', text or '').strip(' ')} "
    year: str | None = None
    if found := _YEAR.search(rest):
        year = found[1].strip() or None
        rest = rest[: found.start()] + " "
    range_at, page_at = rest.rfind(", Pp "), rest.rfind(", p ")
    marker = ", Pp " if range_at > page_at else ", p "
    rest, page_part = _cut(rest, marker, (", Vol ", ", Iss "))
    rest, issue_part = _cut(rest, ", Iss ", (", Vol ",))
    rest, volume_part = _cut(rest, ", Vol ", ())
    first, last = (
        _split(_DASHES.sub("-", page_part))
        if page_part and _is_range(marker, page_part)
        else (_page(page_part), None)
    )
    parts = JournalCitation(plain(rest[2:]), volume(volume_part), issue(issue_part), first, last, year)
    return parts if any(parts) else None


def _is_range(marker: str, page_part: str) -> bool:
    """`Pp` announces two pages; after `p` they are two only if someone crammed them into one (`p 47-51`)."""
    return marker == ", Pp " or bool(_RANGE.search(_DASHES.sub("-", page_part)))


def _cut(rest: str, marker: str, barriers: tuple[str, ...]) -> tuple[str, str | None]:
    """Cut what follows the last marker, unless an earlier part follows: then it is the title's."""
    before, found, after = rest.rpartition(marker)
    if not found or any(barrier in f", {after}" for barrier in barriers):
        return rest, None
    return before, after


_OJS_ISSUE = re.compile(
    r"^(?:(?:vol(?:ume|umen)?|v|bd|band|jg|tom[eo]?|том|т|cilt|[aá]rg|a[nñ]o|ano)\b\.?[:\s]*(?P<volume>[\w./-]+?))?"
    r"[\s,.:]*(?:(?:no|nos|nr|n|num|n[uú]m(?:ero)?|num[eé]ro|issue|iss|heft|h|sayı|вып)\b\.?|n[º°]\.?|№)?[:\s]*"
    r"(?P<issue>[\w./ -]*?)"
    r"[\s,]*\((?P<year>\d{4}(?:\s*[-–/]\s*\d{2,4})?)\)",
    re.IGNORECASE,
)


def ojs_source(text: str | None) -> JournalCitation | None:
    """Parse the dc:source of Open Journal Systems: `Title; Vol. 2 No. 3 (2011): Issue title; 243-256`.

    None when it does not have that shape. Source: the Dublin Core plug-in of https://github.com/pkp/ojs,
    whose words for volume and number are those of the journal's language.
    """
    title, semicolon, rest = (plain(text) or "").partition("; ")
    found = _OJS_ISSUE.match(rest) if semicolon else None
    if found is None:
        return None
    _, _, page_part = rest[found.end() :].rpartition("; ")
    first, last = pages(page_part) if any(c.isdigit() for c in page_part) else (None, None)
    return JournalCitation(
        title.strip() or None,
        volume(found["volume"]),
        issue((found["issue"] or "").strip()),
        first,
        last,
        found["year"],
    )
