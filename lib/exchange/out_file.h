/* SPDX-License-Identifier: Apache-2.0
 *
 * A file that is written once: counted and hashed as it goes, on the disk when it is closed. What fails
 * sticks, and is told at the end.
 */
#ifndef INSCRINET_EXCHANGE_OUT_FILE_H
#define INSCRINET_EXCHANGE_OUT_FILE_H

#include <apr_pools.h>

typedef struct out_file_t out_file_t;

/** What a file came to. */
typedef struct out_total_t {
    apr_int64_t bytes;
    const char *sha256; /* in hex */
} out_total_t;

/** A new file, readable by its owner alone. NULL with errno. It is closed with the pool, if not before. */
out_file_t *out_file_open(apr_pool_t *pool, const char *path);

void out_file_put(out_file_t *file, const void *bytes, apr_size_t length);
/** The first error so far, as errno; 0: none. */
int out_file_error(const out_file_t *file);
/** Write what is left, down to the disk. 0, or an errno; *total is set in either case. */
int out_file_close(out_file_t *file, out_total_t *total);

#endif
