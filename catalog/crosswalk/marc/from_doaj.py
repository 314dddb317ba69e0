"""Dublin Core that was forced into a book-shaped MARC record, taken out again.

MarcEdit's OAIDCtoMARCXML.xsl, which many sites run on what they harvest by OAI-PMH, writes every oai_dc
record as a book. DOAJ's articles reach library catalogues that way. Its marks are 042 $a dc, LDR/17-18 `3u`
and 856 $z `Connect to this object online.`; field by field it can be undone, up to a few cut names.
The style sheet: https://github.com/ubleipzig/siskin (siskin/assets/OAIDCtoMARCXML.xsl, commit 86f52cfe).
"""

import re
from collections.abc import Iterator, Sequence

import msgspec

from catalog.crosswalk import doaj_dublin_core, plain_dublin_core
from catalog.crosswalk.elements import Element, Elements
from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.errors import RecordRejected
from catalog.normalize.subjects import lcc_pair
from catalog.record import Record

_ONLINE = "connect to this object online"
_TIMESTAMP = re.compile(r"^\d{4}-\d\d-\d\dT[\d:.]+Z\.?\s*$")
_DOAJ_NUMBER = re.compile(r"^(?:doaj_|oai:doaj\.org/article:)?([0-9a-f]{32})$")
_OTHER_SCHEME = re.compile(r"^[A-Z]{2,}:\S")
# What a 500 note holds when it was an identifier: one word, or a number with its label.
_IDENTIFIER = re.compile(r"^\S+$|^(?:e-?|p-?)?(?:issn|isbn|doi|hdl|urn|pmid)\b", re.IGNORECASE)
# Elements that one field each was made of, in the order a Dublin Core record has them.
_ELEMENTS = (
    ("title", ("245", "246"), "a"),
    ("description", ("520",), "a"),
    ("type", ("655",), "a"),
    ("language", ("546",), "a"),
    ("rights", ("540",), "au"),
    ("coverage", ("691",), "a"),
    ("contributor", ("720",), "a"),
    ("source", ("786",), "n"),
    ("relation", ("787",), "n"),
)


def is_from_doaj(marc: MarcRecord) -> bool:
    """Tell a record that the style sheet made, DOAJ's or another's, by the marks it leaves."""
    marks = [field for field in marc.fields if field.tag == "042"]
    if not any(field.text("a").strip().lower() == "dc" for field in marks):
        return False
    if marc.leader[17:19] == "3u":
        return True
    if any(_ONLINE in value.lower() for field in marc.all("856") for value in field.all("z")):
        return True
    return any(_TIMESTAMP.match(value) for field in marc.all("260") for value in field.all("c"))


def to_record(marc: MarcRecord) -> Record:
    """Undo the style sheet and read the Dublin Core it was given.

    Raises RecordRejected when there is none.
    """
    found = Elements(_elements(marc))
    if not found:
        raise RecordRejected("a MARC record made of an empty Dublin Core record")
    if doaj_dublin_core.is_from_doaj(found, ""):
        record = doaj_dublin_core.to_record(found)
    else:
        record = plain_dublin_core.to_record(found)
    caveats = (
        *marc.caveats,
        *record.caveats,
        "Dublin Core that a conversion had put into the fields of a book, read as Dublin Core",
        *_cut_names(marc),
    )
    return msgspec.structs.replace(record, caveats=caveats)


def _elements(marc: MarcRecord) -> Iterator[Element]:
    """Yield the elements of the oai_dc record that the MARC record was made of."""
    for name, value in _values(marc):
        yield Element(name, value)
    for value, is_class in _subjects(marc):
        yield Element("subject", value, scheme="LCC" if is_class else None)


def _values(marc: MarcRecord) -> Iterator[tuple[str, str]]:
    for name, tags, codes in _ELEMENTS:
        for field in marc.all(*tags):
            for value in field.all(codes):
                yield name, value.strip()
    for field in marc.all("100", "700", "110", "710"):
        if literal := _creator(field):
            yield "creator", literal
    for field in marc.all("260"):
        for value in field.all("b"):
            # One mark was added: a comma before a date, a full stop before nothing.
            yield "publisher", value.strip().removesuffix("," if field.first("c") else ".").strip()
        for value in field.all("c"):
            yield "date", value.strip().removesuffix(".")
    yield from _identifiers(marc)


def _creator(field: MarcField) -> str:
    """Join what the style sheet split at a bracket: `J. P. ` and `(John)`."""
    return " ".join(" ".join(field.all("aq")).split())


def _identifiers(marc: MarcRecord) -> Iterator[tuple[str, str]]:
    """Yield the identifiers: all but the last became notes, the last the address."""
    for field in marc.all("500"):
        for value in field.all("a"):
            yield ("identifier" if _IDENTIFIER.match(value.strip()) else "coverage"), value.strip()
    addresses = [value.strip() for field in marc.all("856") for value in field.all("u")]
    for value in addresses:
        yield "identifier", value
    number = _DOAJ_NUMBER.match((marc.control("001") or "").strip())
    if number and not any(number[1] in value for value in addresses):
        # Before April 2015 the last identifier was an address of DOAJ's search page.
        yield "identifier", f"https://doaj.org/article/{number[1]}"


def _subjects(marc: MarcRecord) -> list[tuple[str, bool]]:
    """Return the subjects, the classes among them marked.

    DOAJ lists keywords, then a caption and its code for each class: pairs are taken from the end as long as
    the class table confirms them, so that a keyword `Psychology` before them stays one.
    """
    values = [value.strip() for field in marc.all("690", "653") for value in field.all("a")]
    marked = [False] * len(values)
    at = len(values) - 1
    while at >= 0:
        if _OTHER_SCHEME.match(values[at]):
            at -= 1
        elif at and lcc_pair(values[at - 1], values[at]):
            marked[at - 1] = marked[at] = True
            at -= 2
        else:
            break
    return list(zip(values, marked, strict=True))


def _cut_names(marc: MarcRecord) -> Sequence[str]:
    """Return a caveat for each name that may have been cut: at a second hyphen, at digits, after brackets."""
    found = []
    for field in marc.all("100", "700"):
        name = _creator(field)
        at_hyphen = name.endswith("-") or ("-" in name and " " not in name)
        if name and (at_hyphen or field.first("d") or field.first("q")):
            found.append(f"the conversion may have cut this name short: {name}")
    return found
