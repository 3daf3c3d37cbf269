/* SPDX-License-Identifier: Apache-2.0
 *
 * « Candidats »: the search over all exams of the manager, and the way to the list of each.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../lists/search.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "domain/check.h"
#include "store/listing.h"
#include "store/registration.h"
#include "store/standing.h"

enum { SHOWN = 20 /* of each session; its list has them all */ };

/* « /gestionnaire/candidats/bcp/ » */
static const char *list_of(page_t *page, const exam_session_t *session, const char *more)
{
    return page_link(page, SERVICE_MANAGER,
                     apr_pstrcat(page->pool, "candidats/", session->path, "/", more, NULL));
}

/* ---------------------------------------------------------------- what was found */

static void model_row(page_t *page, model_list_t *rows, const exam_session_t *session,
                      const listing_row_t *found)
{
    apr_pool_t *pool = page->pool;
    const char *number = registration_display(pool, found->number, found->revision);
    model_t *row = model_list_object(rows);

    model_text(row, "number", number);
    model_text(row, "link", list_of(page, session, number));
    model_text(row, "name", apr_pstrdup(pool, found->name));
    model_text(row, "born", date_display(pool, found->birth_date));
    model_text(row, "specialty", apr_pstrdup(pool, found->label));
    model_text(row, "school", apr_pstrdup(pool, found->school));
    model_flag(row, "cancelled", found->cancelled);
}

/* A session without any is left out. */
static db_error_t model_session(page_t *page, model_list_t *found, const exam_session_t *session,
                                const search_t *search, listing_t *listing)
{
    model_list_t *rows = NULL;
    model_t *group = NULL;
    listing_row_t row;
    db_rows_t *read;
    int count = 0;

    listing->exam_session = session->id;
    read = listing_rows(page->db, listing, &listing_start, SHOWN + 1);
    while (listing_next(read, &row)) {
        if (group == NULL) {
            group = model_list_object(found);
            model_text(group, "exam", session->title);
            model_text(group, "path", session->path);
            rows = model_list(group, "rows");
        }
        if (count++ < SHOWN)
            model_row(page, rows, session, &row);
    }
    if (count > SHOWN)
        model_text(group, "more",
                   list_of(page, session,
                           apr_psprintf(page->pool, "?recherche=%" APR_INT64_T_FMT, search->ordinal)));
    return db_end(page->db, read);
}

static db_error_t model_found(page_t *page, model_t *model, const apr_array_header_t *sessions,
                              const search_t *search)
{
    listing_t listing = {.scope = page->actor.scope, .told = 1};
    model_list_t *found = model_list(model, "found");
    exam_t exam;
    int i;

    if (search->words == NULL || !listing_search_widely(page->pool, search->words, &listing, &exam))
        return DB_OK;
    for (i = 0; i < sessions->nelts; i++) {
        const exam_session_t *session = &APR_ARRAY_IDX(sessions, i, exam_session_t);

        if ((exam == EXAM_NONE || exam == session->exam) &&
            model_session(page, found, session, search, &listing) != DB_OK)
            return db_error(page->db);
    }
    return DB_OK;
}

/* ---------------------------------------------------------------- the page */

static db_error_t model_exams(page_t *page, model_t *model, const apr_array_header_t *sessions)
{
    model_list_t *list = model_list(model, "exams");
    apr_int64_t calls;
    int i;

    for (i = 0; i < sessions->nelts; i++) {
        const exam_session_t *session = &APR_ARRAY_IDX(sessions, i, exam_session_t);
        model_t *row = model_list_object(list);

        model_text(row, "exam", session->title);
        model_text(row, "path", list_of(page, session, ""));
        if (standing_calls_count(page->db, &page->actor.scope, session->id, page->now, &calls) != DB_OK)
            return db_error(page->db);
        if (calls > 0) {
            model_text(row, "calls_path", list_of(page, session, "appels"));
            model_int(row, "calls", calls);
            model_flag(row, "several_calls", calls > 1);
        }
    }
    return DB_OK;
}

int manager_search_get(page_t *page)
{
    apr_array_header_t *sessions;
    search_t search;
    model_t *model;
    int answer;

    if (!search_read(page, &search, &answer))
        return answer;
    model = answer_model(page, message_text(MSG_TITLE_CANDIDATES));
    manager_model(page, model);
    manager_model_search(page, model, &search);
    if (connection_borrow(page) == NULL || manager_exam_sessions(page, &sessions) != DB_OK ||
        model_found(page, model, sessions, &search) != DB_OK || model_exams(page, model, sessions) != DB_OK)
        return answer_db_failed(page);
    session_forget_notice(page);
    return answer_render(page, "manager_search", model);
}

int manager_search_post(page_t *page)
{
    search_t search;
    int answer;

    if (!search_keep(page, &search, &answer))
        return answer;
    return search.ordinal == 0
               ? answer_redirect(page, "candidats")
               : answer_redirect(page, "candidats?recherche=%" APR_INT64_T_FMT, search.ordinal);
}
