/* SPDX-License-Identifier: Apache-2.0
 *
 * How a session begins: with a code and a password, by a user whom another module has authenticated, for an
 * individual without any of these; and what goes over into it from one that has ended.
 */
#ifndef MOD_INSCRINET_LOGIN_H
#define MOD_INSCRINET_LOGIN_H

#include "page.h"

/** AuthType of our own sessions. */
#define LOGIN_AUTH_TYPE "Inscrinet"

typedef enum { LOGIN_OK, LOGIN_WRONG, LOGIN_THROTTLED, LOGIN_UNAVAILABLE } login_result_t;

/** Check a code and a password and, with_session, open a session (page->session) and set its cookie.
 * *retry: seconds to wait, when throttled. */
login_result_t login_try(page_t *page, const char *code, const char *password, int with_session, int *retry);
/** Another module has said who this is, and says it with each request. */
int login_is_foreign(const page_t *page);
/** A user whom another module has authenticated gets a session of ours, so that forms have their token. */
db_error_t login_adopt(page_t *page);
/** Open a session of nobody's, for an individual; inside the caller's transaction. */
db_error_t login_open(page_t *page);
/** A new session in place of this one, whose rights change: never under the same token. account as it is now.
 * In the open transaction. */
db_error_t login_renew(page_t *page, const account_t *account);

/** Whether the session that has ended was busy with a draft. */
int login_draft_waits(page_t *page);
/** Carry that draft over to the new session: it waits there to be proved. In the open transaction; *ordinal
 * 0: there was none. */
db_error_t login_carry_over(page_t *page, session_item_t *item);

/** The hash of a new password (or NULL, for want of random bytes); NULL after a line in the log. Without a
 * connection in hand: it takes its time. */
const char *login_hash(const page_t *page, const char *password);

/** The account of the page's school in a service, *account NULL if there is none. */
db_error_t login_account(page_t *page, service_t service, account_t **account);

#endif
