/* SPDX-License-Identifier: Apache-2.0
 *
 * The rows of the units' questions, and how they are made out for a specialty. The rules that they name are
 * in unit_rules.c.
 */
#include "unit.h"

#include <apr_strings.h>
#include <string.h>

#include "questionnaire.h"
#include "../text/text.h"
#include "unit_name.h"
#include "unit_rules.h"

#define OPTIONAL "facultatif"

enum { TITLE_MOST = 60 };

/* clang-format off */
static const question_t rows[UNIT_QUESTIONS] = {
    [UNIT_STATE] = {
        .name = UNIT_NAME_STATE, .label = "État de l'inscription", .step = STEP_UNITS, .kind = KIND_SELECT, .required = 1,
        .preselected = STATE_PRESENTED, .choices = unit_states, .missing = MSG_UNIT_STATE_MISSING},
    [UNIT_CHOICE] = {
        .name = UNIT_NAME_CHOICE, .label = "Épreuve au choix", .step = STEP_UNITS, .kind = KIND_RADIO, .required = 1,
        .choices = unit_alternatives, .missing = MSG_UNIT_CHOICE_MISSING},
    [UNIT_OPTED] = {
        .name = UNIT_NAME_OPTED, .label = "Épreuve facultative", .step = STEP_UNITS, .kind = KIND_CHECKBOX,
        .hint = OPTIONAL,
        .check = unit_opted_tick},
    [UNIT_LANGUAGE] = {
        .name = UNIT_NAME_LANGUAGE, .label = "Langue", .step = STEP_OPTIONS, .kind = KIND_SELECT, .required = 1,
        .asked = unit_language_asked, .choices = unit_languages, .missing = MSG_LANGUAGE_MISSING},
    [UNIT_ACTIVITY] = {
        .name = UNIT_NAME_ACTIVITY, .label = "Activité d'EPS", .step = STEP_OPTIONS, .kind = KIND_SELECT, .required = 1,
        .hint = "Ce choix est définitif", .asked = unit_activity_asked, .choices = unit_activities,
        .missing = MSG_ACTIVITY_MISSING},
    [UNIT_ACTIVITY_2] = {
        .name = UNIT_NAME_ACTIVITY_2, .label = "Seconde activité d'EPS", .step = STEP_OPTIONS, .kind = KIND_SELECT,
        .required = 1, .hint = "Ce choix est définitif", .asked = unit_second_activity_asked,
        .choices = unit_activities, .missing = MSG_ACTIVITY_MISSING},
    [UNIT_MARK] = {
        .name = UNIT_NAME_MARK, .label = "Note", .step = STEP_OPTIONS, .kind = KIND_TEXT, .required = 1,
        .hint = "Sur 20, par exemple 12,50", .numeric = 1, .asked = unit_kept, .check = unit_mark,
        .missing = MSG_MARK_SHAPE},
    [UNIT_PROOF] = {
        .name = UNIT_NAME_PROOF, .label = "Justificatif", .step = STEP_OPTIONS, .kind = KIND_SELECT, .required = 1,
        .asked = unit_kept, .choices = unit_proofs, .missing = MSG_PROOF_MISSING},
    [UNIT_SESSION] = {
        .name = UNIT_NAME_SESSION, .label = "Session d'obtention", .step = STEP_OPTIONS, .kind = KIND_TEXT, .required = 1,
        .hint = "Année, par exemple 2025", .numeric = 1, .asked = unit_kept, .check = unit_session,
        .missing = MSG_YEAR_SHAPE},
    [UNIT_ACADEMY] = {
        .name = UNIT_NAME_ACADEMY, .label = "Académie d'obtention", .step = STEP_OPTIONS, .kind = KIND_SELECT,
        .hint = OPTIONAL, .asked = unit_kept, .choices = unit_academies, .missing = MSG_CHOICE_MISSING},
    [UNIT_ORIGIN] = {
        .name = UNIT_NAME_ORIGIN, .label = "Spécialité d'origine", .step = STEP_OPTIONS, .kind = KIND_TEXT,
        .hint = OPTIONAL " ; si la note vient d’une autre spécialité du même diplôme", .asked = unit_kept,
        .max = TITLE_MOST, .check = unit_line},
    [UNIT_DIPLOMA] = {
        .name = UNIT_NAME_EXEMPTION, .label = "Diplôme qui ouvre droit à la dispense", .step = STEP_OPTIONS,
        .kind = KIND_TEXT, .required = 1, .hint = "Intitulé et année, par exemple Baccalauréat général 2024",
        .asked = unit_exempt, .max = TITLE_MOST, .check = unit_line, .missing = MSG_DIPLOMA_MISSING},
};
/* clang-format on */

static int is_language(const unit_t *unit)
{
    return unit->subject == SUBJECT_LANGUAGE_1 || unit->subject == SUBJECT_LANGUAGE_2 ||
           unit->subject == SUBJECT_LANGUAGE_OPTIONAL;
}

/* Whether a unit can be asked that question at all, whatever the answers. */
static int concerns(const unit_t *unit, unit_question_t question)
{
    switch (question) {
    case UNIT_STATE:
    case UNIT_MARK:
    case UNIT_PROOF:
    case UNIT_SESSION:
    case UNIT_ACADEMY:
    case UNIT_ORIGIN:
        return unit->head && (unit->kind == UNIT_COMPULSORY || unit->kind == UNIT_ALTERNATIVE);
    case UNIT_CHOICE:
        return unit->head && unit->kind == UNIT_ALTERNATIVE;
    case UNIT_OPTED:
        return unit->kind == UNIT_OPTIONAL;
    case UNIT_LANGUAGE:
        return is_language(unit) && unit->first_of_language;
    case UNIT_ACTIVITY:
    case UNIT_ACTIVITY_2:
        return unit->subject == SUBJECT_EPS && unit->kind == UNIT_COMPULSORY;
    case UNIT_DIPLOMA:
        return concerns(unit, UNIT_STATE) &&
               (unit->subject == SUBJECT_GENERAL || is_language(unit) || unit->subject == SUBJECT_EPS);
    default:
        return 0;
    }
}

int unit_questions(const unit_t *unit)
{
    unit_t alone = *unit;
    int i, count = 0;

    alone.head = alone.first_of_language = 1;
    for (i = 0; i < UNIT_QUESTIONS; i++)
        count += concerns(&alone, (unit_question_t)i);
    return count;
}

/* The label of a state is the unit's own: a page of units is a list of them. */
static const char *label_of(apr_pool_t *pool, const unit_t *unit, unit_question_t question)
{
    if (question == UNIT_OPTED || (question == UNIT_STATE && unit->kind == UNIT_COMPULSORY))
        return apr_pstrcat(pool, unit->code, " ", unit->label, NULL);
    if (question == UNIT_STATE)
        return apr_pstrcat(pool, unit->group, " Épreuve choisie", NULL);
    return question == UNIT_CHOICE ? apr_pstrcat(pool, unit->group, " ", rows[question].label, NULL)
                                   : rows[question].label;
}

static void find_heads(unit_t *units, int count)
{
    int i, j;

    for (i = 0; i < count; i++) {
        units[i].head = units[i].first_of_language = 1;
        for (j = 0; j < i; j++) {
            if (units[i].group != NULL && units[j].group != NULL &&
                strcmp(units[i].group, units[j].group) == 0)
                units[i].head = 0;
            if (units[i].subject == units[j].subject && units[i].subject != SUBJECT_LANGUAGE_OPTIONAL)
                units[i].first_of_language = 0;
        }
    }
}

static void name_questions(apr_pool_t *pool, unit_t *unit)
{
    int i;

    for (i = 0; i < UNIT_QUESTIONS; i++) {
        unit->name[i] = apr_pstrcat(pool, rows[i].name, "-", unit->code, NULL);
        unit->hash[i] = text_hash(unit->name[i]);
    }
}

static question_t make_out(apr_pool_t *pool, const unit_t *unit, unit_question_t of)
{
    question_t question = rows[of];

    question.name = unit->name[of];
    question.hash = unit->hash[of];
    question.label = label_of(pool, unit, of);
    if (question.step == STEP_OPTIONS)
        question.title = apr_pstrcat(pool, question.label, " (", unit->code, ")", NULL);
    question.exams = EXAM_ALL;
    question.services = SERVICE_BIT(SERVICE_SCHOOL_REGISTRATION) | SERVICE_BIT(SERVICE_PUBLIC_REGISTRATION);
    question.unit = unit;
    question.of_unit = of;
    return question;
}

static void add_questions(apr_pool_t *pool, units_t *units, step_id_t step)
{
    int i, j;

    for (i = 0; i < units->count; i++)
        for (j = 0; j < UNIT_QUESTIONS; j++)
            if (rows[j].step == step && concerns(&units->unit[i], (unit_question_t)j))
                units->question[units->questions++] = make_out(pool, &units->unit[i], (unit_question_t)j);
}

const units_t *units_compose(apr_pool_t *pool, const apr_array_header_t *given)
{
    units_t *made = apr_pcalloc(pool, sizeof *made);
    unit_t *units = apr_pmemdup(pool, given->elts, (apr_size_t)given->nelts * sizeof *units);
    int i;

    made->unit = units;
    made->count = given->nelts;
    made->question =
        apr_palloc(pool, (apr_size_t)(given->nelts * UNIT_QUESTIONS + 1) * sizeof *made->question);
    find_heads(units, given->nelts);
    for (i = 0; i < given->nelts; i++)
        name_questions(pool, &units[i]);
    add_questions(pool, made, STEP_UNITS);
    made->options = made->questions;
    add_questions(pool, made, STEP_OPTIONS);
    return made->questions <= UNIT_QUESTIONS_MOST ? made : NULL;
}

static const units_t *composed(apr_pool_t *pool, const apr_array_header_t *units)
{
    return units->nelts > 0 ? units_compose(pool, units) : NULL;
}

void units_of_session(apr_pool_t *pool, const apr_array_header_t *all, int year, const units_t **units,
                      const units_t **others)
{
    apr_array_header_t *within = apr_array_make(pool, all->nelts, sizeof(unit_t));
    apr_array_header_t *without = apr_array_make(pool, 1, sizeof(unit_t));
    int i;

    for (i = 0; i < all->nelts; i++) {
        const unit_t *unit = &APR_ARRAY_IDX(all, i, unit_t);

        APR_ARRAY_PUSH(session_within(year, unit->first_session, unit->last_session) ? within : without,
                       unit_t) = *unit;
    }
    *units = composed(pool, within);
    *others = composed(pool, without);
}

int units_have(const units_t *units, const char *code)
{
    int i;

    for (i = 0; units != NULL && i < units->count; i++)
        if (strcmp(units->unit[i].code, code) == 0)
            return 1;
    return 0;
}

void unit_kind_of(unit_t *unit, const char *kind)
{
    unit->group = NULL;
    if (strncmp(kind, "C:", 2) == 0) {
        unit->kind = UNIT_ALTERNATIVE;
        unit->group = kind + 2;
    } else
        unit->kind = strcmp(kind, "F") == 0    ? UNIT_OPTIONAL
                     : strcmp(kind, "SE") == 0 ? UNIT_EUROPEAN
                                               : UNIT_COMPULSORY;
}

unit_subject_t unit_subject_of(const char *subject)
{
    static const struct {
        const char *name;
        unit_subject_t subject;
    } subjects[] = {{"GENERAL", SUBJECT_GENERAL}, {"LV1", SUBJECT_LANGUAGE_1},
                    {"LV2", SUBJECT_LANGUAGE_2},  {"LVF", SUBJECT_LANGUAGE_OPTIONAL},
                    {"EPS", SUBJECT_EPS},         {"MOBILITE", SUBJECT_MOBILITY}};
    size_t i;

    for (i = 0; subject != NULL && i < sizeof subjects / sizeof *subjects; i++)
        if (strcmp(subject, subjects[i].name) == 0)
            return subjects[i].subject;
    return SUBJECT_PROFESSIONAL;
}

const question_t *unit_question_row(int question)
{
    return question < UNIT_QUESTIONS ? &rows[question] : NULL;
}
