/* SPDX-License-Identifier: Apache-2.0 */
#include "figures.h"

#include "../cache.h"
#include "../connection.h"

db_error_t figures_of(page_t *page, const scope_t *scope, apr_int64_t version, apr_array_header_t **figures)
{
    if (scope->kind == SCOPE_ONE && version >= 0)
        return cache_figures(page, scope->establishment, version, figures);
    if (connection_borrow(page) == NULL)
        return page->failure;
    return listing_figures(page->db, page->pool, scope, page->exam_session->id, figures);
}
