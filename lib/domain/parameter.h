/* SPDX-License-Identifier: Apache-2.0
 *
 * The dictionary of parameters: every name that an authority may set, what it is for, and what a value looks
 * like.
 */
#ifndef INSCRINET_DOMAIN_PARAMETER_H
#define INSCRINET_DOMAIN_PARAMETER_H

#include <apr_pools.h>

#include "exam.h"

typedef enum {
    PARAMETER_GLOBAL = 1, /* for all exams */
    PARAMETER_EXAM = 2,   /* of an exam */
    PARAMETER_BOTH = 3    /* for all exams, unless one has its own */
} parameter_scope_t;

enum { PARAMETER_MOST = 20000 /* characters of the longest */ };

typedef struct parameter_t {
    const char *name;
    parameter_scope_t scope;
    int most;            /* characters */
    const char *form;    /* what a value looks like: "AAAA-MM-JJ", "O or N" … */
    const char *purpose; /* English: operators read it */
    int (*right)(apr_pool_t *pool, exam_t exam, const char *name, const char *value);
} parameter_t;

/** The parameter of a name, or NULL. */
const parameter_t *parameter_find(const char *name);
/** From 0; NULL after the last. */
const parameter_t *parameter_at(int ordinal);
/** Whether a value may be set; exam EXAM_NONE: for all exams. */
int parameter_right(apr_pool_t *pool, const parameter_t *parameter, exam_t exam, const char *value);

#endif
