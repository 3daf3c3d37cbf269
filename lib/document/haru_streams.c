/* SPDX-License-Identifier: Apache-2.0
 *
 * Streams and dictionaries over libharu's: the file, bytes prepared at start-up, and deflated ones.
 */
#include "haru_internal.h"

#include <apr_strings.h>

#define PIECE (32 * 1024) /* given to the sink at once */

/* ---------------------------------------------------------------- the file */

void haru_flush(haru_t *haru)
{
    file_t *file = &haru->file;

    if (file->used && !haru_lost(haru))
        file->status = file->sink(file->baton, file->piece, file->used);
    file->used = 0;
}

static HPDF_STATUS write_file(HPDF_Stream stream, const HPDF_BYTE *bytes, HPDF_UINT length)
{
    haru_t *haru = stream->attr;
    file_t *file = &haru->file;

    file->written += length;
    file->too_large |= file->written > haru_limits.bytes;
    while (length) {
        HPDF_UINT part = PIECE - (HPDF_UINT)file->used < length ? PIECE - (HPDF_UINT)file->used : length;

        memcpy(file->piece + file->used, bytes, part);
        file->used += part;
        bytes += part;
        length -= part;
        if (file->used == PIECE)
            haru_flush(haru);
    }
    return HPDF_OK;
}

void haru_file_begin(haru_t *haru, document_sink_t sink, void *baton)
{
    file_t *file = &haru->file;

    file->sink = sink;
    file->baton = baton;
    file->piece = apr_palloc(haru->pool, PIECE);
    if (!haru->doc)
        return;
    file->stream = HPDF_CallbackWriter_New(haru->doc->mmgr, write_file, haru);
    HPDF_Stream_WriteStr(file->stream, "%PDF-1.4\n%\267\276\255\252\n");
}

/* ---------------------------------------------------------------- objects */

HPDF_UINT32 haru_number(const void *object)
{
    return ((const HPDF_Obj_Header *)object)->obj_id & 0x00FFFFFF;
}

HPDF_Dict haru_dictionary(haru_t *haru, HPDF_Xref xref)
{
    HPDF_Dict dictionary = HPDF_Dict_New(haru->doc->mmgr);

    HPDF_Xref_Add(xref, dictionary);
    return dictionary;
}

HPDF_Dict haru_inner(haru_t *haru, HPDF_Dict outer, const char *key)
{
    HPDF_Dict dictionary = HPDF_Dict_New(haru->doc->mmgr);

    HPDF_Dict_Add(outer, key, dictionary);
    return dictionary;
}

HPDF_Array haru_array(haru_t *haru, HPDF_Dict outer, const char *key)
{
    HPDF_Array array = HPDF_Array_New(haru->doc->mmgr);

    HPDF_Dict_Add(outer, key, array);
    return array;
}

/* stands for an object that has left, or is written by other means: libharu makes a reference of it */
static void *stand_in(haru_t *haru, HPDF_UINT32 number)
{
    HPDF_Obj_Header *header = apr_pcalloc(haru->pool, sizeof *header);

    header->obj_id = number | HPDF_OTYPE_INDIRECT;
    return header;
}

void haru_refer(haru_t *haru, HPDF_Array array, HPDF_UINT32 number)
{
    HPDF_Array_Add(array, stand_in(haru, number));
}

void haru_refer_entry(haru_t *haru, HPDF_Dict dictionary, const char *key, HPDF_UINT32 number)
{
    HPDF_Dict_Add(dictionary, key, stand_in(haru, number));
}

/* ---------------------------------------------------------------- readers of bytes */

typedef struct span_t {
    const unsigned char *bytes;
    HPDF_UINT length, at;
} span_t;

/* the end is told when less is there than was asked for: libharu's reducer would stop early otherwise */
static HPDF_STATUS span_read(HPDF_Stream stream, HPDF_BYTE *bytes, HPDF_UINT *length)
{
    span_t *span = stream->attr;
    HPDF_UINT asked = *length, left = span->length - span->at;

    *length = asked < left ? asked : left;
    memcpy(bytes, span->bytes + span->at, *length);
    span->at += *length;
    return *length < asked ? HPDF_STREAM_EOF : HPDF_OK;
}

static HPDF_STATUS span_seek(HPDF_Stream stream, HPDF_INT place, HPDF_WhenceMode from)
{
    span_t *span = stream->attr;
    HPDF_INT at = place + (from == HPDF_SEEK_CUR ? (HPDF_INT)span->at : 0);

    if (at < 0 || at > (HPDF_INT)span->length)
        return HPDF_STREAM_EOF;
    span->at = (HPDF_UINT)at;
    return HPDF_OK;
}

static HPDF_INT32 span_tell(HPDF_Stream stream)
{
    return (HPDF_INT32)((span_t *)stream->attr)->at;
}

static HPDF_UINT32 span_size(HPDF_Stream stream)
{
    return ((span_t *)stream->attr)->length;
}

HPDF_Stream haru_reader(HPDF_MMgr mmgr, apr_pool_t *pool, const void *bytes, apr_size_t length)
{
    span_t *span = apr_palloc(pool, sizeof *span);

    *span = (span_t){bytes, (HPDF_UINT)length, 0};
    return HPDF_CallbackReader_New(mmgr, span_read, span_seek, span_tell, span_size, span);
}

/* ---------------------------------------------------------------- streams in the document */

/* libharu, told of no filter, copies bytes that are deflated already, and this says what they are */
static HPDF_STATUS say_deflated(HPDF_Dict dictionary, HPDF_Stream stream)
{
    (void)dictionary;
    return HPDF_Stream_WriteStr(stream, "/Filter /FlateDecode\n");
}

static void free_length(HPDF_Dict dictionary)
{
    HPDF_Number length = HPDF_Dict_GetItem(dictionary, "Length", HPDF_OCLASS_NUMBER);

    length->header.obj_id = HPDF_OTYPE_DIRECT;
}

/*
 * A length that is known stays in its dictionary. HPDF_Dict_Write wants one that is marked as an object of
 * its own; the mark is all it looks at, and must go before the dictionary is freed.
 */
static HPDF_Dict add_stream(haru_t *haru, HPDF_Xref xref, HPDF_Stream stream)
{
    HPDF_Dict dictionary = haru_dictionary(haru, xref);
    HPDF_Number length = HPDF_Number_New(haru->doc->mmgr, (HPDF_INT32)HPDF_Stream_Size(stream));

    dictionary->stream = stream;
    dictionary->write_fn = say_deflated;
    dictionary->free_fn = free_length;
    HPDF_Dict_Add(dictionary, "Length", length);
    length->header.obj_id |= HPDF_OTYPE_INDIRECT;
    return dictionary;
}

HPDF_Dict haru_prepared(haru_t *haru, HPDF_Xref xref, const haru_bytes_t *bytes)
{
    return add_stream(haru, xref, haru_reader(haru->doc->mmgr, haru->pool, bytes->bytes, bytes->length));
}

/* ---------------------------------------------------------------- deflating */

void haru_deflate_begin(haru_t *haru, apr_size_t length)
{
    apr_size_t most;

    if (!haru->compressor && !haru->no_memory)
        haru->compressor = compressor_take();
    haru->no_memory = !haru->compressor;
    if (haru->no_memory)
        return;
    deflateReset(&haru->compressor->zlib);
    most = deflateBound(&haru->compressor->zlib, length);
    if (most > haru->deflated_size) {
        haru->deflated_size = 2 * most;
        haru->deflated = apr_palloc(haru->pool, haru->deflated_size);
    }
    haru->compressor->zlib.next_out = haru->deflated;
    haru->compressor->zlib.avail_out = (uInt)haru->deflated_size;
}

void haru_deflate(haru_t *haru, const void *bytes, apr_size_t length)
{
    if (haru->no_memory)
        return;
    haru->compressor->zlib.next_in = (Bytef *)bytes;
    haru->compressor->zlib.avail_in = (uInt)length;
    deflate(&haru->compressor->zlib, Z_NO_FLUSH);
}

void haru_deflate_stream(haru_t *haru, HPDF_Stream stream)
{
    HPDF_UINT i, count = stream ? HPDF_MemStream_GetBufCount(stream) : 0, length;

    for (i = 0; i < count; i++) {
        const HPDF_BYTE *bytes = HPDF_MemStream_GetBufPtr(stream, i, &length);

        haru_deflate(haru, bytes, length);
    }
}

static HPDF_Stream finish_deflating(haru_t *haru)
{
    apr_size_t length = 0;

    if (!haru->no_memory) {
        haru->compressor->zlib.avail_in = 0;
        deflate(&haru->compressor->zlib, Z_FINISH);
        length = haru->compressor->zlib.total_out;
    }
    return haru_reader(haru->doc->mmgr, haru->scratch, apr_pmemdup(haru->scratch, haru->deflated, length),
                       length);
}

HPDF_Dict haru_deflated(haru_t *haru, HPDF_Xref xref)
{
    return add_stream(haru, xref, finish_deflating(haru));
}

void haru_replace_contents(haru_t *haru, HPDF_Dict contents)
{
    HPDF_Stream_Free(contents->stream);
    contents->stream = finish_deflating(haru);
    contents->write_fn = say_deflated;
}

void haru_deflate_end(haru_t *haru)
{
    if (haru->compressor)
        compressor_give_back(haru->compressor);
    haru->compressor = NULL;
}
