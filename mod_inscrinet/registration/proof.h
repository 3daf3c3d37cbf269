/* SPDX-License-Identifier: Apache-2.0
 *
 * How a candidate proves that a registration or a draft is his: by number, date of birth and personal code,
 * asked every time. Whatever is wrong, the answer is the same; what was left empty is no try.
 */
#ifndef MOD_INSCRINET_REGISTRATION_PROOF_H
#define MOD_INSCRINET_REGISTRATION_PROOF_H

#include "../page.h"
#include "../throttle.h"
#include "store/registration.h"

/** The page with the three fields, under a title. */
int proof_page(page_t *page, message_t title);
/** One of its fields, for a page that asks for less. */
void proof_field(page_t *page, model_list_t *fields, const char *name, const char *label, message_t hint);
/** What was left empty of the fields, the code only with_code, is said next to its control. */
void proof_check(page_t *page, int with_code);
/** The registration that was proven by what was posted; NULL with *answer where it isn't. what: the kind of
 * proof, which failures count for. */
registration_t *proof_of_registration(page_t *page, const char *what, int *answer);
/** The same, of a school's candidate as well: to look at where it stands. */
registration_t *proof_of_file(page_t *page, const char *what, int *answer);
/** The registration of a number and a date of birth, made where the candidate is now; *found NULL whatever
 * is wrong with them. */
db_error_t proof_named(page_t *page, registration_t **found);

/** Something was left empty: 1 with the error next to its control. */
int proof_is_missing(page_t *page, const char *id, message_t message);
/** Ask for a try of a kind of proof; it counts from now on. 0: too many, the page has its error. */
int proof_may_try(page_t *page, const char *what, throttle_try_t *attempt);
/** One message whatever was wrong; the failure counts. Shows the page again. */
int proof_failed(page_t *page, const throttle_try_t *attempt, const char *id, message_t message);

#endif
