-- SPDX-License-Identifier: Apache-2.0
-- wrong: 4: a: unknown type "float" of x

-- a(x float)
DELETE FROM t WHERE x = :x;
