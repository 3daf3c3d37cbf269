-- SPDX-License-Identifier: Apache-2.0
-- wrong: 3: a: rows and a scope
-- a(x int)
DELETE FROM registration USING {rows r} WHERE x = r.x AND {scope registration: one};
