-- SPDX-License-Identifier: Apache-2.0
-- What a manager has cancelled or restored at once is of no school.
CREATE TABLE office_state_change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    establishment INTEGER REFERENCES establishment (id),
    exam TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
    exam_session INTEGER REFERENCES exam_session (id)
) STRICT;
INSERT INTO office_state_change (id, establishment, exam, at, actor, undone, exam_session)
SELECT id, establishment, exam, at, actor, undone, exam_session FROM state_change;
DROP TABLE state_change;
ALTER TABLE office_state_change RENAME TO state_change;
CREATE INDEX state_change_at ON state_change (at);
