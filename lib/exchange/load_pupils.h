/* SPDX-License-Identifier: Apache-2.0
 *
 * Pupils whom a school expects, of its own file: a CSV, or SIECLE's export.
 */
#ifndef INSCRINET_EXCHANGE_LOAD_PUPILS_H
#define INSCRINET_EXCHANGE_LOAD_PUPILS_H

#include "load_kinds.h"

/** Whose pupils a load of them takes: load->state, set before it begins; NULL: those that each row names. */
typedef struct load_pupils_of_t {
    const char *code; /* UAI; NULL: any */
    int year;         /* of the exam's session; 0: that of the file, else of the school year under way */
} load_pupils_of_t;

/** A file of them, whichever it is; today is that of now. NULL: *error is a French sentence. */
source_t *load_pupils_open(apr_pool_t *pool, const char *path, apr_int64_t now, const char **error);

/** The year in which the school year ends that is under way: that of its exams. */
int load_pupils_year(apr_int64_t now);

#endif
