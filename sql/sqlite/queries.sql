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

-- pupils_known(ordinal int, code text, year int, ine text?, birth_date text, identity text, key text) -> many (ordinal int, key text, registered int, there int, identity text?, listed_name text?, birth_name text?, usual_name text?, forename_1 text?, forename_2 text?, forename_3 text?, birth_date text?, class text?, mef text?, specialty text?, private_there int, ine text?, ine_bea text?, sex text?, birth_country text?, birth_department text?, birth_town_code text?, birth_town text?, nationality text?, extra text?, street text?, place text?, postal_code text?, town text?, country text?, mobile text?, phone text?, email text?)
-- The pupils whom a load means: by INE and birth, by identity where only one is so, else by the key that each would get;
-- and whether they are among the candidates, as pupil_registered.
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
FROM (SELECT :ordinal AS ordinal, e.id AS establishment, :year AS year,
             coalesce((SELECT x.key FROM pupil_private x CROSS JOIN pupil p
                       WHERE x.establishment = e.id AND x.year = :year AND x.ine = :ine AND p.establishment = x.establishment
                         AND p.year = x.year AND p.key = x.key AND p.birth_date = :birth_date
                       ORDER BY x.key LIMIT 1),
                      (SELECT CASE WHEN count(*) = 1 THEN min(p.key) END FROM pupil p
                       WHERE p.establishment = e.id AND p.year = :year AND p.identity = :identity),
                      :key) AS key
      FROM establishment e WHERE e.code = :code LIMIT 1) k
LEFT JOIN pupil p ON p.establishment = k.establishment AND p.year = k.year AND p.key = k.key
LEFT JOIN pupil_private x ON x.establishment = p.establishment AND x.year = p.year AND x.key = p.key;

-- pupil_add(code text, year int, key text, identity text, listed_name text, birth_name text, usual_name text?, forename_1 text, forename_2 text?, forename_3 text?, birth_date text, class text?, mef text?, specialty text?, sort_key blob)
INSERT INTO pupil (establishment, year, key, identity, listed_name, birth_name, usual_name, forename_1, forename_2, forename_3,
                   birth_date, class, mef, specialty, sort_key)
VALUES ((SELECT id FROM establishment WHERE code = :code), :year, :key, :identity, :listed_name, :birth_name, :usual_name, :forename_1, :forename_2, :forename_3,
       :birth_date, :class, :mef, :specialty, :sort_key);

-- pupil_set(code text, year int, key text, identity text, listed_name text, birth_name text, usual_name text?, forename_1 text, forename_2 text?, forename_3 text?, birth_date text, class text?, mef text?, specialty text?, sort_key blob)
UPDATE pupil SET identity = :identity, listed_name = :listed_name, birth_name = :birth_name, usual_name = :usual_name,
    forename_1 = :forename_1, forename_2 = :forename_2, forename_3 = :forename_3, birth_date = :birth_date,
    class = :class, mef = :mef, specialty = :specialty, sort_key = :sort_key
WHERE establishment = (SELECT id FROM establishment WHERE code = :code) AND year = :year AND key = :key;

-- pupil_private_add(code text, year int, key text, ine text?, ine_bea text?, sex text?, birth_country text?, birth_department text?, birth_town_code text?, birth_town text?, nationality text?, extra text?, street text?, place text?, postal_code text?, town text?, country text?, mobile text?, phone text?, email text?)
INSERT INTO pupil_private (establishment, year, key, ine, ine_bea, sex, birth_country, birth_department, birth_town_code,
                           birth_town, nationality, extra, street, place, postal_code, town, country, mobile, phone, email)
VALUES ((SELECT id FROM establishment WHERE code = :code), :year, :key, :ine, :ine_bea, :sex, :birth_country, :birth_department, :birth_town_code,
       :birth_town, :nationality, :extra, :street, :place, :postal_code, :town, :country, :mobile, :phone, :email);

-- pupil_private_set(code text, year int, key text, ine text?, ine_bea text?, sex text?, birth_country text?, birth_department text?, birth_town_code text?, birth_town text?, nationality text?, extra text?, street text?, place text?, postal_code text?, town text?, country text?, mobile text?, phone text?, email text?)
UPDATE pupil_private SET ine = :ine, ine_bea = :ine_bea, sex = :sex, birth_country = :birth_country,
    birth_department = :birth_department, birth_town_code = :birth_town_code, birth_town = :birth_town,
    nationality = :nationality, extra = :extra, street = :street, place = :place, postal_code = :postal_code, town = :town,
    country = :country, mobile = :mobile, phone = :phone, email = :email
WHERE establishment = (SELECT id FROM establishment WHERE code = :code) AND year = :year AND key = :key;

-- load_by_index()
-- SQLite goes by its indexes whatever a table holds.
SELECT 1 WHERE 0;
