/* SPDX-License-Identifier: Apache-2.0 */
#include "figures.h"

#include <apr_strings.h>

#include "../connection.h"
#include "../manager.h"
#include "store/listing.h"
#include "text/text.h"

enum { DAY = 24 * 3600, DAYS_MOST = 1000 };

static void add(figures_t *figures, const listing_figure_t *figure)
{
    figures->valid += figure->valid;
    figures->cancelled += figure->cancelled;
    figures->unprinted += figure->unprinted;
    figures->returned += figure->returned;
}

static db_error_t figures_of_session(page_t *page, const exam_session_t *session, figures_t *figures)
{
    apr_array_header_t *found;
    int i;

    *figures = (figures_t){.label = session->title, .path = session->path};
    if (connection_borrow(page) == NULL)
        return page->failure;
    if (listing_figures(page->db, page->pool, &page->actor.scope, session->id, &found) != DB_OK)
        return db_error(page->db);
    for (i = 0; i < found->nelts; i++)
        add(figures, &APR_ARRAY_IDX(found, i, listing_figure_t));
    return follow_up_drafts(page->db, &page->actor.scope, session->id, &figures->drafts);
}

/* They come by specialty, then by form. */
db_error_t figures_by_specialty(page_t *page, apr_array_header_t **specialties)
{
    apr_array_header_t *found;
    const char *present = "";
    int i;

    *specialties = apr_array_make(page->pool, 32, sizeof(figures_t));
    if (connection_borrow(page) == NULL)
        return page->failure;
    if (listing_figures(page->db, page->pool, &page->actor.scope, page->exam_session->id, &found) != DB_OK)
        return db_error(page->db);
    for (i = 0; i < found->nelts; i++) {
        const listing_figure_t *figure = &APR_ARRAY_IDX(found, i, listing_figure_t);

        if (strcmp(figure->specialty, present) != 0)
            APR_ARRAY_PUSH(*specialties, figures_t) = (figures_t){.label = figure->label};
        present = figure->specialty;
        add(&APR_ARRAY_IDX(*specialties, (*specialties)->nelts - 1, figures_t), figure);
    }
    return DB_OK;
}

db_error_t figures_in_all(page_t *page, const apr_array_header_t *specialties, figures_t *figures)
{
    int i;

    *figures = (figures_t){.label = page->exam_session->title, .path = page->exam_session->path};
    for (i = 0; i < specialties->nelts; i++) {
        const figures_t *one = &APR_ARRAY_IDX(specialties, i, figures_t);

        figures->valid += one->valid;
        figures->cancelled += one->cancelled;
        figures->unprinted += one->unprinted;
        figures->returned += one->returned;
    }
    return follow_up_drafts(page->db, &page->actor.scope, page->exam_session->id, &figures->drafts);
}

db_error_t figures_by_session(page_t *page, apr_array_header_t **sessions)
{
    apr_array_header_t *his;
    db_error_t error = manager_exam_sessions(page, &his);
    int i;

    *sessions = apr_array_make(page->pool, 16, sizeof(figures_t));
    for (i = 0; error == DB_OK && i < his->nelts; i++)
        error = figures_of_session(page, &APR_ARRAY_IDX(his, i, exam_session_t), apr_array_push(*sessions));
    return error;
}

/* ---------------------------------------------------------------- days */

/* Days since 1970 of a place's date (Gregorian, as civil calendars count). */
static apr_int64_t day_number(const local_time_t *at)
{
    apr_time_exp_t noon = {
        .tm_year = at->year - 1900, .tm_mon = at->month - 1, .tm_mday = at->day, .tm_hour = 12};
    apr_time_t instant = 0;

    apr_time_exp_gmt_get(&instant, &noon);
    return apr_time_sec(instant) / DAY;
}

static const char *day_text(apr_pool_t *pool, apr_int64_t day)
{
    apr_time_exp_t date;

    apr_time_exp_gmt(&date, apr_time_from_sec(day * DAY));
    return apr_psprintf(pool, "%02d/%02d/%04d", date.tm_mday, date.tm_mon + 1, date.tm_year + 1900);
}

static void add_hour(page_t *page, apr_array_header_t *days, apr_int64_t *last, const follow_up_hour_t *hour)
{
    local_time_t at;
    figures_day_t *day;
    apr_int64_t number;

    if (!local_time(page->frame.zone, hour->begins, &at))
        return;
    for (number = day_number(&at); days->nelts == 0 || *last < number;) {
        apr_int64_t total = days->nelts > 0 ? APR_ARRAY_IDX(days, days->nelts - 1, figures_day_t).total : 0;

        *last = days->nelts == 0 || number - *last > DAYS_MOST ? number : *last + 1;
        day = apr_array_push(days);
        *day = (figures_day_t){day_text(page->pool, *last), 0, total};
    }
    day = &APR_ARRAY_IDX(days, days->nelts - 1, figures_day_t);
    day->registrations += hour->registrations;
    day->total += hour->registrations;
}

db_error_t figures_by_day(page_t *page, apr_array_header_t **days)
{
    apr_array_header_t *hours;
    apr_int64_t last = 0;
    int i;

    *days = apr_array_make(page->pool, 64, sizeof(figures_day_t));
    if (connection_borrow(page) == NULL)
        return page->failure;
    if (follow_up_hours(page->db, page->pool, &page->actor.scope, page->exam_session->id, &hours) != DB_OK)
        return db_error(page->db);
    for (i = 0; i < hours->nelts; i++)
        add_hour(page, *days, &last, &APR_ARRAY_IDX(hours, i, follow_up_hour_t));
    return DB_OK;
}
