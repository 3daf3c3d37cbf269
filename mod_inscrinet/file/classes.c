/* SPDX-License-Identifier: Apache-2.0 */
#include "classes.h"

#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../lists/cells.h"
#include "../school.h"
#include "application.h"
#include "domain/classmate.h"
#include "store/follow_up.h"

/* Languages that he presents, or the optional units that he takes, in the order of the units; "": none. */
static const char *units_chosen(page_t *page, const questionnaire_t *q, const answers_t *answers,
                                unit_question_t of_unit)
{
    const char *text = "";
    int i;

    for (i = 0; i < questionnaire_count(q); i++) {
        const question_t *asked = questionnaire_at(q, i);

        if (asked->unit == NULL || asked->of_unit != of_unit || answer_of(answers, asked) == NULL)
            continue;
        text = apr_pstrcat(page->pool, text, text[0] != '\0' ? ", " : "",
                           of_unit == UNIT_OPTED ? asked->unit->label
                                                 : question_display(page->pool, asked, q, answers),
                           NULL);
    }
    return text;
}

static const char *display(page_t *page, const questionnaire_t *q, const answers_t *answers, question_id_t id)
{
    return question_display(page->pool, question(id), q, answers);
}

static db_error_t put_mate(page_t *page, const establishment_t *school, const establishment_exam_t *exam,
                           const class_row_t *row, apr_array_header_t *mates)
{
    const char *form = row->answers->value[Q_FORM];
    questionnaire_t *q;
    db_error_t error = school_questionnaire(page, school, exam, row->answers->value[Q_SPECIALTY], &q);

    if (error != DB_OK)
        return error;
    APR_ARRAY_PUSH(mates, classmate_t) =
        (classmate_t){row->answers->value[Q_CLASS],
                      {[CLASS_SPECIALTY] = display(page, q, row->answers, Q_SPECIALTY),
                       [CLASS_FORM] = form != NULL ? cells_form(form) : "",
                       [CLASS_LANGUAGE] = units_chosen(page, q, row->answers, UNIT_LANGUAGE),
                       [CLASS_OPTION] = units_chosen(page, q, row->answers, UNIT_OPTED)}};
    return DB_OK;
}

static void model_unlike(page_t *page, model_t *model, const apr_array_header_t *candidates,
                         const apr_array_header_t *unlike)
{
    model_list_t *rows = model_list(model, "rows");
    int i;

    for (i = 0; i < unlike->nelts; i++) {
        const class_unlike_t *one = &APR_ARRAY_IDX(unlike, i, class_unlike_t);
        const class_row_t *of = &APR_ARRAY_IDX(candidates, one->mate, class_row_t);
        model_t *row = model_list_object(rows);

        model_text(row, "number", registration_display(page->pool, of->number, of->revision));
        model_text(row, "link", application_link(page, of->number));
        model_text(row, "name", of->name);
        model_text(row, "class", of->answers->value[Q_CLASS]);
        model_text(row, "sentence", class_unlike_sentence(page->pool, one));
    }
    model_flag(model, "any", unlike->nelts > 0);
}

db_error_t classes_model(page_t *page, model_t *model, const establishment_t *school,
                         const establishment_exam_t *exam)
{
    apr_array_header_t *candidates, *mates;
    db_error_t error = DB_OK;
    int i;

    if (connection_borrow(page) == NULL || class_rows(page->db, page->pool, &page->actor.scope, school->id,
                                                      page->exam_session->id, &candidates) != DB_OK)
        return connection_failure(page);
    mates = apr_array_make(page->pool, candidates->nelts + 1, sizeof(classmate_t));
    for (i = 0; i < candidates->nelts && error == DB_OK; i++)
        error = put_mate(page, school, exam, &APR_ARRAY_IDX(candidates, i, class_row_t), mates);
    if (error == DB_OK)
        model_unlike(page, model, candidates, class_unlike(page->pool, mates));
    model_int(model, "looked_at", candidates->nelts);
    return error;
}
