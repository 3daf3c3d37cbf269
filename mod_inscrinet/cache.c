/* SPDX-License-Identifier: Apache-2.0
 *
 * What the base seldom changes, kept by each process: nomenclatures, the specialties that a school offers,
 * how many candidates its list has. Two things bound how old it may be. The base's own version of its
 * nomenclatures, which every page reads with its frame, tells at once what a load has changed; and after a
 * minute all of it is read anew, for whoever changed a row by hand. What a registration depends on is not
 * taken from here but for the nomenclatures.
 *
 * What isn't known yet is read by the request that needs it, on its own connection, while the others go on;
 * then it is everybody's. Several may read the same: the first one's counts. generation.c keeps it.
 */
#include "cache.h"

#include <apr_strings.h>
#include <apr_time.h>
#include <httpd.h>

#include "connection.h"
#include "directives.h"
#include "generation.h"
#include "store/exam_session.h"
#include "store/listing.h"
#include "store/reference.h"

void cache_child_init(apr_pool_t *pool, server_rec *main_server)
{
    server_rec *server;

    for (server = main_server; server != NULL; server = server->next)
        directives_config_of_startup(server)->cache = generation_create(pool);
}

/* ---------------------------------------------------------------- what is known, or read now */

/* Reads something into pool; NULL: there is none, or the base has failed. */
typedef const void *read_t(page_t *page, apr_pool_t *pool, const void *about);

/* What a request was given: it keeps it until it ends. */
typedef struct given_t {
    generation_t *generation;
    apr_array_header_t *lists; /* const listed_t *, of those that have options */
} given_t;

static given_t *given_to(page_t *page)
{
    given_t *given = page->given;

    if (given == NULL) {
        page->given = given = apr_pcalloc(page->pool, sizeof *given);
        given->lists = apr_array_make(page->pool, 4, sizeof(const void *));
    }
    return given;
}

static generation_t *generation_of(page_t *page)
{
    given_t *given = given_to(page);

    /* its age is told by the server's clock: a request may be long in coming */
    given->generation = generation_hold(page->config->cache, page->pool, given->generation,
                                        page->frame.nomenclature, apr_time_sec(apr_time_now()));
    return given->generation;
}

static const void *read_now(page_t *page, generation_t *generation, const char *key, read_t *read,
                            const void *about, db_error_t *error)
{
    const void *value;
    apr_pool_t *pool;

    if (connection_borrow(page) == NULL || apr_pool_create_unmanaged_ex(&pool, NULL, NULL) != APR_SUCCESS) {
        *error = connection_failure(page);
        return NULL;
    }
    value = read(page, pool, about);
    *error = db_error(page->db);
    if (value != NULL && *error == DB_OK)
        return generation_publish(generation, page->pool, key, pool, value);
    apr_pool_destroy(pool);
    return NULL;
}

/* NULL with *error DB_OK: there is none. */
static const void *get(page_t *page, const char *key, read_t *read, const void *about, db_error_t *error)
{
    generation_t *generation = generation_of(page);
    const void *value;

    *error = generation != NULL ? DB_OK : DB_BROKEN;
    if (generation == NULL)
        return NULL;
    value = generation_find(generation, key);
    return value != NULL ? value : read_now(page, generation, key, read, about, error);
}

/* ---------------------------------------------------------------- the frame */

static const void *read_frame(page_t *page, apr_pool_t *pool, const void *about)
{
    base_frame_t *frame = apr_palloc(pool, sizeof *frame);

    (void)about;
    return base_frame_get(page->db, pool, frame) == DB_OK ? frame : NULL;
}

db_error_t cache_frame(page_t *page)
{
    db_error_t error;
    const base_frame_t *kept = get(page, "frame", read_frame, NULL, &error);

    if (kept == NULL)
        return error;
    page->frame.authority = kept->authority;
    page->frame.zone = kept->zone;
    return DB_OK;
}

/* ---------------------------------------------------------------- sessions of exams */

static const void *read_sessions(page_t *page, apr_pool_t *pool, const void *about)
{
    apr_array_header_t *sessions;

    (void)about;
    return exam_session_list(page->db, pool, &sessions) == DB_OK ? sessions : NULL;
}

db_error_t cache_sessions(page_t *page, const apr_array_header_t **sessions)
{
    db_error_t error;

    *sessions = get(page, "sessions", read_sessions, NULL, &error);
    return error;
}

/* ---------------------------------------------------------------- lists of choices */

typedef struct listed_t {
    apr_array_header_t *choices;
    const options_t *options; /* of a long list, as a template makes them; or NULL */
} listed_t;

static void list_long(page_t *page, apr_pool_t *pool, listed_t *list)
{
    list->options = options_make(page, pool, list->choices);
}

static apr_array_header_t *give(page_t *page, const listed_t *list)
{
    if (list->options != NULL)
        APR_ARRAY_PUSH(given_to(page)->lists, const listed_t *) = list;
    return list->choices;
}

const options_t *cache_options(page_t *page, const apr_array_header_t *choices)
{
    const apr_array_header_t *lists = given_to(page)->lists;
    int i;

    for (i = 0; i < lists->nelts; i++)
        if (APR_ARRAY_IDX(lists, i, const listed_t *)->choices == choices)
            return APR_ARRAY_IDX(lists, i, const listed_t *)->options;
    return NULL;
}

/* Of every exam. */
typedef struct common_lists_t {
    listed_t countries, departments, academies;
} common_lists_t;

static const void *read_common_lists(page_t *page, apr_pool_t *pool, const void *about)
{
    common_lists_t *lists = apr_pcalloc(pool, sizeof *lists);

    (void)about;
    if (reference_countries(page->db, pool, &lists->countries.choices) != DB_OK ||
        reference_departments(page->db, pool, &lists->departments.choices) != DB_OK ||
        reference_academies(page->db, pool, &lists->academies.choices) != DB_OK)
        return NULL;
    list_long(page, pool, &lists->countries);
    list_long(page, pool, &lists->departments);
    list_long(page, pool, &lists->academies);
    return lists;
}

/* What the candidates of a session are asked by in a registration service. */
typedef struct exam_lists_t {
    exam_rules_t *rules;
    const char *families; /* "|SCO|APP|" */
    apr_array_header_t *languages, *optional_languages;
    listed_t specialties; /* of individuals */
} exam_lists_t;

static const void *read_exam_lists(page_t *page, apr_pool_t *pool, const void *about)
{
    service_t service = *(const service_t *)about;
    exam_lists_t *lists = apr_pcalloc(pool, sizeof *lists);

    if (reference_rules(page->db, pool, page->exam, page->exam_session->id, &lists->rules) != DB_OK ||
        reference_families(page->db, pool, page->exam, service, &lists->families) != DB_OK ||
        reference_languages(page->db, pool, page->exam, &lists->languages, &lists->optional_languages) !=
            DB_OK)
        return NULL;
    if (service != SERVICE_PUBLIC_REGISTRATION)
        return lists;
    if (reference_specialties(page->db, pool, page->exam, page->exam_session->year,
                              &lists->specialties.choices) != DB_OK)
        return NULL;
    list_long(page, pool, &lists->specialties);
    return lists;
}

static const exam_lists_t *exam_lists(page_t *page, service_t service, db_error_t *error)
{
    const char *key =
        apr_psprintf(page->pool, "lists %" APR_INT64_T_FMT " %d", page->exam_session->id, (int)service);

    return get(page, key, read_exam_lists, &service, error);
}

/* Many specialties have none: that is known as well. */
typedef struct known_units_t {
    const units_t *units, *others; /* NULL: none are loaded */
    const char *forms, *elsewhere; /* or NULL */
} known_units_t;

typedef struct units_of_t {
    const char *specialty;
    int session_year;
} units_of_t;

static const void *read_units(page_t *page, apr_pool_t *pool, const void *about)
{
    const units_of_t *of = about;
    known_units_t *known = apr_pcalloc(pool, sizeof *known);

    return reference_units(page->db, pool, of->specialty, of->session_year, &known->units, &known->others) ==
                       DB_OK &&
                   reference_terms(page->db, pool, of->specialty, &known->forms, &known->elsewhere) == DB_OK
               ? known
               : NULL;
}

static db_error_t give_units(page_t *page, questionnaire_t *q, const char *specialty)
{
    const units_of_t of = {specialty, q->session_year};
    db_error_t error;
    const known_units_t *known = get(
        page, apr_psprintf(page->pool, "units %s %d", specialty, q->session_year), read_units, &of, &error);

    if (known != NULL) {
        q->units = known->units;
        q->other_units = known->others;
        q->forms = known->forms;
        q->elsewhere = known->elsewhere;
    }
    return error;
}

db_error_t cache_questionnaire(page_t *page, questionnaire_t *q, const establishment_t *school,
                               const char *specialty)
{
    const common_lists_t *common;
    const exam_lists_t *lists;
    db_error_t error;

    if ((common = get(page, "lists", read_common_lists, NULL, &error)) == NULL ||
        (lists = exam_lists(page, q->service, &error)) == NULL ||
        (specialty != NULL && (error = give_units(page, q, specialty)) != DB_OK))
        return error;
    q->rules = lists->rules;
    q->languages = lists->languages;
    q->optional_languages = lists->optional_languages;
    q->families =
        reference_family_choices(page->pool, lists->families, school != NULL ? school->families : NULL);
    q->countries = q->nationalities = give(page, &common->countries);
    q->departments = give(page, &common->departments);
    q->academies = give(page, &common->academies);
    q->specialties = give(page, &lists->specialties);
    return DB_OK;
}

db_error_t cache_rules(page_t *page, const exam_rules_t **rules)
{
    db_error_t error;
    const exam_lists_t *lists = exam_lists(page, (service_t)page->service, &error);

    *rules = lists != NULL ? lists->rules : NULL;
    return error;
}

/* ---------------------------------------------------------------- of a school */

static const char *school_key(page_t *page, const char *what, apr_int64_t establishment)
{
    return apr_psprintf(page->pool, "%s %" APR_INT64_T_FMT " %" APR_INT64_T_FMT, what, establishment,
                        page->exam_session->id);
}

static const void *read_offers(page_t *page, apr_pool_t *pool, const void *establishment)
{
    school_offers_t *found = apr_palloc(pool, sizeof *found);

    return establishment_offers(page->db, pool, *(const apr_int64_t *)establishment, page->exam_session->id,
                                found) == DB_OK
               ? found
               : NULL;
}

db_error_t cache_offers(page_t *page, apr_int64_t establishment, school_offers_t *found)
{
    db_error_t error;
    const school_offers_t *kept =
        get(page, school_key(page, "offers", establishment), read_offers, &establishment, &error);

    if (kept != NULL)
        *found = *kept;
    return error;
}

typedef struct category_of_t {
    const questionnaire_t *q;
    const answers_t *answers;
    const establishment_t *school; /* NULL: an individual */
} category_of_t;

static const void *read_category(page_t *page, apr_pool_t *pool, const void *about)
{
    const category_of_t *of = about;
    const char *code = NULL;

    reference_category(page->db, pool, of->q, of->answers, of->school, &code);
    return code;
}

db_error_t cache_category(page_t *page, const questionnaire_t *q, const answers_t *answers,
                          const establishment_t *school, const char **category)
{
    const category_of_t of = {q, answers, school};
    const char *key =
        apr_psprintf(page->pool, "category %s %d %d %s", answers->value[Q_CATEGORY],
                     marked_by_ccf(q, answers), (int)q->exam, school != NULL ? school->sector : "-");
    db_error_t error;

    *category = get(page, key, read_category, &of, &error);
    return error;
}

/* ---------------------------------------------------------------- figures */

/* Counted anew into a pool of its own: a list that changes all day makes no garbage. */
typedef struct counted_t {
    apr_int64_t version;
    apr_pool_t *pool;
    apr_array_header_t *figures; /* NULL: not yet */
} counted_t;

/* What stays of it, while its figures change. */
typedef struct count_t {
    counted_t *counted;
} count_t;

static const void *begin_count(page_t *page, apr_pool_t *pool, const void *about)
{
    count_t *count = apr_palloc(pool, sizeof *count);

    (void)page;
    (void)about;
    count->counted = apr_pcalloc(pool, sizeof *count->counted);
    apr_pool_create(&count->counted->pool, pool);
    return count;
}

static apr_array_header_t *figures_copy(apr_pool_t *pool, const apr_array_header_t *figures)
{
    apr_array_header_t *copy = apr_array_copy(pool, figures);
    int i;

    for (i = 0; i < copy->nelts; i++) {
        listing_figure_t *figure = &APR_ARRAY_IDX(copy, i, listing_figure_t);

        figure->specialty = apr_pstrdup(pool, figure->specialty);
        figure->label = apr_pstrdup(pool, figure->label);
    }
    return copy;
}

/* A page's own, since the next one may count anew; NULL: they are of another version. */
static apr_array_header_t *known_figures(page_t *page, const counted_t *counted, apr_int64_t version)
{
    generation_t *generation = generation_of(page);
    apr_array_header_t *figures = NULL;

    generation_enter(generation);
    if (counted->figures != NULL && counted->version == version)
        figures = figures_copy(page->pool, counted->figures);
    generation_leave(generation);
    return figures;
}

/* Somebody else may have counted a later version meanwhile: that one stays. */
static void keep_figures(page_t *page, counted_t *counted, apr_int64_t version,
                         const apr_array_header_t *figures)
{
    generation_t *generation = generation_of(page);

    generation_enter(generation);
    if (counted->figures == NULL || counted->version < version) {
        apr_pool_clear(counted->pool);
        counted->figures = figures_copy(counted->pool, figures);
        counted->version = version;
    }
    generation_leave(generation);
}

db_error_t cache_figures(page_t *page, apr_int64_t establishment, apr_int64_t version,
                         apr_array_header_t **figures)
{
    const scope_t scope = {.kind = SCOPE_ONE, .establishment = establishment};
    db_error_t error;
    const count_t *count = get(page, school_key(page, "figures", establishment), begin_count, NULL, &error);

    if (count == NULL || (*figures = known_figures(page, count->counted, version)) != NULL)
        return error;
    if (connection_borrow(page) == NULL)
        return connection_failure(page);
    if ((error = listing_figures(page->db, page->pool, &scope, page->exam_session->id, figures)) == DB_OK)
        keep_figures(page, count->counted, version, *figures);
    return error;
}
