/* SPDX-License-Identifier: Apache-2.0
 *
 * « Annuler ou réactiver plusieurs candidatures »: what is ticked in the list of a session, at once and for
 * one reason. Whoever has another state than the page showed is left alone; what was done is told by name,
 * and can be undone for a day.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "../lists/cells.h"
#include "../lists/changed.h"
#include "../lists/shown.h"
#include "../lists/ticks.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "../stream.h"
#include "domain/check.h"
#include "list.h"
#include "decision.h"
#include "store/state.h"
#include "text/text.h"

enum { ROWS_MOST = 2000 };

static const char path[] = "plusieurs";

/* ---------------------------------------------------------------- the page */

/* 0 with *answer given. */
static int read_list(page_t *page, list_request_t *request, int *answer)
{
    if (!manager_list_read(page, request, answer))
        return 0;
    request->roll.most = page_query(page, "lignes") != NULL ? ROWS_MOST : 0;
    return 1;
}

static void model_list_of(page_t *page, model_t *model, const list_request_t *request, const roll_t *roll)
{
    manager_model(page, model);
    manager_model_parent_list(page, model);
    manager_model_search(page, model, &request->search);
    model_text(model, "query", manager_list_query(page, request));
    cells_model_counts(roll, model, 0);
    model_flag(model, "all", request->roll.most != 0);
    if (request->nothing)
        model_null(model, "any");
    field_text(page, field_list(model), "motif", "Motif", message_text(MSG_HINT_STATE_REASON), "text", 1,
               NULL);
}

/* asked: what is ticked and not validated, of which the page asks (tick_t); or NULL. */
static int several_page(page_t *page, const apr_array_header_t *asked)
{
    cells_t *cells = apr_pcalloc(page->pool, sizeof *cells);
    shown_t *shown = apr_palloc(page->pool, sizeof *shown);
    apr_hash_t *states = NULL;
    list_request_t request;
    state_change_t *change;
    model_t *model;
    roll_t *roll;
    int answer;

    if (!read_list(page, &request, &answer) || !changed_named(page, &change, &answer) ||
        !ticks_request(page, &answer) || !roll_open(page, &request.roll, &roll, &answer))
        return answer;
    model = answer_model(page, message_text(MSG_TITLE_SEVERAL));
    if (page->form != NULL && asked == NULL)
        shown_read(page, &states);
    if (!shown_begin(page, model, shown))
        return answer_db_failed(page);
    changed_model(page, model, change);
    model_list_of(page, model, &request, roll);
    *cells = (cells_t){.roll = roll,
                       .model = model,
                       .ticked = ticks_model(page, model, roll, path, asked, states),
                       .seen = shown_note,
                       .ended = shown_end,
                       .baton = shown};
    if (cells->ticked == NULL)
        return answer_db_failed(page);
    cells_model(cells);
    session_forget_notice(page);
    return stream_page(page, "manager_several", model, &roll->failed);
}

int manager_several_get(page_t *page)
{
    return several_page(page, NULL);
}

/* ---------------------------------------------------------------- what is ticked and not validated */

static const char *page_query_of(const page_t *page, const list_request_t *request)
{
    return apr_pstrcat(page->pool, manager_list_query(page, request), list_place_query(page, request), NULL);
}

static const changed_page_t list_page = {path, read_list, page_query_of, several_page};

int manager_several_turn(page_t *page)
{
    return changed_turn(page, &list_page);
}

int manager_several_keep(page_t *page)
{
    return changed_keep(page, &list_page);
}

/* ---------------------------------------------------------------- to do it */

typedef struct several_t {
    list_request_t request;
    state_t wanted;
    const char *reason;
    apr_array_header_t *ticks; /* tick_t, in the order of numbers */
    apr_hash_t *states;        /* that the page has shown */
    apr_int64_t change;
    int changed;
} several_t;

static void change_one(page_t *page, several_t *several, const tick_t *tick, state_t wanted)
{
    if (tick->state == wanted || tick->state == STATE_LEFT)
        state_leave(page->db, several->change, tick->number);
    else
        several->changed += changed_toggle(page, several->change, tick, several->reason);
}

/* As the page has shown it. 0: the scope has none of that number. */
static int look_at(page_t *page, const several_t *several, tick_t *tick)
{
    const char *shown = apr_hash_get(several->states, &tick->number, sizeof tick->number);
    state_t state = STATE_LEFT;

    if (state_get(page->db, &page->actor.scope, page->exam_session->id, tick->number, &state) != DB_OK ||
        state == STATE_LEFT)
        return 0;
    tick->state = shown != NULL ? (state_t)shown[0] : STATE_LEFT;
    return 1;
}

/* In the open transaction: begun, and its schools told in the end. */
static int end(page_t *page, several_t *several)
{
    int answer;

    state_change_touch(page->db, several->change, page->exam_session->id);
    if (several->changed == 0 && db_error(page->db) == DB_OK)
        return answer_refuse(page, message_text(MSG_SEVERAL_NONE_CHANGED));
    if (!change_commit(page, &answer))
        return answer;
    return answer_redirect_exam(page, "%s?%s&changement=%" APR_INT64_T_FMT, path,
                                page_query_of(page, &several->request), several->change);
}

static void begin(page_t *page, several_t *several)
{
    state_change_begin(page->db, page->actor.establishment, page->exam_session->id, page->actor.name,
                       page->now, &several->change);
}

static int change_all(page_t *page, several_t *several)
{
    int answer, i;

    if (!change_begin(page, &answer))
        return answer;
    for (i = 0; i < several->ticks->nelts; i++)
        if (!look_at(page, several, &APR_ARRAY_IDX(several->ticks, i, tick_t)))
            return db_error(page->db) == DB_OK ? answer_not_found(page) : answer_db_failed(page);
    begin(page, several);
    for (i = 0; i < several->ticks->nelts; i++)
        change_one(page, several, &APR_ARRAY_IDX(several->ticks, i, tick_t), several->wanted);
    return end(page, several);
}

/* What a change has done is changed back, where it is still so: a change of its own. */
static int undo(page_t *page, several_t *several, apr_int64_t id)
{
    int answer, i;

    if (!change_begin(page, &answer) || !changed_take_back(page, id, several->ticks, &answer))
        return answer;
    several->reason = message_text(MSG_SEVERAL_UNDONE);
    begin(page, several);
    for (i = 0; i < several->ticks->nelts; i++)
        change_one(page, several, &APR_ARRAY_IDX(several->ticks, i, tick_t), STATE_LEFT);
    return end(page, several);
}

static void check(page_t *page, several_t *several)
{
    if (!form_action(page, "annuler") && !form_action(page, "reactiver"))
        page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
    if (!changed_read_ticks(page, several->ticks))
        page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
    else if (several->ticks->nelts == 0)
        page_error(page, NULL, message_text(MSG_SEVERAL_NONE));
    if (!shown_read(page, &several->states) || several->states == NULL)
        page_error(page, NULL, message_text(MSG_VALIDATION_OLD));
    several->reason = decision_reason(page);
}

int manager_several_post(page_t *page)
{
    several_t several = {.ticks = apr_array_make(page->pool, 16, sizeof(tick_t)),
                         .wanted = form_action(page, "annuler") ? STATE_CANCELLED : STATE_VALID};
    const char *undone = form_value(page, "defaire");
    int answer;

    if (form_action(page, "retour"))
        return answer_redirect_exam(page, "%s", "");
    if (!read_list(page, &several.request, &answer))
        return answer;
    if (undone[0] != '\0')
        return undo(page, &several, whole_number(undone));
    check(page, &several);
    if (page_has_errors(page))
        return manager_several_get(page);
    connection_return(page);
    return change_all(page, &several);
}
