-- SPDX-License-Identifier: Apache-2.0
-- wrong: 1: a migration's file is named NNNN_name.sql
DROP TABLE a;
