/* SPDX-License-Identifier: Apache-2.0 */
#include "commune.h"

#include <apr_strings.h>
#include <apr_tables.h>
#include <string.h>

#include "../text/text.h"

/* « St Denis », « Ste Marie »: a word alone may be the beginning of another one, Strasbourg's. */
static const char *in_full(const char *word, int is_last)
{
    if (!is_last && strcmp(word, "ST") == 0)
        return "SAINT";
    return !is_last && strcmp(word, "STE") == 0 ? "SAINTE" : word;
}

/* « L'Abergement », « Le Mans », « Les Ulis »: at the name's beginning alone, and never all of it. */
static int is_article(const char *word)
{
    return strcmp(word, "LE") == 0 || strcmp(word, "LA") == 0 || strcmp(word, "LES") == 0 ||
           strcmp(word, "L") == 0;
}

const char *commune_key(apr_pool_t *pool, const char *name)
{
    char *words = apr_pstrdup(pool, text_bare(pool, name)), *word, *state;
    apr_array_header_t *kept = apr_array_make(pool, 4, sizeof(const char *));

    for (word = apr_strtok(words, " ", &state); word != NULL; word = apr_strtok(NULL, " ", &state))
        APR_ARRAY_PUSH(kept, const char *) = in_full(word, *state == '\0');
    if (kept->nelts > 1 && is_article(APR_ARRAY_IDX(kept, 0, const char *))) {
        kept->elts += kept->elt_size;
        kept->nelts--;
    }
    return apr_array_pstrcat(pool, kept, ' ');
}
