-- SPDX-License-Identifier: Apache-2.0
-- wrong: 4: the statement has no end: a semicolon is missing

-- a() -> one (x text)
SELECT ';
