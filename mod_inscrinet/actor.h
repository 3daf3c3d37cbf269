/* SPDX-License-Identifier: Apache-2.0
 *
 * The actor of a request: made of its session, and in one place only, so that no page asks in its own way who
 * is there.
 */
#ifndef MOD_INSCRINET_ACTOR_H
#define MOD_INSCRINET_ACTOR_H

#include "page.h"

/** Make page->actor of page->session (NULL: nobody); again whenever another session takes its place. */
void actor_make(page_t *page);

#endif
