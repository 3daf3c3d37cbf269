/* SPDX-License-Identifier: Apache-2.0
 *
 * Dates as people type them, instants on the clock of a zone, and the sessions of exams in addresses.
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "domain/check.h"
#include "domain/exam_session.h"
#include "text/text.h"

enum { YOUNGEST = 13, OLDEST = 99, ZONES = 6 };

static const char *const zones[ZONES] = {"Europe/Paris",   "Indian/Reunion",   "America/Martinique",
                                         "Pacific/Noumea", "America/Miquelon", "Pacific/Marquesas"};

/* Whether a calendar has this day, by the C library's. */
static int is_real(int year, int month, int day)
{
    struct tm date = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};
    time_t instant = timegm(&date);
    struct tm *back = gmtime(&instant);

    return year >= 1 && back->tm_year == year - 1900 && back->tm_mon == month - 1 && back->tm_mday == day;
}

static int is_iso(const char *date)
{
    return strlen(date) == 10 && strspn(date, "0123456789") == 4 && strspn(date + 5, "0123456789") == 2 &&
           strspn(date + 8, "0123456789") == 2 && date[4] == '-' && date[7] == '-';
}

/* ---------------------------------------------------------------- what somebody typed */

static void typed_date(apr_pool_t *pool, const char *typed)
{
    const char *kept = fuzz_kept_again(pool, check_date, typed), *shown;

    if (kept == NULL)
        return;
    holds(is_iso(kept), "kept as ISO: %s", kept);
    holds(is_real(atoi(kept), atoi(kept + 5), atoi(kept + 8)), "a real day: %s", kept);
    shown = date_display(pool, kept);
    holds(strlen(shown) == 10 && shown[2] == '/' && shown[5] == '/', "shown: %s", shown);
    holds_same(fuzz_kept(pool, check_date, shown), kept, "what is shown is kept as it was");
}

static void typed_birth_date(apr_pool_t *pool, const char *typed, int session)
{
    const char *kept = NULL, *date = NULL;
    message_t problem = check_birth_date(pool, typed, session, &kept), real = check_date(pool, typed, &date);
    int age;

    if (real != MSG_OK) {
        holds(problem == real && kept == NULL, "no birth date but a real one");
        return;
    }
    age = age_in_year(date, session);
    holds(age == session - atoi(date), "%d years", age);
    holds((problem == MSG_OK) == (age >= YOUNGEST && age <= OLDEST), "%d years", age);
    if (problem == MSG_OK)
        holds_same(kept, date, "a birth date is kept as any date");
}

/* ---------------------------------------------------------------- what is right in any writing */

/* A day as people write it: with or without zeros, parted by what they like, or by nothing. */
static const char *written(apr_pool_t *pool, fuzz_draw_t *draw, int year, int month, int day)
{
    static const char *const between[] = {"/", ".", "-", " ", " / ", "\u00a0", "/-", ""};
    const char *sign = between[fuzz_below(draw, COUNT(between))], *blank = fuzz_below(draw, 2) ? " " : "";
    int digits = sign[0] == '\0' ? 2 : 1 + (int)fuzz_below(draw, 2);

    return apr_psprintf(pool, "%s%0*d%s%0*d%s%04d%s", blank, digits, day, sign, digits, month, sign, year,
                        blank);
}

/* The ends of months and of centuries come often. */
static void drawn_date(apr_pool_t *pool, fuzz_draw_t *draw)
{
    int year = (int)(fuzz_below(draw, 2) ? fuzz_below(draw, 10000) : 100 * fuzz_below(draw, 100));
    int month = (int)(fuzz_below(draw, 2) ? fuzz_below(draw, 14) : 2);
    int day = (int)(fuzz_below(draw, 2) ? fuzz_below(draw, 33) : 28 + fuzz_below(draw, 3));
    const char *iso = apr_psprintf(pool, "%04d-%02d-%02d", year, month, day);
    const char *typed = written(pool, draw, year, month, day), *kept = fuzz_kept(pool, check_date, iso);

    holds((kept != NULL) == is_real(year, month, day), "%s", iso);
    holds(kept == NULL || strcmp(kept, iso) == 0, "%s is kept as %s", iso, kept);
    kept = fuzz_kept(pool, check_date, typed);
    holds((kept != NULL) == is_real(year, month, day), "%s", typed);
    holds(kept == NULL || strcmp(kept, iso) == 0, "%s is kept as %s", typed, kept);
}

/* ---------------------------------------------------------------- clocks */

/* The clock of a zone goes back to an instant that it shows alike: the hour that comes twice is one of them.
 */
static void clock_of(apr_pool_t *pool, const char *zone, apr_int64_t instant)
{
    local_time_t local, back;
    apr_int64_t again, between;

    holds(local_time(zone, instant, &local), "%s is a zone", zone);
    holds(is_real(local.year, local.month, local.day) && local.hour < 24 && local.minute < 60,
          "a real minute");
    again = local_instant(zone, local.year, local.month, local.day, local.hour, local.minute);
    between = llabs(again - (instant - local.second));
    holds(between == 0 || between == 3600, "%s: %lld becomes %lld", zone, (long long)instant,
          (long long)again);
    holds(local_time(zone, again, &back) && back.day == local.day && back.hour == local.hour &&
              back.minute == local.minute,
          "the clock shows the same at %lld and %lld", (long long)instant, (long long)again);
    holds_same(local_time_short(pool, zone, instant),
               apr_psprintf(pool, "%02d/%02d/%04d %02d:%02d", local.day, local.month, local.year, local.hour,
                            local.minute),
               "in short");
}

/* A zone that is taken has a clock, and a city to tell. */
static void typed_zone(apr_pool_t *pool, const char *typed)
{
    local_time_t local;
    const char *words;

    if (!local_zone_has_city(typed))
        return;
    holds(local_time(typed, 0, &local), "%s has a clock", typed);
    words = local_time_in_full(pool, typed, 0);
    holds(text_is_utf8(words, strlen(words)) && strstr(words, " (heure de ") != NULL, "in full: %s", words);
}

/* ---------------------------------------------------------------- sessions */

static void session_path(apr_pool_t *pool, const char *part)
{
    exam_t exam;
    int year, month;
    const char *path;

    if (!exam_session_of_path(part, strlen(part), &exam, &year, &month))
        return;
    path = exam_info(exam)->path;
    if (year != 0)
        path = apr_psprintf(pool, "%s-%04d-%02d", path, year, month);
    holds_same(part, path, "an address has one writing");
    holds(year == 0 ? month == 0 : month >= 1 && month <= 12, "month %d", month);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    apr_pool_t *pool = fuzz_begin();
    fuzz_draw_t draw = fuzz_draw(bytes, size);
    const char *typed = fuzz_text(pool, bytes, size), *entered = text_entered(pool, typed, "");

    if (entered != NULL) {
        typed_date(pool, entered);
        typed_birth_date(pool, entered, 1900 + (int)fuzz_below(&draw, 300));
        typed_zone(pool, entered);
    }
    session_path(pool, typed);
    drawn_date(pool, &draw);
    clock_of(pool, zones[fuzz_below(&draw, ZONES)],
             APR_INT64_C(946684800) + (apr_int64_t)fuzz_below(&draw, 3155760000));
    fuzz_end(pool);
    return 0;
}
