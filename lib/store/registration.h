/* SPDX-License-Identifier: Apache-2.0
 *
 * Drafts and registrations.
 *
 * A draft is the answers of someone who has not validated yet. A registration has a number, unique in its
 * exam for the life of the base, and a revision that starts at 0. Turning the one into the other happens in
 * the caller's writing transaction: number, rows, audit entry and the draft's end are in the base together or
 * not at all.
 */
#ifndef INSCRINET_STORE_REGISTRATION_H
#define INSCRINET_STORE_REGISTRATION_H

#include <apr_hash.h>
#include <apr_tables.h>

#include "../domain/exam_session.h"
#include "../domain/questionnaire.h"
#include "db.h"

struct registration_t;

/** What makes a draft one of the exam office's; all NULL: of nobody's. */
typedef struct office_t {
    const char *reason;   /* why it corrects a registration */
    const char *proof;    /* what was shown for it */
    const char *received; /* the day on which the paper came that is entered, ISO */
} office_t;

typedef struct draft_t {
    apr_int64_t id;
    exam_t exam; /* of one that was made here */
    apr_int64_t exam_session;
    const char *code;             /* 8 signs: what « Enregistrer et quitter » shows */
    apr_int64_t number, revision; /* of the registration that it modifies; 0: a new one */
    answers_t *answers;
    const char *written; /* the answers as they are in the base */
    apr_int64_t created, changed;
    const char *birth_date; /* ISO, or NULL */
    int school;             /* made in a school's service (set by draft_get) */
    office_t office;        /* set by dossier_get */
} draft_t;

/** A new draft: session, service, establishment (DB_NULL: an individual's) and, to modify a registration, its
 * number, revision and answers (NULL: none yet). */
db_error_t draft_create(db_t *db, apr_pool_t *pool, const exam_session_t *session, service_t service,
                        apr_int64_t establishment, apr_int64_t now, draft_t **made);
db_error_t draft_of_registration(db_t *db, apr_pool_t *pool, service_t service,
                                 const struct registration_t *registration, apr_int64_t now, draft_t **made);
/** The same by the exam office: of a registration (NULL: a new one), whose candidate is to be of that
 * establishment (DB_NULL: of none). */
db_error_t draft_by_office(db_t *db, apr_pool_t *pool, const exam_session_t *session,
                           const struct registration_t *registration, apr_int64_t establishment,
                           const office_t *office, apr_int64_t now, draft_t **made);
/** *found NULL if it is gone, or out of scope. */
db_error_t draft_get(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t id, draft_t **found);
/** answers: the draft's as they shall be. What another tab has saved of other questions since the draft was
 * read stays; a draft that is gone stays gone. */
db_error_t draft_save(db_t *db, apr_pool_t *pool, const scope_t *scope, const draft_t *draft,
                      const answers_t *answers, apr_int64_t now);
/** The draft of a session's item that is out of its reach, left or not proved yet: its id, code and date of
 * birth. *found NULL: there is none such. */
db_error_t draft_to_prove(db_t *db, apr_pool_t *pool, apr_int64_t session, apr_int64_t ordinal,
                          draft_t **found);
/** The same of a code in this school, exam and service. */
db_error_t draft_by_code(db_t *db, apr_pool_t *pool, exam_t exam, service_t service,
                         apr_int64_t establishment, const char *code, draft_t **found);
db_error_t draft_delete(db_t *db, const scope_t *scope, apr_int64_t id);
/** Forget the drafts that nobody has touched since then. *purged: how many. */
db_error_t draft_purge(db_t *db, apr_int64_t before, apr_int64_t *purged);
/** Drafts in which something was answered. */
db_error_t draft_count(db_t *db, const scope_t *scope, apr_int64_t exam_session, service_t service,
                       apr_int64_t *drafts);

typedef struct registration_t {
    exam_t exam;
    apr_int64_t exam_session;
    apr_int64_t number, revision;
    const char *service;
    apr_int64_t establishment;   /* or DB_NULL */
    const char *specialty;       /* 8-character code */
    const char *specialty_label; /* "25214 …" */
    const char *category;        /* code */
    const char *category_label;  /* set when read */
    int cancelled;
    const char *listed_name; /* « NOM - PRÉNOM1 PRÉNOM2 » */
    const char *birth_date;  /* ISO */
    const char *form;        /* "G", "P" */
    const char *code;        /* personal code, 8 signs */
    answers_t *answers;
    const char *written; /* the answers as they are in the base, set when written */
    apr_int64_t created, changed;
    /* set by registration_get: what the school has printed and has in hand, and when; or DB_NULL */
    apr_int64_t printed_revision, printed, returned_revision, returned;
    int homonym_allowed;  /* another of the same name and birth may register */
    const char *received; /* the day on which the paper came that the office has entered, ISO; or NULL */
} registration_t;

/** Numbers (apr_int64_t) as a statement takes them: a JSON array, in pool. */
const char *registration_numbers(apr_pool_t *pool, const apr_array_header_t *numbers);

/** « 11-0 ». */
const char *registration_display(apr_pool_t *pool, apr_int64_t number, apr_int64_t revision);

/** Wait for this exam's turn: until the transaction ends no other one registers in it. */
db_error_t registration_queue(db_t *db, exam_t exam);
/** The same, with the next number of the exam: if the transaction is rolled back, it is the next one's. */
db_error_t registration_queue_for_number(db_t *db, exam_t exam, apr_int64_t *number);

/**
 * Register: writes the row from its answers. new_one needs exam, exam_session, service, establishment,
 * category, answers and created; number (the exam's next one unless given), revision, code (made unless
 * given) and the columns that follow from the answers are set.
 */
db_error_t registration_create(db_t *db, apr_pool_t *pool, registration_t *new_one);

/** *found NULL if the scope has none. */
db_error_t registration_get(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam, apr_int64_t number,
                            registration_t **found);
/** For the pages that let somebody prove that it is his: one of this school, DB_NULL: of no school. */
db_error_t registration_to_prove(db_t *db, apr_pool_t *pool, exam_t exam, apr_int64_t number,
                                 apr_int64_t establishment, registration_t **found);
/** The same, whoever has registered him: for the page that lets him look where his file stands. */
db_error_t registration_to_follow(db_t *db, apr_pool_t *pool, exam_t exam, apr_int64_t number,
                                  registration_t **found);
/** To modify it: one of a session's own is here one that a draft in its reach modifies. */
db_error_t registration_modified(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam,
                                 apr_int64_t number, registration_t **found);

/**
 * Modify: the row gets changed's answers, establishment, specialty, category (code) and changed instant if
 * its revision is still changed->revision and it isn't cancelled; what it was is kept, by actor. *done 0 if
 * it wasn't. The scope is that of registration_modified. changed->revision is then the new one.
 */
db_error_t registration_modify(db_t *db, apr_pool_t *pool, const scope_t *scope, registration_t *changed,
                               const char *actor, int *done);

/** The answers that a revision had, and when it was validated, where a later one has replaced it. *answers
 * NULL: there is none. */
db_error_t registration_former(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam,
                               apr_int64_t number, apr_int64_t revision, answers_t **answers,
                               apr_int64_t *changed);

/** A new personal code in place of the former one, for whoever has lost his. *code NULL: it has another one
 * by now. */
db_error_t registration_new_code(db_t *db, apr_pool_t *pool, const scope_t *scope, exam_t exam,
                                 apr_int64_t number, const char *former, const char **code);

/** A registration of the same identity in this school and session, other than this number: *number 0 if there
 * is none.
 */
db_error_t registration_same_person(db_t *db, apr_pool_t *pool, apr_int64_t exam_session,
                                    apr_int64_t establishment, const answers_t *answers,
                                    apr_int64_t other_than, apr_int64_t *number, apr_int64_t *revision);
/** The same by INE and date of birth, wherever it was registered. *number 0 without an INE too. */
db_error_t registration_same_ine(db_t *db, apr_int64_t exam_session, const answers_t *answers,
                                 apr_int64_t other_than, apr_int64_t *number, apr_int64_t *revision);
/** Note the registrations of its session that this one looks like, for the manager: same identity, names
 * exchanged, same INE. */
db_error_t registration_note_doubles(db_t *db, apr_pool_t *pool, const registration_t *of, apr_int64_t now);

/** A message to the candidate, to be sent by `inscrinetctl mail`: kind "receipt" or "code". Without an
 * address: nothing. */
db_error_t registration_tell(db_t *db, const char *kind, exam_t exam, apr_int64_t number,
                             apr_int64_t revision, const answers_t *answers, apr_int64_t now);

/** Forget messages older than that which were sent or given up. *purged: how many. */
db_error_t message_purge(db_t *db, apr_int64_t before, apr_int64_t *purged);

#endif
