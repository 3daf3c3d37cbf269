/* SPDX-License-Identifier: Apache-2.0
 *
 * The one place where candidates' drafts are made: of nothing, or of a registration that was proven.
 */
#ifndef MOD_INSCRINET_REGISTRATION_BEGIN_H
#define MOD_INSCRINET_REGISTRATION_BEGIN_H

#include "../page.h"
#include "store/registration.h"

/** Begin one: of: the registration that it modifies, or NULL. 303 to its first step, or why not. */
int begin_draft(page_t *page, const registration_t *of);

/** The same of a new one, with what is known of its candidate filled in. */
int begin_filled(page_t *page, const answers_t *known);

#endif
