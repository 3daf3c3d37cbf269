/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl unload --to: the files of an unload into tables of another base, all in one transaction.
 */
#ifndef INSCRINETCTL_UNLOAD_FOREIGN_H
#define INSCRINETCTL_UNLOAD_FOREIGN_H

#include "foreign_options.h"

/** Fill the table of each file of a folder, whole and described, of which the mapping has a section
 * ("candidates"). replace: what the tables hold goes. Gives CTL_…. */
int unload_foreign(ctl_t *ctl, const foreign_options_t *asked, int replace, const char *folder);

#endif
