-- SPDX-License-Identifier: Apache-2.0
-- The base as the first release has it. Instants are seconds since 1970 (UTC), dates ISO texts, flags 0 or 1.
-- WITHOUT ROWID: a small table found by a key of its own is found in one step instead of two.

CREATE TABLE schema_migration (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied INTEGER NOT NULL
) STRICT;

-- ---------------------------------------------------------------- parameters of the authority

-- exam is '' for what holds for all.
CREATE TABLE parameter (
    exam TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (exam, name)
) STRICT, WITHOUT ROWID;

-- Keys that only this base knows: made at init, never shown.
CREATE TABLE secret (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE base_lock (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    locked INTEGER NOT NULL CHECK (locked IN (0, 1)),
    reason TEXT,
    until INTEGER,
    since INTEGER,
    holder TEXT
) STRICT;

-- ---------------------------------------------------------------- nomenclatures
-- status says where a row comes from: what isn't 'verified' never prints as official.

CREATE TABLE academy (
    code TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    departments TEXT NOT NULL,
    state TEXT NOT NULL,
    status TEXT NOT NULL
) STRICT;

CREATE TABLE department (
    code TEXT PRIMARY KEY,
    code3 TEXT NOT NULL,
    name TEXT NOT NULL,
    academy TEXT,
    postal_prefix TEXT,
    establishment_prefix TEXT,
    status TEXT NOT NULL
) STRICT;

CREATE TABLE country (
    code TEXT PRIMARY KEY,
    bcn TEXT,
    iso2 TEXT,
    iso3 TEXT,
    name TEXT NOT NULL,
    european INTEGER NOT NULL CHECK (european IN (0, 1)),
    sort_key BLOB NOT NULL
) STRICT;

CREATE TABLE language (
    code TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    iso639 TEXT,
    bts INTEGER NOT NULL,
    bcp_compulsory INTEGER NOT NULL,
    bcp_optional INTEGER NOT NULL,
    regional INTEGER NOT NULL,
    status TEXT NOT NULL
) STRICT;

-- exams is a list of exam codes, '|BTS|BCP|'.
CREATE TABLE category (
    code TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    family TEXT NOT NULL,
    ccf INTEGER NOT NULL,
    exams TEXT NOT NULL,
    european INTEGER NOT NULL,
    service TEXT NOT NULL,
    status TEXT NOT NULL
) STRICT;

CREATE TABLE specialty (
    code TEXT PRIMARY KEY,
    exam TEXT NOT NULL,
    code5 TEXT NOT NULL,
    label TEXT NOT NULL,
    nsf TEXT,
    letter TEXT,
    first_session INTEGER,
    last_session INTEGER,
    status TEXT NOT NULL,
    source TEXT NOT NULL,
    sort_key BLOB NOT NULL,
    UNIQUE (exam, code5)
) STRICT;

CREATE TABLE exam_unit (
    specialty TEXT NOT NULL REFERENCES specialty (code),
    code TEXT NOT NULL,
    rank INTEGER NOT NULL,
    unit TEXT NOT NULL,
    label TEXT NOT NULL,
    coefficient TEXT,
    kind TEXT NOT NULL,
    mode_ccf TEXT,
    mode_other TEXT,
    duration TEXT,
    status TEXT NOT NULL,
    PRIMARY KEY (specialty, rank)
) STRICT;

CREATE TABLE training_programme (
    mef TEXT PRIMARY KEY,
    mef11 TEXT,
    label TEXT NOT NULL,
    specialty TEXT NOT NULL,
    duration INTEGER,
    year INTEGER,
    last_year INTEGER NOT NULL
) STRICT;

-- ---------------------------------------------------------------- establishments and accounts

-- families: what its candidates can be, '|SCO|APP|'. licensed_ccf: by default, for all its exams.
CREATE TABLE establishment (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    sector TEXT NOT NULL CHECK (sector IN ('PU', 'PR', 'HC')),
    families TEXT NOT NULL,
    licensed_ccf INTEGER NOT NULL CHECK (licensed_ccf IN (0, 1)),
    postal_code TEXT,
    town TEXT,
    department TEXT,
    academy TEXT,
    activation_opens INTEGER,
    activation_closes INTEGER,
    activated INTEGER,
    activated_from TEXT
) STRICT;

CREATE TABLE establishment_offer (
    establishment INTEGER NOT NULL REFERENCES establishment (id),
    specialty TEXT NOT NULL REFERENCES specialty (code),
    exam TEXT NOT NULL,
    PRIMARY KEY (establishment, exam, specialty)
) STRICT, WITHOUT ROWID;

-- One row for each exam that a school presents. european is NULL until it has answered. version grows with every
-- change of what its pages show.
CREATE TABLE establishment_exam (
    establishment INTEGER NOT NULL REFERENCES establishment (id),
    exam TEXT NOT NULL,
    service_open INTEGER NOT NULL DEFAULT 0 CHECK (service_open IN (0, 1)),
    european INTEGER CHECK (european IN (0, 1)),
    changed INTEGER,
    changed_from TEXT,
    version INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (establishment, exam)
) STRICT, WITHOUT ROWID;

-- password NULL: never chosen (the default one holds where the service allows it). epoch ends older sessions.
CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    service TEXT NOT NULL,
    login TEXT NOT NULL,
    establishment INTEGER REFERENCES establishment (id),
    password TEXT,
    password_changed INTEGER,
    epoch INTEGER NOT NULL DEFAULT 0,
    last_login INTEGER,
    last_login_from TEXT,
    UNIQUE (service, login)
) STRICT;

-- token is a SHA-256: the cookie holds what it is of. next_ordinal numbers what the session refers to.
CREATE TABLE session (
    id INTEGER PRIMARY KEY,
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
CREATE INDEX session_seen ON session (seen);

CREATE TABLE throttle (
    key BLOB PRIMARY KEY,
    failures INTEGER NOT NULL,
    blocked_until INTEGER NOT NULL,
    changed INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- registrations

-- Several windows per exam and service are allowed.
CREATE TABLE registration_window (
    id INTEGER PRIMARY KEY,
    exam TEXT NOT NULL,
    service TEXT NOT NULL,
    label TEXT,
    opens INTEGER NOT NULL,
    closes INTEGER NOT NULL,
    CHECK (opens < closes)
) STRICT;
CREATE INDEX registration_window_exam ON registration_window (exam, service, opens);

CREATE TABLE number_counter (
    exam TEXT PRIMARY KEY,
    next INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- token is a SHA-256, code what « Enregistrer et quitter » shows. number: the registration that it modifies.
CREATE TABLE draft (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    exam TEXT NOT NULL,
    service TEXT NOT NULL,
    establishment INTEGER REFERENCES establishment (id),
    number INTEGER,
    answers TEXT NOT NULL,
    birth_date TEXT,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL
) STRICT;
CREATE INDEX draft_establishment ON draft (establishment, exam);
CREATE INDEX draft_changed ON draft (changed);

-- What a browser's session may refer to: its drafts (by ordinal) and the numbers that it made or proved.
CREATE TABLE session_item (
    session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    exam TEXT NOT NULL,
    draft INTEGER REFERENCES draft (id) ON DELETE SET NULL,
    number INTEGER,
    PRIMARY KEY (session, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX session_item_draft ON session_item (draft);

-- answers holds every answer, as the questionnaire names them (JSON); the columns are what is searched, sorted
-- or constrained. listed_name is « NOM - PRÉNOM1 PRÉNOM2 », sort_key its French collation key, identity what
-- makes a duplicate: bare names and date of birth. state: V valide, A annulée.
CREATE TABLE registration (
    exam TEXT NOT NULL,
    number INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    service TEXT NOT NULL,
    establishment INTEGER REFERENCES establishment (id),
    specialty TEXT NOT NULL REFERENCES specialty (code),
    category TEXT NOT NULL REFERENCES category (code),
    state TEXT NOT NULL CHECK (state IN ('V', 'A')),
    listed_name TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    form TEXT NOT NULL CHECK (form IN ('G', 'P')),
    european INTEGER CHECK (european IN (0, 1)),
    ine TEXT,
    code TEXT NOT NULL,
    identity TEXT NOT NULL,
    sort_key BLOB NOT NULL,
    answers TEXT NOT NULL,
    created INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    PRIMARY KEY (exam, number)
) STRICT;

-- The list of a school, read from the index alone.
CREATE INDEX registration_list ON registration
    (establishment, exam, sort_key, number, revision, state, listed_name, birth_date, specialty, form);
CREATE INDEX registration_identity ON registration (exam, identity, number);

-- ---------------------------------------------------------------- audit trail

-- digest is SHA-256 of salt and of what the entry cites (answers, before and after): a purge that forgets the salt
-- leaves it in place and says nothing more of the person. seal: the batch that it belongs to, once sealed.
CREATE TABLE audit_entry (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    service TEXT NOT NULL,
    actor TEXT NOT NULL,
    address TEXT,
    action TEXT NOT NULL,
    exam TEXT,
    number INTEGER,
    establishment TEXT,
    detail TEXT,
    salt BLOB,
    digest BLOB NOT NULL
) STRICT;

-- A chain of batches: hash is SHA-256 of the previous hash and of every entry's line from first to last.
CREATE TABLE audit_seal (
    id INTEGER PRIMARY KEY,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    at INTEGER NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;
