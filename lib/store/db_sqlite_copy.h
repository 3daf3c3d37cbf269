/* SPDX-License-Identifier: Apache-2.0
 *
 * What db_copy.h says, on SQLite.
 */
#ifndef INSCRINET_STORE_DB_SQLITE_COPY_H
#define INSCRINET_STORE_DB_SQLITE_COPY_H

#include "db_copy.h"

const char *sqlite_file(const db_t *live);
db_error_t sqlite_save(db_t *live, const char *file);
db_error_t sqlite_saved(db_t *live, apr_pool_t *pool, const char *file, db_t **saved);
db_error_t sqlite_alone(db_t *live, apr_pool_t *pool);
db_t *sqlite_copy_of_file(db_t *live, apr_pool_t *pool, const char *file);
db_error_t sqlite_replace(db_t *live, db_t *copy);

#endif
