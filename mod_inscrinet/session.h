/* SPDX-License-Identifier: Apache-2.0
 *
 * The browser's session of a service: its cookie, its ages, the tokens of forms.
 */
#ifndef MOD_INSCRINET_SESSION_H
#define MOD_INSCRINET_SESSION_H

#include "page.h"

/** Read the browser's session of the page's service; page->session stays NULL if there is none. 0 or the
 * base's error. */
db_error_t session_load(page_t *page);
/** Forget sessions and what came too late for them, of yesterday, every ten minutes; in the open transaction.
 */
void session_purge_if_due(page_t *page);
/** The CSRF token of the session's forms, or, before a login, of the browser's: another text in each answer.
 * NULL: no base. */
const char *session_csrf(page_t *page);
int session_csrf_ok(page_t *page);
/** The form was made for the session that has ended. */
int session_csrf_of_ended(page_t *page);
/** The POST came from one of our own pages, as the browser says. */
int session_same_origin(const page_t *page);

/** The browser says that it has a session of some service; whether it is one isn't looked at. */
int session_is_claimed(const page_t *page);

/** Somebody has left, or his session has ended: this answer makes the browser forget the pages that it keeps
 * of him as they were. Once in an answer, however often it is said. */
void session_forgotten(page_t *page);
void session_cookie_set(page_t *page, const char *token);
/** The session is over: session_forgotten is said with it. */
void session_cookie_clear(page_t *page);
/** Whether the browser sends any cookie of ours. */
int session_brings_cookies(const page_t *page);
/** A cookie of ours for this host, NULL if the browser has none; one that it keeps for so many seconds. */
const char *session_cookie_named(const page_t *page, const char *name);
void session_cookie_keep(const page_t *page, const char *name, const char *value, int age);

/** What was just done is shown once: the model has it, the session forgets it. */
void session_forget_notice(page_t *page);

/** A text that only this base can have made, of one of its keys; NULL: no base. */
const char *session_signature(page_t *page, const char *text);

#endif
