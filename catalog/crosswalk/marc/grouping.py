"""The fields of a record by tag, with each field of another script beside the one it repeats."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from catalog.crosswalk.marc.fields import MarcField, MarcRecord

ADDED_NAMES = "7xx"
"""The key under which 700, 710, 711 and 720 stand in the order of the record."""

_ADDED = frozenset({"700", "710", "711", "720"})
_NONE: tuple[MarcField, ...] = ()


class Grouped(NamedTuple):
    """A record's fields by tag; `linked` maps `245-01` to the 880 field that repeats it."""

    leader: str
    fields: Mapping[str, Sequence[MarcField]]
    linked: Mapping[str, MarcField]

    def all(self, tag: str) -> Sequence[MarcField]:
        """Return the fields with that tag, in order."""
        return self.fields.get(tag, _NONE)

    def each(self, tags: AbstractSet[str]) -> Sequence[MarcField]:
        """Return the fields with any of those tags, tag by tag in the order of the record."""
        if self.fields.keys().isdisjoint(tags):
            return _NONE
        return [field for tag, fields in self.fields.items() if tag in tags for field in fields]

    def first(self, tag: str) -> MarcField | None:
        """Return the first field with that tag."""
        found = self.fields.get(tag)
        return found[0] if found else None

    def control(self, tag: str) -> str:
        """Return the value of the first control field with that tag, or nothing."""
        found = self.fields.get(tag)
        return found[0].value if found else ""

    def in_script(self, field: MarcField) -> MarcField | None:
        """Return the 880 field that gives this field in its own script."""
        if not self.linked:
            return None
        link = field.first("6")
        return self.linked.get(f"{field.tag}{link[3:6]}") if link else None


def grouped(marc: MarcRecord) -> Grouped:
    """Group the fields of a record in one pass.

    An 880 field linked to nothing (occurrence 00, or a number no other field has) counts as the field it
    names in $6: https://www.loc.gov/marc/bibliographic/bd880.html
    """
    fields: dict[str, list[MarcField]] = {}
    for field in marc.fields:
        tag = field.tag
        if tag in fields:
            fields[tag].append(field)
        else:
            fields[tag] = [field]
    linked: dict[str, MarcField] = {}
    moved: list[MarcField] = []
    for field in fields.pop("880", ()):
        link = field.first("6") or ""
        tag, occurrence = link[:3], link[3:6]
        if _is_linked(occurrence, fields.get(tag, ())):
            linked.setdefault(f"{tag}{occurrence}", field)
        elif tag.isdigit() and not ("240" <= tag <= "245" and tag in fields):
            moved.append(field._replace(tag=tag))
            fields.setdefault(tag, []).append(moved[-1])
        elif tag == "245":
            linked.setdefault("245", field)
    if not _ADDED.isdisjoint(fields):
        fields[ADDED_NAMES] = [field for field in marc.fields if field.tag in _ADDED]
        fields[ADDED_NAMES] += sorted(
            [field for field in moved if field.tag in _ADDED], key=lambda field: field.tag
        )
    return Grouped(marc.leader, fields, linked)


def _is_linked(occurrence: str, fields: Sequence[MarcField]) -> bool:
    return occurrence != "-00" and any((f.first("6") or "")[3:6] == occurrence for f in fields)
