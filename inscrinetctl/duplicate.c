/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl duplicate: homonyms and twins. What looks like the same person twice is listed by numbers,
 * without names; whoever is another person may register once the first one's number is allowed to have a
 * homonym. EXAM is an exam with all its sessions, or one of them (bcp-2027-09).
 */
#include <apr_strings.h>
#include <stdio.h>
#include <string.h>

#include "../lib/domain/check.h"
#include "../lib/store/audit.h"
#include "../lib/store/exam_session.h"
#include "../lib/store/homonym.h"
#include "../lib/store/registration.h"
#include "verbs.h"

/* The registrations that were asked for: of a session, of all those of an exam, or all. */
typedef struct asked_t {
    const exam_session_t *session; /* or NULL */
    int dated;
} asked_t;

static int is_asked_for(const asked_t *asked, exam_t exam, apr_int64_t exam_session)
{
    if (asked->session == NULL)
        return 1;
    return asked->dated ? exam_session == asked->session->id : exam == asked->session->exam;
}

static int list(ctl_t *ctl, db_t *db, const asked_t *asked)
{
    apr_array_header_t *doubles, *sessions;
    int i;

    if (homonym_doubles(db, ctl->pool, &ctl->actor.scope, &doubles) != DB_OK ||
        exam_session_list(db, ctl->pool, &sessions) != DB_OK)
        return ctl_db_failed(db, "reading the doubles");
    printf("exam\tnumber\tother\treason\n");
    for (i = 0; i < doubles->nelts; i++) {
        const double_t *row = &APR_ARRAY_IDX(doubles, i, double_t);
        const exam_session_t *session = exam_session_of_id(sessions, row->exam_session);

        if (is_asked_for(asked, row->exam, row->exam_session))
            printf("%s\t%" APR_INT64_T_FMT "\t%" APR_INT64_T_FMT "\t%s\n",
                   session != NULL ? session->path : exam_info(row->exam)->path, row->number, row->other,
                   row->reason);
    }
    return CTL_DONE;
}

/* In the open transaction. Gives CTL_…. */
static int allow_one(ctl_t *ctl, db_t *db, const asked_t *asked, apr_int64_t number)
{
    exam_t exam = asked->session->exam;
    audit_entry_t entry = {.at = ctl->now,
                           .service = "inscrinetctl",
                           .actor = ctl->actor.name,
                           .action = "homonym.allow",
                           .exam = exam_info(exam)->code,
                           .number = number};
    const exam_session_t *session;
    apr_array_header_t *sessions;
    registration_t *found;
    int known;

    if (registration_get(db, ctl->pool, &ctl->actor.scope, exam, number, &found) != DB_OK)
        return ctl_db_failed(db, "reading the registration");
    if (found == NULL || !is_asked_for(asked, exam, found->exam_session))
        return ctl_fail("%s %" APR_INT64_T_FMT ": no such registration",
                        asked->dated ? asked->session->dated : exam_info(exam)->path, number);
    if (exam_session_list(db, ctl->pool, &sessions) != DB_OK)
        return ctl_db_failed(db, "reading the sessions");
    if ((session = exam_session_of_id(sessions, found->exam_session)) != NULL && !ctl_may_change(session))
        return CTL_FAILED;
    if (homonym_allow(db, &ctl->actor.scope, exam, number, 1, &known) != DB_OK ||
        audit_add(db, &entry) != DB_OK)
        return ctl_db_failed(db, "allowing a homonym");
    return CTL_DONE;
}

static int allow(ctl_t *ctl, db_t *db, const asked_t *asked, apr_int64_t number)
{
    if (db_begin(db, ctl->pool, 1) != DB_OK)
        return ctl_db_failed(db, "opening a transaction");
    if (allow_one(ctl, db, asked, number) != CTL_DONE) {
        db_rollback(db);
        return CTL_FAILED;
    }
    if (db_commit(db) != DB_OK)
        return ctl_db_failed(db, "allowing a homonym");
    printf("%s %" APR_INT64_T_FMT ": a homonym may register\n", exam_info(asked->session->exam)->path,
           number);
    return CTL_DONE;
}

int verb_duplicate(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{NULL, 0, NULL}};
    const char *words[4];
    int count = ctl_options(argc, argv, options, words, 3),
        allows = count == 3 && strcmp(words[0], "allow") == 0;
    apr_int64_t number = allows ? registration_number(words[2]) : 0;
    asked_t asked = {NULL, 0};
    db_t *db;

    if (!allows && (count < 1 || count > 2 || strcmp(words[0], "list") != 0))
        return ctl_usage("duplicate", NULL);
    if (allows && number == 0)
        return ctl_fail("%s: not a registration number", words[2]);
    if ((db = ctl_open_current(ctl)) == NULL)
        return CTL_FAILED;
    if (count > 1 && (asked.session = ctl_exam_session(ctl, db, words[1], &asked.dated)) == NULL)
        return CTL_FAILED;
    return allows ? allow(ctl, db, &asked, number) : list(ctl, db, &asked);
}
