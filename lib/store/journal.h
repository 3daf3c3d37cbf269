/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit trail as it is read: entries of somebody, of a school, of a registration, of an act, of some
 * days; the last comes first. A search by who, school, registration or act leaves out the making of
 * registrations, of which there are as many as candidates; whatever is asked for goes along an index.
 */
#ifndef INSCRINET_STORE_JOURNAL_H
#define INSCRINET_STORE_JOURNAL_H

#include <apr_tables.h>

#include "audit.h"

typedef struct journal_query_t {
    const char *actor, *establishment, *action; /* NULL: any */
    const char *exam;                           /* with number: of a registration; NULL: any */
    apr_int64_t number;
    apr_int64_t from, until; /* instants, until exclusive; DB_NULL: any */
    apr_int64_t before;      /* entries before this one; 0: from the last on */
    apr_int64_t rows;        /* at most */
} journal_query_t;

typedef struct journal_entry_t {
    apr_int64_t id;
    audit_entry_t said; /* without what it cited */
} journal_entry_t;

/** Told each entry; its texts are the row's own, gone with the next one. 0 ends the reading. */
typedef int journal_told_t(void *baton, const journal_entry_t *entry);
db_error_t journal_read(db_t *db, const journal_query_t *query, journal_told_t *told, void *baton);

/** A seal: whoever knows its hash can tell whether the trail up to `last` was altered. */
typedef struct journal_seal_t {
    apr_int64_t at, last;
    const char *hash; /* in hex */
} journal_seal_t;
/** The last seal of each day of a place that has one, the latest first, at most so many (journal_seal_t). */
db_error_t journal_seals(db_t *db, apr_pool_t *pool, const char *zone, int most, apr_array_header_t **seals);

#endif
