-- SPDX-License-Identifier: Apache-2.0
-- Tries count before they are judged: one that nobody has judged by `ends` is forgotten.
CREATE TABLE throttle_try (
    id INTEGER PRIMARY KEY,
    key BLOB NOT NULL,
    ends INTEGER NOT NULL
) STRICT;
CREATE INDEX throttle_try_key ON throttle_try (key, ends);
CREATE INDEX throttle_try_ends ON throttle_try (ends);

-- The logins that have failed from an address, each once.
CREATE TABLE throttle_login (
    address BLOB NOT NULL,
    login BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (address, login)
) STRICT, WITHOUT ROWID;
CREATE INDEX throttle_login_at ON throttle_login (address, at);
