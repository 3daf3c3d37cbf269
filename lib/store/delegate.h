/* SPDX-License-Identifier: Apache-2.0
 *
 * Delegates: whom a head lets into the service Établissement, each by an account of his own, CODE.NAME, so
 * that the audit trail says who did what. A password that the head gives him opens nothing but the page where
 * he chooses his own.
 */
#ifndef INSCRINET_STORE_DELEGATE_H
#define INSCRINET_STORE_DELEGATE_H

#include <apr_tables.h>

#include "account.h"

typedef struct delegate_t {
    const char *login; /* "0590001A.MARIE-DURAND" */
    rights_t rights;
    int temporary; /* he has not chosen his own password yet */
    const char *created_by;
    apr_int64_t last_login; /* or DB_NULL */
    const char *last_login_from;
} delegate_t;

/** delegate_t's, by login. */
db_error_t delegate_list(db_t *db, apr_pool_t *pool, apr_int64_t establishment,
                         apr_array_header_t **delegates);

/** DB_CONFLICT: there is one of that login. */
db_error_t delegate_add(db_t *db, apr_int64_t establishment, const char *login, rights_t rights,
                        const char *hash, const char *created_by, apr_int64_t now);

/** A new password, to be changed at his next login; his sessions end. *known 0: the school has none such. */
db_error_t delegate_reset(db_t *db, apr_int64_t establishment, const char *login, const char *hash,
                          apr_int64_t now, int *known);

/** Account and sessions are gone. */
db_error_t delegate_remove(db_t *db, apr_int64_t establishment, const char *login, int *known);

#endif
