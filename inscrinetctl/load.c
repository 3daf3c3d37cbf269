/* SPDX-License-Identifier: Apache-2.0
 *
 * inscrinetctl load: files, or tables of other bases, into the base, each wholly or not at all. --dry-run is
 * the load itself, rolled back, and tells every row that it would change. A run can be undone until the next
 * one of its kind.
 */
#include <apr_file_info.h>
#include <apr_strings.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/exchange/digest.h"
#include "../lib/exchange/load.h"
#include "../lib/store/base.h"
#include "held_lock.h"
#include "load_all.h"
#include "load_foreign.h"
#include "load_one.h"
#include "load_report.h"
#include "load_undo.h"
#include "verbs.h"

enum { FILES_MOST = 64 };

typedef struct options_t {
    int dry_run, json;
    double tolerated; /* rows of a hundred */
    foreign_options_t from;
} options_t;

/* "5" or "5%", from 0 to 100. */
static int take_percent(const char *typed, double *percent)
{
    char *end;

    *percent = 0;
    if (typed == NULL)
        return 1;
    *percent = strtod(typed, &end);
    return end != typed && (*end == '\0' || strcmp(end, "%") == 0) && *percent >= 0 && *percent <= 100;
}

static int is_kind(const char *name)
{
    int i;

    for (i = 0; load_kind(i) != NULL; i++)
        if (strcmp(load_kind(i)->asked, name) == 0)
            return 1;
    return 0;
}

/* Why what was read was not kept: one line. */
static const char *why_not(ctl_t *ctl, const load_t *load, const load_report_t *report)
{
    if (held_lock_stop)
        return "interrupted";
    if (load->source->error != NULL)
        return load->source->error;
    return apr_psprintf(ctl->pool, "%" APR_INT64_T_FMT " rows are refused; the first: %s",
                        load->run->counts.refused, report->first);
}

static int run_load(ctl_t *ctl, load_t *load, const options_t *options, const char *path)
{
    load_report_t report = {.pool = ctl->pool, .json = options->json, .rows = options->dry_run};
    load_terms_t terms = {.dry_run = options->dry_run, .tolerated = options->tolerated};
    load_end_t end;

    if (options->tolerated > 0 && !options->dry_run)
        report.refused = apr_pstrcat(ctl->pool, path, ".refused.csv", NULL);
    load->told = load_report_row;
    load->progress = isatty(STDERR_FILENO) ? load_report_progress : NULL;
    load->baton = &report;
    load_report_begin(&report);
    if ((end = load_one(ctl, load, &terms)) == LOAD_FAILED)
        return CTL_FAILED;
    load_report_end(&report, load, end == LOAD_APPLIED);
    if (end != LOAD_NOT_KEPT)
        return CTL_DONE;
    return ctl_fail("%s: nothing was loaded: %s", load->run->file, why_not(ctl, load, &report));
}

/* Of a file, or of a table: load->source and run->file are known. path: what refused rows are kept beside. */
static int load_source(ctl_t *ctl, db_t *db, load_t *load, const options_t *options, const char *path)
{
    load->pool = ctl->pool;
    load->db = db;
    return run_load(ctl, load, options, path);
}

static int load_file(ctl_t *ctl, db_t *db, const char *name, const char *path, const options_t *options)
{
    load_run_t run = {.file = strrchr(path, '/') != NULL ? strrchr(path, '/') + 1 : path};
    load_t load = {.run = &run};
    const char *error;

    if ((load.source = load_one_open(ctl, name, path, &load.kind, &error)) == NULL)
        return ctl_fail("%s: %s", path, error);
    if ((run.sha256 = digest_file(ctl->pool, path)) == NULL)
        return ctl_fail("%s: %s", path, message_text(MSG_SOURCE_UNREADABLE));
    return load_source(ctl, db, &load, options, path);
}

/* Of each kind of that name the table that the mapping names. */
static int load_tables(ctl_t *ctl, db_t *db, const char *name, const options_t *options)
{
    const load_kind_t *kind;
    int i, loaded = 0;

    for (i = 0; (kind = load_kind(i)) != NULL; i++) {
        load_run_t run = {.sha256 = ""};
        load_t load = {.run = &run, .kind = kind};
        int status;

        if (strcmp(kind->asked, name) != 0)
            continue;
        status = load_foreign_open(ctl, &options->from, kind, &load.source, &run.file);
        if (status == CTL_DONE && load.source != NULL && ++loaded)
            status = load_source(ctl, db, &load, options,
                                 apr_pstrcat(ctl->pool, options->from.section, ".", kind->name, NULL));
        if (status != CTL_DONE)
            return status;
    }
    return loaded > 0 ? CTL_DONE : ctl_fail("%s: it has no section for %s", options->from.mapping, name);
}

int verb_load(ctl_t *ctl, int argc, const char *const *argv)
{
    ctl_option_t given[] = {{"--dry-run", 0, NULL}, {"--tolerate", 1, NULL},    {"--json", 0, NULL},
                            {"--from", 1, NULL},    {"--connections", 1, NULL}, {"--mapping", 1, NULL},
                            {NULL, 0, NULL}};
    const char *words[FILES_MOST + 2];
    int i, status = CTL_DONE, count = ctl_options(argc, argv, given, words, FILES_MOST + 1);
    options_t options = {.dry_run = given[0].value != NULL,
                         .json = given[2].value != NULL,
                         .from = {given[3].value, given[4].value, given[5].value}};
    db_t *db;

    if (count < 1 || !take_percent(given[1].value, &options.tolerated) ||
        !foreign_options_whole(&options.from))
        return ctl_usage("load", NULL);
    if (strcmp(words[0], "list") == 0 && count == 1)
        return load_list(ctl, options.json);
    if (strcmp(words[0], "undo") == 0 && count == 2)
        return load_undo(ctl, words[1], options.dry_run);
    if (strcmp(words[0], "all") == 0 && count == 2 && argc == 3)
        return load_all(ctl, words[1]);
    if (!is_kind(words[0]) || (count < 2) != (options.from.section != NULL))
        return ctl_usage("load", NULL);
    if ((db = ctl_open_current(ctl)) == NULL)
        return CTL_FAILED;
    if (options.from.section != NULL)
        return load_tables(ctl, db, words[0], &options);
    for (i = 1; i < count && status == CTL_DONE; i++)
        status = load_file(ctl, db, words[0], words[i], &options);
    return status;
}
