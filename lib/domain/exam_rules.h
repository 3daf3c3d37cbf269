/* SPDX-License-Identifier: Apache-2.0
 *
 * What an authority decides for an exam: the parameters that rules of the questionnaire look at. Everything
 * has a default that follows from the regulations; a parameter changes it.
 */
#ifndef INSCRINET_DOMAIN_EXAM_RULES_H
#define INSCRINET_DOMAIN_EXAM_RULES_H

#include <apr_tables.h>

#include "exam.h"

typedef enum { PREREQUISITES_OFF, PREREQUISITES_WARN, PREREQUISITES_BLOCK } prerequisites_t;

typedef struct exam_rules_t {
    apr_uint64_t asked, left_out; /* bits of question_id_t: « questions » asks more, or fewer */
    int age_least;                /* of individuals for CAP and BEP, on 31 December; 0: no rule */
    prerequisites_t prerequisites;
    int optional_most;  /* épreuves facultatives */
    int kept_years;     /* a kept mark is at most so old */
    int kept_mark;      /* and at least so good, in hundredths */
    int lower_marks;    /* marks below may be carried over in the forme progressive */
    int activity_count; /* of the EPS ponctuelle */
    int grace_minutes;  /* for a final validation of a registration begun before the end */
    int print_adjustment;
    int school_modifies; /* a school may modify what its candidates have registered */
    const apr_array_header_t *activities, *centres; /* choice_t */
    const char *languages;                          /* "|ANG|ALL|", or NULL: as the exam has them */
    const char *departments;                        /* "|021|058|" that the authority covers, or NULL */
    const char *welcome, *contact, *return_by, *return_to, *engagement, *privacy,
        *division; /* texts, or NULL */
} exam_rules_t;

/** The rules where no parameter says otherwise, in pool. */
exam_rules_t *exam_rules_default(apr_pool_t *pool, exam_t exam);

/** "Danse|Demi-fond" into choices (choice_t) that are their own values. */
const apr_array_header_t *exam_rules_words(apr_pool_t *pool, const char *list);

/** Apply a parameter. 0: the name or its value is none of ours, nothing has changed. value must live as long.
 */
int exam_rules_set(apr_pool_t *pool, exam_rules_t *rules, const char *name, const char *value);

#endif
