-- One folder = one catalogue; this is its database. PRAGMA user_version numbers the schema.

CREATE TABLE source (                       -- where records come from
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE,          -- 'doaj', 'arxiv', 'loc-books': the first part of its records' keys
    kind     TEXT NOT NULL,                 -- 'file' | 'oai-pmh' | …
    location TEXT NOT NULL                  -- path or base URL, as last used
) STRICT;

CREATE TABLE harvest (                      -- one run of one source: provenance, checkpoint and report in one row
    id               INTEGER PRIMARY KEY,
    source_id        INTEGER NOT NULL REFERENCES source(id),
    started_at       TEXT NOT NULL,
    finished_at      TEXT,
    status           TEXT NOT NULL CHECK (status IN ('running', 'complete', 'interrupted', 'failed')),
    request          TEXT NOT NULL CHECK (json_valid(request)),
    resumption_token TEXT,                  -- the page to ask for next
    newest_datestamp TEXT,                  -- newest datestamp received: the next run's `from`
    received  INTEGER NOT NULL DEFAULT 0,   -- raw records; each counts once among the six that follow
    new       INTEGER NOT NULL DEFAULT 0,   -- not held before
    changed   INTEGER NOT NULL DEFAULT 0,   -- other bytes than those held
    unchanged INTEGER NOT NULL DEFAULT 0,   -- the bytes that are held
    deleted   INTEGER NOT NULL DEFAULT 0,   -- deletions that were news
    rejected  INTEGER NOT NULL DEFAULT 0,   -- could not be read, now or when they first came
    repeated  INTEGER NOT NULL DEFAULT 0,   -- the same again in one run, or older than what is held
    message          TEXT,
    CHECK (received = new + changed + unchanged + deleted + rejected + repeated)
) STRICT;
CREATE INDEX harvest_source ON harvest(source_id);

CREATE TABLE raw (                          -- one record of a source in one format, as it stands there now
    id               INTEGER PRIMARY KEY,
    source_id        INTEGER NOT NULL REFERENCES source(id),
    identifier       TEXT NOT NULL,         -- the source's own: OAI identifier, MARC 001
    format           TEXT NOT NULL,         -- a key of the crosswalk registry
    copy             INTEGER NOT NULL,      -- 1; 2, 3, … for other records a file gives the same identifier
    datestamp        TEXT,
    sets             TEXT NOT NULL CHECK (json_valid(sets)),
    deleted          INTEGER NOT NULL,
    fault            TEXT,                  -- why the reader gave it up
    rejection        TEXT,                  -- why it has no reading: the fault, or what the crosswalk said
    crosswalk        TEXT NOT NULL,         -- 'marc21@1': what tried to read it
    ordinal          INTEGER,               -- its place when last seen: counted from 1
    offset           INTEGER,               -- and in bytes from 0
    file             TEXT,                  -- of the file it stood in, where the source is a folder of them
    digest           BLOB NOT NULL,         -- of the payload held now; apart from it, so that a look is cheap
    payload_id       INTEGER NOT NULL,      -- the version held now; the later received, the higher
    first_harvest_id INTEGER NOT NULL REFERENCES harvest(id),
    last_harvest_id  INTEGER NOT NULL REFERENCES harvest(id),
    record_id        INTEGER REFERENCES record(id) DEFERRABLE INITIALLY DEFERRED,
    UNIQUE (source_id, identifier, format, copy)
) STRICT;
CREATE INDEX raw_record ON raw(record_id);
CREATE INDEX raw_rejection ON raw(source_id) WHERE rejection IS NOT NULL;

CREATE TABLE payload (                      -- every version of a raw record, byte for byte; never edited
    id         INTEGER PRIMARY KEY,
    raw_id     INTEGER NOT NULL REFERENCES raw(id),
    harvest_id INTEGER NOT NULL REFERENCES harvest(id),
    datestamp  TEXT,
    digest     BLOB NOT NULL,               -- sha256 of bytes and envelope
    envelope   BLOB,
    bytes      BLOB NOT NULL
) STRICT;
CREATE INDEX payload_raw ON payload(raw_id);

CREATE TABLE record (                       -- the normalised form, derived from payloads and rebuildable from them
    id           INTEGER PRIMARY KEY,
    key          TEXT NOT NULL UNIQUE,      -- public, stable: 'doaj/0000178c89214dc8b82df1a25c0c478e'
    citation_key TEXT UNIQUE COLLATE NOCASE,  -- given once; NULL only when it went to the successor
    revision     INTEGER NOT NULL UNIQUE,   -- change number: the index catches up from the last one it saw
    deleted      INTEGER NOT NULL,          -- tombstone, so that the index learns of it
    successor_id INTEGER REFERENCES record(id) DEFERRABLE INITIALLY DEFERRED,  -- where its last raw record went
    payload_id   INTEGER NOT NULL REFERENCES payload(id),  -- what the body was read from
    crosswalk    TEXT NOT NULL,             -- and by what: 'oai_doaj@3'
    added_at     TEXT NOT NULL,
    updated_at   TEXT NOT NULL,
    body         TEXT NOT NULL              -- catalog.record.Record as JSON
) STRICT;
-- Without it SQLite looks through the whole table for children of every record that is added.
CREATE INDEX record_successor ON record(successor_id) WHERE successor_id IS NOT NULL;

CREATE TABLE record_revision (              -- what a record was before: one row for each revision superseded
    revision   INTEGER PRIMARY KEY,
    record_id  INTEGER NOT NULL REFERENCES record(id),
    deleted    INTEGER NOT NULL,
    payload_id INTEGER NOT NULL REFERENCES payload(id),
    crosswalk  TEXT NOT NULL,
    at         TEXT NOT NULL,               -- when it became so
    body       TEXT NOT NULL
) STRICT;
CREATE INDEX record_revision_record ON record_revision(record_id);

CREATE TABLE identifier (                   -- identifiers of live records, in normal form, for look-up
    scheme    TEXT NOT NULL,
    value     TEXT NOT NULL,
    record_id INTEGER NOT NULL REFERENCES record(id),
    PRIMARY KEY (scheme, value, record_id)
) STRICT, WITHOUT ROWID;
