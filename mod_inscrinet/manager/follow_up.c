/* SPDX-License-Identifier: Apache-2.0
 *
 * « Suivi des inscriptions »: how far each session is; of one, by day, specialty and establishment, and which
 * establishments haven't begun. Figures alone, for whoever sees no identities too.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "figures.h"

/* The curve: a bar for each day, in units of its viewBox. */
enum { CURVE_WIDTH = 720, CURVE_HEIGHT = 160 };

static void model_figures(model_t *row, const figures_t *figures)
{
    model_text(row, "label", figures->label);
    model_text(row, "path", figures->path);
    model_int(row, "valid", figures->valid);
    model_int(row, "cancelled", figures->cancelled);
    model_int(row, "unprinted", figures->unprinted);
    model_int(row, "returned", figures->returned);
    model_int(row, "missing", figures->valid - figures->returned);
    model_int(row, "drafts", figures->drafts);
}

static void model_rows_of(model_t *model, const char *name, const apr_array_header_t *all)
{
    model_list_t *rows = model_list(model, name);
    int i;

    for (i = 0; i < all->nelts; i++)
        model_figures(model_list_object(rows), &APR_ARRAY_IDX(all, i, figures_t));
}

int manager_follow_up(page_t *page)
{
    model_t *model = answer_model(page, message_text(MSG_TITLE_FOLLOW_UP));
    apr_array_header_t *sessions;

    manager_model(page, model);
    if (figures_by_session(page, &sessions) != DB_OK)
        return answer_db_failed(page);
    model_rows_of(model, "sessions", sessions);
    session_forget_notice(page);
    return answer_render(page, "manager_follow_up", model);
}

/* ---------------------------------------------------------------- one session */

static apr_int64_t most_of(const apr_array_header_t *days)
{
    apr_int64_t most = 1;
    int i;

    for (i = 0; i < days->nelts; i++)
        if (APR_ARRAY_IDX(days, i, figures_day_t).registrations > most)
            most = APR_ARRAY_IDX(days, i, figures_day_t).registrations;
    return most;
}

static void model_days(model_t *model, const apr_array_header_t *days)
{
    model_list_t *rows = model_list(model, "days");
    apr_int64_t most = most_of(days);
    int i, left = 0;

    for (i = 0; i < days->nelts; i++) {
        const figures_day_t *day = &APR_ARRAY_IDX(days, i, figures_day_t);
        int right = (int)((i + 1) * CURVE_WIDTH / days->nelts), gap = right - left > 4 ? 1 : 0;
        int height = (int)(day->registrations * CURVE_HEIGHT / most);
        model_t *row = model_list_object(rows);

        model_text(row, "date", day->date);
        model_int(row, "registrations", day->registrations);
        model_int(row, "total", day->total);
        model_int(row, "x", left);
        model_int(row, "width", right - left - gap);
        model_int(row, "y", CURVE_HEIGHT - height);
        model_int(row, "height", height);
        left = right;
    }
    if (days->nelts == 0)
        return;
    model_int(model, "most", most);
    model_text(model, "first_day", APR_ARRAY_IDX(days, 0, figures_day_t).date);
    model_text(model, "last_day", APR_ARRAY_IDX(days, days->nelts - 1, figures_day_t).date);
}

static void model_schools(model_t *model, const apr_array_header_t *schools)
{
    model_list_t *rows = model_list(model, "schools");
    int i, idle = 0, asleep = 0;

    for (i = 0; i < schools->nelts; i++) {
        const follow_up_school_t *school = &APR_ARRAY_IDX(schools, i, follow_up_school_t);
        int has_begun = school->valid + school->cancelled + school->drafts > 0;
        model_t *row = model_list_object(rows);

        model_text(row, "code", school->code);
        model_text(row, "name", school->name);
        model_text(row, "town", school->town);
        model_int(row, "valid", school->valid);
        model_int(row, "cancelled", school->cancelled);
        model_int(row, "drafts", school->drafts);
        model_int(row, "missing", school->valid - school->returned);
        model_flag(row, "service_open", school->service_open);
        model_flag(row, "idle", !has_begun);
        model_flag(row, "asleep", !school->activated);
        idle += !has_begun;
        asleep += !school->activated;
    }
    model_int(model, "schools_count", schools->nelts);
    model_int(model, "idle_count", idle);
    model_int(model, "asleep_count", asleep);
}

int manager_follow_up_session(page_t *page)
{
    model_t *model = answer_model(page, message_text(MSG_TITLE_FOLLOW_UP));
    apr_array_header_t *specialties, *schools, *days;
    figures_t figures;

    if (figures_by_specialty(page, &specialties) != DB_OK ||
        figures_in_all(page, specialties, &figures) != DB_OK || figures_by_day(page, &days) != DB_OK ||
        follow_up_schools(page->db, page->pool, &page->actor.scope, page->exam_session->id, &schools) !=
            DB_OK)
        return answer_db_failed(page);
    manager_model(page, model);
    manager_model_parent(model, message_text(MSG_TITLE_FOLLOW_UP), "suivi");
    model_figures(model, &figures);
    model_rows_of(model, "specialties", specialties);
    model_days(model, days);
    model_schools(model, schools);
    session_forget_notice(page);
    return answer_render(page, "manager_follow_up_session", model);
}
