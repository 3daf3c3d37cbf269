/* SPDX-License-Identifier: Apache-2.0
 *
 * Fills a table of another base: foreign_writer CONNECTIONS SECTION MAPPING NAME [replace]. Standard input
 * has a line of our columns, then rows, with tabs between cells; "\N" has no value. Prints the rows and its
 * peak of memory in kB; 1 and a sentence on standard error where it fails.
 */
#include <apr_general.h>
#include <apr_strings.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/foreign.h"

/* A line of standard input by its tabs; ends with NULL. 0: there is none. */
static int take_line(const char **cells, int most)
{
    static char *line;
    static size_t room;
    char *at, *tab;
    int count = 0;

    if (getline(&line, &room, stdin) < 0)
        return 0;
    line[strcspn(line, "\n")] = '\0';
    for (at = line; at != NULL && count < most; at = tab != NULL ? tab + 1 : NULL) {
        if ((tab = strchr(at, '\t')) != NULL)
            *tab = '\0';
        cells[count++] = strcmp(at, "\\N") == 0 ? NULL : at;
    }
    cells[count] = NULL;
    return 1;
}

static long peak(void)
{
    FILE *status = fopen("/proc/self/status", "r");
    char line[256];
    long kilobytes = 0;

    while (status != NULL && fgets(line, sizeof line, status) != NULL)
        if (sscanf(line, "VmHWM: %ld", &kilobytes) == 1)
            break;
    if (status != NULL)
        fclose(status);
    return kilobytes;
}

static int fail(const char *error)
{
    fprintf(stderr, "%s\n", error != NULL ? error : "no such mapping");
    return 1;
}

int main(int argc, char **argv)
{
    const char *columns[SOURCE_COLUMNS_MOST + 1], *cells[SOURCE_COLUMNS_MOST + 1], *error = NULL;
    const foreign_section_t *section;
    const foreign_map_t *map;
    foreign_sink_t *sink;
    foreign_t *foreign;
    apr_pool_t *pool;
    long rows = 0;
    int i;

    apr_initialize();
    apr_pool_create(&pool, NULL);
    if (argc < 5 || !take_line(columns, SOURCE_COLUMNS_MOST))
        return 2;
    for (i = 0; columns[i] != NULL; i++)
        columns[i] = apr_pstrdup(pool, columns[i]);
    if ((map = foreign_map_read(pool, argv[3], argv[4], &error)) == NULL ||
        (section = foreign_section_read(pool, argv[1], argv[2], &error)) == NULL ||
        (foreign = foreign_open(pool, section, &error)) == NULL)
        return fail(error);
    sink = foreign_sink_begin(pool, foreign);
    if (foreign_sink_table(sink, map, columns, argc > 5) != 0)
        return fail(foreign_sink_error(sink));
    for (; take_line(cells, SOURCE_COLUMNS_MOST); rows++)
        if (foreign_sink_row(sink, cells) != 0)
            return fail(foreign_sink_error(sink));
    if (foreign_sink_end(sink) != 0)
        return fail(foreign_sink_error(sink));
    printf("%ld rows, %ld kB\n", rows, peak());
    apr_pool_destroy(pool);
    return 0;
}
