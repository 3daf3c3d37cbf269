-- SPDX-License-Identifier: Apache-2.0

-- own() -> one (version  int)
SELECT 0::bigint;

-- pair_own() -> many pair
SELECT 1, 'pgsql';
