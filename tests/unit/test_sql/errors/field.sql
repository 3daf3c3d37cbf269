-- SPDX-License-Identifier: Apache-2.0
-- wrong: 4: a: not a name and a type: "x"

-- a(x) -> one (y int)
SELECT :x;
