-- SPDX-License-Identifier: Apache-2.0
-- The twin below has another scope.

-- own()
DELETE FROM r WHERE {scope r: one};
