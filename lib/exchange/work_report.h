/* SPDX-License-Identifier: Apache-2.0
 *
 * What came of a work, as its row keeps it and its page shows it: counts, the first rows of what a load
 * tells, why it was refused. All rows stand in a CSV file beside it, whose digest says whether two loads told
 * the same.
 */
#ifndef INSCRINET_EXCHANGE_WORK_REPORT_H
#define INSCRINET_EXCHANGE_WORK_REPORT_H

#include "load.h"
#include "out_file.h"

/** Rows that are kept to be shown, of each sort, and the signs of a cell. */
enum { WORK_REFUSALS_MOST = 100, WORK_FINDINGS_MOST = 200, WORK_CELL_MOST = 200 };

typedef struct work_report_t {
    apr_pool_t *pool;
    load_counts_t counts;
    apr_array_header_t *warnings; /* const char * */
    apr_array_header_t *refusals; /* load_finding_t: the first that were refused */
    apr_array_header_t *findings; /* the first of the others */
    apr_int64_t told;             /* how many rows the file has */
    const char *digest;           /* of the file, or NULL */
    const char *error;            /* why it was refused: a French sentence, or NULL */
    apr_int64_t rows, bytes;      /* of an unload and its zip, of a backup; rows put back */
    apr_int64_t sequence;         /* of an unload; 0: none */
    const char *name;             /* of a backup, or NULL */
    out_file_t *file;             /* while it is written */
} work_report_t;

/** An empty one. */
work_report_t work_report_begin(apr_pool_t *pool);
/** The same, whose rows go into a new CSV file. 0, or -1: it can't be written. */
int work_report_open(work_report_t *report, const char *path);
/** load_told_t; baton: the report. */
void work_report_told(void *report, const load_finding_t *finding);
/** The file is whole: its digest is known. 0, or -1. */
int work_report_close(work_report_t *report);

/** As JSON, in pool; NULL: no memory. */
const char *work_report_write(const work_report_t *report);
/** What was written; of NULL, or what is none, an empty one. */
work_report_t work_report_read(apr_pool_t *pool, const char *json);

#endif
