/* SPDX-License-Identifier: Apache-2.0
 *
 * A page on its way out: what every page shows (frame, breadcrumb, errors), headers, statuses, redirects.
 */
#include "inscrinet.h"

#include <apr_escape.h>
#include <apr_strings.h>
#include <http_core.h>
#include <http_protocol.h>
#include <http_request.h>
#include <util_script.h>

#include "assets.h"
#include "store/audit.h"
#include "text/text.h"

APLOG_USE_MODULE(inscrinet);

enum { TAG_BYTES = 12 };

static const char *const service_titles[MOUNT_COUNT] = {
    [SERVICE_MANAGER] = "Service Gestionnaire",
    [SERVICE_ESTABLISHMENT] = "Service Établissement",
    [SERVICE_SCHOOL_REGISTRATION] = "Service Inscription Établissement",
    [SERVICE_PUBLIC_REGISTRATION] = "Service Inscription Grand Public",
};

/* What the address asks. httpd leaves the + of a browser's forms, which stands for a space. */
static apr_table_t *read_query(request_rec *r)
{
    char *args = r->args, *plus;
    apr_table_t *query;

    if (args != NULL)
        for (r->args = plus = apr_pstrdup(r->pool, args); (plus = strchr(plus, '+')) != NULL;)
            *plus = ' ';
    ap_args_to_table(r, &query);
    r->args = args;
    return query;
}

page_t *page_create(request_rec *r, int service)
{
    page_t *page = ap_get_module_config(r->request_config, &inscrinet_module);

    if (page != NULL && page->service == service)
        return page;
    page = apr_pcalloc(r->pool, sizeof *page);
    page->r = r;
    page->pool = r->pool;
    page->config = config_of(r->server);
    page->service = service;
    page->exam = EXAM_NONE;
    page->step = -1;
    page->status = HTTP_OK;
    page->now = apr_time_sec(r->request_time) + page->config->clock_offset;
    page->errors = apr_array_make(r->pool, 4, sizeof(field_error_t));
    page->query = read_query(r);
    ap_set_module_config(r->request_config, &inscrinet_module, page);
    return page;
}

const char *page_request_id(const page_t *page)
{
    return page->r->log_id != NULL ? page->r->log_id : "-";
}

const char *page_client(const page_t *page)
{
    return page->r->useragent_ip;
}

void page_error(page_t *page, const char *id, const char *text)
{
    page_error_about(page, NULL, id, text);
}

void page_error_about(page_t *page, const char *about, const char *id, const char *text)
{
    APR_ARRAY_PUSH(page->errors, field_error_t) = (field_error_t){id, text, about};
    /* whoever only looks is told, not refused */
    if (page->r->method_number == M_POST && page->status == HTTP_OK)
        page->status = HTTP_UNPROCESSABLE_ENTITY;
}

void page_throttled(page_t *page, const char *id, int retry)
{
    const char *seconds = apr_psprintf(page->pool, "%d", retry);

    apr_table_setn(page->r->err_headers_out, "Retry-After", seconds);
    page->status = HTTP_TOO_MANY_REQUESTS;
    page_error(page, id, message_format(page->pool, MSG_LOGIN_THROTTLED, seconds, NULL));
}

const char *page_error_of(const page_t *page, const char *id)
{
    int i;

    for (i = 0; i < page->errors->nelts; i++) {
        const field_error_t *error = &APR_ARRAY_IDX(page->errors, i, field_error_t);

        if (error->id != NULL && strcmp(error->id, id) == 0)
            return error->text;
    }
    return NULL;
}

int page_has_errors(const page_t *page)
{
    return page->errors->nelts > 0;
}

const char *page_link(const page_t *page, int service, const char *path)
{
    return apr_pstrcat(page->pool, page->config->mount[service], path, NULL);
}

const char *page_exam_link(const page_t *page, const char *path)
{
    return apr_pstrcat(page->pool, page->config->mount[page->service], exam_info(page->exam)->path, "/", path,
                       NULL);
}

int page_redirect(page_t *page, const char *format, ...)
{
    va_list arguments;
    const char *path;

    va_start(arguments, format);
    path = apr_pvsprintf(page->pool, format, arguments);
    va_end(arguments);
    base_return(page);
    apr_table_setn(page->r->headers_out, "Location", page_link(page, page->service, path));
    apr_table_setn(page->r->headers_out, "Cache-Control", "no-store");
    return HTTP_SEE_OTHER;
}

const char *page_actor(const page_t *page)
{
    if (page->session != NULL && page->session->login != NULL && page->service == SERVICE_ESTABLISHMENT)
        return page->session->login;
    return page->service == SERVICE_PUBLIC_REGISTRATION || page->session != NULL ? "candidat" : "anonyme";
}

db_error_t page_audit(page_t *page, const char *action, apr_int64_t number, const char *detail,
                      const char *cited)
{
    audit_entry_t entry = {
        .at = page->now,
        .service = service_info((service_t)page->service)->code,
        .actor = page->session != NULL && page->session->login != NULL ? page->session->login : "anonyme",
        .address = page_client(page),
        .action = action,
        .exam = page->exam != EXAM_NONE ? exam_info(page->exam)->code : NULL,
        .number = number,
        .establishment = page->session != NULL ? page->session->establishment_code : NULL,
        .detail = detail,
        .cited = cited};

    return audit_add(page->db, &entry);
}

/* ---------------------------------------------------------------- the model */

static void model_links(page_t *page, model_t *model)
{
    model_text(model, "home", page->config->mount[SERVICE_PORTAL]);
    model_text(model, "style", apr_pstrcat(page->pool, page->config->assets_path, ASSET_STYLE, NULL));
    if (page->service < SERVICE_COUNT) {
        model_text(model, "service", service_titles[page->service]);
        model_text(model, "service_home", page->config->mount[page->service]);
        model_text(model, "logout", page_link(page, page->service, "quitter"));
    }
    if (page->exam != EXAM_NONE) {
        model_text(model, "exam", exam_info(page->exam)->title);
        model_text(model, "exam_name", exam_info(page->exam)->name);
        model_text(model, "exam_home", page_exam_link(page, ""));
    }
}

static void model_errors(page_t *page, model_t *model)
{
    model_list_t *errors;
    int i;

    if (page->errors->nelts == 0)
        return;
    errors = model_list(model, "errors");
    for (i = 0; i < page->errors->nelts; i++) {
        const field_error_t *error = &APR_ARRAY_IDX(page->errors, i, field_error_t);
        model_t *row = model_list_object(errors);

        model_text(row, "id", error->id);
        model_text(row, "text", error->text);
        model_text(row, "about", error->about);
    }
    model_flag(model, "has_errors", 1);
    model_int(model, "error_count", page->errors->nelts);
    model_flag(model, "several_errors", page->errors->nelts > 1);
}

static void model_lock(page_t *page, model_t *model)
{
    if (!page->frame.lock.locked)
        return;
    model_flag(model, "locked", 1);
    model_text(model, "lock_reason", page->frame.lock.reason);
    if (page->frame.lock.until != DB_NULL)
        model_text(model, "lock_until",
                   local_time_in_full(page->pool, page->frame.zone, page->frame.lock.until));
}

static void model_session(page_t *page, model_t *model)
{
    const session_t *session = page->session;

    model_text(model, "token", session_csrf(page));
    if (session == NULL)
        return;
    model_text(model, "school", session->establishment_name);
    model_text(model, "school_code", session->establishment_code);
    if (session->login != NULL && session->establishment_code != NULL &&
        strcmp(session->login, session->establishment_code) != 0)
        model_text(model, "delegate", session->login);
    model_text(model, "notice", session->notice);
}

/* « Erreur : page – service – site », each part once; the menu of an exam says which one instead of its
 * service's name twice. */
static const char *document_title(page_t *page, const char *title)
{
    const char *site = message_text(MSG_SITE_NAME);
    const char *service = page->service < SERVICE_COUNT ? service_titles[page->service] : title;
    const char *whole = page->errors->nelts > 0 ? "Erreur\xc2\xa0: " : "";

    if (strcmp(service, title) == 0 && page->exam != EXAM_NONE)
        service = exam_info(page->exam)->title;
    whole = apr_pstrcat(page->pool, whole, title, NULL);
    if (strcmp(service, title) != 0)
        whole = apr_pstrcat(page->pool, whole, " – ", service, NULL);
    if (strcmp(site, title) != 0)
        whole = apr_pstrcat(page->pool, whole, " – ", site, NULL);
    return whole;
}

model_t *page_model(page_t *page, const char *title)
{
    model_t *model = model_create(page->pool, page->config->templates);

    model_text(model, "title", title);
    model_text(model, "document_title", document_title(page, title));
    model_links(page, model);
    if (page_read_frame(page) == DB_OK) {
        model_text(model, "authority", page->frame.authority);
        model_int(model, "session_year", page->frame.session_year);
        model_text(model, "session_period", page->frame.period);
        model_lock(page, model);
        if (page->config->test_mode) {
            model_flag(model, "test_mode", 1);
            model_text(model, "test_clock", local_time_in_full(page->pool, page->frame.zone, page->now));
        }
    }
    if (page->service < SERVICE_COUNT)
        model_session(page, model);
    model_errors(page, model);
    return model;
}

/* ---------------------------------------------------------------- headers and answers */

static void security_headers(page_t *page)
{
    apr_table_t *headers = page->r->err_headers_out;

    apr_table_setn(
        headers, "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'");
    apr_table_setn(headers, "X-Content-Type-Options", "nosniff");
    apr_table_setn(headers, "Referrer-Policy", "same-origin");
    apr_table_setn(headers, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    apr_table_setn(headers, "Cross-Origin-Opener-Policy", "same-origin");
    apr_table_setn(headers, "Cross-Origin-Resource-Policy", "same-origin");
    if (apr_table_get(page->r->headers_out, "Cache-Control") == NULL)
        apr_table_setn(page->r->headers_out, "Cache-Control", "no-store");
}

void page_cache(page_t *page, const char *etag)
{
    if (etag == NULL)
        return;
    apr_table_setn(page->r->headers_out, "Cache-Control", "private, no-cache");
    apr_table_setn(page->r->headers_out, "ETag", apr_pstrcat(page->pool, "\"", etag, "\"", NULL));
}

void page_headers(page_t *page, const char *type)
{
    page->r->status = page->status;
    ap_set_content_type(page->r, type);
    security_headers(page);
}

int page_meets_conditions(page_t *page)
{
    int answer = page->status == HTTP_OK ? ap_meets_conditions(page->r) : OK;

    if (answer != OK)
        security_headers(page);
    return answer;
}

const char *page_missing_template(const template_set_t *templates)
{
    static const char *const names[] = {
        "candidate", "code_sent", "confirmation", "delegates", "done",      "drafts",  "entry",    "european",
        "exams",     "expected",  "fail",         "list",      "login",     "menu",    "new_code", "options",
        "password",  "portal",    "print",        "prove",     "public",    "returns", "saved",    "service",
        "slips",     "step",      "summary",      "text",      "validation"};
    size_t i;

    for (i = 0; i < sizeof names / sizeof *names; i++)
        if (template_find(templates, names[i]) == NULL)
            return names[i];
    return NULL;
}

/* The head's own pages may stay in his browser, which asks each time whether they are still right. */
static int may_be_kept(const page_t *page)
{
    return page->service == SERVICE_ESTABLISHMENT && page->session != NULL && page->form == NULL &&
           page->status == HTTP_OK && apr_table_get(page->r->headers_out, "Cache-Control") == NULL;
}

/* An ETag of what the page says, for those that no version of the base speaks for. OK, or 304. */
static int tag_by_content(page_t *page, apr_bucket_brigade *out)
{
    unsigned char digest[DIGEST_BYTES];
    apr_size_t length;
    char *bytes;

    if (apr_brigade_pflatten(out, &bytes, &length, page->pool) != APR_SUCCESS)
        return OK;
    digest_pair(bytes, length, "", 0, digest);
    page_cache(page, apr_pescape_hex(page->pool, digest, TAG_BYTES, 0));
    return page_meets_conditions(page);
}

int page_render(page_t *page, const char *name, model_t *model)
{
    const template_t *found = template_find(page->config->templates, name);
    request_rec *r = page->r;
    apr_bucket_brigade *out = apr_brigade_create(page->pool, r->connection->bucket_alloc);

    if (found == NULL || template_render(found, model, out) != APR_SUCCESS) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, "INS040: the page %s could not be made", name);
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    base_return(page);
    if (may_be_kept(page) && tag_by_content(page, out) != OK)
        return HTTP_NOT_MODIFIED;
    page_headers(page, "text/html; charset=utf-8");
    APR_BRIGADE_INSERT_TAIL(out, apr_bucket_eos_create(r->connection->bucket_alloc));
    ap_pass_brigade(r->output_filters, out);
    return OK;
}

static message_t fail_message(int status)
{
    switch (status) {
    case HTTP_FORBIDDEN:
        return MSG_FAIL_FORBIDDEN;
    case HTTP_NOT_FOUND:
        return MSG_FAIL_NOT_FOUND;
    case HTTP_METHOD_NOT_ALLOWED:
        return MSG_FAIL_METHOD;
    case HTTP_REQUEST_ENTITY_TOO_LARGE:
        return MSG_FAIL_TOO_LARGE;
    case HTTP_UNSUPPORTED_MEDIA_TYPE:
        return MSG_FAIL_MEDIA_TYPE;
    case HTTP_SERVICE_UNAVAILABLE:
        return MSG_FAIL_UNAVAILABLE;
    default:
        return MSG_FAIL_INTERNAL;
    }
}

static message_t fail_title(int status)
{
    switch (status) {
    case HTTP_NOT_FOUND:
        return MSG_TITLE_NOT_FOUND;
    case HTTP_FORBIDDEN:
        return MSG_TITLE_FORBIDDEN;
    case HTTP_SERVICE_UNAVAILABLE:
        return MSG_TITLE_UNAVAILABLE;
    case HTTP_TOO_MANY_REQUESTS:
        return MSG_TITLE_THROTTLED;
    default:
        return MSG_TITLE_FAILED;
    }
}

/* An error page asks the base for nothing: it must also come when the base is away. */
int page_fail_text(page_t *page, int status, message_t title, message_t text)
{
    model_t *model = model_create(page->pool, page->config->templates);

    base_return(page);
    page->status = status;
    model_text(model, "title", message_text(title));
    model_text(model, "document_title", document_title(page, message_text(title)));
    model_links(page, model);
    model_text(model, "text", message_text(text));
    model_text(model, "reference", page_request_id(page));
    if (status == HTTP_SERVICE_UNAVAILABLE)
        apr_table_setn(page->r->err_headers_out, "Retry-After", "60");
    if (status == HTTP_METHOD_NOT_ALLOWED)
        apr_table_setn(page->r->err_headers_out, "Allow",
                       page->row->post == NULL  ? "GET, HEAD"
                       : page->row->get == NULL ? "POST"
                                                : "GET, HEAD, POST");
    return page_render(page, "fail", model);
}

int page_fail(page_t *page, int status)
{
    return page_fail_text(page, status, fail_title(status), fail_message(status));
}

int page_db_failed(page_t *page, db_error_t error)
{
    if (page->db != NULL)
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, page->r, "INS041: the base failed: %s",
                      db_error_text(page->db));
    return page_fail(page, error == DB_BROKEN || error == DB_CONFLICT ? HTTP_INTERNAL_SERVER_ERROR
                                                                      : HTTP_SERVICE_UNAVAILABLE);
}
