/* SPDX-License-Identifier: Apache-2.0
 *
 * « Validation/Annulation d'une candidature »: what is ticked and valid is cancelled, what is ticked and
 * cancelled is restored (guide, 2.5). The page carries the states that it showed, signed: a candidate whose
 * state has changed since is left alone. What was done is told by name, and can be undone for a day.
 */
#include <apr_strings.h>
#include <stdlib.h>

#include "../answer.h"
#include "../change.h"
#include "../form.h"
#include "../lists/cells.h"
#include "../lists/changed.h"
#include "../lists/request.h"
#include "../lists/shown.h"
#include "../lists/ticks.h"
#include "../routes.h"
#include "../school.h"
#include "../stream.h"
#include "store/registration.h"
#include "store/state.h"
#include "store/ticks.h"
#include "text/text.h"
#include "text/token.h"

static const char path[] = "validation";

/* ---------------------------------------------------------------- the page */

/* Whose list the address asks for: 0 with *answer given. */
static int read_list(page_t *page, list_request_t *request, int *answer)
{
    list_source_t source;

    if (!school_lists(page, &source, answer) || !list_request(page, &source, request, answer) ||
        !list_request_number(page, request, answer))
        return 0;
    request->roll.division = ROLL_WHOLE;
    return 1;
}

/* asked: what is ticked and not validated, of which the page asks (tick_t); or NULL. */
static int validation_page(page_t *page, const apr_array_header_t *asked)
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
    model = answer_model(page, message_text(MSG_TITLE_VALIDATION));
    if (page->form != NULL && asked == NULL)
        shown_read(page, &states);
    if (!shown_begin(page, model, shown))
        return answer_db_failed(page);
    changed_model(page, model, change);
    search_model(page, model, &request.search);
    cells_model_counts(roll, model, request.roll.all);
    *cells = (cells_t){.roll = roll,
                       .model = model,
                       .ticked = ticks_model(page, model, roll, path, asked, states),
                       .seen = shown_note,
                       .ended = shown_end,
                       .baton = shown};
    if (cells->ticked == NULL)
        return answer_db_failed(page);
    if (request.nothing)
        model_null(model, "any");
    else
        cells_model(cells);
    return stream_page(page, "validation", model, &roll->failed);
}

int establishment_validation_get(page_t *page)
{
    return validation_page(page, NULL);
}

/* ---------------------------------------------------------------- what is ticked and not validated */

static const changed_page_t list_page = {path, read_list, list_page_query, validation_page};

int establishment_validation_turn(page_t *page)
{
    return changed_turn(page, &list_page);
}

int establishment_validation_keep(page_t *page)
{
    return changed_keep(page, &list_page);
}

/* ---------------------------------------------------------------- « Valider » */

/* Each in the state that the page showed; without such a page, in the state that it has. One that the page
 * didn't show is left alone. 0: the school has none of that number. */
static int look_at(page_t *page, tick_t *tick, apr_hash_t *states)
{
    const shown_row_t *shown =
        states != NULL ? apr_hash_get(states, &tick->number, sizeof tick->number) : NULL;
    state_t state = STATE_LEFT;

    if (state_get(page->db, &page->actor.scope, page->exam_session->id, tick->number, &state) != DB_OK ||
        state == STATE_LEFT)
        return 0;
    if (states == NULL)
        tick->state = state;
    else if (shown != NULL)
        tick->state = shown->state;
    else
        tick->state = state == STATE_VALID ? STATE_CANCELLED : STATE_VALID;
    return 1;
}

/* What a change has come to. */
typedef struct done_t {
    int changed, held; /* held: a manager has cancelled it, and he alone restores it */
} done_t;

static void change_one(page_t *page, apr_int64_t change, const tick_t *tick, done_t *done)
{
    int held = 0;

    if (tick->state == STATE_CANCELLED)
        state_held(page->db, &page->actor.scope, page->exam, tick->number, &held);
    if (held)
        state_leave(page->db, change, tick->number);
    else
        done->changed += changed_toggle(page, change, tick);
    done->held += held;
}

/* In the open transaction: each is changed, and noted. The change's id. */
static apr_int64_t change_all(page_t *page, const apr_array_header_t *ticks, done_t *done)
{
    apr_int64_t change = 0;
    int i;

    *done = (done_t){0, 0};
    state_change_begin(page->db, page->actor.establishment, page->exam_session->id, page->actor.name,
                       page->now, &change);
    for (i = 0; i < ticks->nelts; i++)
        change_one(page, change, &APR_ARRAY_IDX(ticks, i, tick_t), done);
    establishment_exam_touch(page->db, page->actor.establishment, page->exam_session->id);
    return change;
}

/* The same list again, and what was done; nothing, and why. */
static int end_change(page_t *page, const list_request_t *request, apr_int64_t change, const done_t *done)
{
    int answer;

    if (done->changed == 0 && db_error(page->db) == DB_OK)
        return answer_refuse(page,
                             message_text(done->held > 0 ? MSG_VALIDATION_HELD : MSG_VALIDATION_ALL_CHANGED));
    if (!change_commit(page, &answer))
        return answer;
    return answer_redirect_exam(page, "validation?%s&changement=%" APR_INT64_T_FMT,
                                list_page_query(page, request), change);
}

static int validate(page_t *page, const list_request_t *request, apr_array_header_t *ticks,
                    apr_hash_t *states)
{
    apr_int64_t change;
    done_t done;
    int answer, i;

    if (!change_begin(page, &answer))
        return answer;
    for (i = 0; i < ticks->nelts; i++)
        if (!look_at(page, &APR_ARRAY_IDX(ticks, i, tick_t), states))
            return db_error(page->db) == DB_OK ? answer_not_found(page) : answer_db_failed(page);
    change = change_all(page, ticks, &done);
    return end_change(page, request, change, &done);
}

/* What a change has done is changed back, where it is still so: that is a change of its own. */
static int undo(page_t *page, const list_request_t *request, apr_int64_t id, apr_array_header_t *ticks)
{
    apr_int64_t back;
    done_t done;
    int answer;

    if (!change_begin(page, &answer) || !changed_take_back(page, id, ticks, &answer))
        return answer;
    back = change_all(page, ticks, &done);
    return end_change(page, request, back, &done);
}

int establishment_validation_post(page_t *page)
{
    apr_array_header_t *ticks = apr_array_make(page->pool, 16, sizeof(tick_t));
    apr_hash_t *states;
    const char *undone = form_value(page, "defaire");
    list_request_t request;
    int answer;

    if (form_action(page, "retour"))
        return school_back_to_menu(page);
    if (!read_list(page, &request, &answer))
        return answer;
    if (undone[0] != '\0')
        return undo(page, &request, whole_number(undone), ticks);
    if (!changed_read_ticks(page, ticks))
        page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
    else if (ticks->nelts == 0)
        page_error(page, NULL, message_text(MSG_VALIDATION_NONE));
    if (!shown_read(page, &states))
        page_error(page, NULL, message_text(MSG_VALIDATION_OLD));
    if (page_has_errors(page))
        return establishment_validation_get(page);
    return validate(page, &request, ticks, states);
}
