/* SPDX-License-Identifier: Apache-2.0
 *
 * Compression: one state of zlib for many streams. libharu makes one anew for each stream, which costs as
 * much as the compression of a short page, and can't be told to be quicker.
 */
#include "haru_internal.h"

#if HARU_OBJECTS

static apr_status_t end(void *stream)
{
    deflateEnd(stream);
    return APR_SUCCESS;
}

static int begin(haru_zlib_t *zlib, int level)
{
    if (zlib->ready)
        return deflateReset(&zlib->stream) == Z_OK;
    if (deflateInit(&zlib->stream, level) != Z_OK)
        return 0;
    zlib->ready = 1;
    apr_pool_cleanup_register(zlib->pool, &zlib->stream, end, apr_pool_cleanup_null);
    return 1;
}

static int feed(haru_zlib_t *zlib, const haru_buffer_t *run, int flush)
{
    zlib->stream.next_in = (Bytef *)run->bytes;
    zlib->stream.avail_in = (uInt)run->used;
    return deflate(&zlib->stream, flush);
}

int haru_compress(haru_zlib_t *zlib, int level, const haru_buffer_t *first, const haru_buffer_t *second,
                  haru_buffer_t *out)
{
    uLong most;

    if (!begin(zlib, level))
        return 0;
    most = deflateBound(&zlib->stream, (uLong)(first->used + (second ? second->used : 0)));
    out->used = 0;
    if (out->size < most)
        haru_grow(out, most);
    zlib->stream.next_out = (Bytef *)out->bytes;
    zlib->stream.avail_out = (uInt)out->size;
    if (second && first->used && feed(zlib, first, Z_NO_FLUSH) != Z_OK)
        return 0;
    if (feed(zlib, second ? second : first, Z_FINISH) != Z_STREAM_END)
        return 0;
    out->used = zlib->stream.total_out;
    return 1;
}

#endif
