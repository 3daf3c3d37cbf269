/* SPDX-License-Identifier: Apache-2.0
 *
 * The portal: which services there are and what is open until when; the legal and help pages, whose texts are
 * the authority's parameters; the health page for monitors.
 */
#include <apr_strings.h>
#include <jansson.h>
#include <stdlib.h>

#include "../answer.h"
#include "../connection.h"
#include "../frame.h"
#include "../page_text.h"
#include "../routes.h"
#include "../stream.h"
#include "store/calendar.h"
#include "store/schema.h"
#include "text/text.h"

/* The words of a window: « Ouvert jusqu'au … », « Ouvrira le … », « Clos depuis le … ». */
static void model_window(page_t *page, model_t *row, const window_t *window)
{
    const char *zone = page->frame.zone;

    model_flag(row, "open", window->state == WINDOW_OPEN);
    model_flag(row, "coming", window->state == WINDOW_COMING);
    model_flag(row, "over", window->state == WINDOW_OVER);
    model_flag(row, "closed", window->state == WINDOW_CLOSED);
    model_flag(row, "unknown", window->state == WINDOW_NONE);
    if (window->state == WINDOW_OPEN || window->state == WINDOW_OVER)
        model_text(row, "closes", local_time_in_full(page->pool, zone, window->closes));
    if (window->state == WINDOW_COMING)
        model_text(row, "opens", local_time_in_full(page->pool, zone, window->opens));
}

static db_error_t model_windows(page_t *page, model_t *exam_row, const exam_session_t *session)
{
    static const struct {
        service_t service;
        message_t whom;
    } services[] = {{SERVICE_SCHOOL_REGISTRATION, MSG_WHOM_SCHOOLS},
                    {SERVICE_PUBLIC_REGISTRATION, MSG_WHOM_PUBLIC}};
    model_list_t *list = model_list(exam_row, "windows");
    window_t window;
    size_t i;

    for (i = 0; i < sizeof services / sizeof *services; i++) {
        model_t *row;

        if (window_get(page->db, session->id, services[i].service, page->now, &window) != DB_OK)
            return db_error(page->db);
        row = model_list_object(list);
        model_text(row, "whom", message_text(services[i].whom));
        model_window(page, row, &window);
    }
    return DB_OK;
}

static db_error_t model_exams(page_t *page, model_t *model)
{
    model_list_t *exams = model_list(model, "exams");
    apr_array_header_t *sessions;
    db_error_t error = frame_sessions(page, &sessions);
    int i;

    for (i = 0; error == DB_OK && i < sessions->nelts; i++) {
        const exam_session_t *session = &APR_ARRAY_IDX(sessions, i, exam_session_t);
        model_t *row;

        if (session->state == EXAM_SESSION_ARCHIVED)
            continue;
        row = model_list_object(exams);
        model_text(row, "exam", session->title);
        error = model_windows(page, row, session);
    }
    return error;
}

static void model_services(page_t *page, model_t *model)
{
    model_text(model, "manager", page->config->mount[SERVICE_MANAGER]);
    model_text(model, "establishment", page->config->mount[SERVICE_ESTABLISHMENT]);
    model_text(model, "school_registration", page->config->mount[SERVICE_SCHOOL_REGISTRATION]);
    model_text(model, "public_registration", page->config->mount[SERVICE_PUBLIC_REGISTRATION]);
}

int portal_home(page_t *page)
{
    model_t *model = answer_model(page, message_text(MSG_SITE_NAME));

    if (connection_borrow(page) == NULL)
        return answer_db_failed(page);
    if (model_exams(page, model) != DB_OK)
        return answer_db_failed(page);
    model_services(page, model);
    return answer_render(page, "portal", model);
}

int portal_text(page_t *page)
{
    const page_text_t *of = page_text_at(page->route->path);
    const char *text = NULL;
    model_t *model = answer_model(page, message_text(of->title));

    if (connection_borrow(page) == NULL)
        return answer_db_failed(page);
    if (of->parameter != NULL && parameter_get(page->db, page->pool, NULL, 0, of->parameter, &text) != DB_OK)
        return answer_db_failed(page);
    page_text_model(page, model, text != NULL ? text : "");
    model_flag(model, "site_map", of->parameter == NULL);
    model_flag(model, "help", of->parameter != NULL && strcmp(of->parameter, "aide") == 0);
    model_services(page, model);
    return answer_render(page, "text", model);
}

/* The health page answers whatever the state of the base: 503 only when it is out of reach, damaged or
 * unknown. */
static char *health_text(const page_t *page, const base_lock_t *lock)
{
    json_t *health = json_pack("{s:s, s:I}", "status", lock != NULL ? "ok" : "unavailable", "clock",
                               (json_int_t)page->now);
    char *text;

    if (lock != NULL) {
        json_object_set_new(health, "schema", json_integer(schema_latest()));
        json_object_set_new(health, "locked", json_boolean(lock->locked));
        if (lock->locked && lock->reason != NULL)
            json_object_set_new(health, "reason", json_string(lock->reason));
        if (lock->locked && lock->until != DB_NULL)
            json_object_set_new(health, "until", json_integer(lock->until));
    }
    text = json_dumps(health, JSON_COMPACT);
    json_decref(health);
    return text;
}

int portal_health(page_t *page)
{
    base_lock_t lock;
    int reachable = connection_borrow(page) != NULL && base_lock_get(page->db, page->pool, &lock) == DB_OK &&
                    base_readable(page->db) == DB_OK;
    char *text = health_text(page, reachable ? &lock : NULL);

    if (!reachable && connection_failure_text(page) != NULL)
        page_log(page, "INS044: the base's health: %s", connection_failure_text(page));
    connection_return(page);
    page->status = reachable ? STATUS_OK : STATUS_UNAVAILABLE;
    if (stream_begin(page, STREAM_JSON, NULL) && text != NULL)
        stream_sink(page, text, strlen(text));
    free(text);
    return stream_end(page, APR_SUCCESS, NULL);
}
