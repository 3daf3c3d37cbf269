/* SPDX-License-Identifier: Apache-2.0
 *
 * Acts on the standing of one file or many, a manager's and a school's: what an act has done, by name, and
 * its undoing.
 */
#ifndef MOD_INSCRINET_FILE_STANDING_ACTS_H
#define MOD_INSCRINET_FILE_STANDING_ACTS_H

#include "../page.h"
#include "store/standing.h"
#include "store/ticks.h"
#include "template/template.h"

enum { STANDING_FILES_MOST = 200 }; /* that one act is about */

/** Files that were seen ("11.3 12.0": number and version), as ticks (tick_t); NULL: too many. */
apr_array_header_t *standing_seen_of(apr_pool_t *pool, const char *seen);

/** The same of those that the form has ticked (candidat). */
apr_array_header_t *standing_seen_ticked(page_t *page);

/** Do an act to all files that were seen (tick_t), and commit. A file that isn't as it was seen is left
 * alone. 0 with *answer given: one isn't in scope (404), nothing was to be done (422), or no base. *change:
 * what tells of it. */
int standing_acts(page_t *page, const standing_act_t *act, const char *shown, const apr_array_header_t *seen,
                  apr_int64_t *change, int *answer);
/** Take a change back, where nobody has changed a file since; the session tells how many. 0 with *answer
 * given as above. */
int standing_acts_undo(page_t *page, apr_int64_t change, int *answer);
/** The form of a page at path whose rows are ticked as spoken to (candidat), or whose summary is undone
 * (defaire): its answer. */
int standing_acts_acknowledge(page_t *page, const char *path);
/** The object "change" of what the address names (changement=ID), for the template standing_change. 0 with
 * *answer given. */
int standing_model_change(page_t *page, model_t *model, int *answer);

#endif
