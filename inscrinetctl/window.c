/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl window: when the registration services of an exam's session are open. EXAM is its main
 * session, or bcp-2027-09; to list, all its sessions.
 */
#include <apr_strings.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/domain/check.h"
#include "../lib/store/audit.h"
#include "../lib/store/base.h"
#include "../lib/store/calendar.h"
#include "../lib/store/exam_session.h"
#include "../lib/text/text.h"
#include "verbs.h"

typedef struct verb_state_t {
    ctl_t *ctl;
    db_t *db;
    base_frame_t frame;
} state_t;

/* A registration service's code; -1 for anything else. */
static int service_of_word(const char *word)
{
    int service = service_of_code(word);

    return service == SERVICE_SCHOOL_REGISTRATION || service == SERVICE_PUBLIC_REGISTRATION ? service : -1;
}

static int is_asked_for(const exam_session_t *session, const exam_session_t *only, int whole_exam)
{
    return session != NULL &&
           (only == NULL || session->id == only->id || (whole_exam && session->exam == only->exam));
}

static void print_row(const state_t *state, const exam_session_t *session, const window_row_t *row)
{
    const char *zone = state->frame.zone;
    const char *now = row->opens > state->ctl->now    ? "coming"
                      : row->closes > state->ctl->now ? "open"
                                                      : "over";

    printf("%" APR_INT64_T_FMT "\t%s\t%s\t%s\t%s\t%s\t%s\n", row->id, session->path,
           service_info(row->service)->code, local_time_short(state->ctl->pool, zone, row->opens),
           local_time_short(state->ctl->pool, zone, row->closes), now, row->label != NULL ? row->label : "");
}

/* Those of a session; of its whole exam; NULL: all. */
static int list(state_t *state, const exam_session_t *only, int whole_exam, int service)
{
    apr_array_header_t *windows, *sessions;
    int i, j;

    if (window_list(state->db, state->ctl->pool, &windows) != DB_OK ||
        exam_session_list(state->db, state->ctl->pool, &sessions) != DB_OK)
        return ctl_db_failed(state->db, "reading the windows");
    printf("id\texam\tservice\topens\tcloses\tstate\tlabel\n");
    for (i = 0; i < sessions->nelts; i++)
        for (j = 0; j < windows->nelts; j++) {
            const exam_session_t *session = &APR_ARRAY_IDX(sessions, i, exam_session_t);
            const window_row_t *row = &APR_ARRAY_IDX(windows, j, window_row_t);

            if (row->exam_session == session->id && is_asked_for(session, only, whole_exam) &&
                (service < 0 || row->service == (service_t)service))
                print_row(state, session, row);
        }
    return CTL_DONE;
}

static int end(state_t *state, const char *action, const exam_session_t *session, const char *detail)
{
    audit_entry_t entry = {.at = state->ctl->now,
                           .service = "inscrinetctl",
                           .actor = state->ctl->actor.name,
                           .action = action,
                           .exam = session != NULL ? exam_info(session->exam)->code : NULL,
                           .number = DB_NULL,
                           .detail = detail};

    audit_add(state->db, &entry);
    if (db_commit(state->db) != DB_OK)
        return ctl_db_failed(state->db, "keeping the windows");
    return list(state, session, 0, -1);
}

/* The session whose windows are to change, and the service; NULL after a message. service "all": -1. */
static const exam_session_t *session_to_change(state_t *state, const char **words, int all, int *service)
{
    const exam_session_t *session;
    int dated;

    *service = all && strcmp(words[2], "all") == 0 ? -1 : service_of_word(words[2]);
    if ((session = ctl_exam_session(state->ctl, state->db, words[1], &dated)) == NULL)
        return NULL;
    if (*service < 0 && !(all && strcmp(words[2], "all") == 0)) {
        ctl_fail("%s: not a registration service (inscription-etablissement, inscription)", words[2]);
        return NULL;
    }
    return ctl_may_change(session) ? session : NULL;
}

static const char *moment(state_t *state, apr_int64_t instant)
{
    return local_time_short(state->ctl->pool, state->frame.zone, instant);
}

static int set(state_t *state, const char **words, int adds, const char *label)
{
    int service;
    const exam_session_t *session = session_to_change(state, words, 0, &service);
    window_row_t row = {.service = (service_t)service, .label = label};

    if (session == NULL)
        return CTL_FAILED;
    row.exam_session = session->id;
    if (ctl_when(state->ctl, words[3], state->frame.zone, &row.opens) != CTL_DONE ||
        ctl_when(state->ctl, words[4], state->frame.zone, &row.closes) != CTL_DONE)
        return CTL_FAILED;
    if (row.opens >= row.closes)
        return ctl_fail("a window opens before it closes");
    if (db_begin(state->db, state->ctl->pool, 1) != DB_OK)
        return ctl_db_failed(state->db, "opening a transaction");
    if (!adds)
        window_forget(state->db, session->id, row.service);
    window_put(state->db, &row);
    return end(state, "window.set", session,
               apr_psprintf(state->ctl->pool, "%s %s %s to %s", session->dated, words[2],
                            moment(state, row.opens), moment(state, row.closes)));
}

/* The window that is open, or else the last one to have been. */
static void extend_one(state_t *state, const exam_session_t *session, service_t service, apr_int64_t closes,
                       int *extended)
{
    window_t window;

    if (window_get(state->db, session->id, service, state->ctl->now, &window) == DB_OK &&
        (window.state == WINDOW_OPEN || window.state == WINDOW_OVER) && window.opens < closes &&
        window_set_end(state->db, session->id, service, window.opens, closes) == DB_OK)
        ++*extended;
}

/* Of one session, or of all that are open. */
static db_error_t extend_those(state_t *state, const exam_session_t *only, int service, apr_int64_t closes,
                               int *extended)
{
    apr_array_header_t *sessions;
    int i;

    if (exam_session_list(state->db, state->ctl->pool, &sessions) != DB_OK)
        return db_error(state->db);
    for (i = 0; i < sessions->nelts; i++) {
        const exam_session_t *session = &APR_ARRAY_IDX(sessions, i, exam_session_t);

        if (only != NULL ? only->id != session->id : session->state != EXAM_SESSION_OPEN)
            continue;
        if (service < 0 || service == SERVICE_SCHOOL_REGISTRATION)
            extend_one(state, session, SERVICE_SCHOOL_REGISTRATION, closes, extended);
        if (service < 0 || service == SERVICE_PUBLIC_REGISTRATION)
            extend_one(state, session, SERVICE_PUBLIC_REGISTRATION, closes, extended);
    }
    return db_error(state->db);
}

static int extend(state_t *state, const char **words)
{
    const exam_session_t *only = NULL;
    int all = strcmp(words[1], "all") == 0, service = -1, extended = 0;
    apr_int64_t closes;

    if (!all && (only = session_to_change(state, words, 1, &service)) == NULL)
        return CTL_FAILED;
    if (all && strcmp(words[2], "all") != 0 && (service = service_of_word(words[2])) < 0)
        return ctl_fail("%s: not a registration service, nor all", words[2]);
    if (ctl_when(state->ctl, words[3], state->frame.zone, &closes) != CTL_DONE)
        return CTL_FAILED;
    if (db_begin(state->db, state->ctl->pool, 1) != DB_OK)
        return ctl_db_failed(state->db, "opening a transaction");
    if (extend_those(state, only, service, closes, &extended) == DB_OK && extended == 0) {
        db_rollback(state->db);
        return ctl_fail("no window has begun there: set one first");
    }
    return end(state, "window.extend", only,
               apr_psprintf(state->ctl->pool, "%s %s to %s", all ? "all" : only->dated, words[2],
                            moment(state, closes)));
}

/* Whether a window's session may change; one that isn't there is told by who removes it. 0 after a message.
 */
static int may_remove(state_t *state, apr_int64_t id)
{
    const exam_session_t *session;
    apr_array_header_t *windows, *sessions;
    int i;

    if (window_list(state->db, state->ctl->pool, &windows) != DB_OK ||
        exam_session_list(state->db, state->ctl->pool, &sessions) != DB_OK) {
        ctl_db_failed(state->db, "reading the windows");
        return 0;
    }
    for (i = 0; i < windows->nelts; i++)
        if (APR_ARRAY_IDX(windows, i, window_row_t).id == id) {
            session = exam_session_of_id(sessions, APR_ARRAY_IDX(windows, i, window_row_t).exam_session);
            return session == NULL || ctl_may_change(session);
        }
    return 1;
}

static int remove_one(state_t *state, const char *typed)
{
    apr_int64_t id = whole_number(typed), removed;

    if (id == 0)
        return ctl_fail("%s: not a window's number (window list shows them)", typed);
    if (db_begin(state->db, state->ctl->pool, 1) != DB_OK)
        return ctl_db_failed(state->db, "opening a transaction");
    if (!may_remove(state, id)) {
        db_rollback(state->db);
        return CTL_FAILED;
    }
    if (window_remove(state->db, id, &removed) != DB_OK)
        return ctl_db_failed(state->db, "removing the window");
    if (removed == 0) {
        db_rollback(state->db);
        return ctl_fail("%s: no such window (window list shows them)", typed);
    }
    return end(state, "window.remove", NULL, apr_psprintf(state->ctl->pool, "%" APR_INT64_T_FMT, id));
}

static int list_words(state_t *state, const char **words, int count)
{
    const exam_session_t *only = NULL;
    int service = count > 2 ? service_of_word(words[2]) : -1, dated = 0;

    if (count > 1 && (only = ctl_exam_session(state->ctl, state->db, words[1], &dated)) == NULL)
        return CTL_FAILED;
    if (count > 2 && service < 0)
        return ctl_usage("window", NULL);
    return list(state, only, !dated, service);
}

int verb_window(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{"--add", 0, NULL}, {"--label", 1, NULL}, {NULL, 0, NULL}};
    const char *words[6];
    int count = ctl_options(argc, argv, options, words, 5), of;
    static const struct {
        const char *name;
        int least, most;
    } kinds[] = {{"list", 1, 3}, {"set", 5, 5}, {"extend", 4, 4}, {"remove", 2, 2}};
    state_t state = {.ctl = ctl};

    for (of = 0; of < 4 && (count < 1 || strcmp(words[0], kinds[of].name) != 0); of++)
        ;
    if (of == 4 || count < kinds[of].least || count > kinds[of].most)
        return ctl_usage("window", NULL);
    if ((state.db = ctl_open_current(ctl)) == NULL)
        return CTL_FAILED;
    if (base_frame_get(state.db, ctl->pool, &state.frame) != DB_OK)
        return ctl_db_failed(state.db, "reading the time zone");
    switch (of) {
    case 0:
        return list_words(&state, words, count);
    case 1:
        return set(&state, words, options[0].value != NULL, ctl_text(ctl, &options[1]));
    case 2:
        return extend(&state, words);
    default:
        return remove_one(&state, words[1]);
    }
}
