/* SPDX-License-Identifier: Apache-2.0
 *
 * What is to be there before a campaign opens, in figures, and the passwords of the last one, which end with
 * it.
 */
#ifndef INSCRINET_STORE_CAMPAIGN_H
#define INSCRINET_STORE_CAMPAIGN_H

#include <apr_tables.h>

#include "db.h"

typedef struct campaign_t {
    apr_int64_t specialties, establishments, offers;
    apr_int64_t chosen; /* schools that have chosen a password */
    apr_int64_t active; /* schools that may choose one now */
    apr_int64_t backup; /* instant of the last one, or DB_NULL */
    apr_array_header_t
        *unoffered; /* apr_int64_t: sessions, to come or open, in which no school offers anything */
} campaign_t;
db_error_t campaign_get(db_t *db, apr_pool_t *pool, apr_int64_t now, campaign_t *campaign);

/** Every school is as it was before it chose its passwords: its head's are the default again, its delegates'
 * wait to be given anew, its registration services are closed; all their sessions end. */
db_error_t campaign_reset_passwords(db_t *db);

#endif
