-- SPDX-License-Identifier: Apache-2.0
-- wrong: 5: a: something stands behind the semicolon

-- a()
DELETE FROM t; DELETE FROM u;
