-- SPDX-License-Identifier: Apache-2.0

-- own() -> one (version int)
PRAGMA user_version;

-- pair_own() -> many pair
SELECT 1, 'sqlite';

-- of_rows(a int, b text?, c blob)
INSERT INTO t (a, b, c) VALUES (:a, :b, :c);
