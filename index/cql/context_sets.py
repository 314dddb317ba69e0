"""The context sets we know, and what their indexes are here.

Sources: https://www.loc.gov/standards/sru/cql/contextSets/ (cql, dc, rec, bib), the Bath profile
(https://www.loc.gov/standards/sru/resources/bath-profile.html, http://zing.z3950.org/srw/bath/2.0/).
"""

from collections.abc import Mapping
from typing import NamedTuple

from index.fields import DEFAULT_FIELDS, FIELDS, GROUPS

Target = tuple[str, ...]
"""The fields that an index looks in; none for one that is no field."""

ALL_RECORDS: Target = ("*",)
RESULT_SET: Target = ()

_ALL_TEXT = tuple(field.name for field in FIELDS.values() if field.kind == "text")
_SUBJECTS = ("subject", "keyword")


class ContextSet(NamedTuple):
    """A set: its short name, its address with others that stand for it, and its indexes."""

    name: str
    uri: str
    title: str
    indexes: Mapping[str, Target]
    others: tuple[str, ...] = ()


_SETS = (
    ContextSet(
        "cql",
        "info:srw/cql-context-set/1/cql-v1.2",
        "what every server knows",
        {
            "serverChoice": DEFAULT_FIELDS,
            "anyIndexes": DEFAULT_FIELDS,
            "keywords": DEFAULT_FIELDS,
            "anywhere": _ALL_TEXT,
            "allIndexes": _ALL_TEXT,
            "allRecords": ALL_RECORDS,
            "resultSetId": RESULT_SET,
        },
        (
            "info:srw/cql-context-set/1/cql-v1.1",
            "http://www.loc.gov/zing/cql/context-sets/cql/v1.1/",
            "http://www.loc.gov/zing/cql/srw-indexes/v1.0/",
        ),
    ),
    ContextSet(
        "dc",
        "info:srw/cql-context-set/1/dc-v1.1",
        "Dublin Core",
        {
            "title": ("title",),
            "creator": ("author",),
            "author": ("author",),  # not of the set; YAZ and its clients know it
            "contributor": ("author",),
            "subject": _SUBJECTS,
            "description": ("abstract", "note"),
            "publisher": ("publisher",),
            "date": ("year",),
            "type": ("type",),
            "format": ("type",),  # "Format/Type of Material" in the Bath profile
            "identifier": ("id",),
            "source": ("journal",),
            "relation": ("journal",),
            "language": ("language",),
            "coverage": ("subject",),
        },
        (
            "info:srw/context-sets/1/dc-v1.1",
            "http://www.loc.gov/zing/cql/dc-indexes/v1.0/",
            "http://purl.org/dc/elements/1.1/",
        ),
    ),
    ContextSet(
        "bath",
        "http://zing.z3950.org/cql/bath/2.0/",
        "Bath profile",
        {
            "any": _ALL_TEXT,
            "title": ("title",),
            "keyTitle": ("journal",),
            "uniformTitle": ("title",),
            "author": ("author",),
            "name": ("author",),
            "personalName": ("author",),
            "corporateName": ("author",),
            "conferenceName": ("author",),
            "subject": _SUBJECTS,
            "topicalSubject": _SUBJECTS,
            "geographicName": ("subject",),
            "genreForm": ("subject",),
            "isbn": ("isbn",),
            "issn": ("issn",),
            "lccn": ("id",),
            "standardIdentifier": ("id",),
            "remoteSystemRecordNumber": ("id",),
            "publisher": ("publisher",),
            "date": ("year",),
            "year": ("year",),
            "language": ("language",),
            "notes": ("note",),
            "possessingInstitution": ("source",),
        },
    ),
    ContextSet(
        "rec",
        "info:srw/cql-context-set/2/rec-1.1",
        "the record itself",
        {"id": ("id",), "identifier": ("id",), "collectionName": ("source",)},
        ("info:srw/cql-context-set/2/rec-1.0",),
    ),
    ContextSet(
        "bib",
        "info:srw/cql-context-set/1/bib-v1",
        "bibliographic",
        {
            "titleUniform": ("title",),
            "titleAlternative": ("title",),
            "titleTranslated": ("title",),
            "titleSeries": ("journal",),
            "name": ("author",),
            "namePersonal": ("author",),
            "nameCorporate": ("author",),
            "nameConference": ("author",),
            "subjectPlace": ("subject",),
            "subjectTitle": ("subject",),
            "subjectName": ("subject",),
            "genre": ("subject",),
            "dateIssued": ("year",),
            "resourceType": ("type",),
        },
        ("info:srw/cql-context-set/1/bib-v1/", "info:srw/cql-context-set/1/bib-v1.0"),
    ),
    ContextSet(
        "peerlit",
        "urn:x-peerlit:cql-context-set:1",
        "the fields of peerlit",
        {name: (name,) for name in FIELDS} | GROUPS,
    ),
)

SETS = {known.name: known for known in _SETS}
"""Every set by its short name."""

_BY_PREFIX = SETS | {"srw": SETS["cql"]}  # as the set was called in CQL 1.0
_BY_URI = {uri.lower().rstrip("/"): known for known in _SETS for uri in (known.uri, *known.others)}
_TARGETS = {known.name: {name.lower(): target for name, target in known.indexes.items()} for known in _SETS}
# A name without a prefix is ours to choose: first what it is called here, then what most others mean by it.
_WITHOUT_PREFIX = tuple(map(SETS.get, ("peerlit", "dc", "cql", "bath", "rec")))


def context_set(prefix: str, prefixes: Mapping[str, str]) -> ContextSet | None:
    """Return the set that a prefix stands for, given those the query assigns addresses to (in small letters).

    An empty prefix stands for one only where the query says so. None when it is not known.
    """
    uri = prefixes.get(prefix.lower())
    return _BY_PREFIX.get(prefix.lower()) if uri is None else _BY_URI.get(uri.lower().rstrip("/"))


def target(name: str, known: ContextSet) -> Target | None:
    """Return what an index of a set looks in; None when the set has no such index."""
    return _TARGETS[known.name].get(name.lower())


def chosen(name: str) -> Target | None:
    """Return what an index named without its set looks in."""
    found = (target(name, known) for known in _WITHOUT_PREFIX if known)
    return next((each for each in found if each is not None), None)
