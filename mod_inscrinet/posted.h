/* SPDX-License-Identifier: Apache-2.0
 *
 * What may be kept of the fields of a form: UTF-8 composed to NFC, without NUL or control characters, each
 * name once unless its address takes a list of it; several lines where it takes these. Nothing that can be
 * shown again is lost. Nothing here knows httpd.
 */
#ifndef MOD_INSCRINET_POSTED_H
#define MOD_INSCRINET_POSTED_H

#include <apr_hash.h>

#include "domain/message.h"
#include "route.h"

typedef struct posted_t {
    apr_pool_t *pool;
    const route_t *route;
    apr_hash_t *form;  /* name -> text */
    apr_hash_t *lists; /* name -> array of texts (const char *), of fields that may come more than once */
} posted_t;

/** Nothing posted yet, to an address. */
posted_t posted_begin(apr_pool_t *pool, const route_t *route);

/** Keep a field, whose name must live as long as the pool; bytes NULL: they couldn't be had. What can't be
 * text is kept empty, and MSG_FIELD_UNREADABLE says so; of a name that comes again the first value stands
 * (MSG_FIELD_REPEATED); what can't be a name isn't kept (MSG_FIELD_UNKNOWN). */
message_t posted_keep(const posted_t *posted, const char *name, const char *bytes, apr_size_t length);

#endif
