"""Where the title ends and the statement of responsibility begins."""

from catalog.crosswalk.marc.fields import MarcField
from catalog.crosswalk.marc.grouping import ADDED_NAMES, Grouped
from catalog.crosswalk.marc.values import bare


def title_proper(group: Grouped) -> MarcField | None:
    """Return 245 without a statement of responsibility that stands outside $c."""
    field = group.first("245")
    return _divided(group, field)[0] if field is not None else None


def responsibility(group: Grouped) -> str | None:
    """Return the statement of responsibility: 245 $c, or what stands where $c was forgotten."""
    field = group.first("245")
    if field is None:
        return None
    said = field.first("c") or _divided(group, field)[1]
    return bare(said) if said else None


def _divided(group: Grouped, field: MarcField) -> tuple[MarcField, str | None]:
    """Divide a 245 that has no $c at its slash.

    ISBD's slash leads to the statement whatever the next subfield is called (`$aPeru /$bby Laurel Corona`).
    Inside a subfield it may also belong to the title, so there a heading must name whom the rest names.
    """
    subfields = field.subfields
    if field.first("c") or not any("/" in value for _, value in subfields):
        return field, None
    for at, (code, value) in enumerate(subfields):
        if value.rstrip().endswith(" /") and at + 1 < len(subfields):
            rest = " ".join(text for _, text in subfields[at + 1 :])
            return field._replace(subfields=subfields[: at + 1]), rest
        before, slash, rest = value.rpartition(" / ")
        if slash and _names(group, rest):
            return field._replace(subfields=(*subfields[:at], (code, before))), rest
    return field, None


def _names(group: Grouped, statement: str) -> bool:
    lowered = statement.lower()
    headings = (*group.all("100"), *group.all("110"), *group.all(ADDED_NAMES))
    names = (bare((field.first("a") or "").partition(",")[0]) for field in headings)
    return any(name.lower() in lowered for name in names if name)
