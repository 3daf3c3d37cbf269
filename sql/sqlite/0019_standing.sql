-- SPDX-License-Identifier: Apache-2.0
-- AUTOINCREMENT: addresses remember what an act has changed and who was reminded, and rows go after their time.

DROP TABLE standing_change_item;
DROP TABLE standing_change;
DROP TABLE reminder_item;
DROP TABLE reminder_run;

CREATE TABLE standing_change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    exam_session INTEGER NOT NULL REFERENCES exam_session (id),
    establishment INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    shown TEXT,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;
CREATE INDEX standing_change_at ON standing_change (at);

CREATE TABLE standing_change_item (
    change INTEGER NOT NULL REFERENCES standing_change (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    version INTEGER NOT NULL,
    before TEXT,
    PRIMARY KEY (change, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE reminder_run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    exam_session INTEGER NOT NULL REFERENCES exam_session (id),
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL
) STRICT;
CREATE INDEX reminder_run_session ON reminder_run (exam_session, at);

CREATE TABLE reminder_item (
    run INTEGER NOT NULL REFERENCES reminder_run (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    name TEXT,
    telephone TEXT,
    number INTEGER,
    message INTEGER,
    PRIMARY KEY (run, ordinal)
) STRICT, WITHOUT ROWID;
