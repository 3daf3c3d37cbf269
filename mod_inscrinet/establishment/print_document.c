/* SPDX-License-Identifier: Apache-2.0
 *
 * The confirmations that a school prints, as one document: which ones, specialty by specialty.
 */
#include "printing.h"

#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../lists/print_job.h"
#include "../routes.h"
#include "../school.h"

/* What the address asks: a specialty or all of them, those of one printing, some numbers. */
static int read_address(print_job_t *job)
{
    page_t *page = job->page;
    const char *number = page_query(page, "numero");

    job->printing = prints_of(page, 0);
    if (!prints_address(page, "impression", &job->printing) ||
        (number == NULL && page_query(page, "specialite") == NULL))
        return 0;
    return number == NULL || (job->printing.numbers = prints_numbers(page->pool, number)) != NULL;
}

static int find_school(print_job_t *job, int *answer)
{
    page_t *page = job->page;
    establishment_t *school;

    if ((job->exam = school_exam(page, answer)) == NULL)
        return 0;
    if (connection_borrow(page) == NULL ||
        establishment_by_id(page->db, page->pool, page->actor.establishment, &school) != DB_OK)
        *answer = answer_db_failed(page);
    else if ((job->school = school) == NULL || !read_address(job))
        *answer = answer_not_found(page);
    else
        return 1;
    return 0;
}

static void take(apr_array_header_t *numbers, const apr_array_header_t *all, const char *specialty)
{
    int i;

    for (i = 0; i < all->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(all, i, printing_number_t).specialty, specialty) == 0)
            APR_ARRAY_PUSH(numbers, apr_int64_t) = APR_ARRAY_IDX(all, i, printing_number_t).number;
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
    const char **specialty = &job->printing.specialty;
    apr_array_header_t *all, *figures, *numbers;
    int i;

    if (printing_numbers(page->db, page->pool, &job->printing, &all) != DB_OK)
        return connection_failure(page);
    job->numbers = numbers = apr_array_make(page->pool, all->nelts, sizeof(apr_int64_t));
    if (*specialty == NULL)
        *specialty = only_specialty(all);
    if (*specialty != NULL)
        take(numbers, all, *specialty);
    if (*specialty != NULL || all->nelts == 0)
        return DB_OK;
    if (print_figures(page, &figures) != DB_OK)
        return db_error(page->db);
    for (i = 0; i < figures->nelts; i++)
        take(numbers, all, APR_ARRAY_IDX(figures, i, printing_figure_t).specialty);
    return DB_OK;
}

int establishment_print_pdf(page_t *page)
{
    print_job_t job = {.page = page};
    int answer;

    if (!find_school(&job, &answer))
        return answer;
    if (find_numbers(&job) != DB_OK)
        return answer_db_failed(page);
    if (job.numbers->nelts == 0)
        return answer_not_found(page);
    job.file = apr_psprintf(page->pool, "confirmations-%s-%s.pdf", page->exam_path,
                            job.printing.specialty != NULL ? job.printing.specialty : PRINTS_ALL);
    return print_job_confirmations(&job);
}
