/* SPDX-License-Identifier: Apache-2.0
 *
 * Years, marks, durations.
 */
#include "check.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

enum { MARK_MOST = 2000, DIGITS_MOST = 6, WHOLE_DIGITS_MOST = 18, CANDIDATE_NUMBER_MOST = 12 };

static int all_digits(const char *text, size_t least, size_t most)
{
    size_t length = strspn(text, "0123456789");

    return text[length] == '\0' && length >= least && length <= most;
}

message_t check_year(apr_pool_t *pool, const char *typed, const char **kept)
{
    if (!all_digits(typed, 4, 4) || typed[0] == '0')
        return MSG_YEAR_SHAPE;
    *kept = apr_pstrdup(pool, typed);
    return MSG_OK;
}

message_t check_mark(apr_pool_t *pool, const char *typed, const char **kept, int *hundredths)
{
    size_t whole = strspn(typed, "0123456789"), part = 0;
    const char *rest = typed + whole;
    int value;

    if (*rest == ',' || *rest == '.')
        part = strspn(++rest, "0123456789");
    if (whole == 0 || whole > 2 || part > 2 || rest[part] != '\0' || (rest != typed + whole && part == 0))
        return MSG_MARK_SHAPE;
    value = atoi(typed) * 100;
    if (part > 0)
        value += (rest[0] - '0') * 10 + (part > 1 ? rest[1] - '0' : 0);
    if (value > MARK_MOST)
        return MSG_MARK_SHAPE;
    *hundredths = value;
    *kept = apr_psprintf(pool, "%d,%02d", value / 100, value % 100);
    return MSG_OK;
}

apr_int64_t whole_number(const char *typed)
{
    return all_digits(typed, 1, WHOLE_DIGITS_MOST) ? apr_atoi64(typed) : 0;
}

int number_within(const char *typed, int least, int most)
{
    apr_int64_t number = whole_number(typed);

    if ((number == 0 && strcmp(typed, "0") != 0) || number < least || number > most)
        return -1;
    return (int)number;
}

message_t check_number(apr_pool_t *pool, const char *typed, int most, const char **kept)
{
    if (!all_digits(typed, 1, DIGITS_MOST) || atoi(typed) > most)
        return MSG_NUMBER_SHAPE;
    *kept = apr_psprintf(pool, "%d", atoi(typed));
    return MSG_OK;
}

/* Where the number ends and its revision begins: « 11-0 », « 002VERSION2 ». */
static size_t without_revision(const char *typed)
{
    size_t digits = strspn(typed, "0123456789");
    const char *rest = typed + digits;

    if (digits > 0 &&
        ((rest[0] == '-' && all_digits(rest + 1, 1, DIGITS_MOST)) || strncmp(rest, "VERSION", 7) == 0))
        return digits;
    return strlen(typed);
}

message_t check_candidate_number(apr_pool_t *pool, const char *typed, const char **kept)
{
    char *number = apr_palloc(pool, strlen(typed) + 1), *to = number;

    for (; *typed != '\0'; typed++)
        if (*typed != ' ')
            *to++ = (char)apr_toupper(*typed);
    *to = '\0';
    number[without_revision(number)] = '\0';
    for (to = number; *to != '\0'; to++)
        if (!apr_isalnum(*to))
            return MSG_CANDIDATE_NUMBER_SHAPE;
    number += strspn(number, "0");
    if (*number == '\0' || strlen(number) > CANDIDATE_NUMBER_MOST)
        return MSG_CANDIDATE_NUMBER_SHAPE;
    *kept = number;
    return MSG_OK;
}
