/* SPDX-License-Identifier: Apache-2.0
 *
 * « Agir sur plusieurs candidats »: whatever can be said of a file, of all that are ticked in the list of a
 * session, at once. Who isn't any more as the page showed him is left alone; what was done is told by name,
 * and can be undone for a day.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../file/standing_acts.h"
#include "../form.h"
#include "../lists/cells.h"
#include "../lists/changed.h"
#include "../lists/shown.h"
#include "../lists/ticks.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "../stream.h"
#include "acts.h"
#include "domain/check.h"
#include "list.h"

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
    cells_model_counts(roll, model, 0);
    model_flag(model, "all", request->roll.most != 0);
    if (request->nothing)
        model_null(model, "any");
    acts_model_piece(page, acts_section(page, model, "piece"), 1);
    acts_model_reason(page, acts_section(page, model, "reason"), 1);
}

/* asked: what is ticked and not validated, of which the page asks (tick_t); or NULL. */
static int several_page(page_t *page, const apr_array_header_t *asked)
{
    cells_t *cells = apr_pcalloc(page->pool, sizeof *cells);
    shown_t *shown = apr_palloc(page->pool, sizeof *shown);
    apr_hash_t *states = NULL;
    list_request_t request;
    model_t *model;
    roll_t *roll;
    int answer;

    if (!read_list(page, &request, &answer) || !ticks_request(page, &answer) ||
        !roll_open(page, &request.roll, &roll, &answer))
        return answer;
    model = answer_model(page, message_text(MSG_TITLE_SEVERAL));
    if (page->form != NULL && asked == NULL)
        shown_read(page, &states);
    if (!manager_list_model(page, model, &request) || !shown_begin(page, model, shown))
        return answer_db_failed(page);
    if (!standing_model_change(page, model, &answer))
        return answer;
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

/* What the page has shown of each; of one that it hasn't, a version that no file has. */
static void look_at(apr_array_header_t *ticks, apr_hash_t *states)
{
    int i;

    for (i = 0; i < ticks->nelts; i++) {
        tick_t *tick = &APR_ARRAY_IDX(ticks, i, tick_t);
        const shown_row_t *shown = apr_hash_get(states, &tick->number, sizeof tick->number);

        tick->state = shown != NULL ? shown->state : STATE_LEFT;
        tick->version = shown != NULL ? shown->version : -1;
    }
}

/* What is ticked, as it was shown; or the page has errors. */
static apr_array_header_t *read_ticks(page_t *page)
{
    apr_array_header_t *ticks = apr_array_make(page->pool, 16, sizeof(tick_t));
    apr_hash_t *states;

    if (!changed_read_ticks(page, ticks))
        page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
    else if (ticks->nelts == 0)
        page_error(page, NULL, message_text(MSG_FILES_NONE_TICKED));
    if (!shown_read(page, &states) || states == NULL)
        page_error(page, NULL, message_text(MSG_VALIDATION_OLD));
    else
        look_at(ticks, states);
    return ticks;
}

static int act(page_t *page, const list_request_t *request)
{
    standing_act_t act = {.kind = STANDING_KINDS};
    const apr_array_header_t *ticks = read_ticks(page);
    const char *shown = NULL;
    apr_int64_t change;
    int answer;

    acts_read(page, 0, &act, &shown);
    if (page_has_errors(page))
        return manager_several_get(page);
    connection_return(page);
    return standing_acts(page, &act, shown, ticks, &change, &answer)
               ? answer_redirect_exam(page, "%s?%s&changement=%" APR_INT64_T_FMT, path,
                                      page_query_of(page, request), change)
               : answer;
}

int manager_several_post(page_t *page)
{
    const char *undone = form_value(page, "defaire");
    list_request_t request;
    int answer;

    if (form_action(page, "retour"))
        return answer_redirect_exam(page, "%s", "");
    if (!read_list(page, &request, &answer))
        return answer;
    if (undone[0] == '\0')
        return act(page, &request);
    return standing_acts_undo(page, whole_number(undone), &answer)
               ? answer_redirect_exam(page, "%s?%s", path, page_query_of(page, &request))
               : answer;
}
