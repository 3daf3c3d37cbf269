/* SPDX-License-Identifier: Apache-2.0
 *
 * What depends on who a candidate is: the section européenne and the forme de passage.
 */
#include "check.h"

#include <string.h>

static int is_family(const char *family, const char *wanted)
{
    return family != NULL && strcmp(family, wanted) == 0;
}

/* Guide, « Particularité des BCP »: pupils, and apprentices where CCF is practised, of schools that answered
 * OUI. */
int european_section_asked(exam_t exam, const char *family, int licensed_ccf, int managed)
{
    if (exam != EXAM_BCP || !managed)
        return 0;
    return is_family(family, "SCO") || (is_family(family, "APP") && licensed_ccf);
}

/* Pupils and apprentices present everything in one session, whatever the exam; others choose. */
int progressive_form_open(exam_t exam, const char *family)
{
    (void)exam;
    return family != NULL && !is_family(family, "SCO") && !is_family(family, "APP");
}
