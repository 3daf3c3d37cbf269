/* SPDX-License-Identifier: Apache-2.0
 *
 * Parameters into the rules of an exam, each by its name.
 */
#include <string.h>

#include <apr_strings.h>

#include "check.h"
#include "exam_rules.h"
#include "questionnaire.h"

/* "ANG, ALL" into "|ANG|ALL|"; NULL for an empty list. */
static const char *codes(apr_pool_t *pool, const char *list)
{
    char *last, *code = apr_strtok(apr_pstrdup(pool, list), " ,;|", &last);
    const char *all = NULL;

    for (; code != NULL; code = apr_strtok(NULL, " ,;|", &last))
        all = apr_pstrcat(pool, all != NULL ? all : "|", code, "|", NULL);
    return all;
}

static int number(const char *value, int most, int *result)
{
    int given = number_within(value, 0, most);

    if (given < 0)
        return 0;
    *result = given;
    return 1;
}

static int yes_no(const char *value, int *result)
{
    if (strcmp(value, "O") != 0 && strcmp(value, "N") != 0)
        return 0;
    *result = value[0] == 'O';
    return 1;
}

static int hundredths(apr_pool_t *pool, const char *value, int *result)
{
    const char *kept;

    return check_mark(pool, value, &kept, result) == MSG_OK;
}

_Static_assert(QUESTION_COUNT <= 64, "a question is a bit");

/* "service_national -certification": names of questions, with a hyphen those that are left out. */
static int questions(apr_pool_t *pool, exam_rules_t *rules, const char *value)
{
    apr_uint64_t asked = 0, left_out = 0;
    char *last, *name = apr_strtok(apr_pstrdup(pool, value), " ,;", &last);

    for (; name != NULL; name = apr_strtok(NULL, " ,;", &last)) {
        int out = name[0] == '-';
        const question_t *named = question_of_name(name + out);

        if (named == NULL || named->presence == ALWAYS)
            return 0;
        *(out ? &left_out : &asked) |= APR_UINT64_C(1) << question_ordinal(named);
    }
    rules->asked = asked;
    rules->left_out = left_out;
    return 1;
}

static int prerequisites(const char *value, prerequisites_t *result)
{
    static const char *const names[] = {"off", "avertir", "bloquer"};
    int i;

    for (i = 0; i < 3; i++)
        if (strcmp(value, names[i]) == 0) {
            *result = (prerequisites_t)i;
            return 1;
        }
    return 0;
}

/* A text that is empty is none. */
static int text(const char *value, const char **result)
{
    *result = value[0] != '\0' ? value : NULL;
    return 1;
}

static int set_text(exam_rules_t *rules, const char *name, const char *value)
{
    const struct {
        const char *name;
        const char **text;
    } texts[] = {{"texte_accueil", &rules->welcome},
                 {"contact", &rules->contact},
                 {"retour_confirmation", &rules->return_by},
                 {"retour_adresse", &rules->return_to},
                 {"engagement", &rules->engagement},
                 {"confidentialite", &rules->privacy},
                 {"division", &rules->division}};
    size_t i;

    for (i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(name, texts[i].name) == 0)
            return text(value, texts[i].text);
    return 0;
}

static int set_list(apr_pool_t *pool, exam_rules_t *rules, const char *name, const char *value)
{
    if (strcmp(name, "activites_eps") == 0)
        rules->activities = exam_rules_words(pool, value);
    else if (strcmp(name, "centres") == 0)
        rules->centres = exam_rules_words(pool, value);
    else if (strcmp(name, "langues") == 0)
        rules->languages = codes(pool, value);
    else if (strcmp(name, "departements_couverts") == 0)
        rules->departments = codes(pool, value);
    else
        return set_text(rules, name, value);
    return 1;
}

int exam_rules_set(apr_pool_t *pool, exam_rules_t *rules, const char *name, const char *value)
{
    const struct {
        const char *name;
        int most, *number;
    } numbers[] = {{"age_min_individuel", 99, &rules->age_least},
                   {"max_facultatives", 9, &rules->optional_most},
                   {"duree_benefice_ans", 99, &rules->kept_years},
                   {"activites_eps_nombre", 2, &rules->activity_count},
                   {"grace_minutes", 24 * 60, &rules->grace_minutes}};
    size_t i;

    for (i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (strcmp(name, numbers[i].name) == 0)
            return number(value, numbers[i].most, numbers[i].number);
    if (strcmp(name, "note_min_benefice") == 0)
        return hundredths(pool, value, &rules->kept_mark);
    if (strcmp(name, "report_moins_de_10") == 0)
        return yes_no(value, &rules->lower_marks);
    if (strcmp(name, "confirmation_handicap") == 0)
        return yes_no(value, &rules->print_adjustment);
    if (strcmp(name, "modification_par_etablissement") == 0)
        return yes_no(value, &rules->school_modifies);
    if (strcmp(name, "controle_prerequis") == 0)
        return prerequisites(value, &rules->prerequisites);
    if (strcmp(name, "questions") == 0)
        return questions(pool, rules, value);
    return set_list(pool, rules, name, value);
}
