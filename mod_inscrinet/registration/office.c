/* SPDX-License-Identifier: Apache-2.0 */
#include "office.h"

#include <apr_strings.h>

#include "../answer.h"
#include "../cache.h"
#include "../connection.h"
#include "domain/check.h"
#include "store/reference.h"

static const char *school_text(page_t *page, const establishment_t *school)
{
    return school != NULL ? apr_pstrcat(page->pool, school->code, " ", school->name, NULL)
                          : message_text(MSG_NO_SCHOOL);
}

/* The school of a registration in words, and that which the draft would give it; the same text: it stays. */
static db_error_t find_move(page_t *page, const candidate_t *candidate, const registration_t *former,
                            const char **from, const char **to)
{
    establishment_t *school = NULL;

    if (former->establishment != DB_NULL &&
        establishment_by_id(page->db, page->pool, former->establishment, &school) != DB_OK)
        return db_error(page->db);
    *from = school_text(page, school);
    *to = school_text(page, candidate->school);
    return DB_OK;
}

const char *office_entered(page_t *page, const candidate_t *candidate)
{
    const char *received = candidate->draft->office.received;

    return received != NULL
               ? message_format(page->pool, MSG_ENTERED_DETAIL, date_display(page->pool, received), NULL)
               : NULL;
}

db_error_t office_why(page_t *page, const candidate_t *candidate, const registration_t *former,
                      const char **why)
{
    const office_t *office = &candidate->draft->office;
    const char *from, *to;
    db_error_t error = find_move(page, candidate, former, &from, &to);

    if (error != DB_OK)
        return error;
    *why = message_format(page->pool, strcmp(from, to) == 0 ? MSG_CORRECTED_WHY : MSG_CORRECTED_MOVED,
                          office->reason, office->proof, from, to, NULL);
    return DB_OK;
}

/* ---------------------------------------------------------------- before the last click */

static void model_change(model_list_t *list, const char *label, const char *before, const char *after)
{
    model_t *row;

    if (strcmp(before, after) == 0)
        return;
    row = model_list_object(list);
    model_text(row, "label", label);
    model_flag(row, "told", 1);
    model_text(row, "before", before);
    model_text(row, "after", after);
}

/* As they will be kept: what is not asked any more goes. Of another specialty's units one line says it all.
 */
static void model_answers(page_t *page, model_list_t *list, const candidate_t *candidate,
                          const registration_t *former)
{
    answers_t after = *candidate->draft->answers;
    const apr_array_header_t *changes;
    int i, other_units = 0;

    questionnaire_forget_unasked(candidate->q, &after);
    changes = questionnaire_changes(page->pool, candidate->q, former->answers, &after);
    for (i = 0; i < changes->nelts; i++) {
        const changed_t *change = &APR_ARRAY_IDX(changes, i, changed_t);
        int is_specialty = question_ordinal(change->question) == Q_SPECIALTY;

        other_units |= is_specialty;
        if (!other_units || change->question->unit == NULL)
            model_change(list, change->label, is_specialty ? former->specialty_label : change->before,
                         change->after);
    }
}

/* What follows from the answers and the school. */
static db_error_t model_category(page_t *page, model_list_t *list, const candidate_t *candidate,
                                 const registration_t *former)
{
    const char *code, *label;
    db_error_t error =
        cache_category(page, candidate->q, candidate->draft->answers, candidate->school, &code);

    if (error != DB_OK || code == NULL || strcmp(code, former->category) == 0)
        return error;
    if (connection_borrow(page) == NULL ||
        reference_category_label(page->db, page->pool, code, &label) != DB_OK)
        return connection_failure(page);
    model_change(list, message_text(MSG_LABEL_CATEGORY), former->category_label, label);
    return DB_OK;
}

static db_error_t model_correction(page_t *page, model_t *model, const candidate_t *candidate,
                                   const registration_t *former)
{
    model_list_t *list = model_list(model, "changes");
    const char *from, *to;
    db_error_t error = find_move(page, candidate, former, &from, &to);

    if (error != DB_OK)
        return error;
    model_flag(model, "moves", strcmp(from, to) != 0);
    model_text(model, "moves_from", from);
    model_text(model, "moves_to", to);
    model_change(list, message_text(MSG_LABEL_SCHOOL), from, to);
    model_answers(page, list, candidate, former);
    model_text(model, "becomes", registration_display(page->pool, former->number, former->revision + 1));
    model_flag(model, "was_returned", former->returned_revision == former->revision);
    return model_category(page, list, candidate, former);
}

db_error_t office_model(page_t *page, model_t *model, const candidate_t *candidate)
{
    const draft_t *draft = candidate->draft;
    model_t *office = model_create(page->pool, page->config->templates);
    registration_t *former;

    model_object(model, "office", office);
    model_text(office, "reason", draft->office.reason);
    model_text(office, "proof", draft->office.proof);
    if (draft->office.received != NULL)
        model_text(office, "received", date_display(page->pool, draft->office.received));
    model_text(office, "school", school_text(page, candidate->school));
    if (draft->number == 0)
        return DB_OK;
    if (connection_borrow(page) == NULL || registration_modified(page->db, page->pool, &page->actor.own,
                                                                 page->exam, draft->number, &former) != DB_OK)
        return connection_failure(page);
    return former != NULL ? model_correction(page, model, candidate, former) : DB_OK;
}
