/* SPDX-License-Identifier: Apache-2.0 */
#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../file/classes.h"
#include "../manager.h"
#include "../routes.h"
#include "domain/check.h"
#include "school.h"

int manager_classes(page_t *page)
{
    establishment_exam_t *exam;
    establishment_t *school;
    model_t *model;
    int answer;

    page->code = page_query(page, "etablissement");
    if (page->code == NULL)
        return answer_not_found(page);
    if ((school = manager_school_named(page, &answer)) == NULL)
        return answer;
    if (establishment_exam_get(page->db, page->pool, school->id, page->exam_session->id, &exam) != DB_OK)
        return answer_db_failed(page);
    if (exam == NULL)
        return answer_not_found(page);
    model = answer_model(page, message_text(MSG_TITLE_CLASSES));
    if (classes_model(page, model, school, exam) != DB_OK)
        return answer_db_failed(page);
    model_text(model, "school", school->name);
    model_text(
        model, "files",
        page_link(page, SERVICE_MANAGER, apr_pstrcat(page->pool, "candidats/", page->exam_path, "/", NULL)));
    model_text(model, "back", page_exam_link(page, ""));
    return answer_render(page, "classes", model);
}
