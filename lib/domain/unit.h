/* SPDX-License-Identifier: Apache-2.0
 *
 * The units (épreuves) of a specialty, and the questions that each of them asks: its state, and what its
 * state asks further. The rows stand in one table as the questionnaire's do; for a specialty they are made
 * out, one for each unit that they concern, so that whoever goes through the questionnaire needn't know of
 * units.
 */
#ifndef INSCRINET_DOMAIN_UNIT_H
#define INSCRINET_DOMAIN_UNIT_H

#include <apr_tables.h>

typedef enum { UNIT_COMPULSORY, UNIT_OPTIONAL, UNIT_EUROPEAN, UNIT_ALTERNATIVE } unit_kind_t;
typedef enum {
    SUBJECT_PROFESSIONAL,
    SUBJECT_GENERAL,
    SUBJECT_LANGUAGE_1,
    SUBJECT_LANGUAGE_2,
    SUBJECT_LANGUAGE_OPTIONAL,
    SUBJECT_EPS,
    SUBJECT_MOBILITY
} unit_subject_t;

/** The questions that a unit asks. */
typedef enum {
    UNIT_STATE,
    UNIT_CHOICE, /* which of a group of alternatives: asked at the first of them, as the state is */
    UNIT_OPTED,  /* an optional unit is taken */
    UNIT_LANGUAGE,
    UNIT_ACTIVITY,
    UNIT_ACTIVITY_2,
    UNIT_MARK,
    UNIT_PROOF,
    UNIT_SESSION,
    UNIT_ACADEMY,
    UNIT_ORIGIN, /* another specialty that the mark comes from */
    UNIT_DIPLOMA,
    UNIT_QUESTIONS
} unit_question_t;

typedef struct unit_t {
    const char *code;        /* "U11" */
    const char *label;       /* « Mathématiques » */
    const char *coefficient; /* "1.5" as in the nomenclature, or NULL */
    unit_kind_t kind;
    const char *group; /* UNIT_ALTERNATIVE: "E3"; one unit of a group is chosen */
    unit_subject_t subject;
    const char *mode_ccf, *mode_other; /* "PONCTUEL ECRIT", or NULL */
    int first_session, last_session;   /* years of the sessions that it is examined in; 0: no bound */
    int verified;
    /* set by units_compose */
    int head;              /* of its group, or alone */
    int first_of_language; /* the first of its exam in this language: the one that is asked for it */
    const char *name[UNIT_QUESTIONS]; /* of its controls: "etat-U11" */
    unsigned hash[UNIT_QUESTIONS];
} unit_t;

enum {
    UNIT_QUESTIONS_MOST = 192
}; /* of a specialty: some thirty units with six each; answers have room for them */

struct question_t;
struct questionnaire_t;
struct answers_t;

/** A specialty's units, with their questions in the order of the pages: first those of STEP_UNITS. */
typedef struct units_t {
    const unit_t *unit;
    int count;
    struct question_t *question;
    int questions;
    int options; /* where those of STEP_OPTIONS begin */
} units_t;

/** Make out the questions of units (unit_t, in their order), all in pool. NULL where they would be more than
 * UNIT_QUESTIONS_MOST: whoever loads units refuses that. */
const units_t *units_compose(apr_pool_t *pool, const apr_array_header_t *units);

/** A specialty's units (unit_t) of a session, by its year, composed, and those of other sessions; NULL where
 * there are none. */
void units_of_session(apr_pool_t *pool, const apr_array_header_t *all, int year, const units_t **units,
                      const units_t **others);

/** Whether a unit of this code is among them; units may be NULL. */
int units_have(const units_t *units, const char *code);

/** How many questions a unit asks at most, whatever stands beside it. */
int unit_questions(const unit_t *unit);

/** kind and group of the nomenclature's column: "O", "F", "SE", "C:E3". */
void unit_kind_of(unit_t *unit, const char *kind);
/** "LV1", "GENERAL", NULL … */
unit_subject_t unit_subject_of(const char *subject);

/** The state of a unit in a candidate's registration, as it is kept ("I", "B"); NULL: it is none of his.
 * *asked: the unit that was asked for it, and for what it asks further: of alternatives the first one. */
const char *unit_state(const units_t *units, const struct answers_t *answers, const unit_t *unit,
                       const unit_t **asked);
/** Its language, as it is kept; NULL: none. Units of one language share the choice that was made at the first
 * of them. */
const char *unit_language(const units_t *units, const struct answers_t *answers, const unit_t *unit);
/** The answer to a question of a unit, or NULL. */
const char *unit_answer(const struct answers_t *answers, const unit_t *unit, unit_question_t question);

/** What a candidate has chosen for a unit, in the words of a document. */
typedef struct unit_line_t {
    const unit_t *unit;
    const char *coefficient; /* "1,5", or NULL */
    const char *mode;        /* « Ponctuel écrit », or NULL */
    const char *state;       /* « Inscrit », « Bénéfice : 12,50/20, session 2025 » … */
    const char *choice;      /* language, activities, or NULL */
} unit_line_t;

/** The units of a candidate (unit_line_t): those that he takes, keeps or is exempt from, and the compulsory
 * ones that he leaves out. Empty where none are loaded. */
apr_array_header_t *unit_lines(apr_pool_t *pool, const struct questionnaire_t *q,
                               const struct answers_t *answers);

/** What a candidate should know of a unit as he chooses: « facultatif ; coefficient 1,5, CCF, à confirmer »;
 * NULL: nothing is known. */
const char *unit_facts(apr_pool_t *pool, const struct questionnaire_t *q, const struct answers_t *answers,
                       const unit_t *unit);

/** The row of a unit's question before it is made out for a unit: its name is "etat"; NULL after the last. */
const struct question_t *unit_question_row(int question);

#endif
