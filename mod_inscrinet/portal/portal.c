/* SPDX-License-Identifier: Apache-2.0
 *
 * The portal: which services there are and what is open until when; the legal and help pages, whose texts are
 * the authority's parameters; the health page for monitors.
 */
#include "../inscrinet.h"

#include <apr_strings.h>
#include <http_protocol.h>
#include <http_request.h>
#include <jansson.h>

#include "store/calendar.h"
#include "store/schema.h"
#include "text/text.h"

APLOG_USE_MODULE(inscrinet);

/* The words of a window: « Ouvert jusqu'au … », « Ouvrira le … », « Clos depuis le … ». */
static void model_window(page_t *page, model_t *row, const window_t *window)
{
    const char *zone = page->frame.zone;

    model_flag(row, "open", window->state == WINDOW_OPEN);
    model_flag(row, "coming", window->state == WINDOW_COMING);
    model_flag(row, "over", window->state == WINDOW_OVER);
    model_flag(row, "unknown", window->state == WINDOW_NONE);
    if (window->state == WINDOW_OPEN || window->state == WINDOW_OVER)
        model_text(row, "closes", local_time_in_full(page->pool, zone, window->closes));
    if (window->state == WINDOW_COMING)
        model_text(row, "opens", local_time_in_full(page->pool, zone, window->opens));
}

static db_error_t model_windows(page_t *page, model_t *exam_row, exam_t exam)
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

        if (window_get(page->db, exam, services[i].service, page->now, &window) != DB_OK)
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
    db_error_t error = DB_OK;
    int exam;

    for (exam = 0; exam < EXAM_COUNT && error == DB_OK; exam++) {
        model_t *row = model_list_object(exams);

        model_text(row, "exam", exam_info((exam_t)exam)->title);
        error = model_windows(page, row, (exam_t)exam);
    }
    return error;
}

static void model_services(page_t *page, model_t *model)
{
    model_text(model, "establishment", page->config->mount[SERVICE_ESTABLISHMENT]);
    model_text(model, "school_registration", page->config->mount[SERVICE_SCHOOL_REGISTRATION]);
    model_text(model, "public_registration", page->config->mount[SERVICE_PUBLIC_REGISTRATION]);
}

int portal_home(page_t *page)
{
    model_t *model = page_model(page, message_text(MSG_SITE_NAME));

    if (base_borrow(page) == NULL)
        return page_db_failed(page, DB_LOST);
    if (model_exams(page, model) != DB_OK)
        return page_db_failed(page, db_error(page->db));
    model_services(page, model);
    return page_render(page, "portal", model);
}

/* A page's name is its parameter's, with the hyphens as the parameters write them. */
static const struct {
    const char *path, *parameter;
    message_t title;
} texts[] = {
    {"accessibilite", "accessibilite", MSG_TITLE_ACCESSIBILITY},
    {"mentions-legales", "mentions_legales", MSG_TITLE_LEGAL},
    {"donnees-personnelles", "donnees_personnelles", MSG_TITLE_PRIVACY},
    {"plan-du-site", NULL, MSG_TITLE_SITE_MAP},
    {"aide", "aide", MSG_TITLE_HELP},
};

/* A parameter's text: paragraphs are parted by empty lines. */
static void model_paragraphs(page_t *page, model_t *model, const char *text)
{
    model_list_t *paragraphs = model_list(model, "paragraphs");
    char *copy = apr_pstrdup(page->pool, text), *next;

    for (; copy != NULL && *copy != '\0'; copy = next) {
        next = strstr(copy, "\n\n");
        if (next != NULL) {
            *next = '\0';
            next += 2;
        }
        model_list_text(paragraphs, copy);
    }
}

int portal_text(page_t *page)
{
    size_t i = 0;
    const char *text = NULL;
    model_t *model;

    while (strcmp(texts[i].path, page->row->path) != 0)
        i++;
    model = page_model(page, message_text(texts[i].title));
    if (base_borrow(page) == NULL)
        return page_db_failed(page, DB_LOST);
    if (texts[i].parameter != NULL &&
        parameter_get(page->db, page->pool, NULL, texts[i].parameter, &text) != DB_OK)
        return page_db_failed(page, db_error(page->db));
    model_paragraphs(page, model, text != NULL ? text : "");
    model_flag(model, "site_map", texts[i].parameter == NULL);
    model_services(page, model);
    return page_render(page, "text", model);
}

/* The health page answers whatever the state of the base: 503 only when it is out of reach or unknown. */
static int send_health(page_t *page, int status, const base_lock_t *lock)
{
    json_t *health = json_pack("{s:s, s:I}", "status", status == HTTP_OK ? "ok" : "unavailable", "clock",
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
    page->r->status = status;
    ap_set_content_type(page->r, "application/json");
    apr_table_setn(page->r->headers_out, "Cache-Control", "no-store");
    if (text != NULL)
        ap_rputs(text, page->r);
    free(text);
    return OK;
}

int portal_health(request_rec *r)
{
    page_t *page = page_create(r, SERVICE_HEALTH);
    base_lock_t lock;
    int reachable;

    if (r->method_number != M_GET) {
        ap_allow_standard_methods(r, REPLACE_ALLOW, M_GET, -1);
        return HTTP_METHOD_NOT_ALLOWED;
    }
    reachable = base_borrow(page) != NULL && base_lock_get(page->db, page->pool, &lock) == DB_OK;
    base_return(page);
    return send_health(page, reachable ? HTTP_OK : HTTP_SERVICE_UNAVAILABLE, reachable ? &lock : NULL);
}
