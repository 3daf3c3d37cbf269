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

-- pupils_known(ordinal int, code text, year int, ine text?, birth_date text, identity text, key text) -> many (ordinal int, key text, registered int, there int, identity text?, listed_name text?, birth_name text?, usual_name text?, forename_1 text?, forename_2 text?, forename_3 text?, birth_date text?, class text?, mef text?, specialty text?, private_there int, ine text?, ine_bea text?, sex text?, birth_country text?, birth_department text?, birth_town_code text?, birth_town text?, nationality text?, extra text?, street text?, place text?, postal_code text?, town text?, country text?, mobile text?, phone text?, email text?)
-- The pupils whom a load means: by INE and birth, by identity where only one is so, else by the key that each would get;
-- and whether they are among the candidates, as pupil_registered.
-- Each is looked up by its key, however many rows the planner thinks there are: while a load goes on nothing is known of
-- how the tables grow.
WITH k AS MATERIALIZED (
    SELECT r.ordinal AS ordinal, e.id AS establishment, r.year AS year,
           coalesce((SELECT x.key FROM pupil_private x CROSS JOIN pupil p
                     WHERE x.establishment = e.id AND x.year = r.year AND x.ine = r.ine AND p.establishment = x.establishment
                       AND p.year = x.year AND p.key = x.key AND p.birth_date = r.birth_date
                     ORDER BY x.key LIMIT 1),
                    (SELECT CASE WHEN count(*) = 1 THEN min(p.key) END FROM pupil p
                     WHERE p.establishment = e.id AND p.year = r.year AND p.identity = r.identity),
                    r.key) AS key
    FROM {rows r} JOIN establishment e ON e.code = r.code)
SELECT k.ordinal, k.key,
       CASE WHEN p.key IS NULL THEN 0
            WHEN EXISTS (SELECT 1 FROM exam_session s CROSS JOIN registration r
                         WHERE s.year = k.year AND r.exam_session = s.id AND r.identity = p.identity
                           AND r.establishment = k.establishment AND r.state = 'V')
              OR EXISTS (SELECT 1 FROM exam_session s CROSS JOIN registration r
                         WHERE s.year = k.year AND r.exam_session = s.id AND r.ine = x.ine AND r.birth_date = p.birth_date
                           AND r.establishment = k.establishment AND r.state = 'V') THEN 1 ELSE 0 END,
       CASE WHEN p.key IS NULL THEN 0 ELSE 1 END, p.identity, p.listed_name, p.birth_name, p.usual_name, p.forename_1,
       p.forename_2, p.forename_3, p.birth_date, p.class, p.mef, p.specialty,
       CASE WHEN x.key IS NULL THEN 0 ELSE 1 END, x.ine, x.ine_bea, x.sex, x.birth_country, x.birth_department,
       x.birth_town_code, x.birth_town, x.nationality, x.extra, x.street, x.place, x.postal_code, x.town, x.country, x.mobile, x.phone, x.email
FROM k LEFT JOIN LATERAL (SELECT * FROM pupil p WHERE p.establishment = k.establishment AND p.year = k.year AND p.key = k.key
                          LIMIT 1) p ON TRUE
LEFT JOIN LATERAL (SELECT * FROM pupil_private x WHERE x.establishment = k.establishment AND x.year = k.year AND x.key = k.key
                   LIMIT 1) x ON TRUE;

-- pupil_add(code text, year int, key text, identity text, listed_name text, birth_name text, usual_name text?, forename_1 text, forename_2 text?, forename_3 text?, birth_date text, class text?, mef text?, specialty text?, sort_key blob)
INSERT INTO pupil (establishment, year, key, identity, listed_name, birth_name, usual_name, forename_1, forename_2, forename_3,
                   birth_date, class, mef, specialty, sort_key)
SELECT e.id, r.year, r.key, r.identity, r.listed_name, r.birth_name, r.usual_name, r.forename_1, r.forename_2, r.forename_3,
       r.birth_date, r.class, r.mef, r.specialty, r.sort_key
FROM {rows r} JOIN establishment e ON e.code = r.code;

-- pupil_set(code text, year int, key text, identity text, listed_name text, birth_name text, usual_name text?, forename_1 text, forename_2 text?, forename_3 text?, birth_date text, class text?, mef text?, specialty text?, sort_key blob)
UPDATE pupil SET identity = r.identity, listed_name = r.listed_name, birth_name = r.birth_name, usual_name = r.usual_name,
    forename_1 = r.forename_1, forename_2 = r.forename_2, forename_3 = r.forename_3, birth_date = r.birth_date,
    class = r.class, mef = r.mef, specialty = r.specialty, sort_key = r.sort_key
FROM {rows r} JOIN establishment e ON e.code = r.code
WHERE pupil.establishment = e.id AND pupil.year = r.year AND pupil.key = r.key;

-- pupil_private_add(code text, year int, key text, ine text?, ine_bea text?, sex text?, birth_country text?, birth_department text?, birth_town_code text?, birth_town text?, nationality text?, extra text?, street text?, place text?, postal_code text?, town text?, country text?, mobile text?, phone text?, email text?)
INSERT INTO pupil_private (establishment, year, key, ine, ine_bea, sex, birth_country, birth_department, birth_town_code,
                           birth_town, nationality, extra, street, place, postal_code, town, country, mobile, phone, email)
SELECT e.id, r.year, r.key, r.ine, r.ine_bea, r.sex, r.birth_country, r.birth_department, r.birth_town_code,
       r.birth_town, r.nationality, r.extra, r.street, r.place, r.postal_code, r.town, r.country, r.mobile, r.phone, r.email
FROM {rows r} JOIN establishment e ON e.code = r.code;

-- pupil_private_set(code text, year int, key text, ine text?, ine_bea text?, sex text?, birth_country text?, birth_department text?, birth_town_code text?, birth_town text?, nationality text?, extra text?, street text?, place text?, postal_code text?, town text?, country text?, mobile text?, phone text?, email text?)
UPDATE pupil_private SET ine = r.ine, ine_bea = r.ine_bea, sex = r.sex, birth_country = r.birth_country,
    birth_department = r.birth_department, birth_town_code = r.birth_town_code, birth_town = r.birth_town,
    nationality = r.nationality, extra = r.extra, street = r.street, place = r.place, postal_code = r.postal_code, town = r.town,
    country = r.country, mobile = r.mobile, phone = r.phone, email = r.email
FROM {rows r} JOIN establishment e ON e.code = r.code
WHERE pupil_private.establishment = e.id AND pupil_private.year = r.year AND pupil_private.key = r.key;

-- load_by_index()
-- While a load goes on, plans that were made when its tables were empty stay: each row of a reference to what it has just
-- brought would look through all of it. What has no index is then thought so dear that it would be compiled first.
SELECT set_config('enable_seqscan', 'off', TRUE), set_config('jit', 'off', TRUE);
