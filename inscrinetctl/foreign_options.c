/* SPDX-License-Identifier: Apache-2.0 */
#include "foreign_options.h"

int foreign_options_whole(const foreign_options_t *asked)
{
    int given = (asked->section != NULL) + (asked->connections != NULL) + (asked->mapping != NULL);

    return given == 0 || given == 3;
}

foreign_t *foreign_options_open(ctl_t *ctl, const foreign_options_t *asked)
{
    const char *error;
    const foreign_section_t *section =
        foreign_section_read(ctl->pool, asked->connections, asked->section, &error);
    foreign_t *foreign = section != NULL ? foreign_open(ctl->pool, section, &error) : NULL;

    if (foreign == NULL)
        ctl_fail("%s", error);
    return foreign;
}
