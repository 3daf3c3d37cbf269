/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit trail: who did what, when, from where; appended inside the transaction of the change itself.
 *
 * An entry holds no person's data, only a salted digest of what it cites. Entries are sealed in batches into
 * a chain of hashes: whoever changes or takes out an entry that was sealed breaks the chain, and
 * `inscrinetctl check` says where. Sealing in batches keeps writers from queueing for one last row.
 */
#ifndef INSCRINET_STORE_AUDIT_H
#define INSCRINET_STORE_AUDIT_H

#include "db.h"

typedef struct audit_entry_t {
    apr_int64_t at;
    const char *service;       /* code of the service, or "inscrinetctl" */
    const char *actor;         /* login, or "candidat" */
    const char *address;       /* of the client, or NULL */
    const char *action;        /* "registration.create", "password.change", … */
    const char *exam;          /* code, or NULL */
    apr_int64_t number;        /* registration's, or DB_NULL */
    const char *establishment; /* UAI, or NULL */
    const char *detail;        /* no personal data, or NULL */
    const char *cited;         /* what the digest is of (answers, …), or NULL */
} audit_entry_t;

db_error_t audit_add(db_t *db, const audit_entry_t *entry);

/** The number of the last entry, 0: there is none. */
db_error_t audit_last(db_t *db, apr_int64_t *last);

/** Seal what is not sealed, in a transaction of its own. *sealed: entries. */
db_error_t audit_seal(db_t *db, apr_pool_t *pool, apr_int64_t now, apr_int64_t *sealed);

/** The last seal's hash, in hex: whoever knows it can tell whether the chain up to there was altered. ""
 * where nothing is sealed. *at: its instant; at may be NULL. */
db_error_t audit_head(db_t *db, apr_pool_t *pool, const char **head, apr_int64_t *at);

/** Go over the chain. *broken: the first seal that doesn't hold, 0 if all do. *entries: how many it covers.
 */
db_error_t audit_verify(db_t *db, apr_pool_t *pool, apr_int64_t *entries, apr_int64_t *broken);

#endif
