/* SPDX-License-Identifier: Apache-2.0 */
#include "manager.h"

#include <apr_lib.h>
#include <apr_strings.h>

#include "domain/exam_session.h"
#include "frame.h"
#include "text/text.h"

static int may(const page_t *page, unsigned right)
{
    return (page->actor.rights & right) != 0;
}

static const char *exams_words(const page_t *page)
{
    const char *words = NULL;
    int i;

    if (page->actor.exams == EXAM_ALL)
        return NULL;
    for (i = 0; i < EXAM_COUNT; i++)
        if (actor_has_exam(&page->actor, (exam_t)i))
            words = apr_pstrcat(page->pool, words != NULL ? words : "", words != NULL ? ", " : "",
                                exam_info((exam_t)i)->code, NULL);
    return words;
}

/* "[\"033\",\"040\"]" to « 033, 040 ». */
static const char *departments_words(const page_t *page)
{
    char *words, *to;
    const char *from = page->actor.scope.departments;

    if (from == NULL)
        return NULL;
    words = to = apr_palloc(page->pool, 2 * strlen(from) + 1);
    for (; *from != '\0'; from++) {
        if (apr_isalnum(*from))
            *to++ = *from;
        else if (*from == ',') {
            *to++ = ',';
            *to++ = ' ';
        }
    }
    *to = '\0';
    return words;
}

int manager_sees_department(const page_t *page, const char *department)
{
    const char *his = page->actor.scope.departments;

    if (his == NULL)
        return 1;
    return department != NULL && department[0] != '\0' &&
           strstr(his, apr_pstrcat(page->pool, "\"", department, "\"", NULL)) != NULL;
}

void manager_model(page_t *page, model_t *model)
{
    const session_t *session = page->session;

    model_text(model, "manager_exams", exams_words(page));
    model_text(model, "manager_departments", departments_words(page));
    model_flag(model, "may_change", may(page, RIGHT_CHANGE));
    model_flag(model, "academy", may(page, RIGHT_ACADEMY));
    model_flag(model, "whole", may(page, RIGHT_WHOLE));
    model_flag(model, "identities", may(page, RIGHT_IDENTITIES));
    if (session->previous_login == DB_NULL)
        return;
    model_text(model, "previous_login",
               local_time_long(page->pool, page->frame.zone, session->previous_login));
    model_text(model, "previous_login_from", session->previous_login_from);
}

list_source_t manager_source(const page_t *page)
{
    return (list_source_t){.scope = page->actor.scope, .version = -1};
}

void manager_model_search(const page_t *page, model_t *model, const search_t *search)
{
    search_model(page, model, search);
    model_flag(model, "wide", 1);
    if (search->ordinal != 0)
        model_int(model, "search_ordinal", search->ordinal);
}

db_error_t manager_exam_sessions(page_t *page, apr_array_header_t **his)
{
    apr_array_header_t *sessions;
    db_error_t error = frame_sessions(page, &sessions);
    int i;

    if (error != DB_OK)
        return error;
    *his = apr_array_make(page->pool, sessions->nelts + 1, sizeof(exam_session_t));
    for (i = 0; i < sessions->nelts; i++)
        if (actor_has_exam(&page->actor, APR_ARRAY_IDX(sessions, i, exam_session_t).exam))
            APR_ARRAY_PUSH(*his, exam_session_t) = APR_ARRAY_IDX(sessions, i, exam_session_t);
    return DB_OK;
}

void manager_model_parent(model_t *model, const char *title, const char *path)
{
    model_text(model, "parent", title);
    model_text(model, "parent_path", path);
}

void manager_model_parent_list(page_t *page, model_t *model)
{
    manager_model_parent(model, page->exam_session->title,
                         apr_pstrcat(page->pool, "candidats/", page->exam_path, "/", NULL));
}
