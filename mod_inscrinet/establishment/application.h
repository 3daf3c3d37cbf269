/* SPDX-License-Identifier: Apache-2.0
 *
 * « Dossier de candidature »: what the pages about one candidate share.
 */
#ifndef MOD_INSCRINET_APPLICATION_H
#define MOD_INSCRINET_APPLICATION_H

#include "../page.h"
#include "domain/questionnaire.h"
#include "store/establishment.h"
#include "store/registration.h"

typedef struct application_t {
    registration_t *registration;
    establishment_t *school;
    establishment_exam_t *exam;
    questionnaire_t *q; /* of the present specialty */
} application_t;

/** The school's registration that the address names, and the school's row of the exam. 0 with *answer given:
 * there is none (404), or no base. */
int application_named(page_t *page, application_t *file, int *answer);

/** 303 to the file of a candidate. */
int application_back(page_t *page, const registration_t *of);

#endif
