-- SPDX-License-Identifier: Apache-2.0
-- Candidates of past sessions, of other bases or of this one, so that one who comes back finds his data and kept marks.

-- session: « 2026-06 ». number: as printed on his papers then, without its revision. code: a digest of his personal code and
-- his number. answers: as a registration's, of those that he would give again.
CREATE TABLE past_candidate (
    exam TEXT NOT NULL,
    session TEXT NOT NULL,
    number TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    ine TEXT,
    code TEXT,
    answers TEXT NOT NULL,
    PRIMARY KEY (exam, session, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX past_candidate_number ON past_candidate (exam, number);
CREATE INDEX past_candidate_ine ON past_candidate (exam, ine);

-- What he may keep of a unit: state 'B' its mark, 'D' that he was exempt from it. year: of the session that gave the mark.
CREATE TABLE past_mark (
    exam TEXT NOT NULL,
    session TEXT NOT NULL,
    number TEXT NOT NULL,
    unit TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('B', 'D')),
    mark TEXT,
    year INTEGER,
    proof TEXT,
    academy TEXT,
    origin TEXT,
    diploma TEXT,
    PRIMARY KEY (exam, session, number, unit),
    FOREIGN KEY (exam, session, number) REFERENCES past_candidate (exam, session, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
