/* SPDX-License-Identifier: Apache-2.0
 *
 * What the base seldom changes, kept by each process: nomenclatures, the specialties that a school offers,
 * how many candidates its list has. Two things bound how old it may be. The base's own version of its
 * nomenclatures, which every page reads with its frame, tells at once what a load has changed; and after a
 * minute all of it is read anew, for whoever changed a row by hand. What a registration depends on is not
 * taken from here but for the nomenclatures.
 *
 * A generation is one pool with all that was read under one version. It is replaced as a whole; requests that
 * still use the former one hold it, and the last of them lets it go.
 */
#include "cache.h"

#include <apr_strings.h>
#include <apr_thread_mutex.h>
#include <httpd.h>
#include <stdlib.h>

#include "connection.h"
#include "directives.h"
#include "store/exam_session.h"
#include "store/listing.h"
#include "store/reference.h"

enum { OLD_AFTER = 60 /* seconds */, SPECIALTIES_MOST = 2000 /* a draft may hold anything */ };

/* What the candidates of an exam are asked by in a registration service. */
typedef struct exam_lists_t {
    exam_rules_t *rules;
    const char *families; /* "|SCO|APP|" */
    apr_array_header_t *languages, *optional_languages;
    apr_array_header_t *specialties; /* of individuals */
} exam_lists_t;

typedef struct generation_t {
    apr_pool_t *pool;
    int holders; /* requests, and the cache itself */
    apr_int64_t version, made;
    apr_array_header_t *countries, *departments, *academies;
    apr_array_header_t *sessions; /* exam_session_t: of all exams */
    apr_hash_t *options;          /* the address of long choices -> options_t */
    apr_hash_t *lists;            /* "SESSION SERVICE" -> exam_lists_t */
    apr_hash_t *units;            /* a specialty's code -> units_holder_t */
    apr_hash_t *offers;           /* "ID SESSION" -> choices */
    apr_hash_t *categories;       /* "FAMILY CCF EXAM SECTOR" -> code */
    apr_hash_t *figures;          /* "ID SESSION" -> counted_t */
} generation_t;

typedef struct cache_t {
    apr_thread_mutex_t *mutex;
    apr_pool_t *frame_pool; /* of what is in frame; it says nothing of the lock */
    base_frame_t frame;
    apr_int64_t frame_made; /* 0: never */
    generation_t *present;
} cache_t;

typedef struct units_holder_t {
    const units_t *units; /* NULL: none are loaded */
} units_holder_t;

/* Counted anew into a pool of its own: a list that changes all day makes no garbage. */
typedef struct counted_t {
    apr_int64_t version;
    apr_pool_t *pool;
    apr_array_header_t *figures;
} counted_t;

void cache_child_init(apr_pool_t *pool, server_rec *main_server)
{
    server_rec *server;

    for (server = main_server; server != NULL; server = server->next) {
        config_t *config = directives_config_of_startup(server);

        config->cache = apr_pcalloc(pool, sizeof *config->cache);
        apr_thread_mutex_create(&config->cache->mutex, APR_THREAD_MUTEX_DEFAULT, pool);
        apr_pool_create(&config->cache->frame_pool, pool);
    }
}

/* Under the mutex. */
static void let_go(generation_t *generation)
{
    if (--generation->holders == 0)
        apr_pool_destroy(generation->pool);
}

typedef struct hold_t {
    cache_t *cache;
    generation_t *generation;
} hold_t;

static apr_status_t end_hold(void *baton)
{
    hold_t *hold = baton;

    apr_thread_mutex_lock(hold->cache->mutex);
    let_go(hold->generation);
    apr_thread_mutex_unlock(hold->cache->mutex);
    return APR_SUCCESS;
}

/* The request keeps what it was given until it ends. */
static void hold(page_t *page, generation_t *generation)
{
    hold_t *held;

    if (page->generation == generation)
        return;
    held = apr_palloc(page->pool, sizeof *held);
    held->cache = page->config->cache;
    held->generation = generation;
    generation->holders++;
    page->generation = generation;
    apr_pool_cleanup_register(page->pool, held, end_hold, apr_pool_cleanup_null);
}

static int is_good(const page_t *page, const generation_t *generation)
{
    return generation != NULL && generation->version == page->frame.nomenclature &&
           llabs((long long)(page->now - generation->made)) < OLD_AFTER;
}

static void make_options(page_t *page, generation_t *generation, const apr_array_header_t *choices)
{
    const options_t *options = options_make(page, generation->pool, choices);
    const void **key = apr_palloc(generation->pool, sizeof *key);

    *key = choices;
    if (options != NULL)
        apr_hash_set(generation->options, key, sizeof *key, options);
}

static generation_t *make_generation(page_t *page)
{
    generation_t *made;
    apr_pool_t *pool;

    if (apr_pool_create_unmanaged_ex(&pool, NULL, NULL) != APR_SUCCESS)
        return NULL;
    made = apr_pcalloc(pool, sizeof *made);
    made->pool = pool;
    made->version = page->frame.nomenclature;
    made->made = page->now;
    made->options = apr_hash_make(pool);
    made->lists = apr_hash_make(pool);
    made->units = apr_hash_make(pool);
    made->offers = apr_hash_make(pool);
    made->categories = apr_hash_make(pool);
    made->figures = apr_hash_make(pool);
    if (exam_session_list(page->db, pool, &made->sessions) == DB_OK &&
        reference_countries(page->db, pool, &made->countries) == DB_OK &&
        reference_departments(page->db, pool, &made->departments) == DB_OK &&
        reference_academies(page->db, pool, &made->academies) == DB_OK) {
        make_options(page, made, made->countries);
        make_options(page, made, made->departments);
        make_options(page, made, made->academies);
        return made;
    }
    apr_pool_destroy(pool);
    return NULL;
}

/* Under the mutex: the generation that this request may use, held; NULL with the base's error. A request
 * whose own view of the base is older than the present generation reads for itself, and doesn't replace it.
 */
static generation_t *generation_for(page_t *page)
{
    cache_t *cache = page->config->cache;
    generation_t *made;

    if (is_good(page, page->generation))
        return page->generation;
    if (is_good(page, cache->present)) {
        hold(page, cache->present);
        return cache->present;
    }
    if ((made = make_generation(page)) == NULL)
        return NULL;
    hold(page, made);
    if (cache->present == NULL || cache->present->version <= made->version) {
        if (cache->present != NULL)
            let_go(cache->present);
        cache->present = made;
        made->holders++;
    }
    return made;
}

static const char *key_of(page_t *page, apr_int64_t establishment)
{
    return apr_psprintf(page->pool, "%" APR_INT64_T_FMT " %" APR_INT64_T_FMT, establishment,
                        page->exam_session->id);
}

static db_error_t offer_of(page_t *page, generation_t *generation, apr_int64_t establishment,
                           apr_array_header_t **specialties)
{
    const char *key = key_of(page, establishment);

    *specialties = apr_hash_get(generation->offers, key, APR_HASH_KEY_STRING);
    if (*specialties != NULL)
        return DB_OK;
    if (establishment_offer(page->db, generation->pool, establishment, page->exam_session->id, specialties) !=
        DB_OK)
        return db_error(page->db);
    apr_hash_set(generation->offers, apr_pstrdup(generation->pool, key), APR_HASH_KEY_STRING, *specialties);
    return DB_OK;
}

static db_error_t lists_of(page_t *page, generation_t *generation, service_t service, exam_lists_t **lists)
{
    const char *key =
        apr_psprintf(page->pool, "%" APR_INT64_T_FMT " %d", page->exam_session->id, (int)service);
    exam_lists_t *made;

    if ((*lists = apr_hash_get(generation->lists, key, APR_HASH_KEY_STRING)) != NULL)
        return DB_OK;
    made = apr_pcalloc(generation->pool, sizeof *made);
    if (reference_rules(page->db, generation->pool, page->exam, page->exam_session->id, &made->rules) !=
            DB_OK ||
        reference_families(page->db, generation->pool, page->exam, service, &made->families) != DB_OK ||
        reference_languages(page->db, generation->pool, page->exam, &made->languages,
                            &made->optional_languages) != DB_OK)
        return db_error(page->db);
    if (service == SERVICE_PUBLIC_REGISTRATION) {
        if (reference_specialties(page->db, generation->pool, page->exam, page->exam_session->year,
                                  &made->specialties) != DB_OK)
            return db_error(page->db);
        make_options(page, generation, made->specialties);
    }
    apr_hash_set(generation->lists, apr_pstrdup(generation->pool, key), APR_HASH_KEY_STRING, made);
    *lists = made;
    return DB_OK;
}

static db_error_t units_of(page_t *page, generation_t *generation, const char *specialty,
                           const units_t **units)
{
    units_holder_t *holder = apr_hash_get(generation->units, specialty, APR_HASH_KEY_STRING);

    if (holder == NULL) {
        holder = apr_pcalloc(generation->pool, sizeof *holder);
        if (reference_units(page->db, generation->pool, specialty, &holder->units) != DB_OK)
            return db_error(page->db);
        if (apr_hash_count(generation->units) < SPECIALTIES_MOST)
            apr_hash_set(generation->units, apr_pstrdup(generation->pool, specialty), APR_HASH_KEY_STRING,
                         holder);
    }
    *units = holder->units;
    return DB_OK;
}

static db_error_t category_of(page_t *page, generation_t *generation, const char *family,
                              const establishment_t *school, const char **category)
{
    const char *key =
        apr_psprintf(page->pool, "%s %d %d %s", family, school != NULL ? school->licensed_ccf : -1,
                     (int)page->exam, school != NULL ? school->sector : "");

    *category = apr_hash_get(generation->categories, key, APR_HASH_KEY_STRING);
    if (*category != NULL)
        return DB_OK;
    if (reference_category(page->db, generation->pool, page->exam, family, school, category) != DB_OK)
        return db_error(page->db);
    if (*category != NULL)
        apr_hash_set(generation->categories, apr_pstrdup(generation->pool, key), APR_HASH_KEY_STRING,
                     *category);
    return DB_OK;
}

static counted_t *counted_of(generation_t *generation, const char *key)
{
    counted_t *counted = apr_hash_get(generation->figures, key, APR_HASH_KEY_STRING);

    if (counted == NULL) {
        counted = apr_pcalloc(generation->pool, sizeof *counted);
        apr_pool_create(&counted->pool, generation->pool);
        apr_hash_set(generation->figures, apr_pstrdup(generation->pool, key), APR_HASH_KEY_STRING, counted);
    }
    return counted;
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

/* Somebody else may have counted a later version meanwhile: that one stays. */
static void keep_figures(counted_t *counted, apr_int64_t version, const apr_array_header_t *figures)
{
    if (counted->figures != NULL && counted->version >= version)
        return;
    apr_pool_clear(counted->pool);
    counted->figures = figures_copy(counted->pool, figures);
    counted->version = version;
}

/* ---------------------------------------------------------------- the frame */

static void copy_frame(apr_pool_t *pool, base_frame_t *to, const base_frame_t *from)
{
    base_lock_t lock = to->lock;

    *to = *from;
    to->lock = lock;
    to->authority = apr_pstrdup(pool, from->authority);
    to->zone = apr_pstrdup(pool, from->zone);
}

/* Every page asks for it: what seldom changes is read again when the version says so, or the minute is over.
 */
db_error_t cache_frame(page_t *page, base_frame_t *frame)
{
    cache_t *cache = page->config->cache;
    int known;

    apr_thread_mutex_lock(cache->mutex);
    known = cache->frame_made != 0 && cache->frame.nomenclature == frame->nomenclature &&
            llabs((long long)(page->now - cache->frame_made)) < OLD_AFTER;
    if (known)
        copy_frame(page->pool, frame, &cache->frame);
    apr_thread_mutex_unlock(cache->mutex);
    if (known)
        return DB_OK;
    if (connection_borrow(page) == NULL)
        return page->failure;
    if (base_frame_get(page->db, page->pool, frame) != DB_OK)
        return db_error(page->db);
    apr_thread_mutex_lock(cache->mutex);
    apr_pool_clear(cache->frame_pool);
    copy_frame(cache->frame_pool, &cache->frame, frame);
    cache->frame_made = page->now;
    apr_thread_mutex_unlock(cache->mutex);
    return DB_OK;
}

/* ---------------------------------------------------------------- what pages ask */

/* The request's generation, with the mutex taken; NULL without it. */
static generation_t *enter(page_t *page)
{
    generation_t *generation;

    if (connection_borrow(page) == NULL)
        return NULL;
    apr_thread_mutex_lock(page->config->cache->mutex);
    generation = generation_for(page);
    if (generation == NULL)
        apr_thread_mutex_unlock(page->config->cache->mutex);
    return generation;
}

static db_error_t leave(page_t *page, db_error_t error)
{
    apr_thread_mutex_unlock(page->config->cache->mutex);
    return error;
}

static db_error_t not_entered(const page_t *page)
{
    return connection_failure(page);
}

static db_error_t fill(page_t *page, generation_t *generation, questionnaire_t *q,
                       const establishment_t *school, const char *specialty)
{
    exam_lists_t *lists;

    if (lists_of(page, generation, q->service, &lists) != DB_OK ||
        (specialty != NULL && units_of(page, generation, specialty, &q->units) != DB_OK))
        return db_error(page->db);
    q->rules = lists->rules;
    q->languages = lists->languages;
    q->optional_languages = lists->optional_languages;
    q->families =
        reference_family_choices(page->pool, lists->families, school != NULL ? school->families : NULL);
    q->countries = q->nationalities = generation->countries;
    q->departments = generation->departments;
    q->academies = generation->academies;
    q->specialties = lists->specialties;
    return DB_OK;
}

db_error_t cache_questionnaire(page_t *page, questionnaire_t *q, const establishment_t *school,
                               const char *specialty)
{
    generation_t *generation = enter(page);

    if (generation == NULL)
        return not_entered(page);
    return leave(page, fill(page, generation, q, school, specialty));
}

/* Every page of an exam asks for it: one that is known needs no connection. */
db_error_t cache_sessions(page_t *page, const apr_array_header_t **sessions)
{
    cache_t *cache = page->config->cache;
    generation_t *generation;

    apr_thread_mutex_lock(cache->mutex);
    if (!is_good(page, page->generation) && !is_good(page, cache->present)) {
        apr_thread_mutex_unlock(cache->mutex);
        if ((generation = enter(page)) == NULL)
            return not_entered(page);
    } else
        generation = generation_for(page);
    *sessions = generation->sessions;
    return leave(page, DB_OK);
}

db_error_t cache_rules(page_t *page, const exam_rules_t **rules)
{
    generation_t *generation = enter(page);
    exam_lists_t *lists = NULL;
    db_error_t error;

    if (generation == NULL)
        return not_entered(page);
    error = lists_of(page, generation, (service_t)page->service, &lists);
    *rules = lists != NULL ? lists->rules : NULL;
    return leave(page, error);
}

db_error_t cache_offer(page_t *page, apr_int64_t establishment, apr_array_header_t **specialties)
{
    generation_t *generation = enter(page);

    if (generation == NULL)
        return not_entered(page);
    return leave(page, offer_of(page, generation, establishment, specialties));
}

db_error_t cache_category(page_t *page, const char *family, const establishment_t *school,
                          const char **category)
{
    generation_t *generation = enter(page);

    if (generation == NULL)
        return not_entered(page);
    return leave(page, category_of(page, generation, family, school, category));
}

/* Thousands of rows are counted without the mutex; what a page is given is its own, since the next one may
 * count anew. */
db_error_t cache_figures(page_t *page, apr_int64_t establishment, apr_int64_t version,
                         apr_array_header_t **figures)
{
    const scope_t scope = {.kind = SCOPE_ONE, .establishment = establishment};
    generation_t *generation = enter(page);
    counted_t *counted;
    db_error_t error;

    if (generation == NULL)
        return not_entered(page);
    counted = counted_of(generation, key_of(page, establishment));
    *figures = counted->figures != NULL && counted->version == version
                   ? figures_copy(page->pool, counted->figures)
                   : NULL;
    leave(page, DB_OK);
    if (*figures != NULL)
        return DB_OK;
    if ((error = listing_figures(page->db, page->pool, &scope, page->exam_session->id, figures)) != DB_OK)
        return error;
    apr_thread_mutex_lock(page->config->cache->mutex);
    keep_figures(counted, version, *figures);
    return leave(page, DB_OK);
}

/* Options are added under the mutex, by whoever then gives their choices to a page. */
const options_t *cache_options(const page_t *page, const apr_array_header_t *choices)
{
    const generation_t *generation = page->generation;
    const options_t *options;

    if (generation == NULL)
        return NULL;
    apr_thread_mutex_lock(page->config->cache->mutex);
    options = apr_hash_get(generation->options, &choices, sizeof choices);
    apr_thread_mutex_unlock(page->config->cache->mutex);
    return options;
}
