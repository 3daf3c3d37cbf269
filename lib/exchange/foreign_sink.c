/* SPDX-License-Identifier: Apache-2.0 */
#include "foreign_internal.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

enum { STATEMENT_BYTES = 1 << 20 };

typedef struct filled_t {
    const foreign_map_t *map;
    apr_int64_t rows;
} filled_t;

struct foreign_sink_t {
    apr_pool_t *pool;
    foreign_t *foreign;
    apr_array_header_t *filled; /* filled_t: the tables so far, the last one is under way */
    /* of that one */
    const char *table, *columns;     /* theirs, quoted */
    const char *const *ours;         /* ends with NULL */
    int place[FOREIGN_COLUMNS_MOST]; /* of ours that are written */
    int count;
    apr_pool_t *statement_pool;
    apr_array_header_t *rows; /* const char *: pieces of the statement under way */
    int rows_waiting;
    apr_size_t bytes;
};

const char *foreign_sink_error(const foreign_sink_t *sink)
{
    return sink->foreign->error;
}

void foreign_sink_drop(foreign_sink_t *sink)
{
    foreign_t *foreign = sink->foreign;

    if (foreign->error == NULL)
        foreign_do(foreign, foreign->sql->rollback, MSG_FOREIGN_WRITE, "ROLLBACK");
}

static int fail(foreign_sink_t *sink, message_t message, const char *first, const char *second)
{
    foreign_sink_drop(sink);
    return foreign_fail(sink->foreign, message, first, second);
}

foreign_sink_t *foreign_sink_begin(apr_pool_t *pool, foreign_t *foreign)
{
    foreign_sink_t *sink = apr_pcalloc(pool, sizeof *sink);

    sink->pool = pool;
    sink->foreign = foreign;
    sink->filled = apr_array_make(pool, 4, sizeof(filled_t));
    apr_pool_create(&sink->statement_pool, pool);
    foreign_do(foreign, foreign->sql->begin_write, MSG_FOREIGN_WRITE, "BEGIN");
    return sink;
}

static filled_t *under_way(const foreign_sink_t *sink)
{
    return &APR_ARRAY_IDX(sink->filled, sink->filled->nelts - 1, filled_t);
}

/* ---------------------------------------------------------------- statements of many rows */

static void begin_statement(foreign_sink_t *sink)
{
    apr_pool_clear(sink->statement_pool);
    sink->rows = apr_array_make(sink->statement_pool, 4096, sizeof(const char *));
    sink->rows_waiting = 0;
    sink->bytes = 0;
}

static int flush_rows(foreign_sink_t *sink)
{
    foreign_t *foreign = sink->foreign;
    int done = 0;

    if (sink->rows_waiting > 0)
        done = foreign_do(foreign,
                          foreign_fill(sink->statement_pool, foreign->sql->insert, "table", sink->table,
                                       "columns", sink->columns, "rows",
                                       apr_array_pstrcat(sink->statement_pool, sink->rows, 0), NULL),
                          MSG_FOREIGN_WRITE, under_way(sink)->map->table);
    begin_statement(sink);
    return done;
}

static void put(foreign_sink_t *sink, const char *piece)
{
    APR_ARRAY_PUSH(sink->rows, const char *) = piece;
    sink->bytes += strlen(piece);
}

int foreign_sink_row(foreign_sink_t *sink, const char *const *cells)
{
    filled_t *filled = under_way(sink);
    int i;

    if (sink->foreign->error != NULL)
        return -1;
    filled->rows++;
    put(sink, sink->rows_waiting++ > 0 ? ", (" : "(");
    for (i = 0; i < sink->count; i++) {
        const char *cell = cells[sink->place[i]], *literal = "NULL";

        if (cell != NULL && (literal = foreign_literal(sink->foreign, sink->statement_pool, cell)) == NULL)
            return fail(sink, MSG_FOREIGN_CELL, apr_psprintf(sink->pool, "%" APR_INT64_T_FMT, filled->rows),
                        sink->ours[sink->place[i]]);
        put(sink, i > 0 ? ", " : "");
        put(sink, literal);
    }
    put(sink, ")");
    return sink->rows_waiting == FOREIGN_STATEMENT_ROWS || sink->bytes > STATEMENT_BYTES ? flush_rows(sink)
                                                                                         : 0;
}

/* ---------------------------------------------------------------- tables */

/* The columns of ours that the mapping names; what it names beside is a mistake. */
static int take_columns(foreign_sink_t *sink, const foreign_map_t *map, const char *const *columns)
{
    int i, j;

    sink->columns = "";
    sink->count = 0;
    sink->ours = columns;
    for (i = 0; i < map->columns->nelts; i++) {
        const foreign_pair_t *pair = &APR_ARRAY_IDX(map->columns, i, foreign_pair_t);

        for (j = 0; columns[j] != NULL && strcmp(columns[j], pair->name) != 0; j++)
            ;
        if (columns[j] == NULL || sink->count == FOREIGN_COLUMNS_MOST)
            return fail(sink, MSG_FOREIGN_NOT_WRITTEN, pair->name, NULL);
        sink->columns = apr_pstrcat(sink->pool, sink->columns, sink->count > 0 ? ", " : "",
                                    foreign_quoted(sink->foreign, sink->pool, pair->value), NULL);
        sink->place[sink->count++] = j;
    }
    return sink->count > 0 ? 0 : fail(sink, MSG_FOREIGN_NOT_MAPPED, map->table, NULL);
}

/* What a table without transactions takes, no rollback takes away. */
static int check_engine(foreign_sink_t *sink, const char *table)
{
    foreign_t *foreign = sink->foreign;
    const char *dot = strrchr(table, '.'), *schema = "NULL", *answer;

    if (foreign->sql->transactional == NULL)
        return 0;
    if (dot != NULL)
        schema = foreign_literal(foreign, sink->pool,
                                 apr_pstrmemdup(sink->pool, table, (apr_size_t)(dot - table)));
    answer =
        foreign_text(foreign, sink->pool,
                     foreign_fill(sink->pool, foreign->sql->transactional, "schema", schema, "value",
                                  foreign_literal(foreign, sink->pool, dot != NULL ? dot + 1 : table), NULL),
                     MSG_FOREIGN_TABLE, table);
    return answer != NULL && strcmp(answer, "YES") == 0 ? 0 : fail(sink, MSG_FOREIGN_ENGINE, table, NULL);
}

static int probe_columns(foreign_sink_t *sink, const foreign_map_t *map)
{
    foreign_t *foreign = sink->foreign;
    int i;

    for (i = 0; i < map->columns->nelts; i++) {
        const char *column = APR_ARRAY_IDX(map->columns, i, foreign_pair_t).value;
        const char *probe =
            foreign_fill(sink->pool, foreign->sql->probe, "columns",
                         foreign_column(foreign, sink->pool, column), "table", sink->table, NULL);

        if (foreign_do(foreign, probe, MSG_FOREIGN_COLUMN, column) != 0)
            return -1;
    }
    return 0;
}

int foreign_sink_table(foreign_sink_t *sink, const foreign_map_t *map, const char *const *columns,
                       int replace)
{
    foreign_t *foreign = sink->foreign;
    apr_int64_t there;

    if (foreign->error != NULL || (sink->filled->nelts > 0 && flush_rows(sink) != 0))
        return -1;
    APR_ARRAY_PUSH(sink->filled, filled_t) = (filled_t){.map = map};
    begin_statement(sink);
    sink->table = foreign_quoted(foreign, sink->pool, map->table);
    if (take_columns(sink, map, columns) != 0 ||
        (there = foreign_count(foreign, sink->pool, map->table)) < 0 || check_engine(sink, map->table) != 0 ||
        probe_columns(sink, map) != 0)
        return -1;
    if (there > 0 && !replace)
        return fail(sink, MSG_FOREIGN_NOT_EMPTY, map->table,
                    apr_psprintf(sink->pool, "%" APR_INT64_T_FMT, there));
    return there == 0 ? 0
                      : foreign_do(foreign,
                                   foreign_fill(sink->pool, foreign->sql->erase, "table", sink->table, NULL),
                                   MSG_FOREIGN_WRITE, map->table);
}

/* ---------------------------------------------------------------- the end */

/* PostgreSQL's commit says that it is done where it has rolled back: only the rows tell. */
static int count_all(foreign_sink_t *sink)
{
    int i;

    for (i = 0; i < sink->filled->nelts; i++) {
        const filled_t *filled = &APR_ARRAY_IDX(sink->filled, i, filled_t);
        apr_int64_t there = foreign_count(sink->foreign, sink->pool, filled->map->table);

        if (there < 0)
            return -1;
        if (there != filled->rows)
            return foreign_fail(
                sink->foreign, MSG_FOREIGN_COUNT, filled->map->table,
                apr_psprintf(sink->pool, "%" APR_INT64_T_FMT " / %" APR_INT64_T_FMT, there, filled->rows));
    }
    return 0;
}

int foreign_sink_end(foreign_sink_t *sink)
{
    foreign_t *foreign = sink->foreign;

    if (foreign->error != NULL || (sink->filled->nelts > 0 && flush_rows(sink) != 0))
        return -1;
    if (foreign_do(foreign, foreign->sql->commit, MSG_FOREIGN_COMMIT, "COMMIT") != 0 ||
        count_all(sink) != 0) {
        foreign->error = apr_pstrcat(sink->pool, foreign->error, " ", message_text(MSG_FOREIGN_UNSURE), NULL);
        return -1;
    }
    return 0;
}
