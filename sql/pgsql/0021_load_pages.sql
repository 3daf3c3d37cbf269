-- SPDX-License-Identifier: Apache-2.0
-- A row of a pupil begins with « ["0590001A",2026 », that of a past candidate with « ["2026-06" ».
INSERT INTO load_page (run, ordinal, year, session, changes)
SELECT run, ordinal,
       CASE WHEN record IN ('pupil', 'pupil_private') THEN CAST(substr(coalesce(after, before), 13, 4) AS INTEGER) END,
       CASE WHEN record IN ('past_candidate', 'past_mark') THEN substr(coalesce(after, before), 3, 7) END,
       '[[' || CAST(to_json(record) AS text) || ',' || CAST(to_json(label) AS text) || ',' || coalesce(before, 'null') || ',' || coalesce(after, 'null') || ']]'
FROM load_change;
DROP TABLE load_change;
ALTER TABLE load_page RENAME TO load_change;
-- Pages are large, and as soon forgotten as read: they aren't worth being compressed.
ALTER TABLE load_change ALTER COLUMN changes SET STORAGE EXTERNAL;
-- Of two indexes that begin alike the planner, who knows nothing of tables that a load is filling, takes either: a reference
-- to a pupil then looked through his whole school.
DROP INDEX pupil_identity;
CREATE INDEX pupil_identity ON pupil (identity, establishment, year);
DROP INDEX pupil_private_ine;
CREATE INDEX pupil_private_ine ON pupil_private (ine, establishment, year);
