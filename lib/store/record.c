/* SPDX-License-Identifier: Apache-2.0 */
#include "record.h"

#include <apr_strings.h>
#include <jansson.h>
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

    for (i = 0; i < count; i++)
        row.values[i] = (db_value_t){.type = table->fields[i].type, .integer = DB_NULL};
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

/* With the sort key behind the fields. */
static db_error_t write_row(db_t *db, apr_pool_t *pool, const record_table_t *table,
                            const db_statement_t *statement, const record_t *row)
{
    record_t with_key = *row;
    db_value_t *key = &with_key.values[field_count(table)];

    if (table->sorted_by > 0) {
        key->type = DB_TYPE_BLOB;
        key->blob.bytes = text_sort_key(pool, row->values[table->sorted_by].text, &key->blob.length);
    }
    return db_run(db, statement, with_key.values);
}

db_error_t record_add(db_t *db, apr_pool_t *pool, const record_table_t *table, const record_t *row)
{
    db_error_t error = write_row(db, pool, table, table->add, row);

    return error == DB_OK && table->after_add != NULL ? db_run(db, table->after_add, row->values) : error;
}

db_error_t record_set(db_t *db, apr_pool_t *pool, const record_table_t *table, const record_t *row)
{
    db_error_t error = write_row(db, pool, table, table->set, row);
    int i;

    for (i = 0; i < 2 && error == DB_OK && table->after_set[i] != NULL; i++)
        error = db_run(db, table->after_set[i], row->values);
    return error;
}

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

const char *record_text(apr_pool_t *pool, const record_table_t *table, const record_t *row)
{
    json_t *array = json_array();
    int i, count = field_count(table);
    const char *text;
    char *written;

    for (i = 0; i < count; i++)
        if (table->fields[i].type == DB_TYPE_INT)
            json_array_append_new(array, row->values[i].integer == DB_NULL
                                             ? json_null()
                                             : json_integer(row->values[i].integer));
        else
            json_array_append_new(array, row->values[i].text == NULL ? json_null()
                                                                     : json_string(row->values[i].text));
    written = json_dumps(array, JSON_COMPACT);
    text = apr_pstrdup(pool, written);
    free(written);
    json_decref(array);
    return text;
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

int record_of_text(apr_pool_t *pool, const record_table_t *table, const char *text, record_t *row)
{
    json_t *array = json_loads(text, 0, NULL);
    int i, count = field_count(table), good = json_array_size(array) == (size_t)count;

    *row = record_empty(table);
    for (i = 0; good && i < count; i++)
        good = take_value(pool, &table->fields[i], json_array_get(array, (size_t)i), &row->values[i]);
    json_decref(array);
    return good;
}
