/* SPDX-License-Identifier: Apache-2.0
 *
 * What a page of calendars carries in its hidden fields: windows that were seen, changes to be taken back.
 */
#include "fuzz.h"

#include "domain/window_seal.h"

/* What is read is written, and read again as it was. */
static void typed_seal(apr_pool_t *pool, const char *typed)
{
    const apr_array_header_t *rows = window_seal_read(pool, typed), *again;
    const char *written;
    int i;

    if (rows == NULL)
        return;
    written = window_seal_write(pool, rows, 0, -1);
    again = window_seal_read(pool, written);
    holds(again != NULL && again->nelts == rows->nelts, "%s", written);
    holds_same(window_seal_write(pool, again, 0, -1), written, "a seal is written one way");
    for (i = 0; i < rows->nelts; i++)
        holds(APR_ARRAY_IDX(rows, i, window_row_t).service < SERVICE_COUNT, "a service of ours");
    for (i = 0; i < window_differences(pool, again, rows, 0, -1)->nelts; i++)
        holds(rows->nelts > 1, "a window differs from itself only where two have its id");
}

static void typed_undo(apr_pool_t *pool, const char *typed)
{
    const apr_array_header_t *changes = window_undo_read(pool, typed), *again;
    const char *written;
    int i;

    if (changes == NULL)
        return;
    holds(changes->nelts > 0, "something to take back");
    written = window_undo_write(pool, changes);
    again = window_undo_read(pool, written);
    holds(again != NULL && again->nelts == changes->nelts, "%s", written);
    holds_same(window_undo_write(pool, again), written, "changes are written one way");
    for (i = 0; i < changes->nelts; i++) {
        const window_change_t *change = &APR_ARRAY_IDX(changes, i, window_change_t);

        holds(change->after.opens < change->after.closes, "a window opens before it closes");
        holds(change->opened <= change->closed, "and did so before");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    apr_pool_t *pool = fuzz_begin();
    const char *typed = fuzz_text(pool, bytes, size);

    typed_seal(pool, typed);
    typed_undo(pool, typed);
    fuzz_end(pool);
    return 0;
}
