-- SPDX-License-Identifier: Apache-2.0
-- wrong: 4: SQL without a signature

SELECT 1;
