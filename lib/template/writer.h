/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a rendering writes: small pieces are copied into big heap buffers, long constants become buckets
 * that point to them. A buffer is a heap bucket from its birth; what is filled is split off and appended to
 * the brigade, the rest is filled next. So a page alternates constants and values without a copy or a waste.
 */
#ifndef INSCRINET_TEMPLATE_WRITER_H
#define INSCRINET_TEMPLATE_WRITER_H

#include <stddef.h> /* first: with offsetof, APR's rings are clean C */
#include <string.h>

#include <apr_buckets.h>

#define WRITER_IMMORTAL 512        /* from here on a bucket costs less than a copy */
#define WRITER_PENDING (64 * 1024) /* handed on when streaming */

typedef struct writer_t {
    apr_bucket_brigade *out;
    apr_brigade_flush flush; /* NULL: everything stays in the brigade */
    void *baton;
    apr_bucket *buffer; /* not in the brigade yet */
    char *start;        /* its bytes */
    char *at;           /* the next one to fill */
    char *end;
    size_t pending; /* bytes in the brigade since the last flush */
    apr_status_t status;
} writer_t;

/* Out of line: a piece that goes past the buffer's end. After an error it writes nothing. */
void writer_write_slow(writer_t *writer, const char *bytes, size_t length);

/** Copy bytes. */
static inline void writer_write(writer_t *writer, const char *bytes, size_t length)
{
    if (length < (size_t)(writer->end - writer->at)) { /* less: true only where there is a buffer */
        memcpy(writer->at, bytes, length);
        writer->at += length;
    } else {
        writer_write_slow(writer, bytes, length);
    }
}

/** Append a constant, which outlives the brigade. */
void writer_constant(writer_t *writer, const char *bytes, size_t length);

/** Copy a text, with & < > " ' / ` = escaped. */
void writer_escape(writer_t *writer, const char *bytes, size_t length);

/** Append what still waits, and give the rest back. */
apr_status_t writer_finish(writer_t *writer);

#endif
