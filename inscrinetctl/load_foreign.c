/* SPDX-License-Identifier: Apache-2.0 */
#include "load_foreign.h"

#include <apr_strings.h>

int load_foreign_open(ctl_t *ctl, const foreign_options_t *asked, const load_kind_t *kind, source_t **source,
                      const char **file)
{
    const foreign_map_t *map;
    foreign_t *foreign;
    const char *error;

    *source = NULL;
    if ((map = foreign_map_read(ctl->pool, asked->mapping, kind->name, &error)) == NULL)
        return error != NULL ? ctl_fail("%s", error) : CTL_DONE;
    if ((foreign = foreign_options_open(ctl, asked)) == NULL)
        return CTL_FAILED;
    if ((*source = foreign_source_open(ctl->pool, foreign, map, kind->columns, &error)) == NULL)
        return ctl_fail("%s", error);
    *file = apr_pstrcat(ctl->pool, asked->section, ":", map->table, NULL);
    return CTL_DONE;
}
