/* SPDX-License-Identifier: Apache-2.0
 *
 * A fictitious academy, to try everything with: what the parts of the generator share.
 *
 * The BP has two sessions beside each other, and a school that presents it presents both:
 * seeds/demo/sessions.csv. The campaign opened twenty days ago and closes in twenty-five. Schools registered
 * their candidates class by class on the days before today, so that the numbers of a school are near each
 * other, but not in the order of names. Everything but the secrets follows from the arguments, the day and
 * the seeds alone: the random numbers are our own, and every instant counts from the midnight before now.
 * Schools' codes begin with 099, which is abroad: no real one has it.
 */
#ifndef INSCRINETCTL_DEMO_H
#define INSCRINETCTL_DEMO_H

#include <apr_hash.h>
#include <apr_tables.h>

#include "../lib/domain/manager.h"
#include "../lib/domain/questionnaire.h"
#include "../lib/store/establishment.h"
#include "../lib/store/exam_session.h"
#include "../lib/store/seed.h"
#include "inscrinetctl.h"
#include "typed_password.h"

/** Random numbers, the same everywhere (splitmix64). */
typedef struct demo_random_t {
    apr_uint64_t state;
} demo_random_t;

/** A stream of its own for each use, so that one more draw in one changes nothing in another. */
void demo_random_seed(demo_random_t *random, apr_uint64_t seed, apr_uint64_t stream);
/** From 0 to below - 1. */
int demo_random_below(demo_random_t *random, int below);
/** 1 in so many cases of a hundred. */
int demo_random_percent(demo_random_t *random, int percent);

typedef struct demo_school_t {
    establishment_t establishment;
    unsigned exams; /* bits */
    int open;       /* both passwords chosen, its services open; otherwise nobody has ever logged in */
    int european;   /* sections européennes: 1, or -1 for no answer yet */
    apr_array_header_t *offer[EXAM_COUNT]; /* const char *: specialties, by code */
    int last_surname[EXAM_COUNT];          /* row of the last candidate's name */
    typed_password_t password[SERVICE_COUNT];
    apr_hash_t *categories; /* "BCP SCO" to the category's code */
} demo_school_t;

/** Where a candidate registers: a seat in a class of a school, or at home. */
typedef struct demo_place_t {
    apr_int64_t at;
    int ordinal; /* unique: it settles the order of equal instants */
    const exam_session_t *session;
    demo_school_t *school; /* or NULL: an individual */
    const char *family;
    const char *specialty;
    const char *class_name; /* or NULL */
} demo_place_t;

/** The material of the candidates' names, addresses and births. */
typedef struct demo_material_t {
    const seed_table_t *surnames, *towns;
    apr_array_header_t *forenames[2];     /* const char *: of women, of men */
    apr_array_header_t *streets, *extras; /* const char *: lines of addresses */
    apr_array_header_t *homes;            /* int: rows of the towns of the academy */
} demo_material_t;

enum { DEMO_SCHOOLS_LEAST = 4, DEMO_SCHOOLS_MOST = 2000, DEMO_CANDIDATES_MOST = 1000000 };

typedef struct demo_individual_t {
    const exam_session_t *session;
    apr_int64_t number;
    const char *code, *birth_date; /* as people write them */
} demo_individual_t;

enum { DEMO_MANAGER, DEMO_MANAGER_OF_DEPARTMENT, DEMO_MANAGER_WHO_READS, DEMO_MANAGERS };
typedef struct demo_manager_t {
    const char *login;
    manager_t manager;
    typed_password_t password;
} demo_manager_t;

typedef struct demo_t {
    apr_pool_t *pool;
    db_t *db;
    int establishments, candidates;
    apr_uint64_t seed;
    apr_int64_t now;
    const char *zone;
    apr_array_header_t *sessions; /* exam_session_t: those that are open */
    demo_school_t *schools;
    demo_manager_t managers[DEMO_MANAGERS];
    const seed_table_t *specialties;
    demo_material_t material;
    apr_hash_t *known;               /* of demo_questionnaire: what many of them share is there once */
    apr_array_header_t *individuals; /* demo_individual_t: some of each session, to try « Modifier » with */
} demo_t;

/** The instant of an hour, so many days after today (before: negative). */
apr_int64_t demo_instant(const demo_t *demo, int days, int hour, int minute);
/** The date of that day. */
void demo_date(const demo_t *demo, int days, int *year, int *month, int *day, int *weekday);

/** Choose the managers' passwords, once there are schools; then write their accounts. */
int demo_managers_plan(demo_t *demo);
db_error_t demo_managers_add(const demo_t *demo);

/** Draw up the sessions: those of the base, and what seeds/demo/sessions.csv says of them and beside them.
 * Gives CTL_….
 */
int demo_sessions_plan(demo_t *demo);
/** Write them. */
db_error_t demo_sessions_add(demo_t *demo);
/** The first one of an exam: its main one; NULL: none is open. */
const exam_session_t *demo_session_of(const demo_t *demo, exam_t exam);

/** The specialties that are open to a session (const char *: codes, in their order). */
apr_array_header_t *demo_open_specialties(const demo_t *demo, const exam_session_t *session);

/** Draw up the schools, choose and hash the passwords of the open ones. No base is touched. Gives CTL_…. */
int demo_schools_plan(demo_t *demo);
/** Add them with their exams, offers and accounts. */
db_error_t demo_schools_add(demo_t *demo);

/** Read the material. Gives CTL_…. */
int demo_people_read(demo_t *demo);
/** All the answers of the candidate of a place, as the questionnaire keeps them. */
answers_t *demo_person(demo_t *demo, apr_pool_t *pool, demo_random_t *random, const demo_place_t *place,
                       const questionnaire_t *q);

/** The questionnaire of a place's candidates, from the base. */
db_error_t demo_questionnaire(demo_t *demo, const demo_place_t *place, const questionnaire_t **q);
/** Answer what is asked about the situation and the units; what isn't asked of this candidate is forgotten.
 */
void demo_answer_situation(apr_pool_t *pool, demo_random_t *random, const questionnaire_t *q, int adult,
                           answers_t *answers);

/** Register all the candidates. */
db_error_t demo_candidates_add(demo_t *demo);

/**
 * Write the table of the accounts: into a new file beside path (to be named by demo_accounts_keep once the
 * base is sure), or to standard output without one. Gives CTL_….
 */
int demo_accounts_write(const demo_t *demo, const char *path, const char **temporary);
int demo_accounts_keep(const char *temporary, const char *path);

#endif
