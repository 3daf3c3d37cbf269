-- SPDX-License-Identifier: Apache-2.0

-- audit_freeze()
-- The writing transaction that seals already keeps every other writer out.
SELECT 1 WHERE 0;

-- base_integrity() -> many base_fault
PRAGMA integrity_check(10);

-- base_foreign_keys() -> many base_fault
SELECT "table" || ' ' || coalesce(rowid, 0) FROM pragma_foreign_key_check LIMIT 10;

-- base_lock_hold() -> one base_lock
SELECT locked, reason, until FROM base_lock WHERE id = 1;

-- dossier_hold(session int, ordinal int) -> one (nomenclature text?, locked int, reason text?, until int?, draft int?)
-- A writing transaction is alone already.
SELECT (SELECT value FROM parameter WHERE exam = '' AND name = 'nomenclature'), locked, reason, until,
       (SELECT draft FROM session_item WHERE session = :session AND ordinal = :ordinal)
FROM base_lock WHERE id = 1;

-- number_hold(exam text)
SELECT next FROM number_counter WHERE exam = :exam;

-- base_lock_take() -> one base_lock
-- For whoever changes the lock: alone, once all writers that have seen it are done.
SELECT locked, reason, until FROM base_lock WHERE id = 1;
