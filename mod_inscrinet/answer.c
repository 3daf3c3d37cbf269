/* SPDX-License-Identifier: Apache-2.0
 *
 * An answer on its way out: what every page shows (frame, breadcrumb, errors), headers, statuses, redirects.
 */
#include "answer.h"

#include <apr_escape.h>
#include <apr_strings.h>
#include <httpd.h>
#include <http_log.h>
#include <http_protocol.h>

#include "assets.h"
#include "connection.h"
#include "headers.h"
#include "session.h"
#include "text/text.h"

APLOG_USE_MODULE(inscrinet);

enum { TAG_BYTES = 12, LOCKED_RETRY = 300, UNAVAILABLE_RETRY = 60, BUSY_RETRY = 5 /* seconds */ };

static const char *const service_titles[MOUNT_COUNT] = {
    [SERVICE_MANAGER] = "Service Gestionnaire",
    [SERVICE_ESTABLISHMENT] = "Service Établissement",
    [SERVICE_SCHOOL_REGISTRATION] = "Service Inscription Établissement",
    [SERVICE_PUBLIC_REGISTRATION] = "Service Inscription Grand Public",
};

/* ---------------------------------------------------------------- the base has failed */

static db_error_t tell_failure(const page_t *page)
{
    const char *text = connection_failure_text(page);

    if (text != NULL)
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, page->r, "INS041: the base failed: %s", text);
    return connection_failure(page);
}

static void retry_after(const page_t *page, apr_int64_t seconds)
{
    apr_table_setn(page->r->err_headers_out, "Retry-After",
                   apr_psprintf(page->pool, "%" APR_INT64_T_FMT, seconds));
}

/* Not now, and what was typed stays on the page. */
static int answer_later(page_t *page, apr_int64_t seconds, message_t why)
{
    connection_return(page);
    page->status = STATUS_UNAVAILABLE;
    retry_after(page, seconds);
    page_error(page, NULL, message_text(why));
    return page->route->get != NULL ? answer_again(page) : answer_fail(page, STATUS_UNAVAILABLE);
}

static int db_failed(page_t *page, db_error_t failure)
{
    int ours = failure == DB_BROKEN || failure == DB_CONFLICT;

    apr_table_unset(page->r->err_headers_out, "Set-Cookie"); /* of a session that was rolled back */
    if (connection_was_busy(failure) && page->form != NULL && page->route->get != NULL &&
        page->status != STATUS_UNAVAILABLE)
        return answer_later(page, BUSY_RETRY, MSG_BASE_BUSY);
    return answer_fail(page, ours ? STATUS_FAILED : STATUS_UNAVAILABLE);
}

void answer_lacks(page_t *page)
{
    page->lacks = tell_failure(page);
}

/* ---------------------------------------------------------------- the model */

void answer_with_script(page_t *page, model_t *model)
{
    headers_allow_script(page->r);
    model_text(model, "script", apr_pstrcat(page->pool, page->config->assets_path, ASSET_SCRIPT, NULL));
}

void answer_come_again(page_t *page, int seconds)
{
    apr_table_setn(page->r->headers_out, "Refresh", apr_itoa(page->pool, seconds));
}

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
        model_text(model, "exam",
                   page->exam_session != NULL ? page->exam_session->title : exam_info(page->exam)->title);
        model_text(model, "exam_name", exam_info(page->exam)->name);
        if (page->service != SERVICE_MANAGER) /* whose menu is of all exams */
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
    const char *token = session_csrf(page);

    if (token == NULL)
        answer_lacks(page);
    model_text(model, "token",
               token == NULL || page->exam_session == NULL
                   ? token
                   : apr_psprintf(page->pool, "%s.%" APR_INT64_T_FMT, token, page->exam_session->id));
    model_text(model, "school", page->actor.school_name);
    model_text(model, "school_code", page->actor.school);
    model_flag(model, "viewing", page->actor.viewing);
    model_text(model, "manager_name", page->actor.person);
    if (page->actor.role == ROLE_DELEGATE)
        model_text(model, "delegate", page->actor.login);
    if (page->session != NULL)
        model_text(model, "notice", page->session->notice);
}

/* « Erreur : page – service – site », each part once; the menu of an exam says which one instead of its
 * service's name twice. */
static const char *document_title(page_t *page, const char *title)
{
    const char *site = message_text(MSG_SITE_NAME);
    const char *service = page->service < SERVICE_COUNT ? service_titles[page->service] : title;
    const char *whole = page->errors->nelts > 0 ? "Erreur\xc2\xa0: " : "";

    if (strcmp(service, title) == 0 && page->exam != EXAM_NONE)
        service = page->exam_session != NULL ? page->exam_session->title : exam_info(page->exam)->title;
    whole = apr_pstrcat(page->pool, whole, title, NULL);
    if (strcmp(service, title) != 0)
        whole = apr_pstrcat(page->pool, whole, " – ", service, NULL);
    if (strcmp(site, title) != 0)
        whole = apr_pstrcat(page->pool, whole, " – ", site, NULL);
    return whole;
}

model_t *answer_model(page_t *page, const char *title)
{
    model_t *model = model_create(page->pool, page->config->templates);

    model_text(model, "title", title);
    model_text(model, "document_title", document_title(page, title));
    model_links(page, model);
    if (page->frame_read) {
        model_text(model, "authority", page->frame.authority);
        if (page->exam_session != NULL)
            model_text(model, "session_words", page->exam_session->words);
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

/* ---------------------------------------------------------------- headers and pages */

void answer_begin(page_t *page, const char *type)
{
    page->r->status = page->status;
    ap_set_content_type(page->r, type);
}

/* What says the same to everybody; not by somebody who is logged in. */
static int may_be_kept(const page_t *page)
{
    return (page->service == SERVICE_PORTAL || page->for_everybody) && page->status == STATUS_OK &&
           page->r->user == NULL && !session_is_claimed(page);
}

int answer_tag(page_t *page, apr_bucket_brigade *out)
{
    request_rec *r = page->r;
    unsigned char digest[DIGEST_BYTES];
    apr_size_t length;
    char *bytes;

    if (!may_be_kept(page))
        return OK;
    if (apr_brigade_pflatten(out, &bytes, &length, page->pool) != APR_SUCCESS)
        return OK;
    digest_pair(bytes, length, "", 0, digest);
    headers_allow_keeping(
        r, apr_pstrcat(page->pool, "\"", apr_pescape_hex(page->pool, digest, TAG_BYTES, 0), "\"", NULL));
    return ap_meets_conditions(r);
}

/* The pages. */
/* clang-format off */
static const char *const names[] = {
    "candidate", "classes", "code_sent", "confirmation", "delegates", "done", "drafts", "entry", "european", "exams",
    "expected", "fail", "files", "follow", "list", "login", "manager_calls", "manager_candidate", "manager_card",
    "manager_double", "manager_doubles", "manager_files", "manager_follow_up", "manager_follow_up_session",
    "manager_initialisation", "manager_journal", "manager_list", "manager_lock", "manager_menu", "manager_offers",
    "manager_office", "manager_opening", "manager_parameter", "manager_parameters", "manager_posting", "manager_reminders", "manager_school",
    "manager_schools", "manager_search", "manager_session", "manager_sessions", "manager_several", "manager_specialties",
    "manager_specialty", "manager_work", "manager_works", "menu", "new_code", "options", "password",
    "portal", "print", "prove", "public", "pupils", "returns", "saved", "service", "slips", "step", "summary",
    "text", "validation"};
/* clang-format on */

const char *answer_missing_template(const template_set_t *templates)
{
    size_t i;

    for (i = 0; i < sizeof names / sizeof *names; i++)
        if (template_find(templates, names[i]) == NULL)
            return names[i];
    return NULL;
}

int answer_render(page_t *page, const char *name, model_t *model)
{
    db_error_t lacks = page->lacks;
    const template_t *found = template_find(page->config->templates, name);
    request_rec *r = page->r;
    apr_bucket_brigade *out = apr_brigade_create(page->pool, r->connection->bucket_alloc);

    page->lacks = DB_OK; /* the page that says so asks for nothing */
    if (lacks != DB_OK)
        return db_failed(page, lacks);
    if (found == NULL || template_render(found, model, out) != APR_SUCCESS) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, "INS040: the page %s could not be made", name);
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    connection_return(page);
    if (answer_tag(page, out) != OK)
        return HTTP_NOT_MODIFIED;
    answer_begin(page, "text/html; charset=utf-8");
    APR_BRIGADE_INSERT_TAIL(out, apr_bucket_eos_create(r->connection->bucket_alloc));
    ap_pass_brigade(r->output_filters, out);
    return OK;
}

/* ---------------------------------------------------------------- errors */

static message_t fail_message(int status)
{
    switch (status) {
    case STATUS_FORBIDDEN:
        return MSG_FAIL_FORBIDDEN;
    case STATUS_NOT_FOUND:
        return MSG_FAIL_NOT_FOUND;
    case STATUS_METHOD:
        return MSG_FAIL_METHOD;
    case STATUS_TOO_LARGE:
        return MSG_FAIL_TOO_LARGE;
    case STATUS_MEDIA_TYPE:
        return MSG_FAIL_MEDIA_TYPE;
    case STATUS_UNAVAILABLE:
        return MSG_FAIL_UNAVAILABLE;
    default:
        return MSG_FAIL_INTERNAL;
    }
}

static message_t fail_title(int status)
{
    switch (status) {
    case STATUS_NOT_FOUND:
        return MSG_TITLE_NOT_FOUND;
    case STATUS_FORBIDDEN:
        return MSG_TITLE_FORBIDDEN;
    case STATUS_UNAVAILABLE:
        return MSG_TITLE_UNAVAILABLE;
    case STATUS_THROTTLED:
        return MSG_TITLE_THROTTLED;
    default:
        return MSG_TITLE_FAILED;
    }
}

/* An error page asks the base for nothing: it must also come when the base is away. */
int answer_fail_text(page_t *page, int status, message_t title, message_t text)
{
    model_t *model = model_create(page->pool, page->config->templates);

    connection_return(page);
    page->status = status;
    model_text(model, "title", message_text(title));
    model_text(model, "document_title", document_title(page, message_text(title)));
    model_links(page, model);
    model_text(model, "text", message_text(text));
    model_text(model, "reference", page_request_id(page));
    if (status == STATUS_UNAVAILABLE)
        retry_after(page, UNAVAILABLE_RETRY);
    if (status == STATUS_METHOD)
        apr_table_setn(page->r->err_headers_out, "Allow",
                       page->route->post == NULL  ? "GET, HEAD"
                       : page->route->get == NULL ? "POST"
                                                  : "GET, HEAD, POST");
    return answer_render(page, "fail", model);
}

int answer_fail(page_t *page, int status)
{
    return answer_fail_text(page, status, fail_title(status), fail_message(status));
}

int answer_not_found(page_t *page)
{
    return answer_fail(page, STATUS_NOT_FOUND);
}

int answer_db_failed(page_t *page)
{
    return db_failed(page, tell_failure(page));
}

int answer_again(page_t *page)
{
    return page->route->get(page);
}

int answer_refuse(page_t *page, const char *why)
{
    connection_return(page);
    page_error(page, NULL, why);
    return answer_again(page);
}

int answer_locked(page_t *page)
{
    apr_int64_t until = page->frame.lock.until;

    return answer_later(page, until != DB_NULL && until > page->now ? until - page->now : LOCKED_RETRY,
                        MSG_BASE_LOCKED);
}

void answer_throttled(page_t *page, const char *id, int retry)
{
    page->status = STATUS_THROTTLED;
    retry_after(page, retry);
    page_error(page, id, message_format(page->pool, MSG_LOGIN_THROTTLED, apr_itoa(page->pool, retry), NULL));
}

int answer_too_many(page_t *page, int retry, const char *why)
{
    page->status = STATUS_THROTTLED;
    retry_after(page, retry);
    return answer_refuse(page, why);
}

/* ---------------------------------------------------------------- redirects */

static int redirect(page_t *page, int status, const char *address)
{
    connection_return(page);
    apr_table_setn(page->r->headers_out, "Location", address);
    return status;
}

int answer_redirect(page_t *page, const char *format, ...)
{
    va_list arguments;
    const char *path;

    va_start(arguments, format);
    path = apr_pvsprintf(page->pool, format, arguments);
    va_end(arguments);
    return redirect(page, HTTP_SEE_OTHER, page_link(page, page->service, path));
}

int answer_redirect_exam(page_t *page, const char *format, ...)
{
    va_list arguments;
    const char *path;

    va_start(arguments, format);
    path = apr_pvsprintf(page->pool, format, arguments);
    va_end(arguments);
    return redirect(page, HTTP_SEE_OTHER, page_exam_link(page, path));
}

int answer_see_other(page_t *page, const char *address)
{
    return redirect(page, HTTP_SEE_OTHER, address);
}

int answer_moved(page_t *page, const char *address)
{
    return redirect(page, HTTP_PERMANENT_REDIRECT, address);
}
