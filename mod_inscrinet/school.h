/* SPDX-License-Identifier: Apache-2.0
 *
 * What the pages of a school's two services share.
 */
#ifndef MOD_INSCRINET_SCHOOL_H
#define MOD_INSCRINET_SCHOOL_H

#include "domain/questionnaire.h"
#include "lists/request.h"
#include "page.h"
#include "store/establishment.h"

/** The sessions of exams that the school presents (exam_session_t), in their order. */
db_error_t school_sessions(page_t *page, apr_array_header_t **presented);
/** Those of any school. */
db_error_t school_sessions_of(page_t *page, apr_int64_t establishment, apr_array_header_t **presented);
/** The service's home: these sessions, or straight to the only one. */
int school_home_of(page_t *page, const apr_array_header_t *sessions);
/** The school's row of the page's session; NULL with *answer given when there is none (404) or no base. */
establishment_exam_t *school_exam(page_t *page, int *answer);

/** Whose lists those of a school's exam are. */
list_source_t school_source(const page_t *page, const establishment_exam_t *exam);
/** The lists of the school's candidates in the page's exam; 0 with *answer given as above. */
int school_lists(page_t *page, list_source_t *source, int *answer);

/** The questionnaire that a school's candidates of a specialty answer; q->specialties are what it offers. */
db_error_t school_questionnaire(page_t *page, const establishment_t *school, const establishment_exam_t *exam,
                                const char *specialty, questionnaire_t **made);

/** Who was here before: the school's first access and this account's last login; 0 without the base. */
int school_model_account(page_t *page, model_t *model);

/** Whether the registration service's own password was chosen: its default opens nothing. */
int school_registration_password_chosen(page_t *page);

/** 303 to the exam's menu. */
int school_back_to_menu(page_t *page);

#endif
