/* SPDX-License-Identifier: Apache-2.0 */
#include "family.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *code, *label;
} families[] = {
    {"SCO", "Scolaire"},
    {"APP", "Apprenti"},
    {"FPC", "Formation professionnelle continue"},
    {"EAD", "Enseignement à distance"},
    {"IND", "Individuel"},
    {"VAE", "Validation des acquis de l’expérience"},
};

const char *family_label(const char *family)
{
    size_t i;

    for (i = 0; i < sizeof families / sizeof *families; i++)
        if (strcmp(families[i].code, family) == 0)
            return families[i].label;
    return NULL;
}
