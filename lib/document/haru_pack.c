/* SPDX-License-Identifier: Apache-2.0
 *
 * Small objects (elements of the structure, pages) are packed into object streams of some hundred each, which
 * makes a tagged page a third of its size.
 *
 * Their texts are nearly alike, which is what zlib is slowest with: its quickest level takes a third of the
 * time for a fifth more bytes.
 */
#include "haru_internal.h"

#if HARU_OBJECTS

#include <apr_strings.h>

#define PACK_BYTES (48 * 1024)

void haru_write_pack(haru_t *haru)
{
    haru_file_t *file = &haru->file;
    haru_pack_t *pack = &file->pack;
    const char *entries;

    if (!pack->count)
        return;
    entries = apr_psprintf(file->scratch, "/Type /ObjStm\n/N %d\n/First %lu\n", pack->count,
                           (unsigned long)pack->index.used);
    haru_put(&pack->index, pack->texts.bytes, pack->texts.used);
    if (haru_compress(&pack->zlib, Z_BEST_SPEED, &pack->index, NULL, &file->compressed))
        haru_put_stream(haru, pack->number, entries, file->compressed.bytes, file->compressed.used);
    else
        file->no_memory = 1;
    pack->texts.used = pack->index.used = 0;
    pack->count = 0;
    apr_pool_clear(file->scratch);
}

void haru_pack(haru_t *haru, int number, const char *text, apr_size_t length)
{
    haru_pack_t *pack = &haru->file.pack;

    if (!pack->count)
        pack->number = haru_number(haru);
    haru_put_number(&pack->index, number);
    haru_put(&pack->index, " ", 1);
    haru_put_number(&pack->index, (long)pack->texts.used);
    haru_put(&pack->index, " ", 1);
    haru_put(&pack->texts, text, length);
    haru_put(&pack->texts, "\n", 1);
    haru_note_place(haru, number, HARU_PACKED, pack->number, pack->count++);
    if (pack->count == HARU_PACK_OBJECTS || pack->texts.used > PACK_BYTES) {
        haru_write_pack(haru);
        haru_make_room(haru);
    }
}

#endif
