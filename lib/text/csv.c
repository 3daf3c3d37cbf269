/* SPDX-License-Identifier: Apache-2.0 */
#include "csv.h"

#include <string.h>

static int is_formula(const char *cell)
{
    return *cell != '\0' && strchr("=+-@\t\r", *cell) != NULL;
}

/* Signs of CSV's own; and blanks at the ends, which some readers take for none of the cell's. */
static int needs_quotes(const char *cell)
{
    size_t length = strlen(cell);

    return strpbrk(cell, ";\"\r\n") != NULL ||
           (length > 0 && (cell[0] == ' ' || strchr(" \t", cell[length - 1]) != NULL));
}

static void quoted(csv_sink_t sink, void *baton, const char *before, const char *cell)
{
    sink(baton, "\"", 1);
    sink(baton, before, strlen(before));
    for (;;) {
        apr_size_t plain = strcspn(cell, "\"");

        sink(baton, cell, plain);
        if (cell[plain] == '\0')
            break;
        sink(baton, "\"\"", 2);
        cell += plain + 1;
    }
    sink(baton, "\"", 1);
}

static void put_cell(csv_sink_t sink, void *baton, const char *cell)
{
    const char *before = is_formula(cell) ? "'" : "";

    if (needs_quotes(cell))
        quoted(sink, baton, before, cell);
    else {
        sink(baton, before, strlen(before));
        sink(baton, cell, strlen(cell));
    }
}

void csv_line(csv_sink_t sink, void *baton, const char *const *cells, int count)
{
    int i;

    for (i = 0; i < count; i++) {
        if (i > 0)
            sink(baton, ";", 1);
        if (cells[i] != NULL)
            put_cell(sink, baton, cells[i]);
    }
    sink(baton, "\n", 1);
}
