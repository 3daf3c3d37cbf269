/* SPDX-License-Identifier: Apache-2.0 */
#include "printed.h"

#include <apr_strings.h>

#include "../cache.h"
#include "../connection.h"
#include "../stream.h"
#include "domain/check.h"
#include "store/establishment.h"
#include "text/text.h"

void printed_subtitle(printed_t *printed, const char *text)
{
    APR_ARRAY_PUSH(printed->list.subtitles, const char *) = text;
}

/* « 0590001A Lycée …, Lille »; what is of several has no such line. */
static db_error_t add_school(page_t *page, printed_t *printed)
{
    establishment_t *school = NULL;

    if (page->actor.scope.kind != SCOPE_ONE)
        return DB_OK;
    if (connection_borrow(page) == NULL)
        return page->failure;
    if (establishment_by_id(page->db, page->pool, page->actor.scope.establishment, &school) != DB_OK)
        return db_error(page->db);
    if (school == NULL)
        return DB_BROKEN;
    printed_subtitle(printed, apr_pstrcat(page->pool, school->code, " ", school->name,
                                          school->town != NULL ? ", " : NULL, school->town, NULL));
    return DB_OK;
}

db_error_t printed_read(page_t *page, printed_t *printed)
{
    apr_pool_t *pool = page->pool;
    db_error_t error;

    *printed = (printed_t){.page = page};
    if ((error = cache_rules(page, &printed->rules)) != DB_OK)
        return error;
    printed->list = (list_t){.authority = page->frame.authority,
                             .division = printed->rules->division,
                             .specimen = page->config->test_mode,
                             .subtitles = apr_array_make(pool, 4, sizeof(const char *))};
    printed_subtitle(printed,
                     apr_pstrcat(pool, exam_info(page->exam)->title, ", ", page->exam_session->words, NULL));
    if ((error = add_school(page, printed)) != DB_OK)
        return error;
    printed_subtitle(printed, message_format(pool, MSG_PRINTED_MOMENT,
                                             local_time_in_full(pool, page->frame.zone, page->now), NULL));
    return DB_OK;
}

void printed_return_by(printed_t *printed)
{
    apr_pool_t *pool = printed->page->pool;
    const char *day = printed->rules->return_by;

    if (day != NULL)
        printed_subtitle(printed, message_format(pool, MSG_PRINTED_RETURN_BY, date_display(pool, day), NULL));
}

void printed_search(printed_t *printed, const list_request_t *request)
{
    if (request->search.words != NULL)
        printed_subtitle(
            printed, message_format(printed->page->pool, MSG_PRINTED_SEARCH, request->search.words, NULL));
}

int printed_begin(printed_t *printed, const char *name, const char *title, const table_column_t *columns,
                  int count)
{
    page_t *page = printed->page;

    printed->list.title = title;
    printed->list.columns = columns;
    printed->list.column_count = count;
    printed->writer = NULL;
    if (!stream_begin(page, STREAM_PDF, apr_psprintf(page->pool, "%s-%s.pdf", name, page->exam_path)))
        return 0;
    printed->writer = list_begin(&printed->list, page->config->fonts, stream_sink, page, page->pool);
    return 1;
}

const char *printed_counts(apr_pool_t *pool, const listing_counts_t *counts)
{
    apr_int64_t all = counts->valid + counts->cancelled;

    return apr_psprintf(pool, "%" APR_INT64_T_FMT " %s (%" APR_INT64_T_FMT " %s, %" APR_INT64_T_FMT " %s)",
                        all, all > 1 ? "pré-inscriptions" : "pré-inscription", counts->valid,
                        counts->valid > 1 ? "valides" : "valide", counts->cancelled,
                        counts->cancelled > 1 ? "annulées" : "annulée");
}

int printed_end(printed_t *printed, const roll_t *roll)
{
    const char *error = NULL;
    apr_status_t ended = APR_SUCCESS;

    if (roll->failed)
        return stream_end(printed->page, APR_EGENERAL, NULL);
    connection_return(printed->page);
    if (printed->writer != NULL)
        ended = list_end(printed->writer, &error);
    return stream_end(printed->page, ended, error);
}
