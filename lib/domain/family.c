/* SPDX-License-Identifier: Apache-2.0 */
#include "family.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *code, *label;
    family_kind_t kind;
} families[] = {
    {"SCO", "Scolaire", FAMILY_PUPIL},
    {"APP", "Apprenti", FAMILY_APPRENTICE},
    {"FPC", "Formation professionnelle continue", FAMILY_CONTINUING},
    {"CPR", "Contrat de professionnalisation", FAMILY_CONTINUING},
    {"EADS", "Enseignement à distance, scolaire (CNED réglementé)", FAMILY_DISTANCE},
    {"EADA", "Enseignement à distance, apprenti", FAMILY_DISTANCE},
    {"EADI", "Enseignement à distance, formation continue ou individuel", FAMILY_DISTANCE},
    {"XSCO", "Ex-scolaire", FAMILY_INDIVIDUAL},
    {"XAPP", "Ex-apprenti", FAMILY_INDIVIDUAL},
    {"XFPC", "Ex-stagiaire de la formation continue", FAMILY_INDIVIDUAL},
    {"EXP", "Expérience professionnelle (salarié)", FAMILY_INDIVIDUAL},
    {"IND", "Individuel (candidat libre)", FAMILY_INDIVIDUAL},
    {"VAE", "Validation des acquis de l’expérience (unités restantes)", FAMILY_VAE},
};
enum { FAMILIES = sizeof families / sizeof *families };

static int place(const char *family)
{
    int i;

    for (i = 0; family != NULL && i < FAMILIES; i++)
        if (strcmp(families[i].code, family) == 0)
            return i;
    return -1;
}

const char *family_label(const char *family)
{
    int at = place(family);

    return at >= 0 ? families[at].label : NULL;
}

family_kind_t family_kind(const char *family)
{
    int at = place(family);

    return at >= 0 ? families[at].kind : FAMILY_NONE;
}

int family_in(const char *family, const char *list)
{
    char wanted[16];

    if (strcmp(family, "CPR") == 0)
        family = "FPC";
    snprintf(wanted, sizeof wanted, "|%s|", family);
    return strstr(list, wanted) != NULL;
}

const char *family_at(int ordinal)
{
    return ordinal < FAMILIES ? families[ordinal].code : NULL;
}
