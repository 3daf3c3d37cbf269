/* SPDX-License-Identifier: Apache-2.0
 *
 * What a candidate does with a confirmation before signing it: lines to write corrections on, in red, and the
 * supporting documents to join, each with a box to tick. Below each other where there is room; on a sheet of
 * one page side by side.
 *
 * Corrections have lines of their own, since the page has no margin wide enough: the office that types them
 * in finds all in one place, in red, each with the name of what it is about.
 */
#ifndef INSCRINET_DOCUMENT_CORRECTIONS_H
#define INSCRINET_DOCUMENT_CORRECTIONS_H

#include "sheet.h"

typedef struct corrections_t {
    int beside;   /* the documents stand beside the lines */
    lines_t how;  /* to correct */
    lines_t join; /* what to do with the list of documents */
    int count;    /* of documents */
    lines_t *documents;
} corrections_t;

/** documents: const char *, or NULL; beside: side by side, if there are any. */
corrections_t corrections_compose(const sheet_t *sheet, const apr_array_header_t *documents, int beside);

/** Height with so many lines to write on; height of one more. */
double corrections_height(const corrections_t *corrections, int lines);
double corrections_pitch(void);

void corrections_draw(sheet_t *sheet, const corrections_t *corrections, int lines);

#endif
