/* SPDX-License-Identifier: Apache-2.0
 *
 * What a candidate has chosen for each unit, as a table of a document shows it.
 */
#include <apr_strings.h>
#include <string.h>

#include "unit_rules.h"

/* "PONCTUEL ECRIT+ORAL" to « Ponctuel écrit et oral »; words that aren't known stay as the nomenclature has
 * them. */
static const char *mode_words(apr_pool_t *pool, const char *mode)
{
    static const struct {
        const char *of, *words;
    } known[] = {{"CCF", "CCF"},
                 {"PONCTUEL", "Ponctuel"},
                 {"PONCTUEL ECRIT", "Ponctuel écrit"},
                 {"PONCTUEL ORAL", "Ponctuel oral"},
                 {"PONCTUEL PRATIQUE", "Ponctuel pratique"},
                 {"PONCTUEL ECRIT+ORAL", "Ponctuel écrit et oral"}};
    size_t i;

    for (i = 0; mode != NULL && i < sizeof known / sizeof *known; i++)
        if (strcmp(mode, known[i].of) == 0)
            return known[i].words;
    return mode != NULL ? apr_pstrdup(pool, mode) : NULL;
}

/* "1.5" to "1,5". */
static const char *coefficient_words(apr_pool_t *pool, const char *coefficient)
{
    char *words = coefficient != NULL ? apr_pstrdup(pool, coefficient) : NULL;
    char *point = words != NULL ? strchr(words, '.') : NULL;

    if (point != NULL)
        *point = ',';
    return words;
}

const char *unit_facts(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers,
                       const unit_t *unit)
{
    const char *coefficient = coefficient_words(pool, unit->coefficient);
    const char *mode = mode_words(pool, marked_by_ccf(q, answers) ? unit->mode_ccf : unit->mode_other);
    const char *facts = unit->kind == UNIT_OPTIONAL ? "facultatif" : "";
    const char *const parts[] = {coefficient != NULL ? apr_pstrcat(pool, "coefficient ", coefficient, NULL)
                                                     : NULL,
                                 mode, unit->verified ? NULL : "à confirmer"};
    size_t i;

    for (i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i] != NULL)
            facts = apr_pstrcat(pool, facts, facts[0] != '\0' ? " – " : "", parts[i], NULL);
    return facts[0] != '\0' ? facts : NULL;
}

static const char *label_of(const apr_array_header_t *choices, const char *value)
{
    int i;

    for (i = 0; choices != NULL && i < choices->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(choices, i, choice_t).value, value) == 0)
            return APR_ARRAY_IDX(choices, i, choice_t).label;
    return value;
}

static const char *kept_words(apr_pool_t *pool, const answers_t *answers, const unit_t *unit)
{
    const char *mark = unit_answer(answers, unit, UNIT_MARK),
               *session = unit_answer(answers, unit, UNIT_SESSION);

    if (mark == NULL || session == NULL)
        return "Bénéfice";
    return apr_pstrcat(pool, "Bénéfice : ", mark, "/20, session ", session, NULL);
}

static const char *state_words(apr_pool_t *pool, const answers_t *answers, const unit_t *unit,
                               const char *state)
{
    const char *diploma;

    switch (state[0]) {
    case 'B':
        return kept_words(pool, answers, unit);
    case 'D':
        diploma = unit_answer(answers, unit, UNIT_DIPLOMA);
        return diploma != NULL ? apr_pstrcat(pool, "Dispensé : ", diploma, NULL) : "Dispensé";
    case 'A':
        return "Acquis VAE";
    case 'N':
        return "Non inscrit";
    case 'X':
        return "Inapte (certificat médical)";
    case 'E':
        return "Dispensé EPS";
    default:
        return "Inscrit";
    }
}

const char *unit_language(const units_t *units, const answers_t *answers, const unit_t *unit)
{
    const char *language = NULL;
    int i;

    if (unit->kind == UNIT_EUROPEAN)
        return answers->value[Q_EUROPEAN_LANGUAGE];
    if (unit->subject == SUBJECT_LANGUAGE_OPTIONAL)
        return unit_answer(answers, unit, UNIT_LANGUAGE);
    if (unit->subject == SUBJECT_LANGUAGE_1 || unit->subject == SUBJECT_LANGUAGE_2)
        for (i = 0; i < units->count && language == NULL; i++)
            if (units->unit[i].subject == unit->subject)
                language = unit_answer(answers, &units->unit[i], UNIT_LANGUAGE);
    return language;
}

static const char *language_of(const questionnaire_t *q, const answers_t *answers, const unit_t *unit)
{
    const char *language = unit_language(q->units, answers, unit);

    return language != NULL
               ? label_of(unit->subject == SUBJECT_LANGUAGE_OPTIONAL && unit->kind != UNIT_EUROPEAN
                              ? q->optional_languages
                              : q->languages,
                          language)
               : NULL;
}

static const char *choice_words(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers,
                                const unit_t *unit)
{
    const char *first = unit_answer(answers, unit, UNIT_ACTIVITY);
    const char *second = unit_answer(answers, unit, UNIT_ACTIVITY_2);

    if (first != NULL)
        return second != NULL ? apr_pstrcat(pool, first, ", ", second, NULL) : first;
    return language_of(q, answers, unit);
}

/* Of a group of alternatives the first one is asked for the state, and for what the state asks further. */
static const unit_t *asked_for(const units_t *units, const unit_t *unit)
{
    int i;

    for (i = 0; unit->kind == UNIT_ALTERNATIVE && i < units->count; i++)
        if (units->unit[i].head && is_answer(units->unit[i].group, unit->group))
            return &units->unit[i];
    return unit;
}

const char *unit_state(const units_t *units, const answers_t *answers, const unit_t *unit,
                       const unit_t **asked)
{
    *asked = asked_for(units, unit);
    switch (unit->kind) {
    case UNIT_OPTIONAL:
        return is_answer(unit_answer(answers, unit, UNIT_OPTED), "O") ? STATE_PRESENTED : NULL;
    case UNIT_EUROPEAN:
        return is_answer(answers->value[Q_EUROPEAN], "O") ? STATE_PRESENTED : NULL;
    case UNIT_ALTERNATIVE:
        if (!is_answer(unit_answer(answers, *asked, UNIT_CHOICE), unit->code))
            return NULL;
        return unit_answer(answers, *asked, UNIT_STATE);
    default:
        return unit_answer(answers, unit, UNIT_STATE);
    }
}

apr_array_header_t *unit_lines(apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers)
{
    int count = q->units != NULL ? q->units->count : 0, ccf = marked_by_ccf(q, answers), i;
    apr_array_header_t *lines = apr_array_make(pool, count + 1, sizeof(unit_line_t));

    for (i = 0; i < count; i++) {
        const unit_t *unit = &q->units->unit[i], *asked;
        const char *state = unit_state(q->units, answers, unit, &asked);

        if (state == NULL)
            continue;
        APR_ARRAY_PUSH(lines, unit_line_t) =
            (unit_line_t){.unit = unit,
                          .coefficient = coefficient_words(pool, unit->coefficient),
                          .mode = mode_words(pool, ccf ? unit->mode_ccf : unit->mode_other),
                          .state = state_words(pool, answers, asked, state),
                          .choice = choice_words(pool, q, answers, unit)};
    }
    return lines;
}
