-- SPDX-License-Identifier: Apache-2.0
-- Whose a registration and a draft are: those of a school, or of a department.

-- ---------------------------------------------------------------- departments

-- department: three characters, '033', '02A', '974': that of the school; of who has none, that of his address in
-- France; '' where nobody knows. What is in nobody's department is only in reach of who may see all.
UPDATE establishment SET department = '02A' WHERE department = '620';
UPDATE establishment SET department = '02B' WHERE department = '720';
ALTER TABLE registration ADD COLUMN department TEXT NOT NULL DEFAULT '';
ALTER TABLE draft ADD COLUMN department TEXT NOT NULL DEFAULT '';
UPDATE registration SET department =
    coalesce((SELECT e.department FROM establishment e WHERE e.id = registration.establishment), '')
WHERE establishment IS NOT NULL;
UPDATE draft SET department =
    coalesce((SELECT e.department FROM establishment e WHERE e.id = draft.establishment), '')
WHERE establishment IS NOT NULL;

-- ---------------------------------------------------------------- lists

-- As registration_list, of all schools: read from the index alone.
CREATE INDEX registration_exam ON registration
    (exam, sort_key, number, revision, state, listed_name, birth_date, specialty, form, european, search_name,
     printed_revision, returned_revision, establishment, department);
CREATE INDEX draft_exam ON draft (exam, changed, id);

-- With its reason, so that SQLite takes it instead of all doubles of the exam.
DROP INDEX registration_double_other;
CREATE INDEX registration_double_other ON registration_double (exam, other, reason);
