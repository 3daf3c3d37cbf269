-- SPDX-License-Identifier: Apache-2.0
-- The state of a candidate's file: what the office says of it beside the confirmation's return, whom an open matter
-- reaches, what one act has changed and can undo, and reminders to a chosen group.

-- One row for each registration that something was said of. version: counts its changes. stated: what lists read of it, "E"
-- set aside, "I" a piece is missing, "C3" revision 3 is complete, "" nothing of these. complete: that revision, or -1. pieces: a JSON array, {"piece", "until",
-- "asked", "came"}. told: when the message that tells its present state was sent. school_from, office_from: while a matter
-- is open, from when on it is the school's and the office's to see to; acknowledged: somebody has.
CREATE TABLE standing (
    exam_session INTEGER NOT NULL REFERENCES exam_session (id),
    number INTEGER NOT NULL,
    exam TEXT NOT NULL,
    version INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    changed_by TEXT NOT NULL,
    stated TEXT NOT NULL,
    complete INTEGER NOT NULL,
    reason TEXT,
    remedies TEXT,
    pieces TEXT NOT NULL,
    told INTEGER,
    school_from INTEGER,
    office_from INTEGER,
    acknowledged INTEGER,
    acknowledged_by TEXT,
    PRIMARY KEY (exam_session, number),
    UNIQUE (exam, number),
    FOREIGN KEY (exam, number) REFERENCES registration (exam, number) ON DELETE CASCADE
) STRICT;
CREATE INDEX standing_stated ON standing (exam_session, stated);
CREATE INDEX standing_office ON standing (exam_session, office_from) WHERE office_from IS NOT NULL;
CREATE INDEX standing_school ON standing (school_from) WHERE school_from IS NOT NULL;

-- What one act has changed, for a day: the page that says it, and its undoing. establishment: the school that has acted, 0: the
-- office. act: as the trail names it. shown: what it was about (a piece, a reason), or NULL.
CREATE TABLE standing_change (
    id INTEGER PRIMARY KEY,
    exam_session INTEGER NOT NULL REFERENCES exam_session (id),
    establishment INTEGER NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    shown TEXT,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;
CREATE INDEX standing_change_at ON standing_change (at);

-- version: which the act has made of it, 0: left alone. before: the standing as it was, and the confirmation's return, as JSON.
CREATE TABLE standing_change_item (
    change INTEGER NOT NULL REFERENCES standing_change (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    version INTEGER NOT NULL,
    before TEXT,
    PRIMARY KEY (change, number)
) STRICT, WITHOUT ROWID;

-- Reminders that a manager has sent to a group: "drafts", "papers", "pieces".
CREATE TABLE reminder_run (
    id INTEGER PRIMARY KEY,
    exam_session INTEGER NOT NULL REFERENCES exam_session (id),
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL
) STRICT;
CREATE INDEX reminder_run_session ON reminder_run (exam_session, at);

-- Who was in the group. message: in the outbox; NULL: he has no electronic address.
CREATE TABLE reminder_item (
    run INTEGER NOT NULL REFERENCES reminder_run (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    name TEXT,
    telephone TEXT,
    number INTEGER,
    message INTEGER,
    PRIMARY KEY (run, ordinal)
) STRICT, WITHOUT ROWID;

-- What was sent to a candidate, but for receipts: of these there is one for each registration.
CREATE INDEX outbox_number ON outbox (exam, number) WHERE number IS NOT NULL AND kind <> 'receipt';

-- The list of one specialty says where files stand, from the index alone.
DROP INDEX registration_specialty;
CREATE INDEX registration_specialty ON registration
    (establishment, exam_session, specialty, sort_key, number, revision, state, listed_name, birth_date, form,
     returned_revision);
