/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl load all: a new base of what `unload all` has written.
 */
#ifndef INSCRINETCTL_LOAD_ALL_H
#define INSCRINETCTL_LOAD_ALL_H

#include "inscrinetctl.h"

/** Load a folder into a base that isn't there yet, or that init alone has made: wholly, or nothing of it.
 * Prints what it holds then. CTL_DONE, or CTL_FAILED after a message. */
int load_all(ctl_t *ctl, const char *folder);

#endif
