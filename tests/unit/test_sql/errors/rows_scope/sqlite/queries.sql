-- SPDX-License-Identifier: Apache-2.0

-- a(x int)
DELETE FROM registration WHERE x = :x AND {scope registration: one};
