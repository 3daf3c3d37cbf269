-- SPDX-License-Identifier: Apache-2.0
-- wrong: 4: b: a row is row name(x int, …)

-- row b(x int) -> one (y int)
