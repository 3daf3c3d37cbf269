/* SPDX-License-Identifier: Apache-2.0
 *
 * « Délivrer un nouveau code personnel », for a candidate who has lost his. The page says what it does before
 * it does it, and carries a seal of the code that it is to replace: a second click, or a colleague's,
 * replaces nothing that somebody has just been given.
 */

#include <apr_strings.h>

#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "../form.h"
#include "../routes.h"
#include "../session.h"
#include "application.h"
#include "domain/check.h"
#include "text/token.h"

/* Of the present code, under the base's key; NULL: no base. */
static const char *seal(page_t *page, const registration_t *of)
{
    return session_signature(page, apr_psprintf(page->pool, "code %s %" APR_INT64_T_FMT " %s",
                                                exam_info(of->exam)->code, of->number, of->code));
}

int new_code_get(page_t *page)
{
    application_t file;
    const char *former;
    model_t *model;
    int answer;

    if (!application_named(page, &file, &answer))
        return answer;
    if ((former = seal(page, file.registration)) == NULL)
        return answer_db_failed(page);
    model = answer_model(page, message_text(MSG_TITLE_NEW_CODE));
    model_text(model, "candidate", file.registration->listed_name);
    model_text(model, "number",
               registration_display(page->pool, file.registration->number, file.registration->revision));
    model_flag(model, "cancelled", file.registration->cancelled);
    model_text(model, "email", file.registration->answers->value[Q_EMAIL]);
    model_text(model, "former", former);
    model_text(model, "file", page_exam_link(page, application_link(page, file.registration->number)));
    session_forget_notice(page);
    return answer_render(page, "new_code", model);
}

/* In the open transaction. */
static void tell(page_t *page, const registration_t *of, const char *code)
{
    page_audit(page, "code.new", of->number, NULL, NULL);
    registration_tell(page->db, "code", of->exam, of->number, of->revision, of->answers, page->now);
    session_notice(page->db, page->session->id,
                   message_format(page->pool, MSG_NOTICE_NEW_CODE, of->listed_name,
                                  personal_code_display(page->pool, code), NULL));
}

int new_code_post(page_t *page)
{
    const char *sealed = form_value(page, "ancien"), *code = NULL, *present;
    application_t file;
    int answer;

    if (!change_begin(page, &answer) || !application_named(page, &file, &answer))
        return answer;
    if (file.registration->cancelled)
        return answer_refuse(page, message_text(MSG_NEW_CODE_CANCELLED));
    if ((present = seal(page, file.registration)) == NULL)
        return answer_db_failed(page);
    if (token_equal(sealed, present) &&
        registration_new_code(page->db, page->pool, &page->actor.scope, page->exam, file.registration->number,
                              file.registration->code, &code) != DB_OK)
        return answer_db_failed(page);
    if (code == NULL) /* the second click of one who is about to see the new code */
        return page->session->notice != NULL ? application_back(page, file.registration)
                                             : answer_refuse(page, message_text(MSG_NEW_CODE_MEANWHILE));
    tell(page, file.registration, code);
    return change_commit(page, &answer) ? application_back(page, file.registration) : answer;
}
