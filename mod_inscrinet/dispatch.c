/* SPDX-License-Identifier: Apache-2.0
 *
 * From a handler's name to a page function, along the row of the address and in one order for all pages:
 * method, session and actor, body, CSRF token, fields, the base's lock. No page is named here: what is
 * particular about one stands in its row.
 */
#include "dispatch.h"

#include <apr_strings.h>
#include <httpd.h>
#include <http_log.h>
#include <http_protocol.h>

#include "actor.h"
#include "address.h"
#include "answer.h"
#include "connection.h"
#include "directives.h"
#include "domain/questionnaire.h"
#include "form.h"
#include "frame.h"
#include "login.h"
#include "manager/viewing.h"
#include "session.h"

APLOG_USE_MODULE(inscrinet);

static int is_read(const page_t *page)
{
    return page->r->method_number == M_GET; /* HEAD included */
}

/* The checks of a request give DECLINED to let it pass, else what the handler gives: they have answered. */
static int check_method(page_t *page)
{
    request_rec *r = page->r;
    const route_t *route = page->route;

    if ((is_read(page) && route->get != NULL) || (r->method_number == M_POST && route->post != NULL))
        return DECLINED;
    r->allowed = (route->get != NULL ? AP_METHOD_BIT << M_GET : 0) |
                 (route->post != NULL ? AP_METHOD_BIT << M_POST : 0);
    return answer_fail(page, STATUS_METHOD);
}

/* ---------------------------------------------------------------- who asks */

/* A form comes back to the session of the exam that its page was of, whatever its plain address means by now:
 * "TOKEN.ID". What isn't written so, or names no session of this exam, stays as it is and is no token. */
static int read_form(page_t *page)
{
    int status = form_read(page), found;
    const char *token, *dot;
    apr_int64_t id;

    if (status != OK)
        return answer_fail(page, status);
    token = form_value(page, "jeton");
    if ((dot = strchr(token, '.')) == NULL)
        return DECLINED;
    id = apr_atoi64(dot + 1);
    if (strcmp(dot + 1, apr_psprintf(page->pool, "%" APR_INT64_T_FMT, id)) != 0)
        return DECLINED;
    if (frame_return_to_session(page, id, &found) != DB_OK)
        return answer_db_failed(page);
    if (found)
        apr_hash_set(page->form, "jeton", APR_HASH_KEY_STRING,
                     apr_pstrmemdup(page->pool, token, (apr_size_t)(dot - token)));
    return DECLINED;
}

/* The keeper acts as the session that has ended, and shows none of its pages again: whoever sits there now is
 * not logged in. */
static int keep_as_ended(page_t *page)
{
    route_t *pageless = apr_pmemdup(page->pool, page->route, sizeof *pageless);
    int answer;

    pageless->get = NULL;
    page->route = pageless;
    page->session = page->ended;
    actor_make(page);
    answer = page->route->keep(page);
    page->session = NULL;
    actor_make(page);
    return answer;
}

/* What was posted by a session that has ended goes where its row keeps it. */
static int keep_posted(page_t *page)
{
    int answer;

    connection_return(page);
    if ((answer = read_form(page)) != DECLINED)
        return answer;
    if (!session_csrf_of_ended(page))
        return answer_fail(page, STATUS_FORBIDDEN);
    return keep_as_ended(page);
}

/* An individual has no login to come back by: the next page that he asks for says what waits for him. */
static void carry_draft_over(page_t *page)
{
    session_item_t item;

    if (page->ended != NULL && login_draft_waits(page) && connection_begin(page) != NULL) {
        login_carry_over(page, &item);
        connection_commit(page);
    }
}

static int ask_for_login(page_t *page)
{
    int answer = page->ended != NULL && page->r->method_number == M_POST && page->route->keep != NULL
                     ? keep_posted(page)
                     : ROUTE_KEPT;

    if (answer != ROUTE_KEPT)
        return answer;
    if (page->service != SERVICE_PUBLIC_REGISTRATION)
        return answer_redirect(page, "connexion");
    carry_draft_over(page);
    return page->exam != EXAM_NONE ? answer_redirect_exam(page, "%s", "") : answer_redirect(page, "%s", "");
}

static unsigned needed_rights(const page_t *page)
{
    return page->route->needs | (is_read(page) ? RIGHT_NOTHING : page->route->changes);
}

static int is_his_exam(const page_t *page)
{
    return page->exam == EXAM_NONE || page->actor.role != ROLE_MANAGER ||
           actor_has_exam(&page->actor, page->exam);
}

static int check_rights(page_t *page)
{
    unsigned missing = needed_rights(page) & ~page->actor.rights;

    if (missing == 0)
        return is_his_exam(page) ? DECLINED : answer_not_found(page);
    if (page->actor.role == ROLE_NOBODY)
        return ask_for_login(page);
    if ((page->actor.rights & RIGHT_PAGES) == 0) /* a default password opens the page that replaces it */
        return answer_redirect(page, "mot-de-passe");
    return answer_fail(page, STATUS_FORBIDDEN);
}

static int check_actor(page_t *page)
{
    int answer;

    if (page->service >= SERVICE_COUNT)
        return DECLINED;
    if (page->route->needs == RIGHT_NOTHING && page->service == SERVICE_PUBLIC_REGISTRATION && is_read(page))
        carry_draft_over(page);
    if ((answer = check_rights(page)) != DECLINED)
        return answer;
    return viewing_begin(page, &answer) ? DECLINED : answer;
}

/* What all that follows rests on: the session and its actor, the frame, the session of the exam. */
static int look_around(page_t *page)
{
    int answer;

    if (page->service == SERVICE_HEALTH) /* it answers whatever the state of the base */
        return DECLINED;
    if ((page->service < SERVICE_COUNT && (session_load(page) != DB_OK || login_adopt(page) != DB_OK)) ||
        frame_read(page) != DB_OK)
        return answer_db_failed(page);
    return page->exam == EXAM_NONE || frame_find_session(page, &answer) ? DECLINED : answer;
}

/* ---------------------------------------------------------------- what was posted */

/* Whether a name is that of a control which the page shows, and to which the summary of errors can lead. */
static int is_control(const page_t *page, const char *name)
{
    const question_t *asked;

    if ((page->route->flags & ROUTE_STEP_FIELDS) == 0)
        return route_shows(page->route, name);
    asked = question_of_name(name);
    return asked != NULL ? asked->step == (step_id_t)page->step
                         : page->step == STEP_SUMMARY && route_shows(page->route, name);
}

/* What is wrong with a field that stands in no control is told without a link. */
static void unlink_strangers(page_t *page)
{
    int i;

    for (i = 0; i < page->errors->nelts; i++) {
        field_error_t *error = &APR_ARRAY_IDX(page->errors, i, field_error_t);

        if (error->id != NULL && !is_control(page, error->id))
            error->id = NULL;
    }
}

static void check_fields(page_t *page)
{
    apr_hash_index_t *index;

    for (index = apr_hash_first(page->pool, page->form); index != NULL; index = apr_hash_next(index)) {
        const char *name = apr_hash_this_key(index);

        if (!route_has_field(page->route, name))
            page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
        else if (!route_takes(page->route, name, apr_hash_this_val(index)))
            page_error(page, NULL, message_text(MSG_FIELD_VALUE));
    }
}

/* Sessions, throttle and audit trail stay outside the lock: logging in and out, proving who one is, and
 * searching change no registration. */
static int passes_lock(const page_t *page)
{
    unsigned flags = page->route->flags;

    return (flags & ROUTE_PASSES_LOCK) != 0 ||
           ((flags & ROUTE_QUIT_PASSES_LOCK) != 0 && form_action(page, "quitter"));
}

/* A button was pressed that leads to another page of the list. */
static int is_turn(const page_t *page)
{
    return page->route->turn != NULL &&
           (form_value(page, "vers")[0] != '\0' || form_action(page, "chercher"));
}

/* An archived session is only read; whoever registers is told so where he would write. */
static int is_archived(const page_t *page)
{
    return (page->service == SERVICE_ESTABLISHMENT || page->service == SERVICE_MANAGER ||
            (page->route->flags & ROUTE_STEP_FIELDS) != 0) &&
           page->exam_session != NULL && page->exam_session->state == EXAM_SESSION_ARCHIVED &&
           (page->route->flags & ROUTE_PASSES_ARCHIVE) == 0 && !passes_lock(page) &&
           !form_action(page, "retour");
}

static int refuse_archived(page_t *page)
{
    page->status = STATUS_FORBIDDEN;
    return answer_refuse(page, message_text(MSG_SESSION_ARCHIVED));
}

/* A refused POST shows its page again, with what was typed, when the browser says that it came from us; where
 * a GET would lead elsewhere there is no such page. A browser that refuses our cookies is told so: it would
 * reload the page for ever. */
static int refuse_forged(page_t *page)
{
    int is_ours = session_same_origin(page), has_cookies = session_brings_cookies(page), answer;
    message_t why = is_ours && !has_cookies ? MSG_COOKIES_WANTED : MSG_FAIL_FORBIDDEN;

    if (!is_ours || page->route->get == NULL)
        return answer_fail_text(page, STATUS_FORBIDDEN, MSG_TITLE_FORBIDDEN, why);
    page->status = STATUS_FORBIDDEN;
    page_error(page, NULL, message_text(has_cookies ? MSG_TOKEN_WRONG : why));
    answer = answer_again(page);
    if (answer != HTTP_SEE_OTHER)
        return answer;
    apr_table_unset(page->r->headers_out, "Location");
    return answer_fail_text(page, STATUS_FORBIDDEN, MSG_TITLE_FORBIDDEN, why);
}

static int answer_post(page_t *page)
{
    int answer;

    connection_return(page); /* a body may be long in coming */
    if ((answer = read_form(page)) != DECLINED)
        return answer;
    unlink_strangers(page);
    if (!session_csrf_ok(page))
        return connection_has_failed(page) ? answer_db_failed(page) : refuse_forged(page);
    check_fields(page);
    if (page_has_errors(page) && page->route->get != NULL)
        return answer_again(page);
    if (is_turn(page))
        return page->route->turn(page);
    if (is_archived(page))
        return refuse_archived(page);
    return page->frame.lock.locked && !passes_lock(page) ? answer_locked(page) : page->route->post(page);
}

/* ---------------------------------------------------------------- the handler */

/* "EXAM" without its slash is an address that people type: 308 keeps method and query. */
static int add_slash(page_t *page)
{
    const char *query = page->r->args;

    return answer_moved(page, apr_pstrcat(page->pool, ap_os_escape_path(page->pool, page->r->uri, 1), "/",
                                          query != NULL ? "?" : NULL, query, NULL));
}

static int wants_slash(const page_t *page, const char *path)
{
    page_t probe = *page;

    return address_match(&probe, apr_pstrcat(page->pool, path, "/", NULL));
}

static int answer_path(page_t *page, const char *path)
{
    int answer;

    if (page->route == NULL && !address_match(page, path)) /* httpd's authorization may have looked already */
        return wants_slash(page, path) ? add_slash(page) : answer_not_found(page);
    if ((answer = check_method(page)) != DECLINED || (answer = look_around(page)) != DECLINED ||
        (answer = check_actor(page)) != DECLINED)
        return answer;
    return page->r->method_number == M_POST ? answer_post(page) : page->route->get(page);
}

int dispatch_handler(request_rec *r)
{
    const config_t *config = directives_config(r->server);
    int service = address_handler(r->handler);
    const char *rest = "";
    page_t *page;

    if (service < 0)
        return DECLINED;
    if (config->driver == NULL) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, "INS030: %s needs InscrinetDatabase in this virtual host",
                      r->handler);
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    page = page_create(r, service);
    if (address_mounted(config, r->uri, &rest) >= 0 && rest == NULL)
        return add_slash(page);
    if (address_mounted(config, r->uri, &rest) != service)
        return answer_not_found(page);
    return answer_path(page, rest);
}
