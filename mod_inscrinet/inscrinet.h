/* SPDX-License-Identifier: Apache-2.0
 *
 * What the rooms of the module share: a virtual host's configuration, a request on its way to a page, and the
 * calls between the rooms. A page function knows this header and the store; it knows httpd only through it.
 */
#ifndef MOD_INSCRINET_H
#define MOD_INSCRINET_H

#include <httpd.h>
#include <http_config.h>
#include <http_log.h>
#include <apr_hash.h>

#include "domain/exam.h"
#include "domain/message.h"
#include "domain/questionnaire.h"
#include "document/confirmation.h"
#include "store/account.h"
#include "store/base.h"
#include "store/db.h"
#include "store/establishment.h"
#include "store/listing.h"
#include "store/registration.h"
#include "template/template.h"

extern module AP_MODULE_DECLARE_DATA inscrinet_module;

/* The portal and the health page are services of httpd's, not of the exam office's. */
enum { SERVICE_PORTAL = SERVICE_COUNT, SERVICE_HEALTH, MOUNT_COUNT };

typedef enum { DEFAULT_PASSWORD_UNSET = -1, DEFAULT_PASSWORD_CODE, DEFAULT_PASSWORD_OFF } default_password_t;

typedef struct cache_t cache_t;

/** One virtual host's configuration; what isn't set is inherited from the main server's, then defaulted. */
typedef struct inscrinet_config_t {
    const char *driver;     /* "sqlite3" or "pgsql"; NULL: this host serves nothing */
    const char *parameters; /* file or conninfo */
    const char *templates_folder, *fonts_folder, *assets_path;
    const char *mount[MOUNT_COUNT]; /* "/etablissement/" */
    int session_idle, session_max;  /* seconds, -1 unset */
    int test_mode;            /* -1 unset: documents are specimens, pages say so, the clock may be set */
    apr_int64_t clock_offset; /* seconds, in test mode */
    int secure;               /* cookies Secure whatever the connection (TLS ends before us); -1 unset */
    default_password_t default_password;
    const template_set_t *templates;
    const document_fonts_t *fonts;
    cache_t *cache; /* cache.c's, of this process */
} inscrinet_config_t;

const inscrinet_config_t *config_of(const server_rec *server);

/* ---------------------------------------------------------------- a request on its way */

typedef struct page_t page_t;
typedef struct page_row_t page_row_t;

typedef struct field_error_t {
    const char *id; /* of the control to go to; NULL: none */
    const char *text;
    const char
        *about; /* what its control stands under, told in the summary where several are alike; or NULL */
} field_error_t;

struct page_t {
    request_rec *r;
    apr_pool_t *pool;
    const inscrinet_config_t *config;
    const page_row_t *row;
    int service;                /* service_t, or SERVICE_PORTAL */
    exam_t exam;                /* EXAM_NONE where the address has none */
    int step;                   /* step_id_t of the address, or -1 */
    session_t *session;         /* NULL: nobody is logged in */
    session_t *ended;           /* NULL, or the browser's session that has ended by idleness within a day */
    session_item_t waiting;     /* after a login: the draft carried over, ordinal 0 if there is none */
    apr_hash_t *form;           /* what was posted: name -> text; NULL for a GET */
    apr_hash_t *lists;          /* the same, of fields that may come more than once: name -> texts */
    apr_table_t *query;         /* what the address asks */
    apr_array_header_t *errors; /* field_error_t */
    int status;                 /* of the answer: 200, 422, 403, 503 */
    apr_int64_t now;
    const base_state_t *state; /* came with the session, or NULL */
    int frame_read;
    base_frame_t frame;
    apr_bucket_brigade *stream; /* stream.c's: written, and not sent yet */
    int stream_begun;           /* something was sent */
    void *connection;           /* pool.c's */
    void *generation;           /* cache.c's */
    db_t *db;
};

/** A page function: answers, and gives what an httpd handler gives. */
typedef int (*page_function_t)(page_t *page);

/* ---------------------------------------------------------------- directives.c */

extern const command_rec inscrinet_commands[];
void *config_create(apr_pool_t *pool, server_rec *server);
void *config_merge(apr_pool_t *pool, void *base, void *add);
void config_defaults(inscrinet_config_t *config);

/* ---------------------------------------------------------------- startup.c */

int startup_check(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp, server_rec *main_server);
int startup_load(apr_pool_t *pconf, apr_pool_t *plog, apr_pool_t *ptemp, server_rec *main_server);

/* ---------------------------------------------------------------- services.c */

typedef enum {
    ACCESS_ANYONE,
    ACCESS_QUARANTINED, /* also with a default password */
    ACCESS_LOGGED_IN,
    ACCESS_PASSWORDS /* logged in, and entitled to change passwords */
} access_t;

struct page_row_t {
    int service;
    const char *path; /* below the mount; EXAM and STEP stand for any of theirs */
    access_t access;
    page_function_t get;  /* also shows again what a refused POST had typed */
    page_function_t post; /* NULL: GET only */
    /* names that a POST may hold, "a b+ c_*" (b: any number of times; c_: all that begin so); "*": the step's
     * questions; the token goes without */
    const char *fields;
};

/** The row of an address below a service's mount, filling page's exam and step; NULL: there is none. */
const page_row_t *services_find(page_t *page, const char *path);

/** The service of an address, by the mounts, and what of it lies below; -1: none. *rest NULL: slash missing.
 */
int services_mounted(const inscrinet_config_t *config, const char *uri, const char **rest);

/** Our pages are no files: httpd looks for none. */
int services_translate_name(request_rec *r);
int services_map_to_storage(request_rec *r);

/** A POST while the base is locked: 503, its page again with what was typed. */
int services_refuse_locked(page_t *page);

/** The content handler of all our handlers' names. */
int services_handler(request_rec *r);

/** For the tests: all rows. */
const page_row_t *services_rows(int *count);

/* ---------------------------------------------------------------- pool.c */

void pool_register_hooks(apr_pool_t *pool);
int pool_create_mutex(apr_pool_t *pconf, server_rec *server);
void pool_child_init(apr_pool_t *pool);

/** A connection for reading, page->db; kept until base_return or the request's end. NULL: out of reach. */
db_t *base_borrow(page_t *page);
/** Give it back as early as can be: before a password is hashed, before a page is sent. */
void base_return(page_t *page);
/** One at a time on SQLite: the writers' queue, a connection, a writing transaction. NULL: out of reach. */
db_t *base_begin(page_t *page);
/** Commit or roll back; connection and queue are given back. */
db_error_t base_commit(page_t *page);

/** Authority, time zone, session and lock: read once for a request. */
db_error_t page_read_frame(page_t *page);
/** The same in the writing transaction that registers an item of the session: until it ends nobody locks the
 * base or touches the item's draft. */
db_error_t page_hold_frame(page_t *page, apr_int64_t ordinal);

/* ---------------------------------------------------------------- cache.c */

void cache_child_init(apr_pool_t *pool, server_rec *main_server);

/** What follows may be a minute old when it was changed by hand; arrays live until the request's end. */
/** The rest of a frame whose version and lock were just read. */
db_error_t cache_frame(page_t *page, base_frame_t *frame);
/** All lists and rules of q->exam and q->service but what a school offers; units of the specialty unless
 * NULL. */
db_error_t cache_questionnaire(page_t *page, questionnaire_t *q, const establishment_t *school,
                               const char *specialty);
/** What the authority has decided for the page's exam. */
db_error_t cache_rules(page_t *page, const exam_rules_t **rules);
/** The options of a long list, as the template makes them; line i is at bytes + begin[i]. */
typedef struct options_t {
    const char *bytes;
    apr_size_t length, *begin; /* choices + 1 of them */
    int grouped;               /* an optgroup is still open at the end */
} options_t;
/** Make them, in pool; NULL where the template makes something else of them: pages then make their own. */
const options_t *options_make(page_t *page, apr_pool_t *pool, const apr_array_header_t *choices);
/** NULL: not one of those lists. */
const options_t *cache_options(const page_t *page, const apr_array_header_t *choices);
/** What a school offers for the page's exam (choice_t). Never what a registration is made by. */
db_error_t cache_offer(page_t *page, apr_int64_t establishment, apr_array_header_t **specialties);
/** As reference_category, for the page's exam. */
db_error_t cache_category(page_t *page, const char *family, const establishment_t *school,
                          const char **category);
/** As listing_figures, for the page's exam; version: the school's (establishment_exam_t), just read. */
db_error_t cache_figures(page_t *page, apr_int64_t establishment, apr_int64_t version,
                         apr_array_header_t **figures);

/* ---------------------------------------------------------------- form.c */

/** Read the body of a POST into page->form; gives OK or the status of the answer. */
int form_read(page_t *page);

/** Whether a field is one of the row's; of a row that takes all names the page function knows better. */
int form_knows(const page_row_t *row, const char *name);
/** A field as it was posted; "" if it wasn't. */
const char *form_value(const page_t *page, const char *name);
/** The values (const char *) of a field that may come more than once. */
const apr_array_header_t *form_list(const page_t *page, const char *name);
/** Which of the page's buttons was pressed. */
int form_action(const page_t *page, const char *action);
/** A question of the address; NULL if it isn't there or is empty. */
const char *query_value(const page_t *page, const char *name);

/* ---------------------------------------------------------------- session.c, access.c */

/** Read the browser's session of the page's service; page->session stays NULL if there is none. OK or a
 * status. */
int session_load(page_t *page);
/** Forget sessions of yesterday, every ten minutes; in the open transaction. */
void session_purge_if_due(page_t *page);
/** The session's CSRF token, or, before a login, the browser's own. */
const char *session_csrf(page_t *page);
int session_csrf_ok(page_t *page);
/** The POST came from one of our own pages, as the browser says. */
int session_same_origin(const request_rec *r);
void session_cookie_set(page_t *page, const char *token);
void session_cookie_clear(page_t *page);
/** Where a failed login counts: the browser that is known, else the client's address. */
void session_throttle_key(page_t *page, const char *login, unsigned char key[DIGEST_BYTES]);
void session_remember_device(page_t *page);

typedef enum { LOGIN_OK, LOGIN_WRONG, LOGIN_THROTTLED, LOGIN_UNAVAILABLE } login_result_t;

/** Check a code and a password and, with_session, open a session (page->session) and set its cookie.
 * *retry: seconds to wait, when throttled. */
login_result_t access_login(page_t *page, const char *code, const char *password, int with_session,
                            int *retry);

/** Open a session of nobody's, for an individual; inside the caller's transaction. */
db_error_t access_open_session(page_t *page);
/** Carry the draft that a session that ended was busy with over to the new one: it waits there to be proved.
 * In the open transaction; *ordinal 0: there was none. */
db_error_t access_carry_over(page_t *page, session_item_t *item);

/** The password that is kept for an account of the page's school: *hash NULL if it was never chosen. */
db_error_t access_password(page_t *page, service_t service, account_t **account);

/** Too many tries to prove something: 429 said on the page. what names the kind of proof; key: where its
 * failures count. */
int proof_throttled(page_t *page, const char *what, unsigned char key[DIGEST_BYTES]);

/** A user whom another module has authenticated gets a session of ours. OK or a status. */
int access_adopt(page_t *page);

void access_register_hooks(apr_pool_t *pool);

/** A page's frame for an httpd request, without answering it: used by the hooks. NULL: not ours. */
page_t *page_create(request_rec *r, int service);

/* ---------------------------------------------------------------- page.c */

/** Say what is wrong, next to a control and in the summary: the answer to a form is a 422, or what is
 * graver. */
void page_error(page_t *page, const char *id, const char *text);

/** The same, of one of several controls that are called alike. */
void page_error_about(page_t *page, const char *about, const char *id, const char *text);

/** Too many tries: a 429, to be tried again in so many seconds. */
void page_throttled(page_t *page, const char *id, int retry);
/** The error next to a control, or NULL. */
const char *page_error_of(const page_t *page, const char *id);

int page_has_errors(const page_t *page);

/** A model with what every page shows: title, frame, breadcrumb, errors. */
model_t *page_model(page_t *page, const char *title);

/** The name of a page that a folder of templates lacks; NULL: it has them all. */
const char *page_missing_template(const template_set_t *templates);

/** Answer with a template. Gives back the connection first. */
int page_render(page_t *page, const char *name, model_t *model);

/** Answer an error as a page of the site: 403, 404, 405, 413, 415, 429, 500, 503. */
int page_fail(page_t *page, int status);
/** The same, with a text of its own. */
int page_fail_text(page_t *page, int status, message_t title, message_t text);
/** A store's error as an answer; logs it. Never for DB_OK. */
int page_db_failed(page_t *page, db_error_t error);

/** 303 to an address below the service's mount (format as printf's). */
int page_redirect(page_t *page, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** An address below a mount: "/etablissement/bcp/candidats". */
const char *page_link(const page_t *page, int service, const char *path);
/** An address below the page's own service and exam. */
const char *page_exam_link(const page_t *page, const char *path);

/** What may be cached of this answer: private with an ETag (text, without quotes), or nothing (NULL). */
void page_cache(page_t *page, const char *etag);
/** OK, or 304 answered. */
int page_meets_conditions(page_t *page);

/** Status, type and the headers that every answer has. */
void page_headers(page_t *page, const char *type);

/** Request's id: in the error log, the audit's and error pages. */
const char *page_request_id(const page_t *page);

/** The client's address, as mod_remoteip left it. */
const char *page_client(const page_t *page);

/** Who does what is done now: a login, or « candidat ». */
const char *page_actor(const page_t *page);

/** One entry of the audit trail about this request, in the open transaction. */
db_error_t page_audit(page_t *page, const char *action, apr_int64_t number, const char *detail,
                      const char *cited);

/* ---------------------------------------------------------------- document.c */

/** Answer with a document that is whole; name is what a browser would save it as. */
int page_send_pdf(page_t *page, apr_bucket_brigade *document, const char *name);

/** A document that leaves while it is drawn; what is drawn with a connection to the base in hand waits for
 * page_flush. */
void stream_begin(page_t *page, const char *name);
/** As document_sink_t, with the page as its baton. An error (the client is gone) ends the work. */
apr_status_t stream_sink(void *page, const char *bytes, apr_size_t length);
/** End it: whole where status says so, else broken off, or an error page where nothing has left yet; error: a
 * line for the log, or NULL when the base has failed. What the handler gives. */
int stream_end(page_t *page, apr_status_t status, const char *error);

/* ---------------------------------------------------------------- confirmation.c */

/** A registration as its confirmation shows it, in pool; school NULL: an individual's. The page's frame has
   been read. */
void confirmation_of(page_t *page, apr_pool_t *pool, const registration_t *of, const establishment_t *school,
                     const questionnaire_t *q, confirmation_t *confirmation);
/** The same in the model of its HTML twin. */
void model_confirmation(model_t *model, const confirmation_t *confirmation);

/* ---------------------------------------------------------------- stream.c */

/** Answer with a template whose rows are read while it is written. *failed, looked at in the end: the base
 * has failed meanwhile. */
int page_stream(page_t *page, const char *name, model_t *model, const int *failed);
/** Answer with bytes of another kind: write into the brigade, flush it now and then, end it. */
apr_bucket_brigade *page_stream_begin(page_t *page, const char *type);
int page_stream_end(page_t *page, int failed);
/** What was written so far goes to the browser, which may take its time: hold no connection to the base. */
apr_status_t page_flush(page_t *page);

/* ---------------------------------------------------------------- the pages */

int portal_home(page_t *page);
int portal_text(page_t *page);
int portal_health(request_rec *r);

int login_get(page_t *page);
int login_post(page_t *page);
int logout_post(page_t *page);
int school_home(page_t *page);

int establishment_menu(page_t *page);
int establishment_password_get(page_t *page);
int establishment_password_post(page_t *page);
int establishment_registration_password_get(page_t *page);
int establishment_registration_password_post(page_t *page);
int establishment_delegates_get(page_t *page);
int establishment_delegates_post(page_t *page);
int establishment_european_get(page_t *page);
int establishment_european_post(page_t *page);
int establishment_service_get(page_t *page);
int establishment_service_post(page_t *page);
int establishment_list(page_t *page);
int establishment_list_csv(page_t *page);
int establishment_list_pdf(page_t *page);
int establishment_drafts(page_t *page);
int establishment_expected_get(page_t *page);
int establishment_expected_post(page_t *page);
int establishment_returns_get(page_t *page);
int establishment_returns_post(page_t *page);
int establishment_returns_csv(page_t *page);
int establishment_returns_pdf(page_t *page);
int establishment_bordereau(page_t *page);
int establishment_slips_get(page_t *page);
int establishment_slips_post(page_t *page);
int establishment_validation_get(page_t *page);
int establishment_validation_post(page_t *page);
int establishment_print_get(page_t *page);
int establishment_print_post(page_t *page);
int establishment_print_pdf(page_t *page);
int establishment_print_twin(page_t *page);
int establishment_candidate_get(page_t *page);
int establishment_candidate_post(page_t *page);
int establishment_new_code_get(page_t *page);
int establishment_new_code_post(page_t *page);

int registration_home(page_t *page);
int registration_exam_get(page_t *page);
int registration_exam_post(page_t *page);
int registration_resume_get(page_t *page);
int registration_resume_post(page_t *page);
int registration_reprint_get(page_t *page);
int registration_reprint_post(page_t *page);
int registration_modify_get(page_t *page);
int registration_modify_post(page_t *page);
int registration_lost_code_get(page_t *page);
int registration_lost_code_post(page_t *page);
int registration_step_get(page_t *page);
int registration_step_post(page_t *page);
/** Keep what was posted for a step by a session that has ended. */
db_error_t registration_step_keep(page_t *page);
int registration_saved_get(page_t *page);
int registration_done_get(page_t *page);
int registration_twin_get(page_t *page);
int registration_pdf_get(page_t *page);
int registration_blank_get(page_t *page);

#endif
