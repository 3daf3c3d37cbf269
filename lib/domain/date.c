/* SPDX-License-Identifier: Apache-2.0
 *
 * Dates as people type them, kept as ISO 8601. One text field takes them all: a calendar to click in is slow
 * for a birth date, and unusable on small screens.
 */
#include "check.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "../text/text.h"

enum { YOUNGEST = 13, OLDEST = 99, GROUPS = 3, DIGITS_MOST = 8 };

typedef struct date_groups_t {
    int count;
    int value[GROUPS];
    int digits[GROUPS];
} date_groups_t;

/* The groups of digits, parted by blanks, dots, dashes and slashes. 0 if there is anything else, or too much.
 */
static int read_groups(const char *typed, date_groups_t *groups)
{
    groups->count = 0;
    for (typed += strspn(typed, " ./-"); *typed != '\0'; typed += strspn(typed, " ./-")) {
        size_t digits = strspn(typed, "0123456789");

        if (digits == 0 || digits > DIGITS_MOST || groups->count == GROUPS)
            return 0;
        groups->value[groups->count] = atoi(typed);
        groups->digits[groups->count++] = (int)digits;
        typed += digits;
    }
    return 1;
}

/* "07072008": a year of two digits makes six of them. */
static message_t read_run(const date_groups_t *groups, date_t *date)
{
    int run = groups->value[0];

    if (groups->digits[0] == 6)
        return MSG_DATE_YEAR;
    if (groups->digits[0] != 8)
        return MSG_DATE_SHAPE;
    *date = (date_t){run % 10000, run / 10000 % 100, run / 1000000};
    return MSG_OK;
}

static message_t read_date(const date_groups_t *groups, date_t *date)
{
    const int *value = groups->value, *digits = groups->digits;

    if (groups->count == 1)
        return read_run(groups, date);
    if (groups->count != GROUPS || digits[1] > 2)
        return MSG_DATE_SHAPE;
    if (digits[0] == 4 && digits[2] <= 2) { /* what browsers fill in for a birthday: it can't be misread */
        *date = (date_t){value[0], value[1], value[2]};
        return MSG_OK;
    }
    if (digits[0] <= 2 && digits[2] == 2)
        return MSG_DATE_YEAR;
    if (digits[0] > 2 || digits[2] != 4)
        return MSG_DATE_SHAPE;
    *date = (date_t){value[2], value[1], value[0]};
    return MSG_OK;
}

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return month == 2 && leap ? 29 : days[month - 1];
}

message_t check_date(apr_pool_t *pool, const char *typed, const char **kept)
{
    date_groups_t groups;
    date_t date;
    message_t problem;

    if (!read_groups(text_trim(pool, typed), &groups))
        return MSG_DATE_SHAPE;
    if ((problem = read_date(&groups, &date)) != MSG_OK)
        return problem;
    if (date.month < 1 || date.month > 12)
        return MSG_DATE_MONTH;
    if (date.year < 1 || date.day < 1 || date.day > days_in(date.year, date.month))
        return MSG_DATE_UNREAL;
    *kept = apr_psprintf(pool, "%04d-%02d-%02d", date.year, date.month, date.day);
    return MSG_OK;
}

/* The time at the end of « 14/11/2026 17:00 », « 17h », « 17 h 30 »; *date what stands before it. */
static int read_time(apr_pool_t *pool, const char *typed, const char **date, int *hour, int *minute)
{
    const char *sign = strpbrk(typed, ":hH"), *after, *begins = sign;

    if (sign == NULL)
        return 0;
    while (begins > typed && begins[-1] == ' ')
        begins--;
    while (begins > typed && apr_isdigit(begins[-1]))
        begins--;
    after = sign + 1 + strspn(sign + 1, " ");
    *hour = atoi(begins);
    *minute = atoi(after);
    *date = text_trim(pool, apr_pstrmemdup(pool, typed, (apr_size_t)(begins - typed)));
    return apr_isdigit(*begins) && sign - begins <= 3 && strspn(after, "0123456789") == strlen(after) &&
           (strlen(after) == 2 || (*after == '\0' && *sign != ':'));
}

message_t check_minute(apr_pool_t *pool, const char *zone, const char *typed, apr_int64_t *kept)
{
    const char *date, *iso;
    local_time_t back;
    message_t problem;
    int hour, minute;

    if (!read_time(pool, text_trim(pool, typed), &date, &hour, &minute))
        return MSG_MINUTE_SHAPE;
    if ((problem = check_date(pool, date, &iso)) != MSG_OK)
        return problem == MSG_DATE_SHAPE ? MSG_MINUTE_SHAPE : problem;
    *kept = local_instant(zone, atoi(iso), atoi(iso + 5), atoi(iso + 8), hour, minute);
    if (*kept < 0 || !local_time(zone, *kept, &back) || back.hour != hour || back.minute != minute)
        return MSG_MINUTE_UNREAL;
    return MSG_OK;
}

message_t check_birth_date(apr_pool_t *pool, const char *typed, int session_year, const char **kept)
{
    const char *iso = NULL;
    message_t problem = check_date(pool, typed, &iso);
    int age;

    if (problem != MSG_OK)
        return problem;
    age = session_year - atoi(iso); /* on 31 December every birthday of the year is over */
    if (age < YOUNGEST || age > OLDEST)
        return MSG_BIRTH_DATE_AGE;
    *kept = iso;
    return MSG_OK;
}

const char *date_display(apr_pool_t *pool, const char *iso)
{
    if (strlen(iso) != 10 || iso[4] != '-' || iso[7] != '-')
        return iso; /* a draft also keeps what was typed wrong */
    return apr_psprintf(pool, "%.2s/%.2s/%.4s", iso + 8, iso + 5, iso);
}
