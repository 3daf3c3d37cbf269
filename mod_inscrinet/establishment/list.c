/* SPDX-License-Identifier: Apache-2.0
 *
 * « Liste des candidats pré-inscrits », alphabetical. Rows go from the base into the page one by one while it
 * is written: no copy of the list is made. An unchanged list is known by the school's version and not read at
 * all.
 */
#include "../inscrinet.h"

#include <apr_strings.h>
#include <http_protocol.h>
#include <stdlib.h>

#include "../school.h"
#include "store/registration.h"

enum { PAGE_ROWS = 200, FIELDS = 8 };

/* ---------------------------------------------------------------- what is asked */

typedef struct list_request_t {
    int all;          /* lignes=toutes */
    apr_int64_t page; /* from 1 */
} list_request_t;

/* A bad value of a known parameter is an address that doesn't exist. */
static int read_request(const page_t *page, list_request_t *request)
{
    const char *kind = query_value(page, "liste"), *lines = query_value(page, "lignes");
    const char *number = query_value(page, "page");
    char *end;

    if ((kind != NULL && strcmp(kind, "alphabetique") != 0) ||
        (lines != NULL && strcmp(lines, "toutes") != 0))
        return 0;
    request->all = lines != NULL;
    request->page = 1;
    if (number == NULL)
        return 1;
    request->page = strtol(number, &end, 10);
    return *end == '\0' && request->page >= 1 && request->page <= 100000;
}

/* ---------------------------------------------------------------- rows */

typedef struct list_cursor_t {
    apr_pool_t *pool;
    db_rows_t *rows;
    apr_hash_t *specialties; /* code -> "25214 Label" */
    char number[48], birth_date[16];
} list_cursor_t;

static const char *const row_names[] = {"number", "name",  "born",      "specialty",
                                        "form",   "valid", "cancelled", NULL};

/* Rows make no garbage in a pool, and no format is read five hundred times. */
static apr_ssize_t show_date(const char *iso, char shown[16])
{
    if (strlen(iso) != 10)
        return apr_cpystrn(shown, iso, 16) - shown;
    memcpy(shown, iso + 8, 2);
    shown[2] = shown[5] = '/';
    memcpy(shown + 3, iso + 5, 2);
    memcpy(shown + 6, iso, 4);
    return 10;
}

/* Digits before end; where they begin. */
static char *digits_before(char *end, apr_int64_t number)
{
    do {
        *--end = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    return end;
}

static const char *show_number(char shown[48], const registration_listed_t *row, apr_ssize_t *length)
{
    char *end = shown + 48, *at = digits_before(end, row->revision);

    *--at = '-';
    at = digits_before(at, row->number);
    *length = end - at;
    return at;
}

static int next_row(void *baton, const char **values, apr_ssize_t *lengths)
{
    list_cursor_t *cursor = baton;
    registration_listed_t row;
    const char *specialty;
    int i;

    if (!registration_list_next(cursor->rows, &row))
        return 0;
    for (i = 0; i < FIELDS - 1; i++)
        lengths[i] = -1;
    specialty = apr_hash_get(cursor->specialties, row.specialty, APR_HASH_KEY_STRING);
    values[0] = show_number(cursor->number, &row, &lengths[0]);
    values[1] = row.listed_name;
    values[2] = cursor->birth_date;
    lengths[2] = show_date(row.birth_date, cursor->birth_date);
    values[3] = specialty != NULL ? specialty : row.specialty;
    values[4] = row.form[0] == 'G' ? "Globale" : "Progressive";
    values[5] = row.cancelled ? NULL : "1";
    values[6] = row.cancelled ? "1" : NULL;
    return 1;
}

static db_error_t read_specialties(page_t *page, apr_hash_t **specialties)
{
    apr_array_header_t *offer;
    int i;

    *specialties = apr_hash_make(page->pool);
    if (cache_offer(page, page->session->establishment, &offer) != DB_OK)
        return db_error(page->db);
    for (i = 0; i < offer->nelts; i++) {
        const choice_t *choice = &APR_ARRAY_IDX(offer, i, choice_t);

        apr_hash_set(*specialties, choice->value, APR_HASH_KEY_STRING, choice->label);
    }
    return DB_OK;
}

/* ---------------------------------------------------------------- the page */

static void model_pages(page_t *page, model_t *model, const list_request_t *request, apr_int64_t total)
{
    apr_int64_t pages = (total + PAGE_ROWS - 1) / PAGE_ROWS;

    if (pages <= 1)
        return;
    model_flag(model, "paged", 1);
    model_flag(model, "all", request->all);
    model_int(model, "page", request->page);
    model_int(model, "pages", pages);
    if (!request->all && request->page > 1)
        model_text(model, "previous_page", apr_psprintf(page->pool, "%" APR_INT64_T_FMT, request->page - 1));
    if (!request->all && request->page < pages)
        model_text(model, "next_page", apr_psprintf(page->pool, "%" APR_INT64_T_FMT, request->page + 1));
}

/* Everything that the page shows is in it: the school's version, the session, the templates, what is asked.
 */
static const char *list_etag(const page_t *page, const establishment_exam_t *exam,
                             const list_request_t *request)
{
    return apr_psprintf(page->pool, "%" APR_INT64_T_FMT "-%" APR_INT64_T_FMT "-%" APR_INT64_T_FMT "-%d-%.8s",
                        exam->version, page->session->id, request->page, request->all,
                        template_set_digest(page->config->templates));
}

static int render_list(page_t *page, const establishment_exam_t *exam, const list_request_t *request)
{
    list_cursor_t cursor = {.pool = page->pool};
    model_cursor_t rows = {next_row, &cursor, row_names};
    registration_counts_t counts;
    apr_int64_t total;
    model_t *model;

    if (cache_counts(page, page->session->establishment, exam->version, &counts) != DB_OK ||
        read_specialties(page, &cursor.specialties) != DB_OK)
        return page_db_failed(page, db_error(page->db));
    total = counts.valid + counts.cancelled;
    if (request->page > 1 && (request->page - 1) * PAGE_ROWS >= total)
        return page_fail(page, HTTP_NOT_FOUND);
    model = page_model(page, message_text(MSG_TITLE_LIST));
    model_int(model, "total", total);
    model_flag(model, "any", total > 0);
    model_int(model, "valid_count", counts.valid);
    model_int(model, "cancelled_count", counts.cancelled);
    model_flag(model, "several", total > 1);
    model_flag(model, "several_valid", counts.valid > 1);
    model_flag(model, "several_cancelled", counts.cancelled > 1);
    model_pages(page, model, request, total);
    cursor.rows = registration_list(page->db, page->session->establishment, page->exam,
                                    (request->page - 1) * PAGE_ROWS, request->all ? 0 : PAGE_ROWS);
    if (cursor.rows == NULL)
        return page_db_failed(page, db_error(page->db));
    model_cursor(model, "rows", &rows);
    return page_render(page, "list", model);
}

int establishment_list(page_t *page)
{
    list_request_t request;
    establishment_exam_t *exam;
    int answer;

    if (!read_request(page, &request))
        return page_fail(page, HTTP_NOT_FOUND);
    if ((exam = school_exam(page, &answer)) == NULL)
        return answer;
    if (page_read_frame(page) != DB_OK)
        return page_db_failed(page, DB_LOST);
    if (!page->frame.lock.locked) {
        page_cache(page, list_etag(page, exam, &request));
        if ((answer = page_meets_conditions(page)) != OK)
            return answer;
    }
    return render_list(page, exam, &request);
}
