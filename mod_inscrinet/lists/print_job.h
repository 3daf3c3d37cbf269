/* SPDX-License-Identifier: Apache-2.0
 *
 * A document of many candidates: some are read at once and drawn while no connection is held, so that
 * thousands need the memory of one batch.
 */
#ifndef MOD_INSCRINET_LISTS_PRINT_JOB_H
#define MOD_INSCRINET_LISTS_PRINT_JOB_H

#include <apr_hash.h>

#include "../page.h"
#include "domain/questionnaire.h"
#include "store/establishment.h"
#include "store/printing.h"

typedef struct print_job_t {
    page_t *page;
    printing_t printing;
    const apr_array_header_t *numbers; /* apr_int64_t, in the order of the document */
    const char *file;                  /* its name */
    const establishment_t *school; /* NULL: of individuals, each with his address in an envelope's window */
    const establishment_exam_t *exam; /* the school's, or NULL */
} print_job_t;

/** Draw one, in pool. */
typedef apr_status_t (*print_draw_t)(void *baton, const print_job_t *job, const registration_t *of,
                                     const questionnaire_t *q, apr_pool_t *pool);

/** Each of the numbers that is still valid, in their order. With no connection in hand, before and after. */
apr_status_t print_job_walk(const print_job_t *job, print_draw_t draw, void *baton);

/** The answer: their confirmations as one document. */
int print_job_confirmations(const print_job_t *job);

#endif
