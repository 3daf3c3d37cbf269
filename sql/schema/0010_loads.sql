-- SPDX-License-Identifier: Apache-2.0
-- What was loaded, and how to undo it.

-- One row for each load that was applied; counts are rows of the file, gone ones rows of the base.
CREATE TABLE load_run (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    gone INTEGER NOT NULL,
    same INTEGER NOT NULL,
    left_out INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    undone INTEGER,
    undone_by TEXT
) STRICT;
CREATE INDEX load_run_kind ON load_run (kind, id);

-- What a run changed, in its order: before is NULL for a row that it added, after for one that it took away; both are
-- JSON arrays of the row's values.
CREATE TABLE load_change (
    run INTEGER NOT NULL REFERENCES load_run (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    record TEXT NOT NULL,
    label TEXT NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (run, ordinal)
) STRICT, WITHOUT ROWID;

-- Communes. type: 'A' today's, 'M' an arrondissement, 'D' and 'S' live on as a delegated or associated one, 'O' the code of
-- one that vanished, without a name. chief: today's one that it belongs to. search: what names are looked for by.
CREATE TABLE commune (
    code TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('A', 'M', 'D', 'S', 'O')),
    name TEXT,
    search TEXT,
    department TEXT NOT NULL,
    chief TEXT,
    postal_codes TEXT,
    PRIMARY KEY (code, type)
) STRICT, WITHOUT ROWID;
CREATE INDEX commune_search ON commune (search, department, code, type);
