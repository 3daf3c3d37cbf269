/* SPDX-License-Identifier: Apache-2.0 */
#include "registration_columns.h"

#include <apr_strings.h>

#include "../text/text.h"

const char *registration_identity(apr_pool_t *pool, const answers_t *answers)
{
    return apr_pstrcat(pool, text_bare(pool, answers->value[Q_BIRTH_NAME]), "|",
                       text_bare(pool, answers->value[Q_FORENAME_1]), "|", answers->value[Q_BIRTH_DATE],
                       NULL);
}

/* « NOM PRÉNOM1 PRÉNOM2 » as lists show it, in capitals: some letters differ only in small ones (ı, ß). */
static db_blob_t name_sort_key(apr_pool_t *pool, const answers_t *answers)
{
    const char *second = answers->value[Q_FORENAME_2];
    const char *sorted = apr_pstrcat(pool, answers->value[Q_BIRTH_NAME], " ", answers->value[Q_FORENAME_1],
                                     second != NULL ? " " : "", second != NULL ? second : "", NULL);
    db_blob_t key;

    key.bytes = text_sort_key(pool, text_upper(pool, sorted), &key.length);
    return key;
}

/* Every name that he may be looked for by. */
static const char *search_name(apr_pool_t *pool, const answers_t *answers)
{
    static const question_id_t names[] = {Q_BIRTH_NAME, Q_FORENAME_1, Q_FORENAME_2, Q_FORENAME_3,
                                          Q_USUAL_NAME};
    const char *all = "";
    size_t i;

    for (i = 0; i < sizeof names / sizeof *names; i++)
        if (answers->value[names[i]] != NULL)
            all = apr_pstrcat(pool, all, "|", text_squeezed(pool, answers->value[names[i]]), NULL);
    return all;
}

static apr_int64_t european_of(const answers_t *answers)
{
    const char *european = answers->value[Q_EUROPEAN];

    return european != NULL ? european[0] == 'O' : DB_NULL;
}

registration_columns_t registration_columns(apr_pool_t *pool, const answers_t *answers)
{
    return (registration_columns_t){.specialty = answers->value[Q_SPECIALTY],
                                    .listed_name = answers_listed_name(pool, answers),
                                    .birth_date = answers->value[Q_BIRTH_DATE],
                                    .form = answers->value[Q_FORM],
                                    .european = european_of(answers),
                                    .ine = answers->value[Q_INE],
                                    .identity = registration_identity(pool, answers),
                                    .sort_key = name_sort_key(pool, answers),
                                    .search_name = search_name(pool, answers)};
}
