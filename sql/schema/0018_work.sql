-- SPDX-License-Identifier: Apache-2.0
-- What managers have asked of the worker: loads and their previews, undoing, unloads, backups.

-- token: names it in addresses, and its files in the folder of works; ordinal: their order; place: that folder's own name,
-- whoever mounts it. what: of a load the kind of its file, of an undoing the run, of an unload its reach. preview: token of what was shown before. attempts:
-- how often it was begun, so that whoever was thought dead can't end it. result: JSON (lib/exchange/work_report.h).
CREATE TABLE work (
    token TEXT NOT NULL PRIMARY KEY,
    ordinal INTEGER NOT NULL,
    place TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('preview', 'load', 'undo', 'unload', 'backup')),
    what TEXT NOT NULL,
    since INTEGER NOT NULL,
    actor TEXT NOT NULL,
    asked INTEGER NOT NULL,
    file TEXT,
    sha256 TEXT,
    preview TEXT UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'refused', 'failed', 'dropped')),
    attempts INTEGER NOT NULL,
    began INTEGER,
    ended INTEGER,
    run INTEGER,
    result TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX work_ordinal ON work (ordinal);
CREATE INDEX work_place ON work (place, ordinal) WHERE state IN ('waiting', 'running');
