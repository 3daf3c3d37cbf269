/* SPDX-License-Identifier: Apache-2.0
 *
 * « Effectifs attendus »: how many candidates the school expects in each specialty, for its dashboard.
 */

#include <apr_strings.h>
#include <stdlib.h>

#include "../answer.h"
#include "../change.h"
#include "../form.h"
#include "../lists/figures.h"
#include "../lists/request.h"
#include "../routes.h"
#include "../school.h"
#include "store/expected.h"
#include "text/text.h"

#define FIELD "effectif_"

enum { DIGITS_MOST = 4 };

static const char *field_of(page_t *page, const char *specialty)
{
    return apr_pstrcat(page->pool, FIELD, specialty, NULL);
}

/* What is typed, or else what was said before. */
static const char *value_of(page_t *page, const char *specialty, const apr_array_header_t *numbers)
{
    apr_int64_t expected = expected_of(numbers, specialty);

    if (page->form != NULL)
        return form_value(page, field_of(page, specialty));
    return expected >= 0 ? apr_psprintf(page->pool, "%" APR_INT64_T_FMT, expected) : "";
}

static void model_specialty(page_t *page, model_t *row, const choice_t *specialty,
                            const apr_array_header_t *numbers, const apr_array_header_t *figures)
{
    apr_int64_t valid = 0;
    int i;

    for (i = 0; i < figures->nelts; i++) {
        const listing_figure_t *figure = &APR_ARRAY_IDX(figures, i, listing_figure_t);

        if (strcmp(figure->specialty, specialty->value) == 0)
            valid += figure->valid;
    }
    model_text(row, "id", field_of(page, specialty->value));
    model_text(row, "label", specialty->label);
    model_text(row, "value", value_of(page, specialty->value, numbers));
    model_text(row, "error", page_error_of(page, field_of(page, specialty->value)));
    model_int(row, "valid", valid);
}

int establishment_expected_get(page_t *page)
{
    apr_array_header_t *specialties, *numbers, *figures;
    list_source_t source;
    model_list_t *rows;
    model_t *model;
    int answer, i;

    if (!school_lists(page, &source, &answer))
        return answer;
    if (list_specialties(page, &source, &specialties) != DB_OK ||
        figures_of(page, &source.scope, source.version, &figures) != DB_OK ||
        expected_list(page->db, page->pool, page->actor.establishment, page->exam_session->id, &numbers) !=
            DB_OK)
        return answer_db_failed(page);
    model = answer_model(page, message_text(MSG_TITLE_EXPECTED));
    rows = model_list(model, "rows");
    for (i = 0; i < specialties->nelts; i++)
        model_specialty(page, model_list_object(rows), &APR_ARRAY_IDX(specialties, i, choice_t), numbers,
                        figures);
    model_flag(model, "any", specialties->nelts > 0);
    return answer_render(page, "expected", model);
}

/* ---------------------------------------------------------------- « Enregistrer » */

/* What was typed for one specialty; nothing: nothing is expected. */
static void read_number(page_t *page, const choice_t *specialty, apr_array_header_t *numbers)
{
    const char *id = field_of(page, specialty->value), *typed = text_trim(page->pool, form_value(page, id));

    if (typed[0] == '\0')
        return;
    if (strspn(typed, "0123456789") != strlen(typed) || strlen(typed) > DIGITS_MOST)
        page_error(page, id, message_text(MSG_EXPECTED_WRONG));
    else
        APR_ARRAY_PUSH(numbers, expected_t) = (expected_t){specialty->value, atoi(typed)};
}

/* Nobody is asked about another school's specialties. */
static void check_asked(page_t *page, const apr_array_header_t *specialties)
{
    apr_hash_index_t *index;
    int i;

    for (index = apr_hash_first(page->pool, page->form); index != NULL; index = apr_hash_next(index)) {
        const char *name = apr_hash_this_key(index);

        if (strncmp(name, FIELD, sizeof FIELD - 1) != 0)
            continue;
        for (i = 0; i < specialties->nelts; i++)
            if (strcmp(name + sizeof FIELD - 1, APR_ARRAY_IDX(specialties, i, choice_t).value) == 0)
                break;
        if (i == specialties->nelts)
            page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
    }
}

int establishment_expected_post(page_t *page)
{
    apr_array_header_t *specialties, *numbers = apr_array_make(page->pool, 16, sizeof(expected_t));
    list_source_t source;
    int answer, i;

    if (form_action(page, "retour"))
        return school_back_to_menu(page);
    if (!school_lists(page, &source, &answer))
        return answer;
    if (list_specialties(page, &source, &specialties) != DB_OK)
        return answer_db_failed(page);
    check_asked(page, specialties);
    for (i = 0; i < specialties->nelts; i++)
        read_number(page, &APR_ARRAY_IDX(specialties, i, choice_t), numbers);
    if (page_has_errors(page))
        return establishment_expected_get(page);
    if (!change_begin(page, &answer))
        return answer;
    expected_replace(page->db, page->actor.establishment, page->exam_session->id, numbers);
    session_notice(page->db, page->session->id, message_text(MSG_NOTICE_EXPECTED));
    page_audit(page, "establishment.expected", DB_NULL, NULL, NULL);
    return change_commit(page, &answer) ? school_back_to_menu(page) : answer;
}
