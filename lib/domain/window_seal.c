/* SPDX-License-Identifier: Apache-2.0 */
#include "window_seal.h"

#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#define I64 "%" APR_INT64_T_FMT

enum { SEAL_NUMBERS = 5, UNDO_NUMBERS = 7, DIGITS_MOST = 15, ENTRIES_MOST = 500 };

/* « 12.3.2.1796032800.1797246000,… »: entries of so many numbers each; NULL for anything else. */
static apr_array_header_t *read_numbers(apr_pool_t *pool, const char *text, int each)
{
    apr_array_header_t *numbers = apr_array_make(pool, 8 * each, sizeof(apr_int64_t));

    while (*text != '\0') {
        size_t digits = strspn(text, "0123456789");
        int ends = (numbers->nelts + 1) % each == 0;

        if (digits == 0 || digits > DIGITS_MOST || numbers->nelts == ENTRIES_MOST * each)
            return NULL;
        APR_ARRAY_PUSH(numbers, apr_int64_t) = apr_strtoi64(text, NULL, 10);
        text += digits;
        if (*text == '\0' && ends)
            return numbers;
        if (*text++ != (ends ? ',' : '.') || *text == '\0')
            return NULL;
    }
    return numbers->nelts == 0 ? numbers : NULL;
}

/* The five that name a window and its instants. 0: no service of ours. */
static int row_of(const apr_int64_t *numbers, window_row_t *row)
{
    *row = (window_row_t){.id = numbers[0],
                          .exam_session = numbers[1],
                          .service = (service_t)numbers[2],
                          .opens = numbers[3],
                          .closes = numbers[4]};
    return numbers[2] < SERVICE_COUNT;
}

static const char *text_of(apr_pool_t *pool, const window_row_t *row)
{
    return apr_psprintf(pool, I64 "." I64 ".%d." I64 "." I64, row->id, row->exam_session, (int)row->service,
                        row->opens, row->closes);
}

static int is_within(const window_row_t *row, apr_int64_t exam_session, int service)
{
    return (exam_session == 0 || row->exam_session == exam_session) &&
           (service < 0 || row->service == (service_t)service);
}

const char *window_seal_write(apr_pool_t *pool, const apr_array_header_t *rows, apr_int64_t exam_session,
                              int service)
{
    apr_array_header_t *parts = apr_array_make(pool, rows->nelts + 1, sizeof(const char *));
    int i;

    for (i = 0; i < rows->nelts; i++)
        if (is_within(&APR_ARRAY_IDX(rows, i, window_row_t), exam_session, service))
            APR_ARRAY_PUSH(parts, const char *) = text_of(pool, &APR_ARRAY_IDX(rows, i, window_row_t));
    return apr_array_pstrcat(pool, parts, ',');
}

apr_array_header_t *window_seal_read(apr_pool_t *pool, const char *text)
{
    const apr_array_header_t *numbers = read_numbers(pool, text, SEAL_NUMBERS);
    apr_array_header_t *rows;
    int i;

    if (numbers == NULL)
        return NULL;
    rows = apr_array_make(pool, numbers->nelts / SEAL_NUMBERS + 1, sizeof(window_row_t));
    for (i = 0; i < numbers->nelts; i += SEAL_NUMBERS)
        if (!row_of(&APR_ARRAY_IDX(numbers, i, apr_int64_t), &APR_ARRAY_PUSH(rows, window_row_t)))
            return NULL;
    return rows;
}

apr_array_header_t *window_differences(apr_pool_t *pool, const apr_array_header_t *seen,
                                       const apr_array_header_t *rows, apr_int64_t exam_session, int service)
{
    apr_array_header_t *changes = apr_array_make(pool, 4, sizeof(window_change_t));
    int i;

    for (i = 0; i < rows->nelts; i++) {
        const window_row_t *now = &APR_ARRAY_IDX(rows, i, window_row_t), *was = window_of_id(seen, now->id);

        if (is_within(now, exam_session, service) &&
            (was == NULL || was->opens != now->opens || was->closes != now->closes))
            APR_ARRAY_PUSH(changes, window_change_t) =
                (window_change_t){*now, was != NULL ? was->opens : 0, was != NULL ? was->closes : 0};
    }
    for (i = 0; i < seen->nelts; i++) {
        window_row_t was = APR_ARRAY_IDX(seen, i, window_row_t);
        apr_int64_t opened = was.opens, closed = was.closes;

        was.opens = was.closes = 0;
        if (is_within(&was, exam_session, service) && window_of_id(rows, was.id) == NULL)
            APR_ARRAY_PUSH(changes, window_change_t) = (window_change_t){was, opened, closed};
    }
    return changes;
}

/* ---------------------------------------------------------------- to be taken back */

const char *window_undo_write(apr_pool_t *pool, const apr_array_header_t *changes)
{
    apr_array_header_t *parts = apr_array_make(pool, changes->nelts + 1, sizeof(const char *));
    int i;

    for (i = 0; i < changes->nelts; i++) {
        const window_change_t *change = &APR_ARRAY_IDX(changes, i, window_change_t);

        APR_ARRAY_PUSH(parts, const char *) = apr_psprintf(
            pool, "%s." I64 "." I64, text_of(pool, &change->after), change->opened, change->closed);
    }
    return apr_array_pstrcat(pool, parts, ',');
}

/* A window that was made has no former instants; one that was there had some, in their order. */
static int is_change(const window_change_t *change)
{
    return change->after.opens < change->after.closes &&
           (change->opened < change->closed || (change->opened == 0 && change->closed == 0));
}

apr_array_header_t *window_undo_read(apr_pool_t *pool, const char *text)
{
    const apr_array_header_t *numbers = read_numbers(pool, text, UNDO_NUMBERS);
    apr_array_header_t *changes;
    int i;

    if (numbers == NULL || numbers->nelts == 0)
        return NULL;
    changes = apr_array_make(pool, numbers->nelts / UNDO_NUMBERS, sizeof(window_change_t));
    for (i = 0; i < numbers->nelts; i += UNDO_NUMBERS) {
        const apr_int64_t *of = &APR_ARRAY_IDX(numbers, i, apr_int64_t);
        window_change_t *change = &APR_ARRAY_PUSH(changes, window_change_t);

        *change = (window_change_t){.opened = of[SEAL_NUMBERS], .closed = of[SEAL_NUMBERS + 1]};
        if (!row_of(of, &change->after) || !is_change(change))
            return NULL;
    }
    return changes;
}

int window_undo_holds(const apr_array_header_t *changes, const apr_array_header_t *rows)
{
    int i;

    for (i = 0; i < changes->nelts; i++) {
        const window_row_t *left = &APR_ARRAY_IDX(changes, i, window_change_t).after;
        const window_row_t *now = window_of_id(rows, left->id);

        if (now == NULL || now->exam_session != left->exam_session || now->service != left->service ||
            now->opens != left->opens || now->closes != left->closes)
            return 0;
    }
    return 1;
}
