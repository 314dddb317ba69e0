-- A harvest goes on from a checkpoint and begins at a watermark; its row is its report. Other tables refer to
-- it, so it is made anew in the steps of https://sqlite.org/lang_altertable.html#otheralter.

CREATE TABLE new_harvest (                  -- one run of one request: provenance, checkpoint and report in one row
    id               INTEGER PRIMARY KEY,
    source_id        INTEGER NOT NULL REFERENCES source(id),
    kind             TEXT NOT NULL,         -- 'file' | 'oai-pmh' | 'doaj-feed' | …: one source may come several ways
    location         TEXT NOT NULL,         -- path or base URL
    request          TEXT NOT NULL CHECK (json_valid(request)),  -- keys sorted: equal requests are equal texts
    since            TEXT,                  -- the dates asked for, inclusive
    until            TEXT,
    started_at       TEXT NOT NULL,
    finished_at      TEXT,
    status           TEXT NOT NULL CHECK (status IN ('running', 'complete', 'incomplete', 'interrupted', 'failed')),
    message          TEXT,
    checkpoint       TEXT,                  -- where to go on
    watermark        TEXT,                  -- of a complete run: where the next one may begin, inclusive
    newest_datestamp TEXT,                  -- the newest received
    announced        INTEGER,               -- records the source said it has
    server           TEXT,                  -- what the other side said of itself
    remarks          TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(remarks)),  -- [{kind, text, missing}, …]
    requests         INTEGER NOT NULL DEFAULT 0,
    retries          INTEGER NOT NULL DEFAULT 0,
    seconds          REAL NOT NULL DEFAULT 0,     -- at work, over all resumptions
    resumptions      INTEGER NOT NULL DEFAULT 0,
    received  INTEGER NOT NULL DEFAULT 0,   -- raw records; each counts once among the seven that follow
    new       INTEGER NOT NULL DEFAULT 0,   -- not held before
    changed   INTEGER NOT NULL DEFAULT 0,   -- other bytes than those held
    unchanged INTEGER NOT NULL DEFAULT 0,   -- the bytes that are held
    deleted   INTEGER NOT NULL DEFAULT 0,   -- deletions that were news
    rejected  INTEGER NOT NULL DEFAULT 0,   -- could not be read, now or when they first came
    repeated  INTEGER NOT NULL DEFAULT 0,   -- the same again in one run
    outdated  INTEGER NOT NULL DEFAULT 0,   -- an older version than the one held
    CHECK (received = new + changed + unchanged + deleted + rejected + repeated + outdated)
) STRICT;

INSERT INTO new_harvest (
    id, source_id, kind, location, request, started_at, finished_at, status, message, checkpoint, newest_datestamp,
    received, new, changed, unchanged, deleted, rejected, repeated
)
SELECT
    harvest.id, source_id, kind, location,
    (SELECT json_group_object(key, value) FROM (SELECT key, value FROM json_each(request) ORDER BY key)),
    started_at, finished_at, status, message, resumption_token, newest_datestamp,
    received, new, changed, unchanged, deleted, rejected, repeated
FROM harvest JOIN source ON source.id = harvest.source_id;

DROP TABLE harvest;

ALTER TABLE new_harvest RENAME TO harvest;

CREATE INDEX harvest_request ON harvest(source_id, request);

-- A version that cannot be read never takes the place of one that can: it is another payload of the raw record,
-- and raw.rejection, raw.fault and the place speak of that one.
ALTER TABLE raw ADD COLUMN unread_id INTEGER;
ALTER TABLE raw ADD COLUMN unread_datestamp TEXT;
