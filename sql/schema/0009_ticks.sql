-- SPDX-License-Identifier: Apache-2.0
-- What was ticked on a page whose session had ended: for a day, until the account logs in again.

-- session: that they were posted by, then that of the login which is led back to them; it is the one that may show them, and
-- whose end forgets them. page, query, search: where they were ticked, below the
-- exam's session; search as it was typed. ticks: each number with what its row was shown as, « 11V 12A », « 11-0 14-1 ».
-- epoch: another password, and nobody finds them.
CREATE TABLE kept_ticks (
    account INTEGER NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
    epoch INTEGER NOT NULL,
    session INTEGER NOT NULL,
    at INTEGER NOT NULL,
    exam_session INTEGER NOT NULL REFERENCES exam_session (id),
    page TEXT NOT NULL,
    query TEXT NOT NULL,
    search TEXT,
    ticks TEXT NOT NULL
) STRICT;
CREATE INDEX kept_ticks_session ON kept_ticks (session);
