/* SPDX-License-Identifier: Apache-2.0 */
#include "reference.h"

#include <apr_strings.h>
#include <string.h>

#include "../domain/check.h"
#include "../domain/family.h"
#include "sql.h"

enum {
    COUNTRIES_ABOUT = 256,
    DEPARTMENTS_ABOUT = 128,
    ACADEMIES_ABOUT = 32,
    SPECIALTIES_ABOUT = 256,
    UNITS_ABOUT = 20
};

static db_error_t read_choices(db_t *db, db_rows_t *rows, apr_pool_t *pool, int about,
                               apr_array_header_t **choices)
{
    sql_choice_t row;

    *choices = apr_array_make(pool, about, sizeof(choice_t));
    while (sql_choice_next(rows, &row))
        APR_ARRAY_PUSH(*choices, choice_t) =
            (choice_t){apr_pstrdup(pool, row.code), apr_pstrdup(pool, row.name), NULL};
    return db_end(db, rows);
}

db_error_t reference_countries(db_t *db, apr_pool_t *pool, apr_array_header_t **countries)
{
    return read_choices(db, sql_country_list(db), pool, COUNTRIES_ABOUT, countries);
}

db_error_t reference_departments(db_t *db, apr_pool_t *pool, apr_array_header_t **departments)
{
    sql_choice_t row;
    db_rows_t *rows = sql_department_list(db);

    *departments = apr_array_make(pool, DEPARTMENTS_ABOUT, sizeof(choice_t));
    while (sql_choice_next(rows, &row))
        APR_ARRAY_PUSH(*departments, choice_t) =
            (choice_t){apr_pstrdup(pool, row.code), apr_pstrcat(pool, row.code, " ", row.name, NULL), NULL};
    return db_end(db, rows);
}

db_error_t reference_academies(db_t *db, apr_pool_t *pool, apr_array_header_t **academies)
{
    return read_choices(db, sql_academy_list(db), pool, ACADEMIES_ABOUT, academies);
}

/* The regulations list languages for the BTS and the bac pro; the other diplomas follow the bac pro. */
db_error_t reference_languages(db_t *db, apr_pool_t *pool, exam_t exam, apr_array_header_t **compulsory,
                               apr_array_header_t **optional)
{
    sql_language_list_t row;
    db_rows_t *rows = sql_language_list(db);

    *compulsory = apr_array_make(pool, UNITS_ABOUT, sizeof(choice_t));
    *optional = apr_array_make(pool, UNITS_ABOUT, sizeof(choice_t));
    while (sql_language_list_next(rows, &row)) {
        choice_t choice = {apr_pstrdup(pool, row.code), apr_pstrdup(pool, row.label), NULL};
        int accepted = exam == EXAM_BTS ? row.bts != 0 : row.bcp_compulsory != 0;

        if (accepted)
            APR_ARRAY_PUSH(*compulsory, choice_t) = choice;
        if (exam == EXAM_BTS ? accepted : row.bcp_optional != 0)
            APR_ARRAY_PUSH(*optional, choice_t) = choice;
    }
    return db_end(db, rows);
}

db_error_t reference_specialties(db_t *db, apr_pool_t *pool, exam_t exam, int session_year,
                                 apr_array_header_t **specialties)
{
    sql_specialty_open_list_t row;
    db_rows_t *rows = sql_specialty_open_list(db, exam_info(exam)->code, session_year);

    *specialties = apr_array_make(pool, SPECIALTIES_ABOUT, sizeof(choice_t));
    while (sql_specialty_open_list_next(rows, &row))
        APR_ARRAY_PUSH(*specialties, choice_t) =
            (choice_t){apr_pstrdup(pool, row.code),
                       specialty_shown(pool, row.code5, row.label, row.elsewhere), specialty_domain(row.nsf)};
    return db_end(db, rows);
}

static unit_t unit_of(apr_pool_t *pool, const sql_unit_list_t *row)
{
    unit_t unit = {.code = apr_pstrdup(pool, row->unit),
                   .label = apr_pstrdup(pool, row->label),
                   .coefficient = apr_pstrdup(pool, row->coefficient),
                   .subject = unit_subject_of(row->subject),
                   .mode_ccf = apr_pstrdup(pool, row->mode_ccf),
                   .mode_other = apr_pstrdup(pool, row->mode_other),
                   .verified = strcmp(row->status, "verified") == 0,
                   .first_session = row->first_session != DB_NULL ? (int)row->first_session : 0,
                   .last_session = row->last_session != DB_NULL ? (int)row->last_session : 0};

    unit_kind_of(&unit, apr_pstrdup(pool, row->kind));
    return unit;
}

static db_error_t read_units(db_t *db, apr_pool_t *pool, const char *specialty, apr_array_header_t **units)
{
    sql_unit_list_t row;
    db_rows_t *rows = sql_unit_list(db, specialty);

    *units = apr_array_make(pool, UNITS_ABOUT, sizeof(unit_t));
    while (sql_unit_list_next(rows, &row))
        APR_ARRAY_PUSH(*units, unit_t) = unit_of(pool, &row);
    return db_end(db, rows);
}

db_error_t reference_units(db_t *db, apr_pool_t *pool, const char *specialty, int session_year,
                           const units_t **units, const units_t **others)
{
    apr_array_header_t *all;

    *units = *others = NULL;
    if (read_units(db, pool, specialty, &all) == DB_OK)
        units_of_session(pool, all, session_year, units, others);
    return db_error(db);
}

db_error_t reference_all_units(db_t *db, apr_pool_t *pool, apr_hash_t **units)
{
    apr_array_header_t *codes = apr_array_make(pool, SPECIALTIES_ABOUT, sizeof(const char *));
    sql_specialties_with_units_t row;
    db_rows_t *rows = sql_specialties_with_units(db);
    int i;

    *units = apr_hash_make(pool);
    while (sql_specialties_with_units_next(rows, &row))
        APR_ARRAY_PUSH(codes, const char *) = apr_pstrdup(pool, row.specialty);
    if (db_end(db, rows) != DB_OK)
        return db_error(db);
    for (i = 0; i < codes->nelts; i++) {
        const char *code = APR_ARRAY_IDX(codes, i, const char *);
        apr_array_header_t *found;

        if (read_units(db, pool, code, &found) != DB_OK)
            return db_error(db);
        if (found->nelts > 0)
            apr_hash_set(*units, code, APR_HASH_KEY_STRING, found);
    }
    return DB_OK;
}

db_error_t reference_families(db_t *db, apr_pool_t *pool, exam_t exam, service_t service,
                              const char **families)
{
    sql_family_list_t row;
    db_rows_t *rows = sql_family_list(db, exam_info(exam)->code, service_info(service)->code);

    *families = "|";
    while (sql_family_list_next(rows, &row))
        *families = apr_pstrcat(pool, *families, row.family, "|", NULL);
    return db_end(db, rows);
}

apr_array_header_t *reference_family_choices(apr_pool_t *pool, const char *of_exam, const char *of_school)
{
    apr_array_header_t *choices = apr_array_make(pool, 8, sizeof(choice_t));
    const char *family;
    int i;

    for (i = 0; (family = family_at(i)) != NULL; i++)
        if (strstr(of_exam, apr_pstrcat(pool, "|", family, "|", NULL)) != NULL &&
            (of_school == NULL || family_in(family, of_school)))
            APR_ARRAY_PUSH(choices, choice_t) = (choice_t){family, family_label(family), NULL};
    return choices;
}

/* A parameter with a value that isn't one of its own counts as not set. */
db_error_t reference_rules(db_t *db, apr_pool_t *pool, exam_t exam, apr_int64_t exam_session,
                           exam_rules_t **rules)
{
    sql_exam_parameter_list_t row;
    db_rows_t *rows = sql_exam_parameter_list(db, exam_info(exam)->code, exam_session);

    *rules = exam_rules_default(pool, exam);
    while (sql_exam_parameter_list_next(rows, &row))
        exam_rules_set(pool, *rules, row.name, apr_pstrdup(pool, row.value));
    return db_end(db, rows);
}

db_error_t reference_common(db_t *db, apr_pool_t *pool, const exam_session_t *session, service_t service,
                            questionnaire_t **made)
{
    questionnaire_t *q = *made = apr_pcalloc(pool, sizeof *q);
    exam_t exam = session->exam;
    exam_rules_t *rules;
    const char *families;

    q->exam = exam;
    q->service = service;
    q->session_year = session->year;
    if (reference_rules(db, pool, exam, session->id, &rules) != DB_OK ||
        reference_families(db, pool, exam, service, &families) != DB_OK ||
        reference_countries(db, pool, &q->countries) != DB_OK ||
        reference_departments(db, pool, &q->departments) != DB_OK ||
        reference_academies(db, pool, &q->academies) != DB_OK ||
        reference_languages(db, pool, exam, &q->languages, &q->optional_languages) != DB_OK)
        return db_error(db);
    q->rules = rules;
    q->nationalities = q->countries;
    q->families = reference_family_choices(pool, families, NULL);
    return DB_OK;
}

/* Of an exam's families, those that a school has. */
static apr_array_header_t *families_of(apr_pool_t *pool, const apr_array_header_t *all, const char *of_school)
{
    apr_array_header_t *families = apr_array_make(pool, all->nelts, sizeof(choice_t));
    int i;

    for (i = 0; i < all->nelts; i++)
        if (family_in(APR_ARRAY_IDX(all, i, choice_t).value, of_school))
            APR_ARRAY_PUSH(families, choice_t) = APR_ARRAY_IDX(all, i, choice_t);
    return families;
}

db_error_t reference_own(db_t *db, apr_pool_t *pool, const questionnaire_t *common,
                         const exam_session_t *session, const establishment_t *school,
                         const establishment_exam_t *exam_row, questionnaire_t **made)
{
    questionnaire_t *q = *made = apr_pmemdup(pool, common, sizeof *common);
    school_offers_t found;

    if (school == NULL)
        return reference_specialties(db, pool, session->exam, session->year, &q->specialties);
    q->european_managed = exam_row->european == 1;
    q->licensed_ccf = school->licensed_ccf;
    q->without_contract = strcmp(school->sector, "HC") == 0;
    q->families = families_of(pool, common->families, school->families);
    if (establishment_offers(db, pool, school->id, session->id, &found) != DB_OK)
        return db_error(db);
    q->specialties = found.specialties;
    q->offers = found.offers;
    return DB_OK;
}

db_error_t reference_questionnaire(db_t *db, apr_pool_t *pool, const exam_session_t *session,
                                   const establishment_t *school, const establishment_exam_t *exam_row,
                                   const char *specialty, questionnaire_t **made)
{
    service_t service = school != NULL ? SERVICE_SCHOOL_REGISTRATION : SERVICE_PUBLIC_REGISTRATION;
    questionnaire_t *common;

    if (reference_common(db, pool, session, service, &common) != DB_OK ||
        reference_own(db, pool, common, session, school, exam_row, made) != DB_OK)
        return db_error(db);
    if (specialty == NULL)
        return DB_OK;
    return reference_terms(db, pool, specialty, &(*made)->forms, &(*made)->elsewhere) == DB_OK
               ? reference_units(db, pool, specialty, session->year, &(*made)->units, &(*made)->other_units)
               : db_error(db);
}

db_error_t specialty_of_exam(db_t *db, apr_pool_t *pool, const char *exam, const char *typed,
                             const char **code)
{
    sql_specialty_of_exam_t row;
    db_rows_t *rows = sql_specialty_of_exam(db, exam, typed);

    *code = sql_specialty_of_exam_next(rows, &row) ? apr_pstrdup(pool, row.code) : NULL;
    return db_end(db, rows);
}

db_error_t offers_said(db_t *db, apr_pool_t *pool, const char *school, apr_int64_t exam_session,
                       apr_array_header_t **offers)
{
    db_rows_t *rows = sql_offer_said(db, school, exam_session);
    sql_offer_said_t row;

    *offers = apr_array_make(pool, 16, sizeof(offer_t));
    while (sql_offer_said_next(rows, &row))
        APR_ARRAY_PUSH(*offers, offer_t) = (offer_t){.specialty = apr_pstrdup(pool, row.specialty),
                                                     .category = apr_pstrdup(pool, row.category)};
    return db_end(db, rows);
}

static const char *sector_words(const char *sector)
{
    if (strcmp(sector, "PR") == 0)
        return "sous contrat";
    return strcmp(sector, "HC") == 0 ? "hors contrat" : "public";
}

db_error_t reference_category(db_t *db, apr_pool_t *pool, const questionnaire_t *q, const answers_t *answers,
                              const establishment_t *school, const char **code)
{
    sql_category_of_t row;
    db_rows_t *rows =
        sql_category_of(db, answers->value[Q_CATEGORY], marked_by_ccf(q, answers), exam_info(q->exam)->code,
                        school != NULL ? sector_words(school->sector) : "");

    *code = sql_category_of_next(rows, &row) ? apr_pstrdup(pool, row.code) : NULL;
    return db_end(db, rows);
}

db_error_t reference_category_label(db_t *db, apr_pool_t *pool, const char *code, const char **label)
{
    sql_category_label_t row;
    db_rows_t *rows = sql_category_label(db, code);

    *label = sql_category_label_next(rows, &row) ? apr_pstrdup(pool, row.label) : code;
    return db_end(db, rows);
}

db_error_t reference_terms(db_t *db, apr_pool_t *pool, const char *specialty, const char **forms,
                           const char **elsewhere)
{
    sql_specialty_terms_t row;
    db_rows_t *rows = sql_specialty_terms(db, specialty);

    *forms = *elsewhere = NULL;
    if (sql_specialty_terms_next(rows, &row)) {
        *forms = apr_pstrdup(pool, row.forms);
        *elsewhere = apr_pstrdup(pool, row.elsewhere);
    }
    return db_end(db, rows);
}
