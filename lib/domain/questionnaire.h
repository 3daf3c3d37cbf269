/* SPDX-License-Identifier: Apache-2.0
 *
 * The questionnaire: the one table of everything a candidate is asked.
 *
 * From its rows come the wizard's steps and controls, the checks, the summary, the blocks of the confirmation
 * and the columns of lists. A new question is a row. Rows say for which exams, services and families of
 * candidates they are asked; what depends on another answer is the row's `asked` function. Rules are pure:
 * all that they may look at is in a questionnaire_t, made by the caller from the base, and in the answers.
 */
#ifndef INSCRINET_DOMAIN_QUESTIONNAIRE_H
#define INSCRINET_DOMAIN_QUESTIONNAIRE_H

#include <apr_tables.h>

#include "check.h"
#include "exam_rules.h"
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

enum {
    UNIT_ANSWERS_MOST = 192, /* some thirty units with six each */
    ANSWER_HINTS = 1024      /* enough that two names seldom meet */
};

typedef struct unit_answer_t {
    unsigned hash; /* of the name */
    const char *name, *value;
} unit_answer_t;

/** The answers: a kept value for each question, NULL where there is none; those about units by their names,
 * in any order. */
typedef struct answers_t {
    const char *value[QUESTION_COUNT];
    unit_answer_t unit[UNIT_ANSWERS_MOST];
    int units;
    unsigned char hint[ANSWER_HINTS]; /* by hash: a place in unit, counted from 1; 0: no such answer */
} answers_t;

/** All that the rules may look at beside the answers. Arrays are choice_t; one that is NULL is empty. */
typedef struct questionnaire_t {
    exam_t exam;
    service_t service;
    int session_year;                /* 2027: session of June 2027 */
    int european_managed;            /* the school answered OUI */
    int licensed_ccf;                /* the school may use CCF */
    int without_contract;            /* a private school hors contrat */
    const exam_rules_t *rules;       /* NULL: the default ones */
    const units_t *units;            /* of the specialty that was answered; NULL: none are loaded */
    apr_array_header_t *families;    /* what a candidate can be here: "SCO" … */
    apr_array_header_t *specialties; /* value is the 8-character code, label "25214 Maintenance…" */
    apr_array_header_t *countries;   /* "99100" …; all selects of countries */
    apr_array_header_t *nationalities;
    apr_array_header_t *departments;        /* "001" …, without 099 (abroad) */
    apr_array_header_t *academies;          /* "06" … */
    apr_array_header_t *languages;          /* that can be a compulsory language of this exam: "ANG" … */
    apr_array_header_t *optional_languages; /* that can be an optional one */
} questionnaire_t;

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

/** The rows, in the order of the steps; id is below QUESTION_COUNT. */
const question_t *question(question_id_t id);
/** The first row of a step; QUESTION_COUNT: it has none. */
question_id_t question_first(step_id_t step);

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
unsigned answer_hash(const char *name);
/** Change in `into` what was changed from before to after. */
void answers_merge(answers_t *into, const answers_t *before, const answers_t *after);
/** A row's place in the table; QUESTION_COUNT for a unit's question. */
question_id_t question_ordinal(const question_t *question);
/** The question of a control's name, or NULL. */
const question_t *question_of_name(const char *name);

const step_t *step_info(step_id_t step);
/** The step of an address's part, or -1. */
int step_of_path(const char *path, apr_size_t length);

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

/** The choices of a question for this candidate; an empty array if it has none. */
const apr_array_header_t *question_choices(apr_pool_t *pool, const question_t *question,
                                           const questionnaire_t *q, const answers_t *answers);

/** The value that a control shows when nothing was answered: the only one of its choices, the row's, or NULL.
 */
const char *question_preselected(const question_t *question, const apr_array_header_t *choices);

/** What a question is called where its page isn't around it: « Note (U11) ». It lives as long as the
 * question. */
const char *question_title(const question_t *question);

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

/** Drop the answers to questions that these answers, or the school's, no longer ask (another category, no
 * section). */
void questionnaire_forget_unasked(const questionnaire_t *q, answers_t *answers);

/**
 * The first step whose kept answers are not all right, STEP_SUMMARY if none: no step can be skipped. Answers
 * to what is no longer asked hold nobody up: questionnaire_forget_unasked drops them.
 */
step_id_t questionnaire_first_open(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers);

/** The same, for who asks for a step: that step, or the first one before it whose answers are not all right.
 */
step_id_t questionnaire_open_up_to(apr_pool_t *pool, const questionnaire_t *q, step_id_t wanted,
                                   const answers_t *answers);

/** Typed form of a kept value, for the control (a date as JJ/MM/AAAA, a phone grouped). A value kept as it
 * was typed stays as it is. NULL: NULL. */
const char *question_typed(apr_pool_t *pool, const question_t *question, const char *kept);

/** Answers as a JSON object by question names, and back. Names of no question and of no unit's are ignored;
 * NULL if it isn't JSON. */
const char *answers_to_json(apr_pool_t *pool, const answers_t *answers);
answers_t *answers_from_json(apr_pool_t *pool, const char *json);

/** « NOM - PRÉNOM1 PRÉNOM2 »: capitals with accents, as lists show it. */
const char *answers_listed_name(apr_pool_t *pool, const answers_t *answers);

#endif
