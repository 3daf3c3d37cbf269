/* SPDX-License-Identifier: Apache-2.0
 *
 * « Liste des candidats pré-inscrits »: alphabetical, of the section européenne, of one specialty, of all by
 * specialty, by specialty and forme de passage; and the search in it. An unchanged list is known by the
 * school's version and not read at all.
 */
#include "list.h"

#include "../school.h"

void list_cells(const roll_t *roll, const listing_row_t *row, list_cells_t *cells)
{
    apr_ssize_t length;

    cells->number[48] = '\0';
    cells->text[LIST_COLUMN_NUMBER] = roll_show_number(cells->number, row->number, row->revision, &length);
    cells->text[LIST_COLUMN_NAME] = row->name;
    cells->date[roll_show_date(row->birth_date, cells->date)] = '\0';
    cells->text[LIST_COLUMN_BORN] = cells->date;
    cells->text[LIST_COLUMN_SPECIALTY] = roll_label(roll, row->specialty);
    cells->text[LIST_COLUMN_FORM] = roll_form(row->form);
    cells->text[LIST_COLUMN_STATE] = row->cancelled ? "Annulée" : "Valide";
}

/* ---------------------------------------------------------------- the page */

/* The lists that lead to one another: which one is shown, which ones there are. */
static void model_kinds(const page_t *page, model_t *model, const establishment_exam_t *exam,
                        const list_request_t *request)
{
    static const char *const names[] = {
        [LIST_ALPHABETICAL] = "alphabetical", [LIST_EUROPEAN] = "european",
        [LIST_SPECIALTY] = "one_specialty",   [LIST_SPECIALTIES] = "specialties",
        [LIST_PASSAGE] = "passage",
    };

    model_flag(model, "european_managed", page->exam == EXAM_BCP && exam->european == 1);
    model_flag(model, names[request->kind], request->search == NULL || request->kind != LIST_ALPHABETICAL);
    model_text(model, "specialty_label", request->specialty_label);
    model_text(model, "search", request->search);
    model_text(model, "query", list_query(page, request));
    model_text(model, "code", request->specialty);
}

static int model_specialties(page_t *page, model_t *model, const establishment_exam_t *exam,
                             const list_request_t *request)
{
    apr_array_header_t *choices;
    model_list_t *list;
    int i;

    if (request->kind != LIST_SPECIALTY)
        return 1;
    if (list_specialties(page, exam, &choices) != DB_OK)
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

static int render_list(page_t *page, const establishment_exam_t *exam, const list_request_t *request)
{
    int shown = (request->kind != LIST_SPECIALTY || request->specialty != NULL) && !request->nothing, status;
    roll_cells_t *cells = apr_pcalloc(page->pool, sizeof *cells);
    roll_t *roll = NULL;
    model_t *model;

    if (shown && (status = roll_open(page, exam, &request->listing, request->division, request->after,
                                     request->all, &roll)) != OK)
        return status == HTTP_NOT_FOUND ? page_fail(page, status) : page_db_failed(page, DB_LOST);
    model = page_model(page, message_text(MSG_TITLE_LIST));
    model_kinds(page, model, exam, request);
    if (!model_specialties(page, model, exam, request))
        return page_db_failed(page, DB_LOST);
    model_flag(model, "shown", shown || request->nothing);
    if (!shown)
        return page_render(page, "list", model);
    roll_model_counts(roll, model, request->all);
    cells->roll = roll;
    cells->model = model;
    roll_model(cells);
    return page_stream(page, "list", model, &roll->failed);
}

int establishment_list(page_t *page)
{
    list_request_t request;
    establishment_exam_t *exam;
    int answer;

    if ((exam = school_exam(page, &answer)) == NULL)
        return answer;
    if ((answer = list_request(page, exam, &request)) != OK)
        return answer == HTTP_NOT_FOUND ? page_fail(page, answer) : page_db_failed(page, DB_LOST);
    if (page_read_frame(page) != DB_OK)
        return page_db_failed(page, DB_LOST);
    if (list_may_be_kept(page)) {
        page_cache(page, list_etag(page, exam, &request, 0));
        if ((answer = page_meets_conditions(page)) != OK)
            return answer;
    }
    return render_list(page, exam, &request);
}
