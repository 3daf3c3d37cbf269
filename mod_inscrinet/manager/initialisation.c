/* SPDX-License-Identifier: Apache-2.0
 *
 * The check-list before a campaign: what is to be there, how it stands, and where it is done. What concerns
 * all schools at once is done here: the passwords of the last campaign, and the days in which they choose
 * theirs.
 */
#include <apr_strings.h>
#include <string.h>

#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "domain/check.h"
#include "store/campaign.h"
#include "store/establishment.h"
#include "store/parameter.h"
#include "text/text.h"
#include "windows.h"

enum { DAYS_MOST = 366, DAY = 24 * 3600, COUNT_MOST = 1000000 };

/* ---------------------------------------------------------------- the steps */

typedef struct list_t {
    page_t *page;
    model_list_t *rows;
    int left; /* how many are still to be done */
} list_t;

static const char *number(page_t *page, apr_int64_t value)
{
    return apr_psprintf(page->pool, "%" APR_INT64_T_FMT, value);
}

/* A step: what it is, how it stands in words, whether that will do, and where it is done. */
static void add(list_t *list, message_t title, const char *words, int done, const char *path)
{
    model_t *row = model_list_object(list->rows);

    model_text(row, "step", message_text(title));
    model_text(row, "words", words);
    model_flag(row, "done", done);
    model_text(row, "path", path);
    list->left += !done;
}

static void add_counted(list_t *list, message_t title, message_t words, apr_int64_t count, int done,
                        const char *path)
{
    add(list, title, message_format(list->page->pool, words, number(list->page, count), NULL), done, path);
}

static const char *names_of(page_t *page, const apr_array_header_t *sessions)
{
    return apr_array_pstrcat(page->pool, sessions, ';');
}

/* ---------------------------------------------------------------- offers, windows, sessions of the past */

static int is_to_come(const exam_session_t *session)
{
    return session->state == EXAM_SESSION_PREPARATION || session->state == EXAM_SESSION_OPEN;
}

static void add_offers(list_t *list, const campaign_t *campaign, const calendar_t *calendar)
{
    apr_array_header_t *names = apr_array_make(list->page->pool, 8, sizeof(const char *));
    int i;

    for (i = 0; i < campaign->unoffered->nelts; i++) {
        const exam_session_t *session =
            windows_session(calendar, APR_ARRAY_IDX(campaign->unoffered, i, apr_int64_t));

        if (session != NULL)
            APR_ARRAY_PUSH(names, const char *) = windows_session_short(list->page, session);
    }
    add(list, MSG_STEP_OFFERS,
        message_format(list->page->pool, names->nelts > 0 ? MSG_STEP_OFFERS_LACK : MSG_STEP_OFFERS_ARE,
                       number(list->page, campaign->offers), names_of(list->page, names), NULL),
        campaign->offers > 0 && names->nelts == 0, "chargements");
}

static int has_window(const calendar_t *calendar, const exam_session_t *session, apr_int64_t now)
{
    int i;

    for (i = 0; i < calendar->windows->nelts; i++) {
        const window_row_t *window = &APR_ARRAY_IDX(calendar->windows, i, window_row_t);

        if (window->exam_session == session->id && window->closes > now)
            return 1;
    }
    return 0;
}

static void add_windows(list_t *list, const calendar_t *calendar)
{
    apr_array_header_t *names = apr_array_make(list->page->pool, 8, sizeof(const char *));
    int i;

    for (i = 0; i < calendar->sessions->nelts; i++) {
        const exam_session_t *session = &APR_ARRAY_IDX(calendar->sessions, i, exam_session_t);

        if (is_to_come(session) && !has_window(calendar, session, list->page->now))
            APR_ARRAY_PUSH(names, const char *) = windows_session_short(list->page, session);
    }
    add(list, MSG_STEP_WINDOWS,
        names->nelts > 0
            ? message_format(list->page->pool, MSG_STEP_WINDOWS_LACK, names_of(list->page, names), NULL)
            : message_text(MSG_STEP_WINDOWS_ARE),
        names->nelts == 0, "sessions");
}

static void add_past(list_t *list, const calendar_t *calendar)
{
    apr_array_header_t *names = apr_array_make(list->page->pool, 8, sizeof(const char *));
    int i;

    for (i = 0; i < calendar->sessions->nelts; i++) {
        const exam_session_t *session = &APR_ARRAY_IDX(calendar->sessions, i, exam_session_t);

        if (session->state == EXAM_SESSION_CLOSED)
            APR_ARRAY_PUSH(names, const char *) = windows_session_short(list->page, session);
    }
    add(list, MSG_STEP_PAST,
        names->nelts > 0
            ? message_format(list->page->pool, MSG_STEP_PAST_LEFT, names_of(list->page, names), NULL)
            : message_text(MSG_STEP_PAST_NONE),
        names->nelts == 0, "sessions");
}

/* ---------------------------------------------------------------- parameters */

static const char *said_for_all(page_t *page, const apr_array_header_t *values, const char *name)
{
    const char *value = parameter_said(values, &(parameter_target_t){name, "", 0});

    return value != NULL ? value : parameter_default(page->pool, parameter_find(name), EXAM_NONE);
}

static int is_said(page_t *page, const apr_array_header_t *values, const char *name)
{
    const char *value = said_for_all(page, values, name);

    return value != NULL && value[0] != '\0' && !parameter_incomplete(parameter_find(name), value);
}

static db_error_t add_parameters(list_t *list)
{
    static const char *const names[] = {"division", "retour_adresse", "contact"};
    apr_array_header_t *values, *lacking;
    page_t *page = list->page;
    size_t i;

    if (parameter_values(page->db, page->pool, NULL, &values) != DB_OK)
        return db_error(page->db);
    lacking = apr_array_make(page->pool, 4, sizeof(const char *));
    for (i = 0; i < sizeof names / sizeof *names; i++)
        if (!is_said(page, values, names[i]))
            APR_ARRAY_PUSH(lacking, const char *) = parameter_find(names[i])->label;
    add(list, MSG_STEP_CONTACT,
        lacking->nelts > 0 ? message_format(page->pool, MSG_STEP_CONTACT_LACKS, names_of(page, lacking), NULL)
                           : message_text(MSG_STEP_CONTACT_IS),
        lacking->nelts == 0, "parametres");
    return DB_OK;
}

/* ---------------------------------------------------------------- the page */

static void add_schools(list_t *list, const campaign_t *campaign)
{
    page_t *page = list->page;
    const char *when =
        campaign->backup != DB_NULL ? local_time_short(page->pool, page->frame.zone, campaign->backup) : NULL;

    add_counted(list, MSG_STEP_PASSWORDS, MSG_STEP_PASSWORDS_CHOSEN, campaign->chosen, campaign->chosen == 0,
                "chargements/initialisation#reinitialiser");
    add(list, MSG_STEP_BACKUP,
        when != NULL ? message_format(page->pool, MSG_STEP_BACKUP_WAS, when, NULL)
                     : message_text(MSG_STEP_BACKUP_NONE),
        campaign->backup != DB_NULL && campaign->backup > page->now - (apr_int64_t)DAY, "chargements");
    add_counted(list, MSG_STEP_ACTIVATION, MSG_STEP_ACTIVATION_OPEN, campaign->active, campaign->active > 0,
                "chargements/initialisation#activer");
}

static db_error_t model_steps(page_t *page, model_t *model, const calendar_t *calendar)
{
    list_t list = {.page = page, .rows = model_list(model, "steps")};
    campaign_t campaign;

    if (campaign_get(page->db, page->pool, page->now, &campaign) != DB_OK)
        return db_error(page->db);
    add_past(&list, calendar);
    add_counted(&list, MSG_STEP_NOMENCLATURE, MSG_STEP_NOMENCLATURE_IS, campaign.specialties,
                campaign.specialties > 0, "chargements");
    add_counted(&list, MSG_STEP_ESTABLISHMENTS, MSG_STEP_ESTABLISHMENTS_ARE, campaign.establishments,
                campaign.establishments > 0, "chargements");
    add_offers(&list, &campaign, calendar);
    add_windows(&list, calendar);
    if (add_parameters(&list) != DB_OK)
        return db_error(page->db);
    add_schools(&list, &campaign);
    model_flag(model, "ready", list.left == 0);
    model_int(model, "left", list.left);
    model_int(model, "establishments", campaign.establishments);
    model_int(model, "chosen", campaign.chosen);
    return DB_OK;
}

static int is_open_now(const calendar_t *calendar, apr_int64_t now)
{
    int i;

    for (i = 0; i < calendar->windows->nelts; i++) {
        const window_row_t *window = &APR_ARRAY_IDX(calendar->windows, i, window_row_t);
        const exam_session_t *session = windows_session(calendar, window->exam_session);

        if (window->opens <= now && window->closes > now && session->state == EXAM_SESSION_OPEN)
            return 1;
    }
    return 0;
}

static void model_forms(page_t *page, model_t *model)
{
    model_t *reset = model_list_object(model_list(model, "reset")),
            *activate = model_list_object(model_list(model, "activate"));

    field_text(page, field_list(reset), "etablissements", "Nombre d’établissements",
               message_text(MSG_HINT_STEP_COUNT), "text", 1, "off");
    field_line(page, field_list(activate), "jours", "Nombre de jours", message_text(MSG_HINT_STEP_DAYS), 1,
               "15");
}

int manager_initialisation_get(page_t *page)
{
    calendar_t calendar;
    model_t *model;

    if (windows_read(page, &calendar) != DB_OK || connection_borrow(page) == NULL)
        return answer_db_failed(page);
    model = answer_model(page, message_text(MSG_TITLE_INITIALISATION));
    manager_model(page, model);
    manager_model_parent(model, message_text(MSG_TITLE_WORKS), "chargements");
    if (model_steps(page, model, &calendar) != DB_OK)
        return answer_db_failed(page);
    model_flag(model, "under_way", is_open_now(&calendar, page->now));
    model_forms(page, model);
    session_forget_notice(page);
    return answer_render(page, "manager_initialisation", model);
}

/* ---------------------------------------------------------------- all schools at once */

static int done(page_t *page, const char *action, const char *detail, const char *notice)
{
    int answer;

    page_audit(page, action, DB_NULL, detail, NULL);
    session_notice(page->db, page->session->id, notice);
    return change_commit(page, &answer) ? answer_redirect(page, "chargements/initialisation") : answer;
}

/* Who types how many schools that concerns has read how many it concerns. */
static int reset_passwords(page_t *page)
{
    const char *typed = text_squeezed(page->pool, form_value(page, "etablissements")), *count;
    campaign_t campaign;
    int answer;

    if (!change_begin_alone(page, &answer))
        return answer;
    if (campaign_get(page->db, page->pool, page->now, &campaign) != DB_OK)
        return answer_db_failed(page);
    count = number(page, campaign.establishments);
    if (strcmp(typed, count) != 0) {
        page_error(page, "etablissements", message_format(page->pool, MSG_STEP_COUNT_WRONG, count, NULL));
        connection_return(page);
        return answer_again(page);
    }
    if (campaign_reset_passwords(page->db) != DB_OK)
        return answer_db_failed(page);
    return done(page, "password.reset_all", count,
                message_format(page->pool, MSG_NOTICE_PASSWORDS_RESET, count, NULL));
}

static int activate(page_t *page)
{
    int days = number_within(text_trim(page->pool, form_value(page, "jours")), 1, DAYS_MOST), answer;
    apr_int64_t closes = page->now + (apr_int64_t)days * DAY, changed;

    if (days < 0) {
        page_error(page, "jours", message_text(MSG_SCHOOL_DAYS_WRONG));
        return answer_again(page);
    }
    if (!change_begin(page, &answer))
        return answer;
    if (establishment_activation(page->db, NULL, page->now, closes, &changed) != DB_OK)
        return answer_db_failed(page);
    return done(page, "activation.open", apr_psprintf(page->pool, "all, %d days", days),
                message_format(page->pool, MSG_NOTICE_ACTIVATION_ALL, number(page, changed),
                               local_time_long(page->pool, page->frame.zone, closes), NULL));
}

int manager_initialisation_post(page_t *page)
{
    if (form_action(page, "retour"))
        return answer_redirect(page, "chargements");
    if (form_action(page, "reinitialiser"))
        return reset_passwords(page);
    return form_action(page, "activer") ? activate(page)
                                        : answer_refuse(page, message_text(MSG_FIELD_UNKNOWN));
}
