-- SPDX-License-Identifier: Apache-2.0
-- wrong: 5: a: a scope of all alone restricts nothing

-- a()
DELETE FROM r WHERE {scope r: all};
