/* SPDX-License-Identifier: Apache-2.0 */
#include "window.h"

#include <apr_strings.h>
#include <stdlib.h>

#include "../text/text.h"
#include "holiday.h"

enum { DAY = 24 * 3600 };

static const window_row_t *row_at(const apr_array_header_t *rows, int i)
{
    return &APR_ARRAY_IDX(rows, i, window_row_t);
}

const window_row_t *window_of_id(const apr_array_header_t *rows, apr_int64_t id)
{
    int i;

    for (i = 0; i < rows->nelts; i++)
        if (row_at(rows, i)->id == id)
            return row_at(rows, i);
    return NULL;
}

static int is_of(const window_row_t *row, apr_int64_t exam_session, service_t service)
{
    return row->exam_session == exam_session && row->service == service;
}

const window_row_t *window_on_day(const char *zone, const apr_array_header_t *rows, apr_int64_t exam_session,
                                  service_t service, const char *day)
{
    apr_int64_t begins = local_instant(zone, atoi(day), atoi(day + 5), atoi(day + 8), 0, 0);
    apr_int64_t ends = window_days_later(zone, begins, 1);
    int i;

    for (i = 0; i < rows->nelts; i++)
        if (is_of(row_at(rows, i), exam_session, service) && row_at(rows, i)->opens < ends &&
            row_at(rows, i)->closes > begins)
            return row_at(rows, i);
    return NULL;
}

/* ---------------------------------------------------------------- what is odd */

static void warn(apr_array_header_t *warnings, const char *sentence)
{
    APR_ARRAY_PUSH(warnings, const char *) = sentence;
}

static void warn_overlap(apr_array_header_t *warnings, const char *zone, const apr_array_header_t *rows,
                         const window_row_t *one)
{
    apr_pool_t *pool = warnings->pool;
    int i;

    for (i = 0; i < rows->nelts; i++) {
        const window_row_t *other = row_at(rows, i);

        if (other->id != one->id && is_of(other, one->exam_session, one->service) &&
            other->opens < one->closes && one->opens < other->closes)
            warn(warnings, message_format(pool, MSG_WARN_OVERLAP, local_time_short(pool, zone, other->opens),
                                          local_time_short(pool, zone, other->closes), NULL));
    }
}

static void warn_closing_day(apr_array_header_t *warnings, const local_time_t *closes)
{
    message_t holiday = holiday_name((date_t){closes->year, closes->month, closes->day});

    if (holiday != MSG_OK)
        warn(warnings, message_format(warnings->pool, MSG_WARN_CLOSES_HOLIDAY, message_text(holiday), NULL));
    else if (closes->weekday == 6)
        warn(warnings, message_text(MSG_WARN_CLOSES_SATURDAY));
    else if (closes->weekday == 0)
        warn(warnings, message_text(MSG_WARN_CLOSES_SUNDAY));
}

static int is_midnight(const local_time_t *local)
{
    return local->hour == 0 && local->minute == 0;
}

/* The night in which clocks change: noon of the day before and noon of the day aren't 24 hours apart. */
static int is_changing_night(const char *zone, const local_time_t *local)
{
    apr_int64_t noon = local_instant(zone, local->year, local->month, local->day, 12, 0);
    apr_int64_t before = local_instant(zone, local->year, local->month, local->day - 1, 12, 0);

    return local->hour < 12 && noon - before != DAY;
}

apr_array_header_t *window_warnings(apr_pool_t *pool, const char *zone, const apr_array_header_t *rows,
                                    const window_row_t *one)
{
    apr_array_header_t *warnings = apr_array_make(pool, 4, sizeof(const char *));
    local_time_t opens, closes;

    if (!local_time(zone, one->opens, &opens) || !local_time(zone, one->closes, &closes))
        return warnings;
    warn_overlap(warnings, zone, rows, one);
    warn_closing_day(warnings, &closes);
    if (is_midnight(&opens))
        warn(warnings, message_text(MSG_WARN_OPENS_MIDNIGHT));
    if (is_midnight(&closes))
        warn(warnings, message_text(MSG_WARN_CLOSES_MIDNIGHT));
    if (is_changing_night(zone, &opens))
        warn(warnings, message_text(MSG_WARN_OPENS_CLOCKS));
    if (is_changing_night(zone, &closes))
        warn(warnings, message_text(MSG_WARN_CLOSES_CLOCKS));
    return warnings;
}

/* ---------------------------------------------------------------- from one year to the next */

int window_weeks_between(int from_year, int from_month, int to_year, int to_month)
{
    apr_int64_t from = local_instant("Etc/UTC", from_year, from_month, 1, 12, 0);
    apr_int64_t to = local_instant("Etc/UTC", to_year, to_month, 1, 12, 0);
    apr_int64_t days = (to - from) / DAY;

    return (int)(days >= 0 ? (days + 3) / 7 : -((3 - days) / 7));
}

apr_int64_t window_days_later(const char *zone, apr_int64_t instant, int days)
{
    local_time_t local;

    if (!local_time(zone, instant, &local))
        return instant + (apr_int64_t)days * DAY;
    return local_instant(zone, local.year, local.month, local.day + days, local.hour, local.minute) +
           local.second;
}

apr_int64_t window_shift(const char *zone, apr_int64_t instant, int weeks)
{
    return window_days_later(zone, instant, 7 * weeks);
}

/* ---------------------------------------------------------------- acts */

static void put(apr_array_header_t *changes, const window_row_t *row, apr_int64_t opens, apr_int64_t closes)
{
    window_change_t *change = &APR_ARRAY_PUSH(changes, window_change_t);

    *change = (window_change_t){.after = *row, .opened = row->opens, .closed = row->closes};
    change->after.opens = opens;
    change->after.closes = closes;
}

const window_row_t *window_leading(const apr_array_header_t *rows, apr_int64_t exam_session,
                                   service_t service, apr_int64_t now, int begun)
{
    const window_row_t *open = NULL, *coming = NULL, *over = NULL;
    int i;

    for (i = 0; i < rows->nelts; i++) {
        const window_row_t *row = row_at(rows, i);

        if (!is_of(row, exam_session, service))
            continue;
        if (row->opens > now)
            coming = coming == NULL || row->opens < coming->opens ? row : coming;
        else if (row->closes > now)
            open = open == NULL || row->closes > open->closes ? row : open;
        else
            over = over == NULL || row->closes > over->closes ? row : over;
    }
    if (open != NULL)
        return open;
    return coming == NULL || (begun && over != NULL) ? over : coming;
}

static message_t open_now(const window_act_t *act, const window_row_t *row, apr_int64_t exam_session,
                          service_t service, apr_array_header_t *changes)
{
    window_row_t made = {.exam_session = exam_session, .service = service};

    if (act->until != 0 && act->until <= act->now)
        return MSG_WINDOW_UNTIL_PAST;
    if (row != NULL && row->opens <= act->now && row->closes > act->now)
        return MSG_WINDOW_OPEN_ALREADY;
    if (row != NULL && row->opens > act->now && (act->until == 0 || act->until >= row->opens)) {
        put(changes, row, act->now, act->until != 0 ? act->until : row->closes);
        return MSG_OK;
    }
    if (act->until == 0)
        return MSG_WINDOW_UNTIL_MISSING;
    put(changes, &made, act->now, act->until);
    return MSG_OK;
}

/* All that hold this instant; what has opened this very second was open in none. */
static message_t close_now(const window_act_t *act, const apr_array_header_t *rows, apr_int64_t exam_session,
                           service_t service, apr_array_header_t *changes)
{
    int i, before = changes->nelts;

    for (i = 0; i < rows->nelts; i++) {
        const window_row_t *row = row_at(rows, i);

        if (is_of(row, exam_session, service) && row->opens <= act->now && row->closes > act->now)
            put(changes, row, row->opens < act->now ? row->opens : act->now - 1, act->now);
    }
    return changes->nelts > before ? MSG_OK : MSG_WINDOW_CLOSED_ALREADY;
}

static message_t prolong(const window_act_t *act, const window_row_t *row, apr_array_header_t *changes)
{
    apr_int64_t closes;

    if (row == NULL || row->opens > act->now)
        return MSG_WINDOW_NONE_BEGUN;
    closes = act->until != 0 ? act->until : window_days_later(act->zone, row->closes, act->days);
    if (act->until == 0 && act->days == 0)
        return MSG_WINDOW_UNTIL_MISSING;
    if (closes <= act->now)
        return MSG_WINDOW_UNTIL_PAST;
    put(changes, row, row->opens, closes);
    return MSG_OK;
}

message_t window_act(const window_act_t *act, const apr_array_header_t *rows, apr_int64_t exam_session,
                     service_t service, apr_array_header_t *changes)
{
    const window_row_t *row =
        window_leading(rows, exam_session, service, act->now, act->kind == WINDOW_ACT_PROLONG);

    switch (act->kind) {
    case WINDOW_ACT_OPEN:
        return open_now(act, row, exam_session, service, changes);
    case WINDOW_ACT_CLOSE:
        return close_now(act, rows, exam_session, service, changes);
    default:
        return prolong(act, row, changes);
    }
}

int window_is_shortened(const window_change_t *change, apr_int64_t now)
{
    return change->opened != 0 && change->opened <= now && change->closed > now &&
           (change->after.closes < change->closed || change->after.opens > now);
}
