/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl load --from: rows of a table of another base, in the place of a file's.
 */
#ifndef INSCRINETCTL_LOAD_FOREIGN_H
#define INSCRINETCTL_LOAD_FOREIGN_H

#include "../lib/exchange/foreign.h"
#include "../lib/exchange/load.h"
#include "inscrinetctl.h"

/** What is asked for; a part that isn't given is NULL. */
typedef struct load_foreign_t {
    const char *section;     /* of the connections */
    const char *connections; /* files */
    const char *mapping;
} load_foreign_t;

/** Whether what is given belongs together: nothing, or all of it. */
int load_foreign_is_whole(const load_foreign_t *asked);

/** The table of a kind, if the mapping has a section of the kind's name: *source stays NULL where it has
 * none. *file: how the journal names it. Gives CTL_…. */
int load_foreign_open(ctl_t *ctl, const load_foreign_t *asked, const load_kind_t *kind, source_t **source,
                      const char **file);

#endif
