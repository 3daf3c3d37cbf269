/* SPDX-License-Identifier: Apache-2.0 */
#include "establishment.h"

#include <apr_strings.h>
#include <string.h>

#include "../text/text.h"
#include "family.h"

static const establishment_nature_t natures[] = {
    {"300 301 302", "LG", "|SCO|"}, {"306", "LPO", "|SCO|"},      {"32 33 34 37", "LP", "|SCO|"},
    {"60 61 62", "CFA", "|APP|"},   {"LG LT LGT", "LG", "|SCO|"}, {"LPO", "LPO", "|SCO|"},
    {"LP SEP EREA", "LP", "|SCO|"}, {"CFA", "CFA", "|APP|"},      {"GRETA", "GRETA", "|FPC|"},
};

static const char *const kinds[][2] = {{"LG", "Lycée général ou technologique"},
                                       {"LPO", "Lycée polyvalent"},
                                       {"LP", "Lycée professionnel"},
                                       {"CFA", "Centre de formation d’apprentis"},
                                       {"GRETA", "GRETA"}};

/* A code by its beginning, a short name as a whole. */
static int begins_with_one_of(const char *code, const char *codes)
{
    const char *at = codes;

    while (*at != '\0') {
        size_t length = strcspn(at, " ");

        if (strncmp(code, at, length) == 0 && (at[0] >= '0' && at[0] <= '9' ? 1 : code[length] == '\0'))
            return 1;
        at += length + strspn(at + length, " ");
    }
    return 0;
}

const establishment_nature_t *establishment_nature(const char *code)
{
    size_t i;

    for (i = 0; i < sizeof natures / sizeof *natures; i++)
        if (begins_with_one_of(code, natures[i].codes))
            return &natures[i];
    return NULL;
}

const char *establishment_kind_at(int ordinal, const char **label)
{
    if (ordinal < 0 || ordinal >= (int)(sizeof kinds / sizeof *kinds))
        return NULL;
    *label = kinds[ordinal][1];
    return kinds[ordinal][0];
}

const char *establishment_sector(apr_pool_t *pool, const char *typed)
{
    static const char *const words[][2] = {{"PU", "PU"},
                                           {"PUBLIC", "PU"},
                                           {"PR", "PR"},
                                           {"PRIVE", "PR"},
                                           {"PRIVE SOUS CONTRAT", "PR"},
                                           {"HC", "HC"},
                                           {"PRIVE HORS CONTRAT", "HC"}};
    const char *word = text_bare(pool, typed);
    size_t i;

    for (i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], word) == 0)
            return words[i][1];
    return NULL;
}

const char *establishment_families(apr_pool_t *pool, const char *typed, const char **unknown)
{
    const char *families = "|";
    char *word, *state;

    for (word = apr_strtok(apr_pstrdup(pool, typed), "|,/ ", &state); word != NULL;
         word = apr_strtok(NULL, "|,/ ", &state)) {
        if (family_label(word) == NULL) {
            *unknown = word;
            return NULL;
        }
        families = apr_pstrcat(pool, families, word, "|", NULL);
    }
    return families;
}

const char *establishment_department(apr_pool_t *pool, const char *typed)
{
    size_t length = strlen(typed);

    if (length == 0 || length > 3 || strspn(typed, "0123456789ABab") != length)
        return NULL;
    return text_upper(pool, apr_pstrcat(pool, &"000"[length], typed, NULL));
}
