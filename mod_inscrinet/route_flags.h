/* SPDX-License-Identifier: Apache-2.0
 *
 * The words with which routes.def writes its rows: for whoever makes rows of it.
 */
#ifndef MOD_INSCRINET_ROUTE_FLAGS_H
#define MOD_INSCRINET_ROUTE_FLAGS_H

#include "route.h"

enum {
    PASSES_LOCK = ROUTE_PASSES_LOCK,
    QUIT_PASSES_LOCK = ROUTE_QUIT_PASSES_LOCK,
    LONG_FORM = ROUTE_LONG_FORM,
    STEP_FIELDS = ROUTE_STEP_FIELDS,
    UPLOAD = ROUTE_UPLOAD,
    LARGE = ROUTE_LARGE,
    VIEWED = ROUTE_VIEWED,
    PASSES_ARCHIVE = ROUTE_PASSES_ARCHIVE
};

/* what every list with rows to tick sends besides its own */
#define TICKED_FIELDS "recherche candidat+ "
#define TICKED_HIDDEN "vers "

#endif
