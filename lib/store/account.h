/* SPDX-License-Identifier: Apache-2.0
 *
 * Accounts (who may log in where) and the sessions that logins open.
 *
 * A session is a row under the SHA-256 of the token in the browser's cookie. It holds the account with the
 * epoch that the account's password had: a change of password ends every other session. A quarantined session
 * was opened with the default password: it can do one thing, choose a password.
 */
#ifndef INSCRINET_STORE_ACCOUNT_H
#define INSCRINET_STORE_ACCOUNT_H

#include "../domain/exam.h"
#include "../domain/manager.h"
#include "../text/token.h"
#include "base.h"

/* What an account of the service Établissement may do. The head's own may do all. */
typedef enum { RIGHTS_ALL, RIGHTS_NO_PASSWORDS } rights_t;

typedef struct account_t {
    apr_int64_t id;
    apr_int64_t establishment; /* or DB_NULL */
    const char *password;      /* hash, or NULL: never chosen */
    apr_int64_t epoch;
    apr_int64_t last_login;
    const char *last_login_from;
    rights_t rights;
    int temporary; /* its password was given to it: to be changed before anything else */
} account_t;

/** *found NULL if there is none. */
db_error_t account_get(db_t *db, apr_pool_t *pool, service_t service, const char *login, account_t **found);

/** password may be NULL (default). Sets *id. */
db_error_t account_add(db_t *db, service_t service, const char *login, apr_int64_t establishment,
                       const char *password, apr_int64_t now, apr_int64_t *id);

/** Set a hash; every session of the account ends. */
db_error_t account_set_password(db_t *db, apr_int64_t id, const char *hash, apr_int64_t now);

/** The same, to be changed by whoever gets it before anything else. */
db_error_t account_give_password(db_t *db, apr_int64_t id, const char *hash, apr_int64_t now);

typedef struct session_t {
    apr_int64_t id;
    service_t service;
    apr_int64_t account; /* or DB_NULL */
    int quarantined;
    const char *csrf;
    apr_int64_t created, seen, ends;
    apr_int64_t ended;  /* or DB_NULL */
    int current;        /* the account's password is still the one of the login */
    const char *notice; /* shown once on the next page, or NULL */
    apr_int64_t previous_login;
    const char *previous_login_from;
    const char *login; /* the account's, or NULL */
    rights_t rights;
    apr_int64_t establishment; /* or DB_NULL */
    const char *establishment_code, *establishment_name;
    const manager_t *manager; /* or NULL: the account is none of the service Gestionnaire's */
} session_t;

/** Log in: a new session under a token's digest, for an account; NULL: an individual's, who has none. */
db_error_t session_open(db_t *db, service_t service, const account_t *account, int quarantined,
                        const char *token, const char *csrf, apr_int64_t now, apr_int64_t ends,
                        const char *address);

/** The session of a token, *found NULL if there is none; where there is one, what base_state_get gives comes
 * with it unless state is NULL. */
db_error_t session_get(db_t *db, apr_pool_t *pool, service_t service, const char *token, session_t **found,
                       base_state_t *state);

db_error_t session_seen(db_t *db, apr_int64_t id, apr_int64_t now);
db_error_t session_delete(db_t *db, apr_int64_t id);
/** Shown once; NULL: forget it. */
db_error_t session_notice(db_t *db, apr_int64_t id, const char *notice);
/** Forget sessions not seen for a day, ended ones with them; and what was to be shown to whoever wasn't seen
 * for ten minutes. */
db_error_t session_purge(db_t *db, apr_int64_t now);

#endif
