/* SPDX-License-Identifier: Apache-2.0
 *
 * « Liste des candidats pré-inscrits »: alphabetical, of the section européenne, of one specialty, of all by
 * specialty, by specialty and forme de passage; and the search in it. An unchanged list is known by the
 * school's version and not read at all.
 */
#include "../answer.h"
#include "../connection.h"
#include "../lists/csv.h"
#include "../lists/request.h"
#include "../routes.h"
#include "../school.h"
#include "../stream.h"
#include "store/history.h"

/* The lists that lead to one another: which one is shown, which ones there are. */
static void model_kinds(const page_t *page, model_t *model, const list_source_t *source,
                        const list_request_t *request)
{
    static const char *const names[] = {
        [LIST_ALPHABETICAL] = "alphabetical", [LIST_EUROPEAN] = "european",
        [LIST_SPECIALTY] = "one_specialty",   [LIST_SPECIALTIES] = "specialties",
        [LIST_PASSAGE] = "passage",
    };

    model_flag(model, "european_managed", source->european);
    model_flag(model, names[request->kind],
               request->search.words == NULL || request->kind != LIST_ALPHABETICAL);
    model_text(model, "specialty_label", request->specialty_label);
    search_model(page, model, &request->search);
    model_text(model, "query", list_query(page, request));
    model_text(model, "code", request->specialty);
}

static int model_specialties(page_t *page, model_t *model, const list_source_t *source,
                             const list_request_t *request)
{
    apr_array_header_t *choices;
    model_list_t *list;
    int i;

    if (request->kind != LIST_SPECIALTY)
        return 1;
    if (list_specialties(page, source, &choices) != DB_OK)
        return 0;
    list = model_list(model, "choices");
    for (i = 0; i < choices->nelts; i++) {
        const choice_t *choice = &APR_ARRAY_IDX(choices, i, choice_t);
        model_t *row = model_list_object(list);

        model_text(row, "value", choice->value);
        model_text(row, "label", choice->label);
        model_flag(row, "chosen",
                   request->specialty != NULL && strcmp(request->specialty, choice->value) == 0);
    }
    return 1;
}

static int render_list(page_t *page, const list_source_t *source, const list_request_t *request)
{
    int shown = !list_is_to_be_chosen(request) && !request->nothing, answer;
    cells_t *cells = apr_pcalloc(page->pool, sizeof *cells);
    roll_t *roll = NULL;
    model_t *model;

    if (shown && !roll_open(page, &request->roll, &roll, &answer))
        return answer;
    model = answer_model(page, message_text(MSG_TITLE_LIST));
    model_kinds(page, model, source, request);
    if (!model_specialties(page, model, source, request))
        return answer_db_failed(page);
    model_flag(model, "shown", shown || request->nothing);
    if (!shown)
        return answer_render(page, "list", model);
    cells_model_counts(roll, model, request->roll.all);
    cells->roll = roll;
    cells->model = model;
    cells_model(cells);
    return stream_page(page, "list", model, &roll->failed);
}

int establishment_list_get(page_t *page)
{
    list_request_t request;
    list_source_t source;
    int answer;

    if (!school_lists(page, &source, &answer) || !list_request(page, &source, &request, &answer))
        return answer;
    return render_list(page, &source, &request);
}

int establishment_list_post(page_t *page)
{
    list_request_t request;
    list_source_t source;
    int answer;

    if (!school_lists(page, &source, &answer) || !list_request(page, &source, &request, &answer) ||
        !list_request_search(page, &request, &answer))
        return answer;
    return answer_redirect_exam(page, "candidats?%s", list_query(page, &request));
}

int establishment_list_csv(page_t *page)
{
    static const csv_column_t columns[] = {{"Numéro", CELLS_NUMBER},
                                           {"Nom - prénom", CELLS_NAME},
                                           {"Date de naissance", CELLS_BORN},
                                           {"Spécialité", CELLS_SPECIALTY},
                                           {"Forme de passage", CELLS_FORM},
                                           {"Motif", CELLS_REASON},
                                           {"État", CELLS_STATE}};
    apr_hash_t *cancelled;
    list_request_t request;
    list_source_t source;
    roll_t *roll;
    int answer;

    if (!school_lists(page, &source, &answer))
        return answer;
    if (!csv_is_known(page))
        return answer_not_found(page);
    if (!list_request(page, &source, &request, &answer))
        return answer;
    if (list_is_to_be_chosen(&request)) /* nothing can be chosen in a file */
        return answer_not_found(page);
    request.roll.all = 1;
    request.roll.after = 0;
    if (connection_borrow(page) == NULL ||
        history_cancelled(page->db, page->pool, &source.scope, page->exam_session->id, &cancelled) != DB_OK)
        return answer_db_failed(page);
    if (!roll_open(page, &request.roll, &roll, &answer))
        return answer;
    roll->cancelled = cancelled;
    return csv_send(roll, "candidats", columns, sizeof columns / sizeof *columns, request.nothing);
}
