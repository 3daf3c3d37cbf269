/* SPDX-License-Identifier: Apache-2.0
 *
 * PostgreSQL's own tools, as child processes.
 */
#ifndef INSCRINET_STORE_DB_PGSQL_TOOL_H
#define INSCRINET_STORE_DB_PGSQL_TOOL_H

#include "db.h"

/** Run a tool (arguments end with NULL) that connects as live does, to a database; wait for its end. It asks
 * for nothing. What it prints goes into output, a file that is there; of its errors the first line is told.
 */
db_error_t pgsql_tool(db_t *live, apr_pool_t *pool, const char *database, const char *output,
                      char *const arguments[]);

#endif
