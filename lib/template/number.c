/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers as JavaScript writes them (ECMAScript, Number::toString): the fewest digits that read back as the
 * same number, without exponent from 1e-6 up to 1e21.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "internal.h"

#define DIGITS_MAX 17 /* enough for any double */

typedef struct decimal_t {
    char digits[DIGITS_MAX + 1];
    int count;
    int point; /* the value is 0.DIGITS * 10^point */
} decimal_t;

/* The locale may put another sign in the place of the decimal point: only digits are read. */
static void shortest(double value, decimal_t *decimal)
{
    char text[64];
    const char *at = text;

    for (int precision = 0; precision < DIGITS_MAX; precision++) {
        snprintf(text, sizeof text, "%.*e", precision, value);
        if (strtod(text, NULL) == value)
            break;
    }
    decimal->count = 0;
    for (; *at && *at != 'e'; at++)
        if (*at >= '0' && *at <= '9' && decimal->count < DIGITS_MAX)
            decimal->digits[decimal->count++] = *at;
    decimal->point = atoi(at + (*at == 'e')) + 1;
    while (decimal->count > 1 && decimal->digits[decimal->count - 1] == '0')
        decimal->count--;
}

static char *put(char *out, const char *bytes, int count)
{
    memcpy(out, bytes, (size_t)count);
    return out + count;
}

static char *zeros(char *out, int count)
{
    memset(out, '0', (size_t)count);
    return out + count;
}

static char *put_decimal(char *out, const decimal_t *decimal)
{
    int count = decimal->count;
    int point = decimal->point;

    if (point >= count)
        return zeros(put(out, decimal->digits, count), point - count);
    if (point > 0) {
        out = put(put(out, decimal->digits, point), ".", 1);
        return put(out, decimal->digits + point, count - point);
    }
    return put(zeros(put(out, "0.", 2), -point), decimal->digits, count);
}

static char *put_exponent(char *out, const decimal_t *decimal)
{
    char exponent[16];
    int length = snprintf(exponent, sizeof exponent, "e%+d", decimal->point - 1);

    out = put(out, decimal->digits, 1);
    if (decimal->count > 1)
        out = put(put(out, ".", 1), decimal->digits + 1, decimal->count - 1);
    return put(out, exponent, length);
}

size_t number_text(char *out, double value)
{
    char *at = out;
    decimal_t decimal;

    if (isnan(value))
        return (size_t)(put(out, "NaN", 3) - out);
    if (value == 0)
        return (size_t)(put(out, "0", 1) - out);
    if (value < 0) {
        at = put(at, "-", 1);
        value = -value;
    }
    if (isinf(value))
        return (size_t)(put(at, "Infinity", 8) - out);
    shortest(value, &decimal);
    if (decimal.point > 21 || decimal.point < -5)
        at = put_exponent(at, &decimal);
    else
        at = put_decimal(at, &decimal);
    return (size_t)(at - out);
}
