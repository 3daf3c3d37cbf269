-- SPDX-License-Identifier: Apache-2.0
-- Windows keep the numbers by which operators remove them: the next one comes after them.
SELECT setval(pg_get_serial_sequence('registration_window', 'id'), coalesce(max(id), 0) + 1, false)
FROM registration_window;
