/* SPDX-License-Identifier: Apache-2.0
 *
 * An unload under way: where it reads and writes, how far it is, what stopped it.
 */
#ifndef INSCRINET_EXCHANGE_UNLOAD_RUN_H
#define INSCRINET_EXCHANGE_UNLOAD_RUN_H

#include "../store/transfer.h"
#include "package.h"

typedef struct unload_t {
    apr_pool_t *pool;
    db_t *db;
    const scope_t *scope;     /* of candidates */
    transfer_choice_t choice; /* of candidates */
    package_t package;        /* what and title; reach, sequence and since of candidates */
    out_folder_t *folder;
    /* called now and then with the rows so far; not 0: leave off. NULL: nobody asks */
    int (*told)(void *baton, apr_int64_t rows);
    void *baton;
    apr_int64_t rows;
    const char *error;  /* a French sentence; NULL: none, or one of the base's (db_error) */
    out_total_t digest; /* of its datapackage.json */
} unload_t;

/** A sheet of the package, open; NULL after an error. */
sheet_t *unload_sheet(unload_t *unload, const kind_t *kind);
/** One more row was written. 0: go on. */
int unload_row(unload_t *unload, const sheet_t *sheet);
/** No more of a sheet. 0: done. */
int unload_sheet_end(unload_t *unload, sheet_t *sheet);
/** What can't be written is told, by its errno. -1. */
int unload_failed(unload_t *unload, const char *name, int error);
/** Whether all of the base is unloaded. */
int unload_is_whole(const unload_t *unload);

#endif
