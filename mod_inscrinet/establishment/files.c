/* SPDX-License-Identifier: Apache-2.0
 *
 * « Dossiers incomplets »: the school's candidates to whom the office has something to say (a piece is
 * missing, the file is set aside), whom of them it is to speak to now, and the note that it has.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../file/standing.h"
#include "../file/standing_acts.h"
#include "../form.h"
#include "../lists/ticks.h"
#include "../routes.h"
#include "../school.h"
#include "../session.h"
#include "store/registration.h"

static const char path[] = "dossiers";

/* What is ticked, as its rows were shown; none where it is too much. */
static const apr_array_header_t *ticked_rows(page_t *page)
{
    const apr_array_header_t *seen = standing_seen_ticked(page);

    return seen != NULL ? seen : apr_array_make(page->pool, 1, sizeof(tick_t));
}

/* Those of kept or posted ticks that are still to be ticked; NULL: the base has failed. */
static apr_hash_t *model_ticks(page_t *page, model_t *model, const apr_array_header_t *files)
{
    apr_array_header_t *rows = apr_array_make(page->pool, files->nelts + 1, sizeof(ticks_row_t));
    int i;

    for (i = 0; i < files->nelts; i++) {
        const standing_file_t *file = &APR_ARRAY_IDX(files, i, standing_file_t);

        APR_ARRAY_PUSH(rows, ticks_row_t) = (ticks_row_t){file->of.number, standing_row(file), file->name};
    }
    return ticks_model_rows(page, model, rows, path, ticked_rows(page));
}

static void model_rows_of(page_t *page, model_t *model, const apr_array_header_t *files, apr_hash_t *ticked)
{
    model_list_t *rows = model_list(model, "rows");
    int i, due = 0;

    for (i = 0; i < files->nelts; i++) {
        const standing_file_t *file = &APR_ARRAY_IDX(files, i, standing_file_t);
        model_t *row = model_list_object(rows);
        standing_rung_t rung = standing_rung(file->standing, page->now);

        standing_model_row(page, row, file);
        model_flag(row, "ticked", apr_hash_get(ticked, &file->of.number, sizeof file->of.number) != NULL);
        due += rung == RUNG_SCHOOL || rung == RUNG_OFFICE;
    }
    model_int(model, "count", files->nelts);
    model_flag(model, "any", files->nelts > 0);
    model_flag(model, "several", files->nelts > 1);
    model_int(model, "due", due);
    model_flag(model, "any_due", due > 0);
    model_flag(model, "several_due", due > 1);
}

int establishment_files_get(page_t *page)
{
    apr_array_header_t *files;
    apr_hash_t *ticked;
    model_t *model;
    int answer;

    if (!ticks_request(page, &answer) || school_exam(page, &answer) == NULL)
        return answer;
    if (standing_of_school(page->db, page->pool, &page->actor.scope, page->exam, page->exam_session->id,
                           &files) != DB_OK)
        return answer_db_failed(page);
    model = answer_model(page, message_text(MSG_TITLE_SCHOOL_FILES));
    if (!standing_model_change(page, model, &answer))
        return answer;
    if ((ticked = model_ticks(page, model, files)) == NULL)
        return answer_db_failed(page);
    model_rows_of(page, model, files, ticked);
    session_forget_notice(page);
    return answer_render(page, "files", model);
}

int establishment_files_post(page_t *page)
{
    int answer;

    if (form_action(page, "retour"))
        return school_back_to_menu(page);
    if (school_exam(page, &answer) == NULL)
        return answer;
    return standing_acts_acknowledge(page, path);
}

int establishment_files_keep(page_t *page)
{
    const search_t none = {.ordinal = 0};

    return form_action(page, "retour") ? ROUTE_KEPT
                                       : ticks_keep_posted(page, ticked_rows(page), path, "", &none);
}
