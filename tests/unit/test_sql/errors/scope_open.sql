-- SPDX-License-Identifier: Apache-2.0
-- wrong: 5: a: not a scope: {scope

-- a()
DELETE FROM r WHERE {scope
r};
