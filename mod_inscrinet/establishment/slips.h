/* SPDX-License-Identifier: Apache-2.0
 *
 * What slips of all kinds say alike.
 */
#ifndef MOD_INSCRINET_ESTABLISHMENT_SLIPS_H
#define MOD_INSCRINET_ESTABLISHMENT_SLIPS_H

#include "../page.h"

/** Where pupils log in to register: at the site's public address, else at the one that this page was asked
 * for at. */
const char *slip_address(page_t *page);

#endif
