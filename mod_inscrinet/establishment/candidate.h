/* SPDX-License-Identifier: Apache-2.0
 *
 * What the pages about one candidate share.
 */
#ifndef MOD_INSCRINET_CANDIDATE_H
#define MOD_INSCRINET_CANDIDATE_H

#include "../inscrinet.h"

typedef struct candidate_file_t {
    registration_t *registration;
    establishment_t *school;
    establishment_exam_t *exam;
    questionnaire_t *q; /* of the present specialty */
} candidate_file_t;

/** The school's registration that the address names, and the school's row of the exam. 0 with *answer given:
 * there is none (404), or no base. */
int candidate_named(page_t *page, candidate_file_t *file, int *answer);

/** What has become of it, in the model: "history", the last first. */
db_error_t candidate_model_history(page_t *page, model_t *model, const candidate_file_t *file);

/** Who looks like him, and whether a homonym may register beside him: "look_alikes", "homonym_allowed". */
db_error_t candidate_model_homonyms(page_t *page, model_t *model, const candidate_file_t *file);
/** Let a homonym register beside him, or no more; back to the file. */
int candidate_allow_homonym(page_t *page, const registration_t *of, int allowed);

/** 303 to the file of a candidate. */
int candidate_back_to_file(page_t *page, const registration_t *of);

#endif
