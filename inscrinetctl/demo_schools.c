/* SPDX-License-Identifier: Apache-2.0
 *
 * The schools: the first four of seeds/demo/school_kinds.csv are there once each, the kinds that follow go on
 * in turn.
 */
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/domain/check.h"
#include "../lib/store/account.h"
#include "../lib/text/password.h"
#include "demo.h"
#include "seeds.h"

enum {
    FIRST_KINDS = DEMO_SCHOOLS_LEAST,
    FIRST_NUMBER = 990001, /* 099…: abroad, so nobody's */
    OFFER_LEAST = 8,
    OFFER_MOST = 20,
    TOWN_STEP = 11, /* prime to the number of towns: neighbours in the list are not neighbours on the map */
    ACTIVATION_CLOSES = 30,
    ACTIVATED_DAY = -19
};

#define LOCAL_ADDRESS "127.0.0.1"

static const service_t school_services[] = {SERVICE_ESTABLISHMENT, SERVICE_SCHOOL_REGISTRATION};
enum { SCHOOL_SERVICES = sizeof school_services / sizeof *school_services };

/* ---------------------------------------------------------------- specialties */

static int year_of(const char *cell)
{
    return cell != NULL ? atoi(cell) : 0;
}

apr_array_header_t *demo_open_specialties(const demo_t *demo, const exam_session_t *session)
{
    const seed_table_t *table = demo->specialties;
    int of = seed_column(table, "exam"), first = seed_column(table, "first_session"),
        last = seed_column(table, "last_session"), code = seed_column(table, "code"), row;
    apr_array_header_t *open = apr_array_make(demo->pool, 256, sizeof(const char *));

    for (row = 0; row < table->rows; row++) {
        int ended = year_of(seed_cell(table, row, last));

        if (strcmp(seed_cell(table, row, of), exam_info(session->exam)->code) != 0)
            continue;
        /* the BEP ended as a whole, with the session of 2021: what is shown of it is its past */
        if (session->exam == EXAM_BEP || ((ended == 0 || ended >= session->year) &&
                                          year_of(seed_cell(table, row, first)) <= session->year))
            APR_ARRAY_PUSH(open, const char *) = seed_cell(table, row, code);
    }
    return open;
}

static int by_code(const void *one, const void *other)
{
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static int has_units(const seed_table_t *units, const char *specialty)
{
    int of = seed_column(units, "specialty"), row;

    for (row = 0; row < units->rows; row++)
        if (strcmp(seed_cell(units, row, of), specialty) == 0)
            return 1;
    return 0;
}

/* Those whose units are known come first: every school offers them, so that épreuves can be seen anywhere.
 * *known: how many they are. */
static apr_array_header_t *known_first(apr_pool_t *pool, const apr_array_header_t *open,
                                       const seed_table_t *units, int *known)
{
    apr_array_header_t *sorted = apr_array_make(pool, open->nelts + 1, sizeof(const char *));
    int pass, i;

    for (pass = 1; pass >= 0; pass--) {
        for (i = 0; i < open->nelts; i++)
            if (has_units(units, APR_ARRAY_IDX(open, i, const char *)) == pass)
                APR_ARRAY_PUSH(sorted, const char *) = APR_ARRAY_IDX(open, i, const char *);
        if (pass == 1)
            *known = sorted->nelts;
    }
    return sorted;
}

/* Some of the open specialties, each at most once, among them those whose units are known. */
static apr_array_header_t *draw_offer(demo_random_t *random, const apr_array_header_t *open,
                                      const seed_table_t *units, apr_pool_t *pool)
{
    int known = 0, i;
    apr_array_header_t *left = known_first(pool, open, units, &known);
    const char **codes = (const char **)left->elts;
    int wanted = known + OFFER_LEAST + demo_random_below(random, OFFER_MOST - OFFER_LEAST + 1);

    if (wanted > left->nelts)
        wanted = left->nelts;
    for (i = known; i < wanted; i++) {
        int drawn = i + demo_random_below(random, left->nelts - i);
        const char *code = codes[drawn];

        codes[drawn] = codes[i];
        codes[i] = code;
    }
    left->nelts = wanted;
    qsort(codes, (size_t)wanted, sizeof *codes, by_code);
    return left;
}

/* ---------------------------------------------------------------- the plan */

/* The seeds that the plan is made of. */
typedef struct plan_t {
    const seed_table_t *names, *kinds, *units;
    apr_array_header_t *open[EXAM_COUNT]; /* NULL: no session is open */
} plan_t;

static const char *cell_of(const seed_table_t *table, int row, const char *column)
{
    return seed_cell(table, row, seed_column(table, column));
}

static int kind_of(const seed_table_t *kinds, int ordinal)
{
    return ordinal < FIRST_KINDS ? ordinal
                                 : FIRST_KINDS + (ordinal - FIRST_KINDS) % (kinds->rows - FIRST_KINDS);
}

static unsigned exams_of(apr_pool_t *pool, const char *list)
{
    unsigned exams = 0;
    char *last, *code = apr_strtok(apr_pstrdup(pool, list), "|", &last);

    for (; code != NULL; code = apr_strtok(NULL, "|", &last))
        exams |= EXAM_BIT(exam_of_code(code));
    return exams;
}

static void plan_school(demo_t *demo, const plan_t *plan, int ordinal, demo_school_t *school)
{
    int kind = kind_of(plan->kinds, ordinal), number = FIRST_NUMBER + ordinal;
    const apr_array_header_t *homes = demo->material.homes;
    const seed_table_t *towns = demo->material.towns;
    int town = APR_ARRAY_IDX(homes, ordinal * TOWN_STEP % homes->nelts, int);
    establishment_t *establishment = &school->establishment;

    establishment->code = apr_psprintf(demo->pool, "%07d%c", number, uai_letter((apr_uint64_t)number));
    establishment->kind = cell_of(plan->kinds, kind, "kind");
    establishment->name = apr_pstrcat(demo->pool, cell_of(plan->kinds, kind, "title"), " ",
                                      cell_of(plan->names, ordinal % plan->names->rows, "name"), NULL);
    establishment->sector = cell_of(plan->kinds, kind, "sector");
    establishment->families = cell_of(plan->kinds, kind, "families");
    establishment->licensed_ccf = 1;
    establishment->postal_code = cell_of(towns, town, "postal_code");
    establishment->town = cell_of(towns, town, "name");
    establishment->department = cell_of(towns, town, "department");
    school->exams = exams_of(demo->pool, cell_of(plan->kinds, kind, "exams"));
    school->open = cell_of(plan->kinds, kind, "open")[0] == '1';
    school->european = school->open ? 1 : -1;
    school->categories = apr_hash_make(demo->pool);
}

static void plan_offers(demo_t *demo, const plan_t *plan, int ordinal, demo_school_t *school)
{
    demo_random_t random;
    int exam;

    demo_random_seed(&random, demo->seed, (apr_uint64_t)(FIRST_NUMBER + ordinal));
    for (exam = 0; exam < EXAM_COUNT; exam++)
        if (plan->open[exam] == NULL)
            school->exams &= ~EXAM_BIT(exam);
        else if (school->exams & EXAM_BIT(exam))
            school->offer[exam] = draw_offer(&random, plan->open[exam], plan->units, demo->pool);
}

static int choose_passwords(demo_t *demo, demo_school_t *school)
{
    int i;

    for (i = 0; school->open && i < SCHOOL_SERVICES; i++)
        if (typed_password_generate(demo->pool, &school->password[school_services[i]]) != CTL_DONE)
            return CTL_FAILED;
    return CTL_DONE;
}

int demo_schools_plan(demo_t *demo)
{
    plan_t plan = {.names = seeds_table(demo->pool, "demo/schools"),
                   .kinds = seeds_table(demo->pool, "demo/school_kinds"),
                   .units = seeds_table(demo->pool, "units")};
    int i, exam;

    demo->specialties = seeds_table(demo->pool, "specialties");
    if (plan.names == NULL || plan.kinds == NULL || plan.units == NULL || demo->specialties == NULL)
        return CTL_FAILED;
    for (exam = 0; exam < EXAM_COUNT; exam++) {
        const exam_session_t *session = demo_session_of(demo, (exam_t)exam);

        plan.open[exam] = session != NULL ? demo_open_specialties(demo, session) : NULL;
    }
    demo->schools = apr_pcalloc(demo->pool, (apr_size_t)demo->establishments * sizeof *demo->schools);
    for (i = 0; i < demo->establishments; i++) {
        plan_school(demo, &plan, i, &demo->schools[i]);
        plan_offers(demo, &plan, i, &demo->schools[i]);
        if (choose_passwords(demo, &demo->schools[i]) != CTL_DONE)
            return CTL_FAILED;
    }
    return CTL_DONE;
}

/* ---------------------------------------------------------------- into the base */

/* A school presents every session of its exams, with the same specialties. */
static db_error_t add_exam(db_t *db, const demo_school_t *school, const exam_session_t *session)
{
    apr_int64_t id = school->establishment.id;
    const apr_array_header_t *offer = school->offer[session->exam];
    int i;

    seed_school_exam(db, id, session->id, school->open, session->exam == EXAM_BCP ? school->european : -1);
    for (i = 0; i < offer->nelts; i++)
        seed_school_offer(db, id, session->id, APR_ARRAY_IDX(offer, i, const char *));
    return db_error(db);
}

static db_error_t add_school(demo_t *demo, demo_school_t *school)
{
    apr_int64_t activated = demo_instant(demo, ACTIVATED_DAY, 9, 0), account;
    int i;

    if (establishment_add(demo->db, &school->establishment, NULL) != DB_OK)
        return db_error(demo->db);
    for (i = 0; i < demo->sessions->nelts; i++) {
        const exam_session_t *session = &APR_ARRAY_IDX(demo->sessions, i, exam_session_t);

        if ((school->exams & EXAM_BIT(session->exam)) && add_exam(demo->db, school, session) != DB_OK)
            return db_error(demo->db);
    }
    for (i = 0; i < SCHOOL_SERVICES; i++)
        account_add(demo->db, school_services[i], school->establishment.code, school->establishment.id,
                    school->password[school_services[i]].hash, activated, &account);
    if (school->open)
        establishment_activated(demo->db, school->establishment.id, activated, LOCAL_ADDRESS);
    return db_error(demo->db);
}

db_error_t demo_schools_add(demo_t *demo)
{
    apr_int64_t changed;
    int i;

    for (i = 0; i < demo->establishments; i++)
        if (add_school(demo, &demo->schools[i]) != DB_OK)
            return db_error(demo->db);
    return establishment_activation(demo->db, NULL, demo_instant(demo, -1, 0, 0),
                                    demo_instant(demo, ACTIVATION_CLOSES, 0, 0), &changed);
}
