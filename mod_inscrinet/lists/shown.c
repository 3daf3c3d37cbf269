/* SPDX-License-Identifier: Apache-2.0 */
#include "shown.h"

#include <apr_strings.h>
#include <stdlib.h>

#include "../connection.h"
#include "../form.h"
#include "store/state.h"
#include "text/token.h"

static const char *sign(const shown_t *shown, const char *states)
{
    return digest_keyed(shown->pool, shown->key.bytes, shown->key.length,
                        apr_pstrcat(shown->pool, shown->signing, states, NULL));
}

int shown_begin(page_t *page, model_t *model, shown_t *shown)
{
    *shown = (shown_t){
        .pool = page->pool, .model = model, .versions = page->actor.role == ROLE_MANAGER, .room = 4096};
    shown->states = apr_palloc(page->pool, shown->room);
    shown->states[0] = '\0';
    shown->signing = apr_psprintf(page->pool, "states %" APR_INT64_T_FMT " %s %" APR_INT64_T_FMT " ",
                                  page->actor.establishment, exam_info(page->exam)->code, page->session->id);
    return connection_borrow(page) != NULL &&
           secret_get(page->db, page->pool, "tokens", &shown->key) == DB_OK && shown->key.bytes != NULL;
}

void shown_note(void *baton, const listing_row_t *row)
{
    enum { LONGEST = 48 };
    shown_t *shown = baton;

    if (shown->room - shown->length < LONGEST) {
        char *more = apr_palloc(shown->pool, 2 * shown->room);

        memcpy(more, shown->states, shown->length);
        shown->states = more;
        shown->room *= 2;
    }
    shown->length += (apr_size_t)apr_snprintf(shown->states + shown->length, LONGEST, "%c%" APR_INT64_T_FMT,
                                              row->cancelled ? STATE_CANCELLED : STATE_VALID, row->number);
    if (shown->versions && row->version != 0)
        shown->length += (apr_size_t)apr_snprintf(shown->states + shown->length, LONGEST / 2,
                                                  ",%" APR_INT64_T_FMT, row->version);
}

void shown_end(void *baton)
{
    shown_t *shown = baton;

    model_text(shown->model, "states", shown->states);
    model_text(shown->model, "signature", sign(shown, shown->states));
}

/* Where the next one begins. */
static const char *read_row(apr_pool_t *pool, const char *at, int versions, apr_hash_t *states)
{
    apr_int64_t *number = apr_palloc(pool, sizeof *number);
    shown_row_t *row = apr_palloc(pool, sizeof *row);
    char *end;

    *number = strtoll(at + 1, &end, 10);
    *row = (shown_row_t){*at == STATE_VALID ? STATE_VALID : STATE_CANCELLED, versions ? 0 : DB_NULL};
    if (*end == ',' && versions)
        row->version = strtoll(end + 1, &end, 10);
    apr_hash_set(states, number, sizeof *number, row);
    return end;
}

int shown_read(page_t *page, apr_hash_t **states)
{
    const char *field = form_value(page, "etats"), *dot = strchr(field, '.'), *at;
    shown_t shown;

    *states = NULL;
    if (field[0] == '\0')
        return 1;
    if (dot == NULL || !shown_begin(page, NULL, &shown) ||
        !token_equal(dot + 1, sign(&shown, apr_pstrmemdup(page->pool, field, dot - field))))
        return 0;
    *states = apr_hash_make(page->pool);
    for (at = field; at < dot;)
        at = read_row(page->pool, at, shown.versions, *states);
    return 1;
}
