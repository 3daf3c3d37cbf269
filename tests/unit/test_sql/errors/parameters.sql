-- SPDX-License-Identifier: Apache-2.0
-- wrong: 7: a_in: in C this name is that of a's parameters

-- a(p int, q int, r int, s int, t int)
DELETE FROM t WHERE p = :p AND q = :q AND r = :r AND s = :s AND t = :t;

-- a_in() -> one (x int)
SELECT 1;
