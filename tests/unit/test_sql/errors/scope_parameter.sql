-- SPDX-License-Identifier: Apache-2.0
-- wrong: 4: a: "scope" cannot be a name in C

-- a(scope int)
DELETE FROM r WHERE x = :scope;
