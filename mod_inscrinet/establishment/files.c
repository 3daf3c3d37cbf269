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
#include "../routes.h"
#include "../school.h"
#include "../session.h"
#include "store/registration.h"

int establishment_files_get(page_t *page)
{
    apr_array_header_t *files;
    model_list_t *rows;
    model_t *model;
    int answer, i, due = 0;

    if (school_exam(page, &answer) == NULL)
        return answer;
    if (standing_of_school(page->db, page->pool, &page->actor.scope, page->exam, page->exam_session->id,
                           &files) != DB_OK)
        return answer_db_failed(page);
    model = answer_model(page, message_text(MSG_TITLE_SCHOOL_FILES));
    rows = model_list(model, "rows");
    for (i = 0; i < files->nelts; i++) {
        const standing_file_t *file = &APR_ARRAY_IDX(files, i, standing_file_t);
        model_t *row = model_list_object(rows);
        standing_rung_t rung = standing_rung(file->standing, page->now);

        standing_model_row(page, row, file);
        due += rung == RUNG_SCHOOL || rung == RUNG_OFFICE;
    }
    model_int(model, "count", files->nelts);
    model_flag(model, "any", files->nelts > 0);
    model_flag(model, "several", files->nelts > 1);
    model_int(model, "due", due);
    model_flag(model, "any_due", due > 0);
    model_flag(model, "several_due", due > 1);
    if (!standing_model_change(page, model, &answer))
        return answer;
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
    return standing_acts_acknowledge(page, "dossiers");
}
