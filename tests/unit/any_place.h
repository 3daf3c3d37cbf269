/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a candidate may be: each exam, in a school or as an individual, with the categories and the units of
 * the seeds, and what an authority decides.
 */
#ifndef INSCRINET_TESTS_ANY_PLACE_H
#define INSCRINET_TESTS_ANY_PLACE_H

#include "any_draw.h"

#include "store/reference.h"

#include "../../inscrinetctl/seeds.h"

enum { SPECIALTIES_MOST = 12, RULES = 4 };
enum { RULES_ALL_ASKED, RULES_OTHERS, RULES_BARE, RULES_DEFAULT };

/* A specialty that has all that there is, and one whose units aren't loaded. */
#define SPECIALTY_RICH "99900001"
#define SPECIALTY_BARE "99900002"

typedef struct specialties_t {
    const char *code[SPECIALTIES_MOST];
    const units_t *units[SPECIALTIES_MOST];
    int count;
    apr_array_header_t *choices;
} specialties_t;

static apr_pool_t *lasting; /* the places' own, all along */
static specialties_t specialties[EXAM_COUNT];
static apr_array_header_t *families[EXAM_COUNT][2]; /* in a school, of the public */
static const exam_rules_t *rules[EXAM_COUNT][RULES];

/* ---------------------------------------------------------------- specialties and their units */

static const unit_t rich_units[] = {
    {.code = "U10", .subject = SUBJECT_GENERAL},
    {.code = "U20"},
    {.code = "U30A", .kind = UNIT_ALTERNATIVE, .group = "E3"},
    {.code = "U30B", .kind = UNIT_ALTERNATIVE, .group = "E3"},
    {.code = "U40A", .kind = UNIT_ALTERNATIVE, .group = "E4", .subject = SUBJECT_GENERAL},
    {.code = "U40B", .kind = UNIT_ALTERNATIVE, .group = "E4", .subject = SUBJECT_GENERAL},
    {.code = "U51", .subject = SUBJECT_LANGUAGE_1},
    {.code = "U52", .subject = SUBJECT_LANGUAGE_1},
    {.code = "U60", .subject = SUBJECT_LANGUAGE_2},
    {.code = "U70", .subject = SUBJECT_EPS},
    {.code = "UF1", .kind = UNIT_OPTIONAL, .subject = SUBJECT_LANGUAGE_OPTIONAL},
    {.code = "UF2", .kind = UNIT_OPTIONAL, .subject = SUBJECT_LANGUAGE_OPTIONAL},
    {.code = "UF3", .kind = UNIT_OPTIONAL, .subject = SUBJECT_MOBILITY},
    {.code = "UF4", .kind = UNIT_OPTIONAL},
    {.code = "UF5", .kind = UNIT_OPTIONAL},
    {.code = "USE", .kind = UNIT_EUROPEAN},
};

static inline void add_specialty(exam_t exam, const char *code, const apr_array_header_t *units)
{
    specialties_t *all = &specialties[exam];

    assert_true(all->count < SPECIALTIES_MOST);
    all->code[all->count] = code;
    all->units[all->count++] = units != NULL ? units_compose(lasting, units) : NULL;
    APR_ARRAY_PUSH(all->choices, choice_t) = (choice_t){code, code, NULL};
}

static inline void add_made_up_specialties(exam_t exam)
{
    apr_array_header_t *units = apr_array_make(lasting, COUNT(rich_units), sizeof(unit_t));
    int i;

    for (i = 0; i < COUNT(rich_units); i++) {
        APR_ARRAY_PUSH(units, unit_t) = rich_units[i];
        APR_ARRAY_IDX(units, i, unit_t).label = rich_units[i].code;
    }
    specialties[exam].choices = apr_array_make(lasting, SPECIALTIES_MOST, sizeof(choice_t));
    add_specialty(exam, SPECIALTY_RICH, units);
    add_specialty(exam, SPECIALTY_BARE, NULL);
}

static inline const char *cell(const seed_table_t *table, int row, const char *column)
{
    int place = seed_column(table, column);
    const char *text;

    assert_true(place >= 0);
    text = seed_cell(table, row, place);
    return text != NULL ? text : "";
}

static inline exam_t exam_of_specialty(const seed_table_t *table, const char *code)
{
    int row;

    for (row = 0; row < table->rows; row++)
        if (strcmp(cell(table, row, "code"), code) == 0)
            return exam_of_code(cell(table, row, "exam"));
    fail_msg("no specialty %s", code);
    return EXAM_NONE;
}

static inline void read_specialties(void)
{
    const seed_table_t *units = seeds_table(lasting, "units");
    const seed_table_t *all = seeds_table(lasting, "specialties");
    int row = 0;

    assert_true(units != NULL && all != NULL);
    while (row < units->rows) {
        const char *code = cell(units, row, "specialty");
        apr_array_header_t *made = apr_array_make(lasting, 20, sizeof(unit_t));

        for (; row < units->rows && strcmp(cell(units, row, "specialty"), code) == 0; row++) {
            unit_t *unit = apr_array_push(made);

            *unit = (unit_t){.code = cell(units, row, "unit"), .label = cell(units, row, "label")};
            unit_kind_of(unit, cell(units, row, "kind"));
            unit->subject = unit_subject_of(cell(units, row, "subject"));
        }
        add_specialty(exam_of_specialty(all, code), code, made);
    }
}

/* ---------------------------------------------------------------- categories */

static inline void read_families(exam_t exam, service_t service)
{
    const seed_table_t *table = seeds_table(lasting, "categories");
    int in_school = service == SERVICE_SCHOOL_REGISTRATION, row;
    const char *list = "|", *wanted = apr_pstrcat(lasting, "|", exam_info(exam)->code, "|", NULL);

    assert_non_null(table);
    for (row = 0; row < table->rows; row++)
        if (strstr(cell(table, row, "exams"), wanted) != NULL &&
            strcmp(cell(table, row, "service"), service_info(service)->code) == 0)
            list = apr_pstrcat(lasting, list, cell(table, row, "family"), "|", NULL);
    families[exam][!in_school] = reference_family_choices(lasting, list, in_school ? "|SCO|APP|FPC|" : NULL);
    assert_true(families[exam][!in_school]->nelts > 1);
}

/* ---------------------------------------------------------------- what an authority decides */

static inline const char *names_of(presence_t presence, const char *sign)
{
    const char *names = "";
    int i;

    for (i = 0; i < QUESTION_COUNT; i++)
        if (question((question_id_t)i)->presence == presence)
            names = apr_pstrcat(lasting, names, " ", sign, question((question_id_t)i)->name, NULL);
    return names;
}

static inline void set_rule(exam_rules_t *made, const char *name, const char *value)
{
    if (!exam_rules_set(lasting, made, name, value))
        fail_msg("%s %s", name, value);
}

static inline void make_rules(exam_t exam)
{
    exam_rules_t *all_asked = exam_rules_default(lasting, exam);
    exam_rules_t *others = exam_rules_default(lasting, exam), *bare = exam_rules_default(lasting, exam);

    set_rule(all_asked, "questions", names_of(BY_PARAMETER, ""));
    set_rule(all_asked, "centres", "Dijon|Nevers");
    set_rule(others, "questions", names_of(BY_PARAMETER, ""));
    set_rule(others, "age_min_individuel", "21");
    set_rule(others, "note_min_benefice", "8,50");
    set_rule(others, "report_moins_de_10", "O");
    set_rule(others, "duree_benefice_ans", "3");
    set_rule(others, "activites_eps_nombre", exam == EXAM_BCP ? "1" : "2");
    set_rule(others, "activites_eps", "Badminton|Natation");
    set_rule(others, "max_facultatives", "1");
    set_rule(others, "langues", "ANG ALL ESP ITA");
    set_rule(bare, "questions", names_of(BY_DEFAULT, "-"));
    set_rule(bare, "activites_eps_nombre", "0");
    rules[exam][RULES_ALL_ASKED] = all_asked;
    rules[exam][RULES_OTHERS] = others;
    rules[exam][RULES_BARE] = bare;
}

/* ---------------------------------------------------------------- places */

static inline int set_up_places(void **state)
{
    int exam;

    if (setup(state) != 0)
        return -1;
    lasting = pool;
    for (exam = 0; exam < EXAM_COUNT; exam++) {
        add_made_up_specialties((exam_t)exam);
        read_families((exam_t)exam, SERVICE_SCHOOL_REGISTRATION);
        read_families((exam_t)exam, SERVICE_PUBLIC_REGISTRATION);
        make_rules((exam_t)exam);
    }
    read_specialties();
    return 0;
}

static inline questionnaire_t place_of(exam_t exam, service_t service)
{
    static const choice_t compulsory[] = {{"ANG", "Anglais", NULL},
                                          {"ALL", "Allemand", NULL},
                                          {"ESP", "Espagnol", NULL},
                                          {"ITA", "Italien", NULL}};
    static const choice_t optional[] = {{"ANG", "Anglais", NULL},  {"ALL", "Allemand", NULL},
                                        {"ESP", "Espagnol", NULL}, {"ITA", "Italien", NULL},
                                        {"OCC", "Occitan", NULL},  {"BRE", "Breton", NULL}};
    static const choice_t academies[] = {{"06", "Clermont-Ferrand", NULL}, {"07", "Dijon", NULL}};
    questionnaire_t q = school_of(exam);

    q.service = service;
    q.families = families[exam][service != SERVICE_SCHOOL_REGISTRATION];
    q.specialties = specialties[exam].choices;
    q.languages = choices_of(compulsory, COUNT(compulsory));
    q.optional_languages = choices_of(optional, COUNT(optional));
    q.academies = choices_of(academies, COUNT(academies));
    return q;
}

/* Most have all questions asked, half the richest specialty. */
static inline questionnaire_t any_place(const char **specialty)
{
    exam_t exam = (exam_t)below(EXAM_COUNT);
    questionnaire_t q = place_of(exam, below(2) ? SERVICE_SCHOOL_REGISTRATION : SERVICE_PUBLIC_REGISTRATION);
    int variant = below(8), at = below(2) ? 0 : below(specialties[exam].count);

    q.rules = rules[exam][variant < RULES ? variant : RULES_ALL_ASKED];
    q.european_managed = below(4) > 0;
    q.licensed_ccf = below(4) > 0;
    q.without_contract = below(4) == 0;
    q.units = specialties[exam].units[at];
    *specialty = specialties[exam].code[at];
    return q;
}

#endif
