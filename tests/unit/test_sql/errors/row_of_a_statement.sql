-- SPDX-License-Identifier: Apache-2.0
-- wrong: 9: b: a second row of this name, the first is in

-- row b(x int)

-- a() -> one b
SELECT 1;

-- b() -> one (y text)
SELECT '';
