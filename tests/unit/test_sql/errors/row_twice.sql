-- SPDX-License-Identifier: Apache-2.0
-- wrong: 6: b: a second row of this name, the first is in

-- row b(x int)

-- row b(x int)

-- a() -> one b
SELECT 1;
