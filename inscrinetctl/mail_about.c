/* SPDX-License-Identifier: Apache-2.0 */
#include "mail_about.h"

#include <string.h>

#include "../lib/domain/check.h"
#include "../lib/domain/hand_in.h"
#include "../lib/store/reference.h"

void mail_model_session(const mail_t *mail, model_t *model, const exam_session_t *session,
                        const char *service)
{
    model_text(model, "session", session->words);
    model_text(model, "site", mail->site);
    model_text(model, "service", service);
    model_text(model, "session_path", session->dated);
}

static db_error_t find_school(const mail_t *mail, apr_pool_t *pool, const registration_t *of,
                              establishment_t **school, establishment_exam_t **row)
{
    *school = NULL;
    *row = NULL;
    if (of->establishment == DB_NULL)
        return DB_OK;
    if (establishment_by_id(mail->db, pool, of->establishment, school) != DB_OK)
        return db_error(mail->db);
    return establishment_exam_get(mail->db, pool, of->establishment, of->exam_session, row);
}

int mail_is_addressed(apr_pool_t *pool, const outbox_message_t *message, const answers_t *answers)
{
    const char *typed = answers != NULL ? answers->value[Q_EMAIL] : NULL, *address;

    return typed != NULL && check_email(pool, typed, &address) == MSG_OK &&
           strcmp(address, message->recipient) == 0;
}

/* The answers of a former revision that the message is about, in place of the present ones. */
static int take_former(const mail_t *mail, apr_pool_t *pool, const outbox_message_t *message,
                       registration_t *of)
{
    answers_t *former;
    apr_int64_t changed;

    if (registration_former(mail->db, pool, &mail->ctl->actor.scope, message->exam, message->number,
                            message->revision, &former, &changed) != DB_OK ||
        former == NULL)
        return 0;
    of->answers = former;
    of->revision = message->revision;
    of->changed = changed;
    of->listed_name = answers_listed_name(pool, former);
    return 1;
}

int mail_read_about(const mail_t *mail, apr_pool_t *pool, const outbox_message_t *message, int present,
                    mail_about_t *about)
{
    establishment_exam_t *row;
    registration_t *of;

    if (registration_get(mail->db, pool, &mail->ctl->actor.scope, message->exam, message->number, &of) !=
            DB_OK ||
        of == NULL || !mail_is_addressed(pool, message, of->answers) ||
        (of->revision != message->revision && (present || !take_former(mail, pool, message, of))))
        return 0;
    about->of = of;
    return (about->session = exam_session_of_id(mail->sessions, of->exam_session)) != NULL &&
           find_school(mail, pool, of, &about->school, &row) == DB_OK &&
           reference_questionnaire(mail->db, pool, about->session, about->school, row,
                                   of->answers->value[Q_SPECIALTY], &about->q) == DB_OK;
}

void mail_model_candidate(apr_pool_t *pool, model_t *model, const mail_about_t *about)
{
    const registration_t *of = about->of;

    model_text(model, "number", registration_display(pool, of->number, of->revision));
    model_text(model, "candidate", of->listed_name);
    model_text(model, "specialty", question_display(pool, question(Q_SPECIALTY), about->q, of->answers));
    model_text(model, "hand_in", hand_in(pool, about->q->rules, about->school != NULL));
    model_text(model, "contact", about->q->rules->contact);
}
