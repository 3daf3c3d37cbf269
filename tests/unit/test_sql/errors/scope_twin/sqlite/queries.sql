-- SPDX-License-Identifier: Apache-2.0
-- wrong: 4: own: another scope than in

-- own()
DELETE FROM r WHERE {scope r: one set};
