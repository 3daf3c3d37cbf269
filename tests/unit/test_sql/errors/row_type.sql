-- SPDX-License-Identifier: Apache-2.0
-- wrong: 4: b: unknown type "float" of x

-- row b(x float)
