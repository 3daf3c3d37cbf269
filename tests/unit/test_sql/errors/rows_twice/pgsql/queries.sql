-- SPDX-License-Identifier: Apache-2.0
-- wrong: 4: a: rows a second time
-- a(x int)
DELETE FROM t USING {rows r}, {rows s} WHERE t.x = r.x;
