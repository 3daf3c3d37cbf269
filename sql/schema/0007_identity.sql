-- SPDX-License-Identifier: Apache-2.0
-- A number by which something outside a table remembers one of its rows is never another row's. PostgreSQL's identities
-- are never given again; SQLite's are made so.

-- A reminder whose draft has gone may have met another one under its number: it only goes to that draft's own address.
UPDATE outbox SET next_try = NULL, recipient = NULL, failure = 'its draft is another one by now'
WHERE draft IS NOT NULL AND recipient IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.id = outbox.draft AND d.email = outbox.recipient);
