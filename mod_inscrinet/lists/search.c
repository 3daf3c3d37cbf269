/* SPDX-License-Identifier: Apache-2.0 */
#include "search.h"

#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../form.h"
#include "store/session_search.h"
#include "text/text.h"

static const char field[] = "recherche";

int search_read(page_t *page, search_t *search, int *answer)
{
    *search = (search_t){.ordinal = page_number(page, "recherche")};
    if (search->ordinal == 0)
        return 1;
    if (connection_borrow(page) == NULL ||
        session_search_get(page->db, page->pool, page->session->id, search->ordinal, &search->words) != DB_OK)
        *answer = answer_db_failed(page);
    else if (search->words == NULL)
        *answer = answer_not_found(page);
    else
        return 1;
    return 0;
}

const char *search_query(const page_t *page, const search_t *search)
{
    return search->ordinal != 0 ? apr_psprintf(page->pool, "&recherche=%" APR_INT64_T_FMT, search->ordinal)
                                : "";
}

int search_is_asked(const page_t *page)
{
    return form_action(page, "chercher");
}

int search_check(page_t *page)
{
    if (text_characters(text_trim(page->pool, form_value(page, field))) <= SEARCH_LONGEST)
        return 1;
    page_error(page, field,
               message_format(page->pool, MSG_SEARCH_LONG, apr_itoa(page->pool, SEARCH_LONGEST), NULL));
    return 0;
}

int search_keep(page_t *page, search_t *search, int *answer)
{
    const char *typed = text_trim(page->pool, form_value(page, field));

    *search = (search_t){.words = NULL};
    if (!search_check(page) || page_has_errors(page)) {
        *answer = answer_again(page);
        return 0;
    }
    if (typed[0] == '\0')
        return 1;
    if (connection_begin(page) == NULL ||
        session_search_add(page->db, page->session->id, typed, &search->ordinal) != DB_OK ||
        connection_commit(page) != DB_OK) {
        *answer = answer_db_failed(page);
        return 0;
    }
    search->words = typed;
    return 1;
}

void search_model(const page_t *page, model_t *model, const search_t *search)
{
    model_text(model, "search", search->words);
    model_text(model, "search_typed", form_was_sent(page, field) ? form_value(page, field) : search->words);
    model_text(model, "search_error", page_error_of(page, field));
}
