-- SPDX-License-Identifier: Apache-2.0
-- wrong: 4: a: a signature is name(x int, …) -> one|many (y text?, …), or -> one|many row

-- a(x int) -> two (y int)
SELECT :x;
