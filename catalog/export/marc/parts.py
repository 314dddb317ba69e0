"""What every MARC field is made with: subfields without nothing in them, and the same in another script."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from catalog.codes import table
from catalog.crosswalk.marc.fields import MarcField

# A line of text is what a subfield holds; the separators of ISO 2709 are among the control characters.
_CONTROLS: Final = re.compile("[\x00-\x1f\x7f]")
_BLANKS: Final = "\t\n\r"


class Paired(NamedTuple):
    """A field, and those that repeat it in another script, for 880."""

    field: MarcField
    twins: tuple[MarcField, ...] = ()


def data(tag: str, indicators: str, *subfields: tuple[str, str | None]) -> MarcField:
    """Return a data field with those of the subfields that hold something."""
    return MarcField(
        tag,
        "",
        indicators[0],
        indicators[1],
        tuple([(code, line(value)) for code, value in subfields if value]),
    )


def line(value: str) -> str:
    """Return a value as one line: blanks for tabs and line ends, U+FFFD for other control characters."""
    if value.isprintable() or not _CONTROLS.search(value):
        return value
    return _CONTROLS.sub(lambda found: " " if found[0] in _BLANKS else "\ufffd", value)


def title_parts(title: str) -> tuple[tuple[str, str | None], ...]:
    """Return $a and $b of a title, divided at its first colon."""
    proper, colon, rest = title.partition(": ")
    if colon and proper and rest and proper == proper.strip() and rest == rest.strip():
        return ("a", proper), ("b", rest)
    return (("a", title),)


def numbered(pairs: Iterable[Paired]) -> tuple[list[MarcField], list[MarcField]]:
    """Return the fields, those with twins linked to them by $6, and the twins as 880.

    https://www.loc.gov/marc/bibliographic/ecbdcntf.html#mrcb6
    """
    fields: list[MarcField] = []
    repeated: list[MarcField] = []
    occurrence = 0
    for field, twins in pairs:
        if not twins:
            fields.append(field)
            continue
        occurrence += 1
        fields.append(_linked(field, f"880-{occurrence:02}"))
        for twin in twins:
            script = _script(twin.subfields[0][1])
            link = f"{twin.tag}-{occurrence:02}{'/' if script else ''}{script}"
            repeated.append(_linked(twin._replace(tag="880"), link))
    return fields, repeated


def _linked(field: MarcField, link: str) -> MarcField:
    return field._replace(subfields=(("6", link), *field.subfields))


@lru_cache(maxsize=1024)
def _script(text: str) -> str:
    """Return the code of the first script other than Latin in a text."""
    scripts: dict[str, str] = table("marc_scripts")
    for letter in text:
        if letter > "\u036f" and letter.isalpha():
            name = unicodedata.name(letter, "").partition(" ")[0]
            if name in scripts:
                return scripts[name]
    return ""
