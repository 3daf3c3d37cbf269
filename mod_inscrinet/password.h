/* SPDX-License-Identifier: Apache-2.0
 *
 * A form that changes a password: the present one is a try like a login's, in the same buckets; what is wrong
 * with the new one is told to those alone who know the one in use.
 */
#ifndef MOD_INSCRINET_PASSWORD_H
#define MOD_INSCRINET_PASSWORD_H

#include "domain/check.h"
#include "domain/message.h"
#include "page.h"

/** What a change looks at; hashes are read before, and none is compared with a connection in hand. */
typedef struct password_change_t {
    service_t service;        /* whose login the present password is a try of */
    password_context_t rules; /* of the new one */
    const char *own, *other;  /* hashes of this account and of the school's other one, or NULL */
    const char *default_code; /* it is the present password; or NULL */
    int either;               /* the other account's password proves as well */
} password_change_t;

/** Whether it must be changed before anything else. */
int password_is_forced(const page_t *page);
/** The form. hint: of the present password, or NULL; of_new: of the new one. */
int password_page(page_t *page, message_t title, const char *hint, message_t of_new);
/** Whether what was posted may replace it; 0: the page has its error, or the base has failed. Without a
 * connection in hand. */
int password_check(page_t *page, const password_change_t *change);
/** After a 0: the page again with what is wrong, or what has failed of the base. */
int password_answer_wrong(page_t *page);

#endif
