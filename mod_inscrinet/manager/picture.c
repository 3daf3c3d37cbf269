/* SPDX-License-Identifier: Apache-2.0 */
#include "picture.h"

#include <apr_strings.h>

#include "text/text.h"

/* units of the drawing: words stand over their band, so that a narrow screen shows them where it begins */
enum {
    WIDTH = 960,
    TOP = 34,
    ROW = 44,
    WORDS = 16,
    BAND = 22,
    BAND_HEIGHT = 14,
    NARROWEST = 4,
    MONTHS_MOST = 12
};

typedef struct drawing_t {
    page_t *page;
    const calendar_t *calendar;
    apr_int64_t from, to;
    int bottom;
} drawing_t;

static int is_drawn(const calendar_t *calendar, const window_row_t *window)
{
    return windows_session(calendar, window->exam_session)->state != EXAM_SESSION_ARCHIVED;
}

/* From the first opening to the last closing, this instant among them, and some days around. 0: no window. */
static int find_ends(drawing_t *drawing)
{
    enum { MARGIN = 6 * 24 * 3600 };
    const apr_array_header_t *windows = drawing->calendar->windows;
    int i, any = 0;

    drawing->from = drawing->to = drawing->page->now;
    for (i = 0; i < windows->nelts; i++) {
        const window_row_t *window = &APR_ARRAY_IDX(windows, i, window_row_t);

        if (!is_drawn(drawing->calendar, window))
            continue;
        any = 1;
        drawing->from = window->opens < drawing->from ? window->opens : drawing->from;
        drawing->to = window->closes > drawing->to ? window->closes : drawing->to;
    }
    drawing->from -= MARGIN;
    drawing->to += MARGIN;
    return any;
}

static int x_of(const drawing_t *drawing, apr_int64_t instant)
{
    return (int)((instant - drawing->from) * WIDTH / (drawing->to - drawing->from));
}

/* ---------------------------------------------------------------- months */

static void model_month(const drawing_t *drawing, model_list_t *months, int year, int month)
{
    page_t *page = drawing->page;
    apr_int64_t begins = local_instant(page->frame.zone, year, month, 1, 0, 0);
    model_t *row;

    if (begins <= drawing->from || begins >= drawing->to)
        return;
    row = model_list_object(months);
    model_int(row, "x", x_of(drawing, begins));
    if (x_of(drawing, begins) < WIDTH - 70) /* there is room for its words */
        model_text(row, "words", apr_psprintf(page->pool, "%02d/%d", month, year));
}

/* Every one, or every so many where they would stand too close. */
static void model_months(const drawing_t *drawing, model_t *picture)
{
    model_list_t *months = model_list(picture, "months");
    local_time_t first, last;
    int i, count, step;

    if (!local_time(drawing->page->frame.zone, drawing->from, &first) ||
        !local_time(drawing->page->frame.zone, drawing->to, &last))
        return;
    count = 12 * (last.year - first.year) + last.month - first.month + 1;
    step = 1 + count / (MONTHS_MOST + 1);
    for (i = 0; i < count; i += step)
        model_month(drawing, months, first.year + (first.month - 1 + i) / 12, (first.month - 1 + i) % 12 + 1);
}

/* ---------------------------------------------------------------- bands */

static void model_band(const drawing_t *drawing, model_list_t *bands, const window_row_t *window, int y)
{
    model_t *band = model_list_object(bands);
    int x = x_of(drawing, window->opens), width = x_of(drawing, window->closes) - x;

    model_int(band, "x", x);
    model_int(band, "y", y + BAND);
    model_int(band, "w", width < NARROWEST ? NARROWEST : width);
    model_int(band, "h", BAND_HEIGHT);
    model_flag(band, "public", window->service == SERVICE_PUBLIC_REGISTRATION);
    model_text(band, "span", windows_span(drawing->page, window->opens, window->closes));
}

/* A row of its own once it has a window. */
static void model_service(drawing_t *drawing, model_list_t *rows, const exam_session_t *session,
                          service_t service)
{
    const apr_array_header_t *windows = drawing->calendar->windows;
    model_list_t *bands = NULL;
    int i;

    for (i = 0; i < windows->nelts; i++) {
        const window_row_t *window = &APR_ARRAY_IDX(windows, i, window_row_t);

        if (window->exam_session != session->id || window->service != service)
            continue;
        if (bands == NULL) {
            model_t *row = model_list_object(rows);

            model_text(row, "words", windows_of(drawing->page, drawing->calendar, window));
            model_int(row, "y", drawing->bottom + WORDS);
            bands = model_list(row, "bands");
        }
        model_band(drawing, bands, window, drawing->bottom);
    }
    drawing->bottom += bands != NULL ? ROW : 0;
}

void picture_model(page_t *page, model_t *model, const calendar_t *calendar)
{
    drawing_t drawing = {.page = page, .calendar = calendar, .bottom = TOP};
    model_list_t *rows;
    model_t *picture;
    int i, j;

    if (!find_ends(&drawing))
        return;
    picture = model_list_object(model_list(model, "picture"));
    model_months(&drawing, picture);
    rows = model_list(picture, "rows");
    for (i = 0; i < calendar->sessions->nelts; i++) {
        const exam_session_t *session = &APR_ARRAY_IDX(calendar->sessions, i, exam_session_t);

        for (j = 0; session->state != EXAM_SESSION_ARCHIVED && j < WINDOWS_SERVICES; j++)
            model_service(&drawing, rows, session, windows_services[j]);
    }
    model_int(picture, "width", WIDTH);
    model_int(picture, "height", drawing.bottom);
    model_int(picture, "now", x_of(&drawing, page->now));
    model_flag(picture, "now_late", x_of(&drawing, page->now) > WIDTH - 100);
}
