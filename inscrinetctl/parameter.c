/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl parameter: what an authority decides.
 */
#include "../lib/domain/parameter.h"

#include <stdio.h>
#include <string.h>

#include "../lib/store/audit.h"
#include "../lib/store/base.h"
#include "verbs.h"

#define USAGE "parameter list [EXAM] | get NAME [--exam EXAM] | set NAME VALUE [--exam EXAM]"

static const char *code_of(exam_t exam)
{
    return exam != EXAM_NONE ? exam_info(exam)->code : NULL;
}

static int list(ctl_t *ctl, db_t *db, exam_t exam)
{
    const parameter_t *parameter;
    int i;

    printf("name\tvalue\tform\tpurpose\n");
    for (i = 0; (parameter = parameter_at(i)) != NULL; i++) {
        const char *value;

        if (parameter_get(db, ctl->pool, code_of(exam), parameter->name, &value) != DB_OK)
            return ctl_db_failed(db, "reading the parameters");
        printf("%s\t%.*s\t%s\t%s\n", parameter->name, value != NULL ? (int)strcspn(value, "\n\t") : 1,
               value != NULL ? value : "-", parameter->form, parameter->purpose);
    }
    return CTL_DONE;
}

static int get(ctl_t *ctl, db_t *db, exam_t exam, const char *name)
{
    const char *value;

    if (parameter_get(db, ctl->pool, code_of(exam), name, &value) != DB_OK)
        return ctl_db_failed(db, "reading the parameter");
    if (value == NULL)
        return ctl_fail("%s is not set", name);
    puts(value);
    return CTL_DONE;
}

static int set(ctl_t *ctl, db_t *db, exam_t exam, const parameter_t *parameter, const char *value)
{
    audit_entry_t entry = {.at = ctl->now,
                           .service = "inscrinetctl",
                           .actor = "operator",
                           .action = "parameter.set",
                           .exam = code_of(exam),
                           .number = DB_NULL,
                           .detail = parameter->name,
                           .cited = value};

    if ((parameter->scope & (exam == EXAM_NONE ? PARAMETER_GLOBAL : PARAMETER_EXAM)) == 0)
        return ctl_fail("%s is set %s", parameter->name,
                        exam == EXAM_NONE ? "for an exam: give --exam" : "for all exams: leave --exam out");
    if (!parameter_right(ctl->pool, parameter, exam, value))
        return ctl_fail("%s: not a value of %s (%s)", value, parameter->name, parameter->form);
    if (db_begin(db, ctl->pool, 1) != DB_OK)
        return ctl_db_failed(db, "opening a transaction");
    parameter_set(db, code_of(exam), parameter->name, value);
    base_touch(db);
    audit_add(db, &entry);
    if (db_commit(db) != DB_OK)
        return ctl_db_failed(db, "setting the parameter");
    printf("%s: set\n", parameter->name);
    return CTL_DONE;
}

int verb_parameter(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{"--exam", 1, NULL}, {NULL, 0, NULL}};
    const char *words[4], *typed;
    int count = ctl_options(argc, argv, options, words, 3);
    exam_t exam = EXAM_NONE;
    const parameter_t *parameter = NULL;
    db_t *db;

    if (count < 1 ||
        (strcmp(words[0], "list") != 0 && strcmp(words[0], "get") != 0 && strcmp(words[0], "set") != 0))
        return ctl_usage(USAGE);
    if (words[0][0] == 'l' ? count > 2 : count != (words[0][0] == 'g' ? 2 : 3))
        return ctl_usage(USAGE);
    typed = words[0][0] == 'l' && count == 2 ? words[1] : options[0].value;
    if (typed != NULL && (exam = ctl_exam(typed)) == EXAM_NONE)
        return ctl_fail("%s: not an exam (bts bcp bp cap bep mc4 mc5)", typed);
    if (words[0][0] != 'l' && (parameter = parameter_find(words[1])) == NULL)
        return ctl_fail("%s: no such parameter (parameter list shows them)", words[1]);
    if ((db = ctl_open_current(ctl)) == NULL)
        return CTL_FAILED;
    if (words[0][0] == 'l')
        return list(ctl, db, exam);
    return words[0][0] == 'g' ? get(ctl, db, exam, parameter->name) : set(ctl, db, exam, parameter, words[2]);
}
