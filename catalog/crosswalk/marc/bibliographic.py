"""MARC 21 bibliographic to Record: which reader fills which field.

Fields and codes: https://www.loc.gov/marc/bibliographic/. What is done with them stands in the readers.
"""

from collections.abc import Iterator

from catalog.crosswalk.marc import unimarc
from catalog.crosswalk.marc.contributors import contributors
from catalog.crosswalk.marc.fields import MarcRecord
from catalog.crosswalk.marc.grouping import Grouped, grouped
from catalog.crosswalk.marc.host import Host, host, series
from catalog.crosswalk.marc.identifiers import numbers
from catalog.crosswalk.marc.imprint import edition, extent, imprint, lent, spelt_out
from catalog.crosswalk.marc.kinds import kind
from catalog.crosswalk.marc.links import links
from catalog.crosswalk.marc.notes import abstract, languages, licence, notes
from catalog.crosswalk.marc.responsibility import responsibility
from catalog.crosswalk.marc.subjects import topics
from catalog.crosswalk.marc.theses import Thesis, thesis
from catalog.crosswalk.marc.titles import titles
from catalog.errors import RecordRejected
from catalog.normalize.names import contributor
from catalog.record import Contributor, Identifier, Record

# LDR/06 of the other MARC 21 formats: https://www.loc.gov/marc/uma/pt1to7.html
_OTHER_FORMATS = {
    "q": "community information",
    "u": "holdings",
    "v": "holdings",
    "w": "classification",
    "x": "holdings",
    "y": "holdings",
    "z": "authority",
}


def to_record(marc: MarcRecord) -> Record:
    """Read a bibliographic record.

    Raises RecordRejected for authority, holdings, classification and community information records, and
    for one with neither title nor name nor identifier.
    """
    other = _OTHER_FORMATS.get(marc.leader[6:7])
    if other is not None:
        raise RecordRejected(f"a MARC {other} record, not a bibliographic one")
    group = grouped(marc)
    if unimarc.is_unimarc(group):
        return unimarc.to_record(marc, group)
    named = titles(group)
    names = contributors(group)
    found = numbers(group)
    if named.main is None and not names and not any(map(_tells, found.identifiers)):
        raise RecordRejected("a MARC record without title, name or identifier")
    whole = host(group)
    made = imprint(group)
    if whole is not None:
        made = lent(made, whole.imprint, whole.place_in.issued)
    record_kind = kind(group, whole.container if whole else None)
    degree = thesis(group, names) if record_kind == "thesis" else Thesis()
    about = topics(group)
    caveats = (*marc.caveats, *named.caveats, *made.caveats, *found.caveats, *_caveats(group, names))
    return Record(
        type=record_kind,
        title=named.main,
        other_titles=named.others,
        contributors=_with_host_author(names, whole, record_kind),
        issued=made.issued or degree.issued,
        container=whole.container if whole else None,
        series=series(group),
        publisher=spelt_out(made.publisher, names) or degree.institution,
        place=made.place,
        edition=edition(group),
        extent=extent(group),
        identifiers=found.identifiers,
        links=links(group),
        abstract=abstract(group),
        languages=languages(group),
        keywords=about.keywords,
        subjects=about.subjects,
        genres=(*about.genres, degree.degree) if degree.degree else about.genres,
        licence=licence(group),
        notes=(*notes(group, names), *about.remarks),
        caveats=tuple(dict.fromkeys(caveats)) if caveats else (),
    )


def _with_host_author(
    names: tuple[Contributor, ...], whole: Host | None, made_kind: str
) -> tuple[Contributor, ...]:
    """Add the author of the book a chapter is in, unless the chapter has the same author."""
    if whole is None or not whole.author or made_kind != "chapter":
        return names
    made = contributor(whole.author, role="container-author", inverted="," in whole.author)
    if made is None or any(made.literal == name.literal for name in names):
        return names
    return (*names, made)


def _tells(identifier: Identifier) -> bool:
    """Tell whether an identifier means something outside the catalogue it comes from."""
    return identifier.scheme != "control" and not identifier.scheme.startswith("system:")


def _caveats(group: Grouped, names: tuple[Contributor, ...]) -> Iterator[str]:
    if group.leader[5:6] == "d":
        yield "the source marks the record as deleted"
    if not names and responsibility(group):
        yield "no name headings: the statement of responsibility is kept as a note"
