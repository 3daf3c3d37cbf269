/* SPDX-License-Identifier: Apache-2.0
 *
 * « Retrouver mes informations »: for whom there is anything to find, and where.
 */
#ifndef MOD_INSCRINET_REGISTRATION_KNOWN_H
#define MOD_INSCRINET_REGISTRATION_KNOWN_H

#include "../page.h"

/** Whether the candidate's school expects pupils, and whether the base knows candidates of the exam's past
 * sessions. A connection is borrowed. */
db_error_t known_any(page_t *page, int *pupils, int *past);

/** Its address below the exam's. */
const char *known_path(const page_t *page);

#endif
