/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl duplicate: homonyms and twins. What looks like the same person twice is listed by numbers,
 * without names; whoever is another person may register once the first one's number is allowed to have a
 * homonym.
 */
#include <apr_strings.h>
#include <stdio.h>
#include <string.h>

#include "../lib/domain/check.h"
#include "../lib/store/audit.h"
#include "../lib/store/homonym.h"
#include "verbs.h"

#define USAGE "duplicate list [EXAM] | allow EXAM NUMBER"

static int list(ctl_t *ctl, db_t *db, exam_t only)
{
    apr_array_header_t *doubles;
    int i;

    if (homonym_doubles(db, ctl->pool, &ctl_scope, &doubles) != DB_OK)
        return ctl_db_failed(db, "reading the doubles");
    printf("exam\tnumber\tother\treason\n");
    for (i = 0; i < doubles->nelts; i++) {
        const double_t *row = &APR_ARRAY_IDX(doubles, i, double_t);

        if (only == EXAM_NONE || row->exam == only)
            printf("%s\t%" APR_INT64_T_FMT "\t%" APR_INT64_T_FMT "\t%s\n", exam_info(row->exam)->path,
                   row->number, row->other, row->reason);
    }
    return CTL_DONE;
}

static int allow(ctl_t *ctl, db_t *db, exam_t exam, apr_int64_t number)
{
    audit_entry_t entry = {.at = ctl->now,
                           .service = "inscrinetctl",
                           .actor = "operator",
                           .action = "homonym.allow",
                           .exam = exam_info(exam)->code,
                           .number = number};
    int known;

    if (db_begin(db, ctl->pool, 1) != DB_OK ||
        homonym_allow(db, &ctl_scope, exam, number, 1, &known) != DB_OK)
        return ctl_db_failed(db, "allowing a homonym");
    if (!known) {
        db_rollback(db);
        return ctl_fail("%s %" APR_INT64_T_FMT ": no such registration", exam_info(exam)->path, number);
    }
    audit_add(db, &entry);
    if (db_commit(db) != DB_OK)
        return ctl_db_failed(db, "allowing a homonym");
    printf("%s %" APR_INT64_T_FMT ": a homonym may register\n", exam_info(exam)->path, number);
    return CTL_DONE;
}

int verb_duplicate(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{NULL, 0, NULL}};
    const char *words[4];
    int count = ctl_options(argc, argv, options, words, 3),
        allows = count == 3 && strcmp(words[0], "allow") == 0;
    exam_t exam = count > 1 ? ctl_exam(words[1]) : EXAM_NONE;
    apr_int64_t number = allows ? registration_number(words[2]) : 0;
    db_t *db;

    if (!allows && (count < 1 || count > 2 || strcmp(words[0], "list") != 0))
        return ctl_usage(USAGE);
    if (count > 1 && exam == EXAM_NONE)
        return ctl_fail("%s: not an exam (bts bcp bp cap bep mc4 mc5)", words[1]);
    if (allows && number == 0)
        return ctl_fail("%s: not a registration number", words[2]);
    if ((db = ctl_open_current(ctl)) == NULL)
        return CTL_FAILED;
    return allows ? allow(ctl, db, exam, number) : list(ctl, db, exam);
}
