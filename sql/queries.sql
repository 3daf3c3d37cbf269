-- SPDX-License-Identifier: Apache-2.0
-- Every statement of the product, by aggregate. How to read the signatures: README.md.

-- ================================================================ the schema's own versions

-- schema_last_version() -> one (version int?)
SELECT max(version) FROM schema_migration;

-- schema_add_version(version int, name text, applied int)
INSERT INTO schema_migration (version, name, applied) VALUES (:version, :name, :applied);

-- ================================================================ base: parameters, keys, lock, counts

-- parameter_get(exam text, exam_session int, name text) -> one (value text?)
-- One look by key for each, and no further: sorting what IN finds takes SQLite memory that threads fight for.
SELECT coalesce((SELECT value FROM parameter WHERE exam = :exam AND exam_session = :exam_session AND name = :name),
                (SELECT value FROM parameter WHERE exam = :exam AND exam_session = 0 AND name = :name),
                (SELECT value FROM parameter WHERE exam = '' AND exam_session = 0 AND name = :name));

-- parameter_set(exam text, exam_session int, name text, value text)
INSERT INTO parameter (exam, exam_session, name, value) VALUES (:exam, :exam_session, :name, :value)
ON CONFLICT (exam, exam_session, name) DO UPDATE SET value = excluded.value;

-- parameter_remove(exam text, exam_session int, name text)
DELETE FROM parameter WHERE exam = :exam AND exam_session = :exam_session AND name = :name;

-- row parameter_value(exam text, exam_session int, name text, value text)

-- parameter_values(name text) -> many parameter_value
-- All that is said of it; name '': of all of them.
SELECT exam, exam_session, name, value FROM parameter
WHERE name = :name OR (:name = '' AND name <> 'nomenclature') ORDER BY name, exam, exam_session;

-- parameter_own(exam text, exam_session int, name text) -> one (value text)
-- What is said of that alone.
SELECT value FROM parameter WHERE exam = :exam AND exam_session = :exam_session AND name = :name;

-- parameter_change_add(exam text, exam_session int, name text, at int, actor text, before text?, after text?)
INSERT INTO parameter_change (exam, exam_session, name, ordinal, at, actor, before, after)
SELECT :exam, :exam_session, :name, coalesce(max(ordinal), 0) + 1, :at, :actor, :before, :after
FROM parameter_change WHERE exam = :exam AND exam_session = :exam_session AND name = :name;

-- row parameter_change(ordinal int, at int, actor text, before text?, after text?)

-- parameter_changes(exam text, exam_session int, name text) -> many parameter_change
SELECT ordinal, at, actor, before, after FROM parameter_change
WHERE exam = :exam AND exam_session = :exam_session AND name = :name ORDER BY ordinal DESC;

-- secret_get(name text) -> one (value blob)
SELECT value FROM secret WHERE name = :name;

-- secret_add(name text, value blob)
INSERT INTO secret (name, value) VALUES (:name, :value);

-- row base_lock(locked int, reason text?, until int?)

-- base_lock_get() -> one base_lock
SELECT locked, reason, until FROM base_lock WHERE id = 1;

-- base_lock_add()
INSERT INTO base_lock (id, locked) VALUES (1, 0);

-- base_lock_set(locked int, reason text?, until int?, since int?, holder text?)
UPDATE base_lock SET locked = :locked, reason = :reason, until = :until, since = :since, holder = :holder WHERE id = 1;

-- base_lock_holder() -> one (holder text?, since int?)
SELECT holder, since FROM base_lock WHERE id = 1;

-- base_frame() -> one (authority text?, zone text?, nomenclature text?, locked int, reason text?, until int?)
SELECT (SELECT value FROM parameter WHERE exam = '' AND name = 'academie'),
       (SELECT value FROM parameter WHERE exam = '' AND name = 'fuseau'),
       (SELECT value FROM parameter WHERE exam = '' AND name = 'nomenclature'),
       locked, reason, until
FROM base_lock WHERE id = 1;

-- base_state() -> one (nomenclature text?, locked int, reason text?, until int?)
-- What of the frame may change at any moment; the rest is known by the nomenclatures' version.
SELECT (SELECT value FROM parameter WHERE exam = '' AND name = 'nomenclature'), locked, reason, until
FROM base_lock WHERE id = 1;

-- row base_fault(fault text)

-- row counted(count int)

-- base_counts() -> one (specialties int, establishments int, registrations int, drafts int)
SELECT (SELECT count(*) FROM specialty), (SELECT count(*) FROM establishment),
       (SELECT count(*) FROM registration), (SELECT count(*) FROM draft);

-- base_ends() -> one counted
-- The first and the last row of each table that pages live on, by its key: all can be read. A few pages of the base,
-- however big it is.
SELECT (SELECT count(value) FROM (SELECT value FROM parameter ORDER BY exam, exam_session, name LIMIT 1) e) + (SELECT count(value) FROM (SELECT value FROM parameter ORDER BY exam DESC, exam_session DESC, name DESC LIMIT 1) e)
     + (SELECT count(value) FROM (SELECT value FROM secret ORDER BY name LIMIT 1) e) + (SELECT count(value) FROM (SELECT value FROM secret ORDER BY name DESC LIMIT 1) e)
     + (SELECT count(period) FROM (SELECT period FROM exam_session ORDER BY id LIMIT 1) e) + (SELECT count(period) FROM (SELECT period FROM exam_session ORDER BY id DESC LIMIT 1) e)
     + (SELECT count(closes) FROM (SELECT closes FROM registration_window ORDER BY id LIMIT 1) e) + (SELECT count(closes) FROM (SELECT closes FROM registration_window ORDER BY id DESC LIMIT 1) e)
     + (SELECT count(name) FROM (SELECT name FROM establishment ORDER BY id LIMIT 1) e) + (SELECT count(name) FROM (SELECT name FROM establishment ORDER BY id DESC LIMIT 1) e)
     + (SELECT count(specialty) FROM (SELECT specialty FROM establishment_offer ORDER BY establishment, exam_session, specialty, category LIMIT 1) e) + (SELECT count(specialty) FROM (SELECT specialty FROM establishment_offer ORDER BY establishment DESC, exam_session DESC, specialty DESC, category DESC LIMIT 1) e)
     + (SELECT count(version) FROM (SELECT version FROM establishment_exam ORDER BY establishment, exam_session LIMIT 1) e) + (SELECT count(version) FROM (SELECT version FROM establishment_exam ORDER BY establishment DESC, exam_session DESC LIMIT 1) e)
     + (SELECT count(epoch) FROM (SELECT epoch FROM account ORDER BY id LIMIT 1) e) + (SELECT count(epoch) FROM (SELECT epoch FROM account ORDER BY id DESC LIMIT 1) e)
     + (SELECT count(label) FROM (SELECT label FROM specialty ORDER BY code LIMIT 1) e) + (SELECT count(label) FROM (SELECT label FROM specialty ORDER BY code DESC LIMIT 1) e)
     + (SELECT count(label) FROM (SELECT label FROM category ORDER BY code LIMIT 1) e) + (SELECT count(label) FROM (SELECT label FROM category ORDER BY code DESC LIMIT 1) e)
     + (SELECT count(label) FROM (SELECT label FROM exam_unit ORDER BY specialty, rank LIMIT 1) e) + (SELECT count(label) FROM (SELECT label FROM exam_unit ORDER BY specialty DESC, rank DESC LIMIT 1) e)
     + (SELECT count(next) FROM (SELECT next FROM number_counter ORDER BY exam LIMIT 1) e) + (SELECT count(next) FROM (SELECT next FROM number_counter ORDER BY exam DESC LIMIT 1) e)
     + (SELECT count(csrf) FROM (SELECT csrf FROM session ORDER BY id LIMIT 1) e) + (SELECT count(csrf) FROM (SELECT csrf FROM session ORDER BY id DESC LIMIT 1) e)
     + (SELECT count(exam) FROM (SELECT exam FROM session_item ORDER BY session, ordinal LIMIT 1) e) + (SELECT count(exam) FROM (SELECT exam FROM session_item ORDER BY session DESC, ordinal DESC LIMIT 1) e)
     + (SELECT count(words) FROM (SELECT words FROM session_search ORDER BY session, ordinal LIMIT 1) e) + (SELECT count(words) FROM (SELECT words FROM session_search ORDER BY session DESC, ordinal DESC LIMIT 1) e)
     + (SELECT count(ticks) FROM (SELECT ticks FROM kept_ticks ORDER BY account LIMIT 1) e) + (SELECT count(ticks) FROM (SELECT ticks FROM kept_ticks ORDER BY account DESC LIMIT 1) e)
     + (SELECT count(changed) FROM (SELECT changed FROM throttle ORDER BY key LIMIT 1) e) + (SELECT count(changed) FROM (SELECT changed FROM throttle ORDER BY key DESC LIMIT 1) e)
     + (SELECT count(answers) FROM (SELECT answers FROM draft ORDER BY id LIMIT 1) e) + (SELECT count(answers) FROM (SELECT answers FROM draft ORDER BY id DESC LIMIT 1) e)
     + (SELECT count(answers) FROM (SELECT answers FROM registration ORDER BY exam, number LIMIT 1) e) + (SELECT count(answers) FROM (SELECT answers FROM registration ORDER BY exam DESC, number DESC LIMIT 1) e)
     + (SELECT count(answers) FROM (SELECT answers FROM registration_revision ORDER BY exam, number, revision LIMIT 1) e) + (SELECT count(answers) FROM (SELECT answers FROM registration_revision ORDER BY exam DESC, number DESC, revision DESC LIMIT 1) e)
     + (SELECT count(kind) FROM (SELECT kind FROM outbox ORDER BY id LIMIT 1) e) + (SELECT count(kind) FROM (SELECT kind FROM outbox ORDER BY id DESC LIMIT 1) e)
     + (SELECT count(actor) FROM (SELECT actor FROM state_change ORDER BY id LIMIT 1) e) + (SELECT count(actor) FROM (SELECT actor FROM state_change ORDER BY id DESC LIMIT 1) e)
     + (SELECT count(action) FROM (SELECT action FROM audit_entry ORDER BY id LIMIT 1) e) + (SELECT count(action) FROM (SELECT action FROM audit_entry ORDER BY id DESC LIMIT 1) e)
     + (SELECT count(at) FROM (SELECT at FROM audit_seal ORDER BY id LIMIT 1) e) + (SELECT count(at) FROM (SELECT at FROM audit_seal ORDER BY id DESC LIMIT 1) e);

-- ================================================================ sessions of exams

-- row exam_session(id int, exam text, year int, month int, period text, state text, main int)

-- exam_session_list() -> many exam_session
SELECT id, exam, year, month, period, state, main FROM exam_session ORDER BY main DESC, year, month, exam;

-- exam_session_count(exam_session int) -> one (registrations int, drafts int)
SELECT (SELECT count(*) FROM registration WHERE exam_session = :exam_session),
       (SELECT count(*) FROM draft WHERE exam_session = :exam_session);

-- exam_session_faults() -> many base_fault
-- What no constraint holds: all that belongs to a session has one, of its own exam; each exam has a main one.
SELECT 'registration ' || r.exam || ' ' || r.number || ' is of no session of its exam'
FROM registration r LEFT JOIN exam_session s ON s.id = r.exam_session AND s.exam = r.exam WHERE s.id IS NULL
UNION ALL
SELECT 'draft ' || d.id || ' is of no session of its exam'
FROM draft d LEFT JOIN exam_session s ON s.id = d.exam_session AND s.exam = d.exam WHERE s.id IS NULL
UNION ALL
SELECT 'item ' || i.session || '.' || i.ordinal || ' is of no session of its exam'
FROM session_item i LEFT JOIN exam_session s ON s.id = i.exam_session AND s.exam = i.exam WHERE s.id IS NULL
UNION ALL
SELECT 'state change ' || c.id || ' is of no session of its exam'
FROM state_change c LEFT JOIN exam_session s ON s.id = c.exam_session AND s.exam = c.exam WHERE s.id IS NULL
UNION ALL
SELECT exam || ' has no main session' FROM exam_session GROUP BY exam HAVING max(main) = 0
LIMIT 10;

-- exam_session_add(exam text, year int, month int, period text, state text, main int) -> one added
INSERT INTO exam_session (exam, year, month, period, state, main)
VALUES (:exam, :year, :month, :period, :state, :main) RETURNING id;

-- exam_session_set(id int, period text, state text, former_period text, former_state text)
-- Only in place of what was looked at; former_state '': whatever it is.
UPDATE exam_session SET period = :period, state = :state
WHERE id = :id AND (:former_state = '' OR (period = :former_period AND state = :former_state));

-- exam_session_no_main(exam text)
UPDATE exam_session SET main = 0 WHERE exam = :exam AND main = 1;

-- exam_session_main(id int)
UPDATE exam_session SET main = 1 WHERE id = :id;

-- ================================================================ nomenclatures

-- academy_add(code text, name text, departments text, state text, status text)
INSERT INTO academy (code, name, departments, state, status)
VALUES (:code, :name, :departments, :state, :status);

-- department_add(code text, code3 text, name text, academy text?, postal_prefix text?, establishment_prefix text?, status text)
INSERT INTO department (code, code3, name, academy, postal_prefix, establishment_prefix, status)
VALUES (:code, :code3, :name, :academy, :postal_prefix, :establishment_prefix, :status);

-- country_add(code text, bcn text?, iso2 text?, iso3 text?, name text, european int, sort_key blob)
INSERT INTO country (code, bcn, iso2, iso3, name, european, sort_key)
VALUES (:code, :bcn, :iso2, :iso3, :name, :european, :sort_key);

-- language_add(code text, label text, iso639 text?, bts int, bcp_compulsory int, bcp_optional int, regional int, status text)
INSERT INTO language (code, label, iso639, bts, bcp_compulsory, bcp_optional, regional, status)
VALUES (:code, :label, :iso639, :bts, :bcp_compulsory, :bcp_optional, :regional, :status);

-- category_add(code text, label text, family text, ccf int, exams text, european int, service text, status text)
INSERT INTO category (code, label, family, ccf, exams, european, service, status)
VALUES (:code, :label, :family, :ccf, :exams, :european, :service, :status);

-- specialty_add(code text, exam text, code5 text, label text, nsf text?, letter text?, first_session int?, last_session int?, status text, source text, sort_key blob)
INSERT INTO specialty (code, exam, code5, label, nsf, letter, first_session, last_session, status, source, sort_key)
VALUES (:code, :exam, :code5, :label, :nsf, :letter, :first_session, :last_session, :status, :source, :sort_key);

-- exam_unit_add(specialty text, code text, rank int, unit text, label text, coefficient text?, kind text, subject text?, mode_ccf text?, mode_other text?, duration text?, status text)
INSERT INTO exam_unit (specialty, code, rank, unit, label, coefficient, kind, subject, mode_ccf, mode_other, duration, status)
VALUES (:specialty, :code, :rank, :unit, :label, :coefficient, :kind, :subject, :mode_ccf, :mode_other, :duration, :status);

-- training_programme_add(mef text, mef11 text?, label text, specialty text, duration int?, year int?, last_year int)
INSERT INTO training_programme (mef, mef11, label, specialty, duration, year, last_year)
VALUES (:mef, :mef11, :label, :specialty, :duration, :year, :last_year);

-- nomenclature_touch()
-- A new version of all nomenclatures: what was read of them before is read again.
INSERT INTO parameter (exam, exam_session, name, value) VALUES ('', 0, 'nomenclature', '1')
ON CONFLICT (exam, exam_session, name) DO UPDATE SET value = CAST(CAST(parameter.value AS BIGINT) + 1 AS TEXT);

-- row choice(code text, name text)

-- country_list() -> many choice
SELECT code, name FROM country ORDER BY sort_key, code;

-- department_list() -> many choice
SELECT code3, name FROM department WHERE code3 <> '099' ORDER BY code3;

-- category_label(code text) -> one (label text)
SELECT label FROM category WHERE code = :code;

-- category_of(family text, ccf int, exam text, sector_label text) -> one (code text, label text)
SELECT code, label FROM category
WHERE family = :family AND ccf = :ccf AND exams LIKE '%|' || :exam || '|%'
ORDER BY CASE WHEN label LIKE '%' || :sector_label || '%' THEN 0 ELSE 1 END, code LIMIT 1;

-- unit_list(specialty text) -> many (unit text, label text, coefficient text?, kind text, subject text?, mode_ccf text?, mode_other text?, status text, first_session int?, last_session int?)
SELECT unit, label, coefficient, kind, subject, mode_ccf, mode_other, status, first_session, last_session
FROM exam_unit WHERE specialty = :specialty AND status <> 'invented' ORDER BY rank;

-- language_list() -> many (code text, label text, bts int, bcp_compulsory int, bcp_optional int)
SELECT code, label, bts, bcp_compulsory, bcp_optional FROM language ORDER BY label, code;

-- academy_list() -> many choice
SELECT code, name FROM academy WHERE state = 'open' ORDER BY code;

-- family_list(exam text, service text) -> many (family text)
SELECT DISTINCT family FROM category WHERE service = :service AND exams LIKE '%|' || :exam || '|%';

-- specialty_open_list(exam text, session int) -> many (code text, code5 text, label text, nsf text?, elsewhere text?)
SELECT code, code5, label, nsf, elsewhere FROM specialty
WHERE exam = :exam AND (first_session IS NULL OR first_session <= :session)
  AND (last_session IS NULL OR last_session >= :session)
ORDER BY substr(coalesce(nsf, ''), 1, 2), sort_key, code;

-- exam_parameter_list(exam text, exam_session int) -> many (name text, value text)
-- Those for all exams, then those of the exam, then those of its session.
SELECT name, value FROM parameter
WHERE exam IN (:exam, '') AND exam_session IN (:exam_session, 0) ORDER BY exam_session, exam, name;

-- row added(id int)

-- ================================================================ establishments

-- establishment_add(code text, kind text, name text, sector text, families text, licensed_ccf int, postal_code text?, town text?, department text?, academy text?) -> one added
INSERT INTO establishment (code, kind, name, sector, families, licensed_ccf, postal_code, town, department, academy)
VALUES (:code, :kind, :name, :sector, :families, :licensed_ccf, :postal_code, :town, :department, :academy)
RETURNING id;

-- row establishment(id int, code text, kind text, name text, sector text, families text, licensed_ccf int, postal_code text?, town text?, department text?, activation_opens int?, activation_closes int?, activated int?, activated_from text?)

-- establishment_by_code(code text) -> one establishment
SELECT id, code, kind, name, sector, families, licensed_ccf, postal_code, town, department, activation_opens,
       activation_closes, activated, activated_from
FROM establishment WHERE code = :code;

-- establishment_roll(exams text?) -> many (id int, code text, name text, town text?, department text?, activated int?, activation_closes int?, open_services int, services int)
-- A school a row: some thousands at most, whatever the number of candidates. exams: '|BCP|CAP|', NULL: all; archived sessions
-- don't count.
SELECT e.id, e.code, e.name, e.town, e.department, e.activated, e.activation_closes,
       coalesce(x.open_services, 0), coalesce(x.services, 0)
FROM establishment e LEFT JOIN
     (SELECT p.establishment, count(CASE WHEN p.service_open = 1 THEN 1 END) AS open_services, count(*) AS services
      FROM establishment_exam p JOIN exam_session s ON s.id = p.exam_session
      WHERE s.state <> 'archived' AND (:exams IS NULL OR :exams LIKE '%|' || s.exam || '|%')
      GROUP BY p.establishment) x ON x.establishment = e.id
ORDER BY e.code;

-- establishment_by_id(id int) -> one establishment
SELECT id, code, kind, name, sector, families, licensed_ccf, postal_code, town, department, activation_opens,
       activation_closes, activated, activated_from
FROM establishment WHERE id = :id;

-- establishment_activation_set(code text, opens int?, closes int?)
UPDATE establishment SET activation_opens = :opens, activation_closes = :closes WHERE code = :code;

-- establishment_activation_set_all(opens int?, closes int?)
UPDATE establishment SET activation_opens = :opens, activation_closes = :closes;

-- establishment_activated(id int, at int, address text)
UPDATE establishment SET activated = :at, activated_from = :address, activation_opens = NULL, activation_closes = NULL
WHERE id = :id AND activated IS NULL;

-- establishment_activate(id int, at int, address text)
-- Within its window alone, whatever it was when the session began.
UPDATE establishment SET activated = :at, activated_from = :address, activation_opens = NULL, activation_closes = NULL
WHERE id = :id AND activation_opens <= :at AND activation_closes > :at;

-- offer_add(establishment int, exam_session int, specialty text)
INSERT INTO establishment_offer (establishment, exam_session, specialty) VALUES (:establishment, :exam_session, :specialty);

-- row offer(code text, code5 text, label text, elsewhere text?, category text, licensed_ccf int?, first_session int?, last_session int?)

-- offer_list(establishment int, exam_session int) -> many offer
SELECT s.code, s.code5, s.label, s.elsewhere, o.category, o.licensed_ccf, o.first_session, o.last_session
FROM establishment_offer o JOIN specialty s ON s.code = o.specialty
WHERE o.establishment = :establishment AND o.exam_session = :exam_session
ORDER BY s.sort_key, s.code, o.category;

-- offer_get(establishment int, exam_session int, specialty text) -> many offer
SELECT s.code, s.code5, s.label, s.elsewhere, o.category, o.licensed_ccf, o.first_session, o.last_session
FROM establishment_offer o JOIN specialty s ON s.code = o.specialty
WHERE o.establishment = :establishment AND o.exam_session = :exam_session AND o.specialty = :specialty
ORDER BY o.category;

-- establishment_exam_add(establishment int, exam_session int, service_open int, european int?)
INSERT INTO establishment_exam (establishment, exam_session, service_open, european)
VALUES (:establishment, :exam_session, :service_open, :european);

-- establishment_exam_get(establishment int, exam_session int) -> one (service_open int, european int?, changed int?, changed_from text?, changed_by text?, version int)
SELECT service_open, european, changed, changed_from, changed_by, version
FROM establishment_exam WHERE establishment = :establishment AND exam_session = :exam_session;

-- establishment_exam_list(establishment int) -> many (exam_session int, service_open int, european int?, changed int?, changed_by text?, version int)
SELECT exam_session, service_open, european, changed, changed_by, version
FROM establishment_exam WHERE establishment = :establishment ORDER BY exam_session;

-- establishment_exam_open(establishment int, exam_session int, open int, at int, address text?, actor text)
UPDATE establishment_exam
SET service_open = :open, changed = :at, changed_from = :address, changed_by = :actor, version = version + 1
WHERE establishment = :establishment AND exam_session = :exam_session;

-- establishment_exam_european(establishment int, exam_session int, managed int)
UPDATE establishment_exam SET european = :managed, version = version + 1
WHERE establishment = :establishment AND exam_session = :exam_session;

-- establishment_exam_touch(establishment int, exam_session int)
UPDATE establishment_exam SET version = version + 1 WHERE establishment = :establishment AND exam_session = :exam_session;

-- ================================================================ accounts, sessions, throttle

-- account_add(service text, login text, establishment int?, password text?, changed int?) -> one added
INSERT INTO account (service, login, establishment, password, password_changed)
VALUES (:service, :login, :establishment, :password, :changed) RETURNING id;

-- account_get(service text, login text) -> one (id int, establishment int?, password text?, epoch int, last_login int?, last_login_from text?, rights text?, temporary int)
SELECT id, establishment, password, epoch, last_login, last_login_from, rights, temporary
FROM account WHERE service = :service AND login = :login;

-- account_password_set(id int, password text, at int)
UPDATE account SET password = :password, password_changed = :at, epoch = epoch + 1, temporary = 0 WHERE id = :id;

-- account_password_give(id int, password text, at int)
UPDATE account SET password = :password, password_changed = :at, epoch = epoch + 1, temporary = 1 WHERE id = :id;

-- account_logged_in(id int, at int, address text?)
UPDATE account SET last_login = :at, last_login_from = :address WHERE id = :id;

-- delegate_add(login text, establishment int, password text, at int, rights text, created_by text)
INSERT INTO account (service, login, establishment, password, password_changed, rights, temporary, created_by)
VALUES ('etablissement', :login, :establishment, :password, :at, :rights, 1, :created_by);

-- delegate_list(establishment int) -> many (login text, rights text, temporary int, created_by text?, last_login int?, last_login_from text?)
SELECT login, rights, temporary, created_by, last_login, last_login_from
FROM account WHERE establishment = :establishment AND rights IS NOT NULL ORDER BY login;

-- delegate_password(establishment int, login text, password text, at int)
UPDATE account SET password = :password, password_changed = :at, epoch = epoch + 1, temporary = 1
WHERE establishment = :establishment AND login = :login AND rights IS NOT NULL;

-- delegate_sessions_end(establishment int, login text)
DELETE FROM session WHERE account IN
    (SELECT id FROM account WHERE establishment = :establishment AND login = :login AND rights IS NOT NULL);

-- delegate_remove(establishment int, login text)
DELETE FROM account WHERE establishment = :establishment AND login = :login AND rights IS NOT NULL;

-- manager_add(account int, name text, exams text?, departments text?, may_change int, sees_identities int)
INSERT INTO manager (account, name, exams, departments, may_change, sees_identities)
VALUES (:account, :name, :exams, :departments, :may_change, :sees_identities);

-- manager_list() -> many (login text, name text, exams text?, departments text?, may_change int, sees_identities int, last_login int?)
SELECT a.login, m.name, m.exams, m.departments, m.may_change, m.sees_identities, a.last_login
FROM manager m JOIN account a ON a.id = m.account ORDER BY a.login;

-- account_sessions_end(account int)
DELETE FROM session WHERE account = :account;

-- account_remove(account int)
DELETE FROM account WHERE id = :account;

-- session_add(token blob, service text, account int?, epoch int, quarantined int, csrf text, now int, ends int, previous_login int?, previous_login_from text?) -> one added
INSERT INTO session (token, service, account, epoch, quarantined, csrf, created, seen, ends, previous_login,
                     previous_login_from)
VALUES (:token, :service, :account, :epoch, :quarantined, :csrf, :now, :now, :ends, :previous_login,
        :previous_login_from)
RETURNING id;

-- session_get(token blob, service text) -> one (id int, account int?, quarantined int, csrf text, created int, seen int, ends int, ended int?, notice text?, previous_login int?, previous_login_from text?, login text?, current int, rights text?, establishment int?, code text?, name text?, manager text?, exams text?, departments text?, may_change int?, sees_identities int?, nomenclature text?, locked int, reason text?, until int?)
-- With base_state: every page asks for both.
SELECT s.id, s.account, s.quarantined, s.csrf, s.created, s.seen, s.ends, s.ended, s.notice, s.previous_login,
       s.previous_login_from, a.login, CASE WHEN a.id IS NULL OR a.epoch = s.epoch THEN 1 ELSE 0 END,
       a.rights, a.establishment, e.code, e.name, m.name, m.exams, m.departments, m.may_change, m.sees_identities,
       (SELECT value FROM parameter WHERE exam = '' AND name = 'nomenclature'), b.locked, b.reason, b.until
FROM session s JOIN base_lock b ON b.id = 1
LEFT JOIN account a ON a.id = s.account LEFT JOIN establishment e ON e.id = a.establishment
LEFT JOIN manager m ON m.account = s.account
WHERE s.token = :token AND s.service = :service;

-- session_seen(id int, now int)
UPDATE session SET seen = :now WHERE id = :id;

-- session_notice(id int, notice text?)
UPDATE session SET notice = :notice WHERE id = :id;

-- session_notices_forget(before int)
-- What was to be shown once may be a password.
UPDATE session SET notice = NULL WHERE notice IS NOT NULL AND seen < :before;

-- session_delete(id int)
DELETE FROM session WHERE id = :id;

-- session_purge(idle_before int, ended_before int)
DELETE FROM session WHERE seen < :idle_before OR ended < :ended_before;

-- row ordinal(ordinal int)

-- session_next_ordinal(id int) -> one ordinal
UPDATE session SET next_ordinal = next_ordinal + 1 WHERE id = :id RETURNING next_ordinal - 1;

-- session_item_add(session int, ordinal int, exam text, exam_session int, draft int?, number int?, pending int, step text?)
INSERT INTO session_item (session, ordinal, exam, exam_session, draft, number, pending, step)
VALUES (:session, :ordinal, :exam, :exam_session, :draft, :number, :pending, :step);

-- row session_item(ordinal int, exam_session int, draft int?, number int?, pending int, step text?)

-- session_item_get(session int, ordinal int, exam_session int) -> one session_item
-- exam_session 0: whichever.
SELECT ordinal, exam_session, draft, number, pending, step FROM session_item
WHERE session = :session AND ordinal = :ordinal AND (:exam_session = 0 OR exam_session = :exam_session);

-- session_item_latest(session int, exam_session int) -> one session_item
-- The draft that a session was busy with last; exam_session 0: whichever; else one that waits to be proved.
SELECT i.ordinal, i.exam_session, i.draft, i.number, i.pending, i.step
FROM session_item i JOIN draft d ON d.id = i.draft
WHERE i.session = :session AND i.pending < 2
  AND (:exam_session = 0 OR (i.exam_session = :exam_session AND i.pending = 1))
ORDER BY d.changed DESC, i.ordinal DESC LIMIT 1;

-- session_items_carry(former int, session int, pending int)
-- Drafts go on under the ordinals that they had.
UPDATE session_item SET session = :session, pending = CASE WHEN :pending = 1 THEN 1 ELSE pending END
WHERE session = :former AND draft IS NOT NULL AND pending < 2;

-- session_ordinals_carry(former int, session int)
UPDATE session SET next_ordinal = (SELECT next_ordinal FROM session WHERE id = :former) WHERE id = :session;

-- session_item_step(session int, ordinal int, step text)
UPDATE session_item SET step = :step WHERE session = :session AND ordinal = :ordinal;

-- session_item_open(session int, ordinal int)
UPDATE session_item SET pending = 0 WHERE session = :session AND ordinal = :ordinal;

-- session_item_leave(session int, ordinal int)
UPDATE session_item SET pending = 2 WHERE session = :session AND ordinal = :ordinal;

-- session_item_done(session int, ordinal int, number int)
UPDATE session_item SET draft = NULL, number = :number WHERE session = :session AND ordinal = :ordinal;

-- session_item_of_number(session int, exam text, number int) -> one ordinal
SELECT ordinal FROM session_item WHERE session = :session AND exam = :exam AND number = :number
ORDER BY ordinal LIMIT 1;

-- session_item_of_revision(session int, exam text, number int, revision int) -> one ordinal
-- The draft by which a session already modifies this revision.
SELECT i.ordinal FROM session_item i JOIN draft d ON d.id = i.draft
WHERE i.session = :session AND i.exam = :exam AND d.number = :number AND d.revision = :revision
ORDER BY i.ordinal DESC LIMIT 1;

-- session_items_forget(session int, but int)
-- All but one; 0: all.
DELETE FROM session_item WHERE session = :session AND ordinal <> :but;

-- session_items_in_reach(session int) -> many (code text?, birth_date text?)
-- All but what waits to be proved; of a draft that something was typed in, what finds it again.
SELECT d.code, d.birth_date
FROM session_item i LEFT JOIN draft d ON d.id = i.draft AND i.pending = 0 AND d.answers <> '{}'
WHERE i.session = :session AND (i.number IS NOT NULL OR i.pending <> 1) ORDER BY i.ordinal;

-- session_items_hide(session int)
DELETE FROM session_item WHERE session = :session AND (number IS NOT NULL OR pending <> 1);

-- session_item_forget(session int, ordinal int)
DELETE FROM session_item WHERE session = :session AND ordinal = :ordinal;

-- session_search_add(session int, ordinal int, words text)
INSERT INTO session_search (session, ordinal, words) VALUES (:session, :ordinal, :words);

-- session_search_get(session int, ordinal int) -> one (words text)
SELECT words FROM session_search WHERE session = :session AND ordinal = :ordinal;

-- session_search_forget(session int, kept int)
-- All but the latest.
DELETE FROM session_search WHERE session = :session AND ordinal <
    (SELECT min(ordinal) FROM (SELECT ordinal FROM session_search WHERE session = :session ORDER BY ordinal DESC LIMIT :kept) latest);

-- ticks_keep(account int, session int, now int, after int, exam_session int, page text, query text, search text?, ticks text)
-- A page without a tick takes no ticks away.
INSERT INTO kept_ticks (account, epoch, session, at, exam_session, page, query, search, ticks)
VALUES (:account, (SELECT epoch FROM account WHERE id = :account), :session, :now, :exam_session, :page, :query, :search,
        :ticks)
ON CONFLICT (account) DO UPDATE SET epoch = excluded.epoch, session = excluded.session, at = excluded.at,
    exam_session = excluded.exam_session, page = excluded.page, query = excluded.query, search = excluded.search,
    ticks = excluded.ticks
WHERE excluded.ticks <> '' OR kept_ticks.ticks = '' OR kept_ticks.at <= :after OR kept_ticks.epoch <> excluded.epoch;

-- row kept_ticks(exam_session int, page text, query text, search text?, ticks text)

-- ticks_of_session(session int, after int) -> one kept_ticks
SELECT exam_session, page, query, search, ticks FROM kept_ticks WHERE session = :session AND at > :after;

-- ticks_hand_over(account int, session int, after int) -> one kept_ticks
UPDATE kept_ticks SET session = :session
WHERE account = :account AND at > :after AND epoch = (SELECT epoch FROM account WHERE id = :account)
RETURNING exam_session, page, query, search, ticks;

-- ticks_take(session int, after int, exam_session int, page text) -> one kept_ticks
-- They come back once.
DELETE FROM kept_ticks WHERE session = :session AND at > :after AND exam_session = :exam_session AND page = :page
RETURNING exam_session, page, query, search, ticks;

-- ticks_forget(session int)
DELETE FROM kept_ticks WHERE session = :session;

-- ticks_purge(before int)
DELETE FROM kept_ticks WHERE at <= :before;

-- throttle_get(key blob) -> one (failures int, blocked_until int, changed int)
SELECT failures, blocked_until, changed FROM throttle WHERE key = :key;

-- throttle_set(key blob, failures int, blocked_until int, changed int)
INSERT INTO throttle (key, failures, blocked_until, changed) VALUES (:key, :failures, :blocked_until, :changed)
ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, blocked_until = excluded.blocked_until,
    changed = excluded.changed;

-- throttle_clear(key blob)
DELETE FROM throttle WHERE key = :key;

-- throttle_hold(key blob, now int, forgotten int) -> one (failures int, blocked_until int)
-- Nobody else counts in the bucket until the transaction ends. One at rest since :forgotten starts anew.
INSERT INTO throttle (key, failures, blocked_until, changed) VALUES (:key, 0, 0, :now)
ON CONFLICT (key) DO UPDATE SET
    failures = CASE WHEN throttle.changed < :forgotten THEN 0 ELSE throttle.failures END,
    blocked_until = CASE WHEN throttle.changed < :forgotten THEN 0 ELSE throttle.blocked_until END
RETURNING failures, blocked_until;

-- throttle_times(key blob, since int, now int) -> one (times int, first int)
-- How often it was asked for since the first time after :since, this one included, and when that was.
INSERT INTO throttle (key, failures, blocked_until, changed) VALUES (:key, 1, 0, :now)
ON CONFLICT (key) DO UPDATE SET
    failures = CASE WHEN throttle.changed <= :since THEN 1 ELSE throttle.failures + 1 END,
    changed = CASE WHEN throttle.changed <= :since THEN :now ELSE throttle.changed END
RETURNING failures, changed;

-- throttle_purge(before int)
DELETE FROM throttle WHERE changed < :before;

-- throttle_try_add(key blob, ends int) -> one added
INSERT INTO throttle_try (key, ends) VALUES (:key, :ends) RETURNING id;

-- throttle_try_count(key blob, now int) -> one (tries int)
SELECT count(*) FROM throttle_try WHERE key = :key AND ends > :now;

-- throttle_try_end(id int)
DELETE FROM throttle_try WHERE id = :id;

-- throttle_try_purge(now int)
DELETE FROM throttle_try WHERE ends <= :now;

-- throttle_login_add(address blob, login blob, now int)
INSERT INTO throttle_login (address, login, at) VALUES (:address, :login, :now)
ON CONFLICT (address, login) DO UPDATE SET at = excluded.at;

-- throttle_login_count(address blob, after int) -> one (logins int)
SELECT count(*) FROM throttle_login WHERE address = :address AND at > :after;

-- throttle_login_purge(before int)
DELETE FROM throttle_login WHERE at <= :before;

-- ================================================================ windows

-- window_add(exam_session int, service text, label text?, opens int, closes int) -> one added
INSERT INTO registration_window (exam_session, service, label, opens, closes)
VALUES (:exam_session, :service, :label, :opens, :closes) RETURNING id;

-- window_change(id int, label text?, opens int, closes int, opened int, closed int)
-- Only in place of the instants that were looked at.
UPDATE registration_window SET label = :label, opens = :opens, closes = :closes
WHERE id = :id AND opens = :opened AND closes = :closed;

-- window_list() -> many (id int, exam_session int, service text, label text?, opens int, closes int)
SELECT id, exam_session, service, label, opens, closes FROM registration_window
ORDER BY exam_session, service, opens, id;

-- window_forget(exam_session int, service text)
DELETE FROM registration_window WHERE exam_session = :exam_session AND service = :service;

-- window_remove(id int)
DELETE FROM registration_window WHERE id = :id;

-- window_end(exam_session int, service text, opens int, closes int)
UPDATE registration_window SET closes = :closes WHERE exam_session = :exam_session AND service = :service AND opens = :opens;

-- row window_times(opens int, closes int)

-- window_at(exam_session int, service text, now int) -> one window_times
SELECT opens, closes FROM registration_window
WHERE exam_session = (SELECT id FROM exam_session WHERE id = :exam_session AND state = 'open') AND service = :service AND opens <= :now AND closes > :now ORDER BY closes DESC LIMIT 1;

-- window_next(exam_session int, service text, now int) -> one window_times
SELECT opens, closes FROM registration_window
WHERE exam_session = (SELECT id FROM exam_session WHERE id = :exam_session AND state = 'open') AND service = :service AND opens > :now ORDER BY opens LIMIT 1;

-- window_last(exam_session int, service text, now int) -> one (open int, opens int?, closes int?)
-- The last one that is over, and whether the session is open at all.
SELECT CASE WHEN e.state = 'open' THEN 1 ELSE 0 END, w.opens, w.closes
FROM exam_session e LEFT JOIN registration_window w ON w.exam_session = e.id AND w.service = :service AND w.closes <= :now
WHERE e.id = :exam_session ORDER BY w.closes DESC LIMIT 1;

-- ================================================================ drafts

-- draft_add(code text, exam text, exam_session int, service text, establishment int?, number int?, revision int?, answers text, birth_date text?, department text, reason text?, proof text?, received text?, now int) -> one added
-- department: as that of a registration.
INSERT INTO draft (code, exam, exam_session, service, establishment, number, revision, answers, birth_date, created, changed, reason,
                   proof, received, department)
VALUES (:code, :exam, :exam_session, :service, :establishment, :number, :revision, :answers, :birth_date, :now, :now, :reason,
        :proof, :received,
        CASE WHEN :establishment IS NULL THEN :department
             ELSE coalesce((SELECT department FROM establishment WHERE id = :establishment), '') END)
RETURNING id;

-- draft_get(id int) -> one (code text, exam_session int, establishment int?, number int?, revision int?, answers text, birth_date text?, created int, changed int)
SELECT code, exam_session, establishment, number, revision, answers, birth_date, created, changed FROM draft
WHERE id = :id AND {scope draft draft};

-- draft_save(id int, former text, answers text, birth_date text?, email text?, department text, now int)
-- Only in place of the answers that were looked at.
UPDATE draft SET answers = :answers, birth_date = :birth_date, email = :email, changed = :now,
    department = CASE WHEN establishment IS NULL THEN :department ELSE department END
WHERE id = :id AND answers = :former AND {scope draft draft};

-- row draft_to_prove(id int, exam_session int, code text, birth_date text?)

-- draft_to_prove(session int, ordinal int) -> one draft_to_prove
-- One that the session has left or found, out of its reach: what says whose it is, and no answers.
SELECT d.id, d.exam_session, d.code, d.birth_date FROM session_item i JOIN draft d ON d.id = i.draft
WHERE i.session = :session AND i.ordinal = :ordinal AND i.pending <> 0;

-- draft_by_code(code text, exam text, service text, establishment int?) -> one draft_to_prove
SELECT id, exam_session, code, birth_date FROM draft
WHERE code = :code AND exam = :exam AND service = :service
  AND coalesce(establishment, 0) = coalesce(:establishment, 0);

-- draft_purge(before int)
DELETE FROM draft WHERE changed < :before;

-- dossier_get(session int, ordinal int, exam_session int, service text, now int) -> one (draft int?, number int?, pending int, step text?, code text?, answers text?, birth_date text?, created int?, changed int?, modifies int?, revision int?, reason text?, proof text?, received text?, establishment int?, uai text?, name text?, sector text?, families text?, licensed_ccf int?, service_open int?, european int?, version int?, opens int?, closes int?)
SELECT i.draft, i.number, i.pending, i.step, d.code, d.answers, d.birth_date, d.created, d.changed, d.number, d.revision,
       d.reason, d.proof, d.received, e.id, e.code, e.name, e.sector, e.families, e.licensed_ccf, x.service_open, x.european, x.version, w.opens, w.closes
FROM session_item i LEFT JOIN draft d ON d.id = i.draft
LEFT JOIN establishment e ON e.id = d.establishment
LEFT JOIN establishment_exam x ON x.establishment = e.id AND x.exam_session = i.exam_session
LEFT JOIN registration_window w ON w.id =
    (SELECT id FROM registration_window
     WHERE exam_session = (SELECT id FROM exam_session WHERE id = :exam_session AND state = 'open') AND service = :service AND opens <= :now AND closes > :now ORDER BY closes DESC LIMIT 1)
WHERE i.session = :session AND i.ordinal = :ordinal AND i.exam_session = :exam_session;

-- draft_delete(id int)
DELETE FROM draft WHERE id = :id AND {scope draft draft};

-- draft_count(exam_session int, service text) -> one counted
SELECT count(*) FROM draft
WHERE exam_session = :exam_session AND {scope draft draft: one set all} AND service = :service AND answers <> '{}';

-- ================================================================ registrations

-- number_counter_add(exam text, next int)
INSERT INTO number_counter (exam, next) VALUES (:exam, :next);

-- number_next(exam text) -> one (number int)
UPDATE number_counter SET next = next + 1 WHERE exam = :exam RETURNING next - 1;

-- registration_add(exam text, exam_session int, number int, service text, establishment int?, specialty text, category text, state text, listed_name text, birth_date text, form text, european int?, ine text?, code text, identity text, sort_key blob, search_name text, answers text, department text, received text?, now int)
-- department: of his address; a school's candidate has that of the school.
INSERT INTO registration (exam, exam_session, number, revision, service, establishment, specialty, category, state, listed_name,
                          birth_date, form, european, ine, code, identity, sort_key, search_name, answers, created,
                          changed, received, department)
VALUES (:exam, :exam_session, :number, 0, :service, :establishment, :specialty, :category, :state, :listed_name,
        :birth_date, :form, :european, :ine, :code, :identity, :sort_key, :search_name, :answers, :now, :now, :received,
        CASE WHEN :establishment IS NULL THEN :department
             ELSE coalesce((SELECT department FROM establishment WHERE id = :establishment), '') END);

-- registration_replace(exam text, number int, revision int, establishment int?, specialty text, category text, listed_name text, birth_date text, form text, european int?, ine text?, identity text, sort_key blob, search_name text, answers text, department text, now int)
-- Only the revision that was looked at, and not cancelled meanwhile. department: as that of a new one.
UPDATE registration
SET revision = revision + 1, establishment = :establishment, specialty = :specialty, category = :category, listed_name = :listed_name,
    birth_date = :birth_date, form = :form, european = :european, ine = :ine, identity = :identity,
    sort_key = :sort_key, search_name = :search_name, answers = :answers, changed = :now,
    department = CASE WHEN :establishment IS NULL THEN :department
                      ELSE coalesce((SELECT department FROM establishment WHERE id = :establishment), '') END
WHERE exam = :exam AND number = :number AND revision = :revision AND state = 'V' AND {scope modified registration};

-- registration_revision_keep(exam text, number int, actor text, now int)
-- What a modification is about to replace.
INSERT INTO registration_revision (exam, number, revision, service, actor, changed, replaced, answers)
SELECT exam, number, revision, service, :actor, changed, :now, answers
FROM registration WHERE exam = :exam AND number = :number AND {scope modified registration};

-- print_last(exam_session int) -> one (printed int)
SELECT coalesce(max(printed), 0) FROM registration WHERE exam_session = :exam_session AND {scope registration: one set all};

-- print_specialty(exam_session int, specialty text, changed int, moment int)
-- specialty '': all. changed 1: only those that were never printed, or that were modified since.
UPDATE registration SET printed_revision = revision, printed = :moment
WHERE exam_session = :exam_session AND state = 'V' AND {scope registration: one set all}
  AND (:specialty = '' OR specialty = :specialty)
  AND (:changed = 0 OR printed_revision IS NULL OR printed_revision < revision);

-- print_number(exam_session int, number int, moment int)
UPDATE registration SET printed_revision = revision, printed = :moment
WHERE exam = (SELECT exam FROM exam_session WHERE id = :exam_session) AND number = :number
  AND exam_session = :exam_session AND {scope registration: one set all} AND state = 'V';

-- row to_print(number int, specialty text)

-- print_numbers(exam_session int, printed int, changed int) -> many to_print
-- printed: only those printed at that instant; changed: as above; 0: whatever.
SELECT number, specialty FROM registration
WHERE exam_session = :exam_session AND {scope registration: one set all} AND state = 'V'
  AND (:printed = 0 OR printed = :printed)
  AND (:changed = 0 OR printed_revision IS NULL OR printed_revision < revision)
ORDER BY sort_key, number;

-- post_last(exam_session int) -> one (printed int)
-- Of individuals, whose confirmations the office prints; they stand together in an index, among all those of schools.
SELECT coalesce(max(printed), 0) FROM registration
WHERE establishment IS NULL AND exam_session = :exam_session AND {scope registration: set all};

-- post_record(exam_session int, specialty text, changed int, moment int)
UPDATE registration SET printed_revision = revision, printed = :moment
WHERE establishment IS NULL AND exam_session = :exam_session AND {scope registration: set all} AND state = 'V'
  AND (:specialty = '' OR specialty = :specialty)
  AND (:changed = 0 OR printed_revision IS NULL OR printed_revision < revision);

-- post_letters(exam_session int, specialty text, printed int, changed int) -> many (number int, answers text)
SELECT number, answers FROM registration
WHERE establishment IS NULL AND exam_session = :exam_session AND {scope registration: set all} AND state = 'V'
  AND (:specialty = '' OR specialty = :specialty) AND (:printed = 0 OR printed = :printed)
  AND (:changed = 0 OR printed_revision IS NULL OR printed_revision < revision)
ORDER BY sort_key, number;

-- post_figures(exam_session int) -> many (specialty text, code5 text, label text, valid int, changed int)
SELECT r.specialty, s.code5, s.label, r.valid, r.changed
FROM (SELECT specialty, count(*) AS valid,
             count(CASE WHEN printed_revision IS NULL OR printed_revision < revision THEN 1 END) AS changed
      FROM registration
      WHERE establishment IS NULL AND exam_session = :exam_session AND {scope registration: set all} AND state = 'V'
      GROUP BY specialty) r JOIN specialty s ON s.code = r.specialty
ORDER BY s.sort_key, s.code;

-- post_runs(exam_session int, rows int) -> many (printed int, count int)
-- Printings, the last one first: how many were not printed again since, and are still valid.
SELECT printed, count(*) FROM registration
WHERE establishment IS NULL AND exam_session = :exam_session AND {scope registration: set all} AND state = 'V' AND printed IS NOT NULL
GROUP BY printed ORDER BY printed DESC LIMIT :rows;

-- registration_code_set(exam text, number int, former text, code text)
-- Only in place of the code that was looked at.
UPDATE registration SET code = :code WHERE exam = :exam AND number = :number AND {scope registration: one set all} AND code = :former;

-- row registration(exam_session int, revision int, received text?, service text, establishment int?, specialty text, code5 text, specialty_label text, category text, category_label text, state text, listed_name text, birth_date text, form text, european int?, code text, answers text, created int, changed int, printed_revision int?, printed int?, returned_revision int?, returned int?, homonym_allowed int)

-- registration_get(exam text, number int) -> one registration
SELECT r.exam_session, r.revision, r.received, r.service, r.establishment, r.specialty, s.code5, s.label, r.category, c.label, r.state, r.listed_name,
       r.birth_date, r.form, r.european, r.code, r.answers, r.created, r.changed,
       r.printed_revision, r.printed, r.returned_revision, r.returned, r.homonym_allowed
FROM registration r JOIN specialty s ON s.code = r.specialty JOIN category c ON c.code = r.category
WHERE r.exam = :exam AND r.number = :number AND {scope r};

-- registration_to_prove(exam text, number int, establishment int?) -> one registration
-- For whoever says that it is his: what he must know of it stands in it. NULL: registered by himself.
SELECT r.exam_session, r.revision, r.received, r.service, r.establishment, r.specialty, s.code5, s.label, r.category, c.label, r.state, r.listed_name,
       r.birth_date, r.form, r.european, r.code, r.answers, r.created, r.changed,
       r.printed_revision, r.printed, r.returned_revision, r.returned, r.homonym_allowed
FROM registration r JOIN specialty s ON s.code = r.specialty JOIN category c ON c.code = r.category
WHERE r.exam = :exam AND r.number = :number AND coalesce(r.establishment, 0) = coalesce(:establishment, 0);

-- registration_to_follow(exam text, number int) -> one registration
-- The same whoever registered him: he only looks where it stands.
SELECT r.exam_session, r.revision, r.received, r.service, r.establishment, r.specialty, s.code5, s.label, r.category, c.label, r.state, r.listed_name,
       r.birth_date, r.form, r.european, r.code, r.answers, r.created, r.changed,
       r.printed_revision, r.printed, r.returned_revision, r.returned, r.homonym_allowed
FROM registration r JOIN specialty s ON s.code = r.specialty JOIN category c ON c.code = r.category
WHERE r.exam = :exam AND r.number = :number;

-- registration_modified(exam text, number int) -> one registration
-- As the one whose draft modifies it sees it.
SELECT r.exam_session, r.revision, r.received, r.service, r.establishment, r.specialty, s.code5, s.label, r.category, c.label, r.state, r.listed_name,
       r.birth_date, r.form, r.european, r.code, r.answers, r.created, r.changed,
       r.printed_revision, r.printed, r.returned_revision, r.returned, r.homonym_allowed
FROM registration r JOIN specialty s ON s.code = r.specialty JOIN category c ON c.code = r.category
WHERE r.exam = :exam AND r.number = :number AND {scope modified r};

-- row registration_found(number int, revision int)

-- registration_same_person(exam_session int, establishment int, identity text, other_than int) -> one registration_found
-- The same person in the same school; homonyms that were allowed stop nobody.
SELECT number, revision FROM registration
WHERE exam_session = :exam_session AND identity = :identity AND establishment = :establishment AND number <> :other_than
  AND homonym_allowed = 0
ORDER BY number LIMIT 1;

-- registration_same_ine(exam_session int, ine text, birth_date text, other_than int) -> one registration_found
SELECT number, revision FROM registration
WHERE exam_session = :exam_session AND ine = :ine AND birth_date = :birth_date AND number <> :other_than AND homonym_allowed = 0
ORDER BY number LIMIT 1;

-- registration_doubles_forget(exam text, number int)
-- What was decided stays decided.
DELETE FROM registration_double WHERE exam = :exam AND number = :number AND decided IS NULL
  AND EXISTS (SELECT 1 FROM registration r WHERE r.exam = :exam AND r.number = :number AND {scope modified r});

-- registration_doubles_note(exam text, exam_session int, number int, identity text, swapped text, ine text?, now int)
-- Each other registration once, by the first of these reasons that holds.
INSERT INTO registration_double (exam, number, other, reason, found)
SELECT :exam, :number, number, 'identity', :now FROM registration
WHERE exam_session = :exam_session AND identity = :identity AND number <> :number
UNION ALL
SELECT :exam, :number, number, 'swapped', :now FROM registration
WHERE exam_session = :exam_session AND identity = :swapped AND identity <> :identity AND number <> :number
UNION ALL
SELECT :exam, :number, number, 'ine', :now FROM registration
WHERE exam_session = :exam_session AND ine = :ine AND identity NOT IN (:identity, :swapped) AND number <> :number
ON CONFLICT (exam, number, other) DO NOTHING;

-- homonym_allow(exam text, number int, allowed int)
UPDATE registration SET homonym_allowed = :allowed
WHERE exam = :exam AND number = :number AND {scope registration: one set all};

-- double_of(exam text, number int) -> many (number int, revision int, establishment int?, listed_name text?, reason text)
-- Whom a registration looks like, and who looks like it. Of who isn't in scope himself no name is told.
SELECT o.number, o.revision, o.establishment, CASE WHEN {scope o: one set all} THEN o.listed_name END, d.reason
FROM (SELECT other AS number, reason FROM registration_double WHERE exam = :exam AND number = :number
      UNION
      SELECT number, reason FROM registration_double WHERE exam = :exam AND other = :number) d
CROSS JOIN registration o
WHERE o.exam = :exam AND o.number = d.number
  AND EXISTS (SELECT 1 FROM registration r WHERE r.exam = :exam AND r.number = :number AND {scope r: one set all})
ORDER BY o.number, d.reason;

-- double_list() -> many (exam text, exam_session int, number int, other int, reason text)
SELECT d.exam, r.exam_session, d.number, d.other, d.reason
FROM registration_double d JOIN registration r ON r.exam = d.exam AND r.number = d.number
WHERE {scope r: one set all} ORDER BY d.exam, d.number, d.other;

-- row double_pair(exam text, number int, other int, reason text, decided int?, decided_by text?, cancelled int?, revision int, listed_name text, birth_date text, state text, school text?, other_revision int, other_name text, other_state text, other_school text?)

-- double_pairs(of_decided int, exams text, after_exam text, after int, after_other int, rows int) -> many double_pair
-- Each pair once, however often it was noted. To be decided: both are valid, and nothing was said. exams: "|BCP|CAP|", '': all.
SELECT d.exam, d.number, d.other, d.reason, d.decided, d.decided_by, d.cancelled, r.revision, r.listed_name, r.birth_date, r.state,
       (SELECT e.name FROM establishment e WHERE e.id = r.establishment), o.revision, o.listed_name, o.state,
       (SELECT e.name FROM establishment e WHERE e.id = o.establishment)
FROM registration_double d CROSS JOIN registration r CROSS JOIN registration o
WHERE r.exam = d.exam AND r.number = d.number AND o.exam = d.exam AND o.number = d.other
  AND (d.exam, d.number, d.other) > (:after_exam, :after, :after_other)
  AND (:exams = '' OR :exams LIKE '%|' || d.exam || '|%')
  AND {scope r: set all} AND {scope o: set all}
  AND CASE WHEN :of_decided = 1 THEN d.decided IS NOT NULL
           ELSE d.decided IS NULL AND r.state = 'V' AND o.state = 'V' END
  AND NOT EXISTS (SELECT 1 FROM registration_double m
                  WHERE m.exam = d.exam AND m.number = d.other AND m.other = d.number AND m.number < d.number)
ORDER BY d.exam, d.number, d.other LIMIT :rows;

-- double_of_two(exam text, number int, other int) -> one (reason text, decided int?, decided_by text?, cancelled int?)
SELECT d.reason, d.decided, d.decided_by, d.cancelled FROM registration_double d
WHERE d.exam = :exam AND ((d.number = :number AND d.other = :other) OR (d.number = :other AND d.other = :number))
  AND EXISTS (SELECT 1 FROM registration r WHERE r.exam = :exam AND r.number = :number AND {scope r: set all})
  AND EXISTS (SELECT 1 FROM registration r WHERE r.exam = :exam AND r.number = :other AND {scope r: set all})
ORDER BY d.number LIMIT 1;

-- double_decide(exam text, number int, other int, decided int?, decided_by text?, cancelled int?)
UPDATE registration_double SET decided = :decided, decided_by = :decided_by, cancelled = :cancelled
WHERE exam = :exam AND ((number = :number AND other = :other) OR (number = :other AND other = :number))
  AND EXISTS (SELECT 1 FROM registration r WHERE r.exam = :exam AND r.number = :number AND {scope r: set all})
  AND EXISTS (SELECT 1 FROM registration r WHERE r.exam = :exam AND r.number = :other AND {scope r: set all});

-- outbox_purge(before int)
DELETE FROM outbox WHERE next_try IS NULL AND created < :before;

-- outbox_take(now int, lease int) -> one (id int, kind text, recipient text, exam text, number int?, revision int?, draft int?, attempts int)
-- Whoever comes second finds that it isn't due any more.
UPDATE outbox SET next_try = :lease, attempts = attempts + 1
WHERE id = (SELECT id FROM outbox WHERE next_try <= :now AND recipient IS NOT NULL ORDER BY next_try, id LIMIT 1)
  AND next_try <= :now
RETURNING id, kind, recipient, exam, number, revision, draft, attempts;

-- outbox_sent(id int, now int)
UPDATE outbox SET sent = :now, next_try = NULL, recipient = NULL, failure = NULL WHERE id = :id;

-- outbox_retry(id int, next_try int, failure text)
UPDATE outbox SET next_try = :next_try, failure = :failure WHERE id = :id;

-- outbox_give_up(id int, failure text)
UPDATE outbox SET next_try = NULL, recipient = NULL, failure = :failure WHERE id = :id;

-- outbox_drop(id int)
-- It had nothing to say any more.
UPDATE outbox SET next_try = NULL, recipient = NULL, failure = NULL WHERE id = :id;

-- outbox_supersede(kind text, exam text, number int)
-- What waits says the same as the message that comes now, or what is no longer so.
UPDATE outbox SET next_try = NULL, recipient = NULL, failure = 'superseded'
WHERE exam = :exam AND number = :number AND kind <> 'receipt' AND kind = :kind AND next_try IS NOT NULL;

-- outbox_of(exam text, number int, rows int) -> many (kind text, created int, sent int?, next_try int?)
-- What was written to a candidate beside receipts, the last first; what was never sent and never will be says nothing.
SELECT kind, created, sent, next_try FROM outbox
WHERE exam = :exam AND number = :number AND kind <> 'receipt' AND (sent IS NOT NULL OR next_try IS NOT NULL)
ORDER BY id DESC LIMIT :rows;

-- outbox_waiting() -> one counted
SELECT count(*) FROM outbox WHERE next_try IS NOT NULL;

-- reminder_due(now int, first int, last int) -> many (id int, email text, exam text, closes int)
-- Drafts of new registrations whose register closes by then, and that weren't told yet.
SELECT d.id, d.email, d.exam, max(w.closes)
FROM registration_window w JOIN exam_session s ON s.id = w.exam_session
JOIN draft d ON d.exam_session = w.exam_session AND d.service = w.service
WHERE s.state = 'open' AND w.opens <= :now AND w.closes > :now AND w.closes <= :first
  AND d.email IS NOT NULL AND d.number IS NULL
  AND (d.reminded IS NULL OR (d.reminded > 2 AND w.closes <= :last))
GROUP BY d.id, d.email, d.exam ORDER BY d.id;

-- draft_reminded(id int, days int)
UPDATE draft SET reminded = :days WHERE id = :id;

-- registration_revision_get(exam text, number int, revision int) -> one (changed int, answers text)
SELECT v.changed, v.answers
FROM registration_revision v JOIN registration r ON r.exam = v.exam AND r.number = v.number
WHERE v.exam = :exam AND v.number = :number AND v.revision = :revision AND {scope r: one set all};

-- outbox_add(kind text, recipient text, exam text, number int?, revision int?, draft int?, days int?, now int)
INSERT INTO outbox (kind, recipient, exam, number, revision, draft, days, created, next_try)
VALUES (:kind, :recipient, :exam, :number, :revision, :draft, :days, :now, :now);

-- ================================================================ the standing of files

-- row standing_row(number int, revision int, state text, listed_name text, birth_date text, returned_revision int?, returned int?, establishment int?, school text?, created int, answers text, version int?, changed int?, changed_by text?, stated text?, complete int?, reason text?, remedies text?, pieces text?, told int?, school_from int?, office_from int?, acknowledged int?, acknowledged_by text?)

-- standing_get(exam_session int, number int) -> one standing_row
SELECT r.number, r.revision, r.state, r.listed_name, r.birth_date, r.returned_revision, r.returned, r.establishment,
       (SELECT e.code || ' ' || e.name FROM establishment e WHERE e.id = r.establishment), r.created, r.answers,
       f.version, f.changed, f.changed_by, f.stated, f.complete, f.reason, f.remedies, f.pieces, f.told, f.school_from, f.office_from,
       f.acknowledged, f.acknowledged_by
FROM registration r LEFT JOIN standing f ON f.exam_session = r.exam_session AND f.number = r.number
WHERE r.exam = (SELECT exam FROM exam_session WHERE id = :exam_session) AND r.number = :number
  AND r.exam_session = :exam_session AND {scope r};

-- standing_set(exam_session int, number int, version int, changed int, changed_by text, stated text, complete int, reason text?, remedies text?, pieces text, told int?, school_from int?, office_from int?, acknowledged int?, acknowledged_by text?)
-- Only over the version before it.
INSERT INTO standing (exam_session, number, exam, version, changed, changed_by, stated, complete, reason, remedies, pieces, told,
                      school_from, office_from, acknowledged, acknowledged_by)
SELECT r.exam_session, r.number, r.exam, :version, :changed, :changed_by, :stated, :complete, :reason, :remedies, :pieces, :told,
       :school_from, :office_from, :acknowledged, :acknowledged_by
FROM registration r
WHERE r.exam = (SELECT exam FROM exam_session WHERE id = :exam_session) AND r.number = :number
  AND r.exam_session = :exam_session AND {scope r: one set all}
ON CONFLICT (exam_session, number) DO UPDATE
SET version = excluded.version, changed = excluded.changed, changed_by = excluded.changed_by, stated = excluded.stated,
    complete = excluded.complete, reason = excluded.reason, remedies = excluded.remedies, pieces = excluded.pieces,
    told = excluded.told, school_from = excluded.school_from, office_from = excluded.office_from,
    acknowledged = excluded.acknowledged, acknowledged_by = excluded.acknowledged_by
WHERE standing.version = excluded.version - 1;

-- standing_returned(exam_session int, number int, revision int?, returned int?)
UPDATE registration SET returned_revision = :revision, returned = :returned
WHERE exam = (SELECT exam FROM exam_session WHERE id = :exam_session) AND number = :number
  AND exam_session = :exam_session AND {scope registration: one set all};

-- standing_change_forget(before int)
DELETE FROM standing_change WHERE at < :before;

-- standing_change_add(exam_session int, establishment int, at int, actor text, act text, shown text?) -> one added
INSERT INTO standing_change (exam_session, establishment, at, actor, act, shown)
VALUES (:exam_session, :establishment, :at, :actor, :act, :shown) RETURNING id;

-- standing_change_item_add(change int, number int, version int, before text?)
INSERT INTO standing_change_item (change, number, version, before) VALUES (:change, :number, :version, :before);

-- standing_change_get(exam_session int, establishment int, id int) -> one (at int, actor text, act text, shown text?, undone int, items int)
SELECT at, actor, act, shown, undone, (SELECT count(*) FROM standing_change_item i WHERE i.change = :id)
FROM standing_change WHERE id = :id AND exam_session = :exam_session AND establishment = :establishment;

-- standing_change_items(change int, exam_session int) -> many (number int, revision int, listed_name text, version int, before text?)
SELECT r.number, r.revision, r.listed_name, i.version, i.before
FROM standing_change_item i CROSS JOIN registration r
WHERE i.change = :change AND r.exam = (SELECT exam FROM exam_session WHERE id = :exam_session) AND r.number = i.number
  AND r.exam_session = :exam_session AND {scope r: one set all} ORDER BY r.sort_key, r.number;

-- standing_change_undone(id int)
UPDATE standing_change SET undone = 1 WHERE id = :id AND undone = 0;

-- standing_of_school(exam_session int) -> many standing_row
-- Those with an open matter, in the order of names. Cancelled ones have none, unless it is that they are set aside.
SELECT r.number, r.revision, r.state, r.listed_name, r.birth_date, r.returned_revision, r.returned, r.establishment,
       (SELECT e.code || ' ' || e.name FROM establishment e WHERE e.id = r.establishment), r.created, r.answers,
       f.version, f.changed, f.changed_by, f.stated, f.complete, f.reason, f.remedies, f.pieces, f.told, f.school_from, f.office_from,
       f.acknowledged, f.acknowledged_by
FROM registration r CROSS JOIN standing f
WHERE r.exam_session = :exam_session AND {scope r: one set all} AND f.exam_session = r.exam_session AND f.number = r.number
  AND f.school_from IS NOT NULL AND (r.state = 'V' OR f.stated = 'E')
ORDER BY r.sort_key, r.number;

-- standing_school_counts(exam_session int, now int) -> one (open int, due int)
-- due: the school is to see to it, and nobody has.
SELECT count(*), CAST(coalesce(sum(CASE WHEN f.acknowledged IS NULL AND f.school_from <= :now THEN 1 ELSE 0 END), 0) AS BIGINT)
FROM registration r CROSS JOIN standing f
WHERE r.exam_session = :exam_session AND {scope r: one set all} AND f.exam_session = r.exam_session AND f.number = r.number
  AND f.school_from IS NOT NULL AND (r.state = 'V' OR f.stated = 'E');

-- standing_calls(exam_session int, now int, rows int) -> many standing_row
-- Whom the office is to call, who has waited longest first.
SELECT r.number, r.revision, r.state, r.listed_name, r.birth_date, r.returned_revision, r.returned, r.establishment,
       (SELECT e.code || ' ' || e.name FROM establishment e WHERE e.id = r.establishment), r.created, r.answers,
       f.version, f.changed, f.changed_by, f.stated, f.complete, f.reason, f.remedies, f.pieces, f.told, f.school_from, f.office_from,
       f.acknowledged, f.acknowledged_by
FROM standing f CROSS JOIN registration r
WHERE f.exam_session = :exam_session AND f.office_from IS NOT NULL AND f.office_from <= :now AND f.acknowledged IS NULL
  AND r.exam = f.exam AND r.number = f.number AND r.exam_session = :exam_session AND {scope r: set all}
  AND (r.state = 'V' OR f.stated = 'E')
ORDER BY f.office_from, r.number LIMIT :rows;

-- standing_called(exam_session int, rows int) -> many standing_row
-- Whom somebody has seen to, the last first.
SELECT r.number, r.revision, r.state, r.listed_name, r.birth_date, r.returned_revision, r.returned, r.establishment,
       (SELECT e.code || ' ' || e.name FROM establishment e WHERE e.id = r.establishment), r.created, r.answers,
       f.version, f.changed, f.changed_by, f.stated, f.complete, f.reason, f.remedies, f.pieces, f.told, f.school_from, f.office_from,
       f.acknowledged, f.acknowledged_by
FROM standing f CROSS JOIN registration r
WHERE f.exam_session = :exam_session AND f.office_from IS NOT NULL AND f.acknowledged IS NOT NULL
  AND r.exam = f.exam AND r.number = f.number AND r.exam_session = :exam_session AND {scope r: set all}
  AND (r.state = 'V' OR f.stated = 'E')
ORDER BY f.acknowledged DESC, r.number LIMIT :rows;

-- standing_calls_count(exam_session int, now int) -> one counted
SELECT count(*) FROM standing f CROSS JOIN registration r
WHERE f.exam_session = :exam_session AND f.office_from IS NOT NULL AND f.office_from <= :now AND f.acknowledged IS NULL
  AND r.exam = f.exam AND r.number = f.number AND r.exam_session = :exam_session AND {scope r: set all}
  AND (r.state = 'V' OR f.stated = 'E');

-- standing_silent(now int) -> many (exam text, exam_session int, number int)
-- Of whose open matter nobody was told: not himself, by a message that was sent or waits, nor his school, nor the office.
SELECT f.exam, f.exam_session, f.number
FROM standing f CROSS JOIN registration r
WHERE f.school_from IS NOT NULL AND f.school_from > :now
  AND f.acknowledged IS NULL AND f.told IS NULL AND r.exam = f.exam AND r.number = f.number AND (r.state = 'V' OR f.stated = 'E')
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.exam = f.exam AND o.number = f.number AND o.kind <> 'receipt' AND o.kind = 'file'
                  AND o.next_try IS NOT NULL)
ORDER BY f.exam, f.number;

-- standing_silent_of(exam_session int, now int) -> many (number int, revision int, listed_name text)
-- The same of one session, for whoever may see them.
SELECT r.number, r.revision, r.listed_name
FROM standing f CROSS JOIN registration r
WHERE f.exam_session = :exam_session AND f.school_from IS NOT NULL AND f.school_from > :now
  AND f.acknowledged IS NULL AND f.told IS NULL AND r.exam = f.exam AND r.number = f.number AND r.exam_session = :exam_session
  AND (r.state = 'V' OR f.stated = 'E') AND {scope r: set all}
  AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.exam = f.exam AND o.number = f.number AND o.kind <> 'receipt' AND o.kind = 'file'
                  AND o.next_try IS NOT NULL)
ORDER BY r.sort_key, r.number;

-- standing_was_told(exam text, number int, now int)
UPDATE standing SET told = :now WHERE exam = :exam AND number = :number;

-- standing_not_reached(exam text, number int, now int)
-- What was the candidate's time is over: the school's begins, or the office's where there is none.
UPDATE standing SET office_from = office_from - (school_from - :now), school_from = :now
WHERE exam = :exam AND number = :number AND school_from IS NOT NULL AND school_from > :now AND told IS NULL;

-- ================================================================ reminders to a group

-- reminder_drafts(exam_session int) -> many (id int, email text?, answers text, service text)
-- Whoever has begun to register and hasn't validated.
SELECT id, email, answers, service FROM draft
WHERE exam_session = :exam_session AND {scope draft draft: one set all} AND number IS NULL AND answers <> '{}' ORDER BY changed, id;

-- row reminder_row(number int, revision int, listed_name text, answers text)

-- reminder_papers(exam_session int) -> many reminder_row
-- Whose signed confirmation has not come back.
SELECT number, revision, listed_name, answers FROM registration
WHERE exam_session = :exam_session AND {scope registration: one set all} AND state = 'V'
  AND coalesce(returned_revision, -1) <> revision ORDER BY sort_key, number;

-- reminder_pieces(exam_session int) -> many reminder_row
SELECT r.number, r.revision, r.listed_name, r.answers FROM standing f CROSS JOIN registration r
WHERE f.exam_session = :exam_session AND f.stated = 'I' AND r.exam = f.exam AND r.number = f.number
  AND r.exam_session = :exam_session AND r.state = 'V' AND {scope r: one set all} ORDER BY r.sort_key, r.number;

-- reminder_registered(exam_session int, identity text) -> one counted
-- Whether somebody of that name and birth is registered: a valid one is never reminded of a draft.
SELECT count(*) FROM registration WHERE exam_session = :exam_session AND identity = :identity AND state = 'V';

-- reminder_run_add(exam_session int, at int, actor text, kind text) -> one added
INSERT INTO reminder_run (exam_session, at, actor, kind) VALUES (:exam_session, :at, :actor, :kind) RETURNING id;

-- reminder_item_add(run int, ordinal int, name text?, telephone text?, number int?, message int?)
INSERT INTO reminder_item (run, ordinal, name, telephone, number, message)
VALUES (:run, :ordinal, :name, :telephone, :number, :message);

-- reminder_message_add(kind text, recipient text, exam text, number int?, revision int?, draft int?, days int?, now int) -> one added
INSERT INTO outbox (kind, recipient, exam, number, revision, draft, days, created, next_try)
VALUES (:kind, :recipient, :exam, :number, :revision, :draft, :days, :now, :now) RETURNING id;

-- reminder_run_forget(before int)
DELETE FROM reminder_run WHERE at < :before;

-- reminder_run_list(exam_session int, rows int) -> many (id int, at int, actor text, kind text, people int)
SELECT r.id, r.at, r.actor, r.kind, (SELECT count(*) FROM reminder_item i WHERE i.run = r.id)
FROM reminder_run r WHERE r.exam_session = :exam_session ORDER BY r.at DESC, r.id DESC LIMIT :rows;

-- reminder_run_get(exam_session int, id int) -> one (at int, actor text, kind text)
SELECT at, actor, kind FROM reminder_run WHERE exam_session = :exam_session AND id = :id;

-- reminder_items(run int) -> many (name text?, telephone text?, number int?, message int?, sent int?, next_try int?)
SELECT i.name, i.telephone, i.number, i.message, o.sent, o.next_try
FROM reminder_item i LEFT JOIN outbox o ON o.id = i.message WHERE i.run = :run ORDER BY i.ordinal;

-- ================================================================ a school's follow-up: lists

-- Lists are in the order of (sort_key, number) and go on after a place in it. A filter that isn't wanted is 0, '%' or
-- '': search_name is compared with %PART%.

-- Three of them stand in one condition: with more conditions SQLite takes so few rows for granted that it sorts them.
-- told 1: with the words of specialty and school, for lists of many schools; two rows more are looked up for each.
-- standing: what is said of the file, and the version of that: "I 3".

-- row listing_row(number int, revision int, state text, listed_name text, birth_date text, specialty text, form text, label text?, school text?, returned_revision int?, standing text?, received text?)

-- listing_first(told int, exam_session int, rows int) -> many listing_row
-- listing_all from its beginning: SQLite compares no row with a place.
SELECT number, revision, state, listed_name, birth_date, specialty, form,
       CASE WHEN :told = 1 THEN (SELECT s.code5 || ' ' || s.label FROM specialty s WHERE s.code = registration.specialty) END,
       CASE WHEN :told = 1 THEN (SELECT e.code || ' ' || e.name FROM establishment e WHERE e.id = registration.establishment) END,
       returned_revision, (SELECT f.stated || ' ' || CAST(f.version AS TEXT) FROM standing f WHERE f.exam_session = registration.exam_session AND f.number = registration.number),
       CASE WHEN :told = 1 THEN (SELECT p.received FROM registration p WHERE p.exam_session = registration.exam_session AND p.number = registration.number AND p.received IS NOT NULL) END
FROM registration
WHERE exam_session = :exam_session AND {scope registration: one set all} ORDER BY sort_key, number LIMIT :rows;

-- listing_all(told int, exam_session int, after blob, number int, rows int) -> many listing_row
SELECT number, revision, state, listed_name, birth_date, specialty, form,
       CASE WHEN :told = 1 THEN (SELECT s.code5 || ' ' || s.label FROM specialty s WHERE s.code = registration.specialty) END,
       CASE WHEN :told = 1 THEN (SELECT e.code || ' ' || e.name FROM establishment e WHERE e.id = registration.establishment) END,
       returned_revision, (SELECT f.stated || ' ' || CAST(f.version AS TEXT) FROM standing f WHERE f.exam_session = registration.exam_session AND f.number = registration.number),
       CASE WHEN :told = 1 THEN (SELECT p.received FROM registration p WHERE p.exam_session = registration.exam_session AND p.number = registration.number AND p.received IS NOT NULL) END
FROM registration
WHERE exam_session = :exam_session AND {scope registration: one set all} AND (sort_key, number) > (:after, :number)
ORDER BY sort_key, number LIMIT :rows;

-- listing_filtered(told int, exam_session int, after blob, number int, european int, paper int, only int, one text, two text, three text, four text, five text, six text, specialty text, state text, born text, rows int) -> many listing_row
SELECT number, revision, state, listed_name, birth_date, specialty, form,
       CASE WHEN :told = 1 THEN (SELECT s.code5 || ' ' || s.label FROM specialty s WHERE s.code = registration.specialty) END,
       CASE WHEN :told = 1 THEN (SELECT e.code || ' ' || e.name FROM establishment e WHERE e.id = registration.establishment) END,
       returned_revision, (SELECT f.stated || ' ' || CAST(f.version AS TEXT) FROM standing f WHERE f.exam_session = registration.exam_session AND f.number = registration.number),
       CASE WHEN :told = 1 THEN (SELECT p.received FROM registration p WHERE p.exam_session = registration.exam_session AND p.number = registration.number AND p.received IS NOT NULL) END
FROM registration
WHERE exam_session = :exam_session AND {scope registration: one set all} AND (sort_key, number) > (:after, :number)
  AND (:european = 0 OR european = 1)
  AND (:paper = 0 OR (state = 'V' AND (:paper = 2) = (coalesce(returned_revision, -1) = revision)))
  AND (:only = 0 OR number = :only)
  AND (:one = '%' OR search_name LIKE :one)
  AND (:two = '%' OR search_name LIKE :two)
  AND (:three = '%' OR search_name LIKE :three)
  AND (:four = '%' OR search_name LIKE :four)
  AND (:five = '%' OR search_name LIKE :five)
  AND (:six = '%' OR search_name LIKE :six)
  AND NOT ((:specialty <> '' AND specialty <> :specialty) OR (:state <> '' AND state <> :state) OR (:born <> '' AND birth_date <> :born))
ORDER BY sort_key, number LIMIT :rows;

-- listing_of_standing(told int, exam_session int, stated text, after blob, number int, european int, paper int, only int, one text, two text, three text, four text, five text, six text, specialty text, state text, born text, rows int) -> many listing_row
-- Of the files of which something is said: by these, which are few, and put in order. stated: "E", "I", or "C" of whatever revision.
SELECT registration.number, revision, state, listed_name, birth_date, specialty, form,
       CASE WHEN :told = 1 THEN (SELECT s.code5 || ' ' || s.label FROM specialty s WHERE s.code = registration.specialty) END,
       CASE WHEN :told = 1 THEN (SELECT e.code || ' ' || e.name FROM establishment e WHERE e.id = registration.establishment) END,
       returned_revision, f.stated || ' ' || CAST(f.version AS TEXT),
       CASE WHEN :told = 1 THEN (SELECT p.received FROM registration p WHERE p.exam_session = registration.exam_session AND p.number = registration.number AND p.received IS NOT NULL) END
FROM standing f CROSS JOIN registration
WHERE f.exam_session = :exam_session AND f.stated >= :stated AND f.stated < :stated || 'Z'
  AND (:stated <> 'C' OR f.stated = 'C' || CAST(revision AS TEXT))
  AND registration.exam = f.exam AND registration.number = f.number AND registration.exam_session = :exam_session AND {scope registration: one set all} AND (sort_key, registration.number) > (:after, :number)
  AND (:european = 0 OR european = 1)
  AND (:paper = 0 OR (state = 'V' AND (:paper = 2) = (coalesce(returned_revision, -1) = revision)))
  AND (:only = 0 OR registration.number = :only)
  AND (:one = '%' OR search_name LIKE :one)
  AND (:two = '%' OR search_name LIKE :two)
  AND (:three = '%' OR search_name LIKE :three)
  AND (:four = '%' OR search_name LIKE :four)
  AND (:five = '%' OR search_name LIKE :five)
  AND (:six = '%' OR search_name LIKE :six)
  AND NOT ((:specialty <> '' AND specialty <> :specialty) OR (:state <> '' AND state <> :state) OR (:born <> '' AND birth_date <> :born))
ORDER BY sort_key, registration.number LIMIT :rows;

-- listing_of_specialty(told int, exam_session int, specialty text, form text, after blob, number int, rows int) -> many listing_row
SELECT number, revision, state, listed_name, birth_date, specialty, form,
       CASE WHEN :told = 1 THEN (SELECT s.code5 || ' ' || s.label FROM specialty s WHERE s.code = registration.specialty) END,
       CASE WHEN :told = 1 THEN (SELECT e.code || ' ' || e.name FROM establishment e WHERE e.id = registration.establishment) END,
       returned_revision, (SELECT f.stated || ' ' || CAST(f.version AS TEXT) FROM standing f WHERE f.exam_session = registration.exam_session AND f.number = registration.number),
       CASE WHEN :told = 1 THEN (SELECT p.received FROM registration p WHERE p.exam_session = registration.exam_session AND p.number = registration.number AND p.received IS NOT NULL) END
FROM registration
WHERE exam_session = :exam_session AND {scope registration: one set all} AND specialty = :specialty
  AND (sort_key, number) > (:after, :number) AND (:form = '' OR form = :form)
ORDER BY sort_key, number LIMIT :rows;

-- listing_of_ine(told int, exam_session int, ine text, rows int) -> many listing_row
SELECT number, revision, state, listed_name, birth_date, specialty, form,
       CASE WHEN :told = 1 THEN (SELECT s.code5 || ' ' || s.label FROM specialty s WHERE s.code = registration.specialty) END,
       CASE WHEN :told = 1 THEN (SELECT e.code || ' ' || e.name FROM establishment e WHERE e.id = registration.establishment) END,
       returned_revision, (SELECT f.stated || ' ' || CAST(f.version AS TEXT) FROM standing f WHERE f.exam_session = registration.exam_session AND f.number = registration.number),
       CASE WHEN :told = 1 THEN (SELECT p.received FROM registration p WHERE p.exam_session = registration.exam_session AND p.number = registration.number AND p.received IS NOT NULL) END
FROM registration
WHERE exam_session = :exam_session AND ine = :ine AND {scope registration: one set all} ORDER BY number LIMIT :rows;

-- listing_place(exam_session int, number int) -> one (sort_key blob, specialty text, form text)
SELECT sort_key, specialty, form FROM registration
WHERE exam = (SELECT exam FROM exam_session WHERE id = :exam_session) AND number = :number
  AND exam_session = :exam_session AND {scope registration: one set all};

-- row listing_counts(valid int, cancelled int)

-- listing_count(exam_session int, before blob, number int, european int, paper int, only int, one text, two text, three text, four text, five text, six text, specialty text, state text, born text) -> one listing_counts
SELECT coalesce(sum(CASE WHEN state = 'V' THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN state = 'A' THEN 1 ELSE 0 END), 0)
FROM registration
WHERE exam_session = :exam_session AND {scope registration: one set all} AND (sort_key, number) < (:before, :number)
  AND (:european = 0 OR european = 1)
  AND (:paper = 0 OR (state = 'V' AND (:paper = 2) = (coalesce(returned_revision, -1) = revision)))
  AND (:only = 0 OR number = :only)
  AND (:one = '%' OR search_name LIKE :one)
  AND (:two = '%' OR search_name LIKE :two)
  AND (:three = '%' OR search_name LIKE :three)
  AND (:four = '%' OR search_name LIKE :four)
  AND (:five = '%' OR search_name LIKE :five)
  AND (:six = '%' OR search_name LIKE :six)
  AND NOT ((:specialty <> '' AND specialty <> :specialty) OR (:state <> '' AND state <> :state) OR (:born <> '' AND birth_date <> :born));

-- listing_count_of_specialty(exam_session int, specialty text, form text, before blob, number int) -> one listing_counts
SELECT coalesce(sum(CASE WHEN state = 'V' THEN 1 ELSE 0 END), 0),
       coalesce(sum(CASE WHEN state = 'A' THEN 1 ELSE 0 END), 0)
FROM registration
WHERE exam_session = :exam_session AND {scope registration: one set all} AND specialty = :specialty
  AND (sort_key, number) < (:before, :number) AND (:form = '' OR form = :form);

-- row listing_back(number int)

-- listing_back(exam_session int, before blob, number int, european int, paper int, only int, one text, two text, three text, four text, five text, six text, specialty text, state text, born text, rows int) -> many listing_back
SELECT number FROM registration
WHERE exam_session = :exam_session AND {scope registration: one set all} AND (sort_key, number) < (:before, :number)
  AND (:european = 0 OR european = 1)
  AND (:paper = 0 OR (state = 'V' AND (:paper = 2) = (coalesce(returned_revision, -1) = revision)))
  AND (:only = 0 OR number = :only)
  AND (:one = '%' OR search_name LIKE :one)
  AND (:two = '%' OR search_name LIKE :two)
  AND (:three = '%' OR search_name LIKE :three)
  AND (:four = '%' OR search_name LIKE :four)
  AND (:five = '%' OR search_name LIKE :five)
  AND (:six = '%' OR search_name LIKE :six)
  AND NOT ((:specialty <> '' AND specialty <> :specialty) OR (:state <> '' AND state <> :state) OR (:born <> '' AND birth_date <> :born))
ORDER BY sort_key DESC, number DESC LIMIT :rows;

-- listing_back_of_standing(exam_session int, stated text, before blob, number int, european int, paper int, only int, one text, two text, three text, four text, five text, six text, specialty text, state text, born text, rows int) -> many listing_back
SELECT registration.number FROM standing f CROSS JOIN registration
WHERE f.exam_session = :exam_session AND f.stated >= :stated AND f.stated < :stated || 'Z'
  AND (:stated <> 'C' OR f.stated = 'C' || CAST(revision AS TEXT))
  AND registration.exam = f.exam AND registration.number = f.number AND registration.exam_session = :exam_session AND {scope registration: one set all} AND (sort_key, registration.number) < (:before, :number)
  AND (:european = 0 OR european = 1)
  AND (:paper = 0 OR (state = 'V' AND (:paper = 2) = (coalesce(returned_revision, -1) = revision)))
  AND (:only = 0 OR registration.number = :only)
  AND (:one = '%' OR search_name LIKE :one)
  AND (:two = '%' OR search_name LIKE :two)
  AND (:three = '%' OR search_name LIKE :three)
  AND (:four = '%' OR search_name LIKE :four)
  AND (:five = '%' OR search_name LIKE :five)
  AND (:six = '%' OR search_name LIKE :six)
  AND NOT ((:specialty <> '' AND specialty <> :specialty) OR (:state <> '' AND state <> :state) OR (:born <> '' AND birth_date <> :born))
ORDER BY sort_key DESC, registration.number DESC LIMIT :rows;

-- listing_back_of_specialty(exam_session int, specialty text, form text, before blob, number int, rows int) -> many listing_back
SELECT number FROM registration
WHERE exam_session = :exam_session AND {scope registration: one set all} AND specialty = :specialty
  AND (sort_key, number) < (:before, :number) AND (:form = '' OR form = :form)
ORDER BY sort_key DESC, number DESC LIMIT :rows;

-- listing_figures(exam_session int) -> many (specialty text, code5 text, label text, form text, valid int, cancelled int, unprinted int, outdated int, returned int)
-- unprinted: valid ones that the school has never printed; outdated: those that have changed since it did.
-- Grouped by form first, so that SQLite takes the index that holds every column.
SELECT f.specialty, s.code5, s.label, f.form, f.valid, f.cancelled, f.unprinted, f.outdated, f.returned
FROM (SELECT specialty, form,
             sum(CASE WHEN state = 'V' THEN 1 ELSE 0 END) AS valid,
             sum(CASE WHEN state = 'A' THEN 1 ELSE 0 END) AS cancelled,
             sum(CASE WHEN state = 'V' AND printed_revision IS NULL THEN 1 ELSE 0 END) AS unprinted,
             sum(CASE WHEN state = 'V' AND printed_revision < revision THEN 1 ELSE 0 END) AS outdated,
             sum(CASE WHEN state = 'V' AND returned_revision = revision THEN 1 ELSE 0 END) AS returned
      FROM registration WHERE exam_session = :exam_session AND {scope registration: one set all} GROUP BY form, specialty) f
JOIN specialty s ON s.code = f.specialty
ORDER BY s.sort_key, f.specialty, f.form;

-- draft_list(exam_session int, rows int) -> many (number int?, answers text, birth_date text?, changed int)
SELECT number, answers, birth_date, changed FROM draft
WHERE exam_session = :exam_session AND {scope draft draft: one set all} AND service = 'inscription-etablissement' AND answers <> '{}'
ORDER BY changed DESC, id DESC LIMIT :rows;

-- expected_list(establishment int, exam_session int) -> many (specialty text, expected int)
SELECT specialty, expected FROM expected_number WHERE establishment = :establishment AND exam_session = :exam_session;

-- expected_set(establishment int, exam_session int, specialty text, expected int)
INSERT INTO expected_number (establishment, exam_session, specialty, expected)
VALUES (:establishment, :exam_session, :specialty, :expected)
ON CONFLICT (establishment, exam_session, specialty) DO UPDATE SET expected = excluded.expected;

-- expected_total(establishment int) -> one (expected int)
-- In all sessions that registrations may be open in.
SELECT CAST(coalesce(sum(n.expected), 0) AS BIGINT)
FROM expected_number n JOIN exam_session s ON s.id = n.exam_session AND s.state = 'open'
WHERE n.establishment = :establishment;

-- expected_clear(establishment int, exam_session int)
DELETE FROM expected_number WHERE establishment = :establishment AND exam_session = :exam_session;

-- ================================================================ validation and cancellation

-- state_get(exam_session int, number int) -> one (state text)
SELECT state FROM registration WHERE exam = (SELECT exam FROM exam_session WHERE id = :exam_session) AND number = :number
  AND exam_session = :exam_session AND {scope registration: one set all};

-- state_held(exam text, number int) -> one (held int)
-- Whether it was a manager who has cancelled it: the trail's last word on its state.
SELECT CASE WHEN a.service = 'gestionnaire' AND a.action IN ('registration.cancel', 'file.set_aside') THEN 1 ELSE 0 END
FROM audit_entry a JOIN registration r ON r.exam = a.exam AND r.number = a.number
WHERE a.exam = :exam AND a.number = :number AND a.action <> 'registration.create'
  AND a.action IN ('registration.cancel', 'registration.restore', 'file.set_aside', 'file.set_back') AND {scope r: one set all}
ORDER BY a.id DESC LIMIT 1;

-- cancelled_list(exam_session int) -> many (number int, service text, action text, detail text?)
-- The cancelled ones with the trail's last word on their state, by two indexes.
SELECT r.number, a.service, a.action, a.detail
FROM registration r CROSS JOIN audit_entry a
WHERE r.exam_session = :exam_session AND {scope r: one set all} AND r.state = 'A'
  AND a.id = (SELECT max(l.id) FROM audit_entry l
              WHERE l.exam = r.exam AND l.number = r.number AND l.action <> 'registration.create'
                AND l.action IN ('registration.cancel', 'registration.restore', 'file.set_aside', 'file.set_back'));

-- state_set(exam_session int, number int, shown text, wanted text)
UPDATE registration SET state = :wanted
WHERE exam = (SELECT exam FROM exam_session WHERE id = :exam_session) AND number = :number
  AND exam_session = :exam_session AND {scope registration: one set all} AND state = :shown;

-- state_change_forget(before int)
DELETE FROM state_change WHERE at < :before;

-- state_change_add(establishment int, exam_session int, at int, actor text) -> one added
INSERT INTO state_change (establishment, exam, exam_session, at, actor)
SELECT :establishment, s.exam, s.id, :at, :actor FROM exam_session s WHERE s.id = :exam_session RETURNING id;

-- state_change_item_add(change int, number int, state text?)
INSERT INTO state_change_item (change, number, state) VALUES (:change, :number, :state);

-- state_change_get(establishment int, exam_session int, id int) -> one (at int, actor text, undone int)
SELECT at, actor, undone FROM state_change
WHERE id = :id AND establishment = :establishment AND exam_session = :exam_session;

-- state_change_items(change int, exam_session int) -> many (number int, revision int, listed_name text, state text?)
-- CROSS JOIN: SQLite goes from its few items to their registrations, not through all registrations in order.
SELECT r.number, r.revision, r.listed_name, i.state
FROM state_change_item i CROSS JOIN registration r
WHERE i.change = :change AND r.exam = (SELECT exam FROM exam_session WHERE id = :exam_session) AND r.number = i.number
  AND r.exam_session = :exam_session AND {scope r: one set all} ORDER BY r.sort_key, r.number;

-- state_change_undone(id int)
UPDATE state_change SET undone = 1 WHERE id = :id AND undone = 0;

-- ================================================================ confirmations on paper

-- paper_get(exam_session int, number int) -> one (revision int, state text, listed_name text, returned_revision int?)
SELECT revision, state, listed_name, returned_revision FROM registration
WHERE exam = (SELECT exam FROM exam_session WHERE id = :exam_session) AND number = :number
  AND exam_session = :exam_session AND {scope registration: one set all};

-- paper_return(exam_session int, number int, revision int, now int)
UPDATE registration SET returned_revision = :revision, returned = :now
WHERE exam = (SELECT exam FROM exam_session WHERE id = :exam_session) AND number = :number
  AND exam_session = :exam_session AND {scope registration: one set all} AND state = 'V' AND revision = :revision;

-- paper_take_back(exam_session int, number int)
UPDATE registration SET returned_revision = NULL, returned = NULL
WHERE exam = (SELECT exam FROM exam_session WHERE id = :exam_session) AND number = :number
  AND exam_session = :exam_session AND {scope registration: one set all} AND returned_revision IS NOT NULL;

-- ================================================================ a candidate's file

-- history_revisions(exam text, number int, rows int) -> many (replaced int, actor text, answers text)
-- What modifications have replaced, the last one first.
SELECT v.replaced, v.actor, v.answers
FROM registration_revision v JOIN registration r ON r.exam = v.exam AND r.number = v.number
WHERE v.exam = :exam AND v.number = :number AND {scope r: one set all} ORDER BY v.revision DESC LIMIT :rows;

-- history_events(exam text, number int, rows int) -> many (at int, service text, actor text, action text, detail text?)
-- What was done with a registration, the last first; « <> » leads to the index audit_entry_number.
SELECT at, service, actor, action, detail FROM audit_entry
WHERE exam = :exam AND number = :number AND action <> 'registration.create'
  AND action IN ('registration.modify', 'registration.european', 'registration.cancel', 'registration.restore',
                 'confirmation.return', 'confirmation.take_back', 'code.new', 'homonym.allow', 'homonym.refuse', 'file.ask',
                 'file.came', 'file.complete', 'file.set_aside', 'file.set_back', 'file.acknowledge', 'file.undo')
  AND EXISTS (SELECT 1 FROM registration r WHERE r.exam = :exam AND r.number = :number AND {scope r: one set all})
ORDER BY id DESC LIMIT :rows;

-- ================================================================ a manager's follow-up: figures

-- class_rows(establishment int, exam_session int) -> many (number int, revision int, listed_name text, answers text)
-- The candidates of one school, whose classes are looked through.
SELECT number, revision, listed_name, answers FROM registration
WHERE establishment = :establishment AND exam_session = :exam_session AND {scope registration: one set all} AND state = 'V'
ORDER BY sort_key, number;

-- follow_up_drafts(exam_session int) -> one counted
-- Whoever has begun to register and hasn't validated.
SELECT count(*) FROM draft
WHERE exam_session = :exam_session AND {scope draft draft: one set all} AND number IS NULL AND answers <> '{}';

-- follow_up_hours(exam_session int) -> many (hour int, registrations int)
-- Registrations by the hour (since 1970) in which they were made; the place's days are made of them.
SELECT created / 3600, count(*) FROM registration
WHERE exam_session = :exam_session AND {scope registration: one set all} GROUP BY created / 3600 ORDER BY created / 3600;

-- follow_up_schools(exam_session int) -> many (code text, name text, town text?, service_open int, activated int?, valid int, cancelled int, returned int, drafts int)
-- All that present it, also those where nobody has begun.
SELECT s.code, s.name, s.town, s.service_open, s.activated,
       coalesce(f.valid, 0), coalesce(f.cancelled, 0), coalesce(f.returned, 0), coalesce(d.drafts, 0)
FROM (SELECT e.id AS establishment, coalesce(e.department, '') AS department, e.code AS code, e.name AS name, e.town AS town,
             e.activated AS activated, x.service_open AS service_open
      FROM establishment_exam x JOIN establishment e ON e.id = x.establishment WHERE x.exam_session = :exam_session) s
LEFT JOIN (SELECT establishment, sum(CASE WHEN state = 'V' THEN 1 ELSE 0 END) AS valid,
                  sum(CASE WHEN state = 'A' THEN 1 ELSE 0 END) AS cancelled,
                  sum(CASE WHEN state = 'V' AND returned_revision = revision THEN 1 ELSE 0 END) AS returned
           FROM registration WHERE exam_session = :exam_session AND {scope registration: set all} GROUP BY establishment) f
       ON f.establishment = s.establishment
LEFT JOIN (SELECT establishment, count(*) AS drafts FROM draft
           WHERE exam_session = :exam_session AND {scope draft: set all} AND number IS NULL AND answers <> '{}' GROUP BY establishment) d
       ON d.establishment = s.establishment
WHERE {scope s: set all} ORDER BY s.code;

-- ================================================================ loads: their journal

-- load_run_add(kind text, at int, actor text, file text, sha256 text) -> one added
INSERT INTO load_run (kind, at, actor, file, sha256, added, changed, gone, same, left_out, refused)
VALUES (:kind, :at, :actor, :file, :sha256, 0, 0, 0, 0, 0, 0) RETURNING id;

-- load_run_end(id int, sha256 text, added int, changed int, gone int, same int, left_out int, refused int)
UPDATE load_run SET sha256 = :sha256, added = :added, changed = :changed, gone = :gone, same = :same, left_out = :left_out,
    refused = :refused
WHERE id = :id;

-- load_run_undone(id int, at int, actor text)
UPDATE load_run SET undone = :at, undone_by = :actor WHERE id = :id AND undone IS NULL;

-- row load_run(id int, kind text, at int, actor text, file text, sha256 text, added int, changed int, gone int, same int, left_out int, refused int, undone int?, undone_by text?, kept int)

-- load_run_list(rows int) -> many load_run
-- The last ones first; kept: the changes are still there, to be undone.
SELECT id, kind, at, actor, file, sha256, added, changed, gone, same, left_out, refused, undone, undone_by,
       (SELECT count(*) FROM (SELECT 1 FROM load_change c WHERE c.run = load_run.id LIMIT 1) k)
FROM load_run ORDER BY id DESC LIMIT :rows;

-- load_run_get(id int) -> one load_run
SELECT id, kind, at, actor, file, sha256, added, changed, gone, same, left_out, refused, undone, undone_by,
       (SELECT count(*) FROM (SELECT 1 FROM load_change c WHERE c.run = load_run.id LIMIT 1) k)
FROM load_run WHERE id = :id;

-- load_change_add(run int, ordinal int, year int?, session text?, changes text)
-- Many changes: ordinal is the last one's.
INSERT INTO load_change (run, ordinal, year, session, changes) VALUES (:run, :ordinal, :year, :session, :changes);

-- load_change_below(run int, below int) -> one (ordinal int, changes text)
-- The last ones of those before an ordinal.
SELECT ordinal, changes FROM load_change WHERE run = :run AND ordinal < :below ORDER BY ordinal DESC LIMIT 1;

-- load_change_forget(kind text, run int)
-- Of earlier runs of the kind: they can't be undone any more.
DELETE FROM load_change WHERE run IN (SELECT id FROM load_run WHERE kind = :kind AND id < :run);

-- load_change_purge(before int)
DELETE FROM load_change WHERE run IN (SELECT id FROM load_run WHERE at < :before);

-- ================================================================ before a campaign

-- campaign_get(now int) -> one (specialties int, establishments int, offers int, chosen int, active int, backup int?)
SELECT (SELECT count(*) FROM specialty), (SELECT count(*) FROM establishment), (SELECT count(*) FROM establishment_offer),
       (SELECT count(*) FROM establishment WHERE activated IS NOT NULL),
       (SELECT count(*) FROM establishment WHERE activation_opens <= :now AND activation_closes > :now),
       (SELECT at FROM audit_entry WHERE action = 'base.backup' ORDER BY id DESC LIMIT 1);

-- campaign_unoffered() -> many (exam_session int)
SELECT s.id FROM exam_session s
WHERE s.state IN ('preparation', 'open') AND NOT EXISTS (SELECT 1 FROM establishment_offer o WHERE o.exam_session = s.id)
ORDER BY s.id;

-- campaign_reset_accounts()
UPDATE account SET password = NULL, password_changed = NULL, epoch = epoch + 1, temporary = 0
WHERE establishment IS NOT NULL AND rights IS NULL;

-- campaign_reset_delegates()
-- No password has this hash: the head gives each a new one.
UPDATE account SET password = '!', password_changed = NULL, epoch = epoch + 1, temporary = 1
WHERE establishment IS NOT NULL AND rights IS NOT NULL;

-- campaign_reset_establishments()
UPDATE establishment SET activated = NULL, activated_from = NULL, activation_opens = NULL, activation_closes = NULL;

-- campaign_close_services()
UPDATE establishment_exam SET service_open = 0, version = version + 1 WHERE service_open = 1;

-- ================================================================ what the worker is asked for

-- work_add(token text, place text, kind text, what text, since int, actor text, asked int, file text?, sha256 text?, preview text?)
-- Of a preview that was asked for already nothing is added.
INSERT INTO work (token, ordinal, place, kind, what, since, actor, asked, file, sha256, preview, state, attempts)
VALUES (:token, (SELECT coalesce(max(ordinal), 0) + 1 FROM work), :place, :kind, :what, :since, :actor, :asked, :file, :sha256,
        :preview, 'waiting', 0)
ON CONFLICT (preview) DO NOTHING;

-- row work(token text, place text, kind text, what text, since int, actor text, asked int, file text?, sha256 text?, preview text?, state text, attempts int, began int?, ended int?, run int?, result text?)

-- work_get(token text) -> one work
SELECT token, place, kind, what, since, actor, asked, file, sha256, preview, state, attempts, began, ended, run, result
FROM work WHERE token = :token;

-- work_of_preview(preview text) -> one work
SELECT token, place, kind, what, since, actor, asked, file, sha256, preview, state, attempts, began, ended, run, result
FROM work WHERE preview = :preview;

-- work_next_in(place text) -> one work
-- What is running there was broken off: whoever asks is the only one at work in that place.
SELECT token, place, kind, what, since, actor, asked, file, sha256, preview, state, attempts, began, ended, run, result
FROM work WHERE place = :place AND state IN ('waiting', 'running') ORDER BY ordinal LIMIT 1;

-- work_list(rows int) -> many work
-- Without its result, its file's digest and its preview, which a list doesn't show.
SELECT token, place, kind, what, since, actor, asked, file, NULL, NULL, state, attempts, began, ended, run, NULL
FROM work ORDER BY ordinal DESC LIMIT :rows;

-- work_begin(token text, attempts int, at int)
UPDATE work SET state = 'running', attempts = attempts + 1, began = :at
WHERE token = :token AND attempts = :attempts AND state IN ('waiting', 'running');

-- work_again(token text, attempts int)
UPDATE work SET state = 'waiting', attempts = attempts - 1 WHERE token = :token AND attempts = :attempts AND state = 'running';

-- work_end(token text, attempts int, state text, at int, run int?, result text?)
UPDATE work SET state = :state, ended = :at, run = :run, result = :result
WHERE token = :token AND attempts = :attempts AND state IN ('waiting', 'running');

-- work_drop(token text, at int)
-- What waits, or was shown and not applied.
UPDATE work SET state = 'dropped', ended = :at
WHERE token = :token AND (state = 'waiting' OR (kind = 'preview' AND state IN ('done', 'refused')))
  AND NOT EXISTS (SELECT 1 FROM work l WHERE l.preview = :token);

-- work_purge(before int)
-- A month's, and what waits in a place that nobody keeps any more.
DELETE FROM work WHERE asked < :before;

-- ================================================================ loads: the rows, read and changed whole

-- row specialty(code text, exam text, code5 text, label text, nsf text?, letter text?, first_session int?, last_session int?, status text, source text)

-- specialty_get(code text) -> one specialty
SELECT code, exam, code5, label, nsf, letter, first_session, last_session, status, source FROM specialty WHERE code = :code;

-- specialty_set(code text, exam text, code5 text, label text, nsf text?, letter text?, first_session int?, last_session int?, status text, source text, sort_key blob)
UPDATE specialty SET exam = :exam, code5 = :code5, label = :label, nsf = :nsf, letter = :letter,
    first_session = :first_session, last_session = :last_session, status = :status, source = :source, sort_key = :sort_key
WHERE code = :code;

-- specialty_terms(code text) -> one (elsewhere text?, forms text?)
-- What the academy says of it.
SELECT elsewhere, forms FROM specialty WHERE code = :code;

-- specialty_roll(exam text) -> many (code text, code5 text, label text, first_session int?, last_session int?, status text, units int, schools int)
-- Some hundreds an exam.
SELECT s.code, s.code5, s.label, s.first_session, s.last_session, s.status,
       (SELECT count(*) FROM exam_unit u WHERE u.specialty = s.code), coalesce(o.schools, 0)
FROM specialty s LEFT JOIN
     (SELECT specialty, count(DISTINCT establishment) AS schools FROM establishment_offer GROUP BY specialty) o
     ON o.specialty = s.code
WHERE s.exam = :exam ORDER BY s.sort_key, s.code;

-- specialty_describe(code text, label text, first_session int?, last_session int?, elsewhere text?, forms text?, sort_key blob)
UPDATE specialty SET label = :label, first_session = :first_session, last_session = :last_session, elsewhere = :elsewhere,
    forms = :forms, sort_key = :sort_key
WHERE code = :code;

-- specialty_remove(code text)
DELETE FROM specialty WHERE code = :code;

-- specialty_cited(code text) -> one counted
SELECT (SELECT count(*) FROM (SELECT 1 FROM registration WHERE specialty = :code LIMIT 1) r)
     + (SELECT count(*) FROM (SELECT 1 FROM establishment_offer WHERE specialty = :code LIMIT 1) o)
     + (SELECT count(*) FROM (SELECT 1 FROM exam_unit WHERE specialty = :code LIMIT 1) u)
     + (SELECT count(*) FROM (SELECT 1 FROM training_programme WHERE specialty = :code LIMIT 1) p)
     + (SELECT count(*) FROM (SELECT 1 FROM expected_number WHERE specialty = :code LIMIT 1) e);

-- row training_programme(mef text, mef11 text?, label text, specialty text, duration int?, year int?, last_year int)

-- training_programme_get(mef text) -> one training_programme
SELECT mef, mef11, label, specialty, duration, year, last_year FROM training_programme WHERE mef = :mef;

-- training_programme_set(mef text, mef11 text?, label text, specialty text, duration int?, year int?, last_year int)
UPDATE training_programme SET mef11 = :mef11, label = :label, specialty = :specialty, duration = :duration, year = :year,
    last_year = :last_year WHERE mef = :mef;

-- training_programme_remove(mef text)
DELETE FROM training_programme WHERE mef = :mef;

-- establishment_record(code text) -> one (code text, kind text, name text, sector text, families text, licensed_ccf int, postal_code text?, town text?, department text?, academy text?)
SELECT code, kind, name, sector, families, licensed_ccf, postal_code, town, department, academy
FROM establishment WHERE code = :code;

-- establishment_set(code text, kind text, name text, sector text, families text, licensed_ccf int, postal_code text?, town text?, department text?, academy text?)
UPDATE establishment SET kind = :kind, name = :name, sector = :sector, families = :families, licensed_ccf = :licensed_ccf,
    postal_code = :postal_code, town = :town, department = :department, academy = :academy WHERE code = :code;

-- registration_follow_school(code text)
-- Its candidates' department is that of their school, whatever it becomes.
UPDATE registration SET department = coalesce((SELECT department FROM establishment WHERE code = :code), '')
WHERE establishment = (SELECT id FROM establishment WHERE code = :code)
  AND department <> coalesce((SELECT department FROM establishment WHERE code = :code), '');

-- draft_follow_school(code text)
UPDATE draft SET department = coalesce((SELECT department FROM establishment WHERE code = :code), '')
WHERE establishment = (SELECT id FROM establishment WHERE code = :code)
  AND department <> coalesce((SELECT department FROM establishment WHERE code = :code), '');

-- establishment_accounts_add(code text)
INSERT INTO account (service, login, establishment)
SELECT s.service, e.code, e.id FROM establishment e
CROSS JOIN (SELECT 'etablissement' AS service UNION ALL SELECT 'inscription-etablissement') s WHERE e.code = :code;

-- establishment_accounts_remove(code text)
DELETE FROM account WHERE establishment = (SELECT id FROM establishment WHERE code = :code) AND password IS NULL;

-- establishment_remove(code text)
DELETE FROM establishment WHERE code = :code;

-- establishment_cited(code text) -> one counted
-- What a new one hasn't: exams, candidates, a password.
SELECT (SELECT count(*) FROM establishment_exam x WHERE x.establishment = e.id)
     + (SELECT count(*) FROM (SELECT 1 FROM registration r WHERE r.establishment = e.id LIMIT 1) r)
     + (SELECT count(*) FROM (SELECT 1 FROM draft d WHERE d.establishment = e.id LIMIT 1) d)
     + (SELECT count(*) FROM account a WHERE a.establishment = e.id AND (a.password IS NOT NULL OR a.last_login IS NOT NULL))
FROM establishment e WHERE e.code = :code;

-- presentation_get(code text, exam_session int) -> one (code text, exam_session int)
SELECT e.code, x.exam_session FROM establishment e JOIN establishment_exam x ON x.establishment = e.id
WHERE e.code = :code AND x.exam_session = :exam_session;

-- presentation_add(code text, exam_session int)
INSERT INTO establishment_exam (establishment, exam_session, service_open)
SELECT id, :exam_session, 0 FROM establishment WHERE code = :code;

-- presentation_remove(code text, exam_session int)
DELETE FROM establishment_exam
WHERE establishment = (SELECT id FROM establishment WHERE code = :code) AND exam_session = :exam_session;

-- presentation_cited(code text, exam_session int) -> one counted
SELECT (SELECT count(*) FROM establishment_offer o WHERE o.establishment = e.id AND o.exam_session = :exam_session)
     + (SELECT count(*) FROM (SELECT 1 FROM registration r WHERE r.establishment = e.id AND r.exam_session = :exam_session LIMIT 1) r)
     + (SELECT count(*) FROM (SELECT 1 FROM draft d WHERE d.establishment = e.id AND d.exam_session = :exam_session LIMIT 1) d)
     + (SELECT count(*) FROM establishment_exam x WHERE x.establishment = e.id AND x.exam_session = :exam_session
          AND (x.service_open = 1 OR x.european IS NOT NULL))
FROM establishment e WHERE e.code = :code;

-- row offer_record(code text, exam_session int, specialty text, category text, licensed_ccf int?, first_session int?, last_session int?)

-- offer_record(code text, exam_session int, specialty text, category text) -> one offer_record
SELECT e.code, o.exam_session, o.specialty, o.category, o.licensed_ccf, o.first_session, o.last_session
FROM establishment e JOIN establishment_offer o ON o.establishment = e.id
WHERE e.code = :code AND o.exam_session = :exam_session AND o.specialty = :specialty AND o.category = :category;

-- offer_record_add(code text, exam_session int, specialty text, category text, licensed_ccf int?, first_session int?, last_session int?)
INSERT INTO establishment_offer (establishment, exam_session, specialty, category, licensed_ccf, first_session, last_session)
SELECT id, :exam_session, :specialty, :category, :licensed_ccf, :first_session, :last_session
FROM establishment WHERE code = :code;

-- offer_record_set(code text, exam_session int, specialty text, category text, licensed_ccf int?, first_session int?, last_session int?)
UPDATE establishment_offer SET licensed_ccf = :licensed_ccf, first_session = :first_session, last_session = :last_session
WHERE establishment = (SELECT id FROM establishment WHERE code = :code) AND exam_session = :exam_session
  AND specialty = :specialty AND category = :category;

-- offer_remove(code text, exam_session int, specialty text, category text)
DELETE FROM establishment_offer WHERE establishment = (SELECT id FROM establishment WHERE code = :code)
  AND exam_session = :exam_session AND specialty = :specialty AND category = :category;

-- offer_cited(code text, exam_session int, specialty text, category text) -> one counted
-- Whom no other offer of the specialty takes: a contrat de professionnalisation goes with the adults, as in family_in.
SELECT (SELECT count(*) FROM (
    SELECT 1 FROM registration r LEFT JOIN category c ON c.code = r.category
    WHERE r.establishment = e.id AND r.exam_session = :exam_session AND r.specialty = :specialty
      AND (:category = '' OR c.family = :category OR (c.family = 'CPR' AND :category = 'FPC'))
      AND NOT EXISTS (SELECT 1 FROM establishment_offer o
                      WHERE o.establishment = e.id AND o.exam_session = :exam_session AND o.specialty = :specialty
                        AND o.category <> :category
                        AND (o.category IN ('', c.family) OR (c.family = 'CPR' AND o.category = 'FPC')))
    LIMIT 1) r)
FROM establishment e WHERE e.code = :code;

-- offer_said(code text, exam_session int) -> many (specialty text, category text)
SELECT o.specialty, o.category FROM establishment e JOIN establishment_offer o ON o.establishment = e.id
WHERE e.code = :code AND o.exam_session = :exam_session ORDER BY o.specialty, o.category;

-- specialty_of_exam(exam text, code text) -> one (code text)
SELECT code FROM specialty WHERE exam = :exam AND (code = :code OR code5 = :code);

-- exam_unit_get(specialty text, rank int) -> one (specialty text, rank int, code text, unit text, label text, coefficient text?, kind text, subject text?, mode_ccf text?, mode_other text?, duration text?, status text, first_session int?, last_session int?)
SELECT specialty, rank, code, unit, label, coefficient, kind, subject, mode_ccf, mode_other, duration, status, first_session, last_session
FROM exam_unit WHERE specialty = :specialty AND rank = :rank;

-- exam_unit_put(specialty text, rank int, code text, unit text, label text, coefficient text?, kind text, subject text?, mode_ccf text?, mode_other text?, duration text?, status text, first_session int?, last_session int?)
INSERT INTO exam_unit (specialty, rank, code, unit, label, coefficient, kind, subject, mode_ccf, mode_other, duration, status, first_session, last_session)
VALUES (:specialty, :rank, :code, :unit, :label, :coefficient, :kind, :subject, :mode_ccf, :mode_other, :duration, :status, :first_session, :last_session);

-- exam_unit_set(specialty text, rank int, code text, unit text, label text, coefficient text?, kind text, subject text?, mode_ccf text?, mode_other text?, duration text?, status text, first_session int?, last_session int?)
UPDATE exam_unit SET code = :code, unit = :unit, label = :label, coefficient = :coefficient, kind = :kind,
    subject = :subject, mode_ccf = :mode_ccf, mode_other = :mode_other, duration = :duration, status = :status,
    first_session = :first_session, last_session = :last_session
WHERE specialty = :specialty AND rank = :rank;

-- exam_unit_remove(specialty text, rank int)
DELETE FROM exam_unit WHERE specialty = :specialty AND rank = :rank;

-- country_get(code text) -> one (code text, bcn text?, iso2 text?, iso3 text?, name text, european int)
SELECT code, bcn, iso2, iso3, name, european FROM country WHERE code = :code;

-- country_set(code text, bcn text?, iso2 text?, iso3 text?, name text, european int, sort_key blob)
UPDATE country SET bcn = :bcn, iso2 = :iso2, iso3 = :iso3, name = :name, european = :european, sort_key = :sort_key
WHERE code = :code;

-- country_remove(code text)
DELETE FROM country WHERE code = :code;

-- commune_get(code text, type text) -> one (code text, type text, name text?, search text?, department text, chief text?, postal_codes text?)
SELECT code, type, name, search, department, chief, postal_codes FROM commune WHERE code = :code AND type = :type;

-- commune_add(code text, type text, name text?, search text?, department text, chief text?, postal_codes text?)
INSERT INTO commune (code, type, name, search, department, chief, postal_codes)
VALUES (:code, :type, :name, :search, :department, :chief, :postal_codes);

-- commune_set(code text, type text, name text?, search text?, department text, chief text?, postal_codes text?)
UPDATE commune SET name = :name, search = :search, department = :department, chief = :chief, postal_codes = :postal_codes
WHERE code = :code AND type = :type;

-- commune_remove(code text, type text)
DELETE FROM commune WHERE code = :code AND type = :type;

-- row commune(code text, name text?, department text, postal_codes text?)

-- commune_search(from text, below text, department text, rows int) -> many commune
-- Names that begin so, by the index; a name that two rows of one code bear stands once.
SELECT code, min(name), department, max(postal_codes) FROM commune
WHERE search >= :from AND search < :below AND (:department = '' OR department = :department)
GROUP BY search, department, code ORDER BY search, department, code LIMIT :rows;

-- commune_departments(search text, postal_code text) -> many (department text)
-- Of the communes of a name that have a postal code.
SELECT DISTINCT department FROM commune
WHERE search = :search AND postal_codes LIKE '%|' || :postal_code || '|%' ORDER BY department;

-- commune_of_code(code text) -> one commune
-- Its own row, today's before one that lives on; of a vanished one today's commune, under its own code.
SELECT c.code, c.name, c.department, c.postal_codes
FROM (SELECT coalesce((SELECT CASE WHEN type = 'O' THEN chief ELSE code END FROM commune WHERE code = :code
                       ORDER BY CASE type WHEN 'O' THEN 1 ELSE 0 END LIMIT 1), '') AS code) k
JOIN commune c ON c.code = k.code AND c.type <> 'O'
ORDER BY CASE c.type WHEN 'A' THEN 0 WHEN 'M' THEN 1 ELSE 2 END LIMIT 1;

-- ================================================================ pupils whom schools expect

-- pupil_record(code text, year int, key text) -> one (code text, year int, key text, identity text, listed_name text, birth_name text, usual_name text?, forename_1 text, forename_2 text?, forename_3 text?, birth_date text, class text?, mef text?, specialty text?)
SELECT e.code, p.year, p.key, p.identity, p.listed_name, p.birth_name, p.usual_name, p.forename_1, p.forename_2, p.forename_3,
       p.birth_date, p.class, p.mef, p.specialty
FROM establishment e JOIN pupil p ON p.establishment = e.id WHERE e.code = :code AND p.year = :year AND p.key = :key;

-- pupil_remove(code text, year int, key text)
DELETE FROM pupil
WHERE establishment = (SELECT id FROM establishment WHERE code = :code) AND year = :year AND key = :key;

-- pupil_private_record(code text, year int, key text) -> one (code text, year int, key text, ine text?, ine_bea text?, sex text?, birth_country text?, birth_department text?, birth_town_code text?, birth_town text?, nationality text?, extra text?, street text?, place text?, postal_code text?, town text?, country text?, mobile text?, phone text?, email text?)
SELECT e.code, x.year, x.key, x.ine, x.ine_bea, x.sex, x.birth_country, x.birth_department, x.birth_town_code, x.birth_town,
       x.nationality, x.extra, x.street, x.place, x.postal_code, x.town, x.country, x.mobile, x.phone, x.email
FROM establishment e JOIN pupil_private x ON x.establishment = e.id WHERE e.code = :code AND x.year = :year AND x.key = :key;

-- pupil_private_remove(code text, year int, key text)
DELETE FROM pupil_private
WHERE establishment = (SELECT id FROM establishment WHERE code = :code) AND year = :year AND key = :key;

-- row pupil_key(key text)

-- pupil_keys(code text, year int) -> many pupil_key
SELECT p.key FROM establishment e JOIN pupil p ON p.establishment = e.id AND p.year = :year WHERE e.code = :code ORDER BY p.key;

-- pupil_any_of(code text, year int) -> one counted
SELECT count(*) FROM (SELECT 1 FROM establishment e JOIN pupil p ON p.establishment = e.id AND p.year = :year
                      WHERE e.code = :code LIMIT 1) p;

-- pupil_registered(code text, year int, key text) -> one counted
-- Whether he is among the candidates of his school and year, by his INE and birth or by his name and birth.
SELECT (SELECT count(*) FROM exam_session s JOIN registration r ON r.exam_session = s.id AND r.identity = p.identity
          WHERE s.year = p.year AND r.establishment = p.establishment AND r.state = 'V')
     + (SELECT count(*) FROM pupil_private x JOIN exam_session s ON s.year = x.year
          JOIN registration r ON r.exam_session = s.id AND r.ine = x.ine AND r.birth_date = p.birth_date
          WHERE x.establishment = p.establishment AND x.year = p.year AND x.key = p.key
            AND r.establishment = p.establishment AND r.state = 'V')
FROM establishment e JOIN pupil p ON p.establishment = e.id WHERE e.code = :code AND p.year = :year AND p.key = :key;

-- pupil_list(year int) -> many (key text, listed_name text, birth_date text, class text?, specialty text?, specialty_label text?, code text?, registered int)
-- By class and name. registered: he is among the candidates of his school and year.
SELECT p.key, p.listed_name, p.birth_date, p.class, p.specialty, sp.label, c.code,
       CASE WHEN EXISTS (SELECT 1 FROM exam_session s JOIN registration r ON r.exam_session = s.id AND r.identity = p.identity
                         WHERE s.year = p.year AND r.establishment = p.establishment AND r.state = 'V')
              OR EXISTS (SELECT 1 FROM pupil_private x JOIN exam_session s ON s.year = x.year
                         JOIN registration r ON r.exam_session = s.id AND r.ine = x.ine AND r.birth_date = p.birth_date
                         WHERE x.establishment = p.establishment AND x.year = p.year AND x.key = p.key
                           AND r.establishment = p.establishment AND r.state = 'V')
            THEN 1 ELSE 0 END
FROM pupil p LEFT JOIN specialty sp ON sp.code = p.specialty
LEFT JOIN pupil_code c ON c.establishment = p.establishment AND c.year = p.year AND c.key = p.key
WHERE p.year = :year AND {scope p: one} ORDER BY p.class, p.sort_key, p.key;

-- pupil_any(establishment int, year int) -> one counted
SELECT count(*) FROM (SELECT 1 FROM pupil WHERE establishment = :establishment AND year = :year LIMIT 1) p;

-- pupil_named(establishment int, year int, identity text) -> many (key text, birth_name text, usual_name text?, forename_1 text, forename_2 text?, forename_3 text?, birth_date text, class text?, specialty text?, exam text?, ine text?, code text?)
-- INE and code to be compared with what was typed, and shown to nobody.
SELECT p.key, p.birth_name, p.usual_name, p.forename_1, p.forename_2, p.forename_3, p.birth_date, p.class, p.specialty, sp.exam,
       x.ine, c.code
FROM pupil p LEFT JOIN specialty sp ON sp.code = p.specialty
LEFT JOIN pupil_private x ON x.establishment = p.establishment AND x.year = p.year AND x.key = p.key
LEFT JOIN pupil_code c ON c.establishment = p.establishment AND c.year = p.year AND c.key = p.key
WHERE p.establishment = :establishment AND p.year = :year AND p.identity = :identity ORDER BY p.key;

-- pupil_private_get(establishment int, year int, key text) -> one (ine text?, sex text?, birth_country text?, birth_department text?, birth_town_code text?, birth_town text?, nationality text?, extra text?, street text?, place text?, postal_code text?, town text?, country text?, mobile text?, phone text?, email text?)
SELECT ine, sex, birth_country, birth_department, birth_town_code, birth_town, nationality, extra, street, place, postal_code,
       town, country, mobile, phone, email
FROM pupil_private WHERE establishment = :establishment AND year = :year AND key = :key;

-- pupil_code_add(establishment int, year int, key text, code text)
INSERT INTO pupil_code (establishment, year, key, code) VALUES (:establishment, :year, :key, :code)
ON CONFLICT (establishment, year, key) DO NOTHING;

-- pupil_upload_put(session int, at int, file text, sha256 text, bytes blob, preview text)
INSERT INTO pupil_upload (session, at, file, sha256, bytes, preview) VALUES (:session, :at, :file, :sha256, :bytes, :preview)
ON CONFLICT (session) DO UPDATE SET at = excluded.at, file = excluded.file, sha256 = excluded.sha256, bytes = excluded.bytes,
    preview = excluded.preview;

-- pupil_upload_preview(session int) -> one (file text, preview text)
SELECT file, preview FROM pupil_upload WHERE session = :session;

-- pupil_upload_get(session int) -> one (file text, sha256 text, bytes blob)
SELECT file, sha256, bytes FROM pupil_upload WHERE session = :session;

-- pupil_upload_forget(session int)
DELETE FROM pupil_upload WHERE session = :session;

-- programme_of_label(label text) -> many (mef text, specialty text, last_year int)
SELECT mef, specialty, last_year FROM training_programme WHERE label = :label ORDER BY mef LIMIT 2;

-- ================================================================ candidates of past sessions

-- row past_candidate(session text, exam text, number text, birth_date text, ine text?, code text?, answers text)

-- past_record(session text, exam text, number text) -> one past_candidate
SELECT session, exam, number, birth_date, ine, code, answers FROM past_candidate
WHERE exam = :exam AND session = :session AND number = :number;

-- past_add(session text, exam text, number text, birth_date text, ine text?, code text?, answers text)
INSERT INTO past_candidate (exam, session, number, birth_date, ine, code, answers)
VALUES (:exam, :session, :number, :birth_date, :ine, :code, :answers);

-- past_set(session text, exam text, number text, birth_date text, ine text?, code text?, answers text)
UPDATE past_candidate SET birth_date = :birth_date, ine = :ine, code = :code, answers = :answers
WHERE exam = :exam AND session = :session AND number = :number;

-- past_remove(session text, exam text, number text)
DELETE FROM past_candidate WHERE exam = :exam AND session = :session AND number = :number;

-- past_cited(session text, exam text, number text) -> one counted
SELECT count(*) FROM past_mark WHERE exam = :exam AND session = :session AND number = :number;

-- past_sessions(exam text, number text) -> many (session text)
SELECT session FROM past_candidate WHERE exam = :exam AND number = :number ORDER BY session LIMIT 2;

-- past_by_number(exam text, number text, birth_date text, before text) -> many past_candidate
-- The code to be compared with what was typed, and shown to nobody. The last session first.
SELECT session, exam, number, birth_date, ine, code, answers FROM past_candidate
WHERE exam = :exam AND number = :number AND birth_date = :birth_date AND session < :before ORDER BY session DESC;

-- past_by_ine(exam text, ine text, birth_date text, before text) -> many past_candidate
SELECT session, exam, number, birth_date, ine, code, answers FROM past_candidate
WHERE exam = :exam AND ine = :ine AND birth_date = :birth_date AND session < :before ORDER BY session DESC, number;

-- past_any(exam text, before text) -> one counted
SELECT count(*) FROM (SELECT 1 FROM past_candidate WHERE exam = :exam AND session < :before LIMIT 1) p;

-- row past_mark(session text, exam text, number text, unit text, state text, mark text?, year int?, proof text?, academy text?, origin text?, diploma text?)

-- past_mark_record(session text, exam text, number text, unit text) -> one past_mark
SELECT session, exam, number, unit, state, mark, year, proof, academy, origin, diploma FROM past_mark
WHERE exam = :exam AND session = :session AND number = :number AND unit = :unit;

-- past_mark_add(session text, exam text, number text, unit text, state text, mark text?, year int?, proof text?, academy text?, origin text?, diploma text?)
INSERT INTO past_mark (exam, session, number, unit, state, mark, year, proof, academy, origin, diploma)
VALUES (:exam, :session, :number, :unit, :state, :mark, :year, :proof, :academy, :origin, :diploma);

-- past_mark_set(session text, exam text, number text, unit text, state text, mark text?, year int?, proof text?, academy text?, origin text?, diploma text?)
UPDATE past_mark SET state = :state, mark = :mark, year = :year, proof = :proof, academy = :academy, origin = :origin,
    diploma = :diploma
WHERE exam = :exam AND session = :session AND number = :number AND unit = :unit;

-- past_mark_remove(session text, exam text, number text, unit text)
DELETE FROM past_mark WHERE exam = :exam AND session = :session AND number = :number AND unit = :unit;

-- past_marks(session text, exam text, number text) -> many past_mark
SELECT session, exam, number, unit, state, mark, year, proof, academy, origin, diploma FROM past_mark
WHERE exam = :exam AND session = :session AND number = :number ORDER BY unit;

-- ================================================================ people of bygone years

-- bygone_pupils(year int)
DELETE FROM pupil WHERE year < :year;

-- bygone_pupil_codes(year int)
DELETE FROM pupil_code WHERE year < :year;

-- bygone_past(session text)
DELETE FROM past_candidate WHERE session < :session;

-- bygone_pupil_changes(year int)
-- What runs changed that brought any of them.
DELETE FROM load_change WHERE run IN (SELECT run FROM load_change WHERE year < :year);

-- bygone_past_changes(session text)
DELETE FROM load_change WHERE run IN (SELECT run FROM load_change WHERE session < :session);

-- ================================================================ audit trail

-- audit_add(at int, service text, actor text, address text?, action text, exam text?, number int?, establishment text?, detail text?, salt blob, digest blob)
INSERT INTO audit_entry (at, service, actor, address, action, exam, number, establishment, detail, salt, digest)
VALUES (:at, :service, :actor, :address, :action, :exam, :number, :establishment, :detail, :salt, :digest);

-- audit_seal_last() -> one (last int, at int, hash blob)
SELECT last, at, hash FROM audit_seal ORDER BY id DESC LIMIT 1;

-- audit_seal_add(first int, last int, at int, previous blob, hash blob)
INSERT INTO audit_seal (first, last, at, previous, hash) VALUES (:first, :last, :at, :previous, :hash);

-- audit_seal_list() -> many (id int, first int, last int, previous blob, hash blob)
SELECT id, first, last, previous, hash FROM audit_seal ORDER BY id;

-- audit_range(after int, last int) -> many (id int, at int, service text, actor text, address text?, action text, exam text?, number int?, establishment text?, detail text?, digest blob)
SELECT id, at, service, actor, address, action, exam, number, establishment, detail, digest
FROM audit_entry WHERE id > :after AND id <= :last ORDER BY id;

-- audit_last() -> one (id int?)
SELECT max(id) FROM audit_entry;

-- ================================================================ recovery
-- Asked of the base that is being replaced, or of the copy that is to replace it.

-- recovery_registrations() -> many (exam text, number int, revision int, state text, code text, returned_revision int?, listed_name text, birth_date text, establishment text?, school text?, service text, specialty text, year int, month int, created int, changed int, answers text)
-- All of a base, in the order of its primary key.
SELECT r.exam, r.number, r.revision, r.state, r.code, r.returned_revision, r.listed_name, r.birth_date, e.code, e.name, r.service, r.specialty, s.year, s.month, r.created, r.changed, r.answers
FROM registration r CROSS JOIN exam_session s LEFT JOIN establishment e ON e.id = r.establishment
WHERE s.id = r.exam_session ORDER BY r.exam, r.number;

-- recovery_revision(exam text, number int, revision int)
UPDATE registration SET revision = :revision WHERE exam = :exam AND number = :number;

-- recovery_draft_revision(exam text, number int, former int, revision int)
-- A draft that modifies goes on modifying the same answers.
UPDATE draft SET revision = :revision WHERE exam = :exam AND number = :number AND revision = :former;

-- recovery_counters() -> many (exam text, next int)
SELECT exam, next FROM number_counter ORDER BY exam;

-- recovery_counter_keep(exam text, next int)
INSERT INTO number_counter (exam, next) VALUES (:exam, :next)
ON CONFLICT (exam) DO UPDATE SET next = CASE WHEN excluded.next > number_counter.next THEN excluded.next ELSE number_counter.next END;

-- recovery_counters_skip(gap int)
UPDATE number_counter SET next = next + :gap;

-- recovery_accounts(epoch int)
-- What was known of an account's passwords since the backup is of another epoch than any that it will have.
UPDATE account SET epoch = :epoch WHERE epoch < :epoch;

-- recovery_lock() -> one (locked int, reason text?, until int?, since int?, holder text?)
SELECT locked, reason, until, since, holder FROM base_lock WHERE id = 1;

-- recovery_forget_ticks()
DELETE FROM kept_ticks;

-- recovery_forget_work()
DELETE FROM work;

-- recovery_forget_sessions()
DELETE FROM session;

-- recovery_forget_messages()
DELETE FROM outbox;

-- recovery_forget_throttle()
DELETE FROM throttle;

-- recovery_forget_tries()
DELETE FROM throttle_try;

-- recovery_forget_logins()
DELETE FROM throttle_login;

-- ================================================================ audit trail, as it is read

-- row journal_entry(id int, at int, service text, actor text, address text?, action text, exam text?, number int?, establishment text?, detail text?)

-- journal_entry_since(id int) -> one (id int, at int)
SELECT id, at FROM audit_entry WHERE id >= :id ORDER BY id LIMIT 1;

-- journal_all(after int, before int, most int) -> many journal_entry
SELECT id, at, service, actor, address, action, exam, number, establishment, detail
FROM audit_entry WHERE id >= :after AND id < :before ORDER BY id DESC LIMIT :most;

-- journal_of_action(action text, after int, before int, most int) -> many journal_entry
SELECT id, at, service, actor, address, action, exam, number, establishment, detail
FROM audit_entry
WHERE action = :action AND action <> 'registration.create' AND id >= :after AND id < :before ORDER BY id DESC LIMIT :most;

-- journal_of_establishment(establishment text, action text?, after int, before int, most int) -> many journal_entry
SELECT id, at, service, actor, address, action, exam, number, establishment, detail
FROM audit_entry
WHERE establishment = :establishment AND establishment IS NOT NULL AND action <> 'registration.create'
  AND (:action IS NULL OR action = :action) AND id >= :after AND id < :before
ORDER BY id DESC LIMIT :most;

-- journal_of_actor(actor text, establishment text?, action text?, after int, before int, most int) -> many journal_entry
SELECT id, at, service, actor, address, action, exam, number, establishment, detail
FROM audit_entry
WHERE actor = :actor AND action <> 'registration.create' AND (:establishment IS NULL OR establishment = :establishment)
  AND (:action IS NULL OR action = :action) AND id >= :after AND id < :before
ORDER BY id DESC LIMIT :most;

-- journal_of_number(exam text, number int, actor text?, action text?, after int, before int, most int) -> many journal_entry
SELECT id, at, service, actor, address, action, exam, number, establishment, detail
FROM audit_entry
WHERE exam = :exam AND number = :number AND number IS NOT NULL AND action <> 'registration.create'
  AND (:actor IS NULL OR actor = :actor) AND (:action IS NULL OR action = :action) AND id >= :after AND id < :before
ORDER BY id DESC LIMIT :most;

-- journal_seals() -> many (at int, last int, hash blob)
-- The last first.
SELECT at, last, hash FROM audit_seal ORDER BY id DESC;
