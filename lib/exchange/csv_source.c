/* SPDX-License-Identifier: Apache-2.0 */
#include "csv_source.h"

#include <apr_file_io.h>
#include <apr_strings.h>
#include <csv.h>
#include <string.h>

#include "../domain/message.h"
#include "../text/text.h"
#include "encoding.h"
#include "lines.h"

enum { TITLE_LINES_MOST = 30, NAMES_MOST = 400, FOREIGN_TOLD = 20 };

typedef struct csv_source_t {
    source_t source; /* first: what is handed out */
    apr_file_t *file;
    lines_t lines;
    encoding_t encoding;
    struct csv_parser parser;
    char delimiter;
    int header;             /* ordinal of the header's row, from 1 */
    int rows;               /* that have ended */
    int width;              /* of the header */
    int wanted[NAMES_MOST]; /* the wanted column of each of the file's, or -1 */
    /* the row under way */
    apr_pool_t *pool;
    source_row_t *row;
    int cells; /* of it, so far */
    int over;  /* a cell beyond the header's isn't empty */
    int begun;
    int ended;
} csv_source_t;

/* ---------------------------------------------------------------- columns by name */

/* As names are compared: bare capitals, `_` and `*` as blanks. */
static const char *folded(apr_pool_t *pool, const char *name)
{
    char *copy = apr_pstrdup(pool, name), *at;

    for (at = copy; *at != '\0'; at++)
        if (*at == '_' || *at == '*')
            *at = ' ';
    return text_trim(pool, text_bare(pool, copy));
}

static int is_called(apr_pool_t *pool, const source_column_t *column, const char *name)
{
    char *names, *one, *state;

    if (strcmp(folded(pool, column->name), name) == 0)
        return 1;
    if (column->also == NULL)
        return 0;
    names = apr_pstrdup(pool, column->also);
    for (one = apr_strtok(names, "|", &state); one != NULL; one = apr_strtok(NULL, "|", &state))
        if (strcmp(folded(pool, one), name) == 0)
            return 1;
    return 0;
}

/* The wanted column of a name in the file, or -1. */
static int wanted_of(apr_pool_t *pool, const source_column_t *columns, const char *name)
{
    int i;

    for (i = 0; columns[i].name != NULL; i++)
        if (is_called(pool, &columns[i], name))
            return i;
    return -1;
}

/* ---------------------------------------------------------------- the header */

/* A row of the file's head, as names. */
typedef struct head_t {
    const csv_source_t *csv;
    apr_pool_t *pool;
    apr_array_header_t *names; /* const char * */
    int row;                   /* from 1 */
    int best;                  /* wanted columns that the best row has */
    int best_row;
    char delimiter, best_delimiter;
    apr_array_header_t *best_names;
} head_t;

static void head_cell(void *bytes, size_t length, void *baton)
{
    head_t *head = baton;
    const char *text;

    if (head->row >= TITLE_LINES_MOST)
        return;
    text = apr_pstrmemdup(head->pool, bytes, length);
    text = encoding_to_utf8(head->csv->encoding, head->pool, text, strlen(text));
    text = text != NULL ? text_entered(head->pool, text, "\r\n\t") : NULL;
    APR_ARRAY_PUSH(head->names, const char *) = text != NULL ? text : "";
}

static void head_row(int ending, void *baton)
{
    head_t *head = baton;
    unsigned char has[SOURCE_COLUMNS_MOST] = {0};
    int i, count = 0;

    (void)ending;
    if (++head->row > TITLE_LINES_MOST)
        return;
    for (i = 0; i < head->names->nelts; i++) {
        const char *name = folded(head->pool, APR_ARRAY_IDX(head->names, i, const char *));
        int wanted = wanted_of(head->pool, head->csv->source.columns, name);

        if (wanted >= 0 && !has[wanted])
            count += has[wanted] = 1;
    }
    if (count > head->best) {
        head->best = count;
        head->best_row = head->row;
        head->best_delimiter = head->delimiter;
        head->best_names = apr_array_copy(head->pool, head->names);
    }
    apr_array_clear(head->names);
}

static void look_for_header(head_t *head, const char *bytes, apr_size_t length)
{
    static const char delimiters[] = ";,\t|";
    int i;

    for (i = 0; delimiters[i] != '\0'; i++) {
        struct csv_parser parser;

        if (csv_init(&parser, 0) != 0)
            return;
        csv_set_delim(&parser, (unsigned char)delimiters[i]);
        head->delimiter = delimiters[i];
        head->row = 0;
        apr_array_clear(head->names);
        csv_parse(&parser, bytes, length, head_cell, head_row, head);
        csv_fini(&parser, head_cell, head_row, head);
        csv_free(&parser);
    }
}

/* What of the header nobody wants, in one warning. */
static void warn_of_foreign(csv_source_t *csv, const apr_array_header_t *names)
{
    const char *list = "";
    int i, foreign = 0;

    for (i = 0; i < names->nelts; i++) {
        const char *name = APR_ARRAY_IDX(names, i, const char *);

        if (csv->wanted[i] >= 0 || *name == '\0' || ++foreign > FOREIGN_TOLD)
            continue;
        list = apr_pstrcat(csv->source.pool, list, foreign > 1 ? ", " : "", name, NULL);
    }
    if (foreign > FOREIGN_TOLD)
        list = apr_psprintf(csv->source.pool, "%s, … (%d)", list, foreign);
    if (foreign > 0)
        APR_ARRAY_PUSH(csv->source.warnings, const char *) =
            message_format(csv->source.pool, MSG_SOURCE_IGNORED, list, NULL);
}

/* Each column of the file to the wanted one; of two that are called the same, the first. */
static const char *take_header(csv_source_t *csv, const apr_array_header_t *names)
{
    const source_column_t *columns = csv->source.columns;
    const char *missing = NULL;
    int i;

    csv->width = names->nelts;
    for (i = 0; i < names->nelts; i++) {
        const char *name = folded(csv->source.pool, APR_ARRAY_IDX(names, i, const char *));
        int wanted = wanted_of(csv->source.pool, columns, name);

        csv->wanted[i] = wanted >= 0 && !csv->source.has[wanted] ? wanted : -1;
        if (csv->wanted[i] >= 0)
            csv->source.has[wanted] = 1;
    }
    for (i = 0; columns[i].name != NULL; i++)
        if (columns[i].required && !csv->source.has[i])
            missing = missing == NULL ? columns[i].name
                                      : apr_pstrcat(csv->source.pool, missing, ", ", columns[i].name, NULL);
    if (missing != NULL)
        return message_format(csv->source.pool, MSG_SOURCE_COLUMN_MISSING, missing, NULL);
    warn_of_foreign(csv, names);
    return NULL;
}

/* Looks at the first bytes. NULL, or a sentence. */
static const char *find_header(csv_source_t *csv, const char *bytes, apr_size_t length)
{
    head_t head = {.csv = csv, .pool = csv->source.pool};

    head.names = apr_array_make(head.pool, NAMES_MOST, sizeof(const char *));
    look_for_header(&head, bytes, length);
    if (head.best == 0)
        return message_format(head.pool, MSG_SOURCE_NO_HEADER, csv->source.columns[0].name, NULL);
    if (head.best_names->nelts > NAMES_MOST)
        return message_text(MSG_SOURCE_NO_HEADER);
    csv->header = head.best_row;
    csv->delimiter = head.best_delimiter;
    return take_header(csv, head.best_names);
}

/* ---------------------------------------------------------------- opening */

/* A workbook, an archive, a document: known by its first bytes. */
static message_t wrong_file(const char *bytes, apr_size_t length)
{
    static const struct {
        const char *bytes;
        apr_size_t length;
        message_t message;
    } kinds[] = {
        {"PK\3\4", 4, MSG_SOURCE_WORKBOOK}, {"\xd0\xcf\x11\xe0", 4, MSG_SOURCE_WORKBOOK},
        {"\xff\xfe", 2, MSG_SOURCE_UTF16},  {"\xfe\xff", 2, MSG_SOURCE_UTF16},
        {"%PDF", 4, MSG_SOURCE_NO_CSV},     {"<?xml", 5, MSG_SOURCE_NO_CSV},
    };
    size_t i;

    for (i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (length >= kinds[i].length && memcmp(bytes, kinds[i].bytes, kinds[i].length) == 0)
            return kinds[i].message;
    return length == 0 ? MSG_SOURCE_EMPTY : MSG_OK;
}

enum { HEAD_BYTES = 1 << 17 };

/* The first pass: all bytes are looked at, the first are kept. */
static const char *look_over(csv_source_t *csv, char *head, apr_size_t *length)
{
    encoding_guess_t guess = {0};
    char *piece = head;
    apr_status_t status;
    apr_size_t read;

    *length = 0;
    do {
        read = HEAD_BYTES;
        status = apr_file_read_full(csv->file, piece, HEAD_BYTES, &read);
        encoding_look(&guess, (const unsigned char *)piece, read);
        if (piece == head) {
            *length = read;
            piece = apr_palloc(csv->source.pool, HEAD_BYTES);
        }
    } while (status == APR_SUCCESS);
    csv->encoding = encoding_of(&guess);
    return APR_STATUS_IS_EOF(status) ? NULL : message_text(MSG_SOURCE_UNREADABLE);
}

static apr_status_t free_parser(void *baton)
{
    csv_free(&((csv_source_t *)baton)->parser);
    return APR_SUCCESS;
}

static const char *rewind_to_rows(csv_source_t *csv, apr_off_t from)
{
    if (apr_file_seek(csv->file, APR_SET, &from) != APR_SUCCESS ||
        csv_init(&csv->parser, CSV_APPEND_NULL) != 0)
        return message_text(MSG_SOURCE_UNREADABLE);
    apr_pool_cleanup_register(csv->source.pool, csv, free_parser, apr_pool_cleanup_null);
    csv_set_delim(&csv->parser, (unsigned char)csv->delimiter);
    lines_begin(&csv->lines, csv->source.pool, csv->file);
    return NULL;
}

static const char *begin(csv_source_t *csv)
{
    char *head = apr_palloc(csv->source.pool, HEAD_BYTES);
    apr_size_t length, mark;
    const char *error = look_over(csv, head, &length);
    message_t wrong = wrong_file(head, length);

    if (error != NULL || wrong != MSG_OK)
        return error != NULL ? error : message_text(wrong);
    mark = length >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    if ((error = find_header(csv, head + mark, length - mark)) != NULL)
        return error;
    if (csv->encoding != ENCODING_UTF8)
        APR_ARRAY_PUSH(csv->source.warnings, const char *) =
            message_format(csv->source.pool, MSG_SOURCE_ENCODING, encoding_name(csv->encoding), NULL);
    return rewind_to_rows(csv, (apr_off_t)mark);
}

/* ---------------------------------------------------------------- rows */

/* libcsv's name for it, which its header keeps to itself. */
enum { FIELD_BEGUN = 2 };

static void refuse_row(csv_source_t *csv, message_t message, const char *first, const char *second)
{
    if (csv->row->wrong == NULL)
        csv->row->wrong = message_format(csv->pool, message, first, second, NULL);
}

static void take_cell(csv_source_t *csv, int wanted, const char *bytes, apr_size_t length)
{
    const char *name = csv->source.columns[wanted].name;
    const char *text = strlen(bytes) == length ? apr_pstrmemdup(csv->pool, bytes, length) : NULL;

    if (text != NULL && text_is_plain(text)) {
        csv->row->cells[wanted] = text;
        return;
    }
    if (text != NULL && (text = encoding_to_utf8(csv->encoding, csv->pool, text, length)) != NULL)
        text = text_entered(csv->pool, text, "\r\n\t");
    if (text == NULL) {
        refuse_row(csv, MSG_SOURCE_CELL_UNREADABLE, name, NULL);
        return;
    }
    text = text_trim(csv->pool, text);
    csv->row->cells[wanted] = *text != '\0' ? text : NULL;
}

static void cell_read(void *bytes, size_t length, void *baton)
{
    csv_source_t *csv = baton;
    int place = csv->cells++;

    if (csv->rows < csv->header)
        return;
    if (place >= csv->width)
        csv->over |= length > 0;
    else if (csv->wanted[place] >= 0 && length > 0)
        take_cell(csv, csv->wanted[place], bytes, length);
}

static void row_read(int ending, void *baton)
{
    csv_source_t *csv = baton;

    (void)ending;
    if (csv->rows++ >= csv->header) {
        if (csv->cells < csv->width || csv->over)
            refuse_row(csv, MSG_SOURCE_CELLS, apr_itoa(csv->pool, csv->cells),
                       apr_itoa(csv->pool, csv->width));
        csv->ended = 1;
    }
    csv->cells = csv->over = csv->begun = 0;
}

/* With the line where the row under way begins. */
static int fail(csv_source_t *csv, message_t message)
{
    apr_int64_t line = csv->begun ? csv->row->line : csv->lines.number + 1;

    csv->source.error = message_format(csv->source.pool, message,
                                       apr_psprintf(csv->source.pool, "%" APR_INT64_T_FMT, line), NULL);
    return 0;
}

/* What stands after the last line's end. */
static int finish(csv_source_t *csv)
{
    if (csv->lines.too_long)
        return fail(csv, MSG_SOURCE_LINE_LONG);
    if (csv->lines.failed)
        return fail(csv, MSG_SOURCE_UNREADABLE);
    if (csv->parser.quoted && csv->parser.pstate == FIELD_BEGUN)
        return fail(csv, MSG_SOURCE_CUT);
    if (csv_fini(&csv->parser, cell_read, row_read, csv) != 0)
        return fail(csv, MSG_SOURCE_UNREADABLE);
    return csv->ended;
}

static int is_blank(const char *line, apr_size_t length)
{
    while (length > 0 && (line[length - 1] == '\n' || line[length - 1] == '\r' || line[length - 1] == ' '))
        length--;
    return length == 0;
}

static int next(source_t *source, apr_pool_t *pool, source_row_t *row)
{
    csv_source_t *csv = (csv_source_t *)source;
    apr_size_t length, bytes = 0;
    const char *line;

    memset(row, 0, sizeof *row);
    csv->pool = pool;
    csv->row = row;
    csv->ended = 0;
    while (!csv->ended) {
        if (!lines_next(&csv->lines, &line, &length))
            return finish(csv);
        if (!csv->begun && !is_blank(line, length)) {
            csv->begun = 1;
            row->line = csv->lines.number;
        }
        if (csv_parse(&csv->parser, line, length, cell_read, row_read, csv) != length)
            return fail(csv, MSG_SOURCE_UNREADABLE);
        if ((bytes += length) > LINE_MOST)
            return fail(csv, MSG_SOURCE_LINE_LONG);
    }
    return 1;
}

source_t *csv_source_open(apr_pool_t *pool, const char *path, const source_column_t *columns,
                          const char **error)
{
    csv_source_t *csv = apr_pcalloc(pool, sizeof *csv);

    csv->source = (source_t){.pool = pool, .columns = columns, .next = next};
    csv->source.warnings = apr_array_make(pool, 2, sizeof(const char *));
    if (apr_file_open(&csv->file, path, APR_FOPEN_READ | APR_FOPEN_BINARY, 0, pool) != APR_SUCCESS)
        *error = message_text(MSG_SOURCE_UNREADABLE);
    else
        *error = begin(csv);
    return *error == NULL ? &csv->source : NULL;
}
