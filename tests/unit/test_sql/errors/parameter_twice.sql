-- SPDX-License-Identifier: Apache-2.0
-- wrong: 4: a: "x" stands twice

-- a(x int, x int)
DELETE FROM t WHERE x = :x;
