/* SPDX-License-Identifier: Apache-2.0 */
#include "list.h"

#include <apr_escape.h>
#include <apr_strings.h>

#include "text/text.h"
#include "text/token.h"

enum { SEARCH_BYTES_MOST = 200, NUMBER_DIGITS_MOST = 18 };

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

apr_int64_t list_number(const page_t *page, const char *name)
{
    const char *typed = query_value(page, name);

    if (typed == NULL)
        return 0;
    if (strspn(typed, "0123456789") != strlen(typed) || strlen(typed) > NUMBER_DIGITS_MOST ||
        apr_atoi64(typed) == 0)
        return -1;
    return apr_atoi64(typed);
}

static int is_among(const apr_array_header_t *choices, const char *code)
{
    int i;

    for (i = 0; i < choices->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(choices, i, choice_t).value, code) == 0)
            return 1;
    return 0;
}

db_error_t list_specialties(page_t *page, const establishment_exam_t *exam, apr_array_header_t **choices)
{
    apr_array_header_t *offer, *figures;
    int i;

    if (cache_offer(page, page->session->establishment, &offer) != DB_OK ||
        cache_figures(page, page->session->establishment, exam->version, &figures) != DB_OK)
        return db_error(page->db);
    *choices = apr_array_copy(page->pool, offer);
    for (i = 0; i < figures->nelts; i++) {
        const listing_figure_t *figure = &APR_ARRAY_IDX(figures, i, listing_figure_t);

        if (!is_among(*choices, figure->specialty))
            APR_ARRAY_PUSH(*choices, choice_t) = (choice_t){figure->specialty, figure->label, NULL};
    }
    return DB_OK;
}

int list_request_specialty(page_t *page, const establishment_exam_t *exam, list_request_t *request)
{
    const char *code = query_value(page, "specialite");
    apr_array_header_t *choices;
    int i;

    if (code == NULL)
        return OK;
    if (list_specialties(page, exam, &choices) != DB_OK)
        return HTTP_SERVICE_UNAVAILABLE;
    for (i = 0; i < choices->nelts; i++) {
        const choice_t *choice = &APR_ARRAY_IDX(choices, i, choice_t);

        if (strcmp(choice->value, code) == 0) {
            request->specialty = request->listing.specialty = choice->value;
            request->specialty_label = choice->label;
            return OK;
        }
    }
    return HTTP_NOT_FOUND;
}

static int read_search(page_t *page, list_request_t *request)
{
    const char *typed = query_value(page, "recherche"), *text;

    if (typed == NULL)
        return OK;
    if (strlen(typed) > SEARCH_BYTES_MOST || (text = text_nfc(page->pool, typed)) == NULL)
        return HTTP_NOT_FOUND;
    text = text_trim(page->pool, text);
    if (text[0] == '\0')
        return OK;
    request->search = text;
    request->nothing = !listing_search(page->pool, text, &request->listing);
    return OK;
}

int list_request_common(page_t *page, list_request_t *request)
{
    const char *lines = query_value(page, "lignes");

    *request = (list_request_t){
        .listing = {.establishment = page->session->establishment, .exam = page->exam},
        .after = list_number(page, "apres"),
        .all = lines != NULL,
    };
    if (request->after < 0 || (lines != NULL && strcmp(lines, "toutes") != 0))
        return HTTP_NOT_FOUND;
    return read_search(page, request);
}

int list_request(page_t *page, const establishment_exam_t *exam, list_request_t *request)
{
    int kind = kind_of(query_value(page, "liste")), status;

    if ((status = list_request_common(page, request)) != OK)
        return status;
    if (kind < 0 || (kind == LIST_EUROPEAN && (page->exam != EXAM_BCP || exam->european != 1)))
        return HTTP_NOT_FOUND;
    request->kind = (list_kind_t)kind;
    request->division = divisions[kind];
    request->listing.european = kind == LIST_EUROPEAN;
    if (request->search != NULL && request->division != ROLL_WHOLE) {
        request->kind = LIST_ALPHABETICAL; /* found ones stand in one order, whatever they were found among */
        request->division = ROLL_WHOLE;
    }
    /* liste=specialite without a specialty asks which one; with another list one must be right all the same
     */
    status = list_request_specialty(page, exam, request);
    if (request->kind != LIST_SPECIALTY)
        request->specialty = request->listing.specialty = request->specialty_label = NULL;
    return status;
}

const char *list_query(const page_t *page, const list_request_t *request)
{
    const char *query = apr_pstrcat(page->pool, "liste=", kinds[request->kind], NULL);

    if (request->specialty != NULL)
        query = apr_pstrcat(page->pool, query, "&specialite=", request->specialty, NULL);
    if (request->search != NULL)
        query = apr_pstrcat(page->pool, query,
                            "&recherche=", apr_pescape_urlencoded(page->pool, request->search), NULL);
    return query;
}

const char *list_page_query(const page_t *page, const list_request_t *request)
{
    const char *query = list_query(page, request);

    if (request->all)
        query = apr_pstrcat(page->pool, query, "&lignes=toutes", NULL);
    if (request->after != 0)
        query = apr_psprintf(page->pool, "%s&apres=%" APR_INT64_T_FMT, query, request->after);
    return query;
}

int list_may_be_kept(const page_t *page)
{
    return page->form == NULL && !page->frame.lock.locked && page->session->notice == NULL;
}

/* Everything that the page shows is in it: the school's version, the session, the templates, what is asked.
 */
const char *list_etag(const page_t *page, const establishment_exam_t *exam, const list_request_t *request,
                      apr_int64_t more)
{
    const char *asked = apr_psprintf(page->pool, "%s %d %" APR_INT64_T_FMT, list_page_query(page, request),
                                     exam->european == 1, more);
    unsigned char digest[DIGEST_BYTES];

    digest_text(asked, digest);
    return apr_psprintf(page->pool, "%" APR_INT64_T_FMT "-%" APR_INT64_T_FMT "-%" APR_INT64_T_FMT "-%s-%.8s",
                        exam->version, page->frame.nomenclature, page->session->id,
                        apr_pescape_hex(page->pool, digest, 6, 0),
                        template_set_digest(page->config->templates));
}
