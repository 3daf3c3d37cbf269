-- SPDX-License-Identifier: Apache-2.0
-- A school that a load has added goes with its undoing: its number is never another one's.
CREATE TABLE load_establishment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
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
INSERT INTO load_establishment (id, code, kind, name, sector, families, licensed_ccf, postal_code, town, department,
    academy, activation_opens, activation_closes, activated, activated_from)
SELECT id, code, kind, name, sector, families, licensed_ccf, postal_code, town, department, academy, activation_opens,
    activation_closes, activated, activated_from FROM establishment;
DROP TABLE establishment;
ALTER TABLE load_establishment RENAME TO establishment;
