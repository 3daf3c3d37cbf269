/* SPDX-License-Identifier: Apache-2.0
 *
 * How a page function answers: with a template and its model, a redirect, or an error as a page of the site.
 * Each gives what the httpd handler gives.
 */
#ifndef MOD_INSCRINET_ANSWER_H
#define MOD_INSCRINET_ANSWER_H

#include "page.h"

/** A model with what every page shows: title, frame, breadcrumb, errors. */
model_t *answer_model(page_t *page, const char *title);
/** Answer with a template. Gives back the connection first. */
int answer_render(page_t *page, const char *name, model_t *model);

/** The page runs our script (htdocs/assets/inscrinet.js). */
void answer_with_script(page_t *page, model_t *model);

/** The browser asks for the page again by itself, after so many seconds. */
void answer_come_again(page_t *page, int seconds);

/** Answer an error, STATUS_…, as a page of the site, which asks the base for nothing. */
int answer_fail(page_t *page, int status);
/** The same, with a title and a text of its own. */
int answer_fail_text(page_t *page, int status, message_t title, message_t text);
int answer_not_found(page_t *page);
/** What has failed of the base, as an answer: broken is a 500, lost or busy a 503 to be tried again. */
int answer_db_failed(page_t *page);
/** A part of the page could not be read just now: answer_render will say that, and not show a page without
 * it. */
void answer_lacks(page_t *page);

/** The page once more, with what is wrong: its GET, with what was posted. */
int answer_again(page_t *page);
/** The same after one error that stands next to no control; the connection is given back. */
int answer_refuse(page_t *page, const char *why);
/** A POST while the base is locked: 503, its page again with what was typed. */
int answer_locked(page_t *page);
/** Too many tries: a 429, to be tried again in so many seconds; id: the control that says so, or NULL. */
void answer_throttled(page_t *page, const char *id, int retry);
/** Too much of something: a 429, to be tried again in so many seconds, as the page once more; the connection
 * is given back, and what was begun with it. */
int answer_too_many(page_t *page, int retry, const char *why);

/** 303 to an address below the service's mount (format as printf's). */
int answer_redirect(page_t *page, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** 303 to an address below the page's exam. */
int answer_redirect_exam(page_t *page, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** 303 and 308 to an address of this site. */
int answer_see_other(page_t *page, const char *address);
int answer_moved(page_t *page, const char *address);

/** What says the same to everybody gets an ETag of its bytes, unless somebody is logged in. OK, or the
 * browser has it still: HTTP_NOT_MODIFIED is the answer. */
int answer_tag(page_t *page, struct apr_bucket_brigade *out);

/** Status and type, when bytes are about to follow. */
void answer_begin(page_t *page, const char *type);

/** The name of a page that a folder of templates lacks; NULL: it has them all. */
const char *answer_missing_template(const template_set_t *templates);

#endif
