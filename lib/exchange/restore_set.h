/* SPDX-License-Identifier: Apache-2.0
 *
 * What `unload all` has written, back into a base: each table's files, row by row, in the caller's writing
 * transaction. A row of secrets goes with the row of its key.
 */
#ifndef INSCRINET_EXCHANGE_RESTORE_SET_H
#define INSCRINET_EXCHANGE_RESTORE_SET_H

#include "../store/transfer.h"
#include "package.h"

typedef struct restore_set_t {
    apr_pool_t *pool;
    db_t *db;
    const package_read_t *package;
    int (*told)(void *baton, apr_int64_t rows); /* as unload_t's */
    void *baton;
    apr_int64_t rows;
    const char *error; /* a French sentence with file and line; NULL: none, or one of the base's (db_error) */
} restore_set_t;

/** Whether this program can load a package: NULL, or a French sentence why it can't. */
const char *restore_set_refusal(apr_pool_t *pool, const package_read_t *package);
/** Load it into a base that holds nothing of it. 0: done; -1: an error. */
int restore_set(restore_set_t *set);

#endif
