/* SPDX-License-Identifier: Apache-2.0
 *
 * A question: a row of the table of everything a candidate is asked.
 *
 * From its rows come the wizard's steps and controls, the checks, the summary, the blocks of the confirmation
 * and the columns of lists. A new question is a row. Rows say for which exams, services and families of
 * candidates they are asked; what depends on another answer is the row's `asked` function.
 */
#ifndef INSCRINET_DOMAIN_QUESTION_H
#define INSCRINET_DOMAIN_QUESTION_H

#include <apr_tables.h>

#include "message.h"
#include "unit.h"

/** One row for each: a question's ordinal is its place in the table. */
typedef enum question_id_t {
    Q_CATEGORY,
    Q_SPECIALTY,
    Q_CLASS,
    Q_LAST_SCHOOL,
    Q_CENTRE,
    Q_CIVILITY,
    Q_BIRTH_NAME,
    Q_USUAL_NAME,
    Q_FORENAME_1,
    Q_FORENAME_2,
    Q_FORENAME_3,
    Q_BIRTH_DATE,
    Q_BIRTH_COUNTRY,
    Q_BIRTH_DEPARTMENT,
    Q_BIRTH_TOWN,
    Q_NATIONALITY,
    Q_INE,
    Q_INE_UNKNOWN,
    Q_ADDRESS_EXTRA,
    Q_ADDRESS_STREET,
    Q_ADDRESS_PLACE,
    Q_POSTAL_CODE,
    Q_TOWN,
    Q_COUNTRY,
    Q_MOBILE,
    Q_PHONE,
    Q_EMAIL,
    Q_SAT_BEFORE,
    Q_SAT_NUMBER,
    Q_SAT_SESSION,
    Q_SAT_ACADEMY,
    Q_ADJUSTMENT,
    Q_INTERMEDIATE,
    Q_NATIONAL_SERVICE,
    Q_ATHLETE,
    Q_OCCUPATION,
    Q_DIPLOMA,
    Q_DIPLOMA_TITLE,
    Q_EXPERIENCE,
    Q_EMPLOYER,
    Q_TRAINING_HOURS,
    Q_TRAINING_BODY,
    Q_CONTRACT_BEGINS,
    Q_CONTRACT_ENDS,
    Q_CONTRACT_EMPLOYER,
    Q_PLACEMENT_WEEKS,
    Q_POSITIONING,
    Q_PARENTS,
    Q_GUARDIAN,
    Q_FORM,
    Q_EUROPEAN,
    Q_KEEP,
    Q_EUROPEAN_LANGUAGE,
    Q_EUROPEAN_SUBJECT,
    Q_EUROPEAN_SUBSTITUTE,
    QUESTION_COUNT
} question_id_t;

typedef enum {
    KIND_TEXT,
    KIND_DATE,
    KIND_PHONE,
    KIND_EMAIL,
    KIND_SELECT,
    KIND_RADIO,
    KIND_CHECKBOX /* kept as "O" when ticked */
} question_kind_t;

typedef enum {
    STEP_CANDIDATURE, /* catégorie, spécialité, classe */
    STEP_IDENTITY,
    STEP_BIRTH,
    STEP_CONTACT,
    STEP_SITUATION,
    STEP_EXAMINATION, /* forme de passage, section européenne */
    STEP_UNITS,       /* the state of each unit */
    STEP_OPTIONS,     /* what these states ask further: languages, activities, marks, diplomas */
    STEP_SUMMARY,
    STEP_COUNT
} step_id_t;

typedef struct step_t {
    const char *path;  /* "identite": as in the address */
    const char *title; /* "Identité": h1, and heading of its block in the summary and the confirmation */
} step_t;

typedef struct choice_t {
    const char *value;
    const char *label; /* in the words of the control, of the summary and of documents */
    const char *group; /* optgroup, or NULL */
} choice_t;

typedef struct questionnaire_t questionnaire_t;
typedef struct answers_t answers_t;

/** An answer on the question's own page decides whether it is asked: its hint says when, its control stands
 * there in any case. Where it is asked it must be answered, or may be left empty. */
typedef enum { UNCONDITIONAL, CONDITIONAL, CONDITIONAL_OPTIONAL } conditional_t;

/** Whether an authority can take the question away, or must ask for it. */
typedef enum { ALWAYS, BY_DEFAULT, BY_PARAMETER } presence_t;

typedef struct question_t question_t;
struct question_t {
    const char *name;  /* of the control and of the kept answer: "nom_naissance" */
    const char *label; /* « Nom de naissance »: contract, domain 2 */
    const char
        *hint; /* stands outside the label; where the founding list of data doesn't name it: what for */
    step_id_t step;
    question_kind_t kind;
    unsigned exams;       /* bits */
    unsigned services;    /* bits */
    int required;         /* must be answered wherever it is asked: its control says so */
    unsigned required_in; /* services (bits) where it must be answered, when it may be left empty elsewhere */
    conditional_t conditional;
    presence_t presence;
    int numeric;              /* figures are typed */
    int max;                  /* characters, 0 where the check tells */
    const char *autocomplete; /* HTML's token, or NULL; never used on shared computers */
    const char *preselected;  /* value shown when nothing was answered, or NULL */
    /* asked for these answers? NULL: always where exams and services say so */
    int (*asked)(const question_t *self, const questionnaire_t *q, const answers_t *answers);
    /* the choices of a select or radio; NULL for others */
    const apr_array_header_t *(*choices)(apr_pool_t *pool, const question_t *self, const questionnaire_t *q,
                                         const answers_t *answers);
    /* from typed to kept; only called for what isn't empty */
    message_t (*check)(apr_pool_t *pool, const question_t *self, const questionnaire_t *q,
                       const answers_t *answers, const char *typed, const char **kept);
    message_t missing; /* what to say when it must be answered and is empty, or isn't one of its choices */
    message_t unasked; /* what to say when it is answered and not asked; MSG_OK: the answer is dropped */
    /* of a unit's questions */
    const unit_t *unit; /* NULL: of the candidate himself */
    unit_question_t of_unit;
    const char *title; /* « Note (U11) », or NULL: its label */
    unsigned hash;     /* of its name */
};

/** Characters: what is kept of a wrong answer, three times what the longest right one has. */
enum { ANSWER_ROOM = 400 };

/** The rows, in the order of the steps; id is below QUESTION_COUNT. */
const question_t *question(question_id_t id);
/** The first row of a step; QUESTION_COUNT: it has none. */
question_id_t question_first(step_id_t step);

/** A row's place in the table; QUESTION_COUNT for a unit's question. */
question_id_t question_ordinal(const question_t *question);
/** The question of a control's name, or NULL. */
const question_t *question_of_name(const char *name);

const step_t *step_info(step_id_t step);
/** The step of an address's part, or -1. */
int step_of_path(const char *path, apr_size_t length);

#endif
