/* SPDX-License-Identifier: Apache-2.0
 *
 * « Impression de confirmations »: a specialty is chosen, « Imprimer » notes that its confirmations are
 * printed and leads to the document. What changed since the last printing, all specialties, or single
 * candidates by their numbers are choices of the same page. The document is read and drawn some candidates at
 * a time, and no connection is held while it travels.
 */
#include "../inscrinet.h"

#include <apr_strings.h>
#include <stdlib.h>

#include "../school.h"
#include "domain/check.h"
#include "store/listing.h"
#include "store/printing.h"

#define ALL "toutes"

enum { BATCH = 200, NUMBERS_MOST = 500 };

/* ---------------------------------------------------------------- what can be printed */

typedef struct printable_t {
    const char *specialty, *label;
    apr_int64_t valid, changed; /* changed: never printed, or modified since */
} printable_t;

/* Specialties that have candidates, in the order of their labels (printable_t). */
static db_error_t read_printables(page_t *page, apr_array_header_t **printables)
{
    apr_array_header_t *figures;
    int i;

    *printables = apr_array_make(page->pool, 16, sizeof(printable_t));
    if (base_borrow(page) == NULL)
        return DB_LOST;
    if (listing_figures(page->db, page->pool, page->session->establishment, page->exam, &figures) != DB_OK)
        return db_error(page->db);
    for (i = 0; i < figures->nelts; i++) {
        const listing_figure_t *figure = &APR_ARRAY_IDX(figures, i, listing_figure_t);
        printable_t *last = (*printables)->nelts > 0
                                ? &APR_ARRAY_IDX(*printables, (*printables)->nelts - 1, printable_t)
                                : NULL;

        if (last == NULL || strcmp(last->specialty, figure->specialty) != 0) {
            last = apr_array_push(*printables);
            *last = (printable_t){figure->specialty, figure->label, 0, 0};
        }
        last->valid += figure->valid;
        last->changed += figure->unprinted + figure->outdated;
    }
    return DB_OK;
}

static const char *printable_label(page_t *page, const char *label, apr_int64_t valid, apr_int64_t changed)
{
    return apr_psprintf(page->pool, "%s – %" APR_INT64_T_FMT ", dont %" APR_INT64_T_FMT " à imprimer", label,
                        valid, changed);
}

static void model_option(model_list_t *options, const char *value, const char *label, const char *chosen)
{
    model_t *option = model_list_object(options);

    model_text(option, "value", value);
    model_text(option, "label", label);
    model_flag(option, "chosen", strcmp(value, chosen) == 0);
}

static void model_printables(page_t *page, model_t *model, const apr_array_header_t *printables)
{
    const char *chosen = form_value(page, "specialite");
    model_list_t *options = model_list(model, "specialties");
    apr_int64_t valid = 0, changed = 0;
    int i;

    for (i = 0; i < printables->nelts; i++) {
        const printable_t *printable = &APR_ARRAY_IDX(printables, i, printable_t);

        model_option(options, printable->specialty,
                     printable_label(page, printable->label, printable->valid, printable->changed), chosen);
        valid += printable->valid;
        changed += printable->changed;
    }
    if (printables->nelts > 1)
        model_option(options, ALL, printable_label(page, message_text(MSG_ALL_SPECIALTIES), valid, changed),
                     chosen);
    model_flag(model, "any", printables->nelts > 0);
}

int establishment_print_get(page_t *page)
{
    apr_array_header_t *printables;
    model_t *model;
    int answer;

    if (school_exam(page, &answer) == NULL)
        return answer;
    if (read_printables(page, &printables) != DB_OK)
        return page_db_failed(page, DB_LOST);
    model = page_model(page, message_text(MSG_TITLE_PRINT));
    model_printables(page, model, printables);
    model_text(model, "specialty_error", page_error_of(page, "specialite"));
    model_text(model, "numbers_error", page_error_of(page, "numeros"));
    model_text(model, "numbers", form_value(page, "numeros"));
    model_flag(model, "changed_only", strcmp(form_value(page, "changees"), "O") == 0);
    return page_render(page, "print", model);
}

/* ---------------------------------------------------------------- « Imprimer » */

/* "11, 14-1 20" to numbers (apr_int64_t); NULL for anything else, or for too many. */
static apr_array_header_t *read_numbers(apr_pool_t *pool, const char *typed)
{
    apr_array_header_t *numbers = apr_array_make(pool, 16, sizeof(apr_int64_t));
    char *last, *word = apr_strtok(apr_pstrdup(pool, typed), " ,;", &last);

    for (; word != NULL; word = apr_strtok(NULL, " ,;", &last)) {
        apr_int64_t number = registration_number(word);

        if (number == 0 || numbers->nelts == NUMBERS_MOST)
            return NULL;
        APR_ARRAY_PUSH(numbers, apr_int64_t) = number;
    }
    return numbers->nelts > 0 ? numbers : NULL;
}

/* "11,20" */
static const char *written_numbers(apr_pool_t *pool, const apr_array_header_t *numbers)
{
    apr_array_header_t *words = apr_array_make(pool, numbers->nelts, sizeof(const char *));
    int i;

    for (i = 0; i < numbers->nelts; i++)
        APR_ARRAY_PUSH(words, const char *) =
            apr_psprintf(pool, "%" APR_INT64_T_FMT, APR_ARRAY_IDX(numbers, i, apr_int64_t));
    return apr_array_pstrcat(pool, words, ',');
}

typedef struct choice_of_print_t {
    const char *specialty;       /* NULL: all */
    apr_array_header_t *numbers; /* or NULL */
    int changed;
} choice_of_print_t;

static void read_choice(page_t *page, const apr_array_header_t *printables, choice_of_print_t *choice)
{
    const char *specialty = form_value(page, "specialite"), *numbers = form_value(page, "numeros");
    int i;

    choice->changed = strcmp(form_value(page, "changees"), "O") == 0;
    choice->specialty = NULL;
    choice->numbers = NULL;
    if (numbers[0] != '\0') {
        if ((choice->numbers = read_numbers(page->pool, numbers)) == NULL)
            page_error(page, "numeros", message_text(MSG_PRINT_NUMBERS));
        return;
    }
    if (strcmp(specialty, ALL) == 0 && printables->nelts > 0)
        return;
    for (i = 0; i < printables->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(printables, i, printable_t).specialty, specialty) == 0)
            choice->specialty = specialty;
    if (choice->specialty == NULL)
        page_error(page, "specialite", message_text(MSG_PRINT_SPECIALTY));
}

/* How many there are, noted as printed; 0 with an error on the page if some number is none of the school's.
 */
static apr_int64_t record(page_t *page, const choice_of_print_t *choice)
{
    printing_t printing = {.establishment = page->session->establishment,
                           .exam = page->exam,
                           .specialty = choice->specialty,
                           .changed = choice->changed};
    apr_int64_t count = 0;
    int i, found;

    if (choice->numbers == NULL) {
        if (printing_record(page->db, &printing, page->now, &count) == DB_OK && count == 0)
            page_error(page, "specialite", message_text(MSG_PRINT_NOTHING));
        return count;
    }
    for (i = 0; i < choice->numbers->nelts; i++) {
        apr_int64_t number = APR_ARRAY_IDX(choice->numbers, i, apr_int64_t);

        if (printing_record_number(page->db, &printing, number, page->now, &found) == DB_OK && !found) {
            page_error(page, "numeros",
                       message_format(page->pool, MSG_PRINT_NUMBER_UNKNOWN,
                                      apr_psprintf(page->pool, "%" APR_INT64_T_FMT, number), NULL));
            return 0;
        }
        count += found;
    }
    return count;
}

/* While the base is locked nothing is noted: what has changed is then told by the candidates themselves. */
static int to_document(page_t *page, const choice_of_print_t *choice, int locked)
{
    const char *path = exam_info(page->exam)->path;

    if (choice->numbers != NULL)
        return page_redirect(page, "%s/confirmations.pdf?numero=%s", path,
                             written_numbers(page->pool, choice->numbers));
    return page_redirect(page, "%s/confirmations.pdf?specialite=%s%s", path,
                         choice->specialty != NULL ? choice->specialty : ALL,
                         !choice->changed ? ""
                         : locked         ? "&changees=O"
                                  : apr_psprintf(page->pool, "&impression=%" APR_INT64_T_FMT, page->now));
}

static void audit_print(page_t *page, const choice_of_print_t *choice, apr_int64_t count)
{
    const char *what = choice->numbers != NULL     ? written_numbers(page->pool, choice->numbers)
                       : choice->specialty != NULL ? choice->specialty
                                                   : ALL;

    page_audit(
        page, "confirmation.print", DB_NULL,
        apr_psprintf(page->pool, "%s%s: %" APR_INT64_T_FMT, what, choice->changed ? ", changed" : "", count),
        NULL);
}

int establishment_print_post(page_t *page)
{
    apr_array_header_t *printables;
    choice_of_print_t choice;
    db_error_t error;
    int answer;

    if (form_action(page, "retour"))
        return page_redirect(page, "%s/", exam_info(page->exam)->path);
    if (school_exam(page, &answer) == NULL)
        return answer;
    if (read_printables(page, &printables) != DB_OK || page_read_frame(page) != DB_OK)
        return page_db_failed(page, DB_LOST);
    read_choice(page, printables, &choice);
    if (page_has_errors(page))
        return establishment_print_get(page);
    if (base_begin(page) == NULL || base_lock_hold(page->db, page->pool, &page->frame.lock) != DB_OK)
        return page_db_failed(page, DB_LOST);
    if (!page->frame.lock.locked) {
        apr_int64_t count = record(page, &choice);

        if (page_has_errors(page)) {
            base_return(page);
            return establishment_print_get(page);
        }
        establishment_exam_touch(page->db, page->session->establishment, page->exam);
        audit_print(page, &choice, count);
    }
    if ((error = base_commit(page)) != DB_OK)
        return page_db_failed(page, error);
    return to_document(page, &choice, page->frame.lock.locked);
}

/* ---------------------------------------------------------------- the document */

typedef struct print_job_t {
    page_t *page;
    stream_t *stream;
    establishment_t *school;
    establishment_exam_t *exam;
    apr_array_header_t *specialties; /* const char *: in their order */
    printing_t printing;
    confirmations_t *document; /* NULL before the first confirmation */
    apr_pool_t *batch, *one;
} print_job_t;

/* What the address asks: a specialty or all of them, those of one printing, some numbers. */
static int read_address(page_t *page, const apr_array_header_t *printables, print_job_t *job)
{
    const char *specialty = query_value(page, "specialite"), *printed = query_value(page, "impression");
    const char *number = query_value(page, "numero"), *changed = query_value(page, "changees");
    char *rest;
    int i;

    job->printing = (printing_t){.establishment = page->session->establishment, .exam = page->exam};
    job->printing.changed = changed != NULL && strcmp(changed, "O") == 0;
    if (printed != NULL && ((job->printing.printed = apr_strtoi64(printed, &rest, 10)) <= 0 || *rest != '\0'))
        return 0;
    if (number != NULL) {
        apr_array_header_t *numbers = read_numbers(page->pool, number);

        if (numbers == NULL)
            return 0;
        job->printing.numbers = apr_pstrcat(page->pool, ",", written_numbers(page->pool, numbers), ",", NULL);
    }
    if (specialty == NULL && number == NULL)
        return 0;
    for (i = 0; i < printables->nelts; i++) {
        const char *code = APR_ARRAY_IDX(printables, i, printable_t).specialty;

        if (specialty == NULL || strcmp(specialty, ALL) == 0 || strcmp(specialty, code) == 0)
            APR_ARRAY_PUSH(job->specialties, const char *) = code;
    }
    return job->specialties->nelts > 0;
}

static int find_school(page_t *page, print_job_t *job, int *answer)
{
    apr_array_header_t *printables;

    job->page = page;
    job->specialties = apr_array_make(page->pool, 16, sizeof(const char *));
    if ((job->exam = school_exam(page, answer)) == NULL)
        return 0;
    *answer = OK;
    if (page_read_frame(page) != DB_OK || read_printables(page, &printables) != DB_OK ||
        establishment_by_id(page->db, page->pool, page->session->establishment, &job->school) != DB_OK)
        *answer = page_db_failed(page, DB_LOST);
    else if (job->school == NULL || !read_address(page, printables, job))
        *answer = page_fail(page, HTTP_NOT_FOUND);
    return *answer == OK;
}

static const char *file_name(const print_job_t *job)
{
    return apr_psprintf(job->page->pool, "confirmations-%s-%s.pdf", exam_info(job->page->exam)->path,
                        job->specialties->nelts == 1 ? APR_ARRAY_IDX(job->specialties, 0, const char *)
                                                     : ALL);
}

static void begin_document(print_job_t *job)
{
    page_t *page = job->page;

    job->stream = stream_begin(page, file_name(job));
    job->document = confirmations_begin(message_text(MSG_TITLE_CONFIRMATIONS), page->config->fonts,
                                        stream_sink, job->stream, page->pool);
}

/* The confirmations of a batch, each in a pool of its own. */
static apr_status_t draw_batch(print_job_t *job, const questionnaire_t *q, const apr_array_header_t *batch)
{
    apr_status_t status = APR_SUCCESS;
    int i;

    for (i = 0; i < batch->nelts && status == APR_SUCCESS; i++) {
        const registration_t *of = &APR_ARRAY_IDX(batch, i, registration_t);
        confirmation_t confirmation;

        apr_pool_clear(job->one);
        if (of->answers == NULL)
            return APR_EGENERAL;
        if (job->document == NULL)
            begin_document(job);
        confirmation_of(job->page, job->one, of, job->school, q, &confirmation);
        status = confirmations_add(job->document, &confirmation, job->one);
    }
    return status;
}

/* All of one specialty. The connection goes back before anything is drawn. */
static apr_status_t draw_specialty(print_job_t *job, const char *specialty)
{
    page_t *page = job->page;
    printing_place_t place = {{"", 0}, 0};
    apr_array_header_t *batch;
    apr_status_t status;
    questionnaire_t *q;

    job->printing.specialty = specialty;
    if (school_questionnaire(page, job->school, job->exam, specialty, &q) != DB_OK)
        return APR_EGENERAL;
    do {
        apr_pool_clear(job->batch);
        if (base_borrow(page) == NULL ||
            printing_read(page->db, job->batch, &job->printing, &place, page->pool, BATCH, &batch) != DB_OK)
            return APR_EGENERAL;
        base_return(page);
        status = draw_batch(job, q, batch);
    } while (status == APR_SUCCESS && batch->nelts == BATCH);
    return status;
}

int establishment_print_pdf(page_t *page)
{
    apr_status_t status = APR_SUCCESS, ended;
    const char *error = NULL;
    print_job_t job = {NULL};
    int answer, i;

    if (!find_school(page, &job, &answer))
        return answer;
    apr_pool_create(&job.batch, page->pool);
    apr_pool_create(&job.one, page->pool);
    for (i = 0; i < job.specialties->nelts && status == APR_SUCCESS; i++)
        status = draw_specialty(&job, APR_ARRAY_IDX(job.specialties, i, const char *));
    base_return(page);
    if (job.document == NULL)
        return status != APR_SUCCESS ? page_db_failed(page, DB_LOST) : page_fail(page, HTTP_NOT_FOUND);
    ended = confirmations_end(job.document, &error);
    return stream_end(job.stream, status != APR_SUCCESS ? status : ended, error);
}

/* The HTML twin of one of them. */
int establishment_print_twin(page_t *page)
{
    const char *typed = query_value(page, "numero");
    apr_int64_t number = typed != NULL ? registration_number(typed) : 0;
    confirmation_t confirmation;
    registration_t *found = NULL;
    print_job_t job = {NULL};
    establishment_exam_t *exam;
    questionnaire_t *q;
    model_t *model;
    int answer;

    if ((exam = school_exam(page, &answer)) == NULL)
        return answer;
    if (page_read_frame(page) != DB_OK ||
        (number != 0 && registration_get(page->db, page->pool, page->exam, number, &found) != DB_OK))
        return page_db_failed(page, DB_LOST);
    if (found == NULL || found->establishment != page->session->establishment || found->answers == NULL)
        return page_fail(page, HTTP_NOT_FOUND);
    if (establishment_by_id(page->db, page->pool, found->establishment, &job.school) != DB_OK ||
        job.school == NULL || school_questionnaire(page, job.school, exam, found->specialty, &q) != DB_OK)
        return page_db_failed(page, DB_LOST);
    confirmation_of(page, page->pool, found, job.school, q, &confirmation);
    model = page_model(page, message_text(MSG_TITLE_CONFIRMATION));
    model_text(model, "pdf", apr_psprintf(page->pool, "confirmations.pdf?numero=%" APR_INT64_T_FMT, number));
    model_confirmation(model, &confirmation);
    return page_render(page, "confirmation", model);
}
