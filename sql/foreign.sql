-- SPDX-License-Identifier: Apache-2.0
--
-- What is said to bases of others, through libdbi: templates, one of each name for a driver, made into C by
-- foreign.awk. "-- DRIVER.NAME" begins one, a semicolon ends it; of setup and check there may be several, and a
-- check's answer begins with what stands behind its arrow. {table}, {key} and {columns} are identifiers that the
-- driver's own identifier has quoted, {last} and {value} texts that libdbi has quoted, {rows} lists of them.
--
-- libdbi's drivers read many types wrongly and say nothing: a column is asked as text, by the one way that was
-- proved with the driver. Nothing else may stand here: tests/lint looks at each function.

-- ---------------------------------------------------------------- PostgreSQL

-- libdbi has the client speak "UNICODE", which is what it calls UTF-8

-- pgsql.setup
SET datestyle = 'ISO';
-- pgsql.setup
SET client_min_messages = error;
-- pgsql.setup
SET standard_conforming_strings = on;
-- pgsql.check -> UTF8
SELECT pg_client_encoding()::text;
-- pgsql.check -> ISO,
SHOW datestyle;
-- pgsql.begin_read
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
-- pgsql.begin_write
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
-- pgsql.commit
COMMIT;
-- pgsql.rollback
ROLLBACK;
-- pgsql.identifier
"{name}";
-- pgsql.column
{name}::text;
-- pgsql.literal
{value};
-- pgsql.probe
SELECT {columns} FROM {table} WHERE 1 = 0;
-- pgsql.count
SELECT count(*)::text FROM {table};
-- "id"::text is called "id" too, and a bare ORDER BY "id" would mean this text
-- pgsql.first
SELECT {columns} FROM {table} AS f ORDER BY f.{key} LIMIT 2000;
-- pgsql.next
SELECT {columns} FROM {table} AS f WHERE f.{key} > {last} ORDER BY f.{key} LIMIT 2000;
-- pgsql.erase
DELETE FROM {table};
-- pgsql.insert
INSERT INTO {table} ({columns}) VALUES {rows};

-- ---------------------------------------------------------------- MariaDB, MySQL

-- mysql.setup
SET SESSION sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO';
-- mysql.setup
SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ;
-- mysql.check -> utf8mb4
SELECT CAST(@@character_set_client AS CHAR);
-- mysql.check -> utf8mb4
SELECT CAST(@@character_set_connection AS CHAR);
-- mysql.check -> utf8mb4
SELECT CAST(@@character_set_results AS CHAR);
-- mysql.check -> STRICT_ALL_TABLES
SELECT CAST(@@sql_mode AS CHAR);
-- mysql.begin_read
START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY;
-- mysql.begin_write
START TRANSACTION;
-- mysql.commit
COMMIT;
-- mysql.rollback
ROLLBACK;
-- mysql.identifier
`{name}`;
-- mysql.column
CAST({name} AS CHAR);
-- mysql.literal
{value};
-- mysql.probe
SELECT {columns} FROM {table} WHERE 1 = 0;
-- mysql.count
SELECT CAST(count(*) AS CHAR) FROM {table};
-- mysql.first
SELECT {columns} FROM {table} ORDER BY {key} LIMIT 2000;
-- mysql.next
SELECT {columns} FROM {table} WHERE {key} > {last} ORDER BY {key} LIMIT 2000;
-- mysql.erase
DELETE FROM {table};
-- mysql.insert
INSERT INTO {table} ({columns}) VALUES {rows};
-- a table of an engine without transactions keeps what is rolled back: what isn't YES is refused
-- mysql.transactional
SELECT CAST(e.transactions AS CHAR) FROM information_schema.tables t JOIN information_schema.engines e
ON e.engine = t.engine WHERE t.table_schema = coalesce({schema}, database()) AND t.table_name = {value};

-- ---------------------------------------------------------------- SQLite

-- in brackets: a name in double quotes that no column has is a text to SQLite, not an error

-- sqlite3.begin_read
BEGIN;
-- sqlite3.begin_write
BEGIN IMMEDIATE;
-- sqlite3.commit
COMMIT;
-- sqlite3.rollback
ROLLBACK;
-- sqlite3.identifier
[{name}];
-- sqlite3.column
{name}||'';
-- sqlite3.literal
{value};
-- sqlite3.probe
SELECT {columns} FROM {table} WHERE 1 = 0;
-- sqlite3.count
SELECT count(*)||'' FROM {table};
-- sqlite3.first
SELECT {columns} FROM {table} ORDER BY {key} LIMIT 2000;
-- sqlite3.next
SELECT {columns} FROM {table} WHERE {key} > {last} ORDER BY {key} LIMIT 2000;
-- sqlite3.erase
DELETE FROM {table};
-- sqlite3.insert
INSERT INTO {table} ({columns}) VALUES {rows};

-- ---------------------------------------------------------------- FreeTDS (Microsoft SQL Server, Sybase): not proved

-- freetds.setup
SET DATEFORMAT ymd;
-- freetds.begin_read
BEGIN TRANSACTION;
-- freetds.begin_write
BEGIN TRANSACTION;
-- freetds.commit
COMMIT TRANSACTION;
-- freetds.rollback
ROLLBACK TRANSACTION;
-- freetds.identifier
[{name}];
-- freetds.column
CAST({name} AS NVARCHAR(4000));
-- freetds.literal
N{value};
-- freetds.probe
SELECT {columns} FROM {table} WHERE 1 = 0;
-- freetds.count
SELECT CAST(count(*) AS NVARCHAR(20)) FROM {table};
-- freetds.first
SELECT TOP 2000 {columns} FROM {table} ORDER BY {key};
-- freetds.next
SELECT TOP 2000 {columns} FROM {table} WHERE {key} > {last} ORDER BY {key};
-- freetds.erase
DELETE FROM {table};
-- freetds.insert
INSERT INTO {table} ({columns}) VALUES {rows};
