/* SPDX-License-Identifier: Apache-2.0
 *
 * The confirmations that a school prints, as one document: read and drawn some candidates at a time, while no
 * connection is held.
 */
#include "printing.h"

#include <apr_hash.h>
#include <apr_strings.h>

#include "../answer.h"
#include "../confirmation.h"
#include "../connection.h"
#include "../routes.h"
#include "../school.h"
#include "../stream.h"
#include "store/printing.h"

enum { BATCH = 200 };

typedef struct print_job_t {
    page_t *page;
    establishment_t *school;
    establishment_exam_t *exam;
    const char *specialty; /* the only one that is asked for, or NULL */
    printing_t printing;
    apr_array_header_t *numbers; /* apr_int64_t */
    confirmations_t *document;
    apr_hash_t *questionnaires; /* by specialty */
    apr_pool_t *batch, *one;
} print_job_t;

/* What the address asks: a specialty or all of them, those of one printing, some numbers. */
static int read_address(page_t *page, print_job_t *job)
{
    const char *specialty = page_query(page, "specialite");
    const char *number = page_query(page, "numero"), *changed = page_query(page, "changees");

    job->printing =
        (printing_t){.scope = page->actor.scope, .exam = page->exam, .exam_session = page->exam_session->id};
    job->printing.changed = changed != NULL;
    job->printing.printed = page_number(page, "impression");
    if (specialty != NULL && strcmp(specialty, PRINT_ALL) != 0)
        job->specialty = specialty;
    if ((changed != NULL && strcmp(changed, "O") != 0) || job->printing.printed < 0 ||
        (specialty == NULL && number == NULL))
        return 0;
    return number == NULL || (job->printing.numbers = print_numbers(page->pool, number)) != NULL;
}

static int find_school(page_t *page, print_job_t *job, int *answer)
{
    if ((job->exam = school_exam(page, answer)) == NULL)
        return 0;
    if (connection_borrow(page) == NULL ||
        establishment_by_id(page->db, page->pool, page->actor.establishment, &job->school) != DB_OK)
        *answer = answer_db_failed(page);
    else if (job->school == NULL || !read_address(page, job))
        *answer = answer_not_found(page);
    else
        return 1;
    return 0;
}

static void take(print_job_t *job, const apr_array_header_t *all, const char *specialty)
{
    int i;

    for (i = 0; i < all->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(all, i, printing_number_t).specialty, specialty) == 0)
            APR_ARRAY_PUSH(job->numbers, apr_int64_t) = APR_ARRAY_IDX(all, i, printing_number_t).number;
}

/* The one specialty that all are of, or NULL. */
static const char *only_specialty(const apr_array_header_t *all)
{
    const char *first = all->nelts > 0 ? APR_ARRAY_IDX(all, 0, printing_number_t).specialty : NULL;
    int i;

    for (i = 1; i < all->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(all, i, printing_number_t).specialty, first) != 0)
            return NULL;
    return first;
}

/* The numbers to print, specialty by specialty, each in the order of names. */
static db_error_t find_numbers(print_job_t *job)
{
    page_t *page = job->page;
    apr_array_header_t *all, *printables;
    int i;

    if (printing_numbers(page->db, page->pool, &job->printing, &all) != DB_OK)
        return connection_failure(page);
    job->numbers = apr_array_make(page->pool, all->nelts, sizeof(apr_int64_t));
    if (job->specialty == NULL)
        job->specialty = only_specialty(all);
    if (job->specialty != NULL)
        take(job, all, job->specialty);
    if (job->specialty != NULL || all->nelts == 0)
        return DB_OK;
    if (print_choices(page, &printables) != DB_OK)
        return db_error(page->db);
    for (i = 0; i < printables->nelts; i++)
        take(job, all, APR_ARRAY_IDX(printables, i, printable_t).specialty);
    return DB_OK;
}

static const char *file_name(const print_job_t *job)
{
    return apr_psprintf(job->page->pool, "confirmations-%s-%s.pdf", job->page->exam_path,
                        job->specialty != NULL ? job->specialty : PRINT_ALL);
}

/* The questionnaire of a specialty, looked up once; NULL: the base has failed. */
static const questionnaire_t *questionnaire_of(print_job_t *job, const char *specialty)
{
    questionnaire_t *q = apr_hash_get(job->questionnaires, specialty, APR_HASH_KEY_STRING);

    if (q != NULL)
        return q;
    specialty = apr_pstrdup(job->page->pool, specialty);
    if (school_questionnaire(job->page, job->school, job->exam, specialty, &q) != DB_OK)
        return NULL;
    connection_return(job->page);
    apr_hash_set(job->questionnaires, specialty, APR_HASH_KEY_STRING, q);
    return q;
}

/* The confirmations of a batch, each in a pool of its own. */
static apr_status_t draw_batch(print_job_t *job, const apr_array_header_t *batch)
{
    apr_status_t status = APR_SUCCESS;
    int i;

    for (i = 0; i < batch->nelts && status == APR_SUCCESS; i++) {
        const registration_t *of = &APR_ARRAY_IDX(batch, i, registration_t);
        const questionnaire_t *q = questionnaire_of(job, of->specialty);
        confirmation_t confirmation;

        apr_pool_clear(job->one);
        if (q == NULL || of->answers == NULL)
            return APR_EGENERAL;
        confirmation_of(job->page, job->one, of, job->school, q, &confirmation);
        status = confirmations_add(job->document, &confirmation, job->one);
    }
    return status;
}

/* A batch of them, from one on. The connection goes back before anything is drawn. */
static apr_status_t draw_from(print_job_t *job, int first)
{
    page_t *page = job->page;
    int left = job->numbers->nelts - first;
    apr_array_header_t numbers = *job->numbers, *batch;

    numbers.nelts = left < BATCH ? left : BATCH;
    numbers.elts = (char *)&APR_ARRAY_IDX(job->numbers, first, apr_int64_t);
    apr_pool_clear(job->batch);
    if (connection_borrow(page) == NULL ||
        printing_read(page->db, job->batch, &job->printing, &numbers, &batch) != DB_OK)
        return APR_EGENERAL;
    connection_return(page);
    return draw_batch(job, batch);
}

/* 0 with *answer given. */
static int find_all(print_job_t *job, int *answer)
{
    if (!find_school(job->page, job, answer))
        return 0;
    if (find_numbers(job) != DB_OK)
        *answer = answer_db_failed(job->page);
    else if (job->numbers->nelts == 0)
        *answer = answer_not_found(job->page);
    else
        return 1;
    return 0;
}

int establishment_print_pdf(page_t *page)
{
    apr_status_t status = APR_SUCCESS, ended;
    const char *error = NULL;
    print_job_t job = {.page = page, .questionnaires = apr_hash_make(page->pool)};
    int answer, i;

    if (!find_all(&job, &answer))
        return answer;
    connection_return(page);
    if (!stream_begin(page, STREAM_PDF, file_name(&job)))
        return stream_end(page, APR_SUCCESS, NULL);
    job.document = confirmations_begin(message_text(MSG_TITLE_CONFIRMATIONS), page->config->fonts,
                                       stream_sink, page, page->pool);
    apr_pool_create(&job.batch, page->pool);
    apr_pool_create(&job.one, page->pool);
    for (i = 0; i < job.numbers->nelts && status == APR_SUCCESS; i += BATCH)
        status = draw_from(&job, i);
    connection_return(page);
    ended = confirmations_end(job.document, &error);
    return stream_end(page, status != APR_SUCCESS ? status : ended, error);
}
