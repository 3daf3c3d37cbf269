/* SPDX-License-Identifier: Apache-2.0
 *
 * A school's own pages, as a manager looks at them: its rows, by its page functions, with rights to read
 * alone.
 */
#ifndef MOD_INSCRINET_MANAGER_VIEWING_H
#define MOD_INSCRINET_MANAGER_VIEWING_H

#include "../page.h"

/** Let a manager whom the address leads to a school's own pages see what the school sees, and change nothing.
 * 0 with *answer given: it is none of his, or no base. */
int viewing_begin(page_t *page, int *answer);

#endif
