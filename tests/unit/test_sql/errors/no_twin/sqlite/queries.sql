-- SPDX-License-Identifier: Apache-2.0
-- wrong: 4: own: it has no twin for the other base

-- own() -> one (version int)
PRAGMA user_version;
