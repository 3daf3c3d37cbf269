/* SPDX-License-Identifier: Apache-2.0 */
#include "load_report.h"

#include <apr_strings.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/text/csv.h"

static const char *const outcomes[] = {
    [LOAD_ADDED] = "new", [LOAD_CHANGED] = "changed", [LOAD_GONE] = "gone", [LOAD_REFUSED] = "refused"};

void load_report_begin(load_report_t *report)
{
    if (report->json)
        printf("{\"rows\":[");
}

static void put_json(const char *before, json_t *value)
{
    fputs(before, stdout);
    json_dumpf(value, stdout, JSON_COMPACT | JSON_ENCODE_ANY);
    json_decref(value);
}

static void set_text(json_t *object, const char *name, const char *text)
{
    if (text != NULL)
        json_object_set_new(object, name, json_string(text));
}

static void put_row_json(load_report_t *report, const load_finding_t *finding)
{
    json_t *row = json_object();

    set_text(row, "outcome", outcomes[finding->outcome]);
    if (finding->line > 0)
        json_object_set_new(row, "line", json_integer(finding->line));
    if (finding->label[0] != '\0')
        set_text(row, "row", finding->label);
    set_text(row, "column", finding->column);
    set_text(row, "before", finding->before);
    set_text(row, "value", finding->value);
    set_text(row, "reason", finding->reason);
    put_json(report->told > 1 ? ",\n" : "\n", row);
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

static void put_row(const load_report_t *report, const load_finding_t *finding)
{
    if (report->told == 1)
        puts("line\toutcome\trow\tcolumn\tbefore\tvalue\treason");
    printf("%" APR_INT64_T_FMT "\t%s\t%s\t%s\t%s\t%s\t%s\n", finding->line, outcomes[finding->outcome],
           finding->label, or_empty(finding->column), or_empty(finding->before), or_empty(finding->value),
           or_empty(finding->reason));
}

static void to_file(void *baton, const char *bytes, apr_size_t length)
{
    apr_file_write_full(baton, bytes, length, NULL);
}

/* Line, reason, column and value of a refused row; the file is new with the first one. */
static void keep_refused(load_report_t *report, const load_finding_t *finding)
{
    const char *const names[] = {"ligne", "motif", "colonne", "valeur"};
    const char *const cells[] = {apr_psprintf(report->pool, "%" APR_INT64_T_FMT, finding->line),
                                 finding->reason, finding->column, finding->value};

    if (report->refusals == NULL) {
        if (apr_file_open(&report->refusals, report->refused,
                          APR_FOPEN_WRITE | APR_FOPEN_CREATE | APR_FOPEN_TRUNCATE | APR_FOPEN_BUFFERED,
                          APR_FPROT_UREAD | APR_FPROT_UWRITE, report->pool) != APR_SUCCESS)
            return;
        csv_line(to_file, report->refusals, names, 4);
    }
    csv_line(to_file, report->refusals, cells, 4);
}

void load_report_row(void *baton, const load_finding_t *finding)
{
    load_report_t *report = baton;

    if (finding->outcome == LOAD_REFUSED && report->first == NULL)
        report->first =
            apr_psprintf(report->pool, "line %" APR_INT64_T_FMT "%s%s: %s", finding->line,
                         finding->column != NULL ? ", " : "", or_empty(finding->column), finding->reason);
    if (finding->outcome == LOAD_REFUSED && report->refused != NULL)
        keep_refused(report, finding);
    if (!report->rows && finding->outcome != LOAD_REFUSED)
        return;
    report->told++;
    if (report->json)
        put_row_json(report, finding);
    else
        put_row(report, finding);
}

void load_report_progress(void *baton, apr_int64_t rows)
{
    (void)baton;
    fprintf(stderr, "\r%" APR_INT64_T_FMT " rows", rows);
    fflush(stderr);
}

static json_t *counts_json(const load_counts_t *counts)
{
    return json_pack("{s:I,s:I,s:I,s:I,s:I,s:I}", "new", (json_int_t)counts->added, "changed",
                     (json_int_t)counts->changed, "gone", (json_int_t)counts->gone, "unchanged",
                     (json_int_t)counts->same, "left_out", (json_int_t)counts->left_out, "refused",
                     (json_int_t)counts->refused);
}

static json_t *texts_json(const apr_array_header_t *texts)
{
    json_t *array = json_array();
    int i;

    for (i = 0; i < texts->nelts; i++)
        json_array_append_new(array, json_string(APR_ARRAY_IDX(texts, i, const char *)));
    return array;
}

static void end_json(const load_t *load, int applied)
{
    put_json("\n],\"kind\":", json_string(load->run->kind));
    put_json(",\"file\":", json_string(load->run->file));
    put_json(",\"sha256\":", json_string(load->run->sha256));
    put_json(",\"warnings\":", texts_json(load->source->warnings));
    put_json(",\"counts\":", counts_json(&load->run->counts));
    if (load->summary != NULL)
        put_json(",\"summary\":", json_string(load->summary));
    put_json(",\"applied\":", json_boolean(applied));
    put_json(",\"run\":", applied ? json_integer(load->run->id) : json_null());
    puts("}");
}

static void end_text(const load_t *load, int applied)
{
    const load_counts_t *counts = &load->run->counts;
    int i;

    for (i = 0; i < load->source->warnings->nelts; i++)
        fprintf(stderr, "%s: %s\n", load->run->file, APR_ARRAY_IDX(load->source->warnings, i, const char *));
    if (load->summary != NULL)
        puts(load->summary);
    printf("%s: %" APR_INT64_T_FMT " new, %" APR_INT64_T_FMT " changed, %" APR_INT64_T_FMT
           " gone, %" APR_INT64_T_FMT " unchanged, %" APR_INT64_T_FMT " left out, %" APR_INT64_T_FMT
           " refused",
           load->run->kind, counts->added, counts->changed, counts->gone, counts->same, counts->left_out,
           counts->refused);
    if (applied)
        printf("; loaded as run %" APR_INT64_T_FMT "\n", load->run->id);
    else
        puts("; nothing was changed");
}

int load_report_end(load_report_t *report, const load_t *load, int applied)
{
    if (load->progress != NULL)
        fputs("\r\033[K", stderr);
    if (report->json)
        end_json(load, applied);
    else
        end_text(load, applied);
    if (load->run->counts.refused == 0)
        return CTL_DONE;
    if (report->refusals != NULL && apr_file_close(report->refusals) == APR_SUCCESS)
        ctl_warn("%" APR_INT64_T_FMT " rows are refused: %s", load->run->counts.refused, report->refused);
    return CTL_DONE;
}
