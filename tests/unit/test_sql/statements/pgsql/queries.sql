-- SPDX-License-Identifier: Apache-2.0

-- own() -> one (version  int)
SELECT 0::bigint;

-- pair_own() -> many pair
SELECT 1, 'pgsql';

-- of_rows(a int, b text?, c blob)
-- The parameters are columns of r.
INSERT INTO t (a, b, c) SELECT r.a, r.b, r.c FROM {rows r} JOIN other o ON o.a = r.a;
