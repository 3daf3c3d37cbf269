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

/** The same by staff, which is nobody's next in a session: a school that modifies a registration of its own,
 * which goes on with the draft that its session has begun before (office NULL), or the exam office, whose
 * candidate is to be of an establishment (DB_NULL: of none). of NULL: a new one. */
int begin_by_staff(page_t *page, const registration_t *of, apr_int64_t establishment, const office_t *office);

/** The same of a new one, with what is known of its candidate filled in. */
int begin_filled(page_t *page, const answers_t *known);

#endif
