"""The normalised record, its parts, and the raw record it is made from.

Field names follow CSL-JSON where it has a word. Lists are tuples, unknown is None, there are no empty
strings. Facts about *holding* a record (source, datestamp, citation key, revision) live in rows of the
store, never here.
"""

from typing import Literal, NamedTuple

import msgspec

RecordType = Literal[
    "article-journal",
    "article",
    "book",
    "chapter",
    "conference-paper",
    "dataset",
    "map",
    "motion-picture",
    "musical-score",
    "periodical",
    "report",
    "review",
    "software",
    "song",
    "thesis",
    "webpage",
    "document",
]
"""CSL types; `document` is what a source left open."""

ContributorKind = Literal["person", "organization", "meeting"]
TitleKind = Literal["alternative", "parallel", "uniform", "vernacular", "former", "original"]
LinkKind = Literal["fulltext", "record", "related", "other"]
IssnMedium = Literal["print", "electronic"]


class PartialDate(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A date with the precision its source really gave.

    `literal` keeps the source's words (`[2001?]`, `c1998`, `19uu`). `month_doubtful` marks a month that
    may be padding: DOAJ's feed writes 1 January for "some time in that year".
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    end_year: int | None = None
    circa: bool = False
    month_doubtful: bool = False
    literal: str | None = None


class Contributor(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person or body and what it did.

    `literal` is the printed form; `family`, `given` and `suffix` only where the source separated them.
    `role` is a CSL role (`author`, `editor`, `translator`, …) or the MARC relator term where CSL has none.
    """

    literal: str
    kind: ContributorKind = "person"
    family: str | None = None
    given: str | None = None
    suffix: str | None = None
    role: str = "author"
    orcid: str | None = None
    affiliations: tuple[str, ...] = ()
    vernacular: str | None = None  # the name in its own script (MARC 880)


class Title(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A further title: parallel, uniform, former, or the same title in its own script."""

    text: str
    kind: TitleKind = "alternative"
    language: str | None = None


class Identifier(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An identifier in its normal form; `scheme` is lower-case: doi, isbn, issn, pmid, doaj, lccn, …."""

    scheme: str
    value: str


class Issn(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A journal's ISSN, `1234-567X`, with the medium where the source told it."""

    value: str
    medium: IssnMedium | None = None


class Container(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The journal or book the resource is part of, and where in it.

    `languages` are those the *journal* declares; an article's own are in `Record.languages`.
    """

    title: str | None = None
    issns: tuple[Issn, ...] = ()
    isbns: tuple[str, ...] = ()
    volume: str | None = None
    issue: str | None = None
    first_page: str | None = None
    last_page: str | None = None
    article_number: str | None = None
    languages: tuple[str, ...] = ()


class Series(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A monographic series and the number within it."""

    title: str
    volume: str | None = None
    issn: str | None = None


class Link(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A web address: of the full text, of the source's own page about it (`record`), or related."""

    url: str
    kind: LinkKind = "other"
    media_type: str | None = None


class Subject(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A controlled heading or class: `scheme` is lcc, ddc, lcsh, mesh, …; `path` runs from the root to it."""

    term: str | None = None
    scheme: str | None = None
    code: str | None = None
    path: tuple[str, ...] = ()


class Licence(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The terms of use: an address, a label, or both."""

    url: str | None = None
    label: str | None = None


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What we know of one resource, in one shape whatever it came from.

    `contributors` are in the source's order. `keywords` are free, `subjects` controlled. `caveats` say
    what was odd in the source and how it was read, for the staff view.
    """

    type: RecordType = "document"
    title: str | None = None
    other_titles: tuple[Title, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    issued: PartialDate | None = None
    container: Container | None = None
    series: tuple[Series, ...] = ()
    publisher: str | None = None
    place: str | None = None
    edition: str | None = None
    extent: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    links: tuple[Link, ...] = ()
    abstract: str | None = None
    languages: tuple[str, ...] = ()  # BCP 47
    keywords: tuple[str, ...] = ()
    subjects: tuple[Subject, ...] = ()
    genres: tuple[str, ...] = ()
    licence: Licence | None = None
    notes: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()

    def identifier(self, scheme: str) -> str | None:
        """Return the first identifier of that scheme."""
        return next((i.value for i in self.identifiers if i.scheme == scheme), None)


class Place(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where in a source a raw record stood: its ordinal from 1 and its byte offset from 0.

    `file` names the one of several, a folder's, that they count in; None where the source is one file.
    """

    ordinal: int
    offset: int | None = None
    file: str | None = None


class RawRecord(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One record as the source sent it, byte for byte.

    `identifier` is the source's own (OAI identifier, MARC 001), or `sha256:<16 hex digits of the payload>`
    where it gave none. `format` is a key of the crosswalk registry, or a reader's best name for what it
    could not place. A slice of an XML document needs the declarations around it to be read again: they
    are in `envelope`, an XML opening such that envelope + payload + `</envelope>` is well-formed. `fault`
    says why the reader already gave the record up: then no crosswalk is tried.
    """

    identifier: str
    format: str
    payload: bytes
    envelope: bytes | None = None
    datestamp: str | None = None
    sets: tuple[str, ...] = ()
    deleted: bool = False
    place: Place | None = None
    fault: str | None = None


class Remark(NamedTuple):
    """What the report of a harvest must tell beside its figures.

    `note`: worth knowing, nothing is missing. `short`: the source sent `missing` records fewer than it
    announced, though it ended its list as the protocol says. `gap`: records that are known to be there were
    not received (`missing` of them; 0 when nobody can tell how many). After a short list or a gap a run is
    not complete.
    """

    kind: Literal["note", "short", "gap"]
    text: str
    missing: int = 0


class Rejection(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a raw record could not be read."""

    reason: str


_TO_JSON = msgspec.json.Encoder()
_FROM_JSON = msgspec.json.Decoder(Record)


def to_json(record: Record) -> bytes:
    """Encode a record as compact UTF-8 JSON, defaults left out."""
    return _TO_JSON.encode(record)


def from_json(body: bytes | str) -> Record:
    """Decode and validate a record.

    Raises msgspec.ValidationError when the JSON does not have the record's shape.
    """
    return _FROM_JSON.decode(body)
