/* SPDX-License-Identifier: Apache-2.0 */
#include "page.h"

#include <apr_strings.h>
#include <httpd.h>
#include <http_log.h>
#include <http_protocol.h>
#include <util_script.h>

#include "directives.h"
#include "domain/check.h"
#include "store/audit.h"

APLOG_USE_MODULE(inscrinet);

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
    page->config = directives_config(r->server);
    page->service = service;
    page->exam = EXAM_NONE;
    page->step = -1;
    page->actor.name = ACTOR_NOBODY;
    page->status = STATUS_OK;
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

void page_log(const page_t *page, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, page->r, "%s", apr_pvsprintf(page->pool, format, arguments));
    va_end(arguments);
}

/* ---------------------------------------------------------------- what is wrong */

void page_error(page_t *page, const char *id, const char *text)
{
    page_error_about(page, NULL, id, text);
}

void page_error_about(page_t *page, const char *about, const char *id, const char *text)
{
    APR_ARRAY_PUSH(page->errors, field_error_t) = (field_error_t){id, text, about};
    /* whoever only looks is told, not refused */
    if (page->r->method_number == M_POST && page->status == STATUS_OK)
        page->status = STATUS_INVALID;
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

/* ---------------------------------------------------------------- addresses */

const char *page_query(const page_t *page, const char *name)
{
    const char *value = apr_table_get(page->query, name);

    return value != NULL && value[0] != '\0' ? value : NULL;
}

apr_int64_t page_number(const page_t *page, const char *name)
{
    const char *typed = page_query(page, name);
    apr_int64_t number = typed != NULL ? whole_number(typed) : 0;

    return typed != NULL && number == 0 ? -1 : number;
}

int page_is_head(const page_t *page)
{
    return page->r->header_only;
}

const char *page_link(const page_t *page, int service, const char *path)
{
    return apr_pstrcat(page->pool, page->config->mount[service], path, NULL);
}

const char *page_before_exam(const page_t *page)
{
    const char *exam = page->route != NULL ? strstr(page->route->path, "EXAM") : NULL, *before, *school;

    if (exam == NULL)
        return "";
    before = apr_pstrmemdup(page->pool, page->route->path, (apr_size_t)(exam - page->route->path));
    if ((school = strstr(before, "UAI")) == NULL)
        return before;
    return apr_pstrcat(page->pool, apr_pstrmemdup(page->pool, before, (apr_size_t)(school - before)),
                       page->code, school + 3, NULL);
}

const char *page_exam_link(const page_t *page, const char *path)
{
    return apr_pstrcat(page->pool, page->config->mount[page->service], page_before_exam(page),
                       page->exam_path, "/", path, NULL);
}

const char *page_path(const page_t *page)
{
    const char *query = page->r->args;

    return apr_pstrcat(page->pool, ap_os_escape_path(page->pool, page->r->uri, 1), query != NULL ? "?" : NULL,
                       query, NULL);
}

const char *page_site(const page_t *page)
{
    const char *host = apr_table_get(page->r->headers_in, "Host");

    return apr_pstrcat(page->pool, page->config->secure == 1 ? "https" : ap_http_scheme(page->r), "://",
                       host != NULL ? host : page->r->server->server_hostname, NULL);
}

/* ---------------------------------------------------------------- the trail */

db_error_t page_audit_school(page_t *page, const char *school, const char *action, const char *detail)
{
    audit_entry_t entry = {.at = page->now,
                           .service = service_info((service_t)page->service)->code,
                           .actor = page->actor.name,
                           .address = page_client(page),
                           .action = action,
                           .number = DB_NULL,
                           .establishment = school,
                           .detail = detail};

    return audit_add(page->db, &entry);
}

db_error_t page_audit(page_t *page, const char *action, apr_int64_t number, const char *detail,
                      const char *cited)
{
    audit_entry_t entry = {.at = page->now,
                           .service = service_info((service_t)page->service)->code,
                           .actor = page->actor.name,
                           .address = page_client(page),
                           .action = action,
                           .exam = page->exam != EXAM_NONE ? exam_info(page->exam)->code : NULL,
                           .number = number,
                           .establishment = page->actor.school,
                           .detail = detail,
                           .cited = cited};

    return audit_add(page->db, &entry);
}
