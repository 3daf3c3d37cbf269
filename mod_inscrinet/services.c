/* SPDX-License-Identifier: Apache-2.0
 *
 * THE table: every address of the product, who may go there, and the function that answers. A request is
 * taken from its handler's name to its row here, checked in one order for all pages (method, session, form,
 * CSRF, lock), and handed over.
 *
 * In a path EXAM stands for an exam's part ("bcp") and STEP for a step's ("identite").
 */
#include "inscrinet.h"

#include <ap_expr.h>
#include <apr_strings.h>
#include <http_core.h>
#include <http_protocol.h>

APLOG_USE_MODULE(inscrinet);

#define ESTABLISHMENT SERVICE_ESTABLISHMENT
#define SCHOOL SERVICE_SCHOOL_REGISTRATION
#define PUBLIC SERVICE_PUBLIC_REGISTRATION
#define PORTAL SERVICE_PORTAL
#define NEW_PASSWORD_FIELDS "actuel nouveau confirmation action"

/* clang-format off */
static const page_row_t rows[] = {
    {PORTAL, "", ACCESS_ANYONE, portal_home, NULL, NULL},
    {PORTAL, "accessibilite", ACCESS_ANYONE, portal_text, NULL, NULL},
    {PORTAL, "mentions-legales", ACCESS_ANYONE, portal_text, NULL, NULL},
    {PORTAL, "donnees-personnelles", ACCESS_ANYONE, portal_text, NULL, NULL},
    {PORTAL, "plan-du-site", ACCESS_ANYONE, portal_text, NULL, NULL},
    {PORTAL, "aide", ACCESS_ANYONE, portal_text, NULL, NULL},

    {ESTABLISHMENT, "connexion", ACCESS_ANYONE, login_get, login_post, "code mot_de_passe"},
    {ESTABLISHMENT, "quitter", ACCESS_QUARANTINED, NULL, logout_post, "*"},
    {ESTABLISHMENT, "", ACCESS_LOGGED_IN, school_home, NULL, NULL},
    {ESTABLISHMENT, "mot-de-passe", ACCESS_QUARANTINED, establishment_password_get, establishment_password_post,
     NEW_PASSWORD_FIELDS},
    {ESTABLISHMENT, "mot-de-passe-inscription", ACCESS_PASSWORDS, establishment_registration_password_get,
     establishment_registration_password_post, NEW_PASSWORD_FIELDS},
    {ESTABLISHMENT, "delegues", ACCESS_PASSWORDS, establishment_delegates_get, establishment_delegates_post,
     "nom droits reinitialiser retirer action"},
    {ESTABLISHMENT, "fiches-connexion", ACCESS_PASSWORDS, establishment_slips_get, establishment_slips_post,
     "mot_de_passe nombre action"},
    {ESTABLISHMENT, "EXAM/", ACCESS_LOGGED_IN, establishment_menu, NULL, NULL},
    {ESTABLISHMENT, "EXAM/service-inscription", ACCESS_LOGGED_IN, establishment_service_get,
     establishment_service_post, "ouvrir action"},
    {ESTABLISHMENT, "EXAM/section-europeenne", ACCESS_LOGGED_IN, establishment_european_get,
     establishment_european_post, "section_europeenne confirmer action"},
    {ESTABLISHMENT, "EXAM/candidats", ACCESS_LOGGED_IN, establishment_list, NULL, NULL},
    {ESTABLISHMENT, "EXAM/candidats.csv", ACCESS_LOGGED_IN, establishment_list_csv, NULL, NULL},
    {ESTABLISHMENT, "EXAM/candidats.pdf", ACCESS_LOGGED_IN, establishment_list_pdf, NULL, NULL},
    {ESTABLISHMENT, "EXAM/candidat", ACCESS_LOGGED_IN, establishment_candidate_get, establishment_candidate_post, "numeros action"},
    {ESTABLISHMENT, "EXAM/candidature/STEP", ACCESS_LOGGED_IN, registration_step_get, registration_step_post, "*"},
    {ESTABLISHMENT, "EXAM/nouveau-code", ACCESS_LOGGED_IN, establishment_new_code_get, establishment_new_code_post, "ancien"},
    {ESTABLISHMENT, "EXAM/validation", ACCESS_LOGGED_IN, establishment_validation_get, establishment_validation_post,
     "candidat+ etats defaire action"},
    {ESTABLISHMENT, "EXAM/retours", ACCESS_LOGGED_IN, establishment_returns_get, establishment_returns_post,
     "confirmation candidat+ action"},
    {ESTABLISHMENT, "EXAM/retours.csv", ACCESS_LOGGED_IN, establishment_returns_csv, NULL, NULL},
    {ESTABLISHMENT, "EXAM/retours.pdf", ACCESS_LOGGED_IN, establishment_returns_pdf, NULL, NULL},
    {ESTABLISHMENT, "EXAM/bordereau.pdf", ACCESS_LOGGED_IN, establishment_bordereau, NULL, NULL},
    {ESTABLISHMENT, "EXAM/effectifs", ACCESS_LOGGED_IN, establishment_expected_get, establishment_expected_post,
     "effectif_* action"},
    {ESTABLISHMENT, "EXAM/confirmations", ACCESS_LOGGED_IN, establishment_print_get, establishment_print_post,
     "specialite changees numeros action"},
    {ESTABLISHMENT, "EXAM/confirmations.pdf", ACCESS_LOGGED_IN, establishment_print_pdf, NULL, NULL},
    {ESTABLISHMENT, "EXAM/confirmation", ACCESS_LOGGED_IN, establishment_print_twin, NULL, NULL},
    {ESTABLISHMENT, "EXAM/saisies", ACCESS_LOGGED_IN, establishment_drafts, NULL, NULL},

    {SCHOOL, "connexion", ACCESS_ANYONE, login_get, login_post, "code mot_de_passe"},
    {SCHOOL, "quitter", ACCESS_LOGGED_IN, NULL, logout_post, "*"},
    {SCHOOL, "", ACCESS_LOGGED_IN, school_home, NULL, NULL},
    {SCHOOL, "EXAM/", ACCESS_LOGGED_IN, registration_exam_get, registration_exam_post, "action"},
    {SCHOOL, "EXAM/reprise", ACCESS_LOGGED_IN, registration_resume_get, registration_resume_post, "code date_naissance"},
    {SCHOOL, "EXAM/modification", ACCESS_LOGGED_IN, registration_modify_get, registration_modify_post, "numero date_naissance code"},
    {SCHOOL, "EXAM/reimpression", ACCESS_LOGGED_IN, registration_reprint_get, registration_reprint_post, "numero date_naissance code"},
    {SCHOOL, "EXAM/brouillon", ACCESS_LOGGED_IN, registration_saved_get, NULL, NULL},
    {SCHOOL, "EXAM/candidature/STEP", ACCESS_LOGGED_IN, registration_step_get, registration_step_post, "*"},
    {SCHOOL, "EXAM/enregistree", ACCESS_LOGGED_IN, registration_done_get, NULL, NULL},
    {SCHOOL, "EXAM/confirmation", ACCESS_LOGGED_IN, registration_twin_get, NULL, NULL},
    {SCHOOL, "EXAM/confirmation.pdf", ACCESS_LOGGED_IN, registration_pdf_get, NULL, NULL},
    {SCHOOL, "EXAM/formulaire-vierge.pdf", ACCESS_LOGGED_IN, registration_blank_get, NULL, NULL},

    {PUBLIC, "", ACCESS_ANYONE, registration_home, NULL, NULL},
    {PUBLIC, "quitter", ACCESS_ANYONE, NULL, logout_post, "*"},
    {PUBLIC, "EXAM/", ACCESS_ANYONE, registration_exam_get, registration_exam_post, "action"},
    {PUBLIC, "EXAM/code-oublie", ACCESS_ANYONE, registration_lost_code_get, registration_lost_code_post,
     "numero date_naissance"},
    {PUBLIC, "EXAM/reprise", ACCESS_ANYONE, registration_resume_get, registration_resume_post, "code date_naissance"},
    {PUBLIC, "EXAM/modification", ACCESS_ANYONE, registration_modify_get, registration_modify_post, "numero date_naissance code"},
    {PUBLIC, "EXAM/reimpression", ACCESS_ANYONE, registration_reprint_get, registration_reprint_post, "numero date_naissance code"},
    {PUBLIC, "EXAM/brouillon", ACCESS_LOGGED_IN, registration_saved_get, NULL, NULL},
    {PUBLIC, "EXAM/candidature/STEP", ACCESS_LOGGED_IN, registration_step_get, registration_step_post, "*"},
    {PUBLIC, "EXAM/enregistree", ACCESS_LOGGED_IN, registration_done_get, NULL, NULL},
    {PUBLIC, "EXAM/confirmation", ACCESS_LOGGED_IN, registration_twin_get, NULL, NULL},
    {PUBLIC, "EXAM/confirmation.pdf", ACCESS_LOGGED_IN, registration_pdf_get, NULL, NULL},
    {PUBLIC, "EXAM/formulaire-vierge.pdf", ACCESS_ANYONE, registration_blank_get, NULL, NULL},
};
/* clang-format on */

static const struct {
    const char *handler;
    int service;
} handlers[] = {
    {"inscrinet-home", SERVICE_PORTAL},
    {"inscrinet-establishment", SERVICE_ESTABLISHMENT},
    {"inscrinet-school-registration", SERVICE_SCHOOL_REGISTRATION},
    {"inscrinet-public-registration", SERVICE_PUBLIC_REGISTRATION},
    {"inscrinet-health", SERVICE_HEALTH},
};

const page_row_t *services_rows(int *count)
{
    *count = sizeof rows / sizeof *rows;
    return rows;
}

/* One part of a pattern against one of the address: EXAM and STEP take what they stand for. */
static int part_matches(page_t *page, const char *pattern, size_t pattern_length, const char *part,
                        size_t length)
{
    if (pattern_length == 4 && strncmp(pattern, "EXAM", 4) == 0) {
        page->exam = exam_of_path(part, length);
        return page->exam != EXAM_NONE;
    }
    if (pattern_length == 4 && strncmp(pattern, "STEP", 4) == 0) {
        page->step = step_of_path(part, length);
        return page->step >= 0;
    }
    return pattern_length == length && strncmp(pattern, part, length) == 0;
}

static int path_matches(page_t *page, const char *pattern, const char *path)
{
    for (;;) {
        size_t pattern_length = strcspn(pattern, "/"), length = strcspn(path, "/");

        if (!part_matches(page, pattern, pattern_length, path, length))
            return 0;
        pattern += pattern_length;
        path += length;
        if (*pattern != *path)
            return 0;
        if (*pattern == '\0')
            return 1;
        pattern++;
        path++;
    }
}

const page_row_t *services_find(page_t *page, const char *path)
{
    size_t i;

    for (i = 0; i < sizeof rows / sizeof *rows; i++) {
        page->exam = EXAM_NONE;
        page->step = -1;
        if (rows[i].service == page->service && path_matches(page, rows[i].path, path))
            return &rows[i];
    }
    return NULL;
}

int services_mounted(const inscrinet_config_t *config, const char *uri, const char **rest)
{
    int best = -1;
    size_t best_length = 0;
    unsigned i;

    for (i = 0; i < sizeof handlers / sizeof *handlers; i++) {
        int service = handlers[i].service;
        const char *mount = config->mount[service];
        size_t length = strlen(mount);
        int without_slash = length > 1 && strncmp(uri, mount, length - 1) == 0 && uri[length - 1] == '\0';

        if (strncmp(uri, mount, length) != 0 && !without_slash)
            continue;
        if (length > best_length) {
            best = service;
            best_length = length;
            *rest = without_slash ? NULL : uri + length;
        }
    }
    return best;
}

/* "EXAM" without its slash is an address that people type: 308 keeps method and query. */
static int add_slash(page_t *page)
{
    const char *query = page->r->args;

    apr_table_setn(page->r->headers_out, "Location",
                   apr_pstrcat(page->pool, ap_os_escape_path(page->pool, page->r->uri, 1), "/",
                               query != NULL ? "?" : NULL, query, NULL));
    return HTTP_PERMANENT_REDIRECT;
}

static int wants_slash(page_t *page, const char *path)
{
    page_t probe = *page;

    return services_find(&probe, apr_pstrcat(page->pool, path, "/", NULL)) != NULL;
}

static int base_is_locked(page_t *page);

static int is_read(const request_rec *r)
{
    return r->method_number == M_GET; /* HEAD included */
}

/* The checks of a request give DECLINED to let it pass, else what the handler gives: they have answered. */
static int check_method(page_t *page)
{
    request_rec *r = page->r;
    const page_row_t *row = page->row;

    if ((is_read(r) && row->get != NULL) || (r->method_number == M_POST && row->post != NULL))
        return DECLINED;
    r->allowed =
        (row->get != NULL ? AP_METHOD_BIT << M_GET : 0) | (row->post != NULL ? AP_METHOD_BIT << M_POST : 0);
    return page_fail(page, HTTP_METHOD_NOT_ALLOWED);
}

/* An individual has no login to come back by: the next page that he asks for says what waits for him. */
static void wake_up(page_t *page)
{
    session_item_t item;
    int known = 0;

    if (page->ended == NULL || base_borrow(page) == NULL ||
        session_item_latest(page->db, page->pool, page->ended->id, EXAM_NONE, &item, &known) != DB_OK ||
        !known || base_begin(page) == NULL)
        return;
    access_carry_over(page, &item);
    base_commit(page);
}

/* Nobody is logged in. What the session that has ended was busy with isn't lost: a step's posted answers go
 * into their draft first, which waits for its owner to come back. */
static int ask_for_login(page_t *page)
{
    int status;

    if (page->ended != NULL && page->r->method_number == M_POST &&
        page->row->post == registration_step_post) {
        if ((status = form_read(page)) != OK)
            return page_fail(page, status);
        if (!token_equal(form_value(page, "jeton"), page->ended->csrf))
            return page_fail(page, HTTP_FORBIDDEN);
        if (base_is_locked(page))
            return page_fail(page, HTTP_SERVICE_UNAVAILABLE); /* the same again is kept once it is unlocked */
        if (registration_step_keep(page) != DB_OK)
            return page_db_failed(page, DB_LOST);
    }
    if (page->service != SERVICE_PUBLIC_REGISTRATION)
        return page_redirect(page, "connexion");
    wake_up(page);
    return page_redirect(page, page->exam != EXAM_NONE ? "%s/" : "%s",
                         page->exam != EXAM_NONE ? exam_info(page->exam)->path : "");
}

/* Who may: a page that needs a login sends to it, a default password only opens the page that replaces it. */
static int check_access(page_t *page)
{
    int status;

    if (page->service == SERVICE_PORTAL)
        return DECLINED;
    if ((status = session_load(page)) != OK || (status = access_adopt(page)) != OK)
        return page_fail(page, status);
    if (page->row->access == ACCESS_ANYONE && page->service == SERVICE_PUBLIC_REGISTRATION &&
        is_read(page->r))
        wake_up(page);
    if (page->row->access == ACCESS_ANYONE)
        return DECLINED;
    if (page->session == NULL)
        return ask_for_login(page);
    if (page->session->quarantined && page->row->access >= ACCESS_LOGGED_IN)
        return page_redirect(page, "mot-de-passe");
    if (page->row->access == ACCESS_PASSWORDS && page->session->rights == RIGHTS_NO_PASSWORDS)
        return page_fail(page, HTTP_FORBIDDEN);
    return DECLINED;
}

/* Whether a name is that of a control which the page shows, and to which the summary of errors can lead. */
static int is_control(const page_t *page, const char *name)
{
    const question_t *asked = page->step >= 0 ? question_of_name(name) : NULL;

    static const char *const hidden[] = {"jeton",         "action",  "ouvrir", "etats", "defaire",
                                         "reinitialiser", "retirer", "ancien", "vu"};
    size_t i;

    for (i = 0; i < sizeof hidden / sizeof *hidden; i++)
        if (strcmp(name, hidden[i]) == 0)
            return 0;
    if (page->step < 0)
        return form_knows(page->row, name);
    return asked != NULL ? asked->step == (step_id_t)page->step
                         : page->step == STEP_SUMMARY && strcmp(name, "certifie") == 0;
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

        if (!form_knows(page->row, name))
            page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
    }
}

static int base_is_locked(page_t *page)
{
    if (page_read_frame(page) != DB_OK)
        return 0;
    return page->frame.lock.locked;
}

/* Sessions, throttle and audit trail stay outside the lock: logging in and out, and proving who one is,
 * change no registration. */
static int changes_the_base(const page_t *page)
{
    page_function_t post = page->row->post;

    /* whoever sits at a shared computer must be able to leave it */
    if (post == registration_step_post && page->service != SERVICE_ESTABLISHMENT &&
        form_action(page, "quitter"))
        return 0;
    if (page->service == SERVICE_PUBLIC_REGISTRATION)
        return post == registration_exam_post || post == registration_step_post ||
               post == registration_modify_post;
    return page->row->access != ACCESS_ANYONE && post != establishment_print_post &&
           post != establishment_slips_post && post != logout_post && post != registration_reprint_post &&
           post != registration_resume_post;
}

/* A refused POST shows its page again, with what was typed, when the browser says that it came from us; where
 * a GET would lead elsewhere there is no such page. */
static int refuse_forged(page_t *page)
{
    int answer;

    if (!session_same_origin(page->r) || page->row->get == NULL)
        return page_fail(page, HTTP_FORBIDDEN);
    page->status = HTTP_FORBIDDEN;
    page_error(page, NULL, message_text(MSG_TOKEN_WRONG));
    answer = page->row->get(page);
    if (answer != HTTP_SEE_OTHER)
        return answer;
    apr_table_unset(page->r->headers_out, "Location");
    return page_fail(page, HTTP_FORBIDDEN);
}

/* Seconds to the lock's expected end, five minutes where it isn't known. */
static const char *retry_after(const page_t *page)
{
    apr_int64_t until = page->frame.lock.until, wait = 300;

    if (until != DB_NULL && until > page->now)
        wait = until - page->now;
    return apr_psprintf(page->pool, "%" APR_INT64_T_FMT, wait);
}

int services_refuse_locked(page_t *page)
{
    page->status = HTTP_SERVICE_UNAVAILABLE;
    apr_table_setn(page->r->err_headers_out, "Retry-After", retry_after(page));
    page_error(page, NULL, message_text(MSG_BASE_LOCKED));
    return page->row->get != NULL ? page->row->get(page) : page_fail(page, HTTP_SERVICE_UNAVAILABLE);
}

static int answer_post(page_t *page)
{
    int status = form_read(page);

    if (status != OK)
        return page_fail(page, status);
    unlink_strangers(page);
    if (!session_csrf_ok(page))
        return refuse_forged(page);
    check_fields(page);
    if (page_has_errors(page) && page->row->get != NULL)
        return page->row->get(page);
    if (changes_the_base(page) && base_is_locked(page))
        return services_refuse_locked(page);
    return page->row->post(page);
}

static int answer(page_t *page, const char *path)
{
    int status;

    if (page->row == NULL) /* unless httpd's authorization has looked already */
        page->row = services_find(page, path);
    if (page->row == NULL)
        return wants_slash(page, path) ? add_slash(page) : page_fail(page, HTTP_NOT_FOUND);
    if ((status = check_method(page)) != DECLINED || (status = check_access(page)) != DECLINED)
        return status;
    return is_read(page->r) ? page->row->get(page) : answer_post(page);
}

/* The service of a handler's name, or -1. */
static int service_of_handler(const char *handler)
{
    size_t i;

    for (i = 0; handler != NULL && i < sizeof handlers / sizeof *handlers; i++)
        if (strcmp(handler, handlers[i].handler) == 0)
            return handlers[i].service;
    return -1;
}

/* Where a location has our handler, a walk through folders that don't exist would find nothing: it is left
 * out, and with it <Directory> and .htaccess, which speak of files. What a location says is known when the
 * address is translated, and forgotten until the walk is over: the translation leaves a sign. */
#define NO_FILE "inscrinet:"

int services_translate_name(request_rec *r)
{
    const core_dir_config *location = ap_get_core_module_config(r->per_dir_config);
    const char *handler = location->handler, *error = NULL;

    if (location->expr_handler != NULL) /* what SetHandler sets, in any case */
        handler = ap_expr_str_exec(r, location->expr_handler, &error);
    if (error != NULL || service_of_handler(handler) < 0)
        return DECLINED;
    r->filename = apr_pstrcat(r->pool, NO_FILE, r->uri, NULL);
    return OK;
}

int services_map_to_storage(request_rec *r)
{
    return r->filename != NULL && strncmp(r->filename, NO_FILE, sizeof NO_FILE - 1) == 0 ? OK : DECLINED;
}

int services_handler(request_rec *r)
{
    const inscrinet_config_t *config = config_of(r->server);
    int service = service_of_handler(r->handler);
    const char *rest = "";
    page_t *page;

    if (service < 0)
        return DECLINED;
    if (config->driver == NULL) {
        ap_log_rerror(APLOG_MARK, APLOG_ERR, 0, r, "INS030: %s needs InscrinetDatabase in this virtual host",
                      r->handler);
        return HTTP_INTERNAL_SERVER_ERROR;
    }
    if (service == SERVICE_HEALTH)
        return portal_health(r);
    page = page_create(r, service);
    if (services_mounted(config, r->uri, &rest) >= 0 && rest == NULL)
        return add_slash(page);
    if (services_mounted(config, r->uri, &rest) != service)
        return page_fail(page, HTTP_NOT_FOUND);
    return answer(page, rest);
}
