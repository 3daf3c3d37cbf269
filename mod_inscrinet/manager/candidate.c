/* SPDX-License-Identifier: Apache-2.0
 *
 * « Dossier de candidature » as a manager has it: the file, its cancellation and restoration with a reason,
 * and the word that a homonym may register.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "../field.h"
#include "../file/application.h"
#include "../file/homonym.h"
#include "../file/standing.h"
#include "../file/view.h"
#include "../form.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "store/state.h"
#include "decision.h"

int manager_candidate_get(page_t *page)
{
    application_t file;
    model_t *model;
    int answer;

    if (!application_open(page, &file, &answer))
        return answer;
    model = answer_model(page, message_text(MSG_TITLE_CANDIDATE));
    manager_model(page, model);
    manager_model_parent_list(page, model);
    model_flag(model, "may_decide", (page->actor.rights & RIGHT_CHANGE) != 0);
    model_flag(model, "academy_wide", 1);
    if (!view_model(page, model, &file) || !standing_model_of(page, model, file.registration->number))
        return answer_db_failed(page);
    field_text(page, field_list(model), "motif", "Motif", message_text(MSG_HINT_STATE_REASON), "text", 1,
               NULL);
    session_forget_notice(page);
    return answer_render(page, "manager_candidate", model);
}

/* ---------------------------------------------------------------- cancel, restore */

/* One that was set aside comes back by the same door. */
static int is_set_aside(page_t *page, const registration_t *of)
{
    standing_file_t *found = NULL;

    return standing_get(page->db, page->pool, &page->actor.scope, of->exam, of->exam_session, of->number,
                        &found) == DB_OK &&
           found != NULL && found->standing->aside;
}

static int change_state(page_t *page, const application_t *file, state_t wanted)
{
    const registration_t *of = file->registration;
    const char *reason = decision_reason(page);
    int answer;

    if (page_has_errors(page))
        return answer_again(page);
    if (!change_begin(page, &answer))
        return answer;
    if (is_set_aside(page, of))
        return answer_refuse(page, message_text(MSG_FILES_IS_ASIDE));
    if (decision_set_state(page, of, wanted, reason))
        session_notice(page->db, page->session->id,
                       message_format(page->pool,
                                      wanted == STATE_CANCELLED ? MSG_NOTICE_CANCELLED : MSG_NOTICE_RESTORED,
                                      of->listed_name, NULL));
    else if (db_error(page->db) == DB_OK)
        return answer_refuse(page, message_text(MSG_STATE_ALREADY));
    return change_commit(page, &answer) ? application_back(page, of) : answer;
}

int manager_candidate_post(page_t *page)
{
    application_t file;
    int answer;

    if (!application_named(page, &file, &answer))
        return answer;
    if (form_action(page, "annuler"))
        return change_state(page, &file, STATE_CANCELLED);
    if (form_action(page, "reactiver"))
        return change_state(page, &file, STATE_VALID);
    if (!form_action(page, "homonyme") && !form_action(page, "sans_homonyme"))
        return answer_refuse(page, message_text(MSG_FIELD_UNKNOWN));
    return homonym_decide(page, file.registration, form_action(page, "homonyme"), &answer)
               ? application_back(page, file.registration)
               : answer;
}
