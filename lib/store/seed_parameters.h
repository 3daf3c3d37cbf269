/* SPDX-License-Identifier: Apache-2.0
 *
 * seeds/parameters.csv as it is: what a new base says of parameters, and what a page calls their default.
 */
#ifndef INSCRINET_STORE_SEED_PARAMETERS_H
#define INSCRINET_STORE_SEED_PARAMETERS_H

#include "seed_table.h"

/** The file's first byte, and the one after its last. */
extern const char seed_parameters_start[], seed_parameters_end[] __attribute__((visibility("hidden")));

#endif
