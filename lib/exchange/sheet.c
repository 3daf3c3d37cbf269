/* SPDX-License-Identifier: Apache-2.0 */
#include "sheet.h"

#include <apr_strings.h>
#include <errno.h>
#include <string.h>
#include <time.h>

enum { CELL_MOST = 64 };

static void put(out_file_t *to, const char *text)
{
    out_file_put(to, text, strlen(text));
}

/* Signs of CSV's own; and blanks at the ends, which some readers take for none of the cell's. */
static int needs_quotes(const char *text, apr_size_t length)
{
    return length == 0 || text[strcspn(text, ";\"\r\n")] != '\0' || strchr(" \t", text[0]) != NULL ||
           strchr(" \t", text[length - 1]) != NULL;
}

static void put_quoted(out_file_t *to, const char *text)
{
    out_file_put(to, "\"", 1);
    for (;;) {
        apr_size_t plain = strcspn(text, "\"");

        out_file_put(to, text, plain);
        if (text[plain] == '\0')
            break;
        out_file_put(to, "\"\"", 2);
        text += plain + 1;
    }
    out_file_put(to, "\"", 1);
}

static void put_text(out_file_t *to, const char *text)
{
    apr_size_t length = strlen(text);

    if (needs_quotes(text, length))
        put_quoted(to, text);
    else
        out_file_put(to, text, length);
}

static void put_integer(out_file_t *to, apr_int64_t value)
{
    char digits[CELL_MOST], *at = digits + sizeof digits;
    apr_uint64_t rest = value < 0 ? -(apr_uint64_t)value : (apr_uint64_t)value;

    do
        *--at = (char)('0' + rest % 10);
    while ((rest /= 10) > 0);
    if (value < 0)
        *--at = '-';
    out_file_put(to, at, (apr_size_t)(digits + sizeof digits - at));
}

/* Instants of a base are within the years that gmtime_r knows. */
static void put_instant(out_file_t *to, apr_int64_t instant)
{
    char text[CELL_MOST];
    time_t seconds = (time_t)instant;
    struct tm parts;

    if (gmtime_r(&seconds, &parts) != NULL && strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts) > 0)
        put(to, text);
}

static void put_bytes(out_file_t *to, db_blob_t blob)
{
    static const char digits[] = "0123456789abcdef";
    const unsigned char *bytes = blob.bytes;
    apr_size_t i;

    if (blob.length == 0)
        put(to, "\"\"");
    for (i = 0; i < blob.length; i++) {
        char pair[2] = {digits[bytes[i] >> 4], digits[bytes[i] & 15]};

        out_file_put(to, pair, sizeof pair);
    }
}

static void put_cell(out_file_t *to, field_type_t type, const db_value_t *value)
{
    switch (type) {
    case FIELD_TEXT:
    case FIELD_DATE:
        if (value->text != NULL)
            put_text(to, value->text);
        break;
    case FIELD_INTEGER:
    case FIELD_FLAG:
        if (value->integer != DB_NULL)
            put_integer(to, value->integer);
        break;
    case FIELD_INSTANT:
        if (value->integer != DB_NULL)
            put_instant(to, value->integer);
        break;
    default:
        if (value->blob.bytes != NULL)
            put_bytes(to, value->blob);
    }
}

static void add_field(sheet_file_t *file, const kind_t *kind, int place)
{
    file->field[file->count] = &kind->fields[place];
    file->place[file->count++] = place;
}

void sheet_plan(apr_pool_t *pool, const kind_t *kind, int whole, sheet_t *sheet)
{
    int i, secrets = 0;

    memset(sheet, 0, sizeof *sheet);
    sheet->kind = kind;
    sheet->public_file.name = apr_pstrcat(pool, kind->file, ".csv", NULL);
    for (i = 0; i < kind->count; i++) {
        unsigned marks = kind->fields[i].marks;

        if ((marks & FIELD_WHOLE) && !whole)
            continue;
        if (!(marks & FIELD_SECRET))
            add_field(&sheet->public_file, kind, i);
        if (marks & (FIELD_SECRET | FIELD_KEY))
            add_field(&sheet->secret_file, kind, i);
        secrets += (marks & FIELD_SECRET) != 0;
    }
    if (secrets > 0)
        sheet->secret_file.name = apr_pstrcat(pool, kind->secrets, ".csv", NULL);
}

static int open_file(const out_folder_t *folder, sheet_file_t *to)
{
    int i;

    if (to->name == NULL)
        return 0;
    if ((to->file = out_file_open(folder->pool, out_folder_file(folder, to->name))) == NULL)
        return errno;
    for (i = 0; i < to->count; i++) {
        if (i > 0)
            put(to->file, ";");
        put(to->file, to->field[i]->name);
    }
    put(to->file, "\r\n");
    return 0;
}

int sheet_open(const out_folder_t *folder, sheet_t *sheet)
{
    int error = open_file(folder, &sheet->public_file);

    return error != 0 ? error : open_file(folder, &sheet->secret_file);
}

static void put_row(sheet_file_t *to, const db_value_t *values)
{
    int i;

    if (to->file == NULL)
        return;
    for (i = 0; i < to->count; i++) {
        if (i > 0)
            out_file_put(to->file, ";", 1);
        put_cell(to->file, to->field[i]->type, &values[to->place[i]]);
    }
    out_file_put(to->file, "\r\n", 2);
    to->rows++;
}

void sheet_row(sheet_t *sheet, const db_value_t *values)
{
    put_row(&sheet->public_file, values);
    put_row(&sheet->secret_file, values);
}

static int error_of(const sheet_file_t *file)
{
    return file->file != NULL ? out_file_error(file->file) : 0;
}

int sheet_error(const sheet_t *sheet)
{
    int error = error_of(&sheet->public_file);

    return error != 0 ? error : error_of(&sheet->secret_file);
}

static int close_file(sheet_file_t *file)
{
    int error = file->file != NULL ? out_file_close(file->file, &file->total) : 0;

    file->file = NULL;
    return error;
}

int sheet_close(sheet_t *sheet)
{
    int error = close_file(&sheet->public_file), other = close_file(&sheet->secret_file);

    return error != 0 ? error : other;
}
