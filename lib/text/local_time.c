/* SPDX-License-Identifier: Apache-2.0
 *
 * Instants and the wall clock of an authority. A calendar of ICU is opened for each conversion: nothing is
 * shared between threads, and nothing has to be closed at their end. Pages tell the same instant again and
 * again (a window's end, this second), so that each thread remembers its last ones.
 */
#include "text.h"

#include <apr_strings.h>
#include <string.h>
#include <unicode/ucal.h>
#include <unicode/udat.h>
#include <unicode/ustring.h>

enum { ZONE_MOST = 64, REMEMBERED = 4 };

static const char *const weekdays[] = {"dimanche", "lundi",    "mardi", "mercredi",
                                       "jeudi",    "vendredi", "samedi"};
static const char *const months[] = {"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                     "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};

const char *local_month_name(int month)
{
    return months[month - 1];
}

/* ICU takes an unknown zone for GMT, silently: ask whether it knows it. */
static UCalendar *open_calendar(const char *zone)
{
    UChar name[ZONE_MOST], known[ZONE_MOST];
    UErrorCode error = U_ZERO_ERROR;
    UBool is_system = 0;

    if (strlen(zone) >= ZONE_MOST)
        return NULL;
    u_uastrcpy(name, zone);
    ucal_getCanonicalTimeZoneID(name, -1, known, ZONE_MOST, &is_system, &error);
    if (U_FAILURE(error))
        return NULL;
    return ucal_open(name, -1, "fr", UCAL_GREGORIAN, &error);
}

int local_zone_has_city(const char *zone)
{
    static const char *const continents[] = {"Africa/",   "America/",   "Antarctica/", "Arctic/", "Asia/",
                                             "Atlantic/", "Australia/", "Europe/",     "Indian/", "Pacific/"};
    UCalendar *calendar;
    size_t i;

    for (i = 0; i < sizeof continents / sizeof *continents; i++)
        if (strncmp(zone, continents[i], strlen(continents[i])) == 0)
            break;
    if (i == sizeof continents / sizeof *continents || (calendar = open_calendar(zone)) == NULL)
        return 0;
    ucal_close(calendar);
    return 1;
}

static int convert(const char *zone, apr_int64_t instant, local_time_t *local)
{
    UCalendar *calendar = open_calendar(zone);
    UErrorCode error = U_ZERO_ERROR;

    if (calendar == NULL)
        return 0;
    ucal_setMillis(calendar, (UDate)instant * 1000, &error);
    local->year = ucal_get(calendar, UCAL_YEAR, &error);
    local->month = ucal_get(calendar, UCAL_MONTH, &error) + 1;
    local->day = ucal_get(calendar, UCAL_DATE, &error);
    local->hour = ucal_get(calendar, UCAL_HOUR_OF_DAY, &error);
    local->minute = ucal_get(calendar, UCAL_MINUTE, &error);
    local->second = ucal_get(calendar, UCAL_SECOND, &error);
    local->weekday = ucal_get(calendar, UCAL_DAY_OF_WEEK, &error) - UCAL_SUNDAY;
    ucal_close(calendar);
    return U_SUCCESS(error);
}

int local_time(const char *zone, apr_int64_t instant, local_time_t *local)
{
    static _Thread_local struct {
        char zone[ZONE_MOST];
        apr_int64_t instant;
        local_time_t local;
    } known[REMEMBERED], *one;
    static _Thread_local unsigned oldest;
    int i;

    for (i = 0; i < REMEMBERED; i++)
        if (known[i].zone[0] != '\0' && known[i].instant == instant && strcmp(known[i].zone, zone) == 0) {
            *local = known[i].local;
            return 1;
        }
    one = &known[oldest++ % REMEMBERED];
    one->zone[0] = '\0';
    if (!convert(zone, instant, &one->local))
        return 0;
    one->instant = instant;
    apr_cpystrn(one->zone, zone, sizeof one->zone);
    *local = one->local;
    return 1;
}

apr_int64_t local_instant(const char *zone, int year, int month, int day, int hour, int minute)
{
    UCalendar *calendar = open_calendar(zone);
    UErrorCode error = U_ZERO_ERROR;
    UDate millis;

    if (calendar == NULL)
        return -1;
    ucal_clear(calendar);
    ucal_setDateTime(calendar, year, month - 1, day, hour, minute, 0, &error);
    millis = ucal_getMillis(calendar, &error);
    ucal_close(calendar);
    return U_SUCCESS(error) ? (apr_int64_t)(millis / 1000) : -1;
}

const char *local_time_long(apr_pool_t *pool, const char *zone, apr_int64_t instant)
{
    local_time_t local;

    if (!local_time(zone, instant, &local))
        return "";
    return apr_psprintf(pool, "%s %d%s %s %d à %d\xc2\xa0h\xc2\xa0%02d", weekdays[local.weekday], local.day,
                        local.day == 1 ? "er" : "", months[local.month - 1], local.year, local.hour,
                        local.minute);
}

const char *local_time_short(apr_pool_t *pool, const char *zone, apr_int64_t instant)
{
    local_time_t local;

    if (!local_time(zone, instant, &local))
        return "";
    return apr_psprintf(pool, "%02d/%02d/%04d %02d:%02d", local.day, local.month, local.year, local.hour,
                        local.minute);
}

const char *local_date(apr_pool_t *pool, const char *zone, apr_int64_t instant)
{
    local_time_t local;

    if (!local_time(zone, instant, &local))
        return "";
    return apr_psprintf(pool, "%04d-%02d-%02d", local.year, local.month, local.day);
}

/* ICU's French name of a zone's city: "Paris", "La Réunion". */
static int read_city(const char *zone, char *city, apr_size_t size)
{
    static const UChar city_pattern[] = {'V', 'V', 'V', 0};
    UChar name[ZONE_MOST], units[ZONE_MOST];
    UErrorCode error = U_ZERO_ERROR;
    UDateFormat *format;

    if (strlen(zone) >= ZONE_MOST)
        return 0;
    u_uastrcpy(name, zone);
    format = udat_open(UDAT_PATTERN, UDAT_PATTERN, "fr", name, -1, city_pattern, -1, &error);
    if (U_FAILURE(error))
        return 0;
    udat_format(format, 0, units, ZONE_MOST, NULL, &error);
    udat_close(format);
    if (U_SUCCESS(error))
        u_strToUTF8(city, (int32_t)size, NULL, units, -1, &error);
    return U_SUCCESS(error);
}

/* A server's pages nearly all tell times of one zone: each thread remembers its city. */
static const char *city_of(const char *zone)
{
    static _Thread_local struct {
        char zone[ZONE_MOST], city[ZONE_MOST * 3];
    } last;

    if (strcmp(last.zone, zone) != 0) {
        if (!read_city(zone, last.city, sizeof last.city))
            return NULL;
        apr_cpystrn(last.zone, zone, sizeof last.zone);
    }
    return last.city;
}

const char *local_time_in_full(apr_pool_t *pool, const char *zone, apr_int64_t instant)
{
    const char *time = local_time_long(pool, zone, instant), *city = city_of(zone);

    return time[0] != '\0' && city != NULL ? apr_pstrcat(pool, time, " (heure de ", city, ")", NULL) : time;
}
