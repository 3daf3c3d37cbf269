-- SPDX-License-Identifier: Apache-2.0
-- What a load changed is kept by hundreds of changes in a JSON array, in their order: each is [table, label, row before or
-- null, keys, mark of the row after or null], of loads before this schema [table, label, row before or null, row after or
-- null]. ordinal is the last one's. year, session: those of the pupils and past candidates among them who are forgotten first.
CREATE TABLE load_page (
    run INTEGER NOT NULL REFERENCES load_run (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    year INTEGER,
    session TEXT,
    changes TEXT NOT NULL,
    PRIMARY KEY (run, ordinal)
) STRICT, WITHOUT ROWID;
