-- SPDX-License-Identifier: Apache-2.0
-- wrong: 4: a: "default" cannot be a name in C

-- a(x int) -> one (default int)
SELECT :x;
