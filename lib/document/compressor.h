/* SPDX-License-Identifier: Apache-2.0
 *
 * What deflates a document's streams. Its quarter of a megabyte outlives the document: to be given back to
 * the system and touched anew each time, it would cost more than the deflating itself.
 */
#ifndef INSCRINET_DOCUMENT_COMPRESSOR_H
#define INSCRINET_DOCUMENT_COMPRESSOR_H

#include <zlib.h>

typedef struct compressor_t {
    z_stream zlib; /* in whatever state the former document left it: to be reset */
    struct compressor_t *next;
} compressor_t;

/** One that nobody else uses, from any thread. NULL: out of memory. */
compressor_t *compressor_take(void);

/** The process keeps a few for the next documents. */
void compressor_give_back(compressor_t *compressor);

#endif
