/* SPDX-License-Identifier: Apache-2.0
 *
 * The file: objects go out as they are complete, and nothing is kept of them but where they are.
 *
 * Where objects are is told by cross-reference streams: one each few thousand objects, each naming the one
 * before, so that a document of any length needs the memory of one.
 */
#include "haru_internal.h"

#if HARU_OBJECTS

#include <apr_strings.h>
#include <stdlib.h>

#define PIECE (32 * 1024) /* bytes given to the sink at once */
#define PLACES 8192       /* in one cross-reference stream */
#define STREAM_LEVEL 4    /* of zlib: 6 takes a third more time for three hundredths less bytes */

/* a cross-reference entry: its type, then where or in which stream, then the index in that stream */
#define TYPE_WIDTH 1
#define PLACE_WIDTH 5
#define INDEX_WIDTH 2
#define ENTRY_WIDTH (TYPE_WIDTH + PLACE_WIDTH + INDEX_WIDTH)

/* ---------------------------------------------------------------- bytes to the sink */

void haru_flush(haru_t *haru)
{
    haru_file_t *file = &haru->file;

    file->given = 1;
    if (file->used && file->status == APR_SUCCESS)
        file->status = file->sink(file->baton, file->piece, file->used);
    file->used = 0;
}

/* Append to the file. */
static void put_out(haru_t *haru, const char *bytes, apr_size_t length)
{
    haru_file_t *file = &haru->file;

    file->written += (apr_off_t)length;
    while (length) {
        apr_size_t part = PIECE - file->used < length ? PIECE - file->used : length;

        memcpy(file->piece + file->used, bytes, part);
        file->used += part;
        bytes += part;
        length -= part;
        if (file->used == PIECE)
            haru_flush(haru);
    }
}

void haru_file_begin(haru_t *haru, document_sink_t sink, void *baton)
{
    haru_file_t *file = &haru->file;

    apr_pool_create(&file->scratch, haru->pool);
    file->sink = sink;
    file->baton = baton;
    file->piece = apr_palloc(haru->pool, PIECE);
    file->places = apr_palloc(haru->pool, PLACES * sizeof *file->places);
    file->pack.texts.pool = file->pack.index.pool = file->entry.pool = file->compressed.pool = haru->pool;
    file->zlib.pool = file->pack.zlib.pool = haru->pool;
    file->places[file->placed++] = (haru_place_t){0, HARU_FREE, 0, 0xFFFF};
    file->last_number = HARU_LAST_RESERVED;
    /* four bytes beyond ASCII tell programs that the file is not a text */
    put_out(haru, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n", 15);
}

static void put_out_buffer(haru_t *haru, const haru_buffer_t *buffer)
{
    put_out(haru, buffer->bytes, buffer->used);
}

/* ---------------------------------------------------------------- objects */

int haru_number(haru_t *haru)
{
    return ++haru->file.last_number;
}

void haru_note_place(haru_t *haru, int number, haru_place_type_t type, apr_off_t place, int index)
{
    haru_file_t *file = &haru->file;

    if (file->placed < PLACES)
        file->places[file->placed++] = (haru_place_t){number, type, place, index};
}

static void put_head(haru_t *haru, int number)
{
    haru_buffer_t *entry = &haru->file.entry;

    haru_note_place(haru, number, HARU_PLAIN, haru->file.written, 0);
    entry->used = 0;
    haru_put_number(entry, number);
    haru_put_string(entry, " 0 obj\n<<");
}

void haru_write_object(haru_t *haru, int number, const char *entries)
{
    haru_make_room(haru);
    put_head(haru, number);
    haru_put_string(&haru->file.entry, entries);
    haru_put_string(&haru->file.entry, ">>\nendobj\n");
    put_out_buffer(haru, &haru->file.entry);
}

void haru_put_stream(haru_t *haru, int number, const char *entries, const char *bytes, apr_size_t length)
{
    haru_buffer_t *entry = &haru->file.entry;

    put_head(haru, number);
    haru_put_string(entry, entries);
    haru_put_string(entry, "/Filter /FlateDecode\n/Length ");
    haru_put_number(entry, (long)length);
    haru_put_string(entry, ">>\nstream\n");
    put_out_buffer(haru, entry);
    put_out(haru, bytes, length);
    put_out(haru, "\nendstream\nendobj\n", 18);
}

/* without looking whether the cross-reference has room for it */
static void compress_stream(haru_t *haru, int number, const char *entries, const haru_buffer_t *first,
                            const haru_buffer_t *second)
{
    haru_buffer_t *compressed = &haru->file.compressed;

    if (haru_compress(&haru->file.zlib, STREAM_LEVEL, first, second, compressed))
        haru_put_stream(haru, number, entries, compressed->bytes, compressed->used);
    else
        haru->file.no_memory = 1;
}

void haru_write_stream(haru_t *haru, int number, const char *entries, const char *bytes, apr_size_t length)
{
    haru_make_room(haru);
    haru_put_stream(haru, number, entries, bytes, length);
}

void haru_compress_stream(haru_t *haru, int number, const char *entries, const haru_buffer_t *first,
                          const haru_buffer_t *second)
{
    haru_make_room(haru);
    compress_stream(haru, number, entries, first, second);
}

/* ---------------------------------------------------------------- cross-reference streams */

static int by_number(const void *a, const void *b)
{
    return ((const haru_place_t *)a)->number - ((const haru_place_t *)b)->number;
}

static void put_integer(haru_buffer_t *table, apr_uint64_t value, int width)
{
    while (width--) {
        char byte = (char)(value >> (8 * width) & 0xFF);

        haru_put(table, &byte, 1);
    }
}

/* "first count" of each run of numbers */
static void put_runs(haru_buffer_t *entries, const haru_place_t *places, int count)
{
    int i, run;

    for (i = 0; i < count; i += run) {
        for (run = 1; i + run < count && places[i + run].number == places[i].number + run; run++)
            ;
        haru_put_number(entries, places[i].number);
        haru_put_string(entries, " ");
        haru_put_number(entries, run);
        haru_put_string(entries, " ");
    }
}

static void write_places(haru_t *haru, const char *more)
{
    haru_file_t *file = &haru->file;
    haru_buffer_t table = {haru->file.scratch, NULL, 0, 0}, entries = {haru->file.scratch, NULL, 0, 0};
    int number = haru_number(haru), i;
    apr_off_t at = file->written;

    file->places[file->placed++] = (haru_place_t){number, HARU_PLAIN, at, 0};
    qsort(file->places, (size_t)file->placed, sizeof *file->places, by_number);
    for (i = 0; i < file->placed; i++) {
        put_integer(&table, (apr_uint64_t)file->places[i].type, TYPE_WIDTH);
        put_integer(&table, (apr_uint64_t)file->places[i].place, PLACE_WIDTH);
        put_integer(&table, (apr_uint64_t)file->places[i].index, INDEX_WIDTH);
    }
    haru_put_string(&entries,
                    apr_psprintf(haru->file.scratch, "/Type /XRef\n/Size %d\n/W [%d %d %d]\n/Index [",
                                 number + 1, TYPE_WIDTH, PLACE_WIDTH, INDEX_WIDTH));
    put_runs(&entries, file->places, file->placed);
    haru_put_string(&entries, apr_psprintf(haru->file.scratch, "]\n/Root %d 0 R\n%s", HARU_CATALOG, more));
    if (file->last_places)
        haru_put_string(&entries,
                        apr_psprintf(haru->file.scratch, "/Prev %" APR_OFF_T_FMT "\n", file->last_places));
    file->placed = 0; /* its own place is noted again and not needed */
    compress_stream(haru, number, haru_buffer_text(&entries), &table, NULL);
    file->placed = 0;
    file->last_places = at;
    apr_pool_clear(haru->file.scratch);
}

/* places that an object, its pack and the cross-reference stream may still take */
#define RESERVE 8

void haru_make_room(haru_t *haru)
{
    if (haru->file.placed < PLACES - HARU_PACK_OBJECTS - RESERVE)
        return;
    haru_write_pack(haru);
    write_places(haru, "");
}

apr_status_t haru_file_end(haru_t *haru, const char *trailer_entries)
{
    haru_file_t *file = &haru->file;

    haru_write_pack(haru);
    write_places(haru, trailer_entries);
    file->entry.used = 0;
    haru_put_string(&file->entry, "startxref\n");
    haru_put_number(&file->entry, (long)file->last_places);
    haru_put_string(&file->entry, "\n%%EOF\n");
    put_out_buffer(haru, &file->entry);
    haru_flush(haru);
    return file->status;
}

#endif
