-- SPDX-License-Identifier: Apache-2.0
-- Managers: who of the rectorat may see and change what.

-- exams: codes, '|BCP|CAP|'; departments: a JSON array of codes of three characters; NULL: all. What belongs to all
-- (parameters, sessions, the base's lock, loads) is changed by those alone whom neither limits.
CREATE TABLE manager (
    account INTEGER NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    exams TEXT,
    departments TEXT,
    may_change INTEGER NOT NULL CHECK (may_change IN (0, 1)),
    sees_identities INTEGER NOT NULL CHECK (sees_identities IN (0, 1))
) STRICT;
