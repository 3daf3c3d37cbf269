-- SPDX-License-Identifier: Apache-2.0
-- What a session has searched lists for: names, which stand in no address. It names them by their ordinal, recherche=K.
CREATE TABLE session_search (
    session INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (session, ordinal)
) STRICT, WITHOUT ROWID;
