/* SPDX-License-Identifier: Apache-2.0
 *
 * The questionnaire: what a candidate is asked, where he is, and what he has answered.
 *
 * Rules are pure: all that they may look at is in a questionnaire_t, made by the caller from the base, and in
 * the answers.
 */
#ifndef INSCRINET_DOMAIN_QUESTIONNAIRE_H
#define INSCRINET_DOMAIN_QUESTIONNAIRE_H

#include "check.h"
#include "exam_rules.h"
#include "offer.h"
#include "question.h"

enum { ANSWER_HINTS = 1024 }; /* enough that two names seldom meet */

typedef struct unit_answer_t {
    unsigned hash; /* of the name */
    const char *name, *value;
} unit_answer_t;

/** The answers: a kept value for each question, NULL where there is none; those about units by their names,
 * in any order. They are all of one specialty, which asks no more than there is room for. */
struct answers_t {
    const char *value[QUESTION_COUNT];
    unit_answer_t unit[UNIT_QUESTIONS_MOST];
    int units;
    unsigned char hint[ANSWER_HINTS]; /* by hash: a place in unit, counted from 1; 0: no such answer */
};

/** All that the rules may look at beside the answers. Arrays are choice_t; one that is NULL is empty. */
struct questionnaire_t {
    exam_t exam;
    service_t service;
    int session_year;                /* 2027: session of June 2027 */
    int european_managed;            /* the school answered OUI */
    int licensed_ccf;                /* the school may use CCF, where its offer says nothing else */
    int without_contract;            /* a private school hors contrat */
    const exam_rules_t *rules;       /* NULL: the default ones */
    const units_t *units;            /* of the specialty that was answered; NULL: none are loaded */
    const units_t *other_units;      /* of the specialty, in other sessions than this one; NULL: none */
    const char *forms;               /* the only form of passage of the specialty, "G" or "P"; NULL: both */
    const char *elsewhere;           /* who organises the specialty, if another academy does; or NULL */
    const char *home_department;     /* of the candidate's address, by its commune; NULL: not looked for */
    apr_array_header_t *families;    /* what a candidate can be here: "SCO" … */
    apr_array_header_t *offers;      /* what the school says of its specialties (offer_t) */
    apr_array_header_t *specialties; /* value is the 8-character code, label "25214 Maintenance…" */
    apr_array_header_t *countries;   /* "99100" …; all selects of countries */
    apr_array_header_t *nationalities;
    apr_array_header_t *departments;        /* "001" …, without 099 (abroad) */
    apr_array_header_t *academies;          /* "06" … */
    apr_array_header_t *languages;          /* that can be a compulsory language of this exam: "ANG" … */
    apr_array_header_t *optional_languages; /* that can be an optional one */
};

/** All that a candidate may be asked: the rows, then the questions of his specialty's units. */
int questionnaire_count(const questionnaire_t *q);
const question_t *questionnaire_at(const questionnaire_t *q, int i);
/** Those of one step, in the order of its page: the first one, and the next after another; NULL: no more. */
const question_t *questionnaire_first(const questionnaire_t *q, step_id_t step);
const question_t *questionnaire_next(const questionnaire_t *q, const question_t *after);
/** The question of a control's name among them, or NULL. */
const question_t *questionnaire_named(const questionnaire_t *q, const char *name);

/** The kept answer to a question; NULL: none. */
const char *answer_of(const answers_t *answers, const question_t *question);
/** The same of a unit's question, by its name and the name's hash. */
const char *answer_named(const answers_t *answers, unsigned hash, const char *name);
/** Keep an answer (NULL: none); value and the question's name must live as long as the answers. */
void answer_set(answers_t *answers, const question_t *question, const char *value);
/** Whether two answers are the same; NULL: none. */
int answer_same(const char *one, const char *other);
/** Change in `into` what was changed from before to after. Units are the specialty's: with another one,
 * nothing holds that was said of them. 0: there is no room for all answers, of units that were loaded anew
 * meanwhile. */
int answers_merge(answers_t *into, const answers_t *before, const answers_t *after);

/** Whether something is asked on a step of this candidate; the summary always is shown. */
int questionnaire_step_shown(const questionnaire_t *q, step_id_t step, const answers_t *answers);
/** The next step that is shown, and the one before (-1: none). */
step_id_t questionnaire_step_after(const questionnaire_t *q, step_id_t step, const answers_t *answers);
int questionnaire_step_before(const questionnaire_t *q, step_id_t step, const answers_t *answers);

/** Whether its control carries "required": a conditional one never does. */
int question_required(const question_t *question, const questionnaire_t *q);

/** Whether a question may be asked at all: by exam, service, and what the authority says. */
int question_stands(const question_t *question, const questionnaire_t *q);

/** Whether a question is asked of this candidate. */
int question_asked(const question_t *question, const questionnaire_t *q, const answers_t *answers);

/**
 * Whether a question's control stands on the page of its step: it is asked, or an answer on the same page
 * decides whether it is (a page without scripts shows it with « si … », and an empty value is accepted where
 * not asked).
 */
int question_shown(const question_t *question, const questionnaire_t *q, const answers_t *answers);

/** Whether CCF is licensed for this candidate: by his school's offer or by the school. */
int questionnaire_licensed(const questionnaire_t *q, const answers_t *answers);
/** Whether the candidate's units are marked by CCF. */
int marked_by_ccf(const questionnaire_t *q, const answers_t *answers);

/** The choices of a question for this candidate; an empty array if it has none. */
const apr_array_header_t *question_choices(apr_pool_t *pool, const question_t *question,
                                           const questionnaire_t *q, const answers_t *answers);

/** The value that a control shows when nothing was answered: the only one of its choices, the row's, or NULL.
 */
const char *question_preselected(const question_t *question, const apr_array_header_t *choices);

/** An answer in the words of the control that was answered (« Globale », « 07/07/2008 », « OUI »); "" for
 * none, « NON » for what isn't ticked. */
const char *question_display(apr_pool_t *pool, const question_t *question, const questionnaire_t *q,
                             const answers_t *answers);

/** A step's answers, for the summary, the confirmation, messages and files of candidates. */
typedef struct answered_t {
    const question_t *question;
    const char *label, *value; /* value "": not answered */
} answered_t;
typedef struct block_t {
    step_id_t step;
    const char *title;
    apr_array_header_t *fields; /* answered_t: all that is asked of this candidate */
} block_t;
/** The steps that are shown, less the summary (block_t). */
apr_array_header_t *questionnaire_blocks(apr_pool_t *pool, const questionnaire_t *q,
                                         const answers_t *answers);

/** A question whose answer was another one before. */
typedef struct changed_t {
    const question_t *question;
    const char *label, *before, *after; /* "": not answered */
} changed_t;
/** changed_t's, in the order of the questionnaire. */
apr_array_header_t *questionnaire_changes(apr_pool_t *pool, const questionnaire_t *q, const answers_t *before,
                                          const answers_t *after);

/** What the candidate should know or verify, and that stops nobody: prerequisites, doubtful values (const
 * char *). */
apr_array_header_t *questionnaire_warnings(apr_pool_t *pool, const questionnaire_t *q,
                                           const answers_t *answers);
/** What stops the registration where the authority has said so: prerequisites; NULL: nothing. */
const char *questionnaire_refusal(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers);

/** The papers to hand in with the confirmation, by category and answers (const char *). */
apr_array_header_t *questionnaire_documents(apr_pool_t *pool, const questionnaire_t *q,
                                            const answers_t *answers);

/** Whether a question that is asked takes a value that was typed, which isn't empty: *kept. */
int question_takes(apr_pool_t *pool, const question_t *question, const questionnaire_t *q,
                   const answers_t *answers, const char *value, const char **kept);

typedef struct question_error_t {
    const question_t *question;
    const char *text; /* what is wrong and what to do */
} question_error_t;

/**
 * Check one step. typed holds what was typed for this step's questions (NULL: not sent), kept receives the
 * answers: this step's are replaced by what is right and by NULL for what is wrong, empty or not asked; its
 * other steps' values are read, and dropped where this step's answers no longer ask for them. Returns
 * question_error_t's in the order of the page; empty if all is well.
 */
apr_array_header_t *questionnaire_check(apr_pool_t *pool, const questionnaire_t *q, step_id_t step,
                                        const answers_t *typed, answers_t *kept);

/** Of what is wrong only ANSWER_ROOM characters are kept, and shown again: the others of what was typed go.
 * Whether an answer is one that was longer: it is none that any question takes. */
void questionnaire_cut(apr_pool_t *pool, const apr_array_header_t *errors, answers_t *typed);
int question_was_cut(const char *answer);

/** Drop the answers to questions that these answers, or the school's, no longer ask (another category, no
 * section). */
void questionnaire_forget_unasked(const questionnaire_t *q, answers_t *answers);

/**
 * The first step whose kept answers are not all right, STEP_SUMMARY if none: no step can be skipped. Answers
 * to what is no longer asked hold nobody up: questionnaire_forget_unasked drops them.
 */
step_id_t questionnaire_first_open(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers);

/** All that is not right of kept answers, by what is asked today (question_error_t), in the order of the
 * steps. */
apr_array_header_t *questionnaire_faults(apr_pool_t *pool, const questionnaire_t *q,
                                         const answers_t *answers);

/** The same, for who asks for a step: that step, or the first one before it whose answers are not all right.
 */
step_id_t questionnaire_open_up_to(apr_pool_t *pool, const questionnaire_t *q, step_id_t wanted,
                                   const answers_t *answers);

/** Typed form of a kept value, for the control (a date as JJ/MM/AAAA, a phone grouped). A value kept as it
 * was typed stays as it is. NULL: NULL. */
const char *question_typed(apr_pool_t *pool, const question_t *question, const char *kept);

/** Answers as a JSON object by question names, and back. Names of no question and of no unit's are ignored;
 * NULL if it isn't JSON, or more than any answers are. */
const char *answers_to_json(apr_pool_t *pool, const answers_t *answers);
answers_t *answers_from_json(apr_pool_t *pool, const char *json);

/** « NOM - PRÉNOM1 PRÉNOM2 »: capitals with accents, as lists show it. */
const char *answers_listed_name(apr_pool_t *pool, const answers_t *answers);

/** The department of his address as its postal code begins, "021", "02A", "974"; "" abroad, and where it
 * isn't known (yet). That of its commune may be another: commune_home (lib/store/commune.h). */
const char *answers_department(apr_pool_t *pool, const answers_t *answers);

#endif
