/* SPDX-License-Identifier: Apache-2.0
 *
 * An input's memory, and its end. APR's pools and buckets lay what they are asked for side by side, where a
 * byte too far is somebody else's and nobody sees it; the functions of these names here stand before APR's,
 * in APR's own code too, and take each piece from malloc, which AddressSanitizer puts walls around.
 */
#include "fuzz.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <apr_buckets.h>
#include <apr_general.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);

static struct {
    void **piece;
    size_t count, room;
    size_t lasting; /* the first ones: APR's own, from before there was an input */
} pieces;

static void *allocate(size_t size)
{
    void *piece = malloc(size);

    if (piece == NULL)
        abort();
    return piece;
}

static void keep(void *piece)
{
    if (pieces.count == pieces.room) {
        pieces.room = pieces.room > 0 ? 2 * pieces.room : 1024;
        pieces.piece = realloc(pieces.piece, pieces.room * sizeof *pieces.piece);
        if (pieces.piece == NULL)
            abort();
    }
    pieces.piece[pieces.count++] = piece;
}

void *apr_palloc(apr_pool_t *pool, apr_size_t size)
{
    void *piece = allocate(size);

    (void)pool;
    keep(piece);
    return piece;
}

void *apr_bucket_alloc(apr_size_t size, apr_bucket_alloc_t *list)
{
    (void)list;
    return allocate(size);
}

void apr_bucket_free(void *piece)
{
    free(piece);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    apr_initialize();
    pieces.lasting = pieces.count;
    return 0;
}

apr_pool_t *fuzz_begin(void)
{
    apr_pool_t *pool;

    if (apr_pool_create(&pool, NULL) != APR_SUCCESS)
        abort();
    return pool;
}

void fuzz_end(apr_pool_t *pool)
{
    apr_pool_destroy(pool);
    while (pieces.count > pieces.lasting)
        free(pieces.piece[--pieces.count]);
}

const char *fuzz_text(apr_pool_t *pool, const uint8_t *bytes, size_t size)
{
    return apr_pstrndup(pool, (const char *)bytes, size);
}

const char *fuzz_part(apr_pool_t *pool, const char **rest, char sign)
{
    const char *start = *rest, *end = strchr(start, sign);

    *rest = end != NULL ? end + 1 : start + strlen(start);
    return apr_pstrmemdup(pool, start, end != NULL ? (apr_size_t)(end - start) : strlen(start));
}

const char *fuzz_kept(apr_pool_t *pool, fuzz_check_t *check, const char *typed)
{
    const char *kept = NULL;
    message_t problem = check(pool, typed, &kept);

    holds((problem == MSG_OK) == (kept != NULL), "kept if it is right: « %s »", typed);
    return kept;
}

const char *fuzz_kept_again(apr_pool_t *pool, fuzz_check_t *check, const char *typed)
{
    const char *kept = fuzz_kept(pool, check, typed);

    if (kept != NULL)
        holds_same(fuzz_kept(pool, check, kept), kept, "what is kept is right, and kept as it is");
    return kept;
}

/* SplitMix64, begun with the bytes (FNV-1a). */
fuzz_draw_t fuzz_draw(const uint8_t *bytes, size_t size)
{
    fuzz_draw_t draw = {0xcbf29ce484222325u};
    size_t i;

    for (i = 0; i < size; i++)
        draw.state = (draw.state ^ bytes[i]) * 0x100000001b3u;
    return draw;
}

uint64_t fuzz_below(fuzz_draw_t *draw, uint64_t most)
{
    uint64_t mixed = draw->state += 0x9e3779b97f4a7c15u;

    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
    return (mixed ^ mixed >> 31) % most;
}

void fuzz_fail(const char *file, int line, const char *condition, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    fprintf(stderr, "%s:%d: %s does not hold: ", file, line, condition);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    abort();
}
