-- SPDX-License-Identifier: Apache-2.0
-- AUTOINCREMENT: without it the number of a last row that is gone is the next one's.

-- A delegate that is gone: his number stands in sessions that are being opened.
CREATE TABLE identity_account (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    service TEXT NOT NULL,
    login TEXT NOT NULL,
    establishment INTEGER REFERENCES establishment (id),
    password TEXT,
    password_changed INTEGER,
    epoch INTEGER NOT NULL DEFAULT 0,
    last_login INTEGER,
    last_login_from TEXT,
    rights TEXT CHECK (rights IN ('all', 'no-passwords')),
    temporary INTEGER NOT NULL DEFAULT 0 CHECK (temporary IN (0, 1)),
    created_by TEXT,
    UNIQUE (service, login)
) STRICT;
INSERT INTO identity_account (id, service, login, establishment, password, password_changed, epoch, last_login,
    last_login_from, rights, temporary, created_by)
SELECT id, service, login, establishment, password, password_changed, epoch, last_login, last_login_from, rights,
    temporary, created_by FROM account;
DROP TABLE account;
ALTER TABLE identity_account RENAME TO account;
CREATE INDEX account_delegate ON account (establishment, login) WHERE rights IS NOT NULL;

-- Signed fields of pages hold their session's number.
CREATE TABLE identity_session (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    token BLOB NOT NULL UNIQUE,
    service TEXT NOT NULL,
    account INTEGER REFERENCES account (id),
    epoch INTEGER NOT NULL,
    quarantined INTEGER NOT NULL DEFAULT 0,
    csrf TEXT NOT NULL,
    created INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    ended INTEGER,
    next_ordinal INTEGER NOT NULL DEFAULT 1,
    previous_login INTEGER,
    previous_login_from TEXT,
    notice TEXT
) STRICT;
INSERT INTO identity_session (id, token, service, account, epoch, quarantined, csrf, created, seen, ends, ended,
    next_ordinal, previous_login, previous_login_from, notice)
SELECT id, token, service, account, epoch, quarantined, csrf, created, seen, ends, ended, next_ordinal,
    previous_login, previous_login_from, notice FROM session;
DROP TABLE session;
ALTER TABLE identity_session RENAME TO session;
CREATE INDEX session_seen ON session (seen);

-- Messages that wait hold their draft's number.
CREATE TABLE identity_draft (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL UNIQUE,
    exam TEXT NOT NULL,
    service TEXT NOT NULL,
    establishment INTEGER REFERENCES establishment (id),
    number INTEGER,
    answers TEXT NOT NULL,
    birth_date TEXT,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    revision INTEGER,
    email TEXT,
    reminded INTEGER,
    department TEXT NOT NULL DEFAULT '',
    exam_session INTEGER REFERENCES exam_session (id)
) STRICT;
INSERT INTO identity_draft (id, code, exam, service, establishment, number, answers, birth_date, created, changed,
    revision, email, reminded, department, exam_session)
SELECT id, code, exam, service, establishment, number, answers, birth_date, created, changed, revision, email,
    reminded, department, exam_session FROM draft;
DROP TABLE draft;
ALTER TABLE identity_draft RENAME TO draft;
CREATE INDEX draft_changed ON draft (changed);
CREATE INDEX draft_establishment ON draft (establishment, exam_session);
CREATE INDEX draft_session ON draft (exam_session, changed, id);

-- Operators remove a window by its number.
CREATE TABLE identity_registration_window (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    exam_session INTEGER NOT NULL REFERENCES exam_session (id),
    service TEXT NOT NULL,
    label TEXT,
    opens INTEGER NOT NULL,
    closes INTEGER NOT NULL,
    CHECK (opens < closes)
) STRICT;
INSERT INTO identity_registration_window (id, exam_session, service, label, opens, closes)
SELECT id, exam_session, service, label, opens, closes FROM registration_window;
DROP TABLE registration_window;
ALTER TABLE identity_registration_window RENAME TO registration_window;
CREATE INDEX registration_window_session ON registration_window (exam_session, service, opens);

-- Addresses hold the number of what was changed.
CREATE TABLE identity_state_change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    establishment INTEGER NOT NULL REFERENCES establishment (id),
    exam TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1)),
    exam_session INTEGER REFERENCES exam_session (id)
) STRICT;
INSERT INTO identity_state_change (id, establishment, exam, at, actor, undone, exam_session)
SELECT id, establishment, exam, at, actor, undone, exam_session FROM state_change;
DROP TABLE state_change;
ALTER TABLE identity_state_change RENAME TO state_change;
CREATE INDEX state_change_at ON state_change (at);

-- Who sends a message holds its number meanwhile.
CREATE TABLE identity_outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
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
INSERT INTO identity_outbox (id, kind, recipient, exam, number, revision, draft, days, created, next_try, attempts,
    sent, failure)
SELECT id, kind, recipient, exam, number, revision, draft, days, created, next_try, attempts, sent, failure FROM
    outbox;
DROP TABLE outbox;
ALTER TABLE identity_outbox RENAME TO outbox;
CREATE INDEX outbox_due ON outbox (next_try);

-- A try that is being judged holds its number meanwhile.
CREATE TABLE identity_throttle_try (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key BLOB NOT NULL,
    ends INTEGER NOT NULL
) STRICT;
INSERT INTO identity_throttle_try (id, key, ends)
SELECT id, key, ends FROM throttle_try;
DROP TABLE throttle_try;
ALTER TABLE identity_throttle_try RENAME TO throttle_try;
CREATE INDEX throttle_try_ends ON throttle_try (ends);
CREATE INDEX throttle_try_key ON throttle_try (key, ends);

-- A draft's number that a message remembers was given already.
DELETE FROM sqlite_sequence WHERE name = 'draft';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'draft', max(coalesce((SELECT max(id) FROM draft), 0), coalesce((SELECT max(draft) FROM outbox), 0));
