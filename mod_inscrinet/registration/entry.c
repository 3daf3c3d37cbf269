/* SPDX-License-Identifier: Apache-2.0
 *
 * An exam's entry page: whether registrations are taken, a new one, and the ways back to one. Each way makes
 * the session forget whoever sat there before.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../cache.h"
#include "../connection.h"
#include "../form.h"
#include "../routes.h"
#include "begin.h"
#include "candidate.h"
#include "items.h"
#include "known.h"

/* The draft of a session that had ended waits for its owner. */
static void model_waiting(page_t *page, model_t *model)
{
    session_item_t item;
    int known = 0;

    if (page->session == NULL)
        return;
    if (session_item_latest(page->db, page->pool, page->session->id, page->exam_session->id, &item, &known) !=
        DB_OK)
        answer_lacks(page);
    if (known)
        model_text(model, "waiting",
                   apr_psprintf(page->pool, "reprise?dossier=%" APR_INT64_T_FMT, item.ordinal));
}

/* What an individual should know before he begins. */
static void model_conditions(page_t *page, model_t *model, const exam_rules_t *rules)
{
    static const message_t prerequisites[EXAM_COUNT] = {[EXAM_BTS] = MSG_PREREQUISITE_BTS,
                                                        [EXAM_BCP] = MSG_PREREQUISITE_BCP,
                                                        [EXAM_BP] = MSG_PREREQUISITE_BP,
                                                        [EXAM_MC4] = MSG_PREREQUISITE_MC,
                                                        [EXAM_MC5] = MSG_PREREQUISITE_MC};
    model_list_t *conditions = model_list(model, "conditions");

    model_list_text(conditions, message_text(MSG_CONDITION_PUPILS));
    if ((page->exam == EXAM_CAP || page->exam == EXAM_BEP) && rules->age_least > 0)
        model_list_text(conditions,
                        message_format(page->pool, MSG_CONDITION_AGE,
                                       apr_psprintf(page->pool, "%d", rules->age_least),
                                       apr_psprintf(page->pool, "%d", page->exam_session->year), NULL));
    if (prerequisites[page->exam] != MSG_OK && rules->prerequisites != PREREQUISITES_OFF)
        model_list_text(conditions, message_text(prerequisites[page->exam]));
    model_list_text(conditions, message_text(MSG_DISTANCE_IS_NO_REGISTRATION));
    model_list_text(conditions, message_text(MSG_CONDITION_ONCE));
}

/* Where there is somebody to find. */
static db_error_t model_known(page_t *page, model_t *model)
{
    int pupils, past;

    if (known_any(page, &pupils, &past) != DB_OK)
        return db_error(page->db);
    if (pupils || past)
        model_text(model, "known", known_path(page));
    return DB_OK;
}

int registration_exam_get(page_t *page)
{
    const exam_rules_t *rules;
    const char *closed;
    window_t window;
    model_t *model;
    int answer;

    if (!candidate_exam_is_there(page, &answer))
        return answer;
    if (items_forget_former(page) != DB_OK || candidate_may_register(page, &closed, &window) != DB_OK ||
        cache_rules(page, &rules) != DB_OK)
        return answer_db_failed(page);
    model = answer_model(page, page->exam_session->title);
    model_text(model, "closed", closed);
    candidate_model_closing(page, model, &window);
    model_flag(model, "public", candidate_is_public(page));
    model_text(model, "follow", candidate_follow_link(page));
    model_text(model, "welcome", rules->welcome);
    if (candidate_is_public(page))
        model_conditions(page, model, rules);
    model_waiting(page, model);
    if (model_known(page, model) != DB_OK)
        return answer_db_failed(page);
    return answer_render(page, "entry", model);
}

int registration_exam_post(page_t *page)
{
    const char *closed;
    window_t window;
    int answer;

    if (!candidate_exam_is_there(page, &answer))
        return answer;
    if (!form_action(page, "nouvelle"))
        page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
    if (candidate_may_register(page, &closed, &window) != DB_OK)
        return answer_db_failed(page);
    if (closed != NULL)
        page_error(page, NULL, closed);
    return page_has_errors(page) ? registration_exam_get(page) : begin_draft(page, NULL);
}
