-- SPDX-License-Identifier: Apache-2.0
-- The twin below has another type.

-- own() -> one (version text)
SELECT 0::bigint;
