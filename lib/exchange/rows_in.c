/* SPDX-License-Identifier: Apache-2.0
 *
 * libcsv calls back for each cell and row; it is fed up to one end of line at a time, so that no more than
 * one row comes of it.
 */
#include "rows_in.h"

#include <apr_strings.h>
#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "../text/text.h"

enum { BUFFER = 1 << 16, ROW_MOST = 1 << 24 };

struct rows_in_t {
    apr_pool_t *pool;
    const package_file_t *file;
    int descriptor;
    struct csv_parser parser;
    const char *error;
    apr_int64_t line, next_line; /* of the present row; of what is read next */
    apr_size_t filled, used;     /* of buffer */
    int ended;
    /* the row as it comes: its texts one behind the other */
    char *text;
    apr_size_t length, room;
    apr_size_t begins[KIND_FIELDS_MOST];
    unsigned char given[KIND_FIELDS_MOST];
    const char *cells[KIND_FIELDS_MOST];
    int count, rows; /* cells of the row; rows since the last feeding */
    char buffer[BUFFER];
};

static void wrong(rows_in_t *rows, const char *what)
{
    if (rows->error == NULL)
        rows->error = apr_psprintf(rows->pool, "%s, ligne %" APR_INT64_T_FMT " : %s", rows->file->name,
                                   rows->line, what);
}

static int make_room(rows_in_t *rows, apr_size_t length)
{
    apr_size_t room = rows->room > 0 ? rows->room : BUFFER;
    char *text;

    while (room < rows->length + length + 1)
        room *= 2;
    if (room == rows->room)
        return 1;
    if (room > ROW_MOST) {
        wrong(rows, "la ligne est trop longue");
        return 0;
    }
    text = apr_palloc(rows->pool, room);
    if (rows->length > 0)
        memcpy(text, rows->text, rows->length);
    rows->text = text;
    rows->room = room;
    return 1;
}

static void take_cell(void *cell, size_t length, void *baton)
{
    rows_in_t *rows = baton;

    if (rows->count == KIND_FIELDS_MOST)
        wrong(rows, "il y a trop de colonnes");
    if (rows->error != NULL || !make_room(rows, length))
        return;
    rows->given[rows->count] = cell != NULL;
    rows->begins[rows->count++] = rows->length;
    if (length > 0)
        memcpy(rows->text + rows->length, cell, length);
    if (memchr(rows->text + rows->length, '\0', length) != NULL)
        wrong(rows, "un octet nul");
    rows->length += length;
    rows->text[rows->length++] = '\0';
}

static void take_row(int sign, void *baton)
{
    rows_in_t *rows = baton;

    (void)sign;
    rows->rows++;
}

static apr_status_t release(void *baton)
{
    rows_in_t *rows = baton;

    csv_free(&rows->parser);
    close(rows->descriptor);
    return APR_SUCCESS;
}

/* 1: there is more in the buffer. */
static int fill(rows_in_t *rows)
{
    ssize_t some;

    if (rows->used < rows->filled)
        return 1;
    do
        some = read(rows->descriptor, rows->buffer, sizeof rows->buffer);
    while (some < 0 && errno == EINTR);
    if (some < 0)
        wrong(rows, strerror(errno));
    rows->used = 0;
    rows->filled = some > 0 ? (apr_size_t)some : 0;
    return some > 0;
}

static void feed(rows_in_t *rows)
{
    const char *from = rows->buffer + rows->used;
    apr_size_t left = rows->filled - rows->used;
    const char *end = memchr(from, '\n', left);
    apr_size_t length = end != NULL ? (apr_size_t)(end - from) + 1 : left;

    if (csv_parse(&rows->parser, from, length, take_cell, take_row, rows) != length)
        wrong(rows, "ce n’est pas du CSV");
    rows->used += length;
    rows->next_line += end != NULL;
}

int rows_in_next(rows_in_t *rows, const char *const **cells)
{
    int i;

    rows->count = rows->rows = 0;
    rows->length = 0;
    rows->line = rows->next_line;
    while (rows->error == NULL && rows->rows == 0 && fill(rows))
        feed(rows);
    if (rows->error == NULL && rows->rows == 0 && !rows->ended) {
        rows->ended = 1;
        if (csv_fini(&rows->parser, take_cell, take_row, rows) != 0)
            wrong(rows, "le fichier s’arrête au milieu d’une ligne");
    }
    if (rows->error == NULL && rows->rows > 1)
        wrong(rows, "une fin de ligne qui n’en est pas une");
    if (rows->error != NULL || rows->rows == 0)
        return 0;
    if (rows->count != rows->file->columns->nelts || !text_is_utf8(rows->text, rows->length)) {
        wrong(rows, rows->count != rows->file->columns->nelts
                        ? "le nombre de colonnes n’est pas celui de l’en-tête"
                        : "ce n’est pas de l’UTF-8");
        return 0;
    }
    for (i = 0; i < rows->count; i++)
        rows->cells[i] = rows->given[i] ? rows->text + rows->begins[i] : NULL;
    *cells = rows->cells;
    return 1;
}

static void check_header(rows_in_t *rows)
{
    const char *const *cells;
    int i;

    if (!rows_in_next(rows, &cells)) {
        wrong(rows, "il n’y a pas d’en-tête");
        return;
    }
    for (i = 0; i < rows->count; i++)
        if (cells[i] == NULL || strcmp(cells[i], APR_ARRAY_IDX(rows->file->columns, i, const char *)) != 0)
            wrong(rows, "l’en-tête n’est pas celui que décrit " PACKAGE_FILE);
}

rows_in_t *rows_in_open(apr_pool_t *pool, const package_file_t *file, const char **error)
{
    rows_in_t *rows = apr_pcalloc(pool, sizeof *rows);

    rows->pool = pool;
    rows->file = file;
    rows->next_line = 1;
    if ((rows->descriptor = open(file->path, O_RDONLY | O_CLOEXEC)) < 0) {
        *error = apr_psprintf(pool, "%s : %s", file->name, strerror(errno));
        return NULL;
    }
    if (csv_init(&rows->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_EMPTY_IS_NULL) != 0) {
        close(rows->descriptor);
        *error = "mémoire insuffisante";
        return NULL;
    }
    csv_set_delim(&rows->parser, ';');
    apr_pool_cleanup_register(pool, rows, release, apr_pool_cleanup_null);
    check_header(rows);
    *error = rows->error;
    return rows->error == NULL ? rows : NULL;
}

const char *rows_in_error(const rows_in_t *rows)
{
    return rows->error;
}

apr_int64_t rows_in_line(const rows_in_t *rows)
{
    return rows->line;
}
