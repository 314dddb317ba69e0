"""Publisher, place, date, edition and extent."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import msgspec

from catalog.codes import table
from catalog.crosswalk.marc.fields import MarcField
from catalog.crosswalk.marc.grouping import Grouped
from catalog.crosswalk.marc.values import bare, text, unbracketed
from catalog.normalize.dates import marc_008_date, partial_date
from catalog.normalize.text import strip_isbd
from catalog.record import Contributor, PartialDate

_ET_CETERA = re.compile(r"[\s,]*[\[(](?:etc|u\.\s?a|et al|i pozostałe|и др)\.?[\])]", re.IGNORECASE)
# Old records give the publisher's postal address behind the place.
_ADDRESS = re.compile(r"\s*\([^()]*\d[^()]*\)\s*$")
# Names beside the publisher's: Springer's brands, distributors and pressing plants.
_BESIDE = re.compile(
    r"^(?:imprint:|(?:manufactured|distributed|marketed|printed|for sale|exclusively distributed)\b|"
    r"distribu\w+ |vertrieb|auslieferung|in komm(?:ission|\.)|diffus\w+ )",
    re.IGNORECASE,
)
_DATED = re.compile(r"^(.*\w)(?:,\s*|\s+(?=\[))(\[?(?:c|©|p|cop\.)?\s?[12]\d{3}\??\]?)[.,]?\s*$")
_CORRECTED = re.compile(r"\S[^\[\]]*\[i\.\s?e\.,?\s*([^\[\]]+)\]")
_ADDITION = re.compile(r"(?<=\w)\s*\[([^\[\]]+)\]")
_SHORTENED = re.compile(r"(?:The|Die|Der|Das|L'|La|El|O|A) ?([A-Z]\w+)")
_DOUBT = re.compile(r"\?,? (?=\w)")
_HOST = re.compile(r"^(?:([^:,]+?)\s*:\s*)?(.*?)(?:(?:^|[,.]\s*)([^,.]*\d{4}\D*))?$")
_YEAR = re.compile(r"\d{4}")
# 264 second indicator: publication first, then distribution, production, manufacture; copyright has no name.
# https://www.loc.gov/marc/bibliographic/bd264.html
_RANK = {"1": 0, "2": 2, "0": 3, "3": 4, "4": 5}


class Imprint(NamedTuple):
    """Who published it, where and when."""

    publisher: str | None
    place: str | None
    issued: PartialDate | None
    caveats: tuple[str, ...]


def imprint(group: Grouped) -> Imprint:
    """Read 264 and 260, and the coded dates of 008."""
    publisher = place = date = None
    for statement in _statements(group):
        field = statement if statement.first("c") else _divided(statement)
        if field.ind2 == "4" and field.tag == "264":
            date = date or _date_text(field)
            continue
        publisher = publisher or _names(field, "b")
        place = place or _names(field, "a")
        date = date or _date_text(field)
    coded = group.control("008")
    issued, caveat = _issued(date, coded[6:7], coded[7:11], coded[11:15])
    return Imprint(publisher, place, issued, (caveat,) if caveat else ())


def _statements(group: Grouped) -> Sequence[MarcField]:
    older = group.all("260")
    newer = group.all("264")
    if not newer:
        return older
    return sorted((*newer, *older), key=lambda f: _RANK.get(f.ind2, 1) if f.tag == "264" else 1)


def _divided(field: MarcField) -> MarcField:
    """Put into $c the date that stands behind the publisher: `$bBethany House, c2001`."""
    code, value = field.subfields[-1] if field.subfields else ("", "")
    found = _DATED.match(value) if code == "b" else None
    if found is None:
        return field
    return field._replace(subfields=(*field.subfields[:-1], (code, found[1]), ("c", found[2])))


def _names(field: MarcField, code: str) -> str | None:
    found: list[str] = []
    for value in field.all(code):
        # `$aWashington, D.C. : Advocates for Youth`: the place ends at the colon.
        name = _name(value.partition(" : ")[0] if code == "a" else value)
        if name and name not in found:
            found.append(name)
    if len(found) > 1:
        found = [name for name in found if not _BESIDE.match(name)] or found
    return "; ".join(found) if found else None


@lru_cache(maxsize=8192)
def _name(value: str) -> str | None:
    """Return a place or publisher without brackets, `[i.e. …]` applied; None for `[S.l.]` and its like."""
    line = text(value)
    if line is None:
        return None
    if "[" in line or "(" in line:
        line = _CORRECTED.sub(r"\1", _ET_CETERA.sub("", line))
        line = _ADDITION.sub(r", \1", line)
    name = _ADDRESS.sub("", unbracketed(line).strip(" ,:;"))
    # A stop that ISBD's comma follows belongs to the name: `Wadsworth Pub.,`
    name = name if name.endswith(".") and line[-1] in ",:;" else strip_isbd(name)
    # A supplied name may carry a question mark: [Leipzig?], [Dayton? Ohio]
    name = _DOUBT.sub(", ", name).removesuffix("?").strip()
    return None if not name or _unnamed(name) else name


def _unnamed(name: str) -> bool:
    return name.lower().replace(" ", "").rstrip(".,?") in _unnamed_forms()


@lru_cache(maxsize=1)
def _unnamed_forms() -> frozenset[str]:
    forms = table("imprint")["unnamed"]
    return frozenset(form.lower().replace(" ", "").rstrip(".") for form in forms)


def _date_text(field: MarcField) -> str | None:
    for code in "cg":
        found = [line for value in field.all(code) if (line := text(value))]
        if found:
            written = " ".join(found)
            # The bracket may have opened before the place: `[S.l. :$bs.n.,$c1999?]`
            return f"[{written}" if "]" in written and "[" not in written else written
    return None


@lru_cache(maxsize=8192)
def _issued(written: str | None, kind: str, first: str, second: str) -> tuple[PartialDate | None, str | None]:
    """Weigh the date as printed against the coded one; return it with a caveat where they differ.

    The printed one is transcribed and wins, unless it is uncertain or itself names the coded year
    (`1978 [i.e. 1979]`, `5758 [1998]`).
    """
    if written is not None and any(unknown in written.lower() for unknown in table("imprint")["undated"]):
        written = None
    printed = partial_date(written) if written else None
    coded = marc_008_date(kind, first, second) if kind.strip() and first.strip() else None
    if coded is None or coded.year is None:
        return printed, None
    if printed is None or printed.year is None:
        return msgspec.structs.replace(coded, literal=written.strip(" .") if written else coded.literal), None
    if printed.year == coded.year:
        if printed.end_year is None and coded.end_year is not None:
            return _lasting(printed, coded.end_year, written or ""), None
        if printed.month is None and coded.month is not None:
            return msgspec.structs.replace(printed, month=coded.month, day=coded.day), None
        return printed, None
    as_written = (written or "").strip(" .,")
    if printed.end_year is not None and printed.year <= coded.year <= printed.end_year:
        return printed, None
    if str(coded.year) in _YEAR.findall(as_written):
        return msgspec.structs.replace(coded, literal=printed.literal or as_written), None
    taken = coded if printed.circa and not coded.circa else printed
    caveat = f"the date is {as_written} in words and {first} in code: taken as {taken.year}"
    literal = printed.literal or as_written
    return msgspec.structs.replace(taken, literal=None if literal == str(taken.year) else literal), caveat


def _lasting(printed: PartialDate, last: int, written: str) -> PartialDate:
    if printed.month == last % 100:  # 1900-01 is no January
        return PartialDate(year=printed.year, end_year=last, literal=written.strip(" ."))
    return msgspec.structs.replace(printed, end_year=last)


def lent(made: Imprint, host: str | None, dated: PartialDate | None) -> Imprint:
    """Fill the gaps in a part's imprint from its host field.

    `host` is 773 $d (`Berlin : Springer, 2001`), `dated` the date in 773 $g, which tells the month of a year
    that 008 knows alone.
    """
    publisher, place, issued = made.publisher, made.place, made.issued
    found = _HOST.match(host) if host else None
    if found is not None:
        place = place or _name(found[1] or "")
        publisher = publisher or _name(found[2] or "")
    own = issued.year if issued is not None else None
    if dated is not None and (
        own is None or (own == dated.year and issued is not None and issued.month is None)
    ):
        issued = dated
    elif own is None and found is not None and found[3]:
        issued = partial_date(found[3])
    return Imprint(publisher, place, issued, made.caveats)


def spelt_out(publisher: str | None, names: Sequence[Contributor]) -> str | None:
    """Return the publisher in full where it is short for a body that the record names: `The Office`.

    AACR2 1.4D4 had cataloguers shorten it so.
    """
    if publisher is None or not (found := _SHORTENED.fullmatch(publisher)):
        return publisher
    word = found[1].lower()
    bodies = [name.literal for name in names if name.kind == "organization"]
    return next((body for body in bodies if word in body.lower().split()), publisher)


def edition(group: Grouped) -> str | None:
    """Read 250: `2nd ed., revised`."""
    found = []
    for field in group.all("250"):
        parts = []
        for value in field.all("ab"):
            # After the slash stands who revised it.
            said, slash, _ = f"{value} ".partition(" / ")
            if part := bare(said):
                parts.append(part)
            if slash:
                break
        if parts:
            found.append(unbracketed(", ".join(parts)))
    return "; ".join(found) if found else None


def extent(group: Grouped) -> str | None:
    """Read 300 $a: `xiv, 284 p.`."""
    found = []
    for field in group.all("300"):
        for value in field.all("a"):
            part = (text(value) or "").rstrip(" :;+,")
            if part:
                found.append(part)
    return "; ".join(found) if found else None
