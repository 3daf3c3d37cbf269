-- SPDX-License-Identifier: Apache-2.0

-- audit_freeze()
-- Ids are drawn before they are committed: wait until no entry is on its way, so that a seal misses none, and until
-- nobody else seals, so that no two follow the same one.
LOCK TABLE audit_entry IN SHARE ROW EXCLUSIVE MODE;

-- base_integrity() -> many base_fault
-- PostgreSQL checks its pages itself; what stands here answers as SQLite's check does.
SELECT 'ok'::text;

-- base_foreign_keys() -> many base_fault
SELECT 'none'::text WHERE 1 = 0;

-- base_lock_hold() -> one base_lock
-- Whoever locks the base waits for the writers that have seen it open.
SELECT locked, reason, until FROM base_lock WHERE id = 1 FOR SHARE;

-- dossier_hold(session int, ordinal int) -> one (nomenclature text?, locked int, reason text?, until int?, draft int?)
-- Of two last clicks on a draft the second one waits here, and finds what the first one has made of it.
WITH held AS (SELECT d.id FROM session_item i JOIN draft d ON d.id = i.draft
              WHERE i.session = :session AND i.ordinal = :ordinal FOR UPDATE OF d)
SELECT (SELECT value FROM parameter WHERE exam = '' AND name = 'nomenclature'), locked, reason, until,
       (SELECT id FROM held)
FROM base_lock WHERE id = 1 FOR SHARE;

-- number_hold(exam text)
-- Registrations of an exam pass one at a time: what one has looked at, no other has changed when it commits.
SELECT next FROM number_counter WHERE exam = :exam FOR UPDATE;

-- base_lock_take() -> one base_lock
-- For whoever changes the lock: alone, once all writers that have seen it are done.
SELECT locked, reason, until FROM base_lock WHERE id = 1 FOR UPDATE;

-- listing_of_numbers(told int, exam_session int, numbers text) -> many listing_row
-- In the order of numbers, a JSON array.
SELECT r.number, r.revision, r.state, r.listed_name, r.birth_date, r.specialty, r.form,
       CASE WHEN :told = 1 THEN (SELECT s.code5 || ' ' || s.label FROM specialty s WHERE s.code = r.specialty) END,
       CASE WHEN :told = 1 THEN (SELECT e.code || ' ' || e.name FROM establishment e WHERE e.id = r.establishment) END,
       r.returned_revision, (SELECT f.stated || ' ' || CAST(f.version AS TEXT) FROM standing f WHERE f.exam_session = r.exam_session AND f.number = r.number),
       CASE WHEN :told = 1 THEN (SELECT p.received FROM registration p WHERE p.exam_session = r.exam_session AND p.number = r.number AND p.received IS NOT NULL) END
FROM json_array_elements_text(CAST(:numbers AS json)) WITH ORDINALITY AS wanted (value, place)
JOIN registration r ON r.exam = (SELECT exam FROM exam_session WHERE id = :exam_session) AND r.number = CAST(wanted.value AS bigint)
WHERE r.exam_session = :exam_session AND {scope r: one set all}
ORDER BY wanted.place;

-- print_some(exam_session int, printed int, changed int, numbers text) -> many to_print
-- The same of a few numbers, a JSON array: each is looked up by its key.
SELECT r.number, r.specialty FROM registration r
WHERE r.exam = (SELECT exam FROM exam_session WHERE id = :exam_session)
  AND r.number = ANY (ARRAY(SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST(:numbers AS json))))
  AND r.exam_session = :exam_session AND {scope r: one set all} AND r.state = 'V'
  AND (:printed = 0 OR r.printed = :printed)
  AND (:changed = 0 OR r.printed_revision IS NULL OR r.printed_revision < r.revision)
ORDER BY r.sort_key, r.number;

-- print_rows(exam_session int, numbers text) -> many (number int, revision int, establishment int?, specialty text, code5 text, label text, listed_name text, birth_date text, code text, answers text, changed_at int)
-- Those that are still valid, in the order of numbers, a JSON array.
SELECT r.number, r.revision, r.establishment, r.specialty, s.code5, s.label, r.listed_name, r.birth_date, r.code, r.answers, r.changed
FROM json_array_elements_text(CAST(:numbers AS json)) WITH ORDINALITY AS wanted (value, place)
JOIN registration r ON r.exam = (SELECT exam FROM exam_session WHERE id = :exam_session) AND r.number = CAST(wanted.value AS bigint)
JOIN specialty s ON s.code = r.specialty
WHERE r.exam_session = :exam_session AND {scope r: one set all} AND r.state = 'V'
ORDER BY wanted.place;

-- whole_counters()
-- Numbers go on behind those that were loaded.
SELECT setval(pg_get_serial_sequence('outbox', 'id'), (SELECT coalesce(max(id), 0) FROM outbox) + 1, false),
       setval(pg_get_serial_sequence('audit_entry', 'id'), (SELECT coalesce(max(id), 0) FROM audit_entry) + 1, false),
       setval(pg_get_serial_sequence('audit_seal', 'id'), (SELECT coalesce(max(id), 0) FROM audit_seal) + 1, false);

-- whole_draft_counter_clear()
-- A sequence is set whatever it was.
SELECT 1 WHERE 1 = 0;

-- whole_draft_counter_set()
-- Behind the numbers that messages remember, too.
SELECT setval(pg_get_serial_sequence('draft', 'id'),
              greatest((SELECT coalesce(max(id), 0) FROM draft), (SELECT coalesce(max(draft), 0) FROM outbox)) + 1, false);

-- recovery_ids() -> many (name text, last int)
-- The last id that each table has given.
SELECT sequencename::text, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = current_schema() ORDER BY sequencename;

-- recovery_id_add(name text)
-- Every table has its sequence.
SELECT 1 WHERE CAST(:name AS text) IS NULL;

-- recovery_id_keep(name text, last int)
SELECT setval(CAST(quote_ident(sequencename) AS regclass), greatest(coalesce(last_value, 0), :last))
FROM pg_sequences WHERE schemaname = current_schema() AND sequencename = :name AND greatest(coalesce(last_value, 0), :last) > 0;

-- recovery_ids_all()
-- Every table has its sequence.
SELECT 1 WHERE 1 = 0;

-- recovery_ids_skip(gap int)
SELECT setval(CAST(quote_ident(sequencename) AS regclass), coalesce(last_value, 0) + :gap)
FROM pg_sequences WHERE schemaname = current_schema();
