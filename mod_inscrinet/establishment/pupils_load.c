/* SPDX-License-Identifier: Apache-2.0 */
#include "pupils_load.h"

#include <apr_file_io.h>
#include <apr_strings.h>
#include <string.h>

#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "exchange/digest.h"
#include "exchange/load_pupils.h"
#include "store/pupil.h"

enum { FINDINGS_MOST = 200, CELLS_MOST = 8 };

/* What is kept of a trial: lines of cells parted by tabs, the first of which says what the line is. */
typedef struct trial_t {
    apr_pool_t *pool;
    apr_array_header_t *lines; /* const char * */
    int findings;
} trial_t;

static void add_line(trial_t *trial, const char *const *cells, int count)
{
    apr_array_header_t *parts = apr_array_make(trial->pool, count, sizeof(const char *));
    int i;

    for (i = 0; i < count; i++)
        APR_ARRAY_PUSH(parts, const char *) = cells[i] != NULL ? cells[i] : "";
    APR_ARRAY_PUSH(trial->lines, const char *) = apr_array_pstrcat(trial->pool, parts, '\t');
}

static void told(void *baton, const load_finding_t *finding)
{
    static const char *const outcomes[] = {"is_added", "is_changed", "is_gone", "is_refused"};
    trial_t *trial = baton;
    const char *cells[CELLS_MOST] = {
        outcomes[finding->outcome],
        finding->line > 0 ? apr_psprintf(trial->pool, "%" APR_INT64_T_FMT, finding->line) : "",
        finding->label,
        finding->column,
        finding->before,
        finding->value,
        finding->reason};

    if (finding->outcome != LOAD_ADDED && trial->findings++ < FINDINGS_MOST)
        add_line(trial, cells, 7);
}

/* ---------------------------------------------------------------- the load */

/* The bytes as a file, gone with the request. NULL: it can't be written. */
static const char *spool(page_t *page, const char *bytes, apr_size_t length)
{
    const char *folder;
    apr_file_t *file;
    char *path;

    if (apr_temp_dir_get(&folder, page->pool) != APR_SUCCESS)
        return NULL;
    path = apr_pstrcat(page->pool, folder, "/inscrinet-XXXXXX", NULL);
    if (apr_file_mktemp(&file, path, 0, page->pool) != APR_SUCCESS ||
        apr_file_write_full(file, bytes, length, NULL) != APR_SUCCESS) {
        page_log(page, "INS091: no file can be written to %s", folder);
        return NULL;
    }
    return path;
}

static load_run_t *begin_run(page_t *page, const char *file, const char *sha256)
{
    load_run_t *run = apr_pcalloc(page->pool, sizeof *run);

    *run = (load_run_t){.kind = load_pupils.name,
                        .at = page->now,
                        .actor = page->actor.name,
                        .file = file,
                        .sha256 = sha256,
                        .undone = DB_NULL};
    return run;
}

/* In the open transaction. */
static db_error_t run_load(page_t *page, source_t *source, load_run_t *run, load_t *load, trial_t *trial)
{
    static const load_t nothing;
    load_pupils_of_t of = {page->actor.school, load_pupils_year(page->now)};

    *load = nothing;
    load->pool = page->pool;
    load->db = page->db;
    load->kind = &load_pupils;
    load->source = source;
    load->run = run;
    load->told = told;
    load->baton = trial;
    load->state = &of;
    return load_all_rows(load);
}

/* ---------------------------------------------------------------- the trial */

static const char *written(const trial_t *trial)
{
    return apr_array_pstrcat(trial->pool, trial->lines, '\n');
}

static void add_summary(trial_t *trial, const load_t *load)
{
    const load_counts_t *counts = &load->run->counts;
    const apr_int64_t numbers[] = {counts->added, counts->changed,  counts->gone,
                                   counts->same,  counts->left_out, counts->refused};
    const char *cells[CELLS_MOST] = {"counts"};
    int i;

    for (i = 0; i < 6; i++)
        cells[i + 1] = apr_psprintf(trial->pool, "%" APR_INT64_T_FMT, numbers[i]);
    add_line(trial, cells, 7);
    for (i = 0; i < load->source->warnings->nelts; i++)
        add_line(trial, (const char *[]){"warning", APR_ARRAY_IDX(load->source->warnings, i, const char *)},
                 2);
    if (load->summary != NULL)
        add_line(trial, (const char *[]){"warning", load->summary}, 2);
}

/* Rolled back, whatever came of it. */
static db_error_t try_load(page_t *page, source_t *source, const char *sha256, trial_t *trial)
{
    load_run_t *run = begin_run(page, page->upload->name, sha256);
    db_error_t error;
    load_t load;

    if (connection_begin(page) == NULL)
        return connection_failure(page);
    error = run_load(page, source, run, &load, trial);
    connection_return(page);
    add_summary(trial, &load);
    return error;
}

static db_error_t keep_upload(page_t *page, const char *sha256, const trial_t *trial)
{
    pupil_upload_t upload = {.file = page->upload->name,
                             .sha256 = sha256,
                             .bytes = page->upload->bytes,
                             .length = page->upload->length,
                             .preview = written(trial)};

    if (connection_begin(page) == NULL)
        return connection_failure(page);
    pupil_upload_put(page->db, page->session->id, page->now, &upload);
    return connection_commit(page);
}

int pupils_load_try(page_t *page, int *answer)
{
    trial_t trial = {page->pool, apr_array_make(page->pool, 64, sizeof(const char *)), 0};
    const char *path = spool(page, page->upload->bytes, page->upload->length), *sha256, *error;
    source_t *source;

    if (path == NULL)
        return *answer = answer_fail(page, STATUS_FAILED), 0;
    sha256 = digest_file(page->pool, path);
    source = load_pupils_open(page->pool, path, page->now, &error);
    if (source != NULL && try_load(page, source, sha256, &trial) != DB_OK)
        return *answer = answer_db_failed(page), 0;
    if (source != NULL)
        error = source->error;
    if (error != NULL)
        page_error(page, "fichier", error);
    else if (keep_upload(page, sha256, &trial) != DB_OK)
        return *answer = answer_db_failed(page), 0;
    return 1;
}

/* ---------------------------------------------------------------- the load for good */

/* What was tried may be another thing by now: all of it is looked at again. */
static int load_file(page_t *page, const pupil_upload_t *upload, source_t *source, int *loaded, int *answer)
{
    trial_t trial = {page->pool, apr_array_make(page->pool, 64, sizeof(const char *)), 0};
    load_run_t *run = begin_run(page, upload->file, upload->sha256);
    const load_counts_t *counts = &run->counts;
    load_t load;

    if (!change_begin(page, answer))
        return 0;
    if (run_load(page, source, run, &load, &trial) != DB_OK)
        return *answer = answer_db_failed(page), 0;
    if (source->error != NULL || counts->refused > 0) {
        connection_return(page);
        page_error(page, "fichier", source->error != NULL ? source->error : message_text(MSG_PUPILS_REFUSED));
        return 1;
    }
    pupil_upload_forget(page->db, page->session->id);
    page_audit(page, "load.pupils", DB_NULL,
               apr_psprintf(page->pool, "run %" APR_INT64_T_FMT ", SHA-256 %s", run->id, run->sha256), NULL);
    session_notice(page->db, page->session->id,
                   message_format(page->pool, MSG_NOTICE_PUPILS,
                                  apr_psprintf(page->pool, "%" APR_INT64_T_FMT, counts->added),
                                  apr_psprintf(page->pool, "%" APR_INT64_T_FMT, counts->changed),
                                  apr_psprintf(page->pool, "%" APR_INT64_T_FMT, counts->gone), NULL));
    *loaded = 1;
    return change_commit(page, answer);
}

int pupils_load_apply(page_t *page, int *loaded, int *answer)
{
    pupil_upload_t *upload;
    const char *path, *error;
    source_t *source;

    *loaded = 0;
    if (connection_borrow(page) == NULL ||
        pupil_upload_get(page->db, page->pool, page->session->id, 1, &upload) != DB_OK)
        return *answer = answer_db_failed(page), 0;
    connection_return(page);
    if (upload == NULL)
        return 1;
    if ((path = spool(page, upload->bytes, upload->length)) == NULL)
        return *answer = answer_fail(page, STATUS_FAILED), 0;
    source = load_pupils_open(page->pool, path, page->now, &error);
    if (source != NULL)
        return load_file(page, upload, source, loaded, answer);
    page_error(page, "fichier", error);
    return 1;
}

/* ---------------------------------------------------------------- as it is shown */

/* The next cell of a line; "" where it has none more. */
static const char *next_cell(apr_pool_t *pool, const char **at)
{
    apr_size_t length = strcspn(*at, "\t\n");
    const char *cell = apr_pstrmemdup(pool, *at, length);

    *at += length;
    *at += **at == '\t';
    return cell;
}

static void model_counts(page_t *page, model_t *model, const char *at)
{
    static const char *const names[] = {"added", "changed", "gone", "same", "left_out", "refused"};
    int i;

    for (i = 0; i < 6; i++) {
        const char *number = next_cell(page->pool, &at);

        model_text(model, names[i], number);
        if (i == 5)
            model_flag(model, "can_apply", strcmp(number, "0") == 0);
    }
}

static void model_finding(page_t *page, model_t *row, const char *outcome, const char *at)
{
    static const char *const names[] = {"line", "label", "column", "before", "value", "reason"};
    int i;

    model_flag(row, outcome, 1);
    for (i = 0; i < 6; i++) {
        const char *cell = next_cell(page->pool, &at);

        if (cell[0] != '\0')
            model_text(row, names[i], cell);
    }
}

static void model_lines(page_t *page, model_t *model, const char *at)
{
    model_list_t *warnings = model_list(model, "warnings"), *rows = model_list(model, "findings");
    int count = 0;

    while (*at != '\0') {
        const char *what = next_cell(page->pool, &at);

        if (strcmp(what, "counts") == 0)
            model_counts(page, model, at);
        else if (strcmp(what, "warning") == 0)
            model_list_text(warnings, next_cell(page->pool, &at));
        else if (count++ < FINDINGS_MOST)
            model_finding(page, model_list_object(rows), what, at);
        at += strcspn(at, "\n");
        at += *at == '\n';
    }
    model_flag(model, "any_findings", count > 0);
    model_flag(model, "cut", count >= FINDINGS_MOST);
}

db_error_t pupils_load_model(page_t *page, model_t *model)
{
    pupil_upload_t *upload;

    if (pupil_upload_get(page->db, page->pool, page->session->id, 0, &upload) != DB_OK)
        return db_error(page->db);
    model_flag(model, "waits", upload != NULL);
    if (upload == NULL)
        return DB_OK;
    model_text(model, "file", upload->file);
    model_lines(page, model, upload->preview);
    return DB_OK;
}
