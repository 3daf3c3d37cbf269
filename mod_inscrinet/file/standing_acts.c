/* SPDX-License-Identifier: Apache-2.0 */
#include "standing_acts.h"

#include <apr_hash.h>
#include <apr_strings.h>
#include <stdlib.h>

#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "../form.h"
#include "../lists/changed.h"
#include "domain/act.h"
#include "domain/check.h"
#include "store/establishment.h"
#include "store/registration.h"
#include "standing.h"

/* ---------------------------------------------------------------- an act */

/* What the trail says besides: of which piece, and why. */
static const char *detail_of(page_t *page, const standing_act_t *act)
{
    if (act->kind == STANDING_ASK)
        return message_format(page->pool, MSG_FILES_PIECE_UNTIL, act->piece,
                              date_display(page->pool, act->until), NULL);
    return act->kind == STANDING_CAME ? act->piece : act->reason;
}

static void audit_act(page_t *page, const standing_act_t *act, apr_int64_t number)
{
    if (act->kind == STANDING_CANCEL || act->kind == STANDING_RESTORE)
        changed_audit(page, number, act->kind == STANDING_CANCEL ? STATE_CANCELLED : STATE_VALID,
                      act->reason);
    else
        page_audit(page, standing_action(act->kind), number, detail_of(page, act), NULL);
}

/* An act, and what it has come to. */
typedef struct doing_t {
    const standing_act_t *act;
    apr_int64_t change;
    apr_hash_t *schools; /* apr_int64_t: whose lists show it */
    int count;
} doing_t;

/* 0: there is none such in scope, or the base has failed. */
static int act_on(page_t *page, doing_t *doing, const tick_t *seen)
{
    const scope_t *scope = &page->actor.scope;
    standing_file_t *file;
    tick_row_t now;
    int done = 0;

    if (standing_get(page->db, page->pool, scope, page->exam, page->exam_session->id, seen->number, &file) !=
            DB_OK ||
        file == NULL)
        return 0;
    now = standing_row(file);
    if (!tick_is_as_shown(seen, &now))
        return standing_leave(page->db, doing->change, seen->number) == DB_OK;
    if (standing_do(page->db, page->pool, scope, file, doing->act, doing->change, &done) != DB_OK)
        return 0;
    doing->count += done;
    if (!done)
        return 1;
    audit_act(page, doing->act, seen->number);
    apr_hash_set(doing->schools, &file->establishment, sizeof file->establishment, file);
    return db_error(page->db) == DB_OK;
}

/* Each school's once. */
static int touch_schools(page_t *page, apr_hash_t *schools)
{
    apr_hash_index_t *at;

    for (at = apr_hash_first(page->pool, schools); at != NULL; at = apr_hash_next(at))
        if (establishment_exam_touch(page->db, *(const apr_int64_t *)apr_hash_this_key(at),
                                     page->exam_session->id) != DB_OK)
            return 0;
    return 1;
}

/* Something was done; 0 with *answer given, nothing is kept then. */
static int is_done(page_t *page, const doing_t *doing, int *answer)
{
    if (doing->count > 0 && touch_schools(page, doing->schools))
        return 1;
    *answer = db_error(page->db) == DB_OK ? answer_refuse(page, message_text(MSG_FILES_NOTHING))
                                          : answer_db_failed(page);
    return 0;
}

/* 0 with *answer given. */
static int act_on_all(page_t *page, doing_t *doing, const apr_array_header_t *seen, int *answer)
{
    int i;

    for (i = 0; i < seen->nelts; i++)
        if (!act_on(page, doing, &APR_ARRAY_IDX(seen, i, tick_t))) {
            *answer = db_error(page->db) == DB_OK ? answer_not_found(page) : answer_db_failed(page);
            return 0;
        }
    return is_done(page, doing, answer);
}

apr_array_header_t *standing_seen_of(apr_pool_t *pool, const char *seen)
{
    apr_array_header_t *ticks = apr_array_make(pool, 16, sizeof(tick_t));
    char *last, *word = apr_strtok(apr_pstrdup(pool, seen), " ", &last);

    for (; word != NULL && ticks->nelts <= STANDING_FILES_MOST; word = apr_strtok(NULL, " ", &last)) {
        char *dot;
        apr_int64_t number = strtoll(word, &dot, 10);

        APR_ARRAY_PUSH(ticks, tick_t) =
            (tick_t){number, STATE_LEFT, DB_NULL, *dot == '.' ? strtoll(dot + 1, NULL, 10) : -1};
    }
    return ticks->nelts <= STANDING_FILES_MOST ? ticks : NULL;
}

apr_array_header_t *standing_seen_ticked(page_t *page)
{
    return standing_seen_of(page->pool, apr_array_pstrcat(page->pool, form_list(page, "candidat"), ' '));
}

int standing_acts(page_t *page, const standing_act_t *act, const char *shown, const apr_array_header_t *seen,
                  apr_int64_t *change, int *answer)
{
    standing_act_t timed = *act;
    doing_t doing = {.act = &timed, .schools = apr_hash_make(page->pool)};

    if (seen == NULL) {
        *answer = answer_not_found(page);
        return 0;
    }
    timed.by = page->actor.name;
    timed.now = page->now;
    if (!change_begin(page, answer))
        return 0;
    if (standing_days(page->db, page->pool, page->exam, page->exam_session->id, &timed) != DB_OK ||
        standing_change_begin(page->db, page->exam_session->id, page->actor.establishment, &timed, shown,
                              change) != DB_OK) {
        *answer = answer_db_failed(page);
        return 0;
    }
    doing.change = *change;
    return act_on_all(page, &doing, seen, answer) && change_commit(page, answer);
}

/* ---------------------------------------------------------------- its undoing */

/* What takes an act back is one itself where others look at the trail for it. */
static void audit_undone(page_t *page, const standing_change_t *change, apr_int64_t number)
{
    static const char *const others[][2] = {{"file.set_aside", "file.set_back"},
                                            {"file.set_back", "file.set_aside"},
                                            {"confirmation.return", "confirmation.take_back"}};
    standing_kind_t kind = standing_kind_of(change->act);
    size_t i;

    if (kind == STANDING_CANCEL || kind == STANDING_RESTORE) {
        changed_audit(page, number, kind == STANDING_CANCEL ? STATE_VALID : STATE_CANCELLED,
                      message_text(MSG_SEVERAL_UNDONE));
        return;
    }
    for (i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(change->act, others[i][0]) == 0) {
            page_audit(page, others[i][1], number, NULL, NULL);
            return;
        }
    page_audit(page, "file.undo", number, act_words(change->act), NULL);
}

static int undo_item(page_t *page, const standing_change_t *change, const standing_item_t *item,
                     doing_t *doing)
{
    const standing_act_t by = {.by = page->actor.name, .now = page->now};
    const scope_t *scope = &page->actor.scope;
    standing_file_t *file;
    int done = 0;

    if (standing_get(page->db, page->pool, scope, page->exam, page->exam_session->id, item->number, &file) !=
        DB_OK)
        return 0;
    if (file != NULL && standing_undo(page->db, page->pool, scope, file, item, &by, &done) != DB_OK)
        return 0;
    doing->count += done;
    if (!done)
        return 1;
    audit_undone(page, change, item->number);
    apr_hash_set(doing->schools, &file->establishment, sizeof file->establishment, file);
    return db_error(page->db) == DB_OK;
}

/* In the open transaction. *count: how many are as they were. */
static int undo_all(page_t *page, const standing_change_t *change, int *count, int *answer)
{
    doing_t doing = {.schools = apr_hash_make(page->pool)};
    int i, first = 0;

    if (standing_change_undone(page->db, change->id, &first) == DB_OK && !first) {
        *answer = answer_refuse(page, message_text(MSG_FILES_UNDONE));
        return 0;
    }
    for (i = 0; i < change->items->nelts; i++)
        if (!undo_item(page, change, &APR_ARRAY_IDX(change->items, i, standing_item_t), &doing)) {
            *answer = answer_db_failed(page);
            return 0;
        }
    *count = doing.count;
    return is_done(page, &doing, answer);
}

int standing_acts_undo(page_t *page, apr_int64_t id, int *answer)
{
    standing_change_t *change;
    int count;

    if (!change_begin(page, answer))
        return 0;
    if (standing_change_get(page->db, page->pool, &page->actor.scope, page->exam_session->id,
                            page->actor.establishment, id, &change) != DB_OK) {
        *answer = answer_db_failed(page);
        return 0;
    }
    if (change == NULL || change->items->nelts == 0) {
        *answer = answer_not_found(page);
        return 0;
    }
    if (!undo_all(page, change, &count, answer))
        return 0;
    session_notice(page->db, page->session->id,
                   message_format(page->pool, count > 1 ? MSG_FILES_TAKEN_BACK : MSG_FILES_TAKEN_BACK_ONE,
                                  apr_itoa(page->pool, count), NULL));
    return change_commit(page, answer);
}

/* ---------------------------------------------------------------- spoken to */

int standing_acts_acknowledge(page_t *page, const char *path)
{
    const apr_array_header_t *ticked = standing_seen_ticked(page);
    const standing_act_t act = {.kind = STANDING_ACKNOWLEDGE};
    const char *undone = form_value(page, "defaire");
    apr_int64_t change;
    int answer;

    if (undone[0] != '\0')
        return standing_acts_undo(page, apr_atoi64(undone), &answer) ? answer_redirect_exam(page, "%s", path)
                                                                     : answer;
    if (ticked != NULL && ticked->nelts == 0) {
        page_error(page, NULL, message_text(MSG_FILES_NONE_TICKED));
        return answer_again(page);
    }
    return standing_acts(page, &act, NULL, ticked, &change, &answer)
               ? answer_redirect_exam(page, "%s?changement=%" APR_INT64_T_FMT, path, change)
               : answer;
}

/* ---------------------------------------------------------------- its summary */

static int model_items(page_t *page, model_t *shown, const char *name, const standing_change_t *change,
                       int left_alone)
{
    model_list_t *list = model_list(shown, name);
    int i, count = 0;

    for (i = 0; i < change->items->nelts; i++) {
        const standing_item_t *item = &APR_ARRAY_IDX(change->items, i, standing_item_t);
        model_t *row;

        if ((item->version == 0) != left_alone)
            continue;
        row = model_list_object(list);
        model_text(row, "number", registration_display(page->pool, item->number, item->revision));
        model_text(row, "name", item->name);
        count++;
    }
    return count;
}

static void model_change(page_t *page, model_t *model, const standing_change_t *change)
{
    model_t *shown = model_create(page->pool, page->config->templates);
    int count = model_items(page, shown, "done", change, 0);
    int left = model_items(page, shown, "left_alone", change, 1);

    model_text(shown, "title",
               message_format(page->pool, standing_told(standing_kind_of(change->act), count > 1),
                              apr_itoa(page->pool, count), NULL));
    model_text(shown, "about", change->shown);
    model_flag(shown, "any_left", left > 0);
    model_flag(shown, "several_left", left > 1);
    model_int(shown, "id", change->id);
    model_flag(shown, "may_be_undone", !change->undone);
    model_object(model, "change", shown);
}

int standing_model_change(page_t *page, model_t *model, int *answer)
{
    apr_int64_t id = page_number(page, "changement");
    standing_change_t *change = NULL;

    if (id == 0)
        return 1;
    if (id > 0 && standing_change_get(page->db, page->pool, &page->actor.scope, page->exam_session->id,
                                      page->actor.establishment, id, &change) != DB_OK)
        *answer = answer_db_failed(page);
    else if (change == NULL || change->items->nelts == 0)
        *answer = answer_not_found(page);
    else {
        model_change(page, model, change);
        return 1;
    }
    return 0;
}
