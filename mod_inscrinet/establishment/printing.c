/* SPDX-License-Identifier: Apache-2.0
 *
 * « Impression de confirmations »: a specialty is chosen, « Imprimer » notes that its confirmations are
 * printed and leads to the document. What changed since the last printing, all specialties, or single
 * candidates by their numbers are choices of the same page.
 */
#include "printing.h"

#include <apr_strings.h>

#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "../form.h"
#include "../routes.h"
#include "../school.h"
#include "domain/check.h"
#include "store/listing.h"
#include "store/printing.h"

/* ---------------------------------------------------------------- what can be printed */

db_error_t print_choices(page_t *page, apr_array_header_t **printables)
{
    apr_array_header_t *figures;
    int i;

    *printables = apr_array_make(page->pool, 16, sizeof(printable_t));
    if (connection_borrow(page) == NULL)
        return connection_failure(page);
    if (listing_figures(page->db, page->pool, &page->actor.scope, page->exam_session->id, &figures) != DB_OK)
        return db_error(page->db);
    for (i = 0; i < figures->nelts; i++) {
        const listing_figure_t *figure = &APR_ARRAY_IDX(figures, i, listing_figure_t);
        printable_t *last = (*printables)->nelts > 0
                                ? &APR_ARRAY_IDX(*printables, (*printables)->nelts - 1, printable_t)
                                : NULL;

        if (last == NULL || strcmp(last->specialty, figure->specialty) != 0) {
            last = apr_array_push(*printables);
            *last = (printable_t){figure->specialty, figure->label, 0, 0};
        }
        last->valid += figure->valid;
        last->changed += figure->unprinted + figure->outdated;
    }
    return DB_OK;
}

/* ---------------------------------------------------------------- the page */

static void model_option(model_list_t *options, const printable_t *printable, const char *chosen)
{
    model_t *option = model_list_object(options);

    model_text(option, "value", printable->specialty);
    model_text(option, "label", printable->label);
    model_int(option, "valid", printable->valid);
    model_int(option, "changed", printable->changed);
    model_flag(option, "chosen", strcmp(printable->specialty, chosen) == 0);
}

static void model_printables(page_t *page, model_t *model, const apr_array_header_t *printables)
{
    const char *chosen = form_value(page, "specialite");
    model_list_t *options = model_list(model, "specialties");
    printable_t all = {PRINT_ALL, message_text(MSG_ALL_SPECIALTIES), 0, 0};
    int i;

    for (i = 0; i < printables->nelts; i++) {
        const printable_t *printable = &APR_ARRAY_IDX(printables, i, printable_t);

        model_option(options, printable, chosen);
        all.valid += printable->valid;
        all.changed += printable->changed;
    }
    if (printables->nelts > 1)
        model_option(options, &all, chosen);
    model_flag(model, "any", printables->nelts > 0);
}

int establishment_print_get(page_t *page)
{
    apr_array_header_t *printables;
    model_t *model;
    int answer;

    if (school_exam(page, &answer) == NULL)
        return answer;
    if (print_choices(page, &printables) != DB_OK)
        return answer_db_failed(page);
    model = answer_model(page, message_text(MSG_TITLE_PRINT));
    model_printables(page, model, printables);
    model_text(model, "specialty_error", page_error_of(page, "specialite"));
    model_text(model, "numbers_error", page_error_of(page, "numeros"));
    model_text(model, "numbers", form_value(page, "numeros"));
    model_flag(model, "changed_only", strcmp(form_value(page, "changees"), "O") == 0);
    return answer_render(page, "print", model);
}

/* ---------------------------------------------------------------- « Imprimer » */

typedef struct choice_of_print_t {
    const char *specialty;       /* NULL: all */
    apr_array_header_t *numbers; /* or NULL */
    int changed;
    apr_int64_t moment; /* that the printing is known by */
} choice_of_print_t;

static void read_choice(page_t *page, const apr_array_header_t *printables, choice_of_print_t *choice)
{
    const char *specialty = form_value(page, "specialite"), *numbers = form_value(page, "numeros");
    int i;

    choice->changed = strcmp(form_value(page, "changees"), "O") == 0;
    choice->specialty = NULL;
    choice->numbers = NULL;
    if (numbers[0] != '\0') {
        if ((choice->numbers = print_numbers(page->pool, numbers)) == NULL)
            page_error(page, "numeros", message_text(MSG_PRINT_NUMBERS));
        return;
    }
    if (strcmp(specialty, PRINT_ALL) == 0 && printables->nelts > 0)
        return;
    for (i = 0; i < printables->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(printables, i, printable_t).specialty, specialty) == 0)
            choice->specialty = specialty;
    if (choice->specialty == NULL)
        page_error(page, "specialite", message_text(MSG_PRINT_SPECIALTY));
}

/* How many there are, noted as printed; 0 with an error on the page if some number is none of the school's.
 */
static apr_int64_t record(page_t *page, choice_of_print_t *choice)
{
    printing_t printing = {.scope = page->actor.scope,
                           .exam = page->exam,
                           .exam_session = page->exam_session->id,
                           .specialty = choice->specialty,
                           .changed = choice->changed};
    apr_int64_t count = 0;
    int i, found;

    if (printing_moment(page->db, &printing, page->now, &choice->moment) != DB_OK)
        return 0;
    if (choice->numbers == NULL) {
        if (printing_record(page->db, &printing, choice->moment, &count) == DB_OK && count == 0)
            page_error(page, "specialite", message_text(MSG_PRINT_NOTHING));
        return count;
    }
    for (i = 0; i < choice->numbers->nelts; i++) {
        apr_int64_t number = APR_ARRAY_IDX(choice->numbers, i, apr_int64_t);

        if (printing_record_number(page->db, &printing, number, choice->moment, &found) == DB_OK && !found) {
            page_error(page, "numeros",
                       message_format(page->pool, MSG_PRINT_NUMBER_UNKNOWN,
                                      apr_psprintf(page->pool, "%" APR_INT64_T_FMT, number), NULL));
            return 0;
        }
        count += found;
    }
    return count;
}

/* While the base is locked nothing is noted: what has changed is then told by the candidates themselves. */
static int to_document(page_t *page, const choice_of_print_t *choice, int locked)
{
    if (choice->numbers != NULL)
        return answer_redirect_exam(page, "confirmations.pdf?numero=%s",
                                    numbers_written(page->pool, choice->numbers));
    return answer_redirect_exam(
        page, "confirmations.pdf?specialite=%s%s", choice->specialty != NULL ? choice->specialty : PRINT_ALL,
        !choice->changed ? ""
        : locked         ? "&changees=O"
                         : apr_psprintf(page->pool, "&impression=%" APR_INT64_T_FMT, choice->moment));
}

static void audit_print(page_t *page, const choice_of_print_t *choice, apr_int64_t count)
{
    const char *what = choice->numbers != NULL     ? numbers_written(page->pool, choice->numbers)
                       : choice->specialty != NULL ? choice->specialty
                                                   : PRINT_ALL;

    page_audit(
        page, "confirmation.print", DB_NULL,
        apr_psprintf(page->pool, "%s%s: %" APR_INT64_T_FMT, what, choice->changed ? ", changed" : "", count),
        NULL);
}

int establishment_print_post(page_t *page)
{
    apr_array_header_t *printables;
    choice_of_print_t choice = {.moment = page->now};
    db_error_t error;
    int answer;

    if (form_action(page, "retour"))
        return answer_redirect_exam(page, "%s", "");
    if (school_exam(page, &answer) == NULL)
        return answer;
    if (print_choices(page, &printables) != DB_OK)
        return answer_db_failed(page);
    read_choice(page, printables, &choice);
    if (page_has_errors(page))
        return establishment_print_get(page);
    if (change_hold(page) != DB_OK)
        return answer_db_failed(page);
    if (!page->frame.lock.locked) {
        apr_int64_t count = record(page, &choice);

        if (page_has_errors(page)) {
            connection_return(page);
            return establishment_print_get(page);
        }
        establishment_exam_touch(page->db, page->actor.establishment, page->exam_session->id);
        audit_print(page, &choice, count);
    }
    if ((error = connection_commit(page)) != DB_OK)
        return answer_db_failed(page);
    return to_document(page, &choice, page->frame.lock.locked);
}
