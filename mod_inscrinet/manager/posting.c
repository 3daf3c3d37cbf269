/* SPDX-License-Identifier: Apache-2.0
 *
 * « Confirmations des candidats individuels »: printed by the office, sorted for the post, each with its
 * address in the window of an envelope; their labels; and what was printed before, once more.
 */
#include <apr_strings.h>
#include <stdlib.h>

#include "../answer.h"
#include "../connection.h"
#include "../lists/print_job.h"
#include "../lists/prints.h"
#include "../manager.h"
#include "../registration/candidate.h"
#include "../routes.h"
#include "../session.h"
#include "../stream.h"
#include "document/labels.h"
#include "domain/postal.h"
#include "text/text.h"

enum { RUNS_SHOWN = 20 };

/* ---------------------------------------------------------------- the page */

static void model_run(page_t *page, model_t *row, const printing_run_t *run)
{
    model_text(row, "at", local_time_short(page->pool, page->frame.zone, run->printed));
    model_int(row, "moment", run->printed);
    model_int(row, "count", run->count);
}

/* The last ones; *shown: whether the one that the address names is among them, which is told on top. */
static int model_runs(page_t *page, model_t *model, const printing_t *printing, int *shown)
{
    apr_int64_t named = page_number(page, "tirage");
    model_list_t *rows = model_list(model, "runs");
    apr_array_header_t *runs;
    int i;

    if (printing_runs(page->db, page->pool, printing, RUNS_SHOWN, &runs) != DB_OK)
        return 0;
    *shown = named == 0;
    for (i = 0; i < runs->nelts; i++) {
        const printing_run_t *run = &APR_ARRAY_IDX(runs, i, printing_run_t);

        model_run(page, model_list_object(rows), run);
        if (run->printed != named)
            continue;
        *shown = 1;
        model_int(model, "done", run->count);
        model_int(model, "done_moment", run->printed);
        model_flag(model, "several_done", run->count > 1);
    }
    model_flag(model, "any_runs", runs->nelts > 0);
    return 1;
}

static int posting_page(page_t *page, const apr_array_header_t *figures)
{
    const printing_t printing = prints_of(page, 1);
    model_t *model = answer_model(page, message_text(MSG_TITLE_POSTING));
    int shown;

    manager_model(page, model);
    manager_model_parent_list(page, model);
    prints_model(page, model, figures);
    if (!model_runs(page, model, &printing, &shown))
        return answer_db_failed(page);
    if (!shown)
        return answer_not_found(page);
    session_forget_notice(page);
    return answer_render(page, "manager_posting", model);
}

/* What there is to print; 0: the base has failed. */
static int read_figures(page_t *page, apr_array_header_t **figures)
{
    const printing_t printing = prints_of(page, 1);

    return connection_borrow(page) != NULL &&
           printing_figures(page->db, page->pool, &printing, figures) == DB_OK;
}

int manager_posting_get(page_t *page)
{
    apr_array_header_t *figures;

    return read_figures(page, &figures) ? posting_page(page, figures) : answer_db_failed(page);
}

/* ---------------------------------------------------------------- « Imprimer » */

/* Where nothing is noted, because the base is locked, the document itself. */
static int to_result(page_t *page, const prints_choice_t *choice)
{
    if (!page->frame.lock.locked)
        return answer_redirect_exam(page, "individuels?tirage=%" APR_INT64_T_FMT, choice->moment);
    return answer_redirect_exam(page, "individuels.pdf?specialite=%s%s",
                                choice->specialty != NULL ? choice->specialty : PRINTS_ALL,
                                choice->changed ? "&changees=O" : "");
}

int manager_posting_post(page_t *page)
{
    printing_t printing = prints_of(page, 1);
    apr_array_header_t *figures;
    prints_choice_t choice;
    int answer;

    if (!read_figures(page, &figures))
        return answer_db_failed(page);
    return prints_post(page, &printing, figures, manager_posting_get, &choice, &answer)
               ? to_result(page, &choice)
               : answer;
}

/* ---------------------------------------------------------------- the documents */

/* One to be posted. */
typedef struct letter_t {
    postal_place_t place;
    int ordinal; /* in the order of names */
    apr_int64_t number;
} letter_t;

static int by_place(const void *one, const void *other)
{
    const letter_t *a = one, *b = other;
    int order = postal_compare(&a->place, &b->place);

    return order != 0 ? order : (a->ordinal > b->ordinal) - (a->ordinal < b->ordinal);
}

/* Their places are kept alone: an answer is read and let go. */
static db_error_t read_letters(page_t *page, const printing_t *printing, const questionnaire_t *q,
                               apr_array_header_t *letters)
{
    printing_letters_t *read = printing_letters(page->db, page->pool, printing);
    printing_letter_t one;

    while (printing_letters_next(read, &one)) {
        letter_t *letter = apr_array_push(letters);

        *letter = (letter_t){.ordinal = letters->nelts, .number = one.number};
        if (one.answers != NULL)
            letter->place = postal_place(page->pool, q, one.answers);
        else
            letter->place = (postal_place_t){"", "", ""};
    }
    return printing_letters_end(read);
}

/* The numbers in the order of the post; 0 with *answer given. */
static int sort_letters(page_t *page, print_job_t *job, int *answer)
{
    apr_array_header_t *letters = apr_array_make(page->pool, 256, sizeof(letter_t)), *numbers;
    questionnaire_t *q;
    int i;

    if (candidate_public_questionnaire(page, NULL, &q) != DB_OK || connection_borrow(page) == NULL ||
        read_letters(page, &job->printing, q, letters) != DB_OK) {
        *answer = answer_db_failed(page);
        return 0;
    }
    if (letters->nelts == 0) {
        *answer = answer_not_found(page);
        return 0;
    }
    qsort(letters->elts, (size_t)letters->nelts, sizeof(letter_t), by_place);
    numbers = apr_array_make(page->pool, letters->nelts, sizeof(apr_int64_t));
    for (i = 0; i < letters->nelts; i++)
        APR_ARRAY_PUSH(numbers, apr_int64_t) = APR_ARRAY_IDX(letters, i, letter_t).number;
    job->numbers = numbers;
    return 1;
}

static int open_job(page_t *page, const char *name, print_job_t *job, int *answer)
{
    *job = (print_job_t){.page = page, .printing = prints_of(page, 1)};
    job->file = apr_pstrcat(page->pool, name, "-", page->exam_path, ".pdf", NULL);
    if (prints_address(page, "tirage", &job->printing) &&
        (page_query(page, "specialite") != NULL || job->printing.printed > 0))
        return sort_letters(page, job, answer);
    *answer = answer_not_found(page);
    return 0;
}

int manager_posting_pdf(page_t *page)
{
    print_job_t job;
    int answer;

    return open_job(page, "confirmations-individuels", &job, &answer) ? print_job_confirmations(&job)
                                                                      : answer;
}

static apr_status_t draw_label(void *baton, const print_job_t *job, const registration_t *of,
                               const questionnaire_t *q, apr_pool_t *pool)
{
    (void)job;
    return labels_add(baton, postal_address(pool, q, of->answers));
}

int manager_labels_pdf(page_t *page)
{
    apr_status_t status, ended;
    const char *error = NULL;
    labels_t *labels;
    print_job_t job;
    int answer;

    if (!open_job(page, "etiquettes-individuels", &job, &answer))
        return answer;
    connection_return(page);
    if (!stream_begin(page, STREAM_PDF, job.file))
        return stream_end(page, APR_SUCCESS, NULL);
    labels = labels_begin(message_text(MSG_TITLE_LABELS), page->config->fonts, stream_sink, page, page->pool);
    status = print_job_walk(&job, draw_label, labels);
    ended = labels_end(labels, &error);
    return stream_end(page, status != APR_SUCCESS ? status : ended, error);
}
