-- SPDX-License-Identifier: Apache-2.0
-- What has been unloaded, so that the next unload can tell what has changed since.

-- reach: what was asked for, '' (all), an exam ('BCP') or a session ('bcp-2027-09'); sequence counts its states that were
-- unloaded, from 1. mark: the last entry of the audit trail that it had seen. The same state keeps its number.
CREATE TABLE unload_sequence (
    reach TEXT NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence > 0),
    mark INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (reach, sequence)
) STRICT, WITHOUT ROWID;

-- Who took what away, and when. what: 'candidates', 'audit', 'all'; digest: SHA-256 of its datapackage.json. sequence and
-- since are those of candidates alone.
CREATE TABLE unload_run (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    what TEXT NOT NULL,
    reach TEXT NOT NULL,
    sequence INTEGER,
    since INTEGER,
    rows_written INTEGER NOT NULL,
    digest TEXT NOT NULL
) STRICT;
