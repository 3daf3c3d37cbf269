-- SPDX-License-Identifier: Apache-2.0
-- wrong: 6: a: the parameter :y is not declared

-- a(x int)
DELETE FROM t
WHERE x = :x OR y = :y;
