/* SPDX-License-Identifier: Apache-2.0 */
#include "frame.h"

#include "cache.h"
#include "connection.h"
#include "store/candidate.h"

/* What seldom changes is known by its version; the lock is always the base's own word. */
static db_error_t keep(page_t *page, const base_state_t *state)
{
    page->frame = (base_frame_t){.nomenclature = state->nomenclature, .lock = state->lock};
    if (cache_frame(page, &page->frame) != DB_OK)
        return connection_failure(page);
    page->frame_read = 1;
    return DB_OK;
}

db_error_t frame_read(page_t *page)
{
    base_state_t state;

    if (page->frame_read)
        return DB_OK;
    if (page->state != NULL)
        return keep(page, page->state);
    if (connection_borrow(page) == NULL)
        return page->failure;
    return base_state_get(page->db, page->pool, &state) == DB_OK ? keep(page, &state) : db_error(page->db);
}

db_error_t frame_hold(page_t *page, apr_int64_t ordinal)
{
    base_state_t state;

    return candidate_hold(page->db, page->pool, page->session->id, ordinal, &state) == DB_OK
               ? keep(page, &state)
               : db_error(page->db);
}
