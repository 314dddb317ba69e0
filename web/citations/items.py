"""A record as the processor gets it: what a style asks for and citeproc-py does not do is done before.

citeproc-py initials a given name's particles, shortens `9-14` to `9-4`, capitalises `Self-help`, and knows
no roles but a few.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from catalog.export import Entry, Options, facts
from catalog.export.csl_json import item as csl_item
from catalog.export.entry_types import is_masters, thesis_words
from catalog.export.pages import pages
from catalog.export.plain import clean
from catalog.export.tex_names import as_cited, cut
from catalog.normalize.family_names import is_others
from catalog.normalize.name_parts import is_initials
from catalog.record import Contributor, Record
from web.citations import marks
from web.citations.headline import headline

Item = dict[str, Any]

_KEPT: Final = (
    *("id", "type", "title", "issued", "container-title", "volume", "issue", "edition", "publisher"),
    *("publisher-place", "DOI"),
)
_IN_A_BOOK: Final = ("chapter", "paper-conference")
_DOCTORAL: Final = re.compile(r"\bph\.?\s?d\b|doctor|docteur|dissert|habilit", re.IGNORECASE)
_EVERY: Final = 99
_ENGLISH: Final = frozenset(("the", "of", "and", "with", "from"))


class Manner(NamedTuple):
    """What a style wants done to the data.

    `initials`: what stands behind each initial of a given name; None leaves names in full. `digits`: how many
    digits of the last page stay at least, by the first. `page_labels`: of one page and of several.
    `capitals`: English titles in headline capitals. `genres`: a type of record, or degree, in words.
    `publisher_once`: none beside an author of the same name.
    """

    initials: str | None = None
    digits: Callable[[int], int] = lambda _: _EVERY
    page_labels: tuple[str, str] | None = None
    capitals: bool = False
    genres: Mapping[str, str] = MappingProxyType({})
    publisher_once: bool = False


def item(entry: Entry, manner: Manner) -> Item:
    """Return the record as a CSL item; `status` is there where nobody stands before the title."""
    record = entry.record
    given = csl_item(entry, Options(abstract=False))
    found: Item = {name: given[name] for name in _KEPT if name in given}
    found |= {"language": "en", "title": given.get("title", "[Untitled]")}
    if record.place:
        found["publisher-place"] = record.place.partition("; ")[0]  # of several the first, says every manual
    if manner.capitals and _reads_english(record):
        found["title"] = headline(found["title"])
        if given["type"] in _IN_A_BOOK and "container-title" in given:
            found["container-title"] = headline(given["container-title"])
    found |= _people(record, manner) | _where(record, manner) | _how(record, manner)
    if "author" not in found and ("editor" not in found or "container-title" in found):
        found["status"] = "anonymous"
    if manner.publisher_once and found.get("author") == [{"literal": found.get("publisher")}]:
        del found["publisher"]
    texts = {name: _marked(clean(value)) for name, value in found.items() if isinstance(value, str)}
    return {name: value for name, value in (found | texts).items() if value}


def _marked(text: str) -> str:
    """Keep citeproc-py from reading `<span class="nocase">`; let a stop go inside a quotation at the end."""
    text = text.replace("<", f"<{marks.NOTHING}")
    return text[:-1] + marks.QUOTE_END if text.endswith("”") else text


def _reads_english(record: Record) -> bool:
    """Tell whether the title is English; where nobody said so, one of its words has to."""
    said = record.languages or facts.place(record).languages
    return facts.is_english(record) and bool(said or _ENGLISH & set((record.title or "").lower().split()))


def _people(record: Record, manner: Manner) -> Item:
    authors, editors = facts.people(record)
    if record.type == "motion-picture":  # before the firms that presented it, say all manuals
        authors = facts.by(record, "director") or authors
    roles = {"author": authors, "editor": editors, "translator": facts.by(record, "translator")}
    named = {role: _names(people, manner) for role, people in roles.items()}
    return {role: names for role, names in named.items() if names}


def _names(people: list[Contributor], manner: Manner) -> list[Item]:
    """Return the names; an "et al." of the data's goes with the last, as styles have no place for it."""
    named = [person for person in people if not is_others(person)]
    names = [_name(person, manner) for person in named]
    if names and len(named) < len(people):
        names[-1] = {"literal": clean(f"{facts.in_reading_order(named[-1])} et al.")}
    return [name for name in names if any(name.values())]


def _name(person: Contributor, manner: Manner) -> Item:
    """Return a name in parts, cut as in a `.bib`; the family name stays first where it is written so."""
    if person.kind != "person":
        return {"literal": as_cited(clean(person.literal))}
    parts = cut(person)
    if parts is None:
        split = person.family and person.given
        return {"literal": clean(f"{person.family}{person.given}" if split else person.literal)}
    if parts.given.upper() == parts.given.lower():  # a script without capitals has no initials
        return {"literal": clean(facts.in_reading_order(person))}
    suffix = (parts.suffix or "").rstrip(".") if manner.initials == "" else parts.suffix
    name = {"family": parts.family, "given": shortened(parts.given, manner.initials), "suffix": suffix}
    return {part: value for part, value in name.items() if value}


def shortened(given: str, mark: str | None) -> str:
    """Return `Jean-Pierre M de` as `J.-P. M. de`, with an empty mark `JPM de`, else `Jean-Pierre M. de`."""
    if mark is None:
        return " ".join(_apart(word) for word in given.split())
    words = _apart(given.replace(".-", "-").replace(".", " ")).split()
    capital = [_initials(word, mark) for word in words if word[0].isupper()]
    small = [word for word in words if not word[0].isupper()]
    return " ".join([*capital, *small] if mark else ["".join(capital), *small])


def _apart(words: str) -> str:
    """Return initials that were run together apart: `M. J.` for `MJ`."""
    return " ".join(
        " ".join(f"{letter}." for letter in word) if is_initials(word) and word.isalpha() else word
        for word in words.split()
    )


def _initials(word: str, mark: str) -> str:
    parts = re.split("[-‐‑]", word.rstrip("."))
    return ("-" if mark else "").join(f"{part[0]}{mark}" for part in parts if part)


def _where(record: Record, manner: Manner) -> Item:
    """Return pages or article number, the address, and who keeps a preprint."""
    found: Item = {}
    if pages(record.container):
        first, last = facts.page_ends(record)
        found["page"] = f"{first}-{_closing(first or '', last, manner)}" if last else first
        if manner.page_labels:
            found["medium"] = manner.page_labels[bool(last)]
    elif number := facts.place(record).article_number:
        found["number"] = number
    doi = facts.doi(record)
    arxiv = record.identifier("arxiv")
    link = f"https://doi.org/{doi}" if doi else facts.address(record)
    if arxiv and not record.publisher:
        found["publisher"] = "arXiv"
        link = link or f"https://arxiv.org/abs/{arxiv}"
    return found | ({"URL": link} if link else {})


def _closing(first: str, last: str, manner: Manner) -> str:
    """Return the last page with as many digits as the style wants."""
    if not (first.isdecimal() and last.isdecimal() and len(first) == len(last)):
        return last
    same = next((place for place, digit in enumerate(last) if digit != first[place]), len(last) - 1)
    return last[-max(len(last) - same, manner.digits(int(first))) :]


def _how(record: Record, manner: Manner) -> Item:
    """Return what kind of work it is, where the style says so, and a report's number."""
    genre = manner.genres.get(_degree(record) if record.type == "thesis" else record.type)
    series = next(iter(record.series), None)
    numbered = series.volume if series and record.type == "report" else None
    number = facts.report_number(record) or numbered
    return ({"genre": genre} if genre else {}) | ({"number": number} if number else {})


def _degree(record: Record) -> str:
    if is_masters(record):
        return "masters"
    return "doctoral" if _DOCTORAL.search(thesis_words(record) or "") else "thesis"
