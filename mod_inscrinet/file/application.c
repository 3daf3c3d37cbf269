/* SPDX-License-Identifier: Apache-2.0 */
#include "application.h"

#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../frame.h"
#include "../registration/candidate.h"
#include "../school.h"
#include "domain/check.h"

/* ---------------------------------------------------------------- which one */

static int is_by_manager(const page_t *page)
{
    return page->actor.role == ROLE_MANAGER && !page->actor.viewing;
}

/* 0: none. */
static apr_int64_t number_of(const page_t *page)
{
    const char *typed;

    if (is_by_manager(page))
        return page->number;
    typed = page_query(page, "numero");
    return typed != NULL ? registration_number(typed) : 0;
}

int application_named(page_t *page, application_t *file, int *answer)
{
    apr_int64_t number = number_of(page);
    registration_t *found = NULL;

    *file = (application_t){.registration = NULL};
    if (!is_by_manager(page) && (file->exam = school_exam(page, answer)) == NULL)
        return 0;
    if (connection_borrow(page) == NULL ||
        (number != 0 &&
         registration_get(page->db, page->pool, &page->actor.scope, page->exam, number, &found) != DB_OK))
        *answer = answer_db_failed(page);
    else if (found == NULL || found->answers == NULL)
        *answer = answer_not_found(page);
    else if (found->exam_session != page->exam_session->id)
        *answer = frame_redirect_to_session(page, found->exam_session);
    else {
        file->registration = found;
        return 1;
    }
    return 0;
}

db_error_t application_questionnaire(page_t *page, const application_t *file, const char *specialty,
                                     questionnaire_t **made)
{
    return file->school != NULL ? school_questionnaire(page, file->school, file->exam, specialty, made)
                                : candidate_public_questionnaire(page, specialty, made);
}

static db_error_t read_school(page_t *page, application_t *file)
{
    apr_int64_t id = file->registration->establishment;

    if (id == DB_NULL)
        return DB_OK;
    if (establishment_by_id(page->db, page->pool, id, &file->school) != DB_OK ||
        (file->exam == NULL &&
         establishment_exam_get(page->db, page->pool, id, page->exam_session->id, &file->exam) != DB_OK))
        return db_error(page->db);
    return DB_OK;
}

int application_open(page_t *page, application_t *file, int *answer)
{
    if (!application_named(page, file, answer))
        return 0;
    if (read_school(page, file) == DB_OK &&
        application_questionnaire(page, file, file->registration->specialty, &file->q) == DB_OK)
        return 1;
    *answer = answer_db_failed(page);
    return 0;
}

const char *application_link(const page_t *page, apr_int64_t number)
{
    return apr_psprintf(
        page->pool, is_by_manager(page) ? "%" APR_INT64_T_FMT : "candidat?numero=%" APR_INT64_T_FMT, number);
}

int application_back(page_t *page, const registration_t *of)
{
    return answer_redirect_exam(page, "%s", application_link(page, of->number));
}
