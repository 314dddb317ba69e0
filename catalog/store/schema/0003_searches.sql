CREATE TABLE search (                       -- a search kept under a name, as it is now
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE COLLATE NOCASE,
    form     TEXT NOT NULL CHECK (form IN ('query', 'question', 'strategy')),
    text     TEXT NOT NULL,                 -- as typed; of a strategy the whole file
    dialect  TEXT,                          -- whose syntax it is written in; NULL for ours
    exact    INTEGER NOT NULL CHECK (exact IN (0, 1)),  -- words as typed, without their other forms
    saved_at TEXT NOT NULL
) STRICT;

CREATE TABLE search_run (                   -- one run of it; never edited, so that every figure can be re-made
    id         INTEGER PRIMARY KEY,
    search_id  INTEGER NOT NULL REFERENCES search(id),
    at         TEXT NOT NULL,
    revision   INTEGER NOT NULL,            -- of the catalogue and index it ran on
    program    TEXT NOT NULL,               -- 'peerlit 0.1.0'
    form       TEXT NOT NULL,               -- the search as it was then
    text       TEXT NOT NULL,
    dialect    TEXT,
    exact      INTEGER NOT NULL CHECK (exact IN (0, 1)),
    understood TEXT NOT NULL,               -- in our canonical syntax
    lines      TEXT NOT NULL CHECK (json_valid(lines)),  -- [{number, text, understood, hits, terms: [[text, hits], …]}, …]
    total      INTEGER NOT NULL
) STRICT;
CREATE INDEX search_run_search ON search_run(search_id);

CREATE TABLE search_hit (                   -- what it found
    run_id    INTEGER NOT NULL REFERENCES search_run(id),
    record_id INTEGER NOT NULL REFERENCES record(id),
    PRIMARY KEY (run_id, record_id)
) STRICT, WITHOUT ROWID;
