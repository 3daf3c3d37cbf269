/* SPDX-License-Identifier: Apache-2.0
 *
 * What db_copy.h says, on PostgreSQL.
 */
#ifndef INSCRINET_STORE_DB_PGSQL_COPY_H
#define INSCRINET_STORE_DB_PGSQL_COPY_H

#include "db_copy.h"

db_error_t pgsql_save(db_t *live, apr_pool_t *pool, const char *file);
db_error_t pgsql_saved(db_t *live, apr_pool_t *pool, const char *file);
db_error_t pgsql_alone(db_t *live);
db_t *pgsql_copy_of_file(db_t *live, apr_pool_t *pool, const char *file);
db_error_t pgsql_replace(db_t *live, db_t *copy, apr_pool_t *pool);

#endif
