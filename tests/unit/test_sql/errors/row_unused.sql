-- SPDX-License-Identifier: Apache-2.0
-- wrong: 4: b: no statement gives this row

-- row b(x int)

-- a()
DELETE FROM t;
