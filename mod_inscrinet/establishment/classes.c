/* SPDX-License-Identifier: Apache-2.0 */
#include "../answer.h"
#include "../file/classes.h"
#include "../routes.h"
#include "../school.h"
#include "domain/check.h"

int establishment_classes(page_t *page)
{
    establishment_exam_t *exam;
    establishment_t *school;
    model_t *model;
    int answer;

    if ((exam = school_exam(page, &answer)) == NULL)
        return answer;
    model = answer_model(page, message_text(MSG_TITLE_CLASSES));
    if (establishment_by_id(page->db, page->pool, page->actor.establishment, &school) != DB_OK ||
        school == NULL || classes_model(page, model, school, exam) != DB_OK)
        return answer_db_failed(page);
    return answer_render(page, "classes", model);
}
