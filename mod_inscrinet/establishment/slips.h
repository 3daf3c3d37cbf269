/* SPDX-License-Identifier: Apache-2.0
 *
 * What slips of all kinds say alike.
 */
#ifndef MOD_INSCRINET_ESTABLISHMENT_SLIPS_H
#define MOD_INSCRINET_ESTABLISHMENT_SLIPS_H

#include "../page.h"
#include "document/slips.h"

/** Where a service is: at the site's public address, else at the one that this page was asked for at. */
const char *slip_address(page_t *page, service_t service);
/** What stands on top of each: the authority, and the years of sessions (exam_session_t), « 2027, 2028 ». */
const char *slip_heading(const page_t *page, const char *of_years);
const char *slip_years(page_t *page, const apr_array_header_t *sessions);
/** The same one so many times, as the answer. */
int slip_draw(page_t *page, const slip_t *slip, int count, const char *heading);

#endif
