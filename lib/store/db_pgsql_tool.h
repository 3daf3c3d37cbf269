/* SPDX-License-Identifier: Apache-2.0
 *
 * PostgreSQL's own tools, as child processes.
 */
#ifndef INSCRINET_STORE_DB_PGSQL_TOOL_H
#define INSCRINET_STORE_DB_PGSQL_TOOL_H

#include "db.h"

/** Run a tool (arguments end with NULL) that connects as live does, to a database; wait for its end. It asks
 * for nothing, and what it prints is thrown away but for the first line of its errors. */
db_error_t pgsql_tool(db_t *live, apr_pool_t *pool, const char *database, char *const arguments[]);

#endif
