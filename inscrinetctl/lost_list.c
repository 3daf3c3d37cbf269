/* SPDX-License-Identifier: Apache-2.0 */
#include "lost_list.h"

#include <apr_portable.h>
#include <apr_strings.h>
#include <apr_time.h>
#include <unistd.h>

#include "../lib/text/csv.h"

#define UTC "%Y-%m-%dT%H:%M:%SZ"

static const char *instant(apr_pool_t *pool, apr_int64_t seconds, const char *format)
{
    char written[40] = "";
    apr_size_t length;
    apr_time_exp_t exploded;

    apr_time_exp_gmt(&exploded, apr_time_from_sec(seconds));
    apr_strftime(written, &length, sizeof written, format, &exploded);
    return apr_pstrdup(pool, written);
}

void lost_list_name(ctl_t *ctl, lost_list_t *list, const char *backup, const char *asked)
{
    const char *stem;

    *list = (lost_list_t){.ctl = ctl, .name = asked, .status = CTL_DONE};
    if (asked != NULL)
        return;
    stem = apr_pstrcat(ctl->pool, backup, ".since-", instant(ctl->pool, ctl->now, "%Y%m%dT%H%M%SZ"), NULL);
    list->name = apr_pstrcat(ctl->pool, stem, ".csv", NULL);
    for (int i = 2; access(list->name, F_OK) == 0; i++)
        list->name = apr_psprintf(ctl->pool, "%s-%d.csv", stem, i);
}

static void put(void *baton, const char *bytes, apr_size_t length)
{
    lost_list_t *list = baton;

    if (list->status == CTL_DONE && apr_file_write_full(list->stream, bytes, length, NULL) != APR_SUCCESS)
        list->status = ctl_fail("%s: it can't be written", list->name);
}

static void begin(lost_list_t *list)
{
    static const char *const head[] = {
        "what",       "exam",          "session", "number",  "revision",  "restored", "state",   "name",
        "birth_date", "establishment", "school",  "service", "specialty", "created",  "changed", "answers"};
    apr_os_file_t descriptor;

    list->status = whole_file_begin(list->ctl, &list->file, list->name, 0);
    if (list->status != CTL_DONE)
        return;
    list->written = 1;
    descriptor = list->file.descriptor;
    apr_os_file_put(&list->stream, &descriptor, APR_FOPEN_WRITE | APR_FOPEN_BUFFERED, list->ctl->pool);
    csv_line(put, list, head, sizeof head / sizeof *head);
}

static const char *number(apr_pool_t *pool, apr_int64_t value)
{
    return value == DB_NULL ? NULL : apr_psprintf(pool, "%" APR_INT64_T_FMT, value);
}

void lost_list_add(void *baton, const recovery_lost_t *lost)
{
    lost_list_t *list = baton;
    apr_pool_t *pool;

    if (!list->written && list->status == CTL_DONE)
        begin(list);
    if (list->status != CTL_DONE || apr_pool_create(&pool, list->ctl->pool) != APR_SUCCESS)
        return;
    const char *const cells[] = {lost->restored == DB_NULL ? "made" : "changed",
                                 lost->exam,
                                 apr_psprintf(pool, "%04d-%02d", (int)lost->year, (int)lost->month),
                                 number(pool, lost->number),
                                 number(pool, lost->revision),
                                 number(pool, lost->restored),
                                 lost->state,
                                 lost->listed_name,
                                 lost->birth_date,
                                 lost->establishment,
                                 lost->school,
                                 lost->service,
                                 lost->specialty,
                                 instant(pool, lost->created, UTC),
                                 instant(pool, lost->changed, UTC),
                                 lost->answers};
    csv_line(put, list, cells, sizeof cells / sizeof *cells);
    apr_pool_destroy(pool);
}

int lost_list_keep(lost_list_t *list)
{
    if (list->written && list->status == CTL_DONE && apr_file_flush(list->stream) != APR_SUCCESS)
        list->status = ctl_fail("%s: it can't be written", list->name);
    if (!list->written || list->status != CTL_DONE)
        return list->status;
    list->status = whole_file_keep(list->ctl, &list->file);
    list->kept = list->status == CTL_DONE;
    return list->status;
}

void lost_list_drop(lost_list_t *list)
{
    if (list->kept)
        unlink(list->name);
    else if (list->written)
        unlink(list->file.part);
}
