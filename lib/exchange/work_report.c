/* SPDX-License-Identifier: Apache-2.0 */
#include "work_report.h"

#include <apr_strings.h>
#include <jansson.h>
#include <string.h>
#include <unistd.h>

#include "../text/csv.h"
#include "../text/text.h"

/* The outcomes, as files and rows say them. */
static const char *const outcomes[] = {
    [LOAD_ADDED] = "nouveau", [LOAD_CHANGED] = "modifié", [LOAD_GONE] = "retiré", [LOAD_REFUSED] = "refusé"};
enum { OUTCOMES = sizeof outcomes / sizeof *outcomes };

static const char *const heads[] = {"ligne", "nature", "objet", "colonne", "avant", "valeur", "motif"};
enum { CELLS = sizeof heads / sizeof *heads };

work_report_t work_report_begin(apr_pool_t *pool)
{
    return (work_report_t){.pool = pool,
                           .warnings = apr_array_make(pool, 4, sizeof(const char *)),
                           .refusals = apr_array_make(pool, 16, sizeof(load_finding_t)),
                           .findings = apr_array_make(pool, 16, sizeof(load_finding_t))};
}

/* ---------------------------------------------------------------- the file */

static void to_file(void *baton, const char *bytes, apr_size_t length)
{
    out_file_put(baton, bytes, length);
}

int work_report_open(work_report_t *report, const char *path)
{
    unlink(path); /* of an attempt that was broken off */
    if ((report->file = out_file_open(report->pool, path)) == NULL)
        return -1;
    csv_line(to_file, report->file, heads, CELLS);
    return 0;
}

static const char *cut(apr_pool_t *pool, const char *text)
{
    return text != NULL ? text_first(pool, text, WORK_CELL_MOST) : NULL;
}

static void keep(work_report_t *report, const load_finding_t *finding)
{
    int refused = finding->outcome == LOAD_REFUSED;
    apr_array_header_t *kept = refused ? report->refusals : report->findings;
    apr_pool_t *pool = report->pool;

    if (kept->nelts >= (refused ? WORK_REFUSALS_MOST : WORK_FINDINGS_MOST))
        return;
    APR_ARRAY_PUSH(kept, load_finding_t) =
        (load_finding_t){.outcome = finding->outcome,
                         .line = finding->line,
                         .label = apr_pstrdup(pool, cut(pool, finding->label)),
                         .column = apr_pstrdup(pool, finding->column),
                         .before = apr_pstrdup(pool, cut(pool, finding->before)),
                         .value = apr_pstrdup(pool, cut(pool, finding->value)),
                         .reason = apr_pstrdup(pool, finding->reason)};
}

void work_report_told(void *baton, const load_finding_t *finding)
{
    work_report_t *report = baton;
    char line[32] = "";
    const char *cells[CELLS] = {line,
                                outcomes[finding->outcome],
                                finding->label,
                                finding->column,
                                finding->before,
                                finding->value,
                                finding->reason};

    if (finding->line > 0)
        apr_snprintf(line, sizeof line, "%" APR_INT64_T_FMT, finding->line);
    report->told++;
    keep(report, finding);
    if (report->file != NULL)
        csv_line(to_file, report->file, cells, CELLS);
}

int work_report_close(work_report_t *report)
{
    out_total_t total;
    int error = out_file_close(report->file, &total);

    report->file = NULL;
    report->digest = total.sha256;
    return error == 0 ? 0 : -1;
}

/* ---------------------------------------------------------------- as JSON */

/* Each number of a report and its name there. */
#define NUMBERS(N)                                                                                           \
    N("nouveaux", counts.added)                                                                              \
    N("modifies", counts.changed)                                                                            \
    N("retires", counts.gone)                                                                                \
    N("inchanges", counts.same)                                                                              \
    N("laisses", counts.left_out)                                                                            \
    N("refuses", counts.refused)                                                                             \
    N("lignes", told)                                                                                        \
    N("rangs", rows)                                                                                         \
    N("octets", bytes)                                                                                       \
    N("numero", sequence)
#define TEXTS(T)                                                                                             \
    T("empreinte", digest)                                                                                   \
    T("erreur", error)                                                                                       \
    T("nom", name)

static json_t *json_of_texts(const apr_array_header_t *texts)
{
    json_t *array = json_array();
    int i;

    for (i = 0; i < texts->nelts; i++)
        json_array_append_new(array, json_string(APR_ARRAY_IDX(texts, i, const char *)));
    return array;
}

static json_t *json_of_findings(const apr_array_header_t *findings)
{
    json_t *array = json_array();
    int i;

    for (i = 0; i < findings->nelts; i++) {
        const load_finding_t *one = &APR_ARRAY_IDX(findings, i, load_finding_t);

        json_array_append_new(array,
                              json_pack("[i,I,s,s?,s?,s?,s?]", (int)one->outcome, (json_int_t)one->line,
                                        one->label, one->column, one->before, one->value, one->reason));
    }
    return array;
}

const char *work_report_write(const work_report_t *report)
{
    json_t *object = json_object();
    char *text;
    const char *kept;

#define NUMBER(name, member)                                                                                 \
    if (report->member != 0)                                                                                 \
        json_object_set_new(object, name, json_integer((json_int_t)report->member));
#define TEXT(name, member)                                                                                   \
    if (report->member != NULL)                                                                              \
        json_object_set_new(object, name, json_string(report->member));
    NUMBERS(NUMBER)
    TEXTS(TEXT)
#undef NUMBER
#undef TEXT
    json_object_set_new(object, "remarques", json_of_texts(report->warnings));
    json_object_set_new(object, "refus", json_of_findings(report->refusals));
    json_object_set_new(object, "changements", json_of_findings(report->findings));
    text = json_dumps(object, JSON_COMPACT);
    json_decref(object);
    kept = apr_pstrdup(report->pool, text);
    free(text);
    return kept;
}

/* ---------------------------------------------------------------- and back */

static const char *text_of(apr_pool_t *pool, const json_t *value)
{
    return apr_pstrdup(pool, json_string_value(value));
}

static void read_findings(apr_pool_t *pool, const json_t *array, apr_array_header_t *findings)
{
    size_t i;

    for (i = 0; i < json_array_size(array); i++) {
        const json_t *row = json_array_get(array, i);
        json_int_t outcome = json_integer_value(json_array_get(row, 0));
        const char *label = text_of(pool, json_array_get(row, 2));

        APR_ARRAY_PUSH(findings, load_finding_t) = (load_finding_t){
            .outcome = outcome >= 0 && outcome < OUTCOMES ? (load_outcome_t)outcome : LOAD_REFUSED,
            .line = json_integer_value(json_array_get(row, 1)),
            .label = label != NULL ? label : "",
            .column = text_of(pool, json_array_get(row, 3)),
            .before = text_of(pool, json_array_get(row, 4)),
            .value = text_of(pool, json_array_get(row, 5)),
            .reason = text_of(pool, json_array_get(row, 6))};
    }
}

static void read_texts(apr_pool_t *pool, const json_t *array, apr_array_header_t *texts)
{
    size_t i;

    for (i = 0; i < json_array_size(array); i++)
        if (json_is_string(json_array_get(array, i)))
            APR_ARRAY_PUSH(texts, const char *) = text_of(pool, json_array_get(array, i));
}

work_report_t work_report_read(apr_pool_t *pool, const char *json)
{
    work_report_t report = work_report_begin(pool);
    json_t *object = json != NULL ? json_loads(json, 0, NULL) : NULL;

    if (object == NULL)
        return report;
#define NUMBER(name, member) report.member = json_integer_value(json_object_get(object, name));
#define TEXT(name, member) report.member = text_of(pool, json_object_get(object, name));
    NUMBERS(NUMBER)
    TEXTS(TEXT)
#undef NUMBER
#undef TEXT
    read_texts(pool, json_object_get(object, "remarques"), report.warnings);
    read_findings(pool, json_object_get(object, "refus"), report.refusals);
    read_findings(pool, json_object_get(object, "changements"), report.findings);
    json_decref(object);
    return report;
}
