/* SPDX-License-Identifier: Apache-2.0
 *
 * A school's file of pupils: what it would change, which is the load itself rolled back, and then the load.
 */
#ifndef MOD_INSCRINET_ESTABLISHMENT_PUPILS_LOAD_H
#define MOD_INSCRINET_ESTABLISHMENT_PUPILS_LOAD_H

#include "../page.h"

/** Try the file that was posted, and keep it in the session with what was found. 0 with *answer given where
 * the base failed; what is wrong with the file is an error of its control. */
int pupils_load_try(page_t *page, int *answer);

/** Load the file that waits in the session; *loaded 0: there is none, or it is refused by now, which is an
 * error of the page. 0 with *answer given. */
int pupils_load_apply(page_t *page, int *loaded, int *answer);

/** What was found of the file that waits, as the template shows it: nothing where none waits. */
db_error_t pupils_load_model(page_t *page, model_t *model);

#endif
