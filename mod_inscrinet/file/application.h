/* SPDX-License-Identifier: Apache-2.0
 *
 * « Dossier de candidature »: what the pages about one candidate share, a school's (candidat?numero=11) and a
 * manager's (candidats/bcp/11).
 */
#ifndef MOD_INSCRINET_FILE_APPLICATION_H
#define MOD_INSCRINET_FILE_APPLICATION_H

#include "../page.h"
#include "domain/questionnaire.h"
#include "store/establishment.h"
#include "store/registration.h"

typedef struct application_t {
    registration_t *registration;
    establishment_t *school;    /* NULL: an individual's */
    establishment_exam_t *exam; /* its row of the exam, or NULL */
    questionnaire_t *q;         /* of the present specialty */
} application_t;

/** The registration that the address names, of the actor's scope. 0 with *answer given: there is none (404),
 * or no base. */
int application_named(page_t *page, application_t *file, int *answer);
/** The same, with its school and the questionnaire of its specialty. */
int application_open(page_t *page, application_t *file, int *answer);

/** The questionnaire that candidates of its school answer for a specialty, or individuals. */
db_error_t application_questionnaire(page_t *page, const application_t *file, const char *specialty,
                                     questionnaire_t **made);

/** The address of a candidate's file, below the exam's. */
const char *application_link(const page_t *page, apr_int64_t number);
/** 303 to it. */
int application_back(page_t *page, const registration_t *of);

#endif
