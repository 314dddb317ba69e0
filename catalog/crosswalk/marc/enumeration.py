"""Where in its host a part stands: the volume, issue, pages and year of 773 $g and $q."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from catalog.codes import table
from catalog.crosswalk.marc.values import text
from catalog.normalize.dates import partial_date
from catalog.normalize.journal_citation import extent, issue, pages, volume
from catalog.record import PartialDate


class Enumeration(NamedTuple):
    """Volume, issue, pages (or article number) and date of a part."""

    volume: str | None = None
    issue: str | None = None
    first_page: str | None = None
    last_page: str | None = None
    article_number: str | None = None
    issued: PartialDate | None = None


_NUMBER = r"[\dIVXLC][\w./–-]*(?: ?/ ?\d+)?"
_PAGE = r"[\[(]?[A-Za-z]{0,3}\d(?:[\w.:]*\w)?[\])]?"
_RANGE = rf"{_PAGE}(?:\s*[-–—‐]+\s*{_PAGE})?(?:\s*[,+]\s*{_PAGE}\s*[-–—‐]\s*{_PAGE})*"
_ROMAN = r"[ivxlc]+(?:\s*[-–—‐]+\s*[ivxlc]+)?(?!\w)"
_KEYED = re.compile(
    r"^\s*(volume|number|issue|year|month|day|date|pages?|elocationid|part|extent)\s*:\s*(.+?)\s*$",
    re.IGNORECASE,
)
_BARE_RANGE = re.compile(rf"(?:^|[,:;.]\s*|\s)({_PAGE}\s*[-–—‐]+\s*{_PAGE})\.?\s*$")
_IN_BRACKETS = re.compile(r"\(([^()]*\b(?:1[4-9]|20)\d\d\b[^()]*)\)")
_YEAR = re.compile(r"(?:^|(?<=[\s,;(/]))((?:1[4-9]|20)\d\d)(?=$|[\s,;:.)/-])")
_VOLUME_ISSUE = re.compile(
    r"^\D{0,3}?(\d+\w?)\s*(?:[:,/]\s*(\d[\w/–-]*)|\(\s*(\d[\w/–-]*)\s*\))(?=$|[\s,;:.()])"
)
_VOLUME_ALONE = re.compile(r"^(\d{1,4}[A-Za-z]?)(?=$|[\s,;:.()])")
_ISSUE_AFTER_YEAR = re.compile(r"\((?:1[4-9]|20)\d\d(?:[/-]\d{2,4})?\)\s*[,:.]?\s*(\d[\w/–-]*)(?=$|[\s,;:.])")
_ENUMERATION = re.compile(r"^\s*([^:<]*)(?::([^:<]*))?[^<]*(?:<(.+))?$")


class _Patterns(NamedTuple):
    pages_last: re.Pattern[str]
    pages: re.Pattern[str]
    article: re.Pattern[str]
    volume: re.Pattern[str]
    issue: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = {name: "|".join(map(re.escape, listed)) for name, listed in table("enumeration").items()}
    before = r"(?:^|(?<=[\s,;:(./]))"

    def pattern(source: str) -> re.Pattern[str]:
        return re.compile(source, re.IGNORECASE)

    return _Patterns(
        pattern(rf"{before}(?:{words['pages']})\.?\s*:?\s*({_RANGE}|{_ROMAN})\+?\]?\.?\s*$"),
        pattern(rf"{before}(?:{words['pages']})\.?\s*({_RANGE})(?=[\s,;.)]|$)"),
        pattern(
            rf"{before}(?:{words['article']})\s*(?:no|nr|number|id|nummer)?\.?\s*:?\s*(\w*\d[\w.-]*)\.?\s*(?=\(|$)"
        ),
        pattern(rf"{before}(?:{words['volume']})\.?\s*:?\s*({_NUMBER})"),
        pattern(rf"(?:^|(?<=[\s,;:(./\d)]))(?:{words['issue']})\.?\s*:?\s*({_NUMBER})"),
    )


def enumeration(texts: Iterable[str], coded: str | None = None) -> Enumeration:
    """Read the parts of 773 $g, and what $q (`24:1<1`) adds to them.

    $g is free text: `Vol. 24, no. 1 (Apr. 2024), p. 1-14`, `24(2024)1, S. 1-14`, `Jg. 12, H. 3`; or, as
    German catalogues repeat it, one keyed part each: `volume:24`, `number:1`, `year:2024`, `pages:1-14`.
    https://www.loc.gov/marc/bibliographic/bd773.html
    """
    keyed: dict[str, str] = {}
    free = Enumeration()
    for given in texts:
        line = text(given)
        if line is None:
            continue
        if found := _KEYED.match(line):
            keyed.setdefault(found[1].lower(), found[2])
        else:
            free = _merged(free, _free(line))
    made = _merged(_from_keys(keyed), free) if keyed else free
    return _merged(made, _coded(coded)) if coded else made


def _merged(first: Enumeration, second: Enumeration) -> Enumeration:
    if first.first_page or first.article_number:
        second = second._replace(first_page=None, last_page=None, article_number=None)
    known = {name: value for name, value in first._asdict().items() if value is not None}
    return second._replace(**known)


def _from_keys(keyed: dict[str, str]) -> Enumeration:
    first, last, number = extent(keyed.get("pages") or keyed.get("page") or keyed.get("extent"), None)
    year, month, day = (keyed.get(name, "") for name in ("year", "month", "day"))
    written = "-".join(
        part for part in (year, month.zfill(2) if month else "", day.zfill(2) if day else "") if part
    )
    return Enumeration(
        volume(keyed.get("volume")),
        issue(keyed.get("number") or keyed.get("issue") or keyed.get("part")),
        first,
        last,
        number or keyed.get("elocationid"),
        partial_date(written if year else keyed.get("date")),
    )


def _coded(value: str) -> Enumeration:
    found = _ENUMERATION.match(value)
    if found is None or not found[1].strip().isalnum():
        return Enumeration()
    first, last, number = extent(found[3], None)
    return Enumeration(found[1].strip() or None, (found[2] or "").strip() or None, first, last, number)


def _free(line: str) -> Enumeration:
    rest, first, last, number = _paged(line)
    issued = None
    if found := _IN_BRACKETS.search(rest):
        issued = partial_date(found[1])
    of_volume = _patterns().volume.search(rest)
    of_issue = _patterns().issue.search(rest)
    if of_issue and of_volume and of_issue.start() == of_volume.start():
        of_issue = _patterns().issue.search(rest, of_volume.end())
    made_volume = volume(of_volume[1].rstrip(".-–/")) if of_volume else None
    made_issue = issue(of_issue[1].rstrip(".-–/")) if of_issue else None
    made_volume, made_issue = _compact(rest, made_volume, made_issue)
    if issued is None and (years := [y for y in _YEAR.findall(rest) if y != made_volume]):
        issued = partial_date(years[-1])
    return Enumeration(made_volume, made_issue, first, last, number, issued)


def _paged(line: str) -> tuple[str, str | None, str | None, str | None]:
    """Cut the pages off: return what is left, first page, last page, article number."""
    if (
        found := _patterns().pages_last.search(line)
        or _patterns().pages.search(line)
        or _BARE_RANGE.search(line)
    ):
        start, end = pages(re.split(r"[,+]", found[1].strip("[]()"))[0])
        first, last, number = extent(start, end)
        return line[: found.start()] + line[found.end() :], first, last, number
    if found := _patterns().article.search(line):
        return line[: found.start()] + line[found.end() :], None, None, found[1].rstrip(".-")
    return line, None, None, None


def _compact(rest: str, made_volume: str | None, made_issue: str | None) -> tuple[str | None, str | None]:
    """Read what carries no words: `24:1 (2024)`, `24(2024)1`, `24 (1)`, `2024, 24 (1)`."""
    if made_volume is None:
        body = re.sub(r"^(?:1[4-9]|20)\d\d\s*[,;:]\s*(?=\d)", "", rest.strip())
        if found := _VOLUME_ISSUE.match(body):
            second = found[2] or found[3]
            if second and _YEAR.fullmatch(second):
                made_volume = found[1]
            elif not _YEAR.fullmatch(found[1]) or second:
                made_volume, made_issue = (found[1], made_issue or second)
        elif (found := _VOLUME_ALONE.match(body)) and (not _YEAR.fullmatch(found[1])):
            made_volume = found[1]
    if made_issue is None and (found := _ISSUE_AFTER_YEAR.search(rest)):
        made_issue = found[1]
    return made_volume, made_issue
