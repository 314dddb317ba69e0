"""What a thesis note tells: the degree, and who granted it when."""

import re
from typing import NamedTuple

from catalog.crosswalk.marc.grouping import Grouped
from catalog.crosswalk.marc.values import bare, text
from catalog.normalize.dates import partial_date
from catalog.record import Contributor, PartialDate

_GRANTING = "degree granting institution"
# `Thesis (Ph. D.)--University of Maine, 2002.`: https://www.loc.gov/marc/bibliographic/bd502.html
_NOTE = re.compile(r"^[^(]*\((?P<degree>[^()]+)\)\s*(?:--|[-–—:,])\s*(?P<rest>.+)$")
_ENDS_IN_YEAR = re.compile(r"^(?P<institution>.*?)[,;]?\s*\(?(?P<year>\d{4})\)?\.?$")


class Thesis(NamedTuple):
    """Degree, institution and year, each where it is told."""

    degree: str | None = None
    institution: str | None = None
    issued: PartialDate | None = None


def thesis(group: Grouped, names: tuple[Contributor, ...]) -> Thesis:
    """Read 502, and the granting institution among the names."""
    granting = next((name.literal for name in names if name.role == _GRANTING), None)
    field = group.first("502")
    if field is None:
        return Thesis(institution=granting)
    degree, institution = bare(field.first("b") or ""), bare(field.first("c") or "")
    issued = partial_date(field.first("d"))
    if degree is None and institution is None and (found := _NOTE.match(text(field.first("a") or "") or "")):
        degree = found["degree"].strip() or None
        institution = found["rest"].rstrip(" .")
        if dated := _ENDS_IN_YEAR.match(institution):
            institution, issued = dated["institution"], partial_date(dated["year"])
    return Thesis(degree, granting or institution or None, issued)
