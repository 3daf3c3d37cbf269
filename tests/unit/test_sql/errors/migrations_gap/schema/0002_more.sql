-- SPDX-License-Identifier: Apache-2.0
-- wrong: 1: there is no common migration 1
DROP TABLE a;
