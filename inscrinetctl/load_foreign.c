/* SPDX-License-Identifier: Apache-2.0 */
#include "load_foreign.h"

#include <apr_strings.h>

int load_foreign_is_whole(const load_foreign_t *asked)
{
    int given = (asked->section != NULL) + (asked->connections != NULL) + (asked->mapping != NULL);

    return given == 0 || given == 3;
}

int load_foreign_open(ctl_t *ctl, const load_foreign_t *asked, const load_kind_t *kind, source_t **source,
                      const char **file)
{
    const foreign_section_t *section;
    const foreign_map_t *map;
    foreign_t *foreign;
    const char *error;

    *source = NULL;
    if ((map = foreign_map_read(ctl->pool, asked->mapping, kind->name, &error)) == NULL)
        return error != NULL ? ctl_fail("%s", error) : CTL_DONE;
    if ((section = foreign_section_read(ctl->pool, asked->connections, asked->section, &error)) == NULL ||
        (foreign = foreign_open(ctl->pool, section, &error)) == NULL ||
        (*source = foreign_source_open(ctl->pool, foreign, map, kind->columns, &error)) == NULL)
        return ctl_fail("%s", error);
    *file = apr_pstrcat(ctl->pool, asked->section, ":", map->table, NULL);
    return CTL_DONE;
}
