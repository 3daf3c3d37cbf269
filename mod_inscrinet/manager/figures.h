/* SPDX-License-Identifier: Apache-2.0
 *
 * The figures of « Suivi des inscriptions », for its pages and its files.
 */
#ifndef MOD_INSCRINET_MANAGER_FIGURES_H
#define MOD_INSCRINET_MANAGER_FIGURES_H

#include "../page.h"
#include "domain/exam_session.h"
#include "store/follow_up.h"

/** Of a session, or of one of its specialties. */
typedef struct figures_t {
    const char *label; /* of the specialty, or the session's title */
    const char *path;  /* of the session, or NULL */
    apr_int64_t valid, cancelled, unprinted, returned;
    apr_int64_t drafts; /* of a session */
} figures_t;

/** By specialty of the page's session (figures_t). */
db_error_t figures_by_specialty(page_t *page, apr_array_header_t **specialties);
/** Their sums, with the session's drafts; the connection is still in hand. */
db_error_t figures_in_all(page_t *page, const apr_array_header_t *specialties, figures_t *figures);
/** The sums of each session of the manager's exams (figures_t). */
db_error_t figures_by_session(page_t *page, apr_array_header_t **sessions);

typedef struct figures_day_t {
    const char *date; /* JJ/MM/AAAA */
    apr_int64_t registrations, total;
} figures_day_t;
/** Registrations by day of the place (figures_day_t), from the first to the last, without a gap. */
db_error_t figures_by_day(page_t *page, apr_array_header_t **days);

#endif
