/* SPDX-License-Identifier: Apache-2.0
 *
 * What the pages of the registration services share: the questionnaire as this candidate gets it, and whether
 * registrations are taken now. A candidate either registers from a school, whose account the session is of,
 * or alone, in a session of nobody's.
 */
#ifndef MOD_INSCRINET_REGISTRATION_H
#define MOD_INSCRINET_REGISTRATION_H

#include "../inscrinet.h"
#include "store/calendar.h"
#include "store/candidate.h"
#include "store/registration.h"

/** Whether this is the service in which individuals register. */
int is_public(const page_t *page);
/** Whether it is the school itself that modifies one of its candidates' registrations. */
int is_by_school(const page_t *page);
/** The school that the session is of, or DB_NULL. */
apr_int64_t candidate_establishment(const page_t *page);

/** A school's exam must be one that it presents; individuals may look at all of them. 0 with *answer
 * otherwise. */
int exam_is_there(page_t *page, int *answer);

/** The questionnaire of a registration's candidate, and his school (NULL: none). DB_OK with *found NULL: the
 * school doesn't present the exam any more. */
db_error_t candidate_questionnaire(page_t *page, const answers_t *answers, questionnaire_t **found,
                                   establishment_t **school);

/** Whether a registration may be made now: the window, and the school's own service. *text NULL: yes; else
 * what to tell, with its dates. */
db_error_t candidate_may_register(page_t *page, const char **text, window_t *window);

/** The candidate that the address names (dossier=K), and all that decides what he may do. */
typedef struct candidate_t {
    apr_int64_t ordinal;
    draft_t *draft; /* NULL with done the number it became, or 0: unknown */
    apr_int64_t done;
    int gone;                /* the session had a draft that is there no more */
    int pending;             /* he has to prove himself first */
    const char *step;        /* where he was, or NULL */
    establishment_t *school; /* as candidate_get gives it; NULL: an individual */
    questionnaire_t *q;      /* NULL: the school doesn't present the exam */
    const char *closed;      /* why nothing can be registered now, or NULL */
    window_t window;
} candidate_t;

/** registering: all but the nomenclatures from the base itself, for the transaction that registers. */
db_error_t candidate_read(page_t *page, int registering, candidate_t *candidate);

/** Sit down: refer to this draft or number; in a school, where the next pupil sits at the same machine,
 * forget what the session referred to. An individual gets a session if he has none. Inside a transaction. */
db_error_t candidate_sit_down(page_t *page, apr_int64_t draft, apr_int64_t number, apr_int64_t *ordinal);

/** A look at a way in: where the next pupil sits at the same machine, what was made or proven there is out of
 * reach; with drafts what was begun there as well. */
db_error_t candidate_put_away(page_t *page, int drafts);

/** What the session knows under the ordinal of the address (dossier=K); 0: nothing. */
int session_item_named(page_t *page, session_item_t *item);

/** The window's end on every page of the wizard. */
void model_closing(page_t *page, model_t *model, const window_t *window);
/** What an individual should know before he begins: conditions of the exam. */
void model_conditions(page_t *page, model_t *model, const exam_rules_t *rules);
/** What a window's state is in words; NULL: open. */
const char *window_text(page_t *page, const window_t *window);

/** Where the candidate is in the wizard, where the step's form goes, what he modifies. */
void model_stepper(page_t *page, model_t *model, const questionnaire_t *q, const draft_t *draft, int step,
                   apr_int64_t ordinal);

/** The choices of a select or of radio buttons in its model; value: the chosen one, or NULL. */
void model_choices(page_t *page, model_row_t *field, const question_t *asked,
                   const apr_array_header_t *choices, const char *value, int required);

/** A step, shown; typed NULL: what is kept. errors: question_error_t, or NULL. */
int step_page(page_t *page, const questionnaire_t *q, const draft_t *draft, apr_int64_t ordinal,
              const answers_t *typed, const apr_array_header_t *errors, const window_t *window);

/** The summary: all blocks, the certificate and the final button. */
int summary_page(page_t *page, const questionnaire_t *q, const draft_t *draft, apr_int64_t ordinal,
                 const window_t *window);

/** Make it a registration, or a new revision of one, once. Redirects to its page, or shows what is wrong. */
int summary_validate(page_t *page);

/** What a proof needs was left empty, which is no try: 1 with the error next to its control. */
int proof_is_missing(page_t *page, const char *id, message_t message);
/** One message whatever was wrong; the failure counts. Shows the page again. */
int proof_failed(page_t *page, const unsigned char key[DIGEST_BYTES], const char *id, message_t message);

/** What the address of a step has when « Modifier » of the summary led there: its buttons lead back to it. */
#define FROM_SUMMARY "&depuis=recapitulatif"
int is_from_summary(const page_t *page);

/** 303 to a step of a draft of this session. */
int go_to_step(page_t *page, step_id_t step, apr_int64_t ordinal);
/** 303 to « Inscription enregistrée ». */
int go_to_done(page_t *page, apr_int64_t number);

#endif
