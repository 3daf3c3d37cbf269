-- SPDX-License-Identifier: Apache-2.0
-- wrong: 4: a: not rows, or not in pgsql/: {rows r}
-- a(x int)
DELETE FROM t USING {rows r} WHERE t.x = r.x AND :x = :x;
