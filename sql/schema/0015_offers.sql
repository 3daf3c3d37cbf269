-- SPDX-License-Identifier: Apache-2.0
-- What a school offers, by category of candidates and with its CCF licence; units (épreuves) by session.

-- category: a family ('SCO', 'APP'), '' for all that the school has. licensed_ccf: NULL says nothing, the school's own
-- licence holds; first_session, last_session: years that a licence holds for, NULL: no bound.
CREATE TABLE category_offer (
    establishment INTEGER NOT NULL REFERENCES establishment (id),
    exam_session INTEGER NOT NULL REFERENCES exam_session (id),
    specialty TEXT NOT NULL REFERENCES specialty (code),
    category TEXT NOT NULL DEFAULT '',
    licensed_ccf INTEGER CHECK (licensed_ccf IN (0, 1)),
    first_session INTEGER CHECK (first_session BETWEEN 1900 AND 9999),
    last_session INTEGER CHECK (last_session BETWEEN 1900 AND 9999),
    PRIMARY KEY (establishment, exam_session, specialty, category),
    CHECK (first_session <= last_session),
    CHECK (coalesce(licensed_ccf, 0) = 1 OR (first_session IS NULL AND last_session IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO category_offer (establishment, exam_session, specialty)
SELECT establishment, exam_session, specialty FROM establishment_offer;
DROP TABLE establishment_offer;
ALTER TABLE category_offer RENAME TO establishment_offer;

-- Years of the sessions that a unit is examined in; NULL: no bound.
ALTER TABLE exam_unit ADD COLUMN first_session INTEGER CHECK (first_session BETWEEN 1900 AND 9999);
ALTER TABLE exam_unit ADD COLUMN last_session INTEGER CHECK (last_session BETWEEN 1900 AND 9999);

-- Loads from before can be undone as they were made: their rows get the values that nothing was said of.
UPDATE load_change SET before = substr(before, 1, length(before) - 1) || ',"",null,null,null]',
    after = substr(after, 1, length(after) - 1) || ',"",null,null,null]' WHERE record = 'establishment_offer';
UPDATE load_change SET before = substr(before, 1, length(before) - 1) || ',null,null]',
    after = substr(after, 1, length(after) - 1) || ',null,null]' WHERE record = 'exam_unit';
