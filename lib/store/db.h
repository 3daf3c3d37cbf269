/* SPDX-License-Identifier: Apache-2.0
 *
 * The port through which everything reaches a base.
 *
 * A db_t stands for one open connection: SQLite's sqlite3 or PostgreSQL's PGconn, taken from a connection
 * that apr_dbd opened (pooled by mod_dbd in the server, opened directly by the command). Two adaptors,
 * db_sqlite.c and db_pgsql.c, hide which one it is. Statements are those of sql/queries.sql: the build turns
 * each into a constant and typed functions (sql.h): the compiler checks what is bound, a reader whose rows it
 * reads. No statement is ever made from text that came from outside.
 *
 * Errors are classes of what the caller can do about them, and stick: once a statement of a transaction has
 * failed, the following ones fail the same way and db_commit rolls back.
 *
 * One set of rows may be open on a connection at a time.
 */
#ifndef INSCRINET_STORE_DB_H
#define INSCRINET_STORE_DB_H

#include <apr_pools.h>
#include <stdint.h>

#include "../domain/actor.h"

typedef enum {
    DB_OK = 0,
    DB_CONFLICT, /* a constraint said no: unique, foreign key, check */
    DB_BUSY,     /* someone else holds what we need, or a serialisation failed: the same again may pass */
    DB_LOST,     /* the server went away: nothing is known of a COMMIT under way */
    DB_REFUSED,  /* read-only, no permission, disk full: an operator must act */
    DB_BROKEN    /* wrong statement, corrupt base, misuse: a developer or an operator must act */
} db_error_t;

typedef struct db_t db_t;
typedef struct db_rows_t db_rows_t;

/** An integer column or parameter that is NULL. Text and blobs are NULL as pointers. */
#define DB_NULL INT64_MIN

typedef enum { DB_TYPE_INT = 'i', DB_TYPE_TEXT = 't', DB_TYPE_BLOB = 'b' } db_type_t;

/** Bytes of a blob, of the length that goes with them. */
typedef struct db_blob_t {
    const void *bytes;
    apr_size_t length;
} db_blob_t;

/** A parameter as sql.h's functions pass it, of its type. Text and bytes are only borrowed for the call. */
typedef struct db_value_t {
    db_type_t type;
    union {
        apr_int64_t integer;
        const char *text;
        db_blob_t blob;
    };
} db_value_t;

/** One statement as the build compiles it out of sql/queries.sql. */
typedef struct db_statement_t {
    const char *name;
    const char *sqlite; /* the text with ?1 ?2 … */
    const char *pgsql;  /* the text with $1 $2 … */
    const char *in;     /* a db_type_t for each parameter, in capitals where it may be NULL */
    const char *out;    /* the same for each column, "" for a change */
    const char *row;    /* the name of its rows, by which db_next_of knows them; NULL for a change */
    int many;           /* rows come one by one, in flat memory, however many there are */
    int rows;           /* it takes rows of parameters, {rows r}: one by one or many at once */
} db_statement_t;

/** Parameters that a scope brings, at most. */
enum { DB_SCOPE_VALUES = 2 };

/**
 * The one of a statement's variants that a scope allows, by scope_kind_t; its values are put behind the
 * statement's own. A scope of nothing, no scope, or one of a kind that the statement doesn't know: a variant
 * for somebody whom there isn't.
 */
const db_statement_t *db_in_scope(const db_statement_t *const variants[], const scope_t *scope,
                                  db_value_t values[DB_SCOPE_VALUES]);

/** Before a process's first connection, by its only thread: later it does nothing. */
void db_process_init(void);

/**
 * The db_t of an apr_dbd connection: made at the first call, found again at the next ones, gone with pool.
 * @param pool    the connection's own pool (ap_dbd_t's pool)
 * @param driver  apr_dbd's name: "sqlite3" or "pgsql"
 * @param native  apr_dbd_native_handle of the connection
 * @return NULL for another driver
 */
db_t *db_of_connection(apr_pool_t *pool, const char *driver, void *native);

/**
 * How long a statement waits for what another program holds, in milliseconds: said before
 * db_prepare_connection. Unsaid: on SQLite some seconds, on PostgreSQL what the server's lock_timeout says.
 */
void db_wait_at_most(db_t *db, int milliseconds);

/**
 * Settings that every new connection gets, once: SQLite: foreign keys on, trusted_schema off, synchronous
 * FULL, busy timeout, cache size, and WAL verified; PostgreSQL: error verbosity, lock_timeout.
 */
db_error_t db_prepare_connection(db_t *db);

/** Start a statement that gives rows. NULL after an error (see db_error). End it with db_end. */
db_rows_t *db_query(db_t *db, const db_statement_t *statement, const db_value_t *in);

/** Run a statement that gives no rows (or whose rows don't matter). */
db_error_t db_run(db_t *db, const db_statement_t *statement, const db_value_t *in);

/**
 * The same of a statement of {rows r}, for many rows of parameters at once: each is of stride values, of
 * which the first are its parameters. PostgreSQL gets them all in one statement, SQLite one after another, by
 * one that is prepared. None: nothing is run, and there are no rows. Of db_query_rows they are borrowed until
 * db_end; what it gives comes in no order.
 */
typedef struct db_sets_t {
    const db_value_t *first;
    int count, stride;
} db_sets_t;
db_rows_t *db_query_rows(db_t *db, const db_statement_t *statement, const db_sets_t *sets);
db_error_t db_run_rows(db_t *db, const db_statement_t *statement, const db_sets_t *sets);

/** Go to the next row. 1: there is one; 0: the end, or an error (see db_error). rows may be NULL: 0. */
int db_next(db_rows_t *rows);

/** The same for a reader of rows of one kind, db_statement_t's row: those of another kind are misuse. */
int db_next_of(db_rows_t *rows, const char *row);

/** Columns of the present row, from 0. What pointers point to is gone at the next db_next or db_end. */
apr_int64_t db_int(const db_rows_t *rows, int column);  /* DB_NULL for NULL */
const char *db_text(const db_rows_t *rows, int column); /* UTF-8, ends with NUL; NULL for NULL */
db_blob_t db_blob(const db_rows_t *rows, int column);   /* bytes NULL for NULL */

/**
 * 1 if all that was read of the present row was as the statement promises: no NULL where none may be, no
 * other type. Otherwise its error is db_error and the row counts for nothing. The readers of sql.h end with
 * it.
 */
int db_row_valid(const db_rows_t *rows);

/**
 * The end of reading: rows are given back, read to the end or not. The error of the query (rows is NULL then)
 * or of its rows, as db_error says it afterwards.
 */
db_error_t db_end(db_t *db, db_rows_t *rows);

/** Does the base take this statement, with parameters and columns as it declares? Runs nothing. */
db_error_t db_check(db_t *db, const db_statement_t *statement);

/** Rows that the last db_run changed. */
apr_int64_t db_changes(const db_t *db);

/**
 * Begin a transaction. A writing one takes SQLite's write lock at once (BEGIN IMMEDIATE); a reading one sees
 * one state of the base throughout. It is rolled back when scope is cleared before db_commit.
 */
db_error_t db_begin(db_t *db, apr_pool_t *scope, int writing);

/** Commit, or roll back if anything failed in it. DB_OK only if it is in the base for good. */
db_error_t db_commit(db_t *db);

/**
 * Leave the transaction, if there is one, and rows that are open; forget the error. Whoever gives a
 * connection back to a pool calls it.
 */
void db_rollback(db_t *db);

/** The class of the last error, DB_OK if the last call went well. */
db_error_t db_error(const db_t *db);

/** For the log: statement's name and the code of SQLite or SQLSTATE. Never values of a row. Lives in db. */
const char *db_error_text(const db_t *db);

/** Run a script of several statements (a migration). Not for anything that a user typed. */
db_error_t db_script(db_t *db, const char *sql);

#endif
