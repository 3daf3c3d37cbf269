/* SPDX-License-Identifier: Apache-2.0
 *
 * An exam's menu in the service Établissement, in the guide's order, with what remains to be done before the
 * registration service can be opened; and the dashboard: how far registrations, prints and returns are, by
 * specialty, and how long it is to the closing.
 */

#include <apr_strings.h>

#include "../answer.h"
#include "../lists/figures.h"
#include "../lists/request.h"
#include "../routes.h"
#include "../school.h"
#include "../session.h"
#include "store/listing.h"
#include "store/registration.h"
#include "store/calendar.h"
#include "store/expected.h"
#include "store/standing.h"
#include "text/text.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 24 * 3600 };

/* ---------------------------------------------------------------- the dashboard */

typedef struct line_t {
    const char *specialty, *label;
    apr_int64_t expected; /* -1: not said */
    apr_int64_t valid, cancelled, unprinted, outdated, returned;
} line_t;

static void add_figure(line_t *line, const listing_figure_t *figure)
{
    line->valid += figure->valid;
    line->cancelled += figure->cancelled;
    line->unprinted += figure->unprinted;
    line->outdated += figure->outdated;
    line->returned += figure->returned;
}

/* A line for each specialty that has candidates, or of which some are expected; in the order of labels. */
static void make_lines(apr_array_header_t *lines, line_t *total, const apr_array_header_t *specialties,
                       const apr_array_header_t *figures, const apr_array_header_t *numbers)
{
    int i, j;

    for (i = 0; i < specialties->nelts; i++) {
        const choice_t *specialty = &APR_ARRAY_IDX(specialties, i, choice_t);
        line_t line = {.specialty = specialty->value,
                       .label = specialty->label,
                       .expected = expected_of(numbers, specialty->value)};

        for (j = 0; j < figures->nelts; j++) {
            const listing_figure_t *figure = &APR_ARRAY_IDX(figures, j, listing_figure_t);

            if (strcmp(figure->specialty, specialty->value) == 0) {
                add_figure(&line, figure);
                add_figure(total, figure);
            }
        }
        if (line.expected > 0)
            total->expected += line.expected;
        if (line.expected >= 0 || line.valid + line.cancelled > 0)
            APR_ARRAY_PUSH(lines, line_t) = line;
    }
}

static void model_line(model_t *row, const line_t *line)
{
    model_text(row, "specialty", line->specialty);
    model_text(row, "label", line->label);
    model_int(row, "valid", line->valid);
    model_int(row, "cancelled", line->cancelled);
    model_int(row, "outdated", line->outdated);
    model_int(row, "returned", line->returned);
    model_int(row, "unprinted", line->unprinted);
    if (line->expected < 0)
        return;
    model_flag(row, "is_expected", 1);
    model_int(row, "expected", line->expected);
    model_int(row, "most", line->expected > line->valid ? line->expected : line->valid);
}

static int model_dashboard(page_t *page, model_t *model, const list_source_t *source)
{
    apr_array_header_t *lines = apr_array_make(page->pool, 16, sizeof(line_t)), *specialties, *figures,
                       *numbers;
    apr_int64_t school = page->actor.establishment, drafts = 0;
    line_t total = {.expected = 0};
    model_list_t *rows;
    int i;

    if (list_specialties(page, source, &specialties) != DB_OK ||
        figures_of(page, &source->scope, source->version, &figures) != DB_OK ||
        expected_list(page->db, page->pool, school, page->exam_session->id, &numbers) != DB_OK ||
        draft_count(page->db, &source->scope, page->exam_session->id, SERVICE_SCHOOL_REGISTRATION, &drafts) !=
            DB_OK)
        return 0;
    make_lines(lines, &total, specialties, figures, numbers);
    rows = model_list(model, "lines");
    for (i = 0; i < lines->nelts; i++)
        model_line(model_list_object(rows), &APR_ARRAY_IDX(lines, i, line_t));
    total.expected = numbers->nelts > 0 ? total.expected : -1;
    model_line(model, &total);
    model_int(model, "drafts", drafts);
    model_flag(model, "any_lines", lines->nelts > 0);
    model_flag(model, "several_lines", lines->nelts > 1);
    return 1;
}

/* Files that the office has something to say of, and those of which the school is to speak to the candidate
 * now. */
static int model_files(page_t *page, model_t *model)
{
    apr_int64_t open, due;

    if (standing_school_counts(page->db, &page->actor.scope, page->exam_session->id, page->now, &open,
                               &due) != DB_OK)
        return 0;
    model_int(model, "files", open);
    model_int(model, "files_due", due);
    model_flag(model, "any_files_due", due > 0);
    model_flag(model, "several_files_due", due > 1);
    return 1;
}

/* « dans 12 jours », « dans 5 heures », « dans 40 minutes ». */
static const char *time_left(page_t *page, apr_int64_t seconds)
{
    apr_int64_t count = seconds >= 2 * DAY    ? seconds / DAY
                        : seconds >= 2 * HOUR ? seconds / HOUR
                                              : (seconds + MINUTE - 1) / MINUTE;
    message_t text = seconds >= 2 * DAY    ? MSG_LEFT_DAYS
                     : seconds >= 2 * HOUR ? MSG_LEFT_HOURS
                     : count > 1           ? MSG_LEFT_MINUTES
                                           : MSG_LEFT_MINUTE;

    return message_format(page->pool, text, apr_psprintf(page->pool, "%" APR_INT64_T_FMT, count), NULL);
}

static int model_closing_of_window(page_t *page, model_t *model)
{
    window_t window;

    if (window_get(page->db, page->exam_session->id, SERVICE_SCHOOL_REGISTRATION, page->now, &window) !=
        DB_OK)
        return 0;
    if (window.state == WINDOW_OPEN) {
        model_text(model, "closes", local_time_in_full(page->pool, page->frame.zone, window.closes));
        model_text(model, "time_left", time_left(page, window.closes - page->now));
        model_flag(model, "soon", window.closes - page->now < 2 * DAY);
    }
    if (window.state == WINDOW_COMING)
        model_text(model, "opens", local_time_in_full(page->pool, page->frame.zone, window.opens));
    model_flag(model, "session_closed", window.state == WINDOW_CLOSED);
    if (window.state == WINDOW_OVER)
        model_text(model, "closed", local_time_in_full(page->pool, page->frame.zone, window.closes));
    return 1;
}

/* ---------------------------------------------------------------- the menu */

int establishment_menu(page_t *page)
{
    establishment_exam_t *exam;
    list_source_t source;
    model_t *model;
    int answer;

    if ((exam = school_exam(page, &answer)) == NULL)
        return answer;
    source = school_source(page, exam);
    model = answer_model(page, "Service Établissement");
    model_flag(model, "service_open", exam->service_open);
    model_flag(model, "european_asked", page->exam == EXAM_BCP);
    model_flag(model, "european_missing", page->exam == EXAM_BCP && exam->european < 0);
    model_flag(model, "passwords", (page->actor.rights & RIGHT_PASSWORDS) != 0);
    model_flag(model, "password_missing", !school_registration_password_chosen(page));
    if (!model_dashboard(page, model, &source) || !model_files(page, model) ||
        !model_closing_of_window(page, model) || !school_model_account(page, model))
        return answer_db_failed(page);
    session_forget_notice(page);
    return answer_render(page, "menu", model);
}
