/* SPDX-License-Identifier: Apache-2.0
 *
 * The accounts of managers.
 */
#ifndef INSCRINET_STORE_MANAGER_H
#define INSCRINET_STORE_MANAGER_H

#include <apr_tables.h>

#include "../domain/manager.h"
#include "db.h"

/** Make an account of the service Gestionnaire with a password's hash; DB_CONFLICT: the login is taken. */
db_error_t manager_add(db_t *db, const char *login, const manager_t *manager, const char *hash,
                       apr_int64_t now);
/** Take an account away, and its sessions with it. */
db_error_t manager_remove(db_t *db, apr_int64_t account);

typedef struct manager_account_t {
    const char *login;
    manager_t manager;
    apr_int64_t last_login; /* or DB_NULL */
} manager_account_t;
/** All (manager_account_t), by login. */
db_error_t manager_list(db_t *db, apr_pool_t *pool, apr_array_header_t **managers);

#endif
