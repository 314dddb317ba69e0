"""A record in a few lines: who, where, when, what kind."""

from typing import NamedTuple

from catalog.export import facts
from catalog.normalize import languages
from catalog.normalize.dates_in_words import in_years
from catalog.record import Record
from web.pages.labels import TYPES

UNTITLED = "[no title]"
_NAMES = 4


class Brief(NamedTuple):
    """A record as a list shows it.

    `people` are the first of them, `more` how many there are besides. `venue` is the journal or book it is
    part of, the publisher of what stands alone; `where` is `2023;14(2):140–158`.
    """

    people: str
    more: int
    venue: str | None
    is_part: bool
    where: str
    badges: tuple[str, ...]


def brief(record: Record) -> Brief:
    """Return a record in a few lines."""
    names, more = people(record)
    place = facts.place(record)
    return Brief(
        names,
        more,
        place.title or record.publisher,
        place.title is not None,
        numbering(record),
        (TYPES[facts.kind(record)], *(languages.name(tag) for tag in record.languages)),
    )


def people(record: Record) -> tuple[str, int]:
    """Return the first authors in one line, editors where there is none, and how many more there are."""
    authors, editors = facts.people(record)
    names = [each.literal for each in authors or editors or record.contributors]
    between = "; " if any("," in name for name in names) else ", "
    return between.join(names[:_NAMES]), max(0, len(names) - _NAMES)


def numbering(record: Record) -> str:
    """Return when and where in its journal a record appeared: `2023;14(2):140–158`."""
    place = facts.place(record)
    issue = f"({place.issue})" if place.issue else ""
    pages = "–".join(filter(None, facts.page_ends(record)))
    volume = f"{place.volume or ''}{issue}"
    when = in_years(record.issued)
    return f"{when}{';' if when and volume else ''}{volume}{':' if pages and (when or volume) else ''}{pages}"


def language_of(record: Record) -> str | None:
    """Return the language its title and abstract are in, None for the page's own or where nobody knows.

    A record of several languages does not tell which of them its title is in.
    """
    return record.languages[0] if len(record.languages) == 1 and record.languages[0] != "en" else None
