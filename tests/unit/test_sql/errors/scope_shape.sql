-- SPDX-License-Identifier: Apache-2.0
-- wrong: 5: a: not a scope: {scope r: some}

-- a()
DELETE FROM r WHERE {scope r: some};
