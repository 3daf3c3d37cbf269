/* SPDX-License-Identifier: Apache-2.0
 *
 * The nomenclatures as the questionnaire offers them: lists of choice_t, and the category that follows from
 * what a candidate is and from his school.
 */
#ifndef INSCRINET_STORE_REFERENCE_H
#define INSCRINET_STORE_REFERENCE_H

#include <apr_hash.h>
#include <apr_tables.h>

#include "../domain/questionnaire.h"
#include "db.h"
#include "../domain/exam_session.h"
#include "establishment.h"

db_error_t reference_countries(db_t *db, apr_pool_t *pool, apr_array_header_t **countries);
db_error_t reference_departments(db_t *db, apr_pool_t *pool, apr_array_header_t **departments);

db_error_t reference_academies(db_t *db, apr_pool_t *pool, apr_array_header_t **academies);

/** The languages that an exam accepts as a compulsory one, and as an optional one. */
db_error_t reference_languages(db_t *db, apr_pool_t *pool, exam_t exam, apr_array_header_t **compulsory,
                               apr_array_header_t **optional);

/** The specialties of an exam that are open to a session, by domain of the NSF. */
db_error_t reference_specialties(db_t *db, apr_pool_t *pool, exam_t exam, int session_year,
                                 apr_array_header_t **specialties);

/** The units of a specialty in a session's year with their questions, and those of its other sessions; NULL
 * where there are none. */
db_error_t reference_units(db_t *db, apr_pool_t *pool, const char *specialty, int session_year,
                           const units_t **units, const units_t **others);

/** What the academy says of a specialty: the only form of passage that it has ("G", "P"; NULL: both), and who
 * organises it where that is another academy (NULL: it isn't). */
db_error_t reference_terms(db_t *db, apr_pool_t *pool, const char *specialty, const char **forms,
                           const char **elsewhere);

/** The units of all specialties that have some, whatever the session: arrays of unit_t by the specialty's
 * code. */
db_error_t reference_all_units(db_t *db, apr_pool_t *pool, apr_hash_t **units);

/** What a candidate of an exam can be in a registration service: families as "|SCO|APP|". */
db_error_t reference_families(db_t *db, apr_pool_t *pool, exam_t exam, service_t service,
                              const char **families);

/** What the authority has decided for an exam. */
db_error_t reference_rules(db_t *db, apr_pool_t *pool, exam_t exam, apr_int64_t exam_session,
                           exam_rules_t **rules);

/** "|SCO|APP|" as choices, of those that a school has too (families NULL: all). */
apr_array_header_t *reference_family_choices(apr_pool_t *pool, const char *of_exam, const char *of_school);

/** What the questionnaires of all candidates of a session in a service share: nomenclatures, rules, every
 * family of the exam. */
db_error_t reference_common(db_t *db, apr_pool_t *pool, const exam_session_t *session, service_t service,
                            questionnaire_t **made);
/** One of them with what is a school's own (school NULL with exam_row NULL: the public service's); no units.
 */
db_error_t reference_own(db_t *db, apr_pool_t *pool, const questionnaire_t *common,
                         const exam_session_t *session, const establishment_t *school,
                         const establishment_exam_t *exam_row, questionnaire_t **made);

/** The questionnaire of a candidate whose specialty is known, all of it from the base. school NULL with
 * exam_row NULL: the public service. */
db_error_t reference_questionnaire(db_t *db, apr_pool_t *pool, const exam_session_t *session,
                                   const establishment_t *school, const establishment_exam_t *exam_row,
                                   const char *specialty, questionnaire_t **made);

/** A specialty of an exam by its eight signs or its last five; *code NULL: there is none. */
db_error_t specialty_of_exam(db_t *db, apr_pool_t *pool, const char *exam, const char *typed,
                             const char **code);
/** What a school (by its code) offers in a session (offer_t: specialty and category alone). */
db_error_t offers_said(db_t *db, apr_pool_t *pool, const char *school, apr_int64_t exam_session,
                       apr_array_header_t **offers);

/** The row of the categories that follows: the candidate's family, whether his units are marked by CCF, and
 * his school's sector; school NULL: an individual. */
db_error_t reference_category(db_t *db, apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers,
                              const establishment_t *school, const char **code);
/** What a category is called; its code where it has no name. */
db_error_t reference_category_label(db_t *db, apr_pool_t *pool, const char *code, const char **label);

#endif
