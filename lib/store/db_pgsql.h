/* SPDX-License-Identifier: Apache-2.0
 *
 * What the three files of the adaptor to PostgreSQL share.
 */
#ifndef INSCRINET_STORE_DB_PGSQL_H
#define INSCRINET_STORE_DB_PGSQL_H

#include <libpq-fe.h>

#include "db_internal.h"

/** Parameters as libpq wants them. */
typedef struct pgsql_parameters_t {
    int count;
    Oid types[DB_PARAMETERS_MAX];
    const char *values[DB_PARAMETERS_MAX];
    int lengths[DB_PARAMETERS_MAX];
    int formats[DB_PARAMETERS_MAX];
    char integers[DB_PARAMETERS_MAX][8];
    char *arrays; /* what values point to, where each is an array: to be freed; or NULL */
} pgsql_parameters_t;

/* db_pgsql_connection.c */

/**
 * Note why a result is not what was hoped for, and clear it. PostgreSQL's messages quote rows, but those of
 * class 42 (syntax, unknown names, types) are about the statement's own text.
 */
db_error_t pgsql_fail(db_t *db, const char *name, PGresult *result);

/** Run a command without parameters; name is for the text of the error. */
db_error_t pgsql_command(db_t *db, const char *name, const char *sql);

/** Before anything is sent. Outside a transaction a lost connection is made again. */
db_error_t pgsql_ready(db_t *db);

/* What db_adaptor_t says of them. */
db_error_t pgsql_prepare_connection(db_t *db);
db_error_t pgsql_begin(db_t *db, int writing);
db_error_t pgsql_commit(db_t *db);
void pgsql_rollback(db_t *db);
db_error_t pgsql_script(db_t *db, const char *sql);
db_error_t pgsql_has_table(db_t *db, const char *name, int *there);
db_error_t pgsql_migrating(db_t *db, int on);
db_error_t pgsql_migrated(db_t *db);

/* db_pgsql_values.c */

/** The types of parameters, and with them their number, as a statement declares them. */
void pgsql_put_types(pgsql_parameters_t *to, const db_statement_t *statement);

/** Their values, which are borrowed; of a statement of rows all of them, in arrays. After pgsql_put_types.
 * 0: there is no memory for that. */
int pgsql_put_values(pgsql_parameters_t *to, const db_statement_t *statement, const db_sets_t *in);

/** Has a result the columns that the statement declares? */
db_error_t pgsql_check_columns(db_t *db, const db_statement_t *statement, const PGresult *result);

/* What db_adaptor_t says of them. */
int pgsql_column(const db_rows_t *rows, int column, db_value_t *value);

#endif
