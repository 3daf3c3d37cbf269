/* SPDX-License-Identifier: Apache-2.0
 *
 * Which confirmations are printed, and that they were. A selection is read in the order of
 * names, some at a time, so that a document of thousands needs the memory of one batch.
 */
#ifndef INSCRINET_STORE_PRINTING_H
#define INSCRINET_STORE_PRINTING_H

#include "registration.h"

typedef struct printing_t {
    scope_t scope;
    exam_t exam;
    apr_int64_t exam_session;
    const char *specialty; /* 8-character code */
    apr_int64_t printed;   /* only those of the printing of that moment; 0: all */
    int changed;           /* only those that have changed since they were printed, or never were */
    const char *numbers;   /* only these, as ",11,20,"; NULL: all */
} printing_t;

/** The moment that a printing is known by: now, or, since somebody may print twice in a second, the one after
 * the last printing. Call it in the transaction that notes the printing. */
db_error_t printing_moment(db_t *db, const printing_t *printing, apr_int64_t now, apr_int64_t *moment);

/** Note that a specialty's are printed at that moment; NULL stands for all specialties. Cancelled ones
 * aren't. *count: how many. */
db_error_t printing_record(db_t *db, const printing_t *printing, apr_int64_t moment, apr_int64_t *count);
/** The same of one number; *found 0 where the scope has no such valid registration. */
db_error_t printing_record_number(db_t *db, const printing_t *printing, apr_int64_t number,
                                  apr_int64_t moment, int *found);

/** Where a batch begins: after this name and number. */
typedef struct printing_place_t {
    db_blob_t sort_key;
    apr_int64_t number;
} printing_place_t;

/** The next ones (registration_t), at most so many; *place moves behind them. Without category and service.
 */
db_error_t printing_read(db_t *db, apr_pool_t *pool, const printing_t *printing, printing_place_t *place,
                         apr_pool_t *place_pool, int most, apr_array_header_t **registrations);

#endif
