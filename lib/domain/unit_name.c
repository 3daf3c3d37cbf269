/* SPDX-License-Identifier: Apache-2.0 */
#include "unit_name.h"

#include <string.h>

static const char *const names[] = {
    UNIT_NAME_STATE,    UNIT_NAME_CHOICE,     UNIT_NAME_OPTED,  UNIT_NAME_LANGUAGE,
    UNIT_NAME_ACTIVITY, UNIT_NAME_ACTIVITY_2, UNIT_NAME_MARK,   UNIT_NAME_PROOF,
    UNIT_NAME_SESSION,  UNIT_NAME_ACADEMY,    UNIT_NAME_ORIGIN, UNIT_NAME_EXEMPTION,
};

int unit_name_is(const char *name)
{
    const char *hyphen = strchr(name, '-');
    size_t i;

    if (hyphen == NULL || hyphen[1] == '\0')
        return 0;
    for (i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == (size_t)(hyphen - name) &&
            strncmp(names[i], name, (size_t)(hyphen - name)) == 0)
            return 1;
    return 0;
}
