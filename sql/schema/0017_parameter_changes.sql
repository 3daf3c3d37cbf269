-- SPDX-License-Identifier: Apache-2.0
-- What was said of each parameter, and by whom: whoever changes one can go back to what was.

-- One row for each change, counted by what it was made of. exam '', exam_session 0: as in parameter. before, after: NULL
-- where nothing was said there, so that what is said of the exam, of all or of nobody holds.
CREATE TABLE parameter_change (
    exam TEXT NOT NULL,
    exam_session INTEGER NOT NULL,
    name TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    before TEXT,
    after TEXT,
    PRIMARY KEY (exam, exam_session, name, ordinal)
) STRICT, WITHOUT ROWID;
