"""What the catalogue hands out."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from catalog.record import RawRecord, Record, Remark

Ending = Literal["complete", "incomplete", "interrupted", "failed"]
Status = Literal["running", "complete", "incomplete", "interrupted", "failed"]
SearchForm = Literal["query", "question", "strategy"]
Outcome = Literal["new", "changed", "unchanged", "deleted", "rejected", "repeated", "outdated"]


class StoredRecord(NamedTuple):
    """A record and what is known of holding it; of a deleted one, what it last was.

    `sources`: names of those that hold it now, sorted. Times are ISO 8601, UTC.
    """

    key: str
    citation_key: str
    record: Record
    sources: tuple[str, ...]
    revision: int
    deleted: bool
    crosswalk: str
    added_at: str
    updated_at: str


class Change(NamedTuple):
    """A record as of its last change; `record` is None when it is gone."""

    key: str
    citation_key: str
    record: Record | None
    sources: tuple[str, ...]
    revision: int
    added_at: str


class Listed(NamedTuple):
    """A record in a list of changes.

    The sources of one that is gone are all that ever held it, and `past` is what it was before; of one that
    is there nobody asks.
    """

    stored: StoredRecord
    past: tuple[Record, ...] = ()


class StoredRaw(NamedTuple):
    """A raw record, byte for byte, and what became of it.

    `copy` is above 1 where a file gave several records one identifier. `shown`: the record is read from this
    one. `versions` counts the payloads received under its identifier, the present one included. `rejection`:
    why it cannot be read; or, where it can, why a version received later cannot.
    """

    id: int
    source: str
    raw: RawRecord
    copy: int
    digest: str
    crosswalk: str
    rejection: str | None
    first_harvest: int
    last_harvest: int
    shown: bool
    versions: int


class Revision(NamedTuple):
    """What a record was from `at` until the next revision; `harvest` brought the payload it was read from."""

    revision: int
    at: str
    record: Record
    deleted: bool
    crosswalk: str
    source: str
    harvest: int


class Rejected(NamedTuple):
    """A raw record that could not be read; its bytes are at hand by `Catalog.payload(raw_id)`.

    `ordinal` and `offset` count in `file`, which is the source's location where the reader named none.
    """

    raw_id: int
    source: str
    identifier: str
    format: str
    ordinal: int | None
    offset: int | None
    file: str
    reason: str
    size: int
    harvest: int


class Counts(NamedTuple):
    """How many raw records were received; each is counted once among the rest.

    `repeated`: the same again in one run. `outdated`: an older version than the one held.
    """

    received: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    deleted: int = 0
    rejected: int = 0
    repeated: int = 0
    outdated: int = 0


class Harvest(NamedTuple):
    """One run of one request of a source; see harvester.protocol for what goes into it.

    `checkpoint`: where to go on, until the run has ended. `watermark`: of a complete run, where the next one
    may begin. `announced`: records the source said it has. `seconds` at work, over all resumptions.
    """

    id: int
    source: str
    kind: str
    location: str
    request: Mapping[str, str]
    since: str | None
    until: str | None
    started_at: str
    finished_at: str | None
    status: Status
    message: str | None
    checkpoint: str | None
    watermark: str | None
    newest_datestamp: str | None
    announced: int | None
    server: str | None
    remarks: tuple[Remark, ...]
    requests: int
    retries: int
    seconds: float
    resumptions: int
    counts: Counts


class Rereading(NamedTuple):
    """How many raw records were read again, and how many of them still cannot be read."""

    reread: int = 0
    rejected: int = 0


class Statistics(NamedTuple):
    """What the catalogue holds; every count but the last four is of live records.

    `raws`, of which `deletions` say that a record is gone and `rejections` could not be read: from the others
    the records were made, from several where a record came in several formats or places.
    """

    records: int
    by_type: Mapping[str, int]
    by_source: Mapping[str, int]
    by_year: Mapping[int | None, int]
    by_language: Mapping[str, int]
    having: Mapping[str, int]
    deleted: int
    raws: int
    rejections: int
    deletions: int


class Search(NamedTuple):
    """A search kept under a name; `text` as typed, `runs` how often it ran, `last_run` the newest of them."""

    name: str
    form: SearchForm
    text: str
    dialect: str | None
    exact: bool
    saved_at: str
    runs: int
    last_run: int | None


class SearchLine(NamedTuple):
    """One line of a search as it ran: its hits, and those of each of its terms alone."""

    number: int
    text: str
    understood: str
    hits: int
    terms: tuple[tuple[str, int], ...]


class SearchRun(NamedTuple):
    """What a search was, and found, at a revision of the catalogue; its keys are kept beside it."""

    id: int
    search: str
    at: str
    revision: int
    program: str
    form: SearchForm
    text: str
    dialect: str | None
    exact: bool
    understood: str
    lines: tuple[SearchLine, ...]
    total: int


class Difference(NamedTuple):
    """The keys that a later run found and an earlier one did not, and the other way round."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
