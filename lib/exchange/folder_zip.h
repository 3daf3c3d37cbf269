/* SPDX-License-Identifier: Apache-2.0
 *
 * A folder of files as one zip.
 */
#ifndef INSCRINET_EXCHANGE_FOLDER_ZIP_H
#define INSCRINET_EXCHANGE_FOLDER_ZIP_H

#include <apr_pools.h>

/** Write the files of a folder, in the order of their names, each below "root/", into a zip at path, readable
 * by its owner alone: whole or not at all. NULL, or why not: an English line in pool. *bytes: its size. */
const char *folder_zip(apr_pool_t *pool, const char *folder, const char *root, const char *path,
                       apr_int64_t *bytes);

#endif
