-- SPDX-License-Identifier: Apache-2.0
-- The department of an address, for who has no school; a draft also keeps post codes that are none.
UPDATE registration SET department = json_extract(answers, '$.code_postal')
WHERE establishment IS NULL AND json_extract(answers, '$.pays') = '99100'
  AND json_extract(answers, '$.code_postal') GLOB '[0-9][0-9][0-9][0-9][0-9]';
UPDATE draft SET department = json_extract(answers, '$.code_postal')
WHERE establishment IS NULL AND json_extract(answers, '$.pays') = '99100'
  AND json_extract(answers, '$.code_postal') GLOB '[0-9][0-9][0-9][0-9][0-9]';
UPDATE registration SET department = CASE
    WHEN department = '97133' THEN '977'
    WHEN department = '97150' THEN '978'
    WHEN substr(department, 1, 3) IN ('971', '972', '973', '974', '975', '976', '986', '987', '988')
        THEN substr(department, 1, 3)
    WHEN substr(department, 1, 3) IN ('200', '201') THEN '02A'
    WHEN substr(department, 1, 2) = '20' THEN '02B'
    WHEN substr(department, 1, 2) BETWEEN '01' AND '95' THEN '0' || substr(department, 1, 2)
    ELSE '' END
WHERE length(department) = 5;
UPDATE draft SET department = CASE
    WHEN department = '97133' THEN '977'
    WHEN department = '97150' THEN '978'
    WHEN substr(department, 1, 3) IN ('971', '972', '973', '974', '975', '976', '986', '987', '988')
        THEN substr(department, 1, 3)
    WHEN substr(department, 1, 3) IN ('200', '201') THEN '02A'
    WHEN substr(department, 1, 2) = '20' THEN '02B'
    WHEN substr(department, 1, 2) BETWEEN '01' AND '95' THEN '0' || substr(department, 1, 2)
    ELSE '' END
WHERE length(department) = 5;
