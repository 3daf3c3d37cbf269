/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl mail: whom a message is about, and what all messages on a registration say.
 */
#ifndef INSCRINETCTL_MAIL_ABOUT_H
#define INSCRINETCTL_MAIL_ABOUT_H

#include "../lib/store/establishment.h"
#include "../lib/store/registration.h"
#include "mail.h"

/** Whom a message is about. */
typedef struct mail_about_t {
    registration_t *of; /* with the answers of the message's revision */
    const exam_session_t *session;
    establishment_t *school; /* NULL: an individual's */
    questionnaire_t *q;
} mail_about_t;

/** Read it; present: the message is of the present revision or has nothing to say. 0: nothing, or the base's
 * error. */
int mail_read_about(const mail_t *mail, apr_pool_t *pool, const outbox_message_t *message, int present,
                    mail_about_t *about);
/** Number, candidate, specialty, and where papers go. */
void mail_model_candidate(apr_pool_t *pool, model_t *model, const mail_about_t *about);
/** Which session, and where: by its date, an address that is good for ever. service: its code, which is its
 * recommended mount as well. */
void mail_model_session(const mail_t *mail, model_t *model, const exam_session_t *session,
                        const char *service);

/** Whom a message was written to is whom it tells of: an address that has been corrected since is told
 * nothing. */
int mail_is_addressed(apr_pool_t *pool, const outbox_message_t *message, const answers_t *answers);

#endif
