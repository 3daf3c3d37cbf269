/* SPDX-License-Identifier: Apache-2.0
 *
 * The writer's slow paths: a new buffer, a bucket, a flush; and the escaping.
 */
#include "writer.h"

/* Just under a power of two: the bucket allocator adds its headers and rounds up to pages. */
#define BUFFER_SIZE (16 * 1024 - 256)
#define REST_MIN 512 /* a rest smaller than that isn't worth a bucket */

/* What each byte becomes: 0 for itself, else an index of entities. */
static const unsigned char entity_of[256] = {
    ['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4, ['\''] = 5, ['/'] = 6, ['`'] = 7, ['='] = 8,
};

static const struct {
    const char *text;
    size_t length;
} entities[] = {
    {"", 0},      {"&amp;", 5},  {"&lt;", 4},   {"&gt;", 4},   {"&quot;", 6},
    {"&#39;", 5}, {"&#x2F;", 6}, {"&#x60;", 6}, {"&#x3D;", 6},
};

static void drop_buffer(writer_t *writer)
{
    if (writer->buffer)
        apr_bucket_destroy(writer->buffer);
    writer->buffer = NULL;
    writer->start = writer->at = writer->end = NULL;
}

static void new_buffer(writer_t *writer)
{
    apr_bucket_alloc_t *list = writer->out->bucket_alloc;
    char *bytes = apr_bucket_alloc(BUFFER_SIZE, list);

    if (!bytes) {
        writer->status = APR_ENOMEM;
        return;
    }
    writer->buffer = apr_bucket_heap_create(bytes, BUFFER_SIZE, apr_bucket_free, list);
    writer->start = writer->at = bytes;
    writer->end = bytes + BUFFER_SIZE;
}

/* Append the filled part of the buffer to the brigade. */
static void seal(writer_t *writer)
{
    apr_bucket *filled = writer->buffer;
    size_t used = (size_t)(writer->at - writer->start);

    if (used == 0)
        return;
    if (writer->at < writer->end) {
        writer->status = apr_bucket_split(filled, used);
        if (writer->status != APR_SUCCESS) {
            drop_buffer(writer);
            return;
        }
        writer->buffer = APR_BUCKET_NEXT(filled);
        APR_BUCKET_REMOVE(writer->buffer);
        /* both stand alone again: the next split links to what its bucket's links say */
        APR_BUCKET_INIT(writer->buffer);
        APR_BUCKET_INIT(filled);
    } else {
        writer->buffer = NULL;
    }
    APR_BRIGADE_INSERT_TAIL(writer->out, filled);
    writer->start = writer->at;
    writer->pending += used;
    if ((size_t)(writer->end - writer->at) < REST_MIN)
        drop_buffer(writer);
}

static void flush_if_due(writer_t *writer)
{
    if (!writer->flush || writer->pending < WRITER_PENDING || writer->status != APR_SUCCESS)
        return;
    writer->pending = 0;
    writer->status = writer->flush(writer->out, writer->baton);
}

void writer_write_slow(writer_t *writer, const char *bytes, size_t length)
{
    while (length > 0 && writer->status == APR_SUCCESS) {
        size_t room = (size_t)(writer->end - writer->at);
        size_t piece = length < room ? length : room;

        if (room == 0) {
            seal(writer);
            flush_if_due(writer);
            if (writer->status == APR_SUCCESS)
                new_buffer(writer);
            continue;
        }
        memcpy(writer->at, bytes, piece);
        writer->at += piece;
        bytes += piece;
        length -= piece;
    }
}

void writer_constant(writer_t *writer, const char *bytes, size_t length)
{
    if (length < WRITER_IMMORTAL) {
        writer_write(writer, bytes, length);
        return;
    }
    seal(writer);
    if (writer->status != APR_SUCCESS)
        return;
    APR_BRIGADE_INSERT_TAIL(writer->out,
                            apr_bucket_immortal_create(bytes, length, writer->out->bucket_alloc));
    writer->pending += length;
    flush_if_due(writer);
}

/* Sixteen bytes at a time: most texts have nothing to escape in most of their length. */
typedef unsigned char block_t __attribute__((vector_size(16)));

static inline int block_is_plain(const unsigned char *at)
{
    union {
        block_t block;
        apr_uint64_t halves[2];
    } found;
    block_t b;

    memcpy(&b, at, sizeof b);
    found.block = (block_t)((b == '&') | (b == '<') | (b == '>') | (b == '"') | (b == '\'') | (b == '/') |
                            (b == '`') | (b == '='));
    return (found.halves[0] | found.halves[1]) == 0;
}

void writer_escape(writer_t *writer, const char *bytes, size_t length)
{
    const unsigned char *at = (const unsigned char *)bytes;
    const unsigned char *end = at + length;

    while (at < end) {
        const unsigned char *run = at;

        while (end - at >= (ptrdiff_t)sizeof(block_t) && block_is_plain(at))
            at += sizeof(block_t);
        while (at < end && entity_of[*at] == 0)
            at++;
        if (at > run)
            writer_write(writer, (const char *)run, (size_t)(at - run));
        if (at < end) {
            writer_write(writer, entities[entity_of[*at]].text, entities[entity_of[*at]].length);
            at++;
        }
    }
}

apr_status_t writer_finish(writer_t *writer)
{
    if (writer->status == APR_SUCCESS)
        seal(writer);
    drop_buffer(writer);
    return writer->status;
}
