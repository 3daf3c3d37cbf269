/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl mail: a message on its way. What it says is made of the base when it is sent (mail_message.c);
 * how it travels is libcurl's or sendmail's business (mail_send.c).
 */
#ifndef INSCRINETCTL_MAIL_H
#define INSCRINETCTL_MAIL_H

#include "../lib/store/base.h"
#include "../lib/store/exam_session.h"
#include "../lib/store/outbox.h"
#include "../lib/template/template.h"
#include "inscrinetctl.h"

typedef struct mail_t {
    ctl_t *ctl;
    db_t *db;
    base_frame_t frame;
    const template_set_t *templates;
    const char *via;              /* smtp://…, smtps://…, sendmail:/… */
    const char *from;             /* address */
    const char *site;             /* public address of the site, ended by a slash, or NULL */
    apr_array_header_t *sessions; /* exam_session_t: all of them */
} mail_t;

/** What a message says, in pool: its first line, and the rest. 0: there is nothing to say any more (a draft
 * that is gone, a recipient who isn't that of the draft or registration), or the base's error (see db_error).
 */
int mail_compose(const mail_t *mail, apr_pool_t *pool, const outbox_message_t *message, const char **subject,
                 const char **body);

/** The whole message as it is sent: headers, body in base64, lines ended by CR LF. */
const char *mail_encode(const mail_t *mail, apr_pool_t *pool, const outbox_message_t *message,
                        const char *subject, const char *body);

/** Send it. NULL: done; else one line that says why not, without an address. */
const char *mail_send(const mail_t *mail, apr_pool_t *pool, const char *recipient, const char *encoded);

#endif
