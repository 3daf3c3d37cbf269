/* SPDX-License-Identifier: Apache-2.0 */
#include "prints.h"

#include <apr_strings.h>
#include <string.h>

#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "../form.h"
#include "domain/check.h"
#include "store/establishment.h"

/* ---------------------------------------------------------------- what is asked for */

printing_t prints_of(const page_t *page, int individuals)
{
    return (printing_t){.scope = page->actor.scope,
                        .exam = page->exam,
                        .exam_session = page->exam_session->id,
                        .individuals = individuals};
}

int prints_address(const page_t *page, const char *name, printing_t *printing)
{
    const char *specialty = page_query(page, "specialite"), *changed = page_query(page, "changees");

    printing->changed = changed != NULL;
    printing->printed = page_number(page, name);
    if (specialty != NULL && strcmp(specialty, PRINTS_ALL) != 0)
        printing->specialty = specialty;
    return (changed == NULL || strcmp(changed, "O") == 0) && printing->printed >= 0;
}

/* ---------------------------------------------------------------- what can be chosen */

static void model_option(model_list_t *options, const printing_figure_t *figure, const char *chosen)
{
    model_t *option = model_list_object(options);

    model_text(option, "value", figure->specialty);
    model_text(option, "label", figure->label);
    model_int(option, "valid", figure->valid);
    model_int(option, "changed", figure->changed);
    model_flag(option, "chosen", strcmp(figure->specialty, chosen) == 0);
}

void prints_model(page_t *page, model_t *model, const apr_array_header_t *figures)
{
    const char *chosen = form_value(page, "specialite");
    model_list_t *options = model_list(model, "specialties");
    printing_figure_t all = {PRINTS_ALL, message_text(MSG_ALL_SPECIALTIES), 0, 0};
    int i;

    for (i = 0; i < figures->nelts; i++) {
        const printing_figure_t *figure = &APR_ARRAY_IDX(figures, i, printing_figure_t);

        model_option(options, figure, chosen);
        all.valid += figure->valid;
        all.changed += figure->changed;
    }
    if (figures->nelts > 1)
        model_option(options, &all, chosen);
    model_flag(model, "any", figures->nelts > 0);
    model_text(model, "specialty_error", page_error_of(page, "specialite"));
    model_flag(model, "changed_only", strcmp(form_value(page, "changees"), "O") == 0);
}

/* ---------------------------------------------------------------- what was chosen */

static void read_choice(page_t *page, const apr_array_header_t *figures, prints_choice_t *choice)
{
    const char *specialty = form_value(page, "specialite"), *numbers = form_value(page, "numeros");
    int i;

    choice->changed = strcmp(form_value(page, "changees"), "O") == 0;
    choice->specialty = NULL;
    choice->numbers = NULL;
    if (numbers[0] != '\0') {
        if ((choice->numbers = prints_numbers(page->pool, numbers)) == NULL)
            page_error(page, "numeros", message_text(MSG_PRINT_NUMBERS));
        return;
    }
    if (strcmp(specialty, PRINTS_ALL) == 0 && figures->nelts > 0)
        return;
    for (i = 0; i < figures->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(figures, i, printing_figure_t).specialty, specialty) == 0)
            choice->specialty = specialty;
    if (choice->specialty == NULL)
        page_error(page, "specialite", message_text(MSG_PRINT_SPECIALTY));
}

/* ---------------------------------------------------------------- what is noted */

static void audit(page_t *page, const prints_choice_t *choice, apr_int64_t count)
{
    const char *what = choice->numbers != NULL     ? numbers_written(page->pool, choice->numbers)
                       : choice->specialty != NULL ? choice->specialty
                                                   : PRINTS_ALL;

    page_audit(
        page, "confirmation.print", DB_NULL,
        apr_psprintf(page->pool, "%s%s: %" APR_INT64_T_FMT, what, choice->changed ? ", changed" : "", count),
        NULL);
}

static apr_int64_t record_numbers(page_t *page, const printing_t *printing, const prints_choice_t *choice)
{
    apr_int64_t count = 0;
    int i, found;

    for (i = 0; i < choice->numbers->nelts; i++) {
        apr_int64_t number = APR_ARRAY_IDX(choice->numbers, i, apr_int64_t);

        if (printing_record_number(page->db, printing, number, choice->moment, &found) == DB_OK && !found) {
            page_error(page, "numeros",
                       message_format(page->pool, MSG_PRINT_NUMBER_UNKNOWN,
                                      apr_psprintf(page->pool, "%" APR_INT64_T_FMT, number), NULL));
            return 0;
        }
        count += found;
    }
    return count;
}

/* How many there are; 0 with an error of the page, or of the base. */
static apr_int64_t record(page_t *page, printing_t *printing, prints_choice_t *choice)
{
    apr_int64_t count = 0;

    printing->specialty = choice->specialty;
    printing->changed = choice->changed;
    if (printing_moment(page->db, printing, page->now, &choice->moment) != DB_OK)
        return 0;
    if (choice->numbers != NULL)
        count = record_numbers(page, printing, choice);
    else if (printing_record(page->db, printing, choice->moment, &count) == DB_OK && count == 0)
        page_error(page, "specialite", message_text(MSG_PRINT_NOTHING));
    if (count > 0)
        audit(page, choice, count);
    return count;
}

int prints_post(page_t *page, printing_t *printing, const apr_array_header_t *figures, page_function_t *again,
                prints_choice_t *choice, int *answer)
{
    read_choice(page, figures, choice);
    if (page_has_errors(page)) {
        *answer = again(page);
        return 0;
    }
    if (change_hold(page) != DB_OK) {
        *answer = answer_db_failed(page);
        return 0;
    }
    if (!page->frame.lock.locked && record(page, printing, choice) > 0 && !printing->individuals)
        establishment_exam_touch(page->db, page->actor.establishment, printing->exam_session);
    if (page_has_errors(page)) {
        connection_return(page);
        *answer = again(page);
        return 0;
    }
    if (connection_commit(page) == DB_OK)
        return 1;
    *answer = answer_db_failed(page);
    return 0;
}
