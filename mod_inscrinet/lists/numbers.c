/* SPDX-License-Identifier: Apache-2.0 */
#include "numbers.h"

#include <apr_strings.h>

#include "store/registration.h"

apr_array_header_t *numbers_read(apr_pool_t *pool, const char *text, const char *separators, int most)
{
    apr_array_header_t *numbers = apr_array_make(pool, 16, sizeof(apr_int64_t));
    char *last, *word = apr_strtok(apr_pstrdup(pool, text), separators, &last);

    for (; word != NULL; word = apr_strtok(NULL, separators, &last)) {
        apr_int64_t number = registration_number(word);

        if (number == 0 || numbers->nelts == most)
            return NULL;
        APR_ARRAY_PUSH(numbers, apr_int64_t) = number;
    }
    return numbers->nelts > 0 ? numbers : NULL;
}

const char *numbers_written(apr_pool_t *pool, const apr_array_header_t *numbers)
{
    apr_array_header_t *words = apr_array_make(pool, numbers->nelts, sizeof(const char *));
    int i;

    for (i = 0; i < numbers->nelts; i++)
        APR_ARRAY_PUSH(words, const char *) =
            apr_psprintf(pool, "%" APR_INT64_T_FMT, APR_ARRAY_IDX(numbers, i, apr_int64_t));
    return apr_array_pstrcat(pool, words, ',');
}
