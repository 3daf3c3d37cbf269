-- SPDX-License-Identifier: Apache-2.0
-- What a school's follow-up needs: lists by specialty and by parts of names, what was printed and handed in,
-- what a validation changed and can undo, delegates, expected numbers.

-- ---------------------------------------------------------------- lists

-- printed_revision: the last one that the school has printed; returned_revision: that of the signed paper that was
-- handed in. A later revision makes both out of date.
--
-- search_name: every name that he may be looked for by, bare and without spaces, parted by '|'.
ALTER TABLE registration ADD COLUMN search_name TEXT NOT NULL DEFAULT '';
UPDATE registration SET search_name = replace(substr(identity, 1, length(identity) - 11), ' ', '');
ALTER TABLE registration ADD COLUMN printed_revision INTEGER;
ALTER TABLE registration ADD COLUMN printed INTEGER;
ALTER TABLE registration ADD COLUMN returned_revision INTEGER;
ALTER TABLE registration ADD COLUMN returned INTEGER;

-- The list of a school, its searches, its figures: read from the index alone.
DROP INDEX registration_list;
CREATE INDEX registration_list ON registration
    (establishment, exam, sort_key, number, revision, state, listed_name, birth_date, specialty, form, european,
     search_name, printed_revision, returned_revision);
-- The list of one specialty.
CREATE INDEX registration_specialty ON registration
    (establishment, exam, specialty, sort_key, number, revision, state, listed_name, birth_date, form);

-- ---------------------------------------------------------------- validation and cancellation

-- What one « Valider » has changed, for a day: the page that says it, and its undoing.
CREATE TABLE state_change (
    id INTEGER PRIMARY KEY,
    establishment INTEGER NOT NULL REFERENCES establishment (id),
    exam TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
) STRICT;
CREATE INDEX state_change_at ON state_change (at);

-- state: what the registration became; NULL: left alone, because it had changed since it was shown.
CREATE TABLE state_change_item (
    change INTEGER NOT NULL REFERENCES state_change (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    state TEXT CHECK (state IN ('V', 'A')),
    PRIMARY KEY (change, number)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- delegates

-- An account of the service Établissement beside the head's, under CODE.NAME. rights: 'all', 'no-passwords'; NULL: the
-- head's own. temporary: its password was given to it and must be changed before anything else.
ALTER TABLE account ADD COLUMN rights TEXT CHECK (rights IN ('all', 'no-passwords'));
ALTER TABLE account ADD COLUMN temporary INTEGER NOT NULL DEFAULT 0 CHECK (temporary IN (0, 1));
ALTER TABLE account ADD COLUMN created_by TEXT;
CREATE INDEX account_delegate ON account (establishment, login) WHERE rights IS NOT NULL;

-- Who opened or closed a school's registration service last (beside changed and changed_from).
ALTER TABLE establishment_exam ADD COLUMN changed_by TEXT;

-- ---------------------------------------------------------------- figures

-- How many candidates a school expects, as it has said itself.
CREATE TABLE expected_number (
    establishment INTEGER NOT NULL REFERENCES establishment (id),
    exam TEXT NOT NULL,
    specialty TEXT NOT NULL REFERENCES specialty (code),
    expected INTEGER NOT NULL CHECK (expected >= 0),
    PRIMARY KEY (establishment, exam, specialty)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- a candidate's file

-- What was done with a registration since it was made: its making, the busiest entry, stays out.
CREATE INDEX audit_entry_number ON audit_entry (exam, number)
WHERE number IS NOT NULL AND action <> 'registration.create';

-- Who looks like a registration is asked from both sides.
CREATE INDEX registration_double_other ON registration_double (exam, other);
