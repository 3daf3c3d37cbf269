/* SPDX-License-Identifier: Apache-2.0
 *
 * Establishments: what a school is, what it offers, and for each exam it presents whether its registration
 * service is open and whether it manages sections européennes.
 */
#ifndef INSCRINET_STORE_ESTABLISHMENT_H
#define INSCRINET_STORE_ESTABLISHMENT_H

#include <apr_tables.h>

#include "../domain/exam.h"
#include "db.h"

typedef struct establishment_t {
    apr_int64_t id;
    const char *code; /* UAI */
    const char *kind; /* "LP", "LPO", "LG", "CFA" */
    const char *name;
    const char *sector;   /* "PU", "PR" (sous contrat), "HC" */
    const char *families; /* "|SCO|APP|": what its candidates can be */
    int licensed_ccf;
    const char *postal_code, *town; /* or NULL */
    const char *department;         /* as registrations have it, "021", "02A", "974"; or NULL */
    apr_int64_t activation_opens, activation_closes; /* instants, or DB_NULL */
    apr_int64_t activated;                           /* instant, or DB_NULL */
    const char *activated_from;
} establishment_t;

/** One exam of a school. */
typedef struct establishment_exam_t {
    apr_int64_t exam_session;
    int service_open;
    int european; /* 1 OUI, 0 NON, -1 not answered yet */
    apr_int64_t changed;
    const char *changed_from, *changed_by; /* address and login, or NULL */
    apr_int64_t version;                   /* grows with every change of what the school's pages show */
} establishment_exam_t;

/** *found NULL if there is none. */
db_error_t establishment_by_code(db_t *db, apr_pool_t *pool, const char *code, establishment_t **found);
db_error_t establishment_by_id(db_t *db, apr_pool_t *pool, apr_int64_t id, establishment_t **found);

/** One line of the list of all schools. */
typedef struct establishment_line_t {
    apr_int64_t id;
    const char *code, *name, *town, *department; /* the last two or NULL */
    apr_int64_t activated, activation_closes;    /* instants, or DB_NULL */
    apr_int64_t open_services,
        services; /* of the sessions that it presents, of the exams that were asked for */
} establishment_line_t;
/** All (establishment_line_t), by code: some thousands at most. exams: "|BCP|CAP|", NULL: all; sessions that
 * aren't archived are counted. */
db_error_t establishment_roll(db_t *db, apr_pool_t *pool, const char *exams, apr_array_header_t **lines);

/** Sets new->id. */
db_error_t establishment_add(db_t *db, establishment_t *new_one, const char *academy);

/** Open the activation window of one school, or of all with code NULL; DB_NULL twice closes. *changed:
 * schools. */
db_error_t establishment_activation(db_t *db, const char *code, apr_int64_t opens, apr_int64_t closes,
                                    apr_int64_t *changed);

/** Whether the default password works now: never activated, and inside the window. */
int establishment_activation_open(const establishment_t *establishment, apr_int64_t now);

/** The head has chosen the password: the window is over. */
db_error_t establishment_activated(db_t *db, apr_int64_t id, apr_int64_t now, const char *address);
/** The same if its activation window is open. *done 0: it isn't, and nothing has changed. */
db_error_t establishment_activate(db_t *db, apr_int64_t id, apr_int64_t now, const char *address, int *done);

/** *found NULL if the school does not present that exam. */
db_error_t establishment_exam_get(db_t *db, apr_pool_t *pool, apr_int64_t id, apr_int64_t exam_session,
                                  establishment_exam_t **found);

/** The sessions of exams that a school presents (establishment_exam_t). */
db_error_t establishment_exams(db_t *db, apr_pool_t *pool, apr_int64_t id, apr_array_header_t **exams);

/** Open or close the school's own registration service. */
db_error_t establishment_exam_set_open(db_t *db, apr_int64_t id, apr_int64_t exam_session, int open,
                                       apr_int64_t now, const char *address, const char *actor);
/** Whether the school manages sections européennes. */
db_error_t establishment_exam_set_european(db_t *db, apr_int64_t id, apr_int64_t exam_session, int managed);
/** Something that the school's pages show has changed. DB_NULL: an individual's, who has no school. */
db_error_t establishment_exam_touch(db_t *db, apr_int64_t id, apr_int64_t exam_session);

/** What a school offers in a session of an exam. */
typedef struct school_offers_t {
    apr_array_header_t *specialties; /* choice_t: 8-character code, "25214 Label" */
    apr_array_header_t *offers;      /* offer_t: what is said of each */
} school_offers_t;
db_error_t establishment_offers(db_t *db, apr_pool_t *pool, apr_int64_t id, apr_int64_t exam_session,
                                school_offers_t *found);
/** The same, of one specialty: empty if the school doesn't offer it. */
db_error_t establishment_offers_of(db_t *db, apr_pool_t *pool, apr_int64_t id, apr_int64_t exam_session,
                                   const char *specialty, school_offers_t *found);

#endif
