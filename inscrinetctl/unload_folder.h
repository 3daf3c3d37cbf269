/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl unload candidates, for whoever asks for it otherwise than by the command.
 */
#ifndef INSCRINETCTL_UNLOAD_FOLDER_H
#define INSCRINETCTL_UNLOAD_FOLDER_H

#include "../lib/store/transfer.h"
#include "inscrinetctl.h"

typedef struct unload_order_t {
    const char *reach; /* an exam or a session as operators name them; NULL: all */
    apr_int64_t since; /* what changed since that number; 0: all */
    const char *folder;
    int (*told)(void *baton, apr_int64_t rows); /* as unload_t's */
    void *baton;
} unload_order_t;

/** Candidates into a new folder, under the base's lock. Gives CTL_…. */
int unload_folder(ctl_t *ctl, db_t *db, const unload_order_t *order, unload_made_t *made);

#endif
