-- SPDX-License-Identifier: Apache-2.0
-- wrong: 7: a: a second statement of this name, the first is in

-- a()
DELETE FROM t;

-- a()
DELETE FROM t;
