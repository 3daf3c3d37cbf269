-- SPDX-License-Identifier: Apache-2.0
-- wrong: 1: a second migration 1, the first is
DROP TABLE a;
