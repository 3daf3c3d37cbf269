/* SPDX-License-Identifier: Apache-2.0
 *
 * « Impression de confirmations »: a specialty is chosen, « Imprimer » notes that its confirmations are
 * printed and leads to the document. What changed since the last printing, all specialties, or single
 * candidates by their numbers are choices of the same page.
 */
#include "printing.h"

#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../form.h"
#include "../routes.h"
#include "../school.h"

/* ---------------------------------------------------------------- the page */

db_error_t print_figures(page_t *page, apr_array_header_t **figures)
{
    const printing_t printing = prints_of(page, 0);

    return connection_borrow(page) == NULL ? connection_failure(page)
                                           : printing_figures(page->db, page->pool, &printing, figures);
}

int establishment_print_get(page_t *page)
{
    apr_array_header_t *figures;
    model_t *model;
    int answer;

    if (school_exam(page, &answer) == NULL)
        return answer;
    if (print_figures(page, &figures) != DB_OK)
        return answer_db_failed(page);
    model = answer_model(page, message_text(MSG_TITLE_PRINT));
    prints_model(page, model, figures);
    model_text(model, "numbers_error", page_error_of(page, "numeros"));
    model_text(model, "numbers", form_value(page, "numeros"));
    return answer_render(page, "print", model);
}

/* ---------------------------------------------------------------- « Imprimer » */

/* While the base is locked nothing is noted: what has changed is then told by the candidates themselves. */
static int to_document(page_t *page, const prints_choice_t *choice, int locked)
{
    if (choice->numbers != NULL)
        return answer_redirect_exam(page, "confirmations.pdf?numero=%s",
                                    numbers_written(page->pool, choice->numbers));
    return answer_redirect_exam(
        page, "confirmations.pdf?specialite=%s%s", choice->specialty != NULL ? choice->specialty : PRINTS_ALL,
        !choice->changed ? ""
        : locked         ? "&changees=O"
                         : apr_psprintf(page->pool, "&impression=%" APR_INT64_T_FMT, choice->moment));
}

int establishment_print_post(page_t *page)
{
    apr_array_header_t *figures;
    printing_t printing = prints_of(page, 0);
    prints_choice_t choice;
    int answer;

    if (form_action(page, "retour"))
        return answer_redirect_exam(page, "%s", "");
    if (school_exam(page, &answer) == NULL)
        return answer;
    if (print_figures(page, &figures) != DB_OK)
        return answer_db_failed(page);
    return prints_post(page, &printing, figures, establishment_print_get, &choice, &answer)
               ? to_document(page, &choice, page->frame.lock.locked)
               : answer;
}
