-- SPDX-License-Identifier: Apache-2.0
-- What a manager has cancelled or restored at once is of no school.
ALTER TABLE state_change ALTER COLUMN establishment DROP NOT NULL;
