-- SPDX-License-Identifier: Apache-2.0
-- Pupils whom a school expects to register, as its own files say: who is still missing, and what a pupil finds filled in.

-- year: of the exam's session. key: by which loads know him again, given when he first came (INE and birth, or his
-- name and birth) and kept. identity: as that of a registration. Whoever knows a name and a birth date may be shown this.
CREATE TABLE pupil (
    establishment INTEGER NOT NULL REFERENCES establishment (id),
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 9999),
    key TEXT NOT NULL,
    identity TEXT NOT NULL,
    listed_name TEXT NOT NULL,
    birth_name TEXT NOT NULL,
    usual_name TEXT,
    forename_1 TEXT NOT NULL,
    forename_2 TEXT,
    forename_3 TEXT,
    birth_date TEXT NOT NULL,
    class TEXT,
    mef TEXT,
    specialty TEXT,
    sort_key BLOB NOT NULL,
    PRIMARY KEY (establishment, year, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX pupil_identity ON pupil (establishment, year, identity);

-- What is shown to nobody but who has the code on his slip, or knows INE and birth: a class shares one password.
CREATE TABLE pupil_private (
    establishment INTEGER NOT NULL,
    year INTEGER NOT NULL,
    key TEXT NOT NULL,
    ine TEXT,
    ine_bea TEXT,
    sex TEXT CHECK (sex IN ('M', 'F')),
    birth_country TEXT,
    birth_department TEXT,
    birth_town_code TEXT,
    birth_town TEXT,
    nationality TEXT,
    extra TEXT,
    street TEXT,
    place TEXT,
    postal_code TEXT,
    town TEXT,
    country TEXT,
    mobile TEXT,
    phone TEXT,
    email TEXT,
    PRIMARY KEY (establishment, year, key),
    FOREIGN KEY (establishment, year, key) REFERENCES pupil (establishment, year, key) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX pupil_private_ine ON pupil_private (establishment, year, ine);

-- The code on a pupil's slip. It outlives his row: a load that takes him away may be undone, and his slip stays good.
CREATE TABLE pupil_code (
    establishment INTEGER NOT NULL REFERENCES establishment (id),
    year INTEGER NOT NULL,
    key TEXT NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (establishment, year, key),
    UNIQUE (establishment, year, code)
) STRICT, WITHOUT ROWID;

-- A file that was shown what it would change, and waits to be applied or given up; it goes with its session. preview:
-- what was shown, lines of cells parted by tabs.
CREATE TABLE pupil_upload (
    session INTEGER NOT NULL PRIMARY KEY REFERENCES session (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BLOB NOT NULL,
    preview TEXT NOT NULL
) STRICT;
