/* SPDX-License-Identifier: Apache-2.0
 *
 * What db.c and its two adaptors share; nobody else includes it but schema.c.
 *
 * db.c keeps the rules that hold on both bases: one set of rows at a time, errors that stick in a
 * transaction, what a statement promised. An adaptor knows one base and nothing of those rules. It returns
 * the class of what happened, and says why through db_fail.
 */
#ifndef INSCRINET_STORE_DB_INTERNAL_H
#define INSCRINET_STORE_DB_INTERNAL_H

#include <apr_hash.h>

#include "db.h"

#define DB_PARAMETERS_MAX 100 /* as sql/compile.awk */

/** A statement as one connection holds it. */
typedef struct db_prepared_t {
    const db_statement_t *statement;
    void *handle;        /* SQLite: the sqlite3_stmt */
    unsigned generation; /* PostgreSQL: the db->generation that knows it, 0 for none */
    int stale;           /* PostgreSQL: the server's plan no longer fits and must go */
} db_prepared_t;

/** The rows that a connection has open, if it has. An adaptor sets handle, row and there. */
struct db_rows_t {
    db_t *db;
    const db_statement_t *statement; /* NULL: none are open */
    void *handle;                    /* the sqlite3_stmt, or the PGresult that row is in */
    int row;                         /* PostgreSQL: which one of the result's */
    int there;                       /* the last step came to a row */
    int fresh;                       /* a row that db_next has not given yet */
    int columns;
    db_sets_t ahead;  /* SQLite: sets of parameters that it wasn't run with yet */
    db_error_t error; /* of reading them */
};

typedef struct db_adaptor_t {
    const char *driver;

    db_error_t (*prepare_connection)(db_t *db);
    db_error_t (*check)(db_t *db, const db_statement_t *statement);
    /* For each set of parameters: of a statement that isn't of rows there is one. */
    db_error_t (*run)(db_t *db, const db_statement_t *statement, const db_sets_t *in);

    /* Go to the first row, to the next one, and give them back. After an error of start nothing is to be
       given back; finish reads a change to its end, so that all of it happens. */
    db_error_t (*start)(db_rows_t *rows, const db_sets_t *in);
    db_error_t (*step)(db_rows_t *rows);
    db_error_t (*finish)(db_rows_t *rows);

    /* Read a column of the present row as value->type. 1: read; 0: it is NULL; -1: it is of another type. */
    int (*column)(const db_rows_t *rows, int column, db_value_t *value);
    /* The length of a text that column has just read: few ask for it. */

    db_error_t (*begin)(db_t *db, int writing);
    db_error_t (*commit)(db_t *db);
    void (*rollback)(db_t *db);
    db_error_t (*script)(db_t *db, const char *sql);

    /* For schema.c: is there such a table; before (on = 1) and after (0) migrations; at the end of each. */
    db_error_t (*has_table)(db_t *db, const char *name, int *there);
    db_error_t (*migrating)(db_t *db, int on);
    db_error_t (*migrated)(db_t *db);

    /* The connection is about to be closed. */
    void (*forget)(db_t *db);
} db_adaptor_t;

struct db_t {
    const db_adaptor_t *adaptor;
    apr_pool_t *pool;
    void *native;
    db_t *next;           /* another connection of the same pool */
    apr_hash_t *prepared; /* db_prepared_t by name */
    apr_int64_t changes;
    db_rows_t rows;

    db_error_t error;
    char text[256]; /* why, when error is not DB_OK */

    apr_pool_t *scope; /* of the transaction; NULL outside one */
    db_error_t sticky; /* the first error in it */
    int writing;

    int wait; /* milliseconds for what another program holds; 0: as the adaptor or its server thinks */

    int lost;            /* PostgreSQL: the connection has to be made again */
    int backend;         /* PostgreSQL: the server's process; another one knows none of our statements */
    unsigned generation; /* PostgreSQL: grows with each of them */
};

extern const db_adaptor_t db_adaptor_sqlite;
extern const db_adaptor_t db_adaptor_pgsql;

/** Note an error and why, and return it. The first one of a transaction stays. Never pass it values of a row.
 */
db_error_t db_fail(db_t *db, db_error_t error, const char *format, ...) __attribute__((format(printf, 3, 4)));

/** May something new be asked of the connection? name is for the text of the error. */
db_error_t db_may_start(db_t *db, const char *name);

/** The connection's entry for a statement, new or not. NULL and an error if another one has its name. */
db_prepared_t *db_prepared(db_t *db, const db_statement_t *statement);

#endif
