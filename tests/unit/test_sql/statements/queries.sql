-- SPDX-License-Identifier: Apache-2.0

-- tricky(code text,
--        at int?)
--     -> many (id int, name text?, b blob?)
-- What stands in quotes and comments is no parameter: ':it', "it's", :this.
SELECT id, ':code', b FROM x /* ' :code ; */
WHERE code = :code AND at::text <> ' :at ''s; ' AND (at = :at OR :at IS NULL); -- :done

-- nothing()
DELETE FROM a\b WHERE "c:d" = 'e"f??';

-- order_of_the_signature(first int, bytes blob)
UPDATE a SET b = :bytes, c = :first;

-- dollars() -> one (value text)
SELECT $$ :none; $$ || $body$ $$ :none $body$;

-- by_names(a int, b text, c blob, d int?, e text?)
UPDATE t SET b = :b, c = :c, d = :d, e = :e WHERE a = :a;

-- in_turn(a int, b text, c blob, d int?)
UPDATE t SET b = :b, c = :c, d = :d WHERE a = :a;

-- row pair(a int,
--          b text?)
-- Three statements give it, of which one stands in the folders of the bases.

-- pair_by_a(a int) -> one pair
SELECT a, b FROM t WHERE a = :a;

-- pairs() -> many
--     pair
SELECT a, b FROM t;

-- row row(row int)

-- row() -> one row
-- A row, a statement and a column may have one name.
SELECT 1;

-- of_people(a int, b text) -> many pair
-- {scope nobody}: a comment
SELECT a, '{scope nobody}' FROM registration r
WHERE a = :a AND {scope r} AND b = :b;

-- of_few(a int)
DELETE FROM draft
WHERE a = :a AND {scope draft draft: all one} AND EXISTS (SELECT 1 FROM draft d WHERE {scope draft d: one all});

-- of_changes()
UPDATE registration SET a = 1 WHERE {scope modified registration: set own};
