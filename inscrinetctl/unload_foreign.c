/* SPDX-License-Identifier: Apache-2.0 */
#include "unload_foreign.h"

#include <apr_strings.h>
#include <string.h>

#include "../lib/exchange/rows_in.h"
#include "held_lock.h"

/* A file's rows into its table. */
static int fill(ctl_t *ctl, foreign_sink_t *sink, const foreign_map_t *map, const package_file_t *file,
                int replace)
{
    const char **columns = apr_pcalloc(ctl->pool, sizeof *columns * ((size_t)file->columns->nelts + 1));
    const char *const *cells, *error;
    rows_in_t *rows = rows_in_open(ctl->pool, file, &error);

    if (rows == NULL)
        return ctl_fail("%s", error);
    memcpy(columns, file->columns->elts, sizeof *columns * (size_t)file->columns->nelts);
    if (foreign_sink_table(sink, map, columns, replace) != 0)
        return ctl_fail("%s", foreign_sink_error(sink));
    while (rows_in_next(rows, &cells)) {
        if (held_lock_stop)
            return ctl_fail("interrupted");
        if (foreign_sink_row(sink, cells) != 0)
            return ctl_fail("%s", foreign_sink_error(sink));
    }
    return rows_in_error(rows) == NULL ? CTL_DONE : ctl_fail("%s", rows_in_error(rows));
}

static int fill_all(ctl_t *ctl, const foreign_options_t *asked, int replace, const package_read_t *package,
                    foreign_sink_t *sink)
{
    const char *error;
    int i, filled = 0;

    for (i = 0; i < package->files->nelts; i++) {
        const package_file_t *file = &APR_ARRAY_IDX(package->files, i, package_file_t);
        const char *kind = apr_pstrmemdup(ctl->pool, file->name, strcspn(file->name, "."));
        const foreign_map_t *map = foreign_map_read(ctl->pool, asked->mapping, kind, &error);

        if (map == NULL && error != NULL)
            return ctl_fail("%s", error);
        if (map == NULL)
            continue;
        filled++;
        if (fill(ctl, sink, map, file, replace) != CTL_DONE)
            return CTL_FAILED;
    }
    return filled > 0 ? CTL_DONE : ctl_fail("%s: it has no section for a file of the unload", asked->mapping);
}

int unload_foreign(ctl_t *ctl, const foreign_options_t *asked, int replace, const char *folder)
{
    foreign_t *foreign = foreign_options_open(ctl, asked);
    package_read_t package = {0};
    foreign_sink_t *sink;
    const char *error;

    if (foreign == NULL)
        return CTL_FAILED;
    if ((error = package_read(ctl->pool, folder, &package)) != NULL)
        return ctl_fail("%s", error);
    sink = foreign_sink_begin(ctl->pool, foreign);
    if (fill_all(ctl, asked, replace, &package, sink) != CTL_DONE) {
        foreign_sink_drop(sink);
        return CTL_FAILED;
    }
    return foreign_sink_end(sink) == 0 ? CTL_DONE : ctl_fail("%s", foreign_sink_error(sink));
}
