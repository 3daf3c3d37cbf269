/* SPDX-License-Identifier: Apache-2.0
 *
 * A folder that is there wholly or not at all. Its files are written in a hidden one beside it, which gets
 * the name when all of them are on the disk. What an interrupted run has left is cleared away by the next one
 * of that name; two at once get in nobody's way.
 */
#ifndef INSCRINET_EXCHANGE_OUT_FOLDER_H
#define INSCRINET_EXCHANGE_OUT_FOLDER_H

#include <apr_pools.h>

typedef struct out_folder_t {
    apr_pool_t *pool;
    const char *path;   /* as it was asked for */
    const char *work;   /* where files are written meanwhile */
    const char *parent; /* of both */
    int lock;           /* the work folder's descriptor, locked */
} out_folder_t;

/** Begin a folder that isn't there, or is empty. A French sentence where that can't be; NULL: begun. */
const char *out_folder_begin(apr_pool_t *pool, const char *path, out_folder_t **folder);
/** The path of a file in it. */
const char *out_folder_file(const out_folder_t *folder, const char *name);
/** Give it its name. As out_folder_begin. */
const char *out_folder_keep(out_folder_t *folder);
/** Leave nothing of it. */
void out_folder_drop(out_folder_t *folder);

#endif
