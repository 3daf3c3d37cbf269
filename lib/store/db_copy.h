/* SPDX-License-Identifier: Apache-2.0
 *
 * Whole bases through the port: a base into a file and back, while others work with it.
 *
 * The file is what the base's own tools make: a base of SQLite, in one piece; an archive of pg_dump. What
 * comes back comes into a copy first, a base of its own that nobody else sees and that goes away with its
 * pool; when all is right with it, it takes the place of the live base's contents in one transaction. The
 * live base stays where it is, with its connections: each of them sees the one contents or the other.
 *
 * Errors are those of the connection that is named first, and told by db_error_text.
 */
#ifndef INSCRINET_STORE_DB_COPY_H
#define INSCRINET_STORE_DB_COPY_H

#include "db.h"

/** What a file holds, told by its first bytes. */
typedef enum { DB_FILE_MISSING, DB_FILE_OTHER, DB_FILE_SQLITE, DB_FILE_PGSQL } db_file_t;
db_file_t db_file_kind(apr_pool_t *pool, const char *file);
/** The kind that this connection's base writes and reads. */
db_file_t db_file_kind_of(const db_t *db);

/** Whether a path is the file that the live base itself lives in. */
int db_lives_in(const db_t *live, const char *file);

/** Write all of the base, as it is at one moment, into a file that is there already and empty. */
db_error_t db_save(db_t *live, apr_pool_t *pool, const char *file);

/** Read a file of db_save from end to end. *saved: the base in it, to be looked at until pool ends; NULL
 * where an archive is no base. */
db_error_t db_saved(db_t *live, apr_pool_t *pool, const char *file, db_t **saved);

/** Nobody else replaces this base until the process ends: DB_BUSY if somebody does. */
db_error_t db_alone(db_t *live, apr_pool_t *pool);

/** A copy of what a file holds, until pool ends. NULL after an error of live. */
db_t *db_copy_of_file(db_t *live, apr_pool_t *pool, const char *file);

/** Put the copy's contents in the place of the live base's: wholly, or not at all. No transaction is open on
 * either. Ids that the live base has given are not given again. */
db_error_t db_replace(db_t *live, db_t *copy, apr_pool_t *pool);

#endif
