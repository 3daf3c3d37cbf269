/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl quality: what the next system would refuse of the valid candidates, by school, before it does.
 * Numbers stand there and no names: schools may get it by mail.
 */
#include "../lib/exchange/quality.h"

#include <apr_strings.h>
#include <jansson.h>
#include <stdio.h>

#include "../lib/store/exam_session.h"
#include "verbs.h"

typedef struct report_t {
    int json;
    json_t *school; /* the present one, of --json; NULL: none yet */
    char name[256]; /* of the present one, as text; "" once it stands there */
    int schools;
    apr_int64_t checked, refused, all_checked, all_refused;
} report_t;

static void end_school(report_t *report)
{
    report->all_checked += report->checked;
    report->all_refused += report->refused;
    if (report->school != NULL) {
        json_object_set_new(report->school, "checked", json_integer(report->checked));
        json_object_set_new(report->school, "refused", json_integer(report->refused));
        printf(report->schools++ > 0 ? ",\n" : "\n");
        json_dumpf(report->school, stdout, JSON_COMPACT);
        json_decref(report->school);
        report->school = NULL;
    }
    report->checked = report->refused = 0;
}

static void begin_school(void *baton, const establishment_t *school)
{
    report_t *report = baton;

    end_school(report);
    apr_snprintf(report->name, sizeof report->name, "%s%s%s", school != NULL ? school->code : "",
                 school != NULL ? " " : "", school != NULL ? school->name : "Candidats individuels");
    if (report->json)
        report->school = json_pack("{s:s?, s:s?, s:[]}", "uai", school != NULL ? school->code : NULL, "name",
                                   school != NULL ? school->name : NULL, "findings");
}

static void count_candidate(void *baton, int refused)
{
    report_t *report = baton;

    report->checked++;
    report->refused += refused;
}

static void tell_finding(void *baton, const quality_finding_t *of)
{
    report_t *report = baton;
    char number[64];

    apr_snprintf(number, sizeof number, "%" APR_INT64_T_FMT "-%" APR_INT64_T_FMT, of->number, of->revision);
    if (report->json) {
        json_array_append_new(json_object_get(report->school, "findings"),
                              json_pack("{s:s, s:s, s:s, s:s}", "session", of->session->dated, "number",
                                        number, "what", of->what, "text", of->text));
        return;
    }
    if (report->name[0] != '\0')
        puts(report->name);
    report->name[0] = '\0';
    printf("  %s %s %s: %s\n", of->session->dated, number, of->what, of->text);
}

/* An exam's name is all its sessions; one with a date that session. */
static int choose(ctl_t *ctl, db_t *db, const char *typed, const char **exam, apr_int64_t *exam_session)
{
    const exam_session_t *session;
    int dated;

    if (typed == NULL)
        return CTL_DONE;
    if ((session = ctl_exam_session(ctl, db, typed, &dated)) == NULL)
        return CTL_FAILED;
    *exam = exam_info(session->exam)->code;
    *exam_session = dated ? session->id : 0;
    return CTL_DONE;
}

static int report_all(ctl_t *ctl, db_t *db, const char *typed, report_t *report)
{
    quality_told_t told = {begin_school, count_candidate, tell_finding, report};
    apr_array_header_t *sessions;
    apr_int64_t exam_session = 0;
    const char *exam = NULL;

    if (choose(ctl, db, typed, &exam, &exam_session) != CTL_DONE)
        return CTL_FAILED;
    if (report->json)
        printf("{\"schools\": [");
    if (db_begin(db, ctl->pool, 0) != DB_OK || exam_session_list(db, ctl->pool, &sessions) != DB_OK ||
        quality_check(db, ctl->pool, &ctl->actor.scope, sessions, exam, exam_session, &told) != DB_OK)
        return ctl_db_failed(db, "checking the candidates");
    end_school(report);
    db_rollback(db);
    printf(report->json ? "],\n\"checked\": %" APR_INT64_T_FMT ", \"refused\": %" APR_INT64_T_FMT "}\n"
                        : "%" APR_INT64_T_FMT " candidates checked, %" APR_INT64_T_FMT " would be refused\n",
           report->all_checked, report->all_refused);
    return CTL_DONE;
}

int verb_quality(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t options[] = {{"--json", 0, NULL}, {NULL, 0, NULL}};
    report_t report = {.json = 0};
    const char *words[2];
    db_t *db;

    if (ctl_options(argc, argv, options, words, 1) < 0)
        return ctl_usage("quality", NULL);
    report.json = options[0].value != NULL;
    if ((db = ctl_open_current(ctl)) == NULL)
        return CTL_FAILED;
    return report_all(ctl, db, words[0], &report);
}
