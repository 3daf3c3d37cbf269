/* SPDX-License-Identifier: Apache-2.0
 *
 * What the pages of the registration services share: the questionnaire as this school's candidates get it,
 * and whether registrations are taken now.
 */
#ifndef MOD_INSCRINET_REGISTRATION_H
#define MOD_INSCRINET_REGISTRATION_H

#include "../inscrinet.h"
#include "store/calendar.h"
#include "store/registration.h"

/** The questionnaire for this school and exam, choices included. DB_OK with *found NULL: exam not presented.
 */
db_error_t candidate_questionnaire(page_t *page, questionnaire_t **found, establishment_t **school);

/** Whether a registration may be made now: the window, and the school's own service. MSG_OK: yes.
 * *text: what to tell, with its dates. */
db_error_t candidate_may_register(page_t *page, const char **text, window_t *window);

/** The candidate that the address names (dossier=K), and all that decides what he may do. */
typedef struct candidate_t {
    apr_int64_t ordinal;
    draft_t *draft; /* NULL with done the number it became, or 0: unknown */
    apr_int64_t done;
    establishment_t *school; /* as candidate_get gives it */
    questionnaire_t *q;      /* NULL: the school doesn't present the exam */
    const char *closed;      /* why nothing can be registered now, or NULL */
    window_t window;
} candidate_t;

/** registering: all but the nomenclatures from the base itself, for the transaction that registers. */
db_error_t candidate_read(page_t *page, int registering, candidate_t *candidate);

/** Sit down: forget what the session referred to, and refer to this draft. Inside a transaction. */
db_error_t candidate_sit_down(page_t *page, apr_int64_t draft, apr_int64_t number, apr_int64_t *ordinal);

/** The window's end on every page of the wizard. */
void model_closing(page_t *page, model_t *model, const window_t *window);

/** Where the candidate is in the wizard, and where the step's form goes. */
void model_stepper(page_t *page, model_t *model, int step, apr_int64_t ordinal);

/** The choices of a select or of radio buttons in its model; value: the chosen one, or NULL. */
void model_choices(page_t *page, model_t *field, const question_t *asked, const apr_array_header_t *choices,
                   const char *value, int required);

/** The summary: all blocks, the certificate and the final button. */
int summary_page(page_t *page, const questionnaire_t *q, const draft_t *draft, apr_int64_t ordinal,
                 const window_t *window);

/** Make it a registration, once. Redirects to its page, or shows what is wrong. */
int summary_validate(page_t *page);

#endif
