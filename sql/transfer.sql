-- SPDX-License-Identifier: Apache-2.0
-- The base table by table: what an unload of all reads, sorted by what names a row, and what a load of all writes. A
-- session is named by exam and month, '2027-09', a school by its UAI: the numbers that a base gives them stay its own.
-- Parameters of whole_X_add are the columns of whole_X, in their order.

-- ---------------------------------------------------------------- exam_session

-- whole_exam_session() -> many (exam text, session text, period text, state text, main int)
SELECT x.exam, CAST(x.year AS TEXT) || CASE WHEN x.month < 10 THEN '-0' ELSE '-' END || CAST(x.month AS TEXT), x.period, x.state, x.main
FROM exam_session x
ORDER BY x.exam, x.year, x.month;

-- whole_exam_session_add(exam text, session text, period text, state text, main int)
INSERT INTO exam_session (exam, year, month, period, state, main)
VALUES (:exam, CAST(substr(:session, 1, 4) AS INTEGER), CAST(substr(:session, 6, 2) AS INTEGER), :period, :state, :main);

-- whole_exam_session_clear()
DELETE FROM exam_session;

-- ---------------------------------------------------------------- parameter

-- whole_parameter() -> many (exam text, session text?, name text, value text)
-- The version by which servers know the nomenclatures is each base's own.
SELECT p.exam, CASE WHEN p.exam_session = 0 THEN NULL ELSE CAST(x.year AS TEXT) || CASE WHEN x.month < 10 THEN '-0' ELSE '-' END || CAST(x.month AS TEXT) END, p.name, p.value
FROM parameter p LEFT JOIN exam_session x ON x.id = p.exam_session
WHERE p.name <> 'nomenclature'
ORDER BY p.exam, coalesce(x.year, 0), coalesce(x.month, 0), p.name;

-- whole_parameter_add(exam text, session text?, name text, value text)
INSERT INTO parameter (exam, exam_session, name, value)
VALUES (:exam, CASE WHEN :session IS NULL THEN 0 ELSE (SELECT s.id FROM exam_session s WHERE s.exam = :exam AND s.year = CAST(substr(:session, 1, 4) AS INTEGER) AND s.month = CAST(substr(:session, 6, 2) AS INTEGER)) END, :name, :value);

-- whole_parameter_clear()
DELETE FROM parameter WHERE name <> 'nomenclature';

-- ---------------------------------------------------------------- parameter_change

-- whole_parameter_change() -> many (exam text, session text?, name text, ordinal int, at int, actor text, before text?, after text?)
SELECT p.exam, CASE WHEN p.exam_session = 0 THEN NULL ELSE CAST(x.year AS TEXT) || CASE WHEN x.month < 10 THEN '-0' ELSE '-' END || CAST(x.month AS TEXT) END, p.name, p.ordinal, p.at, p.actor, p.before, p.after
FROM parameter_change p LEFT JOIN exam_session x ON x.id = p.exam_session
ORDER BY p.exam, coalesce(x.year, 0), coalesce(x.month, 0), p.name, p.ordinal;

-- whole_parameter_change_add(exam text, session text?, name text, ordinal int, at int, actor text, before text?, after text?)
INSERT INTO parameter_change (exam, exam_session, name, ordinal, at, actor, before, after)
VALUES (:exam, CASE WHEN :session IS NULL THEN 0 ELSE (SELECT s.id FROM exam_session s WHERE s.exam = :exam AND s.year = CAST(substr(:session, 1, 4) AS INTEGER) AND s.month = CAST(substr(:session, 6, 2) AS INTEGER)) END, :name, :ordinal, :at, :actor, :before, :after);

-- whole_parameter_change_clear()
DELETE FROM parameter_change;

-- ---------------------------------------------------------------- academy

-- whole_academy() -> many (code text, name text, departments text, state text, status text)
SELECT code, name, departments, state, status
FROM academy
ORDER BY code;

-- whole_academy_add(code text, name text, departments text, state text, status text)
INSERT INTO academy (code, name, departments, state, status)
VALUES (:code, :name, :departments, :state, :status);

-- whole_academy_clear()
DELETE FROM academy;

-- ---------------------------------------------------------------- department

-- whole_department() -> many (code text, code3 text, name text, academy text?, postal_prefix text?, establishment_prefix text?, status text)
SELECT code, code3, name, academy, postal_prefix, establishment_prefix, status
FROM department
ORDER BY code;

-- whole_department_add(code text, code3 text, name text, academy text?, postal_prefix text?, establishment_prefix text?, status text)
INSERT INTO department (code, code3, name, academy, postal_prefix, establishment_prefix, status)
VALUES (:code, :code3, :name, :academy, :postal_prefix, :establishment_prefix, :status);

-- whole_department_clear()
DELETE FROM department;

-- ---------------------------------------------------------------- country

-- whole_country() -> many (code text, bcn text?, iso2 text?, iso3 text?, name text, european int)
SELECT code, bcn, iso2, iso3, name, european
FROM country
ORDER BY code;

-- whole_country_add(code text, bcn text?, iso2 text?, iso3 text?, name text, european int, sort_key blob)
INSERT INTO country (code, bcn, iso2, iso3, name, european, sort_key)
VALUES (:code, :bcn, :iso2, :iso3, :name, :european, :sort_key);

-- whole_country_clear()
DELETE FROM country;

-- ---------------------------------------------------------------- language

-- whole_language() -> many (code text, label text, iso639 text?, bts int, bcp_compulsory int, bcp_optional int, regional int, status text)
SELECT code, label, iso639, bts, bcp_compulsory, bcp_optional, regional, status
FROM language
ORDER BY code;

-- whole_language_add(code text, label text, iso639 text?, bts int, bcp_compulsory int, bcp_optional int, regional int, status text)
INSERT INTO language (code, label, iso639, bts, bcp_compulsory, bcp_optional, regional, status)
VALUES (:code, :label, :iso639, :bts, :bcp_compulsory, :bcp_optional, :regional, :status);

-- whole_language_clear()
DELETE FROM language;

-- ---------------------------------------------------------------- category

-- whole_category() -> many (code text, label text, family text, ccf int, exams text, european int, service text, status text)
SELECT code, label, family, ccf, exams, european, service, status
FROM category
ORDER BY code;

-- whole_category_add(code text, label text, family text, ccf int, exams text, european int, service text, status text)
INSERT INTO category (code, label, family, ccf, exams, european, service, status)
VALUES (:code, :label, :family, :ccf, :exams, :european, :service, :status);

-- whole_category_clear()
DELETE FROM category;

-- ---------------------------------------------------------------- specialty

-- whole_specialty() -> many (code text, exam text, code5 text, label text, nsf text?, letter text?, first_session int?, last_session int?, status text, source text, elsewhere text?, forms text?)
SELECT code, exam, code5, label, nsf, letter, first_session, last_session, status, source, elsewhere, forms
FROM specialty
ORDER BY code;

-- whole_specialty_add(code text, exam text, code5 text, label text, nsf text?, letter text?, first_session int?, last_session int?, status text, source text, elsewhere text?, forms text?, sort_key blob)
INSERT INTO specialty (code, exam, code5, label, nsf, letter, first_session, last_session, status, source, elsewhere, forms, sort_key)
VALUES (:code, :exam, :code5, :label, :nsf, :letter, :first_session, :last_session, :status, :source, :elsewhere, :forms, :sort_key);

-- whole_specialty_clear()
DELETE FROM specialty;

-- ---------------------------------------------------------------- exam_unit

-- whole_exam_unit() -> many (specialty text, rank int, code text, unit text, label text, coefficient text?, kind text, subject text?, mode_ccf text?, mode_other text?, duration text?, status text, first_session int?, last_session int?)
SELECT specialty, rank, code, unit, label, coefficient, kind, subject, mode_ccf, mode_other, duration, status, first_session, last_session
FROM exam_unit
ORDER BY specialty, rank;

-- whole_exam_unit_add(specialty text, rank int, code text, unit text, label text, coefficient text?, kind text, subject text?, mode_ccf text?, mode_other text?, duration text?, status text, first_session int?, last_session int?)
INSERT INTO exam_unit (specialty, rank, code, unit, label, coefficient, kind, subject, mode_ccf, mode_other, duration, status, first_session, last_session)
VALUES (:specialty, :rank, :code, :unit, :label, :coefficient, :kind, :subject, :mode_ccf, :mode_other, :duration, :status, :first_session, :last_session);

-- whole_exam_unit_clear()
DELETE FROM exam_unit;

-- ---------------------------------------------------------------- training_programme

-- whole_training_programme() -> many (mef text, mef11 text?, label text, specialty text, duration int?, year int?, last_year int)
SELECT mef, mef11, label, specialty, duration, year, last_year
FROM training_programme
ORDER BY mef;

-- whole_training_programme_add(mef text, mef11 text?, label text, specialty text, duration int?, year int?, last_year int)
INSERT INTO training_programme (mef, mef11, label, specialty, duration, year, last_year)
VALUES (:mef, :mef11, :label, :specialty, :duration, :year, :last_year);

-- whole_training_programme_clear()
DELETE FROM training_programme;

-- ---------------------------------------------------------------- commune

-- whole_commune() -> many (code text, type text, name text?, search text?, department text, chief text?, postal_codes text?)
SELECT code, type, name, search, department, chief, postal_codes
FROM commune
ORDER BY code, type;

-- whole_commune_add(code text, type text, name text?, search text?, department text, chief text?, postal_codes text?)
INSERT INTO commune (code, type, name, search, department, chief, postal_codes)
VALUES (:code, :type, :name, :search, :department, :chief, :postal_codes);

-- whole_commune_clear()
DELETE FROM commune;

-- ---------------------------------------------------------------- establishment

-- whole_establishment() -> many (code text, kind text, name text, sector text, families text, licensed_ccf int, postal_code text?, town text?, department text?, academy text?, activation_opens int?, activation_closes int?, activated int?, activated_from text?)
SELECT code, kind, name, sector, families, licensed_ccf, postal_code, town, department, academy, activation_opens, activation_closes, activated, activated_from
FROM establishment
ORDER BY code;

-- whole_establishment_add(code text, kind text, name text, sector text, families text, licensed_ccf int, postal_code text?, town text?, department text?, academy text?, activation_opens int?, activation_closes int?, activated int?, activated_from text?)
INSERT INTO establishment (code, kind, name, sector, families, licensed_ccf, postal_code, town, department, academy, activation_opens, activation_closes, activated, activated_from)
VALUES (:code, :kind, :name, :sector, :families, :licensed_ccf, :postal_code, :town, :department, :academy, :activation_opens, :activation_closes, :activated, :activated_from);

-- ---------------------------------------------------------------- establishment_offer

-- whole_offer() -> many (uai text, exam text, session text, specialty text, category text?, licensed_ccf int?, first_session int?, last_session int?)
SELECT e.code, x.exam, CAST(x.year AS TEXT) || CASE WHEN x.month < 10 THEN '-0' ELSE '-' END || CAST(x.month AS TEXT), t.specialty, nullif(t.category, ''), t.licensed_ccf, t.first_session, t.last_session
FROM establishment_offer t JOIN establishment e ON e.id = t.establishment JOIN exam_session x ON x.id = t.exam_session
ORDER BY e.code, x.exam, x.year, x.month, t.specialty, t.category;

-- whole_offer_add(uai text, exam text, session text, specialty text, category text?, licensed_ccf int?, first_session int?, last_session int?)
INSERT INTO establishment_offer (establishment, exam_session, specialty, category, licensed_ccf, first_session, last_session)
VALUES ((SELECT e.id FROM establishment e WHERE e.code = :uai), (SELECT s.id FROM exam_session s WHERE s.exam = :exam AND s.year = CAST(substr(:session, 1, 4) AS INTEGER) AND s.month = CAST(substr(:session, 6, 2) AS INTEGER)), :specialty, coalesce(:category, ''), :licensed_ccf, :first_session, :last_session);

-- ---------------------------------------------------------------- establishment_exam

-- whole_establishment_exam() -> many (uai text, exam text, session text, service_open int, european int?, changed int?, changed_from text?, changed_by text?, version int)
SELECT e.code, x.exam, CAST(x.year AS TEXT) || CASE WHEN x.month < 10 THEN '-0' ELSE '-' END || CAST(x.month AS TEXT), t.service_open, t.european, t.changed, t.changed_from, t.changed_by, t.version
FROM establishment_exam t JOIN establishment e ON e.id = t.establishment JOIN exam_session x ON x.id = t.exam_session
ORDER BY e.code, x.exam, x.year, x.month;

-- whole_establishment_exam_add(uai text, exam text, session text, service_open int, european int?, changed int?, changed_from text?, changed_by text?, version int)
INSERT INTO establishment_exam (establishment, exam_session, service_open, european, changed, changed_from, changed_by, version)
VALUES ((SELECT e.id FROM establishment e WHERE e.code = :uai), (SELECT s.id FROM exam_session s WHERE s.exam = :exam AND s.year = CAST(substr(:session, 1, 4) AS INTEGER) AND s.month = CAST(substr(:session, 6, 2) AS INTEGER)), :service_open, :european, :changed, :changed_from, :changed_by, :version);

-- ---------------------------------------------------------------- expected_number

-- whole_expected() -> many (uai text, exam text, session text, specialty text, expected int)
SELECT e.code, x.exam, CAST(x.year AS TEXT) || CASE WHEN x.month < 10 THEN '-0' ELSE '-' END || CAST(x.month AS TEXT), t.specialty, t.expected
FROM expected_number t JOIN establishment e ON e.id = t.establishment JOIN exam_session x ON x.id = t.exam_session
ORDER BY e.code, x.exam, x.year, x.month, t.specialty;

-- whole_expected_add(uai text, exam text, session text, specialty text, expected int)
INSERT INTO expected_number (establishment, exam_session, specialty, expected)
VALUES ((SELECT e.id FROM establishment e WHERE e.code = :uai), (SELECT s.id FROM exam_session s WHERE s.exam = :exam AND s.year = CAST(substr(:session, 1, 4) AS INTEGER) AND s.month = CAST(substr(:session, 6, 2) AS INTEGER)), :specialty, :expected);

-- ---------------------------------------------------------------- pupil

-- whole_pupil() -> many (uai text, year int, key text, identity text, listed_name text, birth_name text, usual_name text?, forename_1 text, forename_2 text?, forename_3 text?, birth_date text, class text?, mef text?, specialty text?)
SELECT e.code, t.year, t.key, t.identity, t.listed_name, t.birth_name, t.usual_name, t.forename_1, t.forename_2, t.forename_3, t.birth_date, t.class, t.mef, t.specialty
FROM pupil t JOIN establishment e ON e.id = t.establishment
ORDER BY e.code, t.year, t.key;

-- whole_pupil_add(uai text, year int, key text, identity text, listed_name text, birth_name text, usual_name text?, forename_1 text, forename_2 text?, forename_3 text?, birth_date text, class text?, mef text?, specialty text?, sort_key blob)
INSERT INTO pupil (establishment, year, key, identity, listed_name, birth_name, usual_name, forename_1, forename_2, forename_3, birth_date, class, mef, specialty, sort_key)
VALUES ((SELECT e.id FROM establishment e WHERE e.code = :uai), :year, :key, :identity, :listed_name, :birth_name, :usual_name, :forename_1, :forename_2, :forename_3, :birth_date, :class, :mef, :specialty, :sort_key);

-- ---------------------------------------------------------------- pupil_private

-- whole_pupil_private() -> many (uai text, year int, key text, ine text?, ine_bea text?, sex text?, birth_country text?, birth_department text?, birth_town_code text?, birth_town text?, nationality text?, extra text?, street text?, place text?, postal_code text?, town text?, country text?, mobile text?, phone text?, email text?)
SELECT e.code, t.year, t.key, t.ine, t.ine_bea, t.sex, t.birth_country, t.birth_department, t.birth_town_code, t.birth_town, t.nationality, t.extra, t.street, t.place, t.postal_code, t.town, t.country, t.mobile, t.phone, t.email
FROM pupil_private t JOIN establishment e ON e.id = t.establishment
ORDER BY e.code, t.year, t.key;

-- whole_pupil_private_add(uai text, year int, key text, ine text?, ine_bea text?, sex text?, birth_country text?, birth_department text?, birth_town_code text?, birth_town text?, nationality text?, extra text?, street text?, place text?, postal_code text?, town text?, country text?, mobile text?, phone text?, email text?)
INSERT INTO pupil_private (establishment, year, key, ine, ine_bea, sex, birth_country, birth_department, birth_town_code, birth_town, nationality, extra, street, place, postal_code, town, country, mobile, phone, email)
VALUES ((SELECT e.id FROM establishment e WHERE e.code = :uai), :year, :key, :ine, :ine_bea, :sex, :birth_country, :birth_department, :birth_town_code, :birth_town, :nationality, :extra, :street, :place, :postal_code, :town, :country, :mobile, :phone, :email);

-- ---------------------------------------------------------------- pupil_code

-- whole_pupil_code() -> many (uai text, year int, key text, code text)
SELECT e.code, t.year, t.key, t.code
FROM pupil_code t JOIN establishment e ON e.id = t.establishment
ORDER BY e.code, t.year, t.key;

-- whole_pupil_code_add(uai text, year int, key text, code text)
INSERT INTO pupil_code (establishment, year, key, code)
VALUES ((SELECT e.id FROM establishment e WHERE e.code = :uai), :year, :key, :code);

-- ---------------------------------------------------------------- past_candidate

-- whole_past() -> many (exam text, session text, number text, birth_date text, ine text?, answers text, code text?)
SELECT t.exam, t.session, t.number, t.birth_date, t.ine, t.answers, t.code FROM past_candidate t ORDER BY t.exam, t.session, t.number;

-- whole_past_add(exam text, session text, number text, birth_date text, ine text?, answers text, code text?)
INSERT INTO past_candidate (exam, session, number, birth_date, ine, answers, code)
VALUES (:exam, :session, :number, :birth_date, :ine, :answers, :code);

-- ---------------------------------------------------------------- past_mark

-- whole_past_mark() -> many (exam text, session text, number text, unit text, state text, mark text?, year int?, proof text?, academy text?, origin text?, diploma text?)
SELECT t.exam, t.session, t.number, t.unit, t.state, t.mark, t.year, t.proof, t.academy, t.origin, t.diploma
FROM past_mark t ORDER BY t.exam, t.session, t.number, t.unit;

-- whole_past_mark_add(exam text, session text, number text, unit text, state text, mark text?, year int?, proof text?, academy text?, origin text?, diploma text?)
INSERT INTO past_mark (exam, session, number, unit, state, mark, year, proof, academy, origin, diploma)
VALUES (:exam, :session, :number, :unit, :state, :mark, :year, :proof, :academy, :origin, :diploma);

-- ---------------------------------------------------------------- registration_window

-- whole_window() -> many (exam text, session text, service text, opens int, closes int, label text?)
SELECT x.exam, CAST(x.year AS TEXT) || CASE WHEN x.month < 10 THEN '-0' ELSE '-' END || CAST(x.month AS TEXT), w.service, w.opens, w.closes, w.label
FROM registration_window w JOIN exam_session x ON x.id = w.exam_session
ORDER BY x.exam, x.year, x.month, w.service, w.opens, w.closes, coalesce(w.label, ''), w.id;

-- whole_window_add(exam text, session text, service text, opens int, closes int, label text?)
INSERT INTO registration_window (exam_session, service, opens, closes, label)
VALUES ((SELECT s.id FROM exam_session s WHERE s.exam = :exam AND s.year = CAST(substr(:session, 1, 4) AS INTEGER) AND s.month = CAST(substr(:session, 6, 2) AS INTEGER)), :service, :opens, :closes, :label);

-- ---------------------------------------------------------------- account

-- whole_account() -> many (service text, login text, uai text?, password_changed int?, epoch int, last_login int?, last_login_from text?, rights text?, temporary int, created_by text?, password text?)
SELECT a.service, a.login, e.code, a.password_changed, a.epoch, a.last_login, a.last_login_from, a.rights, a.temporary, a.created_by, a.password
FROM account a LEFT JOIN establishment e ON e.id = a.establishment
ORDER BY a.service, a.login;

-- whole_account_add(service text, login text, uai text?, password_changed int?, epoch int, last_login int?, last_login_from text?, rights text?, temporary int, created_by text?, password text?)
INSERT INTO account (service, login, establishment, password_changed, epoch, last_login, last_login_from, rights, temporary, created_by, password)
VALUES (:service, :login, CASE WHEN :uai IS NULL THEN NULL ELSE coalesce((SELECT e.id FROM establishment e WHERE e.code = :uai), 0) END, :password_changed, :epoch, :last_login, :last_login_from, :rights, :temporary, :created_by, :password);

-- ---------------------------------------------------------------- manager

-- whole_manager() -> many (login text, name text, exams text?, departments text?, may_change int, sees_identities int)
SELECT a.login, m.name, m.exams, m.departments, m.may_change, m.sees_identities
FROM manager m JOIN account a ON a.id = m.account
ORDER BY a.login;

-- whole_manager_add(login text, name text, exams text?, departments text?, may_change int, sees_identities int)
INSERT INTO manager (account, name, exams, departments, may_change, sees_identities)
SELECT id, :name, :exams, :departments, :may_change, :sees_identities
FROM account WHERE service = 'gestionnaire' AND login = :login;

-- ---------------------------------------------------------------- number_counter

-- whole_counter() -> many (exam text, next int)
SELECT exam, next
FROM number_counter
ORDER BY exam;

-- whole_counter_add(exam text, next int)
INSERT INTO number_counter (exam, next)
VALUES (:exam, :next);

-- whole_counter_clear()
DELETE FROM number_counter;

-- ---------------------------------------------------------------- registration

-- row whole_candidate(exam text, session text, number int, revision int, state text, service text, uai text?, category text, ccf int, department text, created int, changed int, printed_revision int?, printed int?, returned_revision int?, returned int?, homonym_allowed int, received text?, code text, answers text)

-- whole_candidates() -> many whole_candidate
SELECT r.exam, CAST(x.year AS TEXT) || CASE WHEN x.month < 10 THEN '-0' ELSE '-' END || CAST(x.month AS TEXT), r.number, r.revision, r.state, r.service, e.code, r.category, c.ccf, r.department,
       r.created, r.changed, r.printed_revision, r.printed, r.returned_revision, r.returned, r.homonym_allowed, r.received, r.code, r.answers
FROM registration r CROSS JOIN exam_session x CROSS JOIN category c LEFT JOIN establishment e ON e.id = r.establishment
WHERE x.id = r.exam_session AND c.code = r.category AND {scope r: one set all}
ORDER BY r.exam, r.number;

-- whole_candidates_of(exam text, exam_session int) -> many whole_candidate
-- Of one exam; of one of its sessions, 0: of all.
SELECT r.exam, CAST(x.year AS TEXT) || CASE WHEN x.month < 10 THEN '-0' ELSE '-' END || CAST(x.month AS TEXT), r.number, r.revision, r.state, r.service, e.code, r.category, c.ccf, r.department,
       r.created, r.changed, r.printed_revision, r.printed, r.returned_revision, r.returned, r.homonym_allowed, r.received, r.code, r.answers
FROM registration r CROSS JOIN exam_session x CROSS JOIN category c LEFT JOIN establishment e ON e.id = r.establishment
WHERE x.id = r.exam_session AND c.code = r.category AND {scope r: one set all}
  AND r.exam = :exam AND (:exam_session = 0 OR r.exam_session = :exam_session)
ORDER BY r.exam, r.number;

-- whole_candidates_since(mark int, exam text, exam_session int) -> many whole_candidate
-- Those of whom the trail tells a change after the mark; exam '': of all.
SELECT r.exam, CAST(x.year AS TEXT) || CASE WHEN x.month < 10 THEN '-0' ELSE '-' END || CAST(x.month AS TEXT), r.number, r.revision, r.state, r.service, e.code, r.category, c.ccf, r.department,
       r.created, r.changed, r.printed_revision, r.printed, r.returned_revision, r.returned, r.homonym_allowed, r.received, r.code, r.answers
FROM registration r CROSS JOIN exam_session x CROSS JOIN category c LEFT JOIN establishment e ON e.id = r.establishment
WHERE x.id = r.exam_session AND c.code = r.category AND {scope r: one set all}
  AND (r.exam, r.number) IN (SELECT a.exam, a.number FROM audit_entry a WHERE a.id > :mark AND a.number IS NOT NULL AND a.action IN
      ('registration.create', 'registration.modify', 'registration.european', 'registration.cancel', 'registration.restore'))
  AND (:exam = '' OR r.exam = :exam) AND (:exam_session = 0 OR r.exam_session = :exam_session)
ORDER BY r.exam, r.number;

-- whole_changes(mark int, exam text, exam_session int) -> many (exam text, session text, number int, revision int, state text, made int, modified int, turned text?)
-- The same, and what became of them: whether they were made since, how often they were modified, and what the first
-- cancellation or restoration was.
SELECT r.exam, CAST(x.year AS TEXT) || CASE WHEN x.month < 10 THEN '-0' ELSE '-' END || CAST(x.month AS TEXT), r.number, r.revision, r.state, n.made, n.modified, t.action
FROM (SELECT a.exam AS exam, a.number AS number, max(CASE WHEN a.action = 'registration.create' THEN 1 ELSE 0 END) AS made,
             sum(CASE WHEN a.action IN ('registration.modify', 'registration.european') THEN 1 ELSE 0 END) AS modified,
             min(CASE WHEN a.action IN ('registration.cancel', 'registration.restore') THEN a.id END) AS turned
      FROM audit_entry a WHERE a.id > :mark AND a.number IS NOT NULL AND a.action IN
      ('registration.create', 'registration.modify', 'registration.european', 'registration.cancel', 'registration.restore')
      GROUP BY a.exam, a.number) n
JOIN registration r ON r.exam = n.exam AND r.number = n.number JOIN exam_session x ON x.id = r.exam_session
LEFT JOIN audit_entry t ON t.id = n.turned
WHERE {scope r: one set all} AND (:exam = '' OR r.exam = :exam) AND (:exam_session = 0 OR r.exam_session = :exam_session)
ORDER BY r.exam, r.number;

-- whole_candidate_add(exam text, session text, number int, revision int, state text, service text, uai text?, category text, department text, created int, changed int, printed_revision int?, printed int?, returned_revision int?, returned int?, homonym_allowed int, received text?, code text, answers text, specialty text, listed_name text, birth_date text, form text, european int?, ine text?, identity text, sort_key blob, search_name text)
INSERT INTO registration (exam, exam_session, number, revision, state, service, establishment, category, department, created, changed, printed_revision, printed, returned_revision, returned, homonym_allowed, received, code, answers, specialty, listed_name, birth_date, form, european, ine, identity, sort_key, search_name)
VALUES (:exam, coalesce((SELECT s.id FROM exam_session s WHERE s.exam = :exam AND s.year = CAST(substr(:session, 1, 4) AS INTEGER) AND s.month = CAST(substr(:session, 6, 2) AS INTEGER)), 0), :number, :revision, :state, :service, CASE WHEN :uai IS NULL THEN NULL ELSE coalesce((SELECT e.id FROM establishment e WHERE e.code = :uai), 0) END, :category, :department, :created, :changed, :printed_revision, :printed, :returned_revision, :returned, :homonym_allowed, :received, :code, :answers, :specialty, :listed_name, :birth_date, :form, :european, :ine, :identity, :sort_key, :search_name);

-- ---------------------------------------------------------------- registration_revision

-- whole_revision() -> many (exam text, number int, revision int, service text, actor text, changed int, replaced int, answers text)
SELECT exam, number, revision, service, actor, changed, replaced, answers
FROM registration_revision
ORDER BY exam, number, revision;

-- whole_revision_add(exam text, number int, revision int, service text, actor text, changed int, replaced int, answers text)
INSERT INTO registration_revision (exam, number, revision, service, actor, changed, replaced, answers)
VALUES (:exam, :number, :revision, :service, :actor, :changed, :replaced, :answers);

-- ---------------------------------------------------------------- registration_double

-- whole_double() -> many (exam text, number int, other int, reason text, found int, decided int?, decided_by text?, cancelled int?)
SELECT exam, number, other, reason, found, decided, decided_by, cancelled
FROM registration_double
ORDER BY exam, number, other;

-- whole_double_add(exam text, number int, other int, reason text, found int, decided int?, decided_by text?, cancelled int?)
INSERT INTO registration_double (exam, number, other, reason, found, decided, decided_by, cancelled)
VALUES (:exam, :number, :other, :reason, :found, :decided, :decided_by, :cancelled);

-- ---------------------------------------------------------------- standing

-- whole_standing() -> many (exam text, number int, version int, changed int, changed_by text, stated text, complete int, reason text?, remedies text?, pieces text, told int?, school_from int?, office_from int?, acknowledged int?, acknowledged_by text?)
SELECT exam, number, version, changed, changed_by, stated, complete, reason, remedies, pieces, told, school_from, office_from,
       acknowledged, acknowledged_by
FROM standing
ORDER BY exam, number;

-- whole_standing_add(exam text, number int, version int, changed int, changed_by text, stated text, complete int, reason text?, remedies text?, pieces text, told int?, school_from int?, office_from int?, acknowledged int?, acknowledged_by text?)
INSERT INTO standing (exam_session, number, exam, version, changed, changed_by, stated, complete, reason, remedies, pieces, told,
                      school_from, office_from, acknowledged, acknowledged_by)
VALUES (coalesce((SELECT r.exam_session FROM registration r WHERE r.exam = :exam AND r.number = :number), 0), :number, :exam, :version,
        :changed, :changed_by, :stated, :complete, :reason, :remedies, :pieces, :told, :school_from, :office_from, :acknowledged,
        :acknowledged_by);

-- ---------------------------------------------------------------- draft

-- whole_draft() -> many (id int, exam text, session text, service text, uai text?, number int?, revision int?, birth_date text?, email text?, department text, created int, changed int, reminded int?, reason text?, proof text?, received text?, answers text, code text)
SELECT d.id, d.exam, CAST(x.year AS TEXT) || CASE WHEN x.month < 10 THEN '-0' ELSE '-' END || CAST(x.month AS TEXT), d.service, e.code, d.number, d.revision, d.birth_date, d.email, d.department, d.created, d.changed, d.reminded, d.reason, d.proof, d.received, d.answers, d.code
FROM draft d JOIN exam_session x ON x.id = d.exam_session LEFT JOIN establishment e ON e.id = d.establishment
ORDER BY d.id;

-- whole_draft_add(id int, exam text, session text, service text, uai text?, number int?, revision int?, birth_date text?, email text?, department text, created int, changed int, reminded int?, reason text?, proof text?, received text?, answers text, code text)
INSERT INTO draft (id, exam, exam_session, service, establishment, number, revision, birth_date, email, department, created, changed, reminded, reason, proof, received, answers, code)
VALUES (:id, :exam, coalesce((SELECT s.id FROM exam_session s WHERE s.exam = :exam AND s.year = CAST(substr(:session, 1, 4) AS INTEGER) AND s.month = CAST(substr(:session, 6, 2) AS INTEGER)), 0), :service, CASE WHEN :uai IS NULL THEN NULL ELSE coalesce((SELECT e.id FROM establishment e WHERE e.code = :uai), 0) END, :number, :revision, :birth_date, :email, :department, :created, :changed, :reminded, :reason, :proof, :received, :answers, :code);

-- ---------------------------------------------------------------- outbox

-- whole_message() -> many (id int, kind text, recipient text?, exam text, number int?, revision int?, draft int?, days int?, created int, next_try int?, attempts int, failure text?)
-- Those that wait.
SELECT id, kind, recipient, exam, number, revision, draft, days, created, next_try, attempts, failure
FROM outbox WHERE next_try IS NOT NULL
ORDER BY id;

-- whole_message_add(id int, kind text, recipient text?, exam text, number int?, revision int?, draft int?, days int?, created int, next_try int?, attempts int, failure text?)
INSERT INTO outbox (id, kind, recipient, exam, number, revision, draft, days, created, next_try, attempts, failure)
VALUES (:id, :kind, :recipient, :exam, :number, :revision, :draft, :days, :created, :next_try, :attempts, :failure);

-- ---------------------------------------------------------------- audit_entry

-- whole_audit() -> many (id int, at int, service text, actor text, address text?, action text, exam text?, number int?, establishment text?, detail text?, digest blob, salt blob?)
SELECT id, at, service, actor, address, action, exam, number, establishment, detail, digest, salt
FROM audit_entry
ORDER BY id;

-- whole_audit_add(id int, at int, service text, actor text, address text?, action text, exam text?, number int?, establishment text?, detail text?, digest blob, salt blob?)
INSERT INTO audit_entry (id, at, service, actor, address, action, exam, number, establishment, detail, digest, salt)
VALUES (:id, :at, :service, :actor, :address, :action, :exam, :number, :establishment, :detail, :digest, :salt);

-- whole_audit_clear()
DELETE FROM audit_entry;

-- ---------------------------------------------------------------- audit_seal

-- whole_seal() -> many (id int, first int, last int, at int, previous blob, hash blob)
SELECT id, first, last, at, previous, hash
FROM audit_seal
ORDER BY id;

-- whole_seal_add(id int, first int, last int, at int, previous blob, hash blob)
INSERT INTO audit_seal (id, first, last, at, previous, hash)
VALUES (:id, :first, :last, :at, :previous, :hash);

-- ---------------------------------------------------------------- unload_sequence

-- whole_unload() -> many (reach text, sequence int, mark int, at int)
SELECT reach, sequence, mark, at
FROM unload_sequence
ORDER BY reach, sequence;

-- whole_unload_add(reach text, sequence int, mark int, at int)
INSERT INTO unload_sequence (reach, sequence, mark, at)
VALUES (:reach, :sequence, :mark, :at);

-- specialties_with_units() -> many (specialty text)
SELECT DISTINCT specialty FROM exam_unit ORDER BY specialty;

-- ---------------------------------------------------------------- a base to load into

-- whole_rows() -> one counted
-- What no base has that init alone has made.
SELECT (SELECT count(*) FROM establishment) + (SELECT count(*) FROM registration) + (SELECT count(*) FROM draft)
     + (SELECT count(*) FROM account) + (SELECT count(*) FROM audit_seal) + (SELECT count(*) FROM unload_sequence)
     + (SELECT count(*) FROM registration_window) + (SELECT count(*) FROM outbox) + (SELECT count(*) FROM load_run);

-- ---------------------------------------------------------------- unloads

-- unload_last(reach text) -> one (sequence int, mark int)
SELECT sequence, mark FROM unload_sequence WHERE reach = :reach ORDER BY sequence DESC LIMIT 1;

-- unload_mark(reach text, sequence int) -> one (mark int)
SELECT mark FROM unload_sequence WHERE reach = :reach AND sequence = :sequence;

-- unload_sequence_add(reach text, sequence int, mark int, at int)
INSERT INTO unload_sequence (reach, sequence, mark, at) VALUES (:reach, :sequence, :mark, :at);

-- unload_run_add(at int, actor text, what text, reach text, sequence int?, since int?, rows_written int, digest text)
INSERT INTO unload_run (at, actor, what, reach, sequence, since, rows_written, digest)
VALUES (:at, :actor, :what, :reach, :sequence, :since, :rows_written, :digest);

-- ---------------------------------------------------------------- what the next system would refuse

-- quality_groups(exam text, exam_session int) -> many (exam_session int, establishment int?, specialty text)
-- exam '', exam_session 0: whichever. By school: those without one come last.
SELECT session, school, specialty FROM (SELECT DISTINCT coalesce(r.exam_session, 0) AS session, r.establishment AS school, r.specialty AS specialty
FROM registration r
WHERE r.state = 'V' AND {scope r: one set all}
  AND (:exam = '' OR r.exam = :exam) AND (:exam_session = 0 OR r.exam_session = :exam_session)) g
ORDER BY CASE WHEN school IS NULL THEN 1 ELSE 0 END, school, session, specialty;

-- row quality_row(exam text, number int, revision int, category text, of_exam int, is_open int, doubles int, answers text)

-- quality_of_school(exam_session int, establishment int, specialty text) -> many quality_row
SELECT r.exam, r.number, r.revision, r.category, CASE WHEN c.exams LIKE '%|' || r.exam || '|%' THEN 1 ELSE 0 END,
       CASE WHEN coalesce(s.first_session, x.year) <= x.year AND coalesce(s.last_session, x.year) >= x.year THEN 1 ELSE 0 END,
       (SELECT count(*) FROM registration_double d JOIN registration o ON o.exam = d.exam AND o.number = d.other
        WHERE d.exam = r.exam AND d.number = r.number AND o.state = 'V' AND o.homonym_allowed = 0 AND r.homonym_allowed = 0),
       r.answers
FROM registration r CROSS JOIN category c CROSS JOIN specialty s CROSS JOIN exam_session x
WHERE r.exam_session = :exam_session AND r.establishment = :establishment AND r.specialty = :specialty AND {scope r: one set all}
  AND r.state = 'V' AND c.code = r.category AND s.code = r.specialty AND x.id = r.exam_session
ORDER BY r.number;

-- quality_of_nobody(exam_session int, specialty text) -> many quality_row
SELECT r.exam, r.number, r.revision, r.category, CASE WHEN c.exams LIKE '%|' || r.exam || '|%' THEN 1 ELSE 0 END,
       CASE WHEN coalesce(s.first_session, x.year) <= x.year AND coalesce(s.last_session, x.year) >= x.year THEN 1 ELSE 0 END,
       (SELECT count(*) FROM registration_double d JOIN registration o ON o.exam = d.exam AND o.number = d.other
        WHERE d.exam = r.exam AND d.number = r.number AND o.state = 'V' AND o.homonym_allowed = 0 AND r.homonym_allowed = 0),
       r.answers
FROM registration r CROSS JOIN category c CROSS JOIN specialty s CROSS JOIN exam_session x
WHERE r.exam_session = :exam_session AND r.establishment IS NULL AND r.specialty = :specialty AND {scope r: set all}
  AND r.state = 'V' AND c.code = r.category AND s.code = r.specialty AND x.id = r.exam_session
ORDER BY r.number;
