-- SPDX-License-Identifier: Apache-2.0

-- a(x int)
DELETE FROM t WHERE x = :x;
