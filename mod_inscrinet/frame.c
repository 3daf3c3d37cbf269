/* SPDX-License-Identifier: Apache-2.0 */
#include "frame.h"

#include <apr_strings.h>

#include "answer.h"
#include "cache.h"
#include "connection.h"
#include "store/dossier.h"
#include "store/exam_session.h"

/* What seldom changes is known by its version; the lock is always the base's own word. */
static db_error_t keep(page_t *page, const base_state_t *state)
{
    page->frame = (base_frame_t){.nomenclature = state->nomenclature, .lock = state->lock};
    page->frame_read = cache_frame(page) == DB_OK;
    return page->frame_read ? DB_OK : connection_failure(page);
}

db_error_t frame_read(page_t *page)
{
    base_state_t state;

    if (page->frame_read)
        return DB_OK;
    if (page->state != NULL)
        return keep(page, page->state);
    if (connection_borrow(page) == NULL)
        return page->failure;
    return base_state_get(page->db, page->pool, &state) == DB_OK ? keep(page, &state) : db_error(page->db);
}

db_error_t frame_hold(page_t *page, apr_int64_t ordinal)
{
    base_state_t state;

    return dossier_hold(page->db, page->pool, page->session->id, ordinal, &state) == DB_OK
               ? keep(page, &state)
               : db_error(page->db);
}

/* ---------------------------------------------------------------- sessions of exams */

/* The address that was asked for, with another part for the exam; nothing before it varies. */
static const char *address_of(page_t *page, const exam_session_t *session)
{
    const char *before =
        apr_pstrcat(page->pool, page->config->mount[page->service], page_before_exam(page), NULL);

    return apr_pstrcat(page->pool, before, session->path,
                       page_path(page) + strlen(before) + strlen(page->exam_path), NULL);
}

/* What is still prepared is the rectorat's alone. */
static int is_hidden(const page_t *page, const exam_session_t *session)
{
    return session->state == EXAM_SESSION_PREPARATION && page->service != SERVICE_MANAGER;
}

int frame_find_session(page_t *page, int *answer)
{
    const apr_array_header_t *all;

    if (cache_sessions(page, &all) != DB_OK) {
        *answer = answer_db_failed(page);
        return 0;
    }
    page->exam_session = exam_session_named(all, page->exam, page->year, page->month);
    if (page->exam_session == NULL || is_hidden(page, page->exam_session)) {
        *answer = answer_not_found(page);
        return 0;
    }
    if (page->exam_session->is_main && page->year != 0) {
        *answer = answer_moved(page, address_of(page, page->exam_session));
        return 0;
    }
    return 1;
}

static void turn_to(page_t *page, const exam_session_t *session)
{
    page->exam = session->exam;
    page->exam_session = session;
    page->exam_path = session->path;
}

/* NULL: there is none, or nobody is to know of it yet. */
static const exam_session_t *known_session(const page_t *page, const apr_array_header_t *all, apr_int64_t id)
{
    const exam_session_t *found = exam_session_of_id(all, id);

    return found != NULL && !is_hidden(page, found) ? found : NULL;
}

db_error_t frame_turn_to_session(page_t *page, apr_int64_t exam_session, int *there)
{
    const apr_array_header_t *all;
    const exam_session_t *found;
    db_error_t error = cache_sessions(page, &all);

    *there = error == DB_OK && (found = known_session(page, all, exam_session)) != NULL;
    if (*there)
        turn_to(page, found);
    return error;
}

db_error_t frame_return_to_session(page_t *page, apr_int64_t exam_session, int *found)
{
    const apr_array_header_t *all;
    const exam_session_t *was;
    db_error_t error;

    if ((error = cache_sessions(page, &all)) != DB_OK)
        return error;
    was = known_session(page, all, exam_session);
    *found = was != NULL && (page->exam_session == NULL || page->exam_session->id == exam_session ||
                             (page->year == 0 && was->exam == page->exam));
    if (*found && page->exam_session != NULL)
        turn_to(page, was);
    return DB_OK;
}

int frame_redirect_to_session(page_t *page, apr_int64_t exam_session)
{
    const apr_array_header_t *all;
    const exam_session_t *found;

    if (cache_sessions(page, &all) != DB_OK)
        return answer_db_failed(page);
    found = known_session(page, all, exam_session);
    if (page->form != NULL || found == NULL || found->exam != page->exam)
        return answer_not_found(page);
    return answer_see_other(page, address_of(page, found));
}

db_error_t frame_sessions(page_t *page, apr_array_header_t **sessions)
{
    const apr_array_header_t *all;
    db_error_t error = cache_sessions(page, &all);
    int i;

    if (error != DB_OK)
        return error;
    *sessions = apr_array_make(page->pool, all->nelts + 1, sizeof(exam_session_t));
    for (i = 0; i < all->nelts; i++)
        if (APR_ARRAY_IDX(all, i, exam_session_t).state != EXAM_SESSION_PREPARATION)
            APR_ARRAY_PUSH(*sessions, exam_session_t) = APR_ARRAY_IDX(all, i, exam_session_t);
    return DB_OK;
}
