/* SPDX-License-Identifier: Apache-2.0
 *
 * Bytes that grow, and PDF objects made of them.
 *
 * libharu keeps each entry of a dictionary as an object of its own. Most of our dictionaries are known as
 * text, so they are written by a function of theirs when the document is saved, which costs a tenth of that.
 */
#include "haru_internal.h"

#if HARU_OBJECTS

#define FIRST_SIZE 512

static void make_room(haru_buffer_t *buffer, apr_size_t length)
{
    apr_size_t size = buffer->size ? buffer->size : FIRST_SIZE;
    char *bytes;

    while (size - buffer->used < length)
        size *= 2;
    bytes = apr_palloc(buffer->pool, size);
    if (buffer->used)
        memcpy(bytes, buffer->bytes, buffer->used);
    buffer->bytes = bytes;
    buffer->size = size;
}

void haru_put(haru_buffer_t *buffer, const char *bytes, apr_size_t length)
{
    if (buffer->size - buffer->used < length)
        make_room(buffer, length);
    memcpy(buffer->bytes + buffer->used, bytes, length);
    buffer->used += length;
}

void haru_put_string(haru_buffer_t *buffer, const char *string)
{
    haru_put(buffer, string, strlen(string));
}

void haru_put_number(haru_buffer_t *buffer, long number)
{
    char digits[24], *p = digits + sizeof digits;
    unsigned long left = number < 0 ? 0UL - (unsigned long)number : (unsigned long)number;

    do
        *--p = (char)('0' + left % 10);
    while (left /= 10);
    if (number < 0)
        *--p = '-';
    haru_put(buffer, p, (apr_size_t)(digits + sizeof digits - p));
}

void haru_put_points(haru_buffer_t *buffer, double points)
{
    long hundredths = (long)(points < 0 ? points * 100 - 0.5 : points * 100 + 0.5);
    char part[3] = {'.', 0, 0};
    long rest;

    if (hundredths < 0) {
        haru_put(buffer, "-", 1);
        hundredths = -hundredths;
    }
    haru_put_number(buffer, hundredths / 100);
    rest = hundredths % 100;
    part[1] = (char)('0' + rest / 10);
    part[2] = (char)('0' + rest % 10);
    if (rest)
        haru_put(buffer, part, rest % 10 ? 3 : 2);
}

void haru_put_hex(haru_buffer_t *buffer, unsigned value, int digits)
{
    static const char hex[] = "0123456789ABCDEF";

    while (digits--)
        haru_put(buffer, &hex[value >> (4 * digits) & 15], 1);
}

void haru_put_utf16(haru_buffer_t *buffer, unsigned letter)
{
    if (letter > 0xFFFF) {
        haru_put_hex(buffer, 0xD800 + ((letter - 0x10000) >> 10), 4);
        letter = 0xDC00 + ((letter - 0x10000) & 0x3FF);
    }
    haru_put_hex(buffer, letter, 4);
}

const char *haru_buffer_text(haru_buffer_t *buffer)
{
    haru_put(buffer, "", 1);
    return buffer->bytes;
}

/* ---------------------------------------------------------------- objects */

#define OBJECT_NUMBER 0x00FFFFFFu

static HPDF_STATUS write_entries(HPDF_Dict object, HPDF_Stream stream)
{
    const char *entries = object->attr;

    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)entries, (HPDF_UINT)strlen(entries));
}

static HPDF_STATUS write_compressed_entries(HPDF_Dict object, HPDF_Stream stream)
{
    HPDF_STATUS status = HPDF_Stream_WriteStr(stream, "/Filter /FlateDecode\n");

    return status == HPDF_OK && object->attr ? write_entries(object, stream) : status;
}

void haru_set_entries(HPDF_Dict object, const char *entries)
{
    if (!object || !entries)
        return;
    object->attr = (void *)(apr_uintptr_t)entries;
    object->write_fn = write_entries;
}

HPDF_Dict haru_object(haru_t *haru, const char *entries)
{
    HPDF_Dict object = HPDF_Dict_New(haru->doc->mmgr);

    if (!object || HPDF_Xref_Add(haru->doc->xref, object) != HPDF_OK)
        return NULL; /* libharu remembers the error, and frees what it refused */
    haru_set_entries(object, entries);
    return object;
}

HPDF_Dict haru_stream(haru_t *haru, const char *entries, const char *bytes, apr_size_t length, int compressed)
{
    HPDF_Dict object = HPDF_DictStream_New(haru->doc->mmgr, haru->doc->xref);

    if (!object)
        return NULL;
    haru_set_entries(object, entries);
    if (compressed)
        object->write_fn = write_compressed_entries;
    else
        object->filter = HPDF_STREAM_FILTER_FLATE_DECODE;
    HPDF_Stream_Write(object->stream, (const HPDF_BYTE *)bytes, (HPDF_UINT)length);
    return object;
}

void haru_cite(HPDF_Dict object, const char *key, HPDF_Dict cited)
{
    if (object && cited)
        HPDF_Dict_Add(object, key, cited);
}

void haru_put_reference(haru_buffer_t *buffer, HPDF_Dict cited)
{
    haru_put_number(buffer, cited ? (long)(cited->header.obj_id & OBJECT_NUMBER) : 0);
    haru_put_string(buffer, " 0 R");
}

#endif
