-- SPDX-License-Identifier: Apache-2.0
-- wrong: 4: a__one: in C this name is taken

-- a__one()
DELETE FROM r;
