/* SPDX-License-Identifier: Apache-2.0
 *
 * Candidates, their units, and where a mark is given what changed of them.
 */
#ifndef INSCRINET_EXCHANGE_UNLOAD_CANDIDATES_H
#define INSCRINET_EXCHANGE_UNLOAD_CANDIDATES_H

#include "unload_run.h"

/** Write their sheets. 0: done; -1: an error, or left off. */
int unload_candidates(unload_t *unload);

#endif
