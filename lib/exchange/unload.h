/* SPDX-License-Identifier: Apache-2.0
 *
 * Unloads: the base as files that other systems read, or another base loads. All is read in one snapshot, row
 * by row in flat memory; the folder is there wholly or not at all.
 */
#ifndef INSCRINET_EXCHANGE_UNLOAD_H
#define INSCRINET_EXCHANGE_UNLOAD_H

#include "unload_run.h"

/** Write what package.what says into the folder; of candidates with choice.mark those that changed, and how.
 * In a reading transaction of the caller's. 0: done; -1: an error, or left off. */
int unload_write(unload_t *unload);

#endif
