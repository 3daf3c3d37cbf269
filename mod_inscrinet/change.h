/* SPDX-License-Identifier: Apache-2.0
 *
 * A change of what the base's lock protects: registrations, drafts, parameters, what a school is. Sessions,
 * throttle and audit trail are outside it, and begin with connection_begin.
 */
#ifndef MOD_INSCRINET_CHANGE_H
#define MOD_INSCRINET_CHANGE_H

#include "page.h"

/**
 * Begin it: a writing transaction in which nobody locks the base. The lock is looked at here, whatever the
 * request has seen of it before. 0 with *answer given when the base is locked (503, the page again) or out of
 * reach.
 */
int change_begin(page_t *page, int *answer);
/** The same for what servers keep of the base: whoever changes of that, too, waits, and then reads what was
 * made; they read it anew. */
int change_begin_alone(page_t *page, int *answer);
/** As change_begin for whoever answers by himself: the base's error; locked or not, page->frame.lock says. */
db_error_t change_hold(page_t *page);
/** 0 with *answer given when it can't be committed. */
int change_commit(page_t *page, int *answer);

#endif
