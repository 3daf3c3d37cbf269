/* SPDX-License-Identifier: Apache-2.0
 *
 * Whoever registers: the questionnaire as this candidate gets it, and whether registrations are taken now. He
 * either registers from a school, whose account the session is of, or alone, in a session of nobody's; or the
 * school itself modifies his registration, or the exam office, which also enters papers.
 */
#ifndef MOD_INSCRINET_REGISTRATION_CANDIDATE_H
#define MOD_INSCRINET_REGISTRATION_CANDIDATE_H

#include "../page.h"
#include "domain/questionnaire.h"
#include "store/calendar.h"
#include "store/dossier.h"
#include "store/establishment.h"
#include "store/registration.h"

/** Whether this is the service in which individuals register. */
int candidate_is_public(const page_t *page);
/** Whether it is not the candidate: the school itself modifies a registration, or the exam office. */
int candidate_is_by_staff(const page_t *page);
/** Whether it is the exam office, to which windows are open that are over. */
int candidate_is_by_office(const page_t *page);
/** The school that he registers from, or DB_NULL. */
apr_int64_t candidate_establishment(const page_t *page);

/** « Où en est mon inscription ? » of the page's exam, in the public service: for pupils, too. */
const char *candidate_follow_link(page_t *page);

/** A school's exam must be one that it presents; individuals may look at all of them. 0 with *answer
 * otherwise. */
int candidate_exam_is_there(page_t *page, int *answer);

/** The questionnaire of a registration's candidate, and his school (NULL: none). DB_OK with *found NULL: the
 * school doesn't present the exam any more. */
db_error_t candidate_questionnaire(page_t *page, const answers_t *answers, questionnaire_t **found,
                                   establishment_t **school);

/** The questionnaire that individuals answer for a specialty (NULL: none yet). */
db_error_t candidate_public_questionnaire(page_t *page, const char *specialty, questionnaire_t **made);

/** Whether a registration may be made now: the window, and the school's own service. *text NULL: yes; else
 * what to tell, with its dates. */
db_error_t candidate_may_register(page_t *page, const char **text, window_t *window);

/** The candidate that the address names (dossier=K), and all that decides what he may do. */
typedef struct candidate_t {
    apr_int64_t ordinal;
    draft_t *draft; /* NULL with done the number it became, or 0: unknown */
    apr_int64_t done;
    apr_int64_t elsewhere;   /* the session of an exam that the draft is of, if not the address's; else 0 */
    int gone;                /* the session had a draft that is there no more */
    int pending;             /* he has to prove himself first */
    const char *step;        /* where he was, or NULL */
    establishment_t *school; /* as dossier_get gives it; NULL: an individual */
    questionnaire_t *q;      /* NULL: the school doesn't present the exam */
    const char *closed;      /* why nothing can be registered now, or NULL */
    window_t window;
} candidate_t;

/** registering: all but the nomenclatures from the base itself, for the transaction that registers. */
db_error_t candidate_read(page_t *page, int registering, candidate_t *candidate);

/** The window's end on every page of the wizard. */
void candidate_model_closing(page_t *page, model_t *model, const window_t *window);
/** What a window's state is in words; NULL: open. */
const char *candidate_window_text(page_t *page, const window_t *window);

#endif
