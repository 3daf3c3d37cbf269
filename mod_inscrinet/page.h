/* SPDX-License-Identifier: Apache-2.0
 *
 * A request on its way to its page: what every room of the module knows of it, and what is wrong with what
 * was typed. A page function knows httpd only through this header and the rooms around it: answer.h (models,
 * pages, redirects), stream.h (long answers, files), form.h, connection.h, frame.h, cache.h, session.h.
 */
#ifndef MOD_INSCRINET_PAGE_H
#define MOD_INSCRINET_PAGE_H

#include <apr_buckets.h>
#include <apr_hash.h>
#include <apr_tables.h>

#include "config.h"
#include "domain/actor.h"
#include "domain/exam_session.h"
#include "domain/message.h"
#include "route.h"
#include "store/account.h"
#include "store/base.h"
#include "store/db.h"
#include "store/session_item.h"
#include "store/ticks.h"

struct request_rec;
struct server_rec;

/** Statuses of answers. */
enum {
    STATUS_OK = 200,
    STATUS_FORBIDDEN = 403,
    STATUS_NOT_FOUND = 404,
    STATUS_METHOD = 405,
    STATUS_TOO_LARGE = 413,
    STATUS_MEDIA_TYPE = 415,
    STATUS_INVALID = 422,
    STATUS_THROTTLED = 429,
    STATUS_FAILED = 500,
    STATUS_UNAVAILABLE = 503
};

typedef struct field_error_t {
    const char *id; /* of the control to go to; NULL: none */
    const char *text;
    const char
        *about; /* what its control stands under, told in the summary where several are alike; or NULL */
} field_error_t;

/** A file that was posted. */
typedef struct upload_t {
    const char *name; /* as the browser calls it, without folders */
    const char *bytes;
    apr_size_t length;
} upload_t;

struct page_t {
    struct request_rec *r;
    apr_pool_t *pool;
    const config_t *config;
    const route_t *route;               /* NULL before address_match */
    int service;                        /* service_t, SERVICE_PORTAL or SERVICE_HEALTH */
    exam_t exam;                        /* EXAM_NONE where the address has none */
    int year, month;                    /* of the address's session, 0: the exam's main one */
    const char *exam_path;              /* their part of the address, "bcp" */
    const exam_session_t *exam_session; /* that they mean; it is there wherever an exam is */
    int step;                           /* step_id_t of the address, or -1 */
    const char *code;       /* that stands for UAI or CODE in the address, whatever it is, or NULL */
    apr_int64_t number;     /* of a registration, that stands in the path; 0: none does */
    actor_t actor;          /* who asks: actor.c's */
    session_t *session;     /* NULL: nobody is logged in */
    session_t *ended;       /* NULL, or the browser's session that has ended by idleness within a day */
    int forgotten;          /* session.c's: the answer makes the browser forget who was there */
    session_item_t waiting; /* after a login: the draft carried over, ordinal 0 if there is none */
    kept_ticks_t *ticks;    /* the same: what was ticked once the account's last session had ended, or NULL */
    apr_hash_t *form;       /* what was posted: name -> text; NULL for a GET */
    apr_hash_t *lists;      /* the same, of fields that may come more than once: name -> texts */
    const upload_t *upload; /* form.c's: the file that came with it, or NULL */
    apr_table_t *query;     /* what the address asks */
    apr_array_header_t *errors;     /* field_error_t */
    const apr_array_header_t *cuts; /* a manager's: what would be closed earlier, to be confirmed (texts); or
                                       NULL */
    int status;                     /* of the answer */
    apr_int64_t now;
    const base_state_t *state; /* came with the session, or NULL */
    int frame_read;
    base_frame_t frame;         /* frame.c's: authority, time zone, lock */
    apr_bucket_brigade *stream; /* stream.c's: written, and not sent yet */
    int stream_begun;           /* something was sent */
    int for_everybody;          /* it says the same whoever asks: a browser may keep it */
    void *connection;           /* connection.c's */
    db_error_t failure; /* what failed on a connection that was given back since, or none could be had */
    const char *failure_text; /* the same for the log, or NULL */
    db_error_t lacks;         /* answer.c's: what has failed while the page was made */
    void *given;              /* cache.c's */
    db_t *db;                 /* the connection that is borrowed now, or NULL */
};

/** The page of a request, made once. */
page_t *page_create(struct request_rec *r, int service);

/** Say what is wrong, next to a control (NULL: to none) and in the summary: the answer to a form is a 422, or
 * what is graver. */
void page_error(page_t *page, const char *id, const char *text);
/** The same, of one of several controls that are called alike. */
void page_error_about(page_t *page, const char *about, const char *id, const char *text);
/** The error next to a control, or NULL. */
const char *page_error_of(const page_t *page, const char *id);
int page_has_errors(const page_t *page);

/** A question of the address; NULL if it isn't there or is empty. */
const char *page_query(const page_t *page, const char *name);
/** A number there ("dossier=1", "apres=11"): 0 if it isn't there, -1 if it is none. */
apr_int64_t page_number(const page_t *page, const char *name);

/** Only the headers are asked for (HEAD). */
int page_is_head(const page_t *page);

/** An address below a mount: "/etablissement/bcp/candidats". */
const char *page_link(const page_t *page, int service, const char *path);
/** An address below the page's own exam: "/etablissement/bcp/…", "/gestionnaire/candidats/bcp/…". */
const char *page_exam_link(const page_t *page, const char *path);
/** What stands between the mount and the exam in the page's address: "", "candidats/",
 * "etablissements/0330001A/". */
const char *page_before_exam(const page_t *page);
/** The path and query that were asked for, as they may stand in a Location. */
const char *page_path(const page_t *page);
/** The site as this request has reached it, without a last slash: "https://host". */
const char *page_site(const page_t *page);

/** Request's id: in the error log, the audit's and error pages. */
const char *page_request_id(const page_t *page);
/** The client's address, as mod_remoteip left it. */
const char *page_client(const page_t *page);

/** A line of the error log, for an operator or a developer who must act: "INS060: …". No names of people. */
void page_log(const page_t *page, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** One entry of the audit trail about this request, in the open transaction. number DB_NULL: about none. */
db_error_t page_audit(page_t *page, const char *action, apr_int64_t number, const char *detail,
                      const char *cited);
/** The same of a manager's act on a school, by its code. */
db_error_t page_audit_school(page_t *page, const char *school, const char *action, const char *detail);

#endif
