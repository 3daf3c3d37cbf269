-- SPDX-License-Identifier: Apache-2.0
-- wrong: 5: a: its scopes are of different kinds

-- a()
DELETE FROM r WHERE {scope r: one} OR {scope r};
