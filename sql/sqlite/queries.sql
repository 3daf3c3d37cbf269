-- SPDX-License-Identifier: Apache-2.0

-- audit_freeze()
-- The writing transaction that seals already keeps every other writer out.
SELECT 1 WHERE 0;

-- base_integrity() -> many base_fault
PRAGMA integrity_check(10);

-- base_foreign_keys() -> many base_fault
SELECT "table" || ' ' || coalesce(rowid, 0) FROM pragma_foreign_key_check LIMIT 10;

-- base_lock_hold() -> one base_lock
SELECT locked, reason, until FROM base_lock WHERE id = 1;

-- dossier_hold(session int, ordinal int) -> one (nomenclature text?, locked int, reason text?, until int?, draft int?)
-- A writing transaction is alone already.
SELECT (SELECT value FROM parameter WHERE exam = '' AND name = 'nomenclature'), locked, reason, until,
       (SELECT draft FROM session_item WHERE session = :session AND ordinal = :ordinal)
FROM base_lock WHERE id = 1;

-- number_hold(exam text)
SELECT next FROM number_counter WHERE exam = :exam;

-- base_lock_take() -> one base_lock
-- For whoever changes the lock: alone, once all writers that have seen it are done.
SELECT locked, reason, until FROM base_lock WHERE id = 1;

-- listing_of_numbers(told int, exam_session int, numbers text) -> many listing_row
-- In the order of numbers, a JSON array.
SELECT r.number, r.revision, r.state, r.listed_name, r.birth_date, r.specialty, r.form,
       CASE WHEN :told = 1 THEN (SELECT s.code5 || ' ' || s.label FROM specialty s WHERE s.code = r.specialty) END,
       CASE WHEN :told = 1 THEN (SELECT e.code || ' ' || e.name FROM establishment e WHERE e.id = r.establishment) END,
       r.returned_revision, (SELECT f.stated || ' ' || CAST(f.version AS TEXT) FROM standing f WHERE f.exam_session = r.exam_session AND f.number = r.number),
       CASE WHEN :told = 1 THEN (SELECT p.received FROM registration p WHERE p.exam_session = r.exam_session AND p.number = r.number AND p.received IS NOT NULL) END
FROM json_each(:numbers) wanted CROSS JOIN registration r
WHERE r.exam = (SELECT exam FROM exam_session WHERE id = :exam_session) AND r.number = wanted.value
  AND r.exam_session = :exam_session AND {scope r: one set all}
ORDER BY wanted.key;

-- print_some(exam_session int, printed int, changed int, numbers text) -> many to_print
-- The same of a few numbers, a JSON array: each is looked up by its key.
SELECT r.number, r.specialty FROM registration r
WHERE r.exam = (SELECT exam FROM exam_session WHERE id = :exam_session) AND r.number IN (SELECT value FROM json_each(:numbers))
  AND r.exam_session = :exam_session AND {scope r: one set all} AND r.state = 'V'
  AND (:printed = 0 OR r.printed = :printed)
  AND (:changed = 0 OR r.printed_revision IS NULL OR r.printed_revision < r.revision)
ORDER BY r.sort_key, r.number;

-- print_rows(exam_session int, numbers text) -> many (number int, revision int, establishment int?, specialty text, code5 text, label text, listed_name text, birth_date text, code text, answers text, changed_at int)
-- Those that are still valid, in the order of numbers, a JSON array.
SELECT r.number, r.revision, r.establishment, r.specialty, s.code5, s.label, r.listed_name, r.birth_date, r.code, r.answers, r.changed
FROM json_each(:numbers) wanted CROSS JOIN registration r CROSS JOIN specialty s
WHERE r.exam = (SELECT exam FROM exam_session WHERE id = :exam_session) AND r.number = wanted.value
  AND r.exam_session = :exam_session AND {scope r: one set all} AND r.state = 'V' AND s.code = r.specialty
ORDER BY wanted.key;

-- whole_counters()
-- SQLite goes on behind the last number of a table by itself.
SELECT 1 WHERE 0;

-- whole_draft_counter_clear()
DELETE FROM sqlite_sequence WHERE name = 'draft';

-- whole_draft_counter_set()
-- Behind the numbers that messages remember, too.
INSERT INTO sqlite_sequence (name, seq)
SELECT 'draft', max(coalesce((SELECT max(id) FROM draft), 0), coalesce((SELECT max(draft) FROM outbox), 0));

-- recovery_ids() -> many (name text, last int)
-- The last id that each table has given.
SELECT name, seq FROM sqlite_sequence ORDER BY name;

-- recovery_id_add(name text)
-- A table that has never given one stands nowhere.
INSERT INTO sqlite_sequence (name, seq) SELECT :name, 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = :name);

-- recovery_id_keep(name text, last int)
-- Sessions and tries are outside the lock: they go on being made until the base is replaced.
UPDATE sqlite_sequence
SET seq = max(seq, :last) + CASE WHEN name IN ('session', 'throttle_try') THEN 1000000 ELSE 0 END WHERE name = :name;

-- recovery_ids_all()
INSERT INTO sqlite_sequence (name, seq) SELECT name, 0 FROM sqlite_schema
WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%' AND name NOT IN (SELECT name FROM sqlite_sequence);

-- recovery_ids_skip(gap int)
UPDATE sqlite_sequence SET seq = seq + :gap;
