/* SPDX-License-Identifier: Apache-2.0
 *
 * Commands on whole bases, which are no statements of the product: made of the names that a base has, run on
 * the live connection or on another one. What fails is told by the live one, in the server's first line.
 */
#ifndef INSCRINET_STORE_DB_PGSQL_PLAIN_H
#define INSCRINET_STORE_DB_PGSQL_PLAIN_H

#include "db_pgsql.h"

db_error_t pgsql_fail_text(db_t *live, db_error_t error, const char *name, const char *text);
/** DB_BUSY where somebody else holds what it wants. */
db_error_t pgsql_run(db_t *live, PGconn *connection, const char *name, const char *sql);
/** The first column of the first row, in pool; NULL after an error, or where there is none. */
const char *pgsql_ask(db_t *live, PGconn *connection, apr_pool_t *pool, const char *name, const char *sql);
/** All rows, to be cleared; NULL after an error. */
PGresult *pgsql_select(db_t *live, PGconn *connection, const char *sql);

#endif
