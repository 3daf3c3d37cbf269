/* SPDX-License-Identifier: Apache-2.0
 *
 * Connections to the base, from mod_dbd's pool. One is held for the shortest time: borrowed, used, given back
 * before a password is hashed, before a body is read or a page is sent. What has failed is known afterwards
 * too.
 */
#ifndef MOD_INSCRINET_CONNECTION_H
#define MOD_INSCRINET_CONNECTION_H

#include "page.h"

void connection_register_hooks(apr_pool_t *pool);
/** Before children are made. OK or an HTTP status. */
int connection_create_mutex(apr_pool_t *pconf, struct server_rec *server);
void connection_child_init(apr_pool_t *pool, struct server_rec *main_server);

/** A connection for reading, page->db; kept until connection_return or the request's end. NULL: out of reach.
 */
db_t *connection_borrow(page_t *page);
/** The same, and all that is read until it is given back is one state of the base. */
db_t *connection_borrow_whole(page_t *page);
/** Give it back as early as can be; what has failed on it stays known. */
void connection_return(page_t *page);
/** One at a time on SQLite: the writers' queue, a connection, a writing transaction. NULL: out of reach. */
db_t *connection_begin(page_t *page);
/** Commit or roll back; connection and queue are given back. */
db_error_t connection_commit(page_t *page);

/** Give it back after a failure that the base itself knows nothing of. */
void connection_give_up(page_t *page, db_error_t failure);
/** Has the base failed in what it was asked for last? */
int connection_has_failed(const page_t *page);
/** The class of what has failed, on this connection or on the last one that was asked for. Where nothing is
 * known to have failed, whoever asks is wrong: DB_BROKEN. */
db_error_t connection_failure(const page_t *page);
/** That class says that the base is there, and others had what was wanted of it. */
int connection_was_busy(db_error_t failure);
/** The same for the log; NULL: it stands there already. */
const char *connection_failure_text(const page_t *page);

#endif
