-- SPDX-License-Identifier: Apache-2.0
-- Sessions of an exam, beside each other: what windows, parameters, offers, a school's state, drafts and
-- registrations belong to. Each exam of a base that exists gets its main one.

-- period: month or season in words, as documents say it. state: 'preparation', 'open', 'closed', 'archived'.
CREATE TABLE exam_session (
    id INTEGER PRIMARY KEY,
    exam TEXT NOT NULL,
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 9999),
    month INTEGER NOT NULL CHECK (month BETWEEN 1 AND 12),
    period TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('preparation', 'open', 'closed', 'archived')),
    main INTEGER NOT NULL CHECK (main IN (0, 1)),
    UNIQUE (exam, year, month)
) STRICT;
CREATE UNIQUE INDEX exam_session_main ON exam_session (exam) WHERE main = 1;

INSERT INTO exam_session (exam, year, month, period, state, main)
SELECT e.exam, CAST(s.value AS INTEGER),
       CASE lower(replace(replace(p.period, 'É', 'é'), 'Û', 'û')) -- SQLite lowers ASCII alone
           WHEN 'janvier' THEN 1 WHEN 'février' THEN 2 WHEN 'mars' THEN 3 WHEN 'avril' THEN 4 WHEN 'mai' THEN 5
           WHEN 'juillet' THEN 7 WHEN 'août' THEN 8 WHEN 'septembre' THEN 9 WHEN 'octobre' THEN 10
           WHEN 'novembre' THEN 11 WHEN 'automne' THEN 11 WHEN 'décembre' THEN 12 ELSE 6 END,
       p.period, 'open', 1
FROM (SELECT (SELECT value FROM parameter WHERE exam = '' AND name = 'session') AS value) s
CROSS JOIN (SELECT coalesce((SELECT value FROM parameter WHERE exam = '' AND name = 'periode'), 'juin') AS period) p
CROSS JOIN (SELECT 'BTS' AS exam UNION ALL SELECT 'BCP' UNION ALL SELECT 'BP' UNION ALL SELECT 'CAP'
            UNION ALL SELECT 'BEP' UNION ALL SELECT 'MC4' UNION ALL SELECT 'MC5') e
WHERE EXISTS (SELECT 1 FROM parameter); -- whose year is missing is refused; a new base has none yet

-- ---------------------------------------------------------------- parameters

-- exam_session 0: whichever. What is said of a session comes before what is said of its exam, and that before ''.
CREATE TABLE session_parameter (
    exam TEXT NOT NULL,
    exam_session INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (exam, exam_session, name)
) STRICT, WITHOUT ROWID;
INSERT INTO session_parameter (exam, exam_session, name, value)
SELECT exam, 0, name, value FROM parameter WHERE name NOT IN ('session', 'periode');
DROP TABLE parameter;
ALTER TABLE session_parameter RENAME TO parameter;

-- ---------------------------------------------------------------- windows and schools

CREATE TABLE session_window (
    id INTEGER PRIMARY KEY,
    exam_session INTEGER NOT NULL REFERENCES exam_session (id),
    service TEXT NOT NULL,
    label TEXT,
    opens INTEGER NOT NULL,
    closes INTEGER NOT NULL,
    CHECK (opens < closes)
) STRICT;
INSERT INTO session_window (id, exam_session, service, label, opens, closes)
SELECT w.id, s.id, w.service, w.label, w.opens, w.closes
FROM registration_window w JOIN exam_session s ON s.exam = w.exam;
DROP TABLE registration_window;
ALTER TABLE session_window RENAME TO registration_window;
CREATE INDEX registration_window_session ON registration_window (exam_session, service, opens);

CREATE TABLE session_offer (
    establishment INTEGER NOT NULL REFERENCES establishment (id),
    exam_session INTEGER NOT NULL REFERENCES exam_session (id),
    specialty TEXT NOT NULL REFERENCES specialty (code),
    PRIMARY KEY (establishment, exam_session, specialty)
) STRICT, WITHOUT ROWID;
INSERT INTO session_offer (establishment, exam_session, specialty)
SELECT o.establishment, s.id, o.specialty FROM establishment_offer o JOIN exam_session s ON s.exam = o.exam;
DROP TABLE establishment_offer;
ALTER TABLE session_offer RENAME TO establishment_offer;

-- One row for each session that a school presents. european is NULL until it has answered. version grows with every
-- change of what its pages show.
CREATE TABLE session_establishment (
    establishment INTEGER NOT NULL REFERENCES establishment (id),
    exam_session INTEGER NOT NULL REFERENCES exam_session (id),
    service_open INTEGER NOT NULL DEFAULT 0 CHECK (service_open IN (0, 1)),
    european INTEGER CHECK (european IN (0, 1)),
    changed INTEGER,
    changed_from TEXT,
    changed_by TEXT,
    version INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (establishment, exam_session)
) STRICT, WITHOUT ROWID;
INSERT INTO session_establishment (establishment, exam_session, service_open, european, changed, changed_from,
                                   changed_by, version)
SELECT x.establishment, s.id, x.service_open, x.european, x.changed, x.changed_from, x.changed_by, x.version
FROM establishment_exam x JOIN exam_session s ON s.exam = x.exam;
DROP TABLE establishment_exam;
ALTER TABLE session_establishment RENAME TO establishment_exam;

CREATE TABLE session_expected (
    establishment INTEGER NOT NULL REFERENCES establishment (id),
    exam_session INTEGER NOT NULL REFERENCES exam_session (id),
    specialty TEXT NOT NULL REFERENCES specialty (code),
    expected INTEGER NOT NULL CHECK (expected >= 0),
    PRIMARY KEY (establishment, exam_session, specialty)
) STRICT, WITHOUT ROWID;
INSERT INTO session_expected (establishment, exam_session, specialty, expected)
SELECT n.establishment, s.id, n.specialty, n.expected FROM expected_number n JOIN exam_session s ON s.exam = n.exam;
DROP TABLE expected_number;
ALTER TABLE session_expected RENAME TO expected_number;

-- ---------------------------------------------------------------- drafts, registrations, what refers to them

-- Numbers are unique in an exam whatever its session; everything that is listed, counted or compared keeps to one.
ALTER TABLE draft ADD COLUMN exam_session INTEGER REFERENCES exam_session (id);
UPDATE draft SET exam_session = (SELECT id FROM exam_session s WHERE s.exam = draft.exam);
DROP INDEX draft_establishment;
DROP INDEX draft_exam;
CREATE INDEX draft_establishment ON draft (establishment, exam_session);
CREATE INDEX draft_session ON draft (exam_session, changed, id);

ALTER TABLE session_item ADD COLUMN exam_session INTEGER REFERENCES exam_session (id);
UPDATE session_item SET exam_session = (SELECT id FROM exam_session s WHERE s.exam = session_item.exam);

ALTER TABLE state_change ADD COLUMN exam_session INTEGER REFERENCES exam_session (id);
UPDATE state_change SET exam_session = (SELECT id FROM exam_session s WHERE s.exam = state_change.exam);

ALTER TABLE registration ADD COLUMN exam_session INTEGER REFERENCES exam_session (id);
UPDATE registration SET exam_session = (SELECT id FROM exam_session s WHERE s.exam = registration.exam);

-- A school's list, that of a specialty, all schools' lists: read from the index alone. Then who is the same person.
DROP INDEX registration_list;
CREATE INDEX registration_list ON registration
    (establishment, exam_session, sort_key, number, revision, state, listed_name, birth_date, specialty, form, european,
     search_name, printed_revision, returned_revision);
DROP INDEX registration_specialty;
CREATE INDEX registration_specialty ON registration
    (establishment, exam_session, specialty, sort_key, number, revision, state, listed_name, birth_date, form);
DROP INDEX registration_exam;
CREATE INDEX registration_session ON registration
    (exam_session, sort_key, number, revision, state, listed_name, birth_date, specialty, form, european, search_name,
     printed_revision, returned_revision, establishment, department);
DROP INDEX registration_identity;
CREATE INDEX registration_identity ON registration (exam_session, identity, number);
DROP INDEX registration_ine;
CREATE INDEX registration_ine ON registration (exam_session, ine, birth_date, number);
