-- SPDX-License-Identifier: Apache-2.0
-- wrong: 4: a: the parameter :y is declared and not used

-- a(x int, y int)
DELETE FROM t WHERE x = :x AND z = ':y';
