"""UNIMARC, the MARC of French, Italian, Portuguese and Slavic libraries, as far as a citation needs it.

Fields: https://www.ifla.org/g/unimarc-rg/unimarc-bibliographic/. Recognised because files do not say so.
"""

import re
from collections.abc import Iterator

from catalog.crosswalk.marc.fields import MarcField, MarcRecord
from catalog.crosswalk.marc.grouping import Grouped
from catalog.crosswalk.marc.links import address
from catalog.crosswalk.marc.values import bare, text, unbracketed
from catalog.errors import RecordRejected
from catalog.normalize.dates import partial_date
from catalog.normalize.identifiers import isbn, issn
from catalog.normalize.languages import language
from catalog.normalize.names import merge_repeated, organization, person
from catalog.normalize.subjects import keywords
from catalog.record import (
    Container,
    Contributor,
    Identifier,
    Issn,
    Link,
    PartialDate,
    Record,
    RecordType,
    Series,
    Subject,
    Title,
    TitleKind,
)

_GENERAL_DATA = re.compile(r"^\d{8}[a-z ]")
# Appendix C of the manual, the relator codes that a citation asks for.
_ROLES = {
    "070": "author",
    "080": "writer of introduction",
    "100": "original-author",
    "180": "cartographer",
    "220": "compiler",
    "230": "composer",
    "295": "degree granting institution",
    "340": "editor",
    "440": "illustrator",
    "600": "photographer",
    "651": "editorial-director",
    "710": "editor",
    "727": "thesis advisor",
    "730": "translator",
}
_OTHER_TITLES: dict[str, TitleKind] = {
    "500": "uniform",
    "510": "parallel",
    "512": "alternative",
    "517": "alternative",
    "520": "former",
}
_TYPES: dict[str, RecordType] = {
    "c": "musical-score",
    "d": "musical-score",
    "e": "map",
    "f": "map",
    "g": "motion-picture",
    "i": "song",
    "j": "song",
    "l": "software",
}


def is_unimarc(group: Grouped) -> bool:
    """Tell UNIMARC by its title field, 200, and its general processing data: 100 $a begins with a date."""
    if "245" in group.fields or "200" not in group.fields:
        return False
    general = group.first("100")
    return general is None or _GENERAL_DATA.match(general.first("a") or "") is not None


def to_record(marc: MarcRecord, group: Grouped) -> Record:
    """Read a UNIMARC bibliographic record; raises RecordRejected when it has no title."""
    field = group.first("200")
    title = _title(field) if field is not None else None
    if title is None or field is None:
        raise RecordRejected("a UNIMARC record without a title")
    published = group.first("214") or group.first("210") or MarcField("210")
    topics = tuple(
        made
        for tag in ("600", "601", "602", "606", "607", "608")
        for f in group.all(tag)
        if (made := _topic(f))
    )
    container = _container(group)
    return Record(
        type=_kind(group, container),
        title=title,
        other_titles=tuple(_other_titles(group, field)),
        contributors=merge_repeated(_contributors(group)),
        issued=_issued(group, published),
        container=container,
        series=tuple(_series(group)),
        publisher=_unbracketed(published, "c"),
        place=_unbracketed(published, "a"),
        edition=_first(group, "205"),
        extent=_first(group, "215"),
        identifiers=tuple(dict.fromkeys(_identifiers(group))),
        links=tuple(
            dict.fromkeys(Link(url=url) for f in group.all("856") for v in f.all("u") if (url := address(v)))
        ),
        abstract=_first(group, "330"),
        languages=tuple(dict.fromkeys(c for f in group.all("101") for v in f.all("a") if (c := language(v)))),
        keywords=keywords([value for f in group.all("610") for value in f.all("a")]),
        subjects=topics,
        notes=tuple(
            line
            for tag in ("300", "320", "327", "328")
            for f in group.all(tag)
            if (line := text(f.text("abcde")))
        ),
        caveats=(*marc.caveats, "read as UNIMARC"),
    )


def _title(field: MarcField) -> str | None:
    made = ""
    for code, value in field.subfields:
        part = bare(value) if code in "aehi" else None
        if part:
            made = f"{made}{': ' if code == 'e' else '. '}{part}" if made else part
    return made or None


def _other_titles(group: Grouped, main: MarcField) -> Iterator[Title]:
    for value in main.all("d"):
        if found := bare(value.lstrip("= ")):
            yield Title(text=found, kind="parallel")
    for tag, kind in _OTHER_TITLES.items():
        for field in group.all(tag):
            if found := _title(field):
                yield Title(text=found, kind=kind)


def _contributors(group: Grouped) -> Iterator[Contributor]:
    for tag in ("700", "701", "702", "710", "711", "712"):
        for field in group.all(tag):
            codes = [_ROLES[code] for value in field.all("4") if (code := value.strip()[:3]) in _ROLES]
            for role in codes or ["contributor" if tag[2] == "2" else "author"]:
                if made := _name(field, role):
                    yield made


def _name(field: MarcField, role: str) -> Contributor | None:
    family, given = bare(field.first("a") or ""), bare(field.first("b") or "")
    if family is None:
        return None
    if field.tag[1] == "1":
        return organization(f"{family}. {given}" if given else family, role=role)
    return person(f"{family}, {given}" if given else family, role=role, inverted=bool(given))


def _issued(group: Grouped, published: MarcField) -> PartialDate | None:
    written = text(published.first("d") or "")
    general = group.first("100")
    coded = (general.first("a") or "")[9:13] if general is not None else ""
    return partial_date(written) or partial_date(coded)


def _unbracketed(field: MarcField, code: str) -> str | None:
    value = unbracketed(bare(field.first(code) or "") or "")
    return None if value.lower().replace(" ", "") in ("", "s.l.", "s.n.", "s.l", "s.n") else value


def _container(group: Grouped) -> Container | None:
    for tag in ("461", "463", "464"):
        for field in group.all(tag):
            title = bare(field.first("t") or "")
            issns = tuple(Issn(value=found) for value in field.all("x") if (found := issn(value)))
            isbns = tuple(found for value in field.all("y") if (found := isbn(value)))
            if title or issns or isbns:
                return Container(title=title, issns=issns, isbns=isbns, volume=bare(field.first("v") or ""))
    return None


def _series(group: Grouped) -> Iterator[Series]:
    for tag in ("225", "410"):
        fields = group.all(tag)
        for field in fields:
            if title := bare(field.first("a") or field.first("t") or ""):
                yield Series(title=title, volume=bare(field.first("v") or ""), issn=issn(field.first("x")))
        if fields:
            return


def _identifiers(group: Grouped) -> Iterator[Identifier]:
    for tag, scheme, normal in (("010", "isbn", isbn), ("011", "issn", issn)):
        for field in group.all(tag):
            for value in field.all("a"):
                if number := normal(value):
                    yield Identifier(scheme=scheme, value=number)
    if control := group.control("001").strip():
        yield Identifier(scheme="control", value=control)


def _topic(field: MarcField) -> Subject | None:
    parts = [part for value in field.all("abxyz") if (part := bare(value))]
    scheme = (field.first("2") or "").strip().lower() or None
    return Subject(term=" -- ".join(parts), scheme=scheme) if parts else None


def _kind(group: Grouped, container: Container | None) -> RecordType:
    type_of_record, level = group.leader[6:7], group.leader[7:8]
    if type_of_record in _TYPES:
        return _TYPES[type_of_record]
    if level == "s":
        return "periodical"
    if "328" in group.fields:
        return "thesis"
    if level == "a":
        return "article-journal" if container is not None and container.issns else "chapter"
    return "book"


def _first(group: Grouped, tag: str) -> str | None:
    field = group.first(tag)
    return text(field.first("a") or "") if field is not None else None
