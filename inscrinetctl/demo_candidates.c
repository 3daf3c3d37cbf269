/* SPDX-License-Identifier: Apache-2.0
 *
 * Who registers where and when, and the registrations.
 *
 * A room is one session of an exam in one school; of an exam with several most candidates are in the main
 * one. It gets its share of the candidates, and they come in groups, each of one class and specialty, for one
 * hour of one working day. Individuals come one by one, on any day. All of them sorted by time are the order
 * in which numbers are given.
 */
#include <apr_strings.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../lib/store/audit.h"
#include "../lib/store/reference.h"
#include "../lib/store/registration.h"
#include "../lib/store/registration_columns.h"
#include "demo.h"

enum {
    STREAM_PLACES = 1, /* schools have their numbers */
    STREAM_PEOPLE = 2,
    INDIVIDUALS_IN = 20, /* one in so many */
    SURE_FROM = 2000,    /* from so many candidates on, the first schools are sure of … */
    SURE = 45,           /* … so many in each room: 40, and what is cancelled */
    PARTS = 10,          /* of the candidates of an exam: one for each further session … */
    FURTHER_FROM = 40,   /* … and where there are so many in all … */
    FURTHER_LEAST = 2,   /* … some more, for the first schools */
    FIRST_SCHOOLS_WEIGHT = 3,
    GROUP_LEAST = 2,
    GROUP_MOST = 28,
    GROUPS_ABOUT = 4,
    DAYS = 17, /* before today; a week-end counts for the Friday before it */
    FIRST_HOUR = 8,
    HOURS = 9,
    SITTING = 45 * 60,
    SATURDAY = 6,
    CONTINUING = 15, /* of a hundred, where a school has families beyond its first */
    CANCELLED = 3,   /* of a hundred */
    PROGRESS = 500
};

/* How many present an exam, against the others, and what classes are called. */
static const struct {
    int weight, individuals;
    const char *class_prefix;
} exams[EXAM_COUNT] = {
    [EXAM_BTS] = {6, 15, "2BTS"}, [EXAM_BCP] = {6, 10, "TPRO"}, [EXAM_BP] = {3, 6, "2BP"},
    [EXAM_CAP] = {5, 60, "2CAP"}, [EXAM_BEP] = {2, 0, "1PRO"},  [EXAM_MC4] = {1, 4, "MC4-"},
    [EXAM_MC5] = {2, 5, "MC5-"},
};

typedef struct room_t {
    demo_school_t *school;
    const exam_session_t *session;
    int sure, weight;
} room_t;

/* ---------------------------------------------------------------- shares */

static const exam_session_t *session_at(const demo_t *demo, int i)
{
    return &APR_ARRAY_IDX(demo->sessions, i, exam_session_t);
}

/* How many parts in ten of an exam's candidates are in a session. */
static int parts_of(const demo_t *demo, const exam_session_t *session)
{
    int i, further = 0;

    for (i = 0; i < demo->sessions->nelts; i++)
        further += session_at(demo, i)->exam == session->exam && !session_at(demo, i)->is_main;
    return session->is_main && further < PARTS ? PARTS - further : 1;
}

static int sure_of(const demo_t *demo, const exam_session_t *session)
{
    int sure = demo->candidates >= SURE_FROM ? SURE : demo->candidates * SURE / SURE_FROM;

    if (session->is_main)
        return sure;
    return sure / PARTS + (demo->candidates >= FURTHER_FROM ? FURTHER_LEAST : 0);
}

static apr_array_header_t *rooms_of(const demo_t *demo)
{
    apr_array_header_t *rooms =
        apr_array_make(demo->pool, demo->establishments * demo->sessions->nelts, sizeof(room_t));
    int i, j;

    for (i = 0; i < demo->establishments; i++)
        for (j = 0; j < demo->sessions->nelts; j++) {
            const exam_session_t *session = session_at(demo, j);
            int first = i < DEMO_SCHOOLS_LEAST;

            if (demo->schools[i].exams & EXAM_BIT(session->exam))
                APR_ARRAY_PUSH(rooms, room_t) =
                    (room_t){&demo->schools[i], session, first ? sure_of(demo, session) : 0,
                             exams[session->exam].weight * parts_of(demo, session) *
                                 (first ? FIRST_SCHOOLS_WEIGHT : 1)};
        }
    return rooms;
}

/* The share of a weight in a total, such that the shares of all add up exactly: up_to counts the weights so
 * far. */
static int share(int total, int weight, int *up_to, int weights)
{
    int before = (int)((apr_int64_t)total * *up_to / weights);

    *up_to += weight;
    return (int)((apr_int64_t)total * *up_to / weights) - before;
}

/* ---------------------------------------------------------------- places */

typedef struct planner_t {
    demo_t *demo;
    demo_random_t random;
    apr_array_header_t *places; /* demo_place_t */
} planner_t;

/* Some hour of a working day, or of any day at home. */
static apr_int64_t draw_hour(planner_t *planner, int at_home)
{
    int days = -1 - demo_random_below(&planner->random, DAYS), year, month, day, weekday;
    int hour = FIRST_HOUR + demo_random_below(&planner->random, at_home ? 14 : HOURS);
    int minute = 15 * demo_random_below(&planner->random, 4);

    demo_date(planner->demo, days, &year, &month, &day, &weekday);
    if (!at_home && (weekday == SATURDAY || weekday == 0))
        days -= weekday == SATURDAY ? 1 : 2;
    return demo_instant(planner->demo, days, hour, minute);
}

static void push_place(planner_t *planner, demo_place_t place)
{
    place.ordinal = planner->places->nelts;
    place.at += demo_random_below(&planner->random, SITTING);
    APR_ARRAY_PUSH(planner->places, demo_place_t) = place;
}

/* A school's first family is that of most of its candidates. */
static const char *draw_family(planner_t *planner, const demo_school_t *school)
{
    char *last, *families = apr_pstrdup(planner->demo->pool, school->establishment.families);
    const char *first = apr_strtok(families, "|", &last), *second = apr_strtok(NULL, "|", &last);

    return second != NULL && demo_random_percent(&planner->random, CONTINUING) ? second : first;
}

static void plan_group(planner_t *planner, const room_t *room, int candidates, int group)
{
    const apr_array_header_t *offer = room->school->offer[room->session->exam];
    demo_place_t place = {.at = draw_hour(planner, 0),
                          .session = room->session,
                          .school = room->school,
                          .family = draw_family(planner, room->school),
                          .specialty = APR_ARRAY_IDX(offer, group % offer->nelts, const char *),
                          .class_name = apr_psprintf(planner->demo->pool, "%s%d",
                                                     exams[room->session->exam].class_prefix, group + 1)};

    while (candidates-- > 0)
        push_place(planner, place);
}

static void plan_room(planner_t *planner, const room_t *room, int candidates)
{
    int size = candidates / GROUPS_ABOUT, group;

    if (size < GROUP_LEAST)
        size = GROUP_LEAST;
    if (size > GROUP_MOST)
        size = GROUP_MOST;
    for (group = 0; candidates > 0; group++, candidates -= size)
        plan_group(planner, room, candidates < size ? candidates : size, group);
}

static void plan_schools(planner_t *planner, int candidates)
{
    apr_array_header_t *rooms = rooms_of(planner->demo);
    const room_t *room = (const room_t *)rooms->elts;
    int weights = 0, up_to = 0, i;

    for (i = 0; i < rooms->nelts; i++) {
        candidates -= room[i].sure;
        weights += room[i].weight;
    }
    for (i = 0; i < rooms->nelts; i++)
        plan_room(planner, &room[i], room[i].sure + share(candidates, room[i].weight, &up_to, weights));
}

/* An individual comes with some experience, or as a « candidat libre » where the exam knows that. */
static const char *individual_family(exam_t exam, int ordinal)
{
    return exam == EXAM_CAP && ordinal % 2 == 0 ? "IND" : "EXP";
}

static void plan_individuals(planner_t *planner, int individuals)
{
    const demo_t *demo = planner->demo;
    int i, up_to = 0, weights = 0;

    for (i = 0; i < demo->sessions->nelts; i++)
        weights += exams[session_at(demo, i)->exam].individuals * parts_of(demo, session_at(demo, i));
    for (i = 0; i < demo->sessions->nelts; i++) {
        const exam_session_t *session = session_at(demo, i);
        apr_array_header_t *open = demo_open_specialties(demo, session);
        int candidates =
            share(individuals, exams[session->exam].individuals * parts_of(demo, session), &up_to, weights);

        while (candidates-- > 0)
            push_place(
                planner,
                (demo_place_t){.at = draw_hour(planner, 1),
                               .session = session,
                               .family = individual_family(session->exam, planner->places->nelts),
                               .specialty = APR_ARRAY_IDX(
                                   open, demo_random_below(&planner->random, open->nelts), const char *)});
    }
}

static int by_time(const void *one, const void *other)
{
    const demo_place_t *a = one, *b = other;

    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->ordinal < b->ordinal ? -1 : a->ordinal > b->ordinal;
}

/* Who registers where and when (demo_place_t), in the order of time. */
static apr_array_header_t *plan_places(demo_t *demo)
{
    planner_t planner = {.demo = demo,
                         .places = apr_array_make(demo->pool, demo->candidates + 1, sizeof(demo_place_t))};
    int individuals = demo->candidates / INDIVIDUALS_IN;

    demo_random_seed(&planner.random, demo->seed, STREAM_PLACES);
    plan_schools(&planner, demo->candidates - individuals);
    plan_individuals(&planner, individuals);
    qsort(planner.places->elts, (size_t)planner.places->nelts, sizeof(demo_place_t), by_time);
    return planner.places;
}

/* ---------------------------------------------------------------- registrations */

/* No two candidates are of the same name and birth: a school would be told that he is there already. */
static answers_t *draw_person(demo_t *demo, apr_pool_t *pool, demo_random_t *random,
                              const demo_place_t *place, const questionnaire_t *q, apr_hash_t *known)
{
    for (;;) {
        answers_t *answers = demo_person(demo, pool, random, place, q);
        const char *identity = registration_identity(pool, answers);

        if (apr_hash_get(known, identity, APR_HASH_KEY_STRING) == NULL) {
            apr_hash_set(known, apr_pstrdup(demo->pool, identity), APR_HASH_KEY_STRING, "");
            return answers;
        }
    }
}

static db_error_t find_category(demo_t *demo, const demo_place_t *place, const questionnaire_t *q,
                                const answers_t *answers, const char **category)
{
    demo_school_t *school = place->school;
    const char *key;
    db_error_t error;

    if (school == NULL)
        return reference_category(demo->db, demo->pool, q, answers, NULL, category);
    key = apr_psprintf(demo->pool, "%s %s %d", exam_info(q->exam)->code, place->family,
                       marked_by_ccf(q, answers));
    *category = apr_hash_get(school->categories, key, APR_HASH_KEY_STRING);
    if (*category != NULL)
        return DB_OK;
    error = reference_category(demo->db, demo->pool, q, answers, &school->establishment, category);
    if (error == DB_OK)
        apr_hash_set(school->categories, key, APR_HASH_KEY_STRING, *category);
    return error;
}

static db_error_t add_trace(db_t *db, apr_pool_t *pool, const demo_place_t *place, const registration_t *made)
{
    audit_entry_t entry = {.at = place->at,
                           .service = "inscrinetctl",
                           .actor = "demo",
                           .action = "registration.create",
                           .exam = exam_info(place->session->exam)->code,
                           .number = made->number,
                           .establishment = place->school != NULL ? place->school->establishment.code : NULL,
                           .cited = answers_to_json(pool, made->answers)};

    return audit_add(db, &entry);
}

/* Two of each session. */
static void remember_individual(demo_t *demo, const exam_session_t *session, const registration_t *made)
{
    int i, alike = 0;

    for (i = 0; i < demo->individuals->nelts; i++)
        alike += APR_ARRAY_IDX(demo->individuals, i, demo_individual_t).session == session;
    if (alike < 2)
        APR_ARRAY_PUSH(demo->individuals, demo_individual_t) =
            (demo_individual_t){session, made->number, personal_code_display(demo->pool, made->code),
                                date_display(demo->pool, made->birth_date)};
}

static db_error_t add_candidate(demo_t *demo, apr_pool_t *pool, demo_random_t *random,
                                const demo_place_t *place, apr_hash_t *known)
{
    demo_school_t *school = place->school;
    service_t service = school != NULL ? SERVICE_SCHOOL_REGISTRATION : SERVICE_PUBLIC_REGISTRATION;
    registration_t made = {.exam = place->session->exam,
                           .exam_session = place->session->id,
                           .service = service_info(service)->code,
                           .establishment = school != NULL ? school->establishment.id : DB_NULL,
                           .created = place->at};
    const questionnaire_t *q;
    db_error_t error = demo_questionnaire(demo, place, &q);

    if (error != DB_OK)
        return error;
    made.answers = draw_person(demo, pool, random, place, q, known);
    if ((error = find_category(demo, place, q, made.answers, &made.category)) != DB_OK)
        return error;
    made.cancelled = demo_random_percent(random, CANCELLED);
    error = registration_create(demo->db, pool, &made);
    if (error == DB_OK && school == NULL && !made.cancelled)
        remember_individual(demo, place->session, &made);
    return error != DB_OK ? error : add_trace(demo->db, pool, place, &made);
}

static void show_progress(int done, int all)
{
    if (isatty(STDERR_FILENO) && (done % PROGRESS == 0 || done == all))
        fprintf(stderr, "\r%d / %d candidates%s", done, all, done == all ? "\n" : "");
}

db_error_t demo_candidates_add(demo_t *demo)
{
    apr_array_header_t *places = plan_places(demo);
    apr_hash_t *known = apr_hash_make(demo->pool);
    db_error_t error = DB_OK;
    demo_random_t random;
    apr_pool_t *pool;
    int i;

    demo->individuals = apr_array_make(demo->pool, 2 * EXAM_COUNT, sizeof(demo_individual_t));
    demo_random_seed(&random, demo->seed, STREAM_PEOPLE);
    apr_pool_create(&pool, demo->pool);
    for (i = 0; i < places->nelts && error == DB_OK; i++) {
        error = add_candidate(demo, pool, &random, &APR_ARRAY_IDX(places, i, demo_place_t), known);
        apr_pool_clear(pool);
        show_progress(i + 1, places->nelts);
    }
    apr_pool_destroy(pool);
    return error;
}
