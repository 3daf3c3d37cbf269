/* SPDX-License-Identifier: Apache-2.0
 *
 * What the base seldom changes, kept by each process. What follows may be a minute old when it was changed by
 * hand; arrays live until the request's end. The page's frame has been read: it says which version holds.
 */
#ifndef MOD_INSCRINET_CACHE_H
#define MOD_INSCRINET_CACHE_H

#include "domain/questionnaire.h"
#include "options.h"
#include "page.h"
#include "store/establishment.h"

void cache_child_init(apr_pool_t *pool, struct server_rec *main_server);

/** The rest of the page's frame, whose version and lock were just read. */
db_error_t cache_frame(page_t *page);
/** All lists and rules of q->exam and q->service but what a school offers; units of the specialty unless
 * NULL. */
db_error_t cache_questionnaire(page_t *page, questionnaire_t *q, const establishment_t *school,
                               const char *specialty);
/** The sessions of all exams (exam_session_t). */
db_error_t cache_sessions(page_t *page, const apr_array_header_t **sessions);
/** What the authority has decided for the page's exam. */
db_error_t cache_rules(page_t *page, const exam_rules_t **rules);
/** Options that were made of a long list, which this page was given; NULL: it is not one of those. */
const options_t *cache_options(page_t *page, const apr_array_header_t *choices);
/** What a school offers for the page's exam. Never what a registration is made by. */
db_error_t cache_offers(page_t *page, apr_int64_t establishment, school_offers_t *found);
/** As reference_category. */
db_error_t cache_category(page_t *page, const questionnaire_t *q, const answers_t *answers,
                          const establishment_t *school, const char **category);
/** As listing_figures, for the page's session; version: the school's (establishment_exam_t), just read. */
db_error_t cache_figures(page_t *page, apr_int64_t establishment, apr_int64_t version,
                         apr_array_header_t **figures);

#endif
