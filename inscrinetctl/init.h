/* SPDX-License-Identifier: Apache-2.0
 *
 * A new base: its schema, the keys that only it knows, the reference data, the default parameters.
 *
 * It is there wholly or not at all: a SQLite file that this command made goes away again after a failure.
 * What an interruption leaves (a schema without the base's keys) counts as no base, and is taken up again.
 */
#ifndef INSCRINETCTL_INIT_H
#define INSCRINETCTL_INIT_H

#include "inscrinetctl.h"

typedef struct new_base_t {
    ctl_t ctl; /* with a pool of its own, that holds the connection */
    db_t *db;
    const char *file; /* the SQLite file that was made, NULL if it was there or isn't one */
    int initialised;  /* it is a base already */
} new_base_t;

/** Open a base that may not exist yet. CTL_DONE, or CTL_FAILED after a message. */
int init_open(ctl_t *ctl, new_base_t *base);

/** Make it a base. Prints what it holds then. */
int init_fill(new_base_t *base);

/** Close it; a file that was made goes away unless status is CTL_DONE. Gives status. */
int init_close(new_base_t *base, int status);

#endif
