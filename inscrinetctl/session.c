/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl session: the sessions of an exam. The main one has the plain name and address (bcp), the
 * others are named by year and month (bcp-2027-09).
 */
#include <apr_strings.h>
#include <stdio.h>
#include <string.h>

#include "../lib/store/audit.h"
#include "../lib/store/base.h"
#include "../lib/store/exam_session.h"
#include "../lib/store/transfer.h"
#include "verbs.h"

typedef struct request_t {
    ctl_t *ctl;
    db_t *db;
    const char *name; /* of a session, or NULL */
    const char *period, *state;
} request_t;

static int list(const request_t *request)
{
    apr_array_header_t *sessions;
    const exam_session_t *only = NULL;
    int dated = 0, i;

    if (request->name != NULL &&
        (only = ctl_exam_session(request->ctl, request->db, request->name, &dated)) == NULL)
        return CTL_FAILED;
    if (exam_session_list(request->db, request->ctl->pool, &sessions) != DB_OK)
        return ctl_db_failed(request->db, "reading the sessions");
    printf("session\tmain\tperiod\tstate\tregistrations\tdrafts\n");
    for (i = 0; i < sessions->nelts; i++) {
        const exam_session_t *one = &APR_ARRAY_IDX(sessions, i, exam_session_t);
        apr_int64_t registrations, drafts;

        if (only != NULL && (dated ? only->id != one->id : only->exam != one->exam))
            continue;
        if (exam_session_count(request->db, one->id, &registrations, &drafts) != DB_OK)
            return ctl_db_failed(request->db, "counting");
        printf("%s\t%s\t%s\t%s\t%" APR_INT64_T_FMT "\t%" APR_INT64_T_FMT "\n", one->dated,
               one->is_main ? "main" : "", one->period, exam_session_state_code(one->state), registrations,
               drafts);
    }
    return CTL_DONE;
}

/* Servers see it at their next request. */
static int end(const request_t *request, const char *action, const exam_session_t *changed)
{
    const char *what =
        apr_pstrcat(request->ctl->pool, changed->dated, " ", exam_session_state_code(changed->state), " ",
                    changed->period, changed->is_main ? ", main" : "", NULL);
    audit_entry_t entry = {.at = request->ctl->now,
                           .service = "inscrinetctl",
                           .actor = request->ctl->actor.name,
                           .action = action,
                           .exam = exam_info(changed->exam)->code,
                           .number = DB_NULL,
                           .detail = what};

    base_touch(request->db);
    audit_add(request->db, &entry);
    if (db_commit(request->db) != DB_OK)
        return ctl_db_failed(request->db, "keeping the session");
    puts(what);
    return CTL_DONE;
}

static int add(const request_t *request)
{
    exam_session_t made = {.period = request->period, .state = EXAM_SESSION_PREPARATION};
    db_error_t error;

    if (!ctl_session_name(request->ctl, request->name, &made.exam, &made.year, &made.month) || made.year == 0)
        return ctl_fail("%s: not an exam with the year and month of a session (bcp-2027-09)", request->name);
    if (made.year < EXAM_SESSION_YEAR_LEAST || made.year > EXAM_SESSION_YEAR_MOST)
        return ctl_fail("%s: not between 2000 and 2100", request->name);
    if (db_begin(request->db, request->ctl->pool, 1) != DB_OK)
        return ctl_db_failed(request->db, "opening a transaction");
    error = exam_session_create(request->db, request->ctl->pool, &made);
    if (error == DB_OK)
        return end(request, "exam_session.add", &made);
    db_rollback(request->db);
    return error == DB_CONFLICT ? ctl_fail("%s is there already", made.dated)
                                : ctl_db_failed(request->db, "adding the session");
}

/* The session that is named, in a transaction that nobody's change comes into. NULL after a message. */
static const exam_session_t *hold(const request_t *request)
{
    const exam_session_t *found;
    int dated;

    if (db_begin(request->db, request->ctl->pool, 1) != DB_OK) {
        ctl_db_failed(request->db, "opening a transaction");
        return NULL;
    }
    if ((found = ctl_exam_session(request->ctl, request->db, request->name, &dated)) == NULL)
        db_rollback(request->db);
    return found;
}

static int refuse(const request_t *request, const exam_session_t *found, const char *why)
{
    db_rollback(request->db);
    return ctl_fail("%s %s", found->dated, why);
}

/* What is archived changes no more: its candidates are to be somewhere else by then. */
static int may_archive(const request_t *request, const exam_session_t *found, int state)
{
    int unloaded = 1;

    if (request->state == NULL || state != EXAM_SESSION_ARCHIVED || found->state == EXAM_SESSION_ARCHIVED)
        return CTL_DONE;
    if (transfer_is_unloaded(request->db, &request->ctl->actor.scope, found, &unloaded) != DB_OK)
        return ctl_db_failed(request->db, "reading the former unloads");
    return unloaded ? CTL_DONE
                    : refuse(request, found,
                             "has candidates who aren't unloaded as they are now: inscrinetctl unload "
                             "candidates, then archive it");
}

static int set(const request_t *request)
{
    int state = request->state != NULL ? exam_session_state_of(request->state) : 0;
    const exam_session_t *found;
    exam_session_t changed;
    int done;

    if (state < 0)
        return ctl_fail("%s: not a state (preparation, open, closed, archived)", request->state);
    if ((found = hold(request)) == NULL)
        return CTL_FAILED;
    if (request->state != NULL && exam_session_may_be(found, (exam_session_state_t)state) != MSG_OK)
        return refuse(request, found, "is the exam's main session: make another one the main one first");
    if (may_archive(request, found, state) != CTL_DONE)
        return CTL_FAILED;
    changed = *found;
    if (request->state != NULL)
        changed.state = (exam_session_state_t)state;
    if (request->period != NULL)
        changed.period = request->period;
    if (exam_session_change(request->db, found, &changed, &done) == DB_OK && !done)
        return refuse(request, found, "was changed by somebody else just now: look at it and try again");
    return end(request, "exam_session.set", &changed);
}

#define PLAIN_ADDRESS "the exam's plain address leads to a session that people find"

static int make_main(const request_t *request)
{
    const exam_session_t *found = hold(request);
    exam_session_t changed;
    message_t problem;

    if (found == NULL)
        return CTL_FAILED;
    if ((problem = exam_session_may_be_main(found)) != MSG_OK)
        return refuse(request, found,
                      problem == MSG_SESSION_MAIN_ALREADY    ? "is the main one already"
                      : problem == MSG_SESSION_MAIN_PREPARED ? "is in preparation: " PLAIN_ADDRESS
                                                             : "is archived: " PLAIN_ADDRESS);
    changed = *found;
    changed.is_main = 1;
    exam_session_make_main(request->db, &changed);
    return end(request, "exam_session.main", &changed);
}

/* Whether the words are one of the usages. */
static int is_usage(const char **words, int count, const request_t *request)
{
    int options = request->period != NULL || request->state != NULL;

    if (count < 1 || (count < 2 && strcmp(words[0], "list") != 0))
        return 0;
    if (strcmp(words[0], "add") == 0)
        return request->period != NULL && request->state == NULL;
    return strcmp(words[0], "set") == 0 ? options : !options;
}

int verb_session(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{"--period", 1, NULL}, {"--state", 1, NULL}, {NULL, 0, NULL}};
    static const struct {
        const char *name;
        int (*run)(const request_t *request);
    } kinds[] = {{"list", list}, {"add", add}, {"set", set}, {"main", make_main}};
    const char *words[3] = {NULL, NULL, NULL};
    int count = ctl_options(argc, argv, options, words, 2), of;
    request_t request = {ctl, NULL, words[1], options[0].value, options[1].value};

    for (of = 0; of < 4 && (count < 1 || strcmp(words[0], kinds[of].name) != 0); of++)
        ;
    if (of == 4 || !is_usage(words, count, &request))
        return ctl_usage("session", NULL);
    if (request.period != NULL && (request.period = exam_session_period(ctl->pool, request.period)) == NULL)
        return ctl_fail("--period: a month or season in words, 60 bytes at most (juin, automne)");
    if ((request.db = ctl_open_current(ctl)) == NULL)
        return CTL_FAILED;
    return kinds[of].run(&request);
}
