"""What the API answers, as types: answers are encoded from them, and their description is made of them."""

from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct

from catalog.record import Record
from catalog.store import StoredRecord
from web.pages.rendering import record_path

Time = Annotated[str, Meta(extra_json_schema={"format": "date-time"})]
Address = Annotated[str, Meta(extra_json_schema={"format": "uri"})]
Count = Annotated[int, Meta(ge=0)]
Column = str | int | list[str] | None


class Mark(Struct, frozen=True):
    """Where a word that was found stands: from its first character, counted from 0, to that behind its last.

    Characters are Unicode code points.
    """

    start: Count
    end: Count


class SnippetItem(Struct, frozen=True):
    """A part of a record in which words of the query were found, and where in `text` these stand."""

    field: str
    text: str
    marks: tuple[Mark, ...]


class Item(Struct, frozen=True, omit_defaults=True):
    """One record of the catalogue, and what is known of holding it.

    `record` is there unless columns were asked for, which are then in `fields`. `score` is the relevance,
    where hits are ordered by it.
    """

    key: str
    citation_key: str
    url: Address
    sources: tuple[str, ...]
    revision: Count
    added_at: Time
    updated_at: Time
    record: Record | None = None
    fields: dict[str, Column] | None = None
    score: float | None = None
    snippets: tuple[SnippetItem, ...] | None = None


class FacetCount(Struct, frozen=True):
    """A value of a facet, how many of all hits have it, and the address of those."""

    value: str
    count: Count
    url: Address


class Links(Struct, frozen=True, omit_defaults=True):
    """Where this page of a list is, those beside it, and the page for readers."""

    self: Address
    first: Address
    html: Address
    previous: Address | None = None
    next: Address | None = None


class SearchAnswer(Struct, frozen=True):
    """A page of hits; `total` and the facets are of all of them.

    `query` is the query as it was understood, everything that narrows it down included, in peerlit's own
    syntax; `notes` say what should be known of it.
    """

    total: Count
    query: str
    notes: tuple[str, ...]
    page: Count
    size: Count
    items: tuple[Item, ...]
    facets: dict[str, tuple[FacetCount, ...]]
    links: Links


class FacetAnswer(Struct, frozen=True):
    """Values of one facet among all hits.

    `total` counts the values that are asked for; it is null where there are more than had to be looked at.
    """

    facet: str
    hits: Count
    query: str
    values: tuple[FacetCount, ...]
    links: Links
    total: Count | None


class SubjectNode(Struct, frozen=True, omit_defaults=True):
    """A subject: its whole path as the subject facet has it, and how many records stand under it."""

    caption: str
    value: str
    url: Address
    count: Count | None = None
    narrower: tuple["SubjectNode", ...] = ()


class SubjectsAnswer(Struct, frozen=True):
    """The tree of the subjects of all hits."""

    hits: Count
    query: str
    subjects: tuple[SubjectNode, ...]


class FormatItem(Struct, frozen=True):
    """A format that records, or all hits of a search, can be had in."""

    name: str
    label: str
    suffix: str
    media_type: str
    of_hits: bool
    options: tuple[str, ...]


class FormatsAnswer(Struct, frozen=True):
    """Every format."""

    formats: tuple[FormatItem, ...]


class SourceItem(Struct, frozen=True, omit_defaults=True):
    """A source of records: how many it holds now, and its last harvest."""

    name: str
    records: Count
    url: Address
    kind: str | None = None
    status: str | None = None
    started_at: Time | None = None
    finished_at: Time | None = None


class SourcesAnswer(Struct, frozen=True):
    """Every source."""

    sources: tuple[SourceItem, ...]


class SavedSearch(Struct, frozen=True, omit_defaults=True):
    """A search kept under a name; `total` is what its last run found, at `ran_at`."""

    name: str
    form: str
    text: str
    exact: bool
    saved_at: Time
    dialect: str | None = None
    ran_at: Time | None = None
    total: Count | None = None
    url: Address | None = None


class SearchesAnswer(Struct, frozen=True):
    """Every saved search."""

    searches: tuple[SavedSearch, ...]


class Problem(Struct, frozen=True, omit_defaults=True):
    """What is wrong with a request (RFC 9457).

    `hint` says what to do. `query` and `position`, counted in characters from 0, tell where a query that
    cannot be run as written went wrong.
    """

    title: str
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: str
    hint: str | None = None
    query: str | None = None
    position: Count | None = None


PROBLEM: Final = "application/problem+json"
JSON: Final = "application/json"

ANSWERS: Final = (
    Item,
    SearchAnswer,
    FacetAnswer,
    SubjectsAnswer,
    FormatsAnswer,
    SourcesAnswer,
    SearchesAnswer,
    Problem,
)

_encoder: Final = msgspec.json.Encoder()


def encoded(answer: Struct) -> bytes:
    """Return an answer as JSON."""
    return _encoder.encode(answer)


def item_of(stored: StoredRecord, base: str, **more: Any) -> Item:  # noqa: ANN401 - fields of Item
    """Return a record as the API shows it; `more` are its optional fields, the record itself if none are."""
    return Item(
        key=stored.key,
        citation_key=stored.citation_key,
        url=f"{base}{record_path(stored.key)}",
        sources=stored.sources,
        revision=stored.revision,
        added_at=stored.added_at,
        updated_at=stored.updated_at,
        **(more if "fields" in more else {"record": stored.record, **more}),
    )
