/* SPDX-License-Identifier: Apache-2.0
 *
 * What a load says: a line for each row that is new, changed, gone or refused, as a table or as JSON, on
 * standard output; how far it is, on a terminal.
 */
#ifndef INSCRINETCTL_LOAD_REPORT_H
#define INSCRINETCTL_LOAD_REPORT_H

#include <apr_file_io.h>

#include "../lib/exchange/load.h"
#include "inscrinetctl.h"

typedef struct load_report_t {
    apr_pool_t *pool;
    int json;
    int rows;             /* whether rows are told: of a preview, or those that are refused */
    const char *refused;  /* the file for refused rows, or NULL */
    apr_file_t *refusals; /* made with the first of them */
    int told;             /* rows so far */
    const char *first;    /* the first refusal, as one line */
} load_report_t;

/** Begin to tell. */
void load_report_begin(load_report_t *report);
/** load_told_t; baton: the report. */
void load_report_row(void *report, const load_finding_t *finding);
/** The same of load_t's progress, which is NULL where nobody looks: standard error is no terminal. */
void load_report_progress(void *report, apr_int64_t rows);
/** The end: counts, what the source warned of, whether it was applied. Gives CTL_…. */
int load_report_end(load_report_t *report, const load_t *load, int applied);

#endif
