/* SPDX-License-Identifier: Apache-2.0 */
#include "print_job.h"

#include <apr_strings.h>

#include "../confirmation.h"
#include "../connection.h"
#include "../registration/candidate.h"
#include "../school.h"
#include "../stream.h"
#include "domain/postal.h"

enum { BATCH = 200 };

/* A job that goes on. */
typedef struct walk_t {
    const print_job_t *job;
    print_draw_t draw;
    void *baton;
    apr_hash_t *questionnaires; /* by specialty */
    apr_pool_t *batch, *one;
} walk_t;

/* The questionnaire of a specialty, looked up once; NULL: the base has failed. */
static const questionnaire_t *questionnaire_of(walk_t *walk, const char *specialty)
{
    const print_job_t *job = walk->job;
    questionnaire_t *q = apr_hash_get(walk->questionnaires, specialty, APR_HASH_KEY_STRING);
    db_error_t error;

    if (q != NULL)
        return q;
    specialty = apr_pstrdup(job->page->pool, specialty);
    error = job->school != NULL ? school_questionnaire(job->page, job->school, job->exam, specialty, &q)
                                : candidate_public_questionnaire(job->page, specialty, &q);
    connection_return(job->page);
    if (error != DB_OK)
        return NULL;
    apr_hash_set(walk->questionnaires, specialty, APR_HASH_KEY_STRING, q);
    return q;
}

/* Those of a batch, each in a pool of its own. */
static apr_status_t draw_batch(walk_t *walk, const apr_array_header_t *batch)
{
    apr_status_t status = APR_SUCCESS;
    int i;

    for (i = 0; i < batch->nelts && status == APR_SUCCESS; i++) {
        const registration_t *of = &APR_ARRAY_IDX(batch, i, registration_t);
        const questionnaire_t *q = questionnaire_of(walk, of->specialty);

        apr_pool_clear(walk->one);
        if (q == NULL || of->answers == NULL)
            return APR_EGENERAL;
        status = walk->draw(walk->baton, walk->job, of, q, walk->one);
    }
    return status;
}

/* A batch of them, from one on. The connection goes back before anything is drawn. */
static apr_status_t draw_from(walk_t *walk, int first)
{
    const print_job_t *job = walk->job;
    page_t *page = job->page;
    int left = job->numbers->nelts - first;
    apr_array_header_t numbers = *job->numbers, *batch;

    numbers.nelts = left < BATCH ? left : BATCH;
    numbers.elts = (char *)&APR_ARRAY_IDX(job->numbers, first, apr_int64_t);
    apr_pool_clear(walk->batch);
    if (connection_borrow(page) == NULL ||
        printing_read(page->db, walk->batch, &job->printing, &numbers, &batch) != DB_OK)
        return APR_EGENERAL;
    connection_return(page);
    return draw_batch(walk, batch);
}

apr_status_t print_job_walk(const print_job_t *job, print_draw_t draw, void *baton)
{
    walk_t walk = {
        .job = job, .draw = draw, .baton = baton, .questionnaires = apr_hash_make(job->page->pool)};
    apr_status_t status = APR_SUCCESS;
    int i;

    apr_pool_create(&walk.batch, job->page->pool);
    apr_pool_create(&walk.one, job->page->pool);
    for (i = 0; i < job->numbers->nelts && status == APR_SUCCESS; i += BATCH)
        status = draw_from(&walk, i);
    connection_return(job->page);
    return status;
}

/* ---------------------------------------------------------------- confirmations */

static apr_status_t draw_confirmation(void *baton, const print_job_t *job, const registration_t *of,
                                      const questionnaire_t *q, apr_pool_t *pool)
{
    confirmation_t confirmation;

    confirmation_of(job->page, pool, of, job->school, q, &confirmation);
    if (job->school == NULL)
        confirmation.address = postal_address(pool, q, of->answers);
    return confirmations_add(baton, &confirmation, pool);
}

int print_job_confirmations(const print_job_t *job)
{
    page_t *page = job->page;
    apr_status_t status, ended;
    const char *error = NULL;
    confirmations_t *document;

    connection_return(page);
    if (!stream_begin(page, STREAM_PDF, job->file))
        return stream_end(page, APR_SUCCESS, NULL);
    document = confirmations_begin(message_text(MSG_TITLE_CONFIRMATIONS), page->config->fonts, stream_sink,
                                   page, page->pool);
    status = print_job_walk(job, draw_confirmation, document);
    ended = confirmations_end(document, &error);
    return stream_end(page, status != APR_SUCCESS ? status : ended, error);
}
