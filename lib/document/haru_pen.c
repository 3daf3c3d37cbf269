/* SPDX-License-Identifier: Apache-2.0 */
#include "haru_internal.h"

#include <math.h>
#include <stdlib.h>

void pen_lift(pen_t *pen)
{
    if (pen->used)
        HPDF_Stream_Write(pen->stream, (const HPDF_BYTE *)pen->bytes, (HPDF_UINT)pen->used);
    pen->used = 0;
}

void pen_number(pen_t *pen, long number)
{
    char digits[24];
    int count = 0;

    if (number < 0)
        pen_char(pen, '-');
    do
        digits[count++] = (char)('0' + labs(number % 10));
    while (number /= 10);
    while (count)
        pen_char(pen, digits[--count]);
}

void pen_points(pen_t *pen, double points)
{
    long hundredths = lround(points * 100), part = labs(hundredths) % 100;

    if (hundredths < 0)
        pen_char(pen, '-');
    pen_number(pen, labs(hundredths) / 100);
    if (part) {
        pen_char(pen, '.');
        pen_char(pen, (char)('0' + part / 10));
        if (part % 10)
            pen_char(pen, (char)('0' + part % 10));
    }
}

void pen_hex(pen_t *pen, unsigned value, int digits)
{
    while (digits--)
        pen_char(pen, "0123456789ABCDEF"[value >> 4 * digits & 15]);
}

void pen_reference(pen_t *pen, HPDF_UINT32 number)
{
    pen_number(pen, (long)number);
    pen_string(pen, " 0 R");
}
