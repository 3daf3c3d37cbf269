/* SPDX-License-Identifier: Apache-2.0
 *
 * « Motif »: why a manager does what he does to a candidate.
 */
#ifndef MOD_INSCRINET_MANAGER_REASON_H
#define MOD_INSCRINET_MANAGER_REASON_H

#include "../page.h"

/** The reason that was typed; the page has its error where there is none that may be kept. */
void reason_read(page_t *page, const char **reason);

#endif
