/* SPDX-License-Identifier: Apache-2.0
 *
 * Another base, as load --from and unload --to are told of it.
 */
#ifndef INSCRINETCTL_FOREIGN_OPTIONS_H
#define INSCRINETCTL_FOREIGN_OPTIONS_H

#include "../lib/exchange/foreign.h"
#include "inscrinetctl.h"

/** What is asked for; a part that isn't given is NULL. */
typedef struct foreign_options_t {
    const char *section;     /* of the connections */
    const char *connections; /* files */
    const char *mapping;
} foreign_options_t;

/** Whether what is given belongs together: nothing, or all of it. */
int foreign_options_whole(const foreign_options_t *asked);

/** Connect. NULL after a message. */
foreign_t *foreign_options_open(ctl_t *ctl, const foreign_options_t *asked);

#endif
