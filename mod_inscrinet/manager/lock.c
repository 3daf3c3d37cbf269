/* SPDX-License-Identifier: Apache-2.0
 *
 * « Verrouillage de la base »: one act. Whoever registers has committed before the lock is reported held, or
 * finds the base locked (change.h).
 */
#include "../answer.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "domain/check.h"
#include "text/text.h"

enum { REASON_MOST = 120 };

/* ---------------------------------------------------------------- the page */

static void model_fields(page_t *page, model_t *model)
{
    model_list_t *fields = field_list(model);

    field_text(page, fields, "motif", "Motif", message_text(MSG_HINT_LOCK_REASON), "text", 1, NULL);
    field_text(page, fields, "fin_prevue", "Fin prévue", message_text(MSG_HINT_LOCK_UNTIL), "text", 0, NULL);
}

static db_error_t model_holder(page_t *page, model_t *model)
{
    base_lock_holder_t holder;

    if (connection_borrow(page) == NULL)
        return page->failure;
    if (base_lock_holder(page->db, page->pool, &holder) != DB_OK)
        return db_error(page->db);
    model_text(model, "holder", holder.name);
    if (holder.since != DB_NULL)
        model_text(model, "since", local_time_long(page->pool, page->frame.zone, holder.since));
    return DB_OK;
}

int manager_lock_get(page_t *page)
{
    model_t *model = answer_model(page, message_text(MSG_TITLE_LOCK));

    manager_model(page, model);
    model_flag(model, "is_locked", page->frame.lock.locked);
    if (!page->frame.lock.locked)
        model_fields(page, model);
    else if (model_holder(page, model) != DB_OK)
        return answer_db_failed(page);
    session_forget_notice(page);
    return answer_render(page, "manager_lock", model);
}

/* ---------------------------------------------------------------- lock, unlock */

static void read_until(page_t *page, base_lock_t *lock)
{
    const char *typed = text_trim(page->pool, form_value(page, "fin_prevue"));
    message_t problem;

    lock->until = DB_NULL;
    if (typed[0] == '\0')
        return;
    problem = check_minute(page->pool, page->frame.zone, typed, &lock->until);
    if (problem == MSG_OK && lock->until <= page->now)
        problem = MSG_LOCK_UNTIL_PAST;
    if (problem != MSG_OK)
        page_error(page, "fin_prevue", message_text(problem));
}

/* Somebody else may have done the same meanwhile: then his words stay, and this page says so. */
static message_t set(page_t *page, const base_lock_t *wanted)
{
    base_lock_t present;

    if (base_lock_change(page->db, page->pool, wanted, page->now, page->actor.name, &present) != DB_OK)
        return MSG_OK;
    if (present.locked == wanted->locked)
        return wanted->locked ? MSG_NOTICE_LOCKED_ALREADY : MSG_NOTICE_UNLOCKED_ALREADY;
    page_audit(page, wanted->locked ? "base.lock" : "base.unlock", DB_NULL,
               wanted->locked ? wanted->reason : present.reason, NULL);
    return wanted->locked ? MSG_NOTICE_LOCKED : MSG_NOTICE_UNLOCKED;
}

static int change(page_t *page, const base_lock_t *wanted)
{
    if (connection_begin(page) == NULL)
        return answer_db_failed(page);
    session_notice(page->db, page->session->id, message_text(set(page, wanted)));
    return connection_commit(page) == DB_OK ? answer_redirect(page, "verrouillage") : answer_db_failed(page);
}

int manager_lock_post(page_t *page)
{
    base_lock_t wanted = {.locked = form_action(page, "verrouiller"), .until = DB_NULL};

    if (form_action(page, "retour"))
        return answer_redirect(page, "%s", "");
    if (wanted.locked) {
        wanted.reason = form_line(page, "motif", REASON_MOST, MSG_LOCK_REASON_MISSING, MSG_LOCK_REASON_LONG);
        read_until(page, &wanted);
    } else if (!form_action(page, "deverrouiller"))
        page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
    return page_has_errors(page) ? manager_lock_get(page) : change(page, &wanted);
}
