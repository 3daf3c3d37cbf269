/* SPDX-License-Identifier: Apache-2.0 */
#include "reprise.h"

#include <apr_strings.h>
#include <stdlib.h>

#include "../field.h"
#include "../form.h"
#include "domain/check.h"
#include "domain/window_seal.h"

enum { WEEKS_MOST = 520 };

/* ---------------------------------------------------------------- which one, how much later */

/* Another session of the page's exam, by its dated name; NULL: it is none. */
static const exam_session_t *source_of(const page_t *page, const calendar_t *calendar, const char *dated)
{
    const exam_session_t *source = windows_session_named(calendar, dated);

    return source != NULL && source->exam == page->exam && source->id != page->exam_session->id ? source
                                                                                                : NULL;
}

/* « -52 », « 52 »: whole weeks of ours; *weeks stays as it is where nothing is said. 0: it is none. */
static int read_weeks(const char *typed, int *weeks)
{
    int is_back = typed[0] == '-', count;

    if (typed[0] == '\0')
        return 1;
    count = number_within(typed + is_back, 0, WEEKS_MOST);
    if (count < 0)
        return 0;
    *weeks = is_back ? -count : count;
    return 1;
}

static int weeks_from(const page_t *page, const exam_session_t *source)
{
    return window_weeks_between(source->year, source->month, page->exam_session->year,
                                page->exam_session->month);
}

/* The windows of the source as they would be here, of one service after the other. */
static apr_array_header_t *shifted(page_t *page, const calendar_t *calendar, const exam_session_t *source,
                                   int weeks)
{
    apr_array_header_t *made = apr_array_make(page->pool, 8, sizeof(window_row_t));
    int i, j;

    for (j = 0; j < WINDOWS_SERVICES; j++)
        for (i = 0; i < calendar->windows->nelts; i++) {
            window_row_t row = APR_ARRAY_IDX(calendar->windows, i, window_row_t);

            if (row.exam_session != source->id || row.service != windows_services[j])
                continue;
            row.id = 0;
            row.exam_session = page->exam_session->id;
            row.opens = window_shift(page->frame.zone, row.opens, weeks);
            row.closes = window_shift(page->frame.zone, row.closes, weeks);
            APR_ARRAY_PUSH(made, window_row_t) = row;
        }
    return made;
}

static int is_there(const calendar_t *calendar, const window_row_t *made)
{
    int i;

    for (i = 0; i < calendar->windows->nelts; i++) {
        const window_row_t *row = &APR_ARRAY_IDX(calendar->windows, i, window_row_t);

        if (row->exam_session == made->exam_session && row->service == made->service &&
            row->opens == made->opens && row->closes == made->closes)
            return 1;
    }
    return 0;
}

/* What was seen of both sessions. */
static const char *seal_of_both(page_t *page, const calendar_t *calendar, const exam_session_t *source)
{
    const char *ours = window_seal_write(page->pool, calendar->windows, page->exam_session->id, -1);
    const char *theirs = window_seal_write(page->pool, calendar->windows, source->id, -1);

    return apr_pstrcat(page->pool, ours, ours[0] != '\0' && theirs[0] != '\0' ? "," : "", theirs, NULL);
}

/* ---------------------------------------------------------------- the page */

static void model_rows_of(page_t *page, model_t *preview, const calendar_t *calendar,
                          const exam_session_t *source, int weeks)
{
    const apr_array_header_t *made = shifted(page, calendar, source, weeks);
    model_list_t *rows = model_list(preview, "rows");
    int i, news = 0;

    for (i = 0; i < made->nelts; i++) {
        const window_row_t *window = &APR_ARRAY_IDX(made, i, window_row_t);
        model_t *row = model_list_object(rows);

        model_text(row, "service", windows_service_words(window->service));
        model_text(row, "label", window->label);
        model_text(row, "before",
                   windows_span(page, window_shift(page->frame.zone, window->opens, -weeks),
                                window_shift(page->frame.zone, window->closes, -weeks)));
        model_text(row, "after", windows_span(page, window->opens, window->closes));
        model_flag(row, "there", is_there(calendar, window));
        news += !is_there(calendar, window);
        if (!is_there(calendar, window))
            windows_texts(row, "warnings",
                          window_warnings(page->pool, page->frame.zone, calendar->windows, window));
    }
    model_flag(preview, "any", news > 0);
}

static void model_preview(page_t *page, model_t *model, const calendar_t *calendar,
                          const exam_session_t *source, int weeks)
{
    model_t *preview = model_list_object(model_list(model, "preview"));

    model_text(preview, "source", source->dated);
    model_text(preview, "source_name", source->words);
    model_text(preview, "weeks", apr_itoa(page->pool, weeks));
    model_text(preview, "weeks_words", apr_itoa(page->pool, abs(weeks)));
    model_flag(preview, "later", weeks >= 0);
    model_text(preview, "sooner_weeks", apr_itoa(page->pool, weeks - 1));
    model_text(preview, "later_weeks", apr_itoa(page->pool, weeks + 1));
    model_text(preview, "seen", seal_of_both(page, calendar, source));
    model_rows_of(page, preview, calendar, source, weeks);
}

static int has_windows(const calendar_t *calendar, const exam_session_t *session)
{
    return window_seal_write(calendar->windows->pool, calendar->windows, session->id, -1)[0] != '\0';
}

/* Of the exam's others those that have a calendar. */
static void model_sources(page_t *page, model_t *model, const calendar_t *calendar)
{
    model_list_t *sources = model_list(model, "sources");
    int i;

    for (i = 0; i < calendar->sessions->nelts; i++) {
        const exam_session_t *one = &APR_ARRAY_IDX(calendar->sessions, i, exam_session_t);
        model_t *row;

        if (source_of(page, calendar, one->dated) == NULL || !has_windows(calendar, one))
            continue;
        row = model_list_object(sources);
        model_text(row, "dated", one->dated);
        model_text(row, "words", one->name);
        model_flag(model, "any_source", 1);
    }
}

int reprise_model(page_t *page, model_t *model, const calendar_t *calendar)
{
    const char *named =
                   form_was_sent(page, "reprise") ? form_value(page, "reprise") : page_query(page, "reprise"),
               *typed = form_was_sent(page, "semaines") ? form_value(page, "semaines")
                                                        : page_query(page, "semaines");
    const exam_session_t *source;
    int weeks;

    model_sources(page, model, calendar);
    if (named == NULL || named[0] == '\0')
        return 1;
    if ((source = source_of(page, calendar, named)) == NULL)
        return page->form != NULL;
    weeks = weeks_from(page, source);
    if (!read_weeks(typed != NULL ? typed : "", &weeks))
        return page->form != NULL;
    model_preview(page, model, calendar, source, weeks);
    return 1;
}

/* ---------------------------------------------------------------- « Appliquer ce calendrier » */

static apr_array_header_t *additions(page_t *page, const calendar_t *calendar, const exam_session_t *source,
                                     int weeks)
{
    const apr_array_header_t *made = shifted(page, calendar, source, weeks);
    apr_array_header_t *changes = apr_array_make(page->pool, made->nelts + 1, sizeof(window_change_t));
    int i;

    for (i = 0; i < made->nelts; i++)
        if (!is_there(calendar, &APR_ARRAY_IDX(made, i, window_row_t)))
            APR_ARRAY_PUSH(changes, window_change_t) =
                (window_change_t){.after = APR_ARRAY_IDX(made, i, window_row_t)};
    return changes;
}

apr_array_header_t *reprise_changes(page_t *page, const calendar_t *calendar)
{
    const exam_session_t *source = source_of(page, calendar, form_value(page, "reprise"));
    int weeks = source != NULL ? weeks_from(page, source) : 0;

    if (source == NULL || !read_weeks(form_value(page, "semaines"), &weeks)) {
        page_error(page, NULL, message_text(MSG_FIELD_VALUE));
        return NULL;
    }
    windows_check_seen(page, calendar, page->exam_session->id, -1, 0);
    windows_check_seen(page, calendar, source->id, -1, 0);
    return page_has_errors(page) ? NULL : additions(page, calendar, source, weeks);
}
