/* SPDX-License-Identifier: Apache-2.0 */
#include "check.h"

#include <string.h>

int european_section_asked(exam_t exam, const char *family, int licensed_ccf, int managed)
{
    if (exam != EXAM_BCP || !managed || family == NULL)
        return 0;
    return strcmp(family, "SCO") == 0 || (strcmp(family, "APP") == 0 && licensed_ccf);
}

int progressive_form_open(exam_t exam, const char *family)
{
    (void)exam; /* the same for BCP, BP and CAP; the others' parameter comes with them */
    return family != NULL && strcmp(family, "SCO") != 0 && strcmp(family, "APP") != 0;
}
