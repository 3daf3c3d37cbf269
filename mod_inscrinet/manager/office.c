/* SPDX-License-Identifier: Apache-2.0
 *
 * How the exam office comes into the wizard: to correct a registration, after the closing too, which may then
 * go to another school; and to enter one that came on paper.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../field.h"
#include "../file/application.h"
#include "../form.h"
#include "../manager.h"
#include "../registration/begin.h"
#include "../routes.h"
#include "domain/check.h"
#include "store/calendar.h"
#include "store/establishment.h"
#include "decision.h"
#include "text/text.h"

enum { PROOF_MOST = 120 };

/* ---------------------------------------------------------------- what was typed */

static const char *read_proof(page_t *page)
{
    return form_line(page, "justificatif", PROOF_MOST, MSG_CORRECTION_PROOF_MISSING,
                     MSG_CORRECTION_PROOF_LONG);
}

/* *school NULL: none was typed, or it is none that may be meant, and the page has its error. */
static db_error_t find_school(page_t *page, const char *code, establishment_t **school)
{
    establishment_exam_t *exam;

    *school = NULL;
    if (connection_borrow(page) == NULL)
        return page->failure;
    if (establishment_by_code(page->db, page->pool, code, school) != DB_OK)
        return db_error(page->db);
    if (*school == NULL || !manager_sees_department(page, (*school)->department)) {
        page_error(page, "etablissement", message_text(MSG_CORRECTION_SCHOOL_UNKNOWN));
        return DB_OK;
    }
    if (establishment_exam_get(page->db, page->pool, (*school)->id, page->exam_session->id, &exam) != DB_OK)
        return db_error(page->db);
    if (exam == NULL)
        page_error(page, "etablissement",
                   message_format(page->pool, MSG_CORRECTION_SCHOOL_NO_EXAM, (*school)->name, NULL));
    return DB_OK;
}

static db_error_t read_school(page_t *page, establishment_t **school)
{
    const char *typed = text_trim(page->pool, form_value(page, "etablissement")), *code;
    message_t problem;

    *school = NULL;
    if (typed[0] == '\0')
        return DB_OK;
    if ((problem = check_uai(page->pool, typed, &code)) == MSG_OK)
        return find_school(page, code, school);
    page_error(page, "etablissement", message_text(problem));
    return DB_OK;
}

static apr_int64_t id_of(const establishment_t *school)
{
    return school != NULL ? school->id : DB_NULL;
}

/* ---------------------------------------------------------------- « Corriger cette inscription » */

int manager_correction_get(page_t *page)
{
    application_t file;
    model_list_t *fields;
    model_t *model;
    int answer;

    if (!application_open(page, &file, &answer))
        return answer;
    model = answer_model(page, message_text(MSG_TITLE_CORRECTION));
    manager_model_parent(model, message_text(MSG_TITLE_CANDIDATE),
                         apr_psprintf(page->pool, "candidats/%s/%" APR_INT64_T_FMT, page->exam_path,
                                      file.registration->number));
    model_text(model, "candidate", file.registration->listed_name);
    model_text(model, "number",
               registration_display(page->pool, file.registration->number, file.registration->revision));
    fields = field_list(model);
    field_text(page, fields, "motif", "Motif", message_text(MSG_HINT_STATE_REASON), "text", 1, NULL);
    field_text(page, fields, "justificatif", "Justificatif vu", message_text(MSG_HINT_CORRECTION_PROOF),
               "text", 1, NULL);
    field_line(page, fields, "etablissement", "Établissement", message_text(MSG_HINT_CORRECTION_SCHOOL), 0,
               file.school != NULL ? file.school->code : "");
    return answer_render(page, "manager_office", model);
}

int manager_correction_post(page_t *page)
{
    establishment_t *school;
    application_t file;
    office_t office = {.received = NULL};
    int answer;

    if (!application_named(page, &file, &answer))
        return answer;
    if (form_action(page, "retour"))
        return application_back(page, file.registration);
    if (file.registration->cancelled)
        return answer_refuse(page, message_text(MSG_CORRECTION_CANCELLED));
    office.reason = decision_reason(page);
    office.proof = read_proof(page);
    if (read_school(page, &school) != DB_OK)
        return answer_db_failed(page);
    if (page_has_errors(page))
        return answer_again(page);
    connection_return(page);
    return begin_by_staff(page, file.registration, id_of(school), &office);
}

/* ---------------------------------------------------------------- « Saisir un dossier papier » */

int manager_entry_get(page_t *page)
{
    model_t *model = answer_model(page, message_text(MSG_TITLE_ENTRY));
    model_list_t *fields;

    manager_model_parent_list(page, model);
    model_flag(model, "entering", 1);
    fields = field_list(model);
    field_text(page, fields, "reception", "Date de réception", message_text(MSG_HINT_ENTRY_RECEIVED), "text",
               1, NULL);
    field_text(page, fields, "etablissement", "Établissement", message_text(MSG_HINT_ENTRY_SCHOOL), "text", 0,
               NULL);
    return answer_render(page, "manager_office", model);
}

/* ISO, or NULL with the page's error. */
static const char *read_received(page_t *page)
{
    const char *typed = form_value(page, "reception"), *day = NULL;
    message_t problem;

    if (text_trim(page->pool, typed)[0] == '\0') {
        page_error(page, "reception", message_text(MSG_RECEIVED_MISSING));
        return NULL;
    }
    if ((problem = check_date(page->pool, typed, &day)) != MSG_OK) {
        page_error(page, "reception", message_text(problem));
        return NULL;
    }
    if (strcmp(day, local_date(page->pool, page->frame.zone, page->now)) > 0)
        page_error(page, "reception",
                   message_format(page->pool, MSG_RECEIVED_FUTURE, date_display(page->pool, day), NULL));
    return day;
}

/* The register is that in which the candidate would have registered himself. */
static db_error_t check_window(page_t *page, const establishment_t *school, const char *received)
{
    service_t service = school != NULL ? SERVICE_SCHOOL_REGISTRATION : SERVICE_PUBLIC_REGISTRATION;
    apr_array_header_t *windows;

    if (connection_borrow(page) == NULL || window_list(page->db, page->pool, &windows) != DB_OK)
        return connection_failure(page);
    if (window_on_day(page->frame.zone, windows, page->exam_session->id, service, received) == NULL)
        page_error(
            page, "reception",
            message_format(page->pool, MSG_RECEIVED_OUTSIDE, date_display(page->pool, received), NULL));
    return DB_OK;
}

int manager_entry_post(page_t *page)
{
    office_t office = {.reason = NULL};
    establishment_t *school;

    if (form_action(page, "retour"))
        return answer_redirect_exam(page, "%s", "");
    office.received = read_received(page);
    if (read_school(page, &school) != DB_OK ||
        (!page_has_errors(page) && check_window(page, school, office.received) != DB_OK))
        return answer_db_failed(page);
    if (page_has_errors(page))
        return answer_again(page);
    connection_return(page);
    return begin_by_staff(page, NULL, id_of(school), &office);
}
