/* SPDX-License-Identifier: Apache-2.0
 *
 * The candidates of the demo academy: each could have registered with the answers he has, lists are in French
 * alphabetical order, and a school's numbers are near each other without being in that order.
 */
#include <limits.h>

#include "demo_run.h"

#include "store/listing.h"
#include "store/reference.h"
#include "store/registration.h"
#include "text/text.h"

/* As a candidate of that specialty gets it. */
static questionnaire_t *questionnaire_of(run_t *run, const registration_t *of, const establishment_t *school,
                                         const establishment_exam_t *row)
{
    const exam_session_t *session = exam_session_of_id(sessions_of(run->db), of->exam_session);
    questionnaire_t *q;

    assert_non_null(session);
    assert_int_equal(session->exam, of->exam);
    assert_int_equal(reference_questionnaire(run->db, pool, session, school, row, of->specialty, &q), DB_OK);
    return q;
}

static exam_t exam_of(run_t *run, const establishment_exam_t *row)
{
    return exam_session_of_id(sessions_of(run->db), row->exam_session)->exam;
}

typedef struct walk_t {
    const unsigned char *key; /* of the candidate before */
    apr_size_t length;
    apr_int64_t number;
    int falls, rows, european;
} walk_t;

static void check_candidate(run_t *run, const establishment_t *school, const establishment_exam_t *row,
                            apr_int64_t number, walk_t *walk)
{
    registration_t *registration;
    const questionnaire_t *q;
    const char *second, *name;
    const unsigned char *key;
    apr_size_t length, common;
    int order;

    assert_int_equal(registration_get(run->db, pool, &everybody, exam_of(run, row), number, &registration),
                     DB_OK);
    assert_int_equal(registration->exam_session, row->exam_session);
    q = questionnaire_of(run, registration, school, row);
    if (questionnaire_first_open(pool, q, registration->answers) != STEP_SUMMARY)
        fail_msg("%s", answers_to_json(pool, registration->answers));
    assert_in_range(registration->created, NOW - 21 * 24 * HOUR, NOW - 20 * HOUR);
    second = registration->answers->value[Q_FORENAME_2];
    name = apr_pstrcat(pool, registration->answers->value[Q_BIRTH_NAME], " ",
                       registration->answers->value[Q_FORENAME_1], second != NULL ? " " : "",
                       second != NULL ? second : "", NULL);
    key = text_sort_key(pool, text_upper(pool, name), &length);
    common = length < walk->length ? length : walk->length;
    order = common > 0 ? memcmp(walk->key, key, common) : -1;
    assert_true(order < 0 || (order == 0 && walk->length <= length));
    walk->falls += number < walk->number;
    walk->european += registration->answers->value[Q_EUROPEAN] != NULL;
    *walk = (walk_t){key, length, number, walk->falls, walk->rows + 1, walk->european};
}

static int number_order(const void *one, const void *other)
{
    const apr_int64_t *a = one, *b = other;

    return (*a > *b) - (*a < *b);
}

static void check_exam(run_t *run, const establishment_t *school, const establishment_exam_t *exam)
{
    apr_array_header_t *numbers = apr_array_make(pool, 100, sizeof(apr_int64_t));
    listing_t listing = {.scope = {.kind = SCOPE_ONE, .establishment = school->id},
                         .exam_session = exam->exam_session};
    db_rows_t *rows = listing_rows(run->db, &listing, &listing_start, INT64_MAX);
    walk_t walk = {0};
    int i, near = 0, first_year = INT_MAX, last_year = 0;
    listing_row_t row;

    while (listing_next(rows, &row)) {
        APR_ARRAY_PUSH(numbers, apr_int64_t) = row.number;
        first_year = atoi(row.birth_date) < first_year ? atoi(row.birth_date) : first_year;
        last_year = atoi(row.birth_date) > last_year ? atoi(row.birth_date) : last_year;
    }
    assert_int_equal(db_end(run->db, rows), DB_OK);
    for (i = 0; i < numbers->nelts; i++)
        check_candidate(run, school, exam, APR_ARRAY_IDX(numbers, i, apr_int64_t), &walk);
    if (numbers->nelts < 40)
        return;
    assert_true(last_year > first_year + 1); /* a class has its ages */
    /* by name, numbers go up and down; by number, most candidates come after one of their own school */
    assert_true(walk.falls > numbers->nelts / 4);
    qsort(numbers->elts, (size_t)numbers->nelts, sizeof(apr_int64_t), number_order);
    for (i = 1; i < numbers->nelts; i++)
        near += APR_ARRAY_IDX(numbers, i, apr_int64_t) - APR_ARRAY_IDX(numbers, i - 1, apr_int64_t) <= 3;
    assert_true(near > numbers->nelts / 2);
    assert_int_equal(walk.european > 0, exam->european == 1);
}

static void candidates_are_right(run_t *run)
{
    int i, exam;

    for (i = 0; i < SCHOOLS; i++) {
        establishment_t *school = school_of(run, i);
        apr_array_header_t *exams = exams_of(run, school);

        for (exam = 0; exam < exams->nelts; exam++)
            check_exam(run, school, &APR_ARRAY_IDX(exams, exam, establishment_exam_t));
    }
}

static void check_individual(run_t *run, const registration_t *row)
{
    const questionnaire_t *q = questionnaire_of(run, row, NULL, NULL);

    assert_string_equal(row->service, "inscription");
    assert_true(atoi(row->birth_date) <= SESSION - 18);
    if (questionnaire_first_open(pool, q, row->answers) != STEP_SUMMARY)
        fail_msg("%s", answers_to_json(pool, row->answers));
}

static void individuals_are_right(run_t *run)
{
    int exam, individuals = 0, progressive = 0;
    registration_t *row;
    apr_int64_t number;

    for (exam = 0; exam < EXAM_COUNT; exam++)
        for (number = 1;
             registration_get(run->db, pool, &everybody, (exam_t)exam, number, &row) == DB_OK && row != NULL;
             number++)
            if (row->establishment == DB_NULL) {
                check_individual(run, row);
                individuals++;
                progressive += row->form[0] == 'P';
            }
    assert_int_equal(individuals, 100);
    assert_in_range(progressive, 10, 90);
}

static void candidates_could_have_registered(void **state)
{
    run_t run;

    (void)state;
    make_run(&run);
    assert_int_equal(demo(&run, "2000", "1"), CTL_DONE);
    candidates_are_right(&run);
    individuals_are_right(&run);
    end_run(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(candidates_could_have_registered)};
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    apr_terminate();
    return failed;
}
