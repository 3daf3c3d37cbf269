-- SPDX-License-Identifier: Apache-2.0
-- A row of a pupil begins with « ["0590001A",2026 », that of a past candidate with « ["2026-06" ».
INSERT INTO load_page (run, ordinal, year, session, changes)
SELECT run, ordinal,
       CASE WHEN record IN ('pupil', 'pupil_private') THEN CAST(substr(coalesce(after, before), 13, 4) AS INTEGER) END,
       CASE WHEN record IN ('past_candidate', 'past_mark') THEN substr(coalesce(after, before), 3, 7) END,
       '[[' || json_quote(record) || ',' || json_quote(label) || ',' || coalesce(before, 'null') || ',' || coalesce(after, 'null') || ']]'
FROM load_change;
DROP TABLE load_change;
ALTER TABLE load_page RENAME TO load_change;
