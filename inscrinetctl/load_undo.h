/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl load list, load undo: the journal of loads.
 */
#ifndef INSCRINETCTL_LOAD_UNDO_H
#define INSCRINETCTL_LOAD_UNDO_H

#include "inscrinetctl.h"

/** The last runs, the last first. Gives CTL_…. */
int load_list(ctl_t *ctl, int json);

/** Put back what a run has changed; refused whole where one of its rows was changed or cited since. */
int load_undo(ctl_t *ctl, const char *run, int dry_run);

#endif
