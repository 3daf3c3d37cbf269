/* SPDX-License-Identifier: Apache-2.0
 *
 * One candidate: a name that is hard to sort, a birth, an address, and what the examination asks. Everything
 * is fictitious: phones from the ranges that nobody is given, mail at example.org, INE that begin with 099.
 */
#include <apr_lib.h>
#include <apr_strings.h>
#include <string.h>

#include "../lib/domain/check.h"
#include "../lib/text/text.h"
#include "demo.h"
#include "seeds.h"

#define FRANCE "99100"

enum {
    WOMEN,
    MEN,
    NEIGHBOURS = 35,      /* of a hundred */
    INE_MOST = 1000000,   /* numbers of six digits */
    INE_STEP = 7919,      /* prime to it: each candidate has one of his own, in no order */
    INE_OLDER = 990000000 /* the older kind has ten digits: 0990, and those six */
};

/* Usual ages in the year of the session: from, and how many years. */
static const struct {
    int from, years;
} ages[EXAM_COUNT] = {
    [EXAM_BTS] = {20, 4}, [EXAM_BCP] = {18, 3}, [EXAM_BP] = {19, 6},  [EXAM_CAP] = {17, 3},
    [EXAM_BEP] = {16, 3}, [EXAM_MC4] = {19, 4}, [EXAM_MC5] = {18, 4},
};
enum { ADULT_FROM = 20, ADULT_YEARS = 21 };

/* ---------------------------------------------------------------- the material */

static apr_array_header_t *texts_where(apr_pool_t *pool, const seed_table_t *table, const char *text,
                                       const char *column, const char *value)
{
    apr_array_header_t *texts = apr_array_make(pool, 256, sizeof(const char *));
    int of = seed_column(table, text), by = seed_column(table, column), row;

    for (row = 0; row < table->rows; row++)
        if (strcmp(seed_cell(table, row, by), value) == 0)
            APR_ARRAY_PUSH(texts, const char *) = seed_cell(table, row, of);
    return texts;
}

static apr_array_header_t *home_rows(apr_pool_t *pool, const seed_table_t *towns)
{
    apr_array_header_t *homes = apr_array_make(pool, 64, sizeof(int));
    int home = seed_column(towns, "home"), row;

    for (row = 0; row < towns->rows; row++)
        if (seed_cell(towns, row, home)[0] == '1')
            APR_ARRAY_PUSH(homes, int) = row;
    return homes;
}

int demo_people_read(demo_t *demo)
{
    demo_material_t *material = &demo->material;
    const seed_table_t *forenames = seeds_table(demo->pool, "demo/forenames"),
                       *addresses = seeds_table(demo->pool, "demo/addresses");

    material->surnames = seeds_table(demo->pool, "demo/surnames");
    material->towns = seeds_table(demo->pool, "demo/towns");
    if (forenames == NULL || addresses == NULL || material->surnames == NULL || material->towns == NULL)
        return CTL_FAILED;
    material->forenames[WOMEN] = texts_where(demo->pool, forenames, "name", "sex", "F");
    material->forenames[MEN] = texts_where(demo->pool, forenames, "name", "sex", "M");
    material->streets = texts_where(demo->pool, addresses, "text", "part", "street");
    material->extras = texts_where(demo->pool, addresses, "text", "part", "extra");
    material->homes = home_rows(demo->pool, material->towns);
    return CTL_DONE;
}

/* ---------------------------------------------------------------- a candidate */

/* One draw of the present candidate, and where its answers go. */
typedef struct sketch_t {
    demo_t *demo;
    apr_pool_t *pool;
    demo_random_t *random;
    const demo_place_t *place;
    int adult;
    const char **value; /* by question_id_t */
} sketch_t;

static int below(sketch_t *sketch, int most)
{
    return demo_random_below(sketch->random, most);
}

static int percent(sketch_t *sketch, int often)
{
    return demo_random_percent(sketch->random, often);
}

static const char *one_of(sketch_t *sketch, const apr_array_header_t *texts)
{
    return APR_ARRAY_IDX(texts, below(sketch, texts->nelts), const char *);
}

static const char *surname(sketch_t *sketch, int row)
{
    const seed_table_t *surnames = sketch->demo->material.surnames;

    return seed_cell(surnames, row, seed_column(surnames, "name"));
}

/* The seed has names that differ by an accent, a blank or an apostrophe side by side: let them meet in one
 * list. */
static int draw_surname(sketch_t *sketch)
{
    int names = sketch->demo->material.surnames->rows, row = below(sketch, names);
    int *last = sketch->place->school != NULL
                    ? &sketch->place->school->last_surname[sketch->place->session->exam]
                    : &row;

    if (percent(sketch, NEIGHBOURS))
        row = (*last + 1 + below(sketch, 2)) % names;
    return *last = row;
}

static const char *town_cell(sketch_t *sketch, int town, const char *column)
{
    const seed_table_t *towns = sketch->demo->material.towns;

    return seed_cell(towns, town, seed_column(towns, column));
}

static int home_town(sketch_t *sketch)
{
    return APR_ARRAY_IDX(sketch->demo->material.homes, below(sketch, sketch->demo->material.homes->nelts),
                         int);
}

/* Another name than the one of birth. */
static void draw_usual_name(sketch_t *sketch)
{
    const char *birth = text_bare(sketch->pool, sketch->value[Q_BIRTH_NAME]);
    const char *name = surname(sketch, below(sketch, sketch->demo->material.surnames->rows));

    if (strcmp(text_bare(sketch->pool, name), birth) != 0)
        sketch->value[Q_USUAL_NAME] = name;
}

/* Some type in capitals, some have two names. */
static void draw_names(sketch_t *sketch)
{
    int sex = below(sketch, 2), surnames = sketch->demo->material.surnames->rows;
    const apr_array_header_t *forenames = sketch->demo->material.forenames[sex];
    const char *name = surname(sketch, draw_surname(sketch));

    if (percent(sketch, 6))
        name = apr_pstrcat(sketch->pool, name, "-", surname(sketch, below(sketch, surnames)), NULL);
    if (percent(sketch, 30))
        name = text_upper(sketch->pool, name);
    sketch->value[Q_CIVILITY] = sex == WOMEN ? "F" : "M";
    sketch->value[Q_BIRTH_NAME] = name;
    if (percent(sketch, sketch->adult && sex == WOMEN ? 25 : 3))
        draw_usual_name(sketch);
    sketch->value[Q_FORENAME_1] = one_of(sketch, forenames);
    if (percent(sketch, 55))
        sketch->value[Q_FORENAME_2] = one_of(sketch, forenames);
    if (sketch->value[Q_FORENAME_2] != NULL && percent(sketch, 35))
        sketch->value[Q_FORENAME_3] = one_of(sketch, forenames);
}

static int days_of(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

static void draw_birth_date(sketch_t *sketch)
{
    exam_t exam = sketch->place->session->exam;
    int age = sketch->adult ? ADULT_FROM + below(sketch, ADULT_YEARS)
                            : ages[exam].from + below(sketch, ages[exam].years);
    int year = sketch->place->session->year - age, month = 1 + below(sketch, 12);

    sketch->value[Q_BIRTH_DATE] =
        apr_psprintf(sketch->pool, "%04d-%02d-%02d", year, month, 1 + below(sketch, days_of(year, month)));
}

/* Most are born in the academy, some elsewhere in France or abroad. */
static void draw_birth_place(sketch_t *sketch)
{
    int town = percent(sketch, 60) ? home_town(sketch) : below(sketch, sketch->demo->material.towns->rows);
    const char *country = town_cell(sketch, town, "country");

    sketch->value[Q_BIRTH_COUNTRY] = country;
    sketch->value[Q_BIRTH_DEPARTMENT] = town_cell(sketch, town, "department");
    sketch->value[Q_BIRTH_TOWN] = town_cell(sketch, town, "name");
    sketch->value[Q_NATIONALITY] = percent(sketch, 50) ? country : FRANCE;
}

/* The older kind has a key, the newer one two letters. */
static void draw_ine(sketch_t *sketch)
{
    int number = (int)((apr_int64_t)sketch->place->ordinal * INE_STEP % INE_MOST);
    int unknown = percent(sketch, sketch->adult ? 60 : 8), older = sketch->adult || percent(sketch, 20);

    if (unknown)
        sketch->value[Q_INE_UNKNOWN] = "O";
    else if (older)
        sketch->value[Q_INE] = apr_psprintf(sketch->pool, "%010d%c", INE_OLDER + number,
                                            uai_letter((apr_uint64_t)(INE_OLDER + number)));
    else
        sketch->value[Q_INE] = apr_psprintf(sketch->pool, "099%06d%c%c", number, 'A' + below(sketch, 26),
                                            'A' + below(sketch, 26));
}

static void draw_address(sketch_t *sketch)
{
    int town = home_town(sketch);

    if (percent(sketch, 12))
        sketch->value[Q_ADDRESS_EXTRA] = one_of(sketch, sketch->demo->material.extras);
    sketch->value[Q_ADDRESS_STREET] =
        apr_psprintf(sketch->pool, "%d%s %s", 1 + below(sketch, 120), percent(sketch, 8) ? " bis" : "",
                     one_of(sketch, sketch->demo->material.streets));
    sketch->value[Q_POSTAL_CODE] = town_cell(sketch, town, "postal_code");
    sketch->value[Q_TOWN] = town_cell(sketch, town, "name");
    sketch->value[Q_COUNTRY] = FRANCE;
}

/* "ZOË-LÉA" to "zoe-lea": what a provider of mail would make of it. */
static const char *mail_part(apr_pool_t *pool, const char *name)
{
    char *part = apr_pstrdup(pool, text_bare(pool, name)), *at;

    for (at = part; *at != '\0'; at++)
        *at = *at == ' ' ? '-' : (char)apr_tolower(*at);
    return part;
}

/* 06 39 98 and 03 53 01 are given to nobody, for use in fiction. */
static void draw_contact(sketch_t *sketch)
{
    int mobile = percent(sketch, 90), number = below(sketch, 10000);

    if (mobile)
        sketch->value[Q_MOBILE] = apr_psprintf(sketch->pool, "+3363998%04d", number);
    if (!mobile || percent(sketch, 20))
        sketch->value[Q_PHONE] = apr_psprintf(sketch->pool, "+3335301%04d", below(sketch, 10000));
    if (sketch->place->school == NULL || percent(sketch, 70))
        sketch->value[Q_EMAIL] = apr_psprintf(
            sketch->pool, "%.30s.%.40s.%d@example.org", mail_part(sketch->pool, sketch->value[Q_FORENAME_1]),
            mail_part(sketch->pool, sketch->value[Q_BIRTH_NAME]), sketch->place->ordinal + 1);
}

static void draw_examination(sketch_t *sketch)
{
    const demo_place_t *place = sketch->place;

    sketch->value[Q_CATEGORY] = place->family;
    sketch->value[Q_SPECIALTY] = place->specialty;
    sketch->value[Q_CLASS] = place->class_name;
    sketch->value[Q_FORM] =
        progressive_form_open(place->session->exam, place->family) && percent(sketch, 40) ? "P" : "G";
    sketch->value[Q_EUROPEAN] = percent(sketch, 35) ? "O" : "N";
}

answers_t *demo_person(demo_t *demo, apr_pool_t *pool, demo_random_t *random, const demo_place_t *place,
                       const questionnaire_t *q)
{
    answers_t *answers = apr_pcalloc(pool, sizeof *answers);
    sketch_t sketch = {.demo = demo,
                       .pool = pool,
                       .random = random,
                       .place = place,
                       .adult = place->school == NULL || strcmp(place->family, "FPC") == 0,
                       .value = answers->value};

    draw_names(&sketch);
    draw_birth_date(&sketch);
    draw_birth_place(&sketch);
    draw_ine(&sketch);
    draw_address(&sketch);
    draw_contact(&sketch);
    draw_examination(&sketch);
    demo_answer_situation(pool, random, q, sketch.adult, answers);
    return answers;
}
