/* SPDX-License-Identifier: Apache-2.0
 *
 * What the pages of a school's two services share.
 */
#ifndef MOD_INSCRINET_SCHOOL_H
#define MOD_INSCRINET_SCHOOL_H

#include "inscrinet.h"

/** The school's row of the page's exam; NULL with *answer given when there is none (404) or no base. */
establishment_exam_t *school_exam(page_t *page, int *answer);

/** Whether the registration service's own password was chosen: its default opens nothing. */
int school_registration_password_chosen(page_t *page);

#endif
