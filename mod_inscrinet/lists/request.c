/* SPDX-License-Identifier: Apache-2.0 */
#include "request.h"

#include <apr_strings.h>

#include "../answer.h"
#include "../cache.h"
#include "../connection.h"
#include "figures.h"

static const char *const kinds[] = {
    [LIST_ALPHABETICAL] = "alphabetique", [LIST_EUROPEAN] = "europeenne", [LIST_SPECIALTY] = "specialite",
    [LIST_SPECIALTIES] = "specialites",   [LIST_PASSAGE] = "passage",
};
static const roll_division_t divisions[] = {
    [LIST_SPECIALTIES] = ROLL_BY_SPECIALTY,
    [LIST_PASSAGE] = ROLL_BY_FORM,
};

/* -1: there is no such list. */
static int kind_of(const char *name)
{
    size_t i;

    if (name == NULL)
        return LIST_ALPHABETICAL;
    for (i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(name, kinds[i]) == 0)
            return (int)i;
    return -1;
}

static int is_among(const apr_array_header_t *choices, const char *code)
{
    int i;

    for (i = 0; i < choices->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(choices, i, choice_t).value, code) == 0)
            return 1;
    return 0;
}

/* What many schools' candidates may have chosen is not counted for that. */
static db_error_t specialties_of_exam(page_t *page, apr_array_header_t **choices)
{
    questionnaire_t q = {
        .exam = page->exam, .service = SERVICE_PUBLIC_REGISTRATION, .session_year = page->exam_session->year};
    db_error_t error = cache_questionnaire(page, &q, NULL, NULL);

    *choices = q.specialties;
    return error;
}

db_error_t list_specialties(page_t *page, const list_source_t *source, apr_array_header_t **choices)
{
    school_offers_t offered = {.specialties = NULL};
    apr_array_header_t *figures;
    db_error_t error;
    int i;

    if (source->scope.kind != SCOPE_ONE)
        return specialties_of_exam(page, choices);
    error = cache_offers(page, source->scope.establishment, &offered);
    if (error != DB_OK || (error = figures_of(page, &source->scope, source->version, &figures)) != DB_OK)
        return error;
    *choices = apr_array_copy(page->pool, offered.specialties);
    for (i = 0; i < figures->nelts; i++) {
        const listing_figure_t *figure = &APR_ARRAY_IDX(figures, i, listing_figure_t);

        if (!is_among(*choices, figure->specialty))
            APR_ARRAY_PUSH(*choices, choice_t) = (choice_t){figure->specialty, figure->label, NULL};
    }
    return DB_OK;
}

static int refuse(page_t *page, int *answer)
{
    *answer = answer_not_found(page);
    return 0;
}

int list_request_specialty(page_t *page, const list_source_t *source, list_request_t *request, int *answer)
{
    const char *code = page_query(page, "specialite");
    apr_array_header_t *choices;
    int i;

    if (code == NULL)
        return 1;
    if (list_specialties(page, source, &choices) != DB_OK) {
        *answer = answer_db_failed(page);
        return 0;
    }
    for (i = 0; i < choices->nelts; i++) {
        const choice_t *choice = &APR_ARRAY_IDX(choices, i, choice_t);

        if (strcmp(choice->value, code) == 0) {
            request->specialty = request->roll.listing.specialty = choice->value;
            request->specialty_label = choice->label;
            return 1;
        }
    }
    return refuse(page, answer);
}

/* What is searched for in a school's list is a name or a number; over many schools whatever identifies
 * somebody. */
static int can_be_found(page_t *page, const char *words, listing_t *listing)
{
    exam_t exam;

    if (!listing->told)
        return listing_search(page->pool, words, listing);
    return listing_search_widely(page->pool, words, listing, &exam) &&
           (exam == EXAM_NONE || exam == page->exam);
}

int list_request_common(page_t *page, const list_source_t *source, list_request_t *request, int *answer)
{
    const char *lines = page_query(page, "lignes");

    *request = (list_request_t){.roll = {.listing = {.scope = source->scope,
                                                     .exam_session = page->exam_session->id,
                                                     .told = source->scope.kind != SCOPE_ONE},
                                         .version = source->version,
                                         .after = page_number(page, "apres"),
                                         .all = lines != NULL}};
    if (request->roll.after < 0 || (lines != NULL && strcmp(lines, "toutes") != 0))
        return refuse(page, answer);
    if (!search_read(page, &request->search, answer))
        return 0;
    if (request->search.words != NULL)
        request->nothing = !can_be_found(page, request->search.words, &request->roll.listing);
    return 1;
}

int list_request(page_t *page, const list_source_t *source, list_request_t *request, int *answer)
{
    int kind = kind_of(page_query(page, "liste"));

    if (!list_request_common(page, source, request, answer))
        return 0;
    if (kind < 0 || (kind == LIST_EUROPEAN && !source->european))
        return refuse(page, answer);
    request->kind = request->asked = (list_kind_t)kind;
    request->roll.division = divisions[kind];
    request->roll.listing.european = kind == LIST_EUROPEAN;
    if (request->search.words != NULL && request->roll.division != ROLL_WHOLE) {
        request->kind = LIST_ALPHABETICAL;
        request->roll.division = ROLL_WHOLE;
    }
    /* liste=specialite without a specialty asks which one; with another list one must be right all the same
     */
    if (!list_request_specialty(page, source, request, answer))
        return 0;
    if (request->kind != LIST_SPECIALTY)
        request->specialty = request->roll.listing.specialty = request->specialty_label = NULL;
    return 1;
}

int list_request_number(page_t *page, list_request_t *request, int *answer)
{
    listing_t *listing = &request->roll.listing;
    listing_found_t found;
    int known = 0;

    request->number = page_number(page, "numero");
    if (request->number == 0)
        return 1;
    if (request->number < 0 || request->search.words != NULL)
        return refuse(page, answer);
    if (connection_borrow(page) == NULL ||
        listing_find(page->db, page->pool, listing, request->number, &found, &known) != DB_OK) {
        *answer = answer_db_failed(page);
        return 0;
    }
    if (!known)
        return refuse(page, answer);
    listing->only = request->number;
    request->search.words = apr_psprintf(page->pool, "%" APR_INT64_T_FMT, request->number);
    return 1;
}

void list_request_beginning(list_request_t *request)
{
    request->roll.all = 0;
    request->roll.after = 0;
}

int list_request_search(page_t *page, list_request_t *request, int *answer)
{
    list_request_beginning(request);
    request->number = 0;
    return search_keep(page, &request->search, answer);
}

int list_is_to_be_chosen(const list_request_t *request)
{
    return request->kind == LIST_SPECIALTY && request->specialty == NULL;
}

const char *list_query(const page_t *page, const list_request_t *request)
{
    const char *query = apr_pstrcat(page->pool, "liste=", kinds[request->asked], NULL);

    if (request->specialty != NULL)
        query = apr_pstrcat(page->pool, query, "&specialite=", request->specialty, NULL);
    if (request->number != 0)
        query = apr_psprintf(page->pool, "%s&numero=%" APR_INT64_T_FMT, query, request->number);
    return apr_pstrcat(page->pool, query, search_query(page, &request->search), NULL);
}

const char *list_place_query(const page_t *page, const list_request_t *request)
{
    const char *query = request->roll.all ? "&lignes=toutes" : "";

    return request->roll.after == 0
               ? query
               : apr_psprintf(page->pool, "%s&apres=%" APR_INT64_T_FMT, query, request->roll.after);
}

const char *list_page_query(const page_t *page, const list_request_t *request)
{
    return apr_pstrcat(page->pool, list_query(page, request), list_place_query(page, request), NULL);
}
