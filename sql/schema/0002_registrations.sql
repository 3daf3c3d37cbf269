-- SPDX-License-Identifier: Apache-2.0
-- What the registration services need beyond the first release: units by subject, categories as candidates know
-- them, drafts that modify, revisions kept, homonyms, messages.

-- ---------------------------------------------------------------- nomenclatures

-- subject says how a unit is asked: LV1, LV2, LVF (languages: units of one subject share one), EPS, GENERAL (a
-- holder of a diploma may be exempt), MOBILITE; NULL: professional.
ALTER TABLE exam_unit ADD COLUMN subject TEXT;
UPDATE exam_unit SET subject = 'EPS' WHERE label LIKE 'Éducation physique%';
UPDATE exam_unit SET subject = 'LVF' WHERE kind = 'F' AND (label LIKE '%angue vivante%' OR label LIKE 'LV%');
UPDATE exam_unit SET subject = 'LV1'
WHERE kind = 'O' AND (label LIKE '%angue vivante%' OR label LIKE 'LV%');
UPDATE exam_unit SET subject = 'MOBILITE' WHERE kind = 'F' AND label LIKE 'Mobilité%';
UPDATE exam_unit SET subject = 'GENERAL'
WHERE kind = 'O' AND subject IS NULL
  AND (label LIKE 'Mathématiques%' OR label LIKE 'Français%' OR label LIKE 'Histoire-g%' OR label LIKE 'Physique-chimie%'
       OR label LIKE 'Sciences physiques%' OR label LIKE 'Économie-gestion%' OR label LIKE 'Prévention%'
       OR label LIKE 'Arts appliqués%' OR label LIKE 'Culture générale%' OR label LIKE 'Expression et%');

-- family is what a candidate knows of himself; the rows of individuals each have their own.
UPDATE category SET family = 'CPR' WHERE code = '33';
UPDATE category SET family = 'EADS' WHERE code = '40';
UPDATE category SET family = 'EADA' WHERE code = '41';
UPDATE category SET family = 'EADI' WHERE code = '42';
UPDATE category SET family = 'XSCO' WHERE code = '50';
UPDATE category SET family = 'XAPP' WHERE code = '51';
UPDATE category SET family = 'XFPC' WHERE code = '52';
UPDATE category SET family = 'EXP' WHERE code = '53';

-- ---------------------------------------------------------------- drafts and sessions

-- revision: of the registration that the draft modifies (draft.number), when the draft was made. reminded: days
-- before the end of the last reminder, or NULL.
ALTER TABLE draft ADD COLUMN revision INTEGER;
ALTER TABLE draft ADD COLUMN email TEXT;
ALTER TABLE draft ADD COLUMN reminded INTEGER;

-- pending: the draft was found by a session that has ended, and is only in reach once its date of birth or its
-- code has been typed; then the browser is led to step.
ALTER TABLE session_item ADD COLUMN pending INTEGER NOT NULL DEFAULT 0;
ALTER TABLE session_item ADD COLUMN step TEXT;

-- ---------------------------------------------------------------- registrations

-- homonym_allowed: another candidate of the same name and birth may register beside this one.
ALTER TABLE registration ADD COLUMN homonym_allowed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX registration_ine ON registration (exam, ine, birth_date, number);

-- A registration that looks like another one: told to the manager, never to the candidate. reason: 'identity',
-- 'ine', 'swapped' (birth name and forename exchanged).
CREATE TABLE registration_double (
    exam TEXT NOT NULL,
    number INTEGER NOT NULL,
    other INTEGER NOT NULL,
    reason TEXT NOT NULL,
    found INTEGER NOT NULL,
    PRIMARY KEY (exam, number, other)
) STRICT, WITHOUT ROWID;

-- The answers that a modification has replaced: revision is the one that they had.
CREATE TABLE registration_revision (
    exam TEXT NOT NULL,
    number INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    service TEXT NOT NULL,
    actor TEXT NOT NULL,
    changed INTEGER NOT NULL,
    replaced INTEGER NOT NULL,
    answers TEXT NOT NULL,
    PRIMARY KEY (exam, number, revision),
    FOREIGN KEY (exam, number) REFERENCES registration (exam, number) ON DELETE CASCADE
) STRICT;

-- ---------------------------------------------------------------- messages

-- To be sent by `inscrinetctl mail`. kind: 'receipt', 'code', 'reminder'. What it says is made when it is sent, of
-- the registration (exam, number, revision) or of the draft; a sent or given up message keeps no address.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    recipient TEXT,
    exam TEXT NOT NULL,
    number INTEGER,
    revision INTEGER,
    draft INTEGER,
    days INTEGER,
    created INTEGER NOT NULL,
    next_try INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    sent INTEGER,
    failure TEXT
) STRICT;
CREATE INDEX outbox_due ON outbox (next_try);
