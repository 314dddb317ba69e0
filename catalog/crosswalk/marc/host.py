"""What a resource is part of: 773, and the series of 440, 490 and 8xx."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from catalog.crosswalk.marc.enumeration import Enumeration, enumeration
from catalog.crosswalk.marc.fields import MarcField
from catalog.crosswalk.marc.grouping import Grouped
from catalog.crosswalk.marc.kinds import is_component
from catalog.crosswalk.marc.titles import compose
from catalog.crosswalk.marc.values import bare, repeated, text
from catalog.normalize.identifiers import isbn, issn
from catalog.record import Container, Issn, Series

_IN = re.compile(r"^(?:In|Enthalten in|Dans|En|Ds)\s*:\s*", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:v|vols?|volumes?|nos?|n[º°]|n|nr|nrs|number|num|núm|bd|band|t|tom[eo]?|heft|h|fasc|sv|zv|č|cz|z|issue|pt|"
    r"Bd|кн|вып|т|№)\.?\s*(?=\d)",
    re.IGNORECASE,
)
_PRINTED = frozenset({"440", "490"})
_TRACED = frozenset({"800", "810", "811", "830"})
_SERIES = _PRINTED | _TRACED
_QUALIFIER = re.compile(r"\s*\([^()]*\)$")


class Host(NamedTuple):
    """The container with where and when in it, and the heading and imprint of the host itself."""

    container: Container
    place_in: Enumeration
    author: str | None
    imprint: str | None


def host(group: Grouped) -> Host | None:
    """Read the first 773 that names a host.

    A whole book or journal with a 773 is in a collection, not in a volume, unless pages say otherwise.
    """
    for field in group.all("773"):
        found = _host(field)
        if found is not None and (is_component(group) or found.place_in.first_page or found.container.issns):
            return _with_other_issns(found, group)
    return _own_issn(group)


def _with_other_issns(found: Host, group: Grouped) -> Host:
    """Add the ISSNs of further 773 that name the same host: $x cannot be repeated."""
    fields = group.all("773")
    if len(fields) == 1:
        return found
    container = found.container
    others = [other.container for field in fields if (other := _host(field))]
    issns = [issn for other in others if other.title == container.title for issn in other.issns]
    unique = tuple(dict.fromkeys((*container.issns, *issns)))
    return found._replace(container=msgspec.structs.replace(container, issns=unique))


def _host(field: MarcField) -> Host | None:
    given = field.first("t") or field.first("s") or field.first("p") or field.first("a")
    title = _IN.sub("", bare(given) or "") if given else None
    issns = tuple(Issn(value=found) for value in field.all("x") if (found := issn(value)))
    isbns = tuple(found for value in field.all("z") if (found := isbn(value)))
    place_in = enumeration(field.all("g"), field.first("q"))
    if not (title or issns or isbns):
        return None
    container = Container(
        title=title or None,
        issns=tuple(dict.fromkeys(issns)),
        isbns=tuple(dict.fromkeys(isbns)),
        volume=place_in.volume,
        issue=place_in.issue,
        first_page=place_in.first_page,
        last_page=place_in.last_page,
        article_number=place_in.article_number,
    )
    author = field.first("a") if field.first("t") else None
    return Host(container, place_in, author, text(field.first("d") or ""))


def _own_issn(group: Grouped) -> Host | None:
    """Take 022 of a component part for its journal's, as repositories write it."""
    if not is_component(group):
        return None
    issns = tuple(
        Issn(value=found) for field in group.all("022") for v in field.all("a") if (found := issn(v))
    )
    return Host(Container(issns=issns), Enumeration(), None, None) if issns else None


def host_notes(group: Grouped) -> Iterator[str]:
    """Yield the hosts of a whole resource, which `host` leaves out: `In: Springer eBooks`."""
    if not is_component(group):
        for field in group.all("773"):
            title = bare(field.first("t") or field.first("a") or "")
            if title:
                yield f"In: {_IN.sub('', title)}"


def series(group: Grouped) -> tuple[Series, ...]:
    """Read the series, each once: as printed (490, 440), the traced form (8xx) only where nothing is printed.

    490 with first indicator 1 says that an 8xx repeats it: https://www.loc.gov/marc/bibliographic/bd490.html
    """
    if _SERIES.isdisjoint(group.fields):
        return ()
    found: dict[str, Series] = {}
    traced = 0
    for field in group.each(_PRINTED):
        for one in _levels(field):
            traced += field.ind1 == "1" and field.tag == "490"
            made = _series(one, "anp")
            if made is not None:
                found.setdefault(_key(made), made)
    for field in group.each(_TRACED):
        traced -= 1
        made = _series(field, "anp" if field.tag == "830" else "tnp")
        if made is not None and traced < 0:
            found.setdefault(_key(made), made)
    return tuple(found.values())


def _levels(field: MarcField) -> Iterator[MarcField]:
    """Split a series statement that holds a series and one within it, each with its number.

    What follows `=` is the title once more, in another language; a number behind it counts for both.
    """
    starts = [at for at, (code, _) in enumerate(field.subfields) if code == "a"]
    if len(starts) < 2:
        yield field
        return
    parts: list[tuple[tuple[str, str], ...]] = []
    for start, end in zip(starts, [*starts[1:], len(field.subfields)], strict=True):
        part = field.subfields[start:end]
        if parts and field.subfields[start - 1][1].rstrip().endswith("="):
            parts[-1] += part[1:]
        else:
            parts.append(part)
    for part in parts:
        yield field._replace(subfields=part)


def _series(field: MarcField, codes: str) -> Series | None:
    title, _ = compose(field, codes)
    if title is None:
        return None
    title = title.partition(" = ")[0]
    number = repeated(field.first("v") or "")
    number = _LABEL.sub("", number.partition(" = ")[0]) if number else None
    return Series(title=title, volume=number, issn=issn(field.first("x")))


def _key(made: Series) -> str:
    return _QUALIFIER.sub("", made.title).casefold()
