-- SPDX-License-Identifier: Apache-2.0
-- wrong: 4: own: another signature than in

-- own() -> one (version int)
PRAGMA user_version;
