/* SPDX-License-Identifier: Apache-2.0
 *
 * What a session has searched lists for, each under its ordinal, the K of an address (recherche=K). It goes
 * with the session.
 */
#ifndef INSCRINET_STORE_SESSION_SEARCH_H
#define INSCRINET_STORE_SESSION_SEARCH_H

#include "db.h"

enum { SESSION_SEARCHES = 100 /* that a session keeps, the latest */ };

/** Keep what is searched for; sets *ordinal, which the session has given to nothing else. In the open
 * transaction. */
db_error_t session_search_add(db_t *db, apr_int64_t session, const char *words, apr_int64_t *ordinal);
/** *words NULL if the session has no such search. */
db_error_t session_search_get(db_t *db, apr_pool_t *pool, apr_int64_t session, apr_int64_t ordinal,
                              const char **words);

#endif
