-- SPDX-License-Identifier: Apache-2.0
-- wrong: 4: a: a signature without SQL

-- a()
-- Only a comment.
;
