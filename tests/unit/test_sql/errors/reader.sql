-- SPDX-License-Identifier: Apache-2.0
-- wrong: 7: a_next: in C this name is the reader of a's rows

-- a() -> one (x int)
SELECT 1;

-- a_next()
DELETE FROM t;
