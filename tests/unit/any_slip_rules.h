/* SPDX-License-Identifier: Apache-2.0
 *
 * Whom a slip concerns, and those answers that are only wrong beside another one.
 */
#ifndef INSCRINET_TESTS_ANY_SLIP_RULES_H
#define INSCRINET_TESTS_ANY_SLIP_RULES_H

#include "any_candidate.h"

#include "text/text.h"

typedef enum {
    SLIP_MISSING,  /* empty where it must be answered */
    SLIP_UNLISTED, /* none of its choices */
    SLIP_SHAPE,
    SLIP_LONG,
    SLIP_UNASKED, /* answered where it isn't asked */
    SLIP_ACROSS   /* right by itself, wrong beside another answer */
} slip_kind_t;

typedef struct slip_t {
    slip_kind_t kind;
    int unit, of; /* unit_question_t of a unit, or question_id_t */
    const char *value;
    message_t message;
    int at; /* of the same unit, or of the candidate: where the error stands; 0: at the wrong answer itself */
    int (*when)(const candidate_t *candidate, const question_t *asked);
    const char *(*drawn)(const candidate_t *candidate, const question_t *asked); /* NULL: not this one */
} slip_t;

#define WHEN(name) static inline int name(const candidate_t *candidate, const question_t *asked)
#define DRAWN(name) static inline const char *name(const candidate_t *candidate, const question_t *asked)
#define ANSWER(id) (candidate->kept.value[id])
#define OF_ITS_UNIT(id) (unit_answer(&candidate->kept, asked->unit, id))

/* ---------------------------------------------------------------- whom */

#define WHEN_CANDIDATE(name, condition)                                                                      \
    WHEN(name)                                                                                               \
    {                                                                                                        \
        (void)asked;                                                                                         \
        return condition;                                                                                    \
    }
#define WHEN_UNIT(name, condition)                                                                           \
    WHEN(name)                                                                                               \
    {                                                                                                        \
        (void)candidate;                                                                                     \
        return condition;                                                                                    \
    }

WHEN_CANDIDATE(is_born_in_france, is_answer(ANSWER(Q_BIRTH_COUNTRY), FRANCE))
WHEN_CANDIDATE(has_an_ine, ANSWER(Q_INE) != NULL)
WHEN_CANDIDATE(lives_in_france, is_answer(ANSWER(Q_COUNTRY), FRANCE))
WHEN_CANDIDATE(lives_abroad, !is_answer(ANSWER(Q_COUNTRY), FRANCE))
WHEN_CANDIDATE(is_of_the_public, candidate->q.service == SERVICE_PUBLIC_REGISTRATION)
WHEN_CANDIDATE(is_pupil_or_apprentice, family_is(&candidate->kept, "|SCO|APP|"))
WHEN_CANDIDATE(keeps_nothing, is_answer(ANSWER(Q_KEEP), "N"))
WHEN_CANDIDATE(passes_at_once, is_answer(ANSWER(Q_FORM), "G"))
WHEN_CANDIDATE(has_no_vae, !is_answer(ANSWER(Q_CATEGORY), "VAE"))
WHEN_UNIT(is_professional, asked->unit->subject == SUBJECT_PROFESSIONAL)
WHEN_UNIT(is_no_eps, asked->unit->subject != SUBJECT_EPS)
WHEN_UNIT(is_compulsory, asked->unit->kind == UNIT_COMPULSORY)

/* Pupils, apprentices and those who were ones, at a distance too. */
WHEN(must_present_eps)
{
    return is_no_eps(candidate, asked) || family_is(&candidate->kept, "|SCO|APP|EADS|EADA|XSCO|XAPP|XFPC|");
}

WHEN(was_kept_lately)
{
    const char *session = OF_ITS_UNIT(UNIT_SESSION);

    return atoi(session) >= SESSION - rules_of(pool, &candidate->q)->kept_years;
}

/* ---------------------------------------------------------------- answers */

DRAWN(the_birth_name)
{
    (void)asked;
    return below(2) ? ANSWER(Q_BIRTH_NAME) : text_upper(pool, ANSWER(Q_BIRTH_NAME));
}

DRAWN(a_year_too_young)
{
    int least = rules_of(pool, &candidate->q)->age_least;

    (void)asked;
    return must_be_of_age(&candidate->q, &candidate->kept) ? any_date(SESSION - least + 1) : NULL;
}

DRAWN(algeria_after_france)
{
    return is_born_in_france(candidate, asked) ? "99352" : NULL;
}

DRAWN(a_tick_beside_an_ine)
{
    return has_an_ine(candidate, asked) ? "O" : NULL;
}

DRAWN(france_after_abroad)
{
    return lives_abroad(candidate, asked) ? FRANCE : NULL;
}

static inline const char *never_with_only(const candidate_t *candidate, question_id_t id)
{
    int given =
        (ANSWER(Q_SAT_NUMBER) != NULL) + (ANSWER(Q_SAT_SESSION) != NULL) + (ANSWER(Q_SAT_ACADEMY) != NULL);

    return given == 1 && ANSWER(id) != NULL ? "N" : NULL;
}

DRAWN(never_with_a_number_only)
{
    (void)asked;
    return never_with_only(candidate, Q_SAT_NUMBER);
}

DRAWN(never_with_a_session_only)
{
    (void)asked;
    return never_with_only(candidate, Q_SAT_SESSION);
}

DRAWN(never_with_an_academy_only)
{
    (void)asked;
    return never_with_only(candidate, Q_SAT_ACADEMY);
}

DRAWN(the_day_before_it_begins)
{
    const char *begins = ANSWER(Q_CONTRACT_BEGINS);

    (void)asked;
    return strcmp(begins + 8, "01") > 0
               ? apr_psprintf(pool, "%02d/%.2s/%.4s", atoi(begins + 8) - 1, begins + 5, begins)
               : NULL;
}

DRAWN(long_after_it_ends)
{
    (void)candidate;
    (void)asked;
    return any_date(SESSION + 2);
}

/* The first unit is the only one that is presented, and could be something else. */
DRAWN(the_only_one_left_out)
{
    const units_t *units = candidate->q.units;
    const apr_array_header_t *states = question_choices(pool, asked, &candidate->q, &candidate->kept);
    int i, presented = 0;

    for (i = 0; i < units->count; i++)
        presented += is_answer(unit_answer(&candidate->kept, &units->unit[i], UNIT_STATE), STATE_PRESENTED);
    if (presented != 1 || asked->unit != &units->unit[0] || states->nelts < 2 ||
        !is_answer(OF_ITS_UNIT(UNIT_STATE), STATE_PRESENTED))
        return NULL;
    return APR_ARRAY_IDX(states, 1 + below(states->nelts - 1), choice_t).value;
}

/* As many as can be are taken, and none after this one. */
DRAWN(one_more_than_most)
{
    const questionnaire_t *q = &candidate->q;
    int i;

    if (taken_units(q, &candidate->kept) < rules_of(pool, q)->optional_most)
        return NULL;
    for (i = (int)(asked->unit - q->units->unit); i < q->units->count; i++)
        if (unit_answer(&candidate->kept, &q->units->unit[i], UNIT_OPTED) != NULL)
            return NULL;
    return "O";
}

DRAWN(the_language_of_a_unit_before)
{
    const units_t *units = candidate->q.units;
    const char *language;
    int i;

    for (i = (int)(asked->unit - units->unit) - 1; i >= 0; i--)
        if ((language = unit_answer(&candidate->kept, &units->unit[i], UNIT_LANGUAGE)) != NULL)
            return language;
    return NULL;
}

DRAWN(another_language_than_the_section)
{
    if (asked->unit->subject != SUBJECT_LANGUAGE_1 || ANSWER(Q_EUROPEAN_LANGUAGE) == NULL)
        return NULL;
    return another_choice(&candidate->q, &candidate->kept, asked, UNIT_LANGUAGE);
}

DRAWN(the_first_activity)
{
    return OF_ITS_UNIT(UNIT_ACTIVITY);
}

DRAWN(a_mark_too_low)
{
    const exam_rules_t *decided = rules_of(pool, &candidate->q);
    int low = decided->kept_mark - 1;

    (void)asked;
    if (decided->lower_marks && is_answer(ANSWER(Q_FORM), "P"))
        return NULL;
    return apr_psprintf(pool, "%d,%02d", low / 100, low % 100);
}

DRAWN(marks_of_an_old_session)
{
    return was_kept_lately(candidate, asked) ? NULL : "R";
}

DRAWN(a_session_too_old)
{
    int oldest = SESSION - rules_of(pool, &candidate->q)->kept_years;

    return is_answer(OF_ITS_UNIT(UNIT_PROOF), "R") ? apr_psprintf(pool, "%d", oldest - 1) : NULL;
}

#endif
