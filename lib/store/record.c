/* SPDX-License-Identifier: Apache-2.0 */
#include "record.h"

#include <apr_strings.h>
#include <apr_tables.h>
#include <string.h>

#include "../text/text.h"

static int field_count(const record_table_t *table)
{
    int count = 0;

    while (count < RECORD_FIELDS_MOST && table->fields[count].name != NULL)
        count++;
    return count;
}

record_t record_empty(const record_table_t *table)
{
    record_t row = {{{0}}};
    int i, count = field_count(table);

    for (i = 0; i < count; i++) {
        row.values[i].type = table->fields[i].type;
        if (table->fields[i].type == DB_TYPE_INT)
            row.values[i].integer = DB_NULL;
    }
    return row;
}

db_error_t record_get(db_t *db, apr_pool_t *pool, const record_table_t *table, const record_t *keys,
                      record_t *row, int *found)
{
    db_rows_t *rows = db_query(db, table->get, keys->values);
    record_t wanted = *keys;
    int i, count = field_count(table);

    *row = record_empty(table);
    memcpy(row->values, wanted.values, (apr_size_t)table->keys * sizeof *row->values);
    *found = db_next(rows);
    for (i = 0; *found && i < count; i++)
        if (table->fields[i].type == DB_TYPE_INT)
            row->values[i].integer = db_int(rows, i);
        else
            row->values[i].text = apr_pstrdup(pool, db_text(rows, i));
    *found = *found && db_row_valid(rows);
    return db_end(db, rows);
}

/* ---------------------------------------------------------------- writing */

/* With the sort key behind the fields. */
static record_t with_key(apr_pool_t *pool, const record_table_t *table, const record_t *row)
{
    record_t ready = *row;
    db_value_t *key = &ready.values[field_count(table)];

    if (table->sorted_by > 0) {
        key->type = DB_TYPE_BLOB;
        key->blob.bytes = text_sort_key(pool, row->values[table->sorted_by].text, &key->blob.length);
    }
    return ready;
}

/* Rows that are ready, and what follows each. */
static db_error_t write_rows(db_t *db, const record_table_t *table, const record_t *rows, int count,
                             int there)
{
    const db_statement_t *statement = there ? table->set : table->add;
    const db_statement_t *const after[] = {there ? table->after_set[0] : table->after_add,
                                           there ? table->after_set[1] : NULL};
    db_error_t error = DB_OK;
    int i, j;

    if (statement->rows)
        error = db_run_rows(db, statement,
                            &(db_sets_t){rows->values, count, sizeof *rows / sizeof *rows->values});
    for (i = 0; i < count && error == DB_OK; i++) {
        if (!statement->rows)
            error = db_run(db, statement, rows[i].values);
        for (j = 0; j < 2 && error == DB_OK && after[j] != NULL; j++)
            error = db_run(db, after[j], rows[i].values);
    }
    return error;
}

db_error_t record_add(db_t *db, apr_pool_t *pool, const record_table_t *table, const record_t *row)
{
    record_t ready = with_key(pool, table, row);

    return write_rows(db, table, &ready, 1, 0);
}

db_error_t record_set(db_t *db, apr_pool_t *pool, const record_table_t *table, const record_t *row)
{
    record_t ready = with_key(pool, table, row);

    return write_rows(db, table, &ready, 1, 1);
}

enum { TABLES_MOST = 16, ROWS_USUAL = 500 };

/* Of each table the new rows and the changed ones (record_t). */
struct record_queue_t {
    apr_pool_t *pool;
    apr_array_header_t *rows[TABLES_MOST][2];
};

record_queue_t *record_queue_make(apr_pool_t *pool)
{
    record_queue_t *queue = apr_pcalloc(pool, sizeof *queue);

    queue->pool = pool;
    return queue;
}

void record_queue_put(record_queue_t *queue, apr_pool_t *pool, const record_table_t *table,
                      const record_t *row, int there)
{
    apr_array_header_t **rows;
    int i = 0;

    while (record_table_at(i) != table)
        i++;
    rows = &queue->rows[i][there];
    if (*rows == NULL)
        *rows = apr_array_make(queue->pool, ROWS_USUAL, sizeof(record_t));
    APR_ARRAY_PUSH(*rows, record_t) = with_key(pool, table, row);
}

db_error_t record_queue_write(db_t *db, record_queue_t *queue)
{
    db_error_t error = DB_OK;
    int i, there;

    for (i = 0; record_table_at(i) != NULL && error == DB_OK; i++)
        for (there = 0; there < 2 && error == DB_OK; there++) {
            apr_array_header_t *rows = queue->rows[i][there];

            if (rows == NULL || rows->nelts == 0)
                continue;
            error = write_rows(db, record_table_at(i), (const record_t *)rows->elts, rows->nelts, there);
            apr_array_clear(rows);
        }
    return error;
}

/* ---------------------------------------------------------------- taking away */

db_error_t record_remove(db_t *db, const record_table_t *table, const record_t *keys)
{
    if (table->before_remove != NULL && db_run(db, table->before_remove, keys->values) != DB_OK)
        return db_error(db);
    return db_run(db, table->remove, keys->values);
}

db_error_t record_cited(db_t *db, const record_table_t *table, const record_t *keys, int *cited)
{
    db_rows_t *rows;

    *cited = 0;
    if (table->cited == NULL)
        return DB_OK;
    rows = db_query(db, table->cited, keys->values);
    if (db_next(rows))
        *cited = db_int(rows, 0) > 0;
    return db_end(db, rows);
}

int record_field_same(const record_table_t *table, const record_t *one, const record_t *other, int field)
{
    const db_value_t *a = &one->values[field], *b = &other->values[field];

    if (table->fields[field].type == DB_TYPE_INT)
        return a->integer == b->integer;
    if (a->text == NULL || b->text == NULL)
        return a->text == b->text;
    return strcmp(a->text, b->text) == 0;
}

int record_same(const record_table_t *table, const record_t *one, const record_t *other)
{
    int i, count = field_count(table);

    for (i = 0; i < count; i++)
        if (!record_field_same(table, one, other, i))
            return 0;
    return 1;
}

const char *record_shown(apr_pool_t *pool, const record_table_t *table, const record_t *row, int field)
{
    const db_value_t *value = &row->values[field];

    if (table->fields[field].type == DB_TYPE_INT)
        return value->integer == DB_NULL ? "" : apr_psprintf(pool, "%" APR_INT64_T_FMT, value->integer);
    return value->text != NULL ? value->text : "";
}

/* ---------------------------------------------------------------- as JSON */

static void write_fields(json_text_t *to, const record_table_t *table, const record_t *row, int count)
{
    int i;

    json_text_put(to, "[");
    for (i = 0; i < count; i++) {
        const db_value_t *value = &row->values[i];

        if (i > 0)
            json_text_put(to, ",");
        if (table->fields[i].type == DB_TYPE_TEXT)
            json_text_string(to, value->text);
        else if (value->integer == DB_NULL)
            json_text_string(to, NULL);
        else
            json_text_int(to, value->integer);
    }
    json_text_put(to, "]");
}

void record_write(json_text_t *to, const record_table_t *table, const record_t *row)
{
    write_fields(to, table, row, field_count(table));
}

void record_write_keys(json_text_t *to, const record_table_t *table, const record_t *row)
{
    write_fields(to, table, row, table->keys);
}

const char *record_text(apr_pool_t *pool, const record_table_t *table, const record_t *row)
{
    json_text_t text = {.pool = pool};

    record_write(&text, table, row);
    return text.bytes;
}

static int take_value(apr_pool_t *pool, const record_field_t *field, const json_t *from, db_value_t *value)
{
    if (json_is_null(from))
        return 1;
    if (field->type == DB_TYPE_INT) {
        value->integer = json_integer_value(from);
        return json_is_integer(from);
    }
    value->text = apr_pstrdup(pool, json_string_value(from));
    return json_is_string(from);
}

static int read_fields(apr_pool_t *pool, const record_table_t *table, const json_t *array, record_t *row,
                       int count)
{
    int i, good = json_array_size(array) == (size_t)count;

    *row = record_empty(table);
    for (i = 0; good && i < count; i++)
        good = take_value(pool, &table->fields[i], json_array_get(array, (size_t)i), &row->values[i]);
    return good;
}

int record_of_json(apr_pool_t *pool, const record_table_t *table, const json_t *array, record_t *row)
{
    return read_fields(pool, table, array, row, field_count(table));
}

int record_keys_of_json(apr_pool_t *pool, const record_table_t *table, const json_t *array, record_t *row)
{
    return read_fields(pool, table, array, row, table->keys);
}

/* ---------------------------------------------------------------- marks */

/* A text ends with NUL; behind the NUL of an empty one no field begins with 1. */
static apr_uint64_t mix_value(apr_uint64_t mark, const db_value_t *value)
{
    unsigned char bytes[8];
    int i;

    if (value->type != DB_TYPE_INT)
        return value->text != NULL ? text_hash_long(mark, value->text, strlen(value->text) + 1)
                                   : text_hash_long(mark, "\0\1", 2);
    for (i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(value->integer >> 8 * i & 0xff);
    return text_hash_long(mark, bytes, sizeof bytes);
}

void record_mark(const record_table_t *table, const record_t *row, char mark[RECORD_MARK_SIZE])
{
    static const char digits[] = "0123456789abcdef";
    apr_uint64_t number = TEXT_HASH_LONG;
    int i, count = field_count(table);

    for (i = 0; i < count; i++)
        number = mix_value(number, &row->values[i]);
    for (i = RECORD_MARK_SIZE - 2; i >= 0; i--, number >>= 4)
        mark[i] = digits[number & 15];
    mark[RECORD_MARK_SIZE - 1] = '\0';
}
