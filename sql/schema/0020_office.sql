-- SPDX-License-Identifier: Apache-2.0
-- What the exam office does by the wizard itself: registrations that it corrects, papers that it enters.

-- reason: why, of a draft of the office; proof: what was shown for it; received: the day (AAAA-MM-JJ) on which the paper came
-- that is entered. NULL: not so.
ALTER TABLE draft ADD COLUMN reason TEXT;
ALTER TABLE draft ADD COLUMN proof TEXT;
ALTER TABLE draft ADD COLUMN received TEXT;

-- received: as that of its draft; NULL: its candidate has typed it himself.
ALTER TABLE registration ADD COLUMN received TEXT;
CREATE INDEX registration_received ON registration (exam_session, number, received, establishment, department)
WHERE received IS NOT NULL;

-- Loads have moved schools to another department, and left their candidates behind.
UPDATE registration SET department =
    coalesce((SELECT e.department FROM establishment e WHERE e.id = registration.establishment), '')
WHERE establishment IS NOT NULL AND department <>
    coalesce((SELECT e.department FROM establishment e WHERE e.id = registration.establishment), '');
UPDATE draft SET department =
    coalesce((SELECT e.department FROM establishment e WHERE e.id = draft.establishment), '')
WHERE establishment IS NOT NULL AND department <>
    coalesce((SELECT e.department FROM establishment e WHERE e.id = draft.establishment), '');

-- What was decided of two that look alike, when and by whom: cancelled is the one of them that is the same person's second,
-- NULL: they are two.
ALTER TABLE registration_double ADD COLUMN decided INTEGER;
ALTER TABLE registration_double ADD COLUMN decided_by TEXT;
ALTER TABLE registration_double ADD COLUMN cancelled INTEGER;

-- What an academy says of a specialty beyond its nomenclature. elsewhere: who organises it instead, NULL: itself; forms: the
-- only form of passage that it has, NULL: both.
ALTER TABLE specialty ADD COLUMN elsewhere TEXT;
ALTER TABLE specialty ADD COLUMN forms TEXT CHECK (forms IN ('G', 'P'));
