r"""MARC 21 that we wrote ourselves, read back value by value.

The record says so in 884 $a. Its subfields are taken as they stand, without the guesses that catalogue cards
need; docs/marc.md lists them. A text divided among fields is joined in the sequence of $8 (`1.2\x`).
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from catalog.codes import table
from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.crosswalk.marc.from_peerlit.host import container, series
from catalog.crosswalk.marc.from_peerlit.names import TAGS, contributors
from catalog.crosswalk.marc.from_peerlit.profile import CATALOGUES, IDENTIFIERS, LINKS, PROCESS, UNTITLED
from catalog.crosswalk.marc.from_peerlit.subjects import subjects
from catalog.normalize.dates import partial_date
from catalog.normalize.edtf import from_edtf, in_print
from catalog.normalize.languages import language
from catalog.record import (
    Identifier,
    Licence,
    Link,
    LinkKind,
    PartialDate,
    Record,
    RecordType,
    Title,
    TitleKind,
)

_TITLES: Final[dict[str, tuple[TitleKind, str]]] = {
    "130": ("uniform", "l"),
    "240": ("uniform", "l"),
    "246": ("alternative", "g"),
    "247": ("former", "g"),
    "730": ("uniform", "l"),
    "765": ("original", "n"),
}
_SCHEMES: Final = {place: scheme for scheme, place in IDENTIFIERS.items()}
_NUMBERS: Final = frozenset({"010", "015", "020", "022", "024", "028", "030", "035", "088"})
_KINDS: Final[dict[tuple[str, str | None], LinkKind]] = {place: kind for kind, place in LINKS.items()}


def is_from_peerlit(marc: MarcRecord) -> bool:
    """Tell a record of ours by the conversion it says it came out of."""
    return any(field.first("a") == PROCESS for field in marc.all("884"))


def to_record(marc: MarcRecord) -> Record:
    """Read a record of ours."""
    titled = marc.first("245")
    title = _joined(titled) if titled else None
    twins = _twins(marc)
    return Record(
        type=_type(marc),
        title=None if title == UNTITLED else title,
        other_titles=tuple(_other_titles(marc, twins)),
        contributors=tuple(contributors(marc.all(*TAGS), twins)),
        issued=_issued(marc),
        container=container(marc),
        series=tuple(series(marc)),
        publisher=_value(marc, "264", "b"),
        place=_value(marc, "264", "a"),
        edition=_value(marc, "250", "a"),
        extent=_value(marc, "300", "a"),
        identifiers=tuple(_identifiers(marc)),
        links=tuple(_links(marc)),
        abstract=next(_texts(marc, "520"), None),
        languages=_languages(marc),
        keywords=tuple(value for field in marc.all("653") for value in field.all("a")),
        subjects=tuple(subjects(marc)),
        genres=tuple(value for f in marc.all("655") if f.first("2") != "coar" for value in f.all("a")),
        licence=_licence(marc),
        notes=tuple(_texts(marc, "500")),
        caveats=marc.caveats,
    )


def _value(marc: MarcRecord, tag: str, code: str) -> str | None:
    field = marc.first(tag)
    return field.first(code) if field else None


@cache
def _types() -> dict[str, RecordType]:
    return {row["coar"]: name for name, row in table("library_types")["types"].items()}


def _type(marc: MarcRecord) -> RecordType:
    named = (field.first("a") or "" for field in marc.all("655") if field.first("2") == "coar")
    return next((_types()[name] for name in named if name in _types()), "document")


def _joined(field: MarcField) -> str | None:
    return ": ".join(field.all("ab")) or None


def _twins(marc: MarcRecord) -> dict[str, list[MarcField]]:
    """Return the 880 fields by the number of the link, `-01`."""
    found: dict[str, list[MarcField]] = {}
    for field in marc.all("880"):
        found.setdefault((field.first("6") or "")[3:6], []).append(field)
    return found


def _other_titles(marc: MarcRecord, twins: Mapping[str, Sequence[MarcField]]) -> Iterator[Title]:
    """Yield the titles in the order they stand, each before its forms in other scripts."""
    for field in marc.all("245", *_TITLES):
        kind, code = _TITLES.get(field.tag, (None, ""))
        text = field.first("t") or _joined(field)
        if kind and text:
            if field.tag == "246" and field.ind2 == "1":
                kind = "parallel"
            spoken = field.first(code)
            yield Title(text=text, kind=kind, language=language(spoken) if spoken else None)
        for twin in twins.get((field.first("6") or "?")[3:6], ()):
            if text := _joined(twin):
                yield Title(text=text, kind="vernacular")


def _issued(marc: MarcRecord) -> PartialDate | None:
    """Read the date as coded in 046, else the words of 264."""
    written, coded = _value(marc, "264", "c"), _value(marc, "046", "k")
    date = from_edtf(coded) if coded else None
    if date is None:
        return partial_date(written)
    literal = written if written != in_print(date) else None
    return from_edtf(coded or "", literal=literal)


def _identifiers(marc: MarcRecord) -> Iterator[Identifier]:
    media = [field.first("x") for field in marc.all("776")]
    for field in marc.all(*_NUMBERS):
        value = field.first("a") or ""
        if field.tag == "022" and value in media:
            media.clear()  # the serial's own, which stands in the container
        elif field.tag == "022" and (linking := field.first("l")):
            yield Identifier(scheme="issn-l", value=linking)
        elif value:
            yield _identifier(field, value)


def _identifier(field: MarcField, value: str) -> Identifier:
    if field.tag == "010":
        return Identifier(scheme="lccn", value=value.replace(" ", ""))
    if field.tag == "035":
        return _of_system(value)
    scheme = _SCHEMES.get((field.tag, field.ind1, field.ind2)) or field.first("2") or "local"
    return Identifier(scheme="handle" if scheme == "hdl" else scheme, value=value)


def _of_system(value: str) -> Identifier:
    name, bracket, number = value.removeprefix("(").partition(")")
    if not value.startswith("(") or not bracket:
        return Identifier(scheme="control", value=value)
    scheme = next((scheme for scheme, known in CATALOGUES.items() if known == name), f"system:{name}")
    return Identifier(scheme=scheme, value=number)


def _links(marc: MarcRecord) -> Iterator[Link]:
    for field in marc.all("856"):
        if url := field.first("u"):
            kind = _KINDS.get((field.ind2, field.first("3")), "other")
            yield Link(url=url, kind=kind, media_type=field.first("q"))


def _texts(marc: MarcRecord, tag: str) -> Iterator[str]:
    """Yield the texts of the fields with that tag, those of one sequence joined."""
    sequence, text = "", ""
    for field in marc.all(tag):
        number = (field.first("8") or "").partition(".")[0]
        if text and not (number and number == sequence):
            yield text
            text = ""
        sequence, text = number, text + (field.first("a") or "")
    if text:
        yield text


def _languages(marc: MarcRecord) -> tuple[str, ...]:
    tagged = next((field for field in marc.all("041") if field.ind2 == "7"), None)
    if tagged is not None:
        return tagged.all("a")
    coded = marc.first("041")
    codes = coded.all("a") if coded else ((marc.control("008") or "")[35:38],)
    return tuple(tag for code in codes if code.isalpha() and (tag := language(code)))


def _licence(marc: MarcRecord) -> Licence | None:
    field = marc.first("540")
    return Licence(url=field.first("u"), label=field.first("a")) if field else None
