/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl parameter: what an authority decides, for all exams, for an exam with all its sessions (bcp),
 * or for one session of it (bcp-2027-09).
 */
#include "../lib/domain/parameter.h"

#include <apr_strings.h>
#include <stdio.h>
#include <string.h>

#include "../lib/store/audit.h"
#include "../lib/store/base.h"
#include "../lib/store/parameter.h"
#include "../lib/text/text.h"
#include "verbs.h"

/* Whom a value is for. */
typedef struct target_t {
    const exam_session_t *of; /* NULL: all exams */
    const char *code;         /* the exam's, or NULL */
    apr_int64_t session;      /* 0: whichever */
} target_t;

static int find_target(ctl_t *ctl, db_t *db, const char *typed, target_t *target)
{
    int dated;

    *target = (target_t){NULL, NULL, 0};
    if (typed == NULL)
        return CTL_DONE;
    if ((target->of = ctl_exam_session(ctl, db, typed, &dated)) == NULL)
        return CTL_FAILED;
    target->code = exam_info(target->of->exam)->code;
    target->session = dated ? target->of->id : 0;
    return CTL_DONE;
}

static int list(ctl_t *ctl, db_t *db, const target_t *target)
{
    const parameter_t *parameter;
    int i;

    printf("name\tvalue\tform\tpurpose\n");
    for (i = 0; (parameter = parameter_at(i)) != NULL; i++) {
        const char *value;

        if (parameter_get(db, ctl->pool, target->code, target->session, parameter->name, &value) != DB_OK)
            return ctl_db_failed(db, "reading the parameters");
        printf("%s\t%.*s\t%s\t%s\n", parameter->name, value != NULL ? (int)strcspn(value, "\n\t") : 1,
               value != NULL ? value : "-", parameter->form, parameter->purpose);
    }
    return CTL_DONE;
}

static int get(ctl_t *ctl, db_t *db, const target_t *target, const char *name)
{
    const char *value;

    if (parameter_get(db, ctl->pool, target->code, target->session, name, &value) != DB_OK)
        return ctl_db_failed(db, "reading the parameter");
    if (value == NULL)
        return ctl_fail("%s is not set", name);
    puts(value);
    return CTL_DONE;
}

/* Enough of a value to know it by. */
static const char *beginning(apr_pool_t *pool, const char *value)
{
    enum { CHARACTERS = 60 };
    const char *at = value;
    int i;

    for (i = 0; i < CHARACTERS && *at != '\0'; i++)
        text_next(&at);
    return *at != '\0' ? apr_pstrcat(pool, apr_pstrmemdup(pool, value, (apr_size_t)(at - value)), "…", NULL)
                       : value;
}

/* The change, its row in the history and in the trail, together. */
static int change(ctl_t *ctl, db_t *db, const target_t *target, const char *name, const char *value)
{
    const char *exam = target->code != NULL ? target->code : "";
    parameter_change_t change = {
        .of = {name, exam, target->session}, .at = ctl->now, .actor = ctl->actor.name, .after = value};
    audit_entry_t entry = {
        .at = ctl->now,
        .service = "inscrinetctl",
        .actor = ctl->actor.name,
        .action = "parameter.set",
        .exam = target->code,
        .number = DB_NULL,
        .detail = target->session != 0 ? apr_pstrcat(ctl->pool, name, " ", target->of->dated, NULL) : name,
        .cited = value};

    if (db_begin(db, ctl->pool, 1) != DB_OK)
        return ctl_db_failed(db, "opening a transaction");
    parameter_hold(db, ctl->pool, &change);
    parameter_change(db, &change);
    audit_add(db, &entry);
    if (db_commit(db) != DB_OK)
        return ctl_db_failed(db, "setting the parameter");
    printf("%s: set\n", name);
    return CTL_DONE;
}

static int set(ctl_t *ctl, db_t *db, const target_t *target, const parameter_t *parameter, const char *value)
{
    exam_t exam = target->of != NULL ? target->of->exam : EXAM_NONE;

    if (!parameter_takes(parameter, exam))
        return ctl_fail("%s is set %s", parameter->name,
                        exam == EXAM_NONE ? "for an exam: give --exam" : "for all exams: leave --exam out");
    if (!parameter_right(ctl->pool, parameter, exam, value))
        return ctl_fail("%s: not a value of %s (%s, at most %d characters)", beginning(ctl->pool, value),
                        parameter->name, parameter->form, parameter->most);
    if (target->session != 0 && !ctl_may_change(target->of))
        return CTL_FAILED;
    return change(ctl, db, target, parameter->name, value);
}

int verb_parameter(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{"--exam", 1, NULL}, {NULL, 0, NULL}};
    const char *words[4], *typed;
    int count = ctl_options(argc, argv, options, words, 3);
    const parameter_t *parameter = NULL;
    target_t target;
    db_t *db;

    if (count < 1 ||
        (strcmp(words[0], "list") != 0 && strcmp(words[0], "get") != 0 && strcmp(words[0], "set") != 0))
        return ctl_usage("parameter", NULL);
    if (words[0][0] == 'l' ? count > 2 : count != (words[0][0] == 'g' ? 2 : 3))
        return ctl_usage("parameter", NULL);
    typed = words[0][0] == 'l' && count == 2 ? words[1] : options[0].value;
    if (words[0][0] != 'l' && (parameter = parameter_find(words[1])) == NULL)
        return ctl_fail("%s: no such parameter (parameter list shows them)", words[1]);
    if ((db = ctl_open_current(ctl)) == NULL || find_target(ctl, db, typed, &target) != CTL_DONE)
        return CTL_FAILED;
    if (words[0][0] == 'l')
        return list(ctl, db, &target);
    return words[0][0] == 'g' ? get(ctl, db, &target, parameter->name)
                              : set(ctl, db, &target, parameter, words[2]);
}
