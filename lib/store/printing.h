/* SPDX-License-Identifier: Apache-2.0
 *
 * Which confirmations are printed, and that they were. The numbers of a selection are read at
 * once, what is drawn of them some at a time: a document of thousands needs the memory of one batch, and who
 * is renamed meanwhile is neither lost nor printed twice.
 */
#ifndef INSCRINET_STORE_PRINTING_H
#define INSCRINET_STORE_PRINTING_H

#include "registration.h"

typedef struct printing_t {
    scope_t scope;
    exam_t exam;
    apr_int64_t exam_session;
    const char *specialty; /* 8-character code; NULL: all */
    apr_int64_t printed;   /* only those of the printing of that moment; 0: all */
    int changed;           /* only those that have changed since they were printed, or never were */
    int individuals;       /* only those of no school; then numbers are none */
    const apr_array_header_t *numbers; /* only these (apr_int64_t), looked up one by one; NULL: all */
} printing_t;

/** The moment that a printing is known by: now, or, since somebody may print twice in a second, the one after
 * the last printing. Call it in the transaction that notes the printing. */
db_error_t printing_moment(db_t *db, const printing_t *printing, apr_int64_t now, apr_int64_t *moment);

/** Note that a specialty's are printed at that moment. Cancelled ones aren't. *count: how many. */
db_error_t printing_record(db_t *db, const printing_t *printing, apr_int64_t moment, apr_int64_t *count);
/** The same of one number; *found 0 where the scope has no such valid registration. */
db_error_t printing_record_number(db_t *db, const printing_t *printing, apr_int64_t number,
                                  apr_int64_t moment, int *found);

/** Of a specialty: the valid ones, and those that were never printed, or modified since. */
typedef struct printing_figure_t {
    const char *specialty, *label; /* « 25214 Maintenance… » */
    apr_int64_t valid, changed;
} printing_figure_t;

/** The specialties of which there are any (printing_figure_t), in the order of their labels. */
db_error_t printing_figures(db_t *db, apr_pool_t *pool, const printing_t *printing,
                            apr_array_header_t **figures);

/** A printing of individuals' confirmations: those that it has printed last, and that are still valid. */
typedef struct printing_run_t {
    apr_int64_t printed, count;
} printing_run_t;

/** The last ones (printing_run_t), so many at most. */
db_error_t printing_runs(db_t *db, apr_pool_t *pool, const printing_t *printing, apr_int64_t most,
                         apr_array_header_t **runs);

/** Individuals whose confirmations are to be printed, in the order of names; answers: until the next one,
 * NULL if they are none. Read with next, end with end. */
typedef struct printing_letter_t {
    apr_int64_t number;
    const answers_t *answers;
} printing_letter_t;
typedef struct printing_letters_t printing_letters_t;
printing_letters_t *printing_letters(db_t *db, apr_pool_t *pool, const printing_t *printing);
int printing_letters_next(printing_letters_t *letters, printing_letter_t *letter);
db_error_t printing_letters_end(printing_letters_t *letters);

/** One that is to be printed. */
typedef struct printing_number_t {
    apr_int64_t number;
    const char *specialty;
} printing_number_t;

/** All that are to be printed (printing_number_t), whatever their specialty, in the order of names. */
db_error_t printing_numbers(db_t *db, apr_pool_t *pool, const printing_t *printing,
                            apr_array_header_t **numbers);

/** The registrations (registration_t) of numbers (apr_int64_t), in their order; those that are no longer
 * valid are left out. Without category and service. */
db_error_t printing_read(db_t *db, apr_pool_t *pool, const printing_t *printing,
                         const apr_array_header_t *numbers, apr_array_header_t **registrations);

#endif
