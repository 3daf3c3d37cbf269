/* SPDX-License-Identifier: Apache-2.0 */
#include "listing.h"

#include <apr_strings.h>
#include <string.h>

#include "../domain/check.h"
#include "../domain/questionnaire.h"
#include "../text/text.h"
#include "registration.h"
#include "sql.h"

/* No collation key is below nothing at all, or begins with such bytes. */
const listing_place_t listing_start = {{"", 0}, 0};
const listing_place_t listing_end = {{"\xff\xff\xff\xff", 4}, INT64_MAX};

int listing_search(apr_pool_t *pool, const char *typed, listing_t *listing)
{
    char *last, *words = apr_pstrdup(pool, text_bare(pool, typed)), *word;
    int count = 0;

    if ((listing->only = registration_number(typed)) != 0)
        return 1;
    for (word = apr_strtok(words, " ", &last); word != NULL; word = apr_strtok(NULL, " ", &last)) {
        if (count == LISTING_WORDS)
            return 0;
        listing->words[count++] = apr_pstrcat(pool, "%", word, "%", NULL);
    }
    return count > 0;
}

/* « BCP 11-0 » */
static int is_number_of_exam(apr_pool_t *pool, const char *typed, listing_t *listing, exam_t *exam)
{
    size_t length = strcspn(typed, " ");

    if (typed[length] == '\0' ||
        (*exam = exam_of_code(text_upper(pool, apr_pstrmemdup(pool, typed, length)))) == EXAM_NONE)
        return 0;
    return (listing->only = registration_number(typed + length + strspn(typed + length, " "))) != 0;
}

int listing_search_widely(apr_pool_t *pool, const char *typed, listing_t *listing, exam_t *exam)
{
    if (is_number_of_exam(pool, typed, listing, exam))
        return 1;
    *exam = EXAM_NONE;
    if (check_date(pool, typed, &listing->born) == MSG_OK || check_ine(pool, typed, &listing->ine) == MSG_OK)
        return 1;
    listing->born = listing->ine = NULL;
    return listing_search(pool, typed, listing);
}

db_error_t listing_find(db_t *db, apr_pool_t *pool, const listing_t *listing, apr_int64_t number,
                        listing_found_t *found, int *known)
{
    sql_listing_place_t row;
    db_rows_t *rows = sql_listing_place(db, &listing->scope, listing->exam_session, number);

    *known = sql_listing_place_next(rows, &row);
    if (*known)
        *found = (listing_found_t){
            {{apr_pmemdup(pool, row.sort_key.bytes, row.sort_key.length), row.sort_key.length}, number},
            apr_pstrdup(pool, row.specialty),
            apr_pstrdup(pool, row.form)};
    return db_end(db, rows);
}

/* ---------------------------------------------------------------- rows */

static const char *word(const listing_t *listing, int i)
{
    return listing->words[i] != NULL ? listing->words[i] : "%";
}

int listing_is_filtered(const listing_t *listing)
{
    return listing->european || listing->paper != PAPER_ANY || listing->only != 0 ||
           listing->words[0] != NULL || listing->state != NULL || listing->born != NULL ||
           listing->ine != NULL || listing->stated != NULL;
}

/* One number and no more: its key leads there. */
static int is_one_number(const listing_t *listing)
{
    listing_t rest = *listing;

    rest.only = 0;
    return listing->only != 0 && listing->specialty == NULL && !listing_is_filtered(&rest);
}

static const char *or_any(const char *text)
{
    return text != NULL ? text : "";
}

/* What a list keeps to, as all statements of filtered lists take it. */
#define FILTERS(listing)                                                                                     \
    .european = (listing)->european, .paper = (listing)->paper, .only = (listing)->only,                     \
    .one = word(listing, 0), .two = word(listing, 1), .three = word(listing, 2), .four = word(listing, 3),   \
    .five = word(listing, 4), .six = word(listing, 5), .specialty = or_any((listing)->specialty),            \
    .state = or_any((listing)->state), .born = or_any((listing)->born)

static db_rows_t *rows_filtered(db_t *db, const listing_t *listing, const listing_place_t *after,
                                apr_int64_t rows)
{
    return sql_listing_filtered(db, &listing->scope,
                                &(sql_listing_filtered_in_t){.told = listing->told,
                                                             .exam_session = listing->exam_session,
                                                             .after = after->sort_key,
                                                             .number = after->number,
                                                             FILTERS(listing),
                                                             .rows = rows});
}

static db_rows_t *rows_of_standing(db_t *db, const listing_t *listing, const listing_place_t *after,
                                   apr_int64_t rows)
{
    return sql_listing_of_standing(db, &listing->scope,
                                   &(sql_listing_of_standing_in_t){.told = listing->told,
                                                                   .exam_session = listing->exam_session,
                                                                   .stated = listing->stated,
                                                                   .after = after->sort_key,
                                                                   .number = after->number,
                                                                   FILTERS(listing),
                                                                   .rows = rows});
}

/* "[11]" */
static const char *json_of(char written[32], apr_int64_t number)
{
    apr_snprintf(written, 32, "[%" APR_INT64_T_FMT "]", number);
    return written;
}

db_rows_t *listing_rows(db_t *db, const listing_t *listing, const listing_place_t *after, apr_int64_t rows)
{
    char only[32];

    if (listing->ine != NULL)
        return sql_listing_of_ine(db, &listing->scope, listing->told, listing->exam_session, listing->ine,
                                  rows);
    if (is_one_number(listing) && after->sort_key.length == 0)
        return sql_listing_of_numbers(db, &listing->scope, listing->told, listing->exam_session,
                                      json_of(only, listing->only));
    if (listing->stated != NULL)
        return rows_of_standing(db, listing, after, rows);
    if (listing_is_filtered(listing))
        return rows_filtered(db, listing, after, rows);
    if (listing->specialty != NULL)
        return sql_listing_of_specialty(
            db, &listing->scope,
            &(sql_listing_of_specialty_in_t){.told = listing->told,
                                             .exam_session = listing->exam_session,
                                             .specialty = listing->specialty,
                                             .form = or_any(listing->form),
                                             .after = after->sort_key,
                                             .number = after->number,
                                             .rows = rows});
    if (after->sort_key.length == 0)
        return sql_listing_first(db, &listing->scope, listing->told, listing->exam_session, rows);
    return sql_listing_all(db, &listing->scope,
                           &(sql_listing_all_in_t){.told = listing->told,
                                                   .exam_session = listing->exam_session,
                                                   .after = after->sort_key,
                                                   .number = after->number,
                                                   .rows = rows});
}

db_rows_t *listing_of_numbers(db_t *db, apr_pool_t *pool, const listing_t *listing,
                              const apr_array_header_t *numbers)
{
    return sql_listing_of_numbers(db, &listing->scope, listing->told, listing->exam_session,
                                  registration_numbers(pool, numbers));
}

/* "I 3": what is said of a file, in its third version. */
static apr_int64_t version_of(const char *standing)
{
    return standing != NULL ? apr_atoi64(strchr(standing, ' ') + 1) : 0;
}

int listing_next(db_rows_t *rows, listing_row_t *row)
{
    sql_listing_row_t listed;

    if (!sql_listing_row_next(rows, &listed))
        return 0;
    *row =
        (listing_row_t){listed.number,
                        listed.revision,
                        listed.state[0] == 'A',
                        listed.listed_name,
                        listed.birth_date,
                        listed.specialty,
                        listed.form,
                        listed.label,
                        listed.school,
                        standing_state(listed.standing, listed.revision,
                                       listed.returned_revision != DB_NULL ? listed.returned_revision : -1),
                        version_of(listed.standing),
                        listed.received};
    return 1;
}

listing_row_t listing_row_kept(apr_pool_t *pool, const listing_row_t *row)
{
    listing_row_t kept = *row;
    const char **texts[] = {&kept.name,  &kept.birth_date, &kept.specialty, &kept.form,
                            &kept.label, &kept.school,     &kept.received};

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = apr_pstrdup(pool, *texts[i]);
    return kept;
}

/* ---------------------------------------------------------------- places */

/* The short way, along the index of one specialty. */
static int is_of_specialty(const listing_t *listing)
{
    return listing->specialty != NULL && !listing_is_filtered(listing);
}

static db_rows_t *count_rows(db_t *db, const listing_t *listing, const listing_place_t *before)
{
    if (is_of_specialty(listing))
        return sql_listing_count_of_specialty(
            db, &listing->scope,
            &(sql_listing_count_of_specialty_in_t){.exam_session = listing->exam_session,
                                                   .specialty = listing->specialty,
                                                   .form = or_any(listing->form),
                                                   .before = before->sort_key,
                                                   .number = before->number});
    return sql_listing_count(db, &listing->scope,
                             &(sql_listing_count_in_t){.exam_session = listing->exam_session,
                                                       .before = before->sort_key,
                                                       .number = before->number,
                                                       FILTERS(listing)});
}

db_error_t listing_count(db_t *db, const listing_t *listing, const listing_place_t *before,
                         listing_counts_t *counts)
{
    sql_listing_counts_t row;
    db_rows_t *rows = count_rows(db, listing, before);

    *counts = (listing_counts_t){0, 0};
    if (sql_listing_counts_next(rows, &row))
        *counts = (listing_counts_t){row.valid, row.cancelled};
    return db_end(db, rows);
}

static db_rows_t *back_rows_of_standing(db_t *db, const listing_t *listing, const listing_place_t *before,
                                        apr_int64_t rows)
{
    return sql_listing_back_of_standing(
        db, &listing->scope,
        &(sql_listing_back_of_standing_in_t){.exam_session = listing->exam_session,
                                             .stated = listing->stated,
                                             .before = before->sort_key,
                                             .number = before->number,
                                             FILTERS(listing),
                                             .rows = rows});
}

static db_rows_t *back_rows(db_t *db, const listing_t *listing, const listing_place_t *before,
                            apr_int64_t rows)
{
    if (is_of_specialty(listing))
        return sql_listing_back_of_specialty(
            db, &listing->scope,
            &(sql_listing_back_of_specialty_in_t){.exam_session = listing->exam_session,
                                                  .specialty = listing->specialty,
                                                  .form = or_any(listing->form),
                                                  .before = before->sort_key,
                                                  .number = before->number,
                                                  .rows = rows});
    if (listing->stated != NULL)
        return back_rows_of_standing(db, listing, before, rows);
    return sql_listing_back(db, &listing->scope,
                            &(sql_listing_back_in_t){.exam_session = listing->exam_session,
                                                     .before = before->sort_key,
                                                     .number = before->number,
                                                     FILTERS(listing),
                                                     .rows = rows});
}

db_error_t listing_back(db_t *db, const listing_t *listing, const listing_place_t *before, int rows,
                        apr_int64_t *number, int *found)
{
    sql_listing_back_t row;
    db_rows_t *back = back_rows(db, listing, before, rows);

    for (*found = 0; sql_listing_back_next(back, &row); (*found)++)
        *number = row.number;
    return db_end(db, back);
}

/* ---------------------------------------------------------------- figures */

db_error_t listing_figures(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t exam_session,
                           apr_array_header_t **figures)
{
    sql_listing_figures_t row;
    db_rows_t *rows = sql_listing_figures(db, scope, exam_session);

    *figures = apr_array_make(pool, 16, sizeof(listing_figure_t));
    while (sql_listing_figures_next(rows, &row))
        APR_ARRAY_PUSH(*figures, listing_figure_t) =
            (listing_figure_t){.specialty = apr_pstrdup(pool, row.specialty),
                               .label = apr_pstrcat(pool, row.code5, " ", row.label, NULL),
                               .form = row.form[0] == 'G' ? "G" : "P",
                               .valid = row.valid,
                               .cancelled = row.cancelled,
                               .unprinted = row.unprinted,
                               .outdated = row.outdated,
                               .returned = row.returned};
    return db_end(db, rows);
}

/* ---------------------------------------------------------------- drafts */

/* A draft keeps what was typed, right or wrong: the parts of a name that are there already. */
const char *listing_begun_name(apr_pool_t *pool, const answers_t *answers)
{
    const char *name = answers != NULL ? answers->value[Q_BIRTH_NAME] : NULL;
    const char *forename = answers != NULL ? answers->value[Q_FORENAME_1] : NULL;

    if (name == NULL && forename == NULL)
        return NULL;
    return text_upper(
        pool, apr_pstrcat(pool, name != NULL ? name : "…", " - ", forename != NULL ? forename : "…", NULL));
}

db_error_t listing_drafts(db_t *db, apr_pool_t *pool, const scope_t *scope, apr_int64_t exam_session,
                          apr_int64_t most, apr_array_header_t **drafts)
{
    sql_draft_list_t row;
    db_rows_t *rows = sql_draft_list(db, scope, exam_session, most);

    *drafts = apr_array_make(pool, 16, sizeof(listing_draft_t));
    while (sql_draft_list_next(rows, &row))
        APR_ARRAY_PUSH(*drafts, listing_draft_t) =
            (listing_draft_t){row.number, listing_begun_name(pool, answers_from_json(pool, row.answers)),
                              apr_pstrdup(pool, row.birth_date), row.changed};
    return db_end(db, rows);
}
