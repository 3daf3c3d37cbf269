/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl load --from: rows of a table of another base, in the place of a file's.
 */
#ifndef INSCRINETCTL_LOAD_FOREIGN_H
#define INSCRINETCTL_LOAD_FOREIGN_H

#include "../lib/exchange/load.h"
#include "foreign_options.h"

/** The table of a kind, if the mapping has a section of the kind's name: *source stays NULL where it has
 * none. *file: how the journal names it. Gives CTL_…. */
int load_foreign_open(ctl_t *ctl, const foreign_options_t *asked, const load_kind_t *kind, source_t **source,
                      const char **file);

#endif
