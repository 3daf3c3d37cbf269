-- SPDX-License-Identifier: Apache-2.0
-- wrong: 4: a: there is no row b

-- a() -> one b
SELECT 1;
