/* SPDX-License-Identifier: Apache-2.0 */
#include "load.h"

#include <apr_hash.h>
#include <apr_strings.h>
#include <string.h>

#include "../domain/questionnaire.h"
#include "../store/base.h"
#include "csv_source.h"

enum { PROGRESS = 1000 }; /* rows */

source_t *load_kind_open(const load_kind_t *kind, apr_pool_t *pool, const char *path, apr_int64_t now,
                         const char **error)
{
    return kind->open != NULL ? kind->open(pool, path, now, error)
                              : csv_source_open(pool, path, kind->columns, error);
}

const char *load_cell(const load_t *load, int column)
{
    return load->row.cells[column];
}

int load_has(const load_t *load, int column)
{
    return load->source->has[column];
}

static void tell(load_t *load, const load_finding_t *finding)
{
    if (load->told != NULL)
        load->told(load->baton, finding);
}

db_error_t load_refuse(load_t *load, int column, const char *reason)
{
    load_finding_t finding = {.outcome = LOAD_REFUSED, .line = load->row.line, .label = "", .reason = reason};

    if (column >= 0) {
        finding.column = load->kind->columns[column].name;
        finding.value = load->row.cells[column];
    }
    load->row_refused = 1;
    tell(load, &finding);
    return DB_OK;
}

db_error_t load_leave_out(load_t *load)
{
    load->row_left_out = 1;
    return DB_OK;
}

int load_is_repeated(load_t *load, const char *key)
{
    apr_int64_t *line = apr_hash_get(load->lines, key, APR_HASH_KEY_STRING);

    if (line != NULL) {
        load_refuse(load, -1,
                    message_format(load->row_pool, MSG_LOAD_REPEATED, key,
                                   apr_psprintf(load->row_pool, "%" APR_INT64_T_FMT, *line), NULL));
        return 1;
    }
    line = apr_pmemdup(load->pool, &load->row.line, sizeof *line);
    apr_hash_set(load->lines, apr_pstrdup(load->pool, key), APR_HASH_KEY_STRING, line);
    return 0;
}

/* Answers one by one, by the names of their questions. */
static void tell_answers(load_t *load, const char *label, const char *before, const char *after)
{
    const answers_t *was = answers_from_json(load->row_pool, before),
                    *is = answers_from_json(load->row_pool, after);
    int i;

    for (i = 0; was != NULL && is != NULL && i < QUESTION_COUNT; i++)
        if (!answer_same(was->value[i], is->value[i]))
            tell(load, &(load_finding_t){.outcome = LOAD_CHANGED,
                                         .line = load->row.line,
                                         .label = label,
                                         .column = question((question_id_t)i)->name,
                                         .before = was->value[i] != NULL ? was->value[i] : "",
                                         .value = is->value[i] != NULL ? is->value[i] : ""});
}

static void tell_changes(load_t *load, const record_table_t *table, const char *label, const record_t *before,
                         const record_t *after)
{
    int i;

    for (i = 0; i < RECORD_FIELDS_MOST && table->fields[i].name != NULL; i++)
        if (record_field_same(table, before, after, i))
            continue;
        else if (table->answers > 0 && i == table->answers)
            tell_answers(load, label, before->values[i].text, after->values[i].text);
        else
            tell(load, &(load_finding_t){.outcome = LOAD_CHANGED,
                                         .line = load->row.line,
                                         .label = label,
                                         .column = table->fields[i].name,
                                         .before = record_shown(load->row_pool, table, before, i),
                                         .value = record_shown(load->row_pool, table, after, i)});
}

/* Whether there is something to write; it is told, and noted for an undo. */
static db_error_t note_put(load_t *load, const record_table_t *table, const char *label,
                           const record_t *before, const record_t *row, int *other)
{
    *other = before == NULL || !record_same(table, before, row);
    if (!*other)
        return DB_OK;
    if (before != NULL) {
        load->row_changed = 1;
        tell_changes(load, table, label, before, row);
    } else {
        load->row_added = 1;
        tell(load, &(load_finding_t){.outcome = LOAD_ADDED, .line = load->row.line, .label = label});
    }
    return load_changes_add(&load->changes, table, label, before, row);
}

db_error_t load_put_found(load_t *load, const record_table_t *table, const char *label,
                          const record_t *before, const record_t *row)
{
    int other;

    if (note_put(load, table, label, before, row, &other) != DB_OK)
        return db_error(load->db);
    if (other)
        record_queue_put(load->queue, load->row_pool, table, row, before != NULL);
    return DB_OK;
}

db_error_t load_write(load_t *load)
{
    return record_queue_write(load->db, load->queue);
}

db_error_t load_put(load_t *load, const record_table_t *table, const char *label, const record_t *row)
{
    record_t before;
    int there, other;

    if (record_get(load->db, load->row_pool, table, row, &before, &there) != DB_OK ||
        note_put(load, table, label, there ? &before : NULL, row, &other) != DB_OK || !other)
        return db_error(load->db);
    return there ? record_set(load->db, load->row_pool, table, row)
                 : record_add(load->db, load->row_pool, table, row);
}

db_error_t load_remove(load_t *load, const record_table_t *table, const char *label, const record_t *keys,
                       const char *reason)
{
    load_finding_t finding = {.outcome = LOAD_GONE, .label = label};
    record_t row;
    int there, cited;

    if (record_get(load->db, load->row_pool, table, keys, &row, &there) != DB_OK ||
        record_cited(load->db, table, keys, &cited) != DB_OK)
        return db_error(load->db);
    if (cited) {
        finding.outcome = LOAD_REFUSED;
        finding.reason = reason;
        load->run->counts.refused++;
        tell(load, &finding);
        return DB_OK;
    }
    load->run->counts.gone++;
    tell(load, &finding);
    if (load_changes_add(&load->changes, table, label, &row, NULL) != DB_OK)
        return db_error(load->db);
    return record_remove(load->db, table, keys);
}

db_error_t load_remove_part(load_t *load, const record_table_t *table, const char *label, const record_t *row)
{
    if (load_changes_add(&load->changes, table, label, row, NULL) != DB_OK)
        return db_error(load->db);
    return record_remove(load->db, table, row);
}

static void count_row(load_t *load)
{
    load_counts_t *counts = &load->run->counts;

    if (load->row_refused)
        counts->refused++;
    else if (load->row_left_out)
        counts->left_out++;
    else if (load->row_added)
        counts->added++;
    else if (load->row_changed)
        counts->changed++;
    else
        counts->same++;
}

static db_error_t take_row(load_t *load, int place)
{
    db_error_t error;

    load->place = place;
    load->row = load->ahead[place];
    load->row_added = load->row_changed = load->row_refused = load->row_left_out = 0;
    error = load->row.wrong != NULL ? load_refuse(load, -1, load->row.wrong) : load->kind->row(load);
    count_row(load);
    if (load->progress != NULL && ++load->rows % PROGRESS == 0)
        load->progress(load->baton, load->rows);
    return error;
}

static int is_stopped(const load_t *load)
{
    return load->stop != NULL && *load->stop;
}

/* The next ones, as many as go together. 0: those were the last. */
static int read_ahead(load_t *load, int most)
{
    apr_pool_clear(load->row_pool);
    for (load->ahead_count = 0; load->ahead_count < most && !is_stopped(load); load->ahead_count++)
        if (!load->source->next(load->source, load->row_pool, &load->ahead[load->ahead_count]))
            return 0;
    return !is_stopped(load);
}

static db_error_t take_ahead(load_t *load)
{
    db_error_t error = load->kind->look != NULL && load->ahead_count > 0 ? load->kind->look(load) : DB_OK;
    int i;

    for (i = 0; i < load->ahead_count && error == DB_OK && !is_stopped(load); i++)
        error = take_row(load, i);
    return error == DB_OK ? load_write(load) : error;
}

static db_error_t begin(load_t *load)
{
    db_error_t error = load_run_add(load->db, load->run);

    load->lines = apr_hash_make(load->pool);
    load->queue = record_queue_make(load->pool);
    load->ahead = apr_palloc(load->pool, LOAD_AHEAD * sizeof *load->ahead);
    apr_pool_create(&load->row_pool, load->pool);
    load_changes_begin(&load->changes, load->db, load->pool, load->run->id);
    return error == DB_OK && load->kind->begin != NULL ? load->kind->begin(load) : error;
}

db_error_t load_all_rows(load_t *load)
{
    int more, most = load->kind->look != NULL ? LOAD_AHEAD : 1;
    db_error_t error = begin(load);

    for (more = error == DB_OK; more && error == DB_OK;) {
        more = read_ahead(load, most);
        error = take_ahead(load);
    }
    load->row = (source_row_t){0};
    if (error == DB_OK && load->kind->end != NULL)
        error = load->kind->end(load);
    if (error == DB_OK)
        error = load_changes_end(&load->changes);
    apr_pool_destroy(load->row_pool);
    if (load->source->sha256 != NULL)
        load->run->sha256 = load->source->sha256;
    if (error == DB_OK && load_run_end(load->db, load->run) == DB_OK)
        base_touch(load->db);
    return error != DB_OK ? error : db_error(load->db);
}
