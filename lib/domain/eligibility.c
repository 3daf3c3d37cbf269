/* SPDX-License-Identifier: Apache-2.0
 *
 * What depends on who a candidate is: section européenne, forme de passage, CCF, age.
 */
#include "check.h"
#include "family.h"

#include <stdio.h>
#include <stddef.h>

/* Guide, « Particularité des BCP »: pupils, and apprentices where CCF is practised, of schools that answered
 * OUI. */
int european_section_asked(exam_t exam, const char *family, int licensed_ccf, int managed)
{
    family_kind_t kind = family_kind(family);

    if (exam != EXAM_BCP || !managed)
        return 0;
    return kind == FAMILY_PUPIL || (kind == FAMILY_APPRENTICE && licensed_ccf);
}

/* Pupils and apprentices present everything in one session, whatever the exam; others choose. */
int progressive_form_open(exam_t exam, const char *family)
{
    family_kind_t kind = family_kind(family);

    (void)exam;
    return kind != FAMILY_NONE && kind != FAMILY_PUPIL && kind != FAMILY_APPRENTICE;
}

/* Pupils of public and contracted schools by right, apprentices and adults by licence; never outside a
 * contract, never for who registers alone. */
int ccf_practised(const char *family, int licensed_ccf, int without_contract)
{
    family_kind_t kind = family_kind(family);

    if (without_contract)
        return 0;
    if (kind == FAMILY_CONTINUING)
        return licensed_ccf && family[0] == 'F'; /* a contrat de professionnalisation has none */
    return kind == FAMILY_PUPIL || (kind == FAMILY_APPRENTICE && licensed_ccf);
}

/* CAP and BEP: whoever comes on his own is of age in the year of the exam. Pupils and apprentices at a
 * distance are not on their own, and a VAE has its own conditions. */
int age_rule_applies(exam_t exam, const char *family)
{
    if (exam != EXAM_CAP && exam != EXAM_BEP)
        return 0;
    return family_kind(family) == FAMILY_INDIVIDUAL ||
           (family_kind(family) == FAMILY_DISTANCE && family[3] == 'I');
}

int age_in_year(const char *birth_date, int year)
{
    int born;

    return sscanf(birth_date, "%4d-", &born) == 1 ? year - born : 0;
}
