/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl mail: messages that say where a candidate's file stands.
 */
#ifndef INSCRINETCTL_MAIL_FILE_H
#define INSCRINETCTL_MAIL_FILE_H

#include "mail.h"

/** Whether messages of a kind say where a file stands ("file"), or ask for its confirmation ("paper"). */
int mail_is_of_file(const char *kind);
/** What such a message says; 0: nothing any more, or the base's error. */
int mail_model_file(const mail_t *mail, apr_pool_t *pool, model_t *model, const outbox_message_t *message);

#endif
