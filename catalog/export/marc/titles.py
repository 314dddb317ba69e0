"""The title and its variants: 130, 240, 245, 246, 247, 730, 765."""

from collections.abc import Iterator
from typing import Final

from catalog.crosswalk.marc.fields import MarcField
from catalog.crosswalk.marc.from_peerlit.profile import UNTITLED
from catalog.export.marc.names import has_main_entry
from catalog.export.marc.parts import Paired, data, title_parts
from catalog.normalize.articles import non_filing
from catalog.normalize.languages import language, name
from catalog.record import Record, Title

# Tag and indicators of each kind that has a field of its own in the 2xx.
_VARIANTS: Final = {"alternative": ("246", "3 "), "parallel": ("246", "31"), "former": ("247", "10")}


def uniform_heading(record: Record) -> Iterator[Paired]:
    """Yield 130, where no name is the main entry, for a uniform title that comes first."""
    first = _heads(record, "130")
    if first is not None:
        yield Paired(_uniform(first, "130", f"{non_filing(first.text, record.languages)} "))


def titles(record: Record) -> Iterator[Paired]:
    """Yield 240, 245 with the title in its own script, 246 and 247."""
    uniform = _heads(record, "240")
    title = record.title or UNTITLED
    skipped = non_filing(title, record.languages) if record.title else 0
    heading = _heads(record, "130")
    # A title is traced where the record is not entered under it: https://www.loc.gov/marc/bibliographic/bd245.html
    traced = has_main_entry(record) or (heading is not None and heading.text != title)
    main = data("245", f"{int(traced)}{skipped}", *title_parts(title))
    found = [(main, list[MarcField]())]
    for at, other in enumerate(record.other_titles):
        if other is uniform:
            place = len(found) if at else 0
            found.insert(place, (_uniform(other, "240", f"1{non_filing(other.text, record.languages)}"), []))
        elif other.kind in _VARIANTS:
            tag, indicators = _VARIANTS[other.kind]
            found.append((data(tag, indicators, *title_parts(other.text), ("g", other.language)), []))
        elif other.kind == "vernacular":
            # It repeats the title it stands behind; a second one is a variant, as 245 stands but once.
            field, twins = found[-1]
            indicators = "3 " if twins else f"{field.ind1}{field.ind2}"
            twins.append(data("246" if twins else field.tag, indicators, *title_parts(other.text)))
    yield from (Paired(field, tuple(twins)) for field, twins in found)


def related_titles(record: Record) -> Iterator[Paired]:
    """Yield 730 and 765."""
    heads = (_heads(record, "130"), _heads(record, "240"))
    for other in record.other_titles:
        if other.kind == "uniform" and not any(other is head for head in heads):
            yield Paired(_uniform(other, "730", f"{non_filing(other.text, record.languages)} "))
        elif other.kind == "original":
            yield Paired(data("765", "0 ", ("t", other.text), ("n", other.language)))


def _heads(record: Record, tag: str) -> Title | None:
    """Return the uniform title in 240, beside a main entry, or in 130, where it is the main entry itself."""
    titles = record.other_titles
    if tag == "240":
        return next((t for t in titles if t.kind == "uniform"), None) if has_main_entry(record) else None
    return titles[0] if titles and titles[0].kind == "uniform" and not has_main_entry(record) else None


def _uniform(title: Title, tag: str, indicators: str) -> MarcField:
    return data(tag, indicators, ("a", title.text), ("l", _spoken(title.language)))


def _spoken(tag: str | None) -> str | None:
    """Return a language as uniform titles name it, or its tag where the name does not lead back to it."""
    if tag is None:
        return None
    known = name(tag)
    return known if language(known) == tag else tag
