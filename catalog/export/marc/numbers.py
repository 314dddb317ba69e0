"""Identifiers, languages, dates and classes: 01x to 08x."""

from collections.abc import Iterator

from catalog.crosswalk.marc.fields import MarcField
from catalog.crosswalk.marc.from_peerlit.profile import AGENCY, CATALOGUES, CLASSES, IDENTIFIERS
from catalog.export.library_types import is_serial
from catalog.export.marc.parts import data
from catalog.normalize.languages import bibliographic, language
from catalog.record import Identifier, Record, Subject


def identifier_fields(record: Record) -> Iterator[MarcField]:
    """Yield the identifiers in their order: MARC asks for ascending tags only hundred by hundred."""
    yield from _serial(record)
    lccns = 0
    for identifier in record.identifiers:
        if identifier.scheme == "lccn" and not lccns and (structured := _lccn(identifier.value)):
            lccns += 1
            yield data("010", "  ", ("a", structured))
        else:
            yield _identifier(identifier)


def _serial(record: Record) -> Iterator[MarcField]:
    """Yield 022 of a serial whose ISSNs its record holds by medium (776): the online one is the resource."""
    if is_serial(record) and record.container:
        issns = record.container.issns
        own = next((issn for issn in issns if issn.medium == "electronic"), issns[0])
        yield data("022", "  ", ("a", own.value))


def _identifier(identifier: Identifier) -> MarcField:
    scheme, value = identifier.scheme, identifier.value
    if scheme in IDENTIFIERS:
        tag, *indicators = IDENTIFIERS[scheme]
        return data(tag, "".join(indicators), ("a", value))
    if scheme == "issn-l":
        return data("022", "  ", ("l", value))
    if scheme in CATALOGUES:
        return data("035", "  ", ("a", f"({CATALOGUES[scheme]}){value}"))
    organisation = scheme.removeprefix("system:")
    if organisation != scheme and not set("()") & set(organisation) and organisation:
        return data("035", "  ", ("a", f"({organisation}){value}"))
    if scheme == "control" and not value.startswith("("):
        return data("035", "  ", ("a", value))
    return data("024", "7 ", ("a", value), ("2", "hdl" if scheme == "handle" else scheme))


def _lccn(value: str) -> str | None:
    """Return an LCCN in the twelve places of 010 $a: https://www.loc.gov/marc/lccn.html."""
    digits = value.lstrip("abcdefghijklmnopqrstuvwxyz")
    prefix = value.removesuffix(digits)
    if not (digits.isascii() and digits.isdecimal()):
        return None
    if len(digits) == 8 and len(prefix) <= 3:
        return f"{prefix:3}{digits} "
    return f"{prefix:2}{digits}" if len(digits) == 10 and len(prefix) <= 2 else None


def agency() -> MarcField:
    """Return 040: who made the record, and that its notes are English."""
    return data("040", "  ", ("a", AGENCY), ("b", "eng"), ("c", AGENCY))


def language_fields(record: Record) -> Iterator[MarcField]:
    """Yield 041: MARC codes where there are several, tags where a code says less than is known."""
    codes = [bibliographic(tag) for tag in record.languages]
    known = list(dict.fromkeys(filter(None, codes)))
    if len(known) > 1:
        yield data("041", "  ", *(("a", code) for code in known))
    if tuple(map(language, known)) != record.languages:
        yield data("041", " 7", *(("a", tag) for tag in record.languages), ("2", "rfc5646"))


def class_fields(record: Record) -> Iterator[MarcField]:
    """Yield the classes of shelf and bibliography; those with a caption are headings as well."""
    for subject in record.subjects:
        if subject.code and (subject.term is None or subject.scheme == "lcc"):
            yield _class(subject, subject.code)


def _class(subject: Subject, code: str) -> MarcField:
    if subject.scheme in CLASSES:
        tag, *indicators = CLASSES[subject.scheme]
        return data(tag, "".join(indicators), ("a", code))
    return data("084", "  ", ("a", code), ("2", subject.scheme))
