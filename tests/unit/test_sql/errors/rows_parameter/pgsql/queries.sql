-- SPDX-License-Identifier: Apache-2.0
-- wrong: 3: a: with rows, the parameter :x is a column of them
-- a(x int)
DELETE FROM t USING {rows r} WHERE x = r.x AND y = :x;
