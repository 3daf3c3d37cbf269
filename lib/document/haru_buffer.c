/* SPDX-License-Identifier: Apache-2.0
 *
 * Bytes that grow, and how PDF writes numbers and letters.
 */
#include "haru_internal.h"

#if HARU_OBJECTS

#define FIRST_SIZE 512

void haru_grow(haru_buffer_t *buffer, apr_size_t length)
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
    buffer->used--;
    return buffer->bytes;
}

void haru_put_reference(haru_buffer_t *buffer, int number)
{
    haru_put_number(buffer, number);
    haru_put(buffer, " 0 R", 4);
}

#endif
