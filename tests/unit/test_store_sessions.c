/* SPDX-License-Identifier: Apache-2.0
 *
 * Two sessions of one exam beside each other, the spring and the autumn of the demo's BP: whatever belongs to
 * one of them is unknown to the other, but numbers, which are the exam's. On both bases.
 */
#include "demo_run.h"

#include "sql.h"
#include "store/base.h"
#include "store/calendar.h"
#include "store/expected.h"
#include "store/homonym.h"
#include "store/listing.h"
#include "store/paper.h"
#include "store/reference.h"
#include "store/registration.h"
#include "store/seed.h"
#include "store/state.h"

static run_t academy;
static db_t *db;
static const exam_session_t *spring, *autumn;
static establishment_t *school;

static answers_t *somebody(const char *forename)
{
    answers_t *answers = apr_pcalloc(pool, sizeof *answers);
    school_offers_t found;

    assert_int_equal(establishment_offers(db, pool, school->id, spring->id, &found), DB_OK);
    answers->value[Q_SPECIALTY] = APR_ARRAY_IDX(found.specialties, 0, choice_t).value;
    answers->value[Q_CATEGORY] = "APP";
    answers->value[Q_BIRTH_NAME] = "Deux-Sessions";
    answers->value[Q_FORENAME_1] = forename;
    answers->value[Q_BIRTH_DATE] = "2007-07-07";
    answers->value[Q_INE] = "0102030405J";
    answers->value[Q_FORM] = "G";
    return answers;
}

static registration_t *enter(const exam_session_t *session, answers_t *answers)
{
    registration_t *made = apr_palloc(pool, sizeof *made);

    *made = (registration_t){.exam = EXAM_BP,
                             .exam_session = session->id,
                             .service = "inscription-etablissement",
                             .establishment = school->id,
                             .category = "10",
                             .answers = answers,
                             .created = NOW};
    assert_int_equal(registration_create(db, pool, made), DB_OK);
    return made;
}

static listing_t list_of(const exam_session_t *session)
{
    return (listing_t){.scope = {.kind = SCOPE_ONE, .establishment = school->id},
                       .exam_session = session->id};
}

/* ---------------------------------------------------------------- who is the same */

static apr_int64_t same_person(const exam_session_t *session, const registration_t *as)
{
    apr_int64_t number, revision;

    assert_int_equal(registration_same_person(db, pool, session->id, school->id, as->answers, as->number,
                                              &number, &revision),
                     DB_OK);
    return number;
}

static apr_int64_t same_ine(const exam_session_t *session, const registration_t *as)
{
    apr_int64_t number, revision;

    assert_int_equal(registration_same_ine(db, session->id, as->answers, as->number, &number, &revision),
                     DB_OK);
    return number;
}

/* How many he looks like, once that is noted. */
static int look_alikes(const registration_t *of)
{
    apr_array_header_t *found;

    assert_int_equal(registration_note_doubles(db, pool, of, NOW), DB_OK);
    assert_int_equal(homonym_look_alikes(db, pool, &everybody, EXAM_BP, of->number, &found), DB_OK);
    return found->nelts;
}

static void who_is_in_both_sessions_is_no_double(void **state)
{
    registration_t *one = enter(spring, somebody("Zoé")), *other = enter(autumn, somebody("Zoé"));

    (void)state;
    assert_int_equal(same_person(spring, one), 0);
    assert_int_equal(same_person(autumn, other), 0);
    assert_int_equal(same_ine(spring, one), 0);
    assert_int_equal(same_ine(autumn, other), 0);
    assert_int_equal(look_alikes(one), 0);
    assert_int_equal(look_alikes(other), 0);
    assert_int_equal(same_person(autumn, one), other->number);
}

static void who_is_in_one_twice_is(void **state)
{
    registration_t *spring_one = enter(spring, somebody("Zoé")), *one = enter(autumn, somebody("Zoé")),
                   *again = enter(autumn, somebody("zoe"));
    apr_array_header_t *doubles;
    int i, ours = 0;

    (void)state;
    assert_int_equal(same_person(autumn, again), one->number);
    assert_int_equal(same_ine(autumn, again), one->number);
    assert_int_equal(look_alikes(again), 1);
    assert_int_equal(look_alikes(spring_one), 0);
    assert_int_equal(homonym_doubles(db, pool, &everybody, &doubles), DB_OK);
    for (i = 0; i < doubles->nelts; i++)
        if (APR_ARRAY_IDX(doubles, i, double_t).number == again->number) {
            assert_int_equal(APR_ARRAY_IDX(doubles, i, double_t).exam_session, autumn->id);
            assert_int_equal(APR_ARRAY_IDX(doubles, i, double_t).other, one->number);
            ours++;
        }
    assert_int_equal(ours, 1);
}

static void names_exchanged_or_an_ine_count_in_one_session(void **state)
{
    answers_t *swapped = somebody("Zoé"), *renamed = somebody("Autre");
    registration_t *one;

    (void)state;
    swapped->value[Q_BIRTH_NAME] = "Zoé";
    swapped->value[Q_FORENAME_1] = "Deux-Sessions";
    swapped->value[Q_INE] = NULL;
    enter(spring, swapped);
    enter(spring, renamed);
    one = enter(autumn, somebody("Zoé"));
    assert_int_equal(look_alikes(one), 0);
    enter(autumn, swapped);
    assert_int_equal(look_alikes(one), 1);
    enter(autumn, renamed);
    assert_int_equal(look_alikes(one), 2);
}

/* ---------------------------------------------------------------- numbers */

static void numbers_are_those_of_the_exam(void **state)
{
    registration_t *one = enter(spring, somebody("Un")), *other = enter(autumn, somebody("Deux")),
                   *third = enter(spring, somebody("Trois")), *found;
    registration_t taken = *other;

    (void)state;
    assert_int_equal(other->number, one->number + 1);
    assert_int_equal(third->number, one->number + 2);
    assert_int_equal(registration_get(db, pool, &everybody, EXAM_BP, one->number, &found), DB_OK);
    assert_int_equal(found->exam_session, spring->id);
    assert_int_equal(registration_get(db, pool, &everybody, EXAM_BP, other->number, &found), DB_OK);
    assert_int_equal(found->exam_session, autumn->id);
    taken.exam_session = spring->id; /* with the number that it has in the autumn */
    assert_int_equal(registration_create(db, pool, &taken), DB_CONFLICT);
}

/* ---------------------------------------------------------------- windows */

static window_state_t window_of(const exam_session_t *session, apr_int64_t now, window_t *window)
{
    assert_int_equal(window_get(db, session->id, SERVICE_SCHOOL_REGISTRATION, now, window), DB_OK);
    return window->state;
}

static void a_session_has_its_own_windows(void **state)
{
    window_row_t later = {.exam_session = autumn->id,
                          .service = SERVICE_SCHOOL_REGISTRATION,
                          .opens = NOW + HOUR,
                          .closes = NOW + 2 * HOUR};
    window_t window, before;

    (void)state;
    assert_int_equal(window_of(spring, NOW, &before), WINDOW_OPEN);
    assert_int_equal(window_forget(db, autumn->id, SERVICE_SCHOOL_REGISTRATION), DB_OK);
    assert_int_equal(window_of(autumn, NOW, &window), WINDOW_NONE);
    assert_int_equal(window_of(autumn, before.opens - 1, &window), WINDOW_NONE);
    assert_int_equal(window_of(autumn, before.closes, &window), WINDOW_NONE);
    assert_int_equal(window_put(db, &later), DB_OK);
    assert_int_equal(window_of(autumn, NOW, &window), WINDOW_COMING);
    assert_int_equal(window_of(autumn, NOW + HOUR, &window), WINDOW_OPEN);
    assert_int_equal(window_of(autumn, NOW + 2 * HOUR, &window), WINDOW_OVER);
    assert_int_equal(window_set_end(db, autumn->id, SERVICE_SCHOOL_REGISTRATION, NOW + HOUR, NOW + 3 * HOUR),
                     DB_OK);
    assert_int_equal(window_of(autumn, NOW + 2 * HOUR, &window), WINDOW_OPEN);
    assert_int_equal(
        window_set_end(db, autumn->id, SERVICE_SCHOOL_REGISTRATION, before.opens, before.closes + HOUR),
        DB_OK);
    assert_int_equal(window_of(spring, NOW, &window), WINDOW_OPEN);
    assert_int_equal(window.opens, before.opens);
    assert_int_equal(window.closes, before.closes);
}

static void no_window_opens_a_session_that_is_not_open(void **state)
{
    static const exam_session_state_t states[] = {EXAM_SESSION_PREPARATION, EXAM_SESSION_CLOSED,
                                                  EXAM_SESSION_ARCHIVED};
    exam_session_t changed = *autumn;
    window_t window, before;
    int done;
    size_t i;

    (void)state;
    assert_int_equal(window_of(autumn, NOW, &before), WINDOW_OPEN);
    assert_int_equal(window_of(autumn, before.opens - 1, &window), WINDOW_COMING);
    for (i = 0; i < sizeof states / sizeof *states; i++) {
        changed.state = states[i];
        assert_int_equal(exam_session_change(db, NULL, &changed, &done), DB_OK);
        assert_true(done);
        assert_int_equal(window_of(autumn, NOW, &window), WINDOW_CLOSED);
        assert_int_equal(window_of(autumn, before.opens - 1, &window), WINDOW_CLOSED);
        assert_int_equal(window_of(spring, NOW, &window), WINDOW_OPEN);
    }
    changed.state = EXAM_SESSION_OPEN;
    assert_int_equal(exam_session_change(db, autumn, &changed, &done), DB_OK);
    assert_false(done); /* it is archived by now */
    assert_int_equal(window_of(autumn, NOW, &window), WINDOW_CLOSED);
    assert_int_equal(exam_session_change(db, NULL, &changed, &done), DB_OK);
    assert_int_equal(window_of(autumn, NOW, &window), WINDOW_OPEN);
}

/* ---------------------------------------------------------------- parameters */

static const char *welcome_of(exam_t exam, const exam_session_t *session)
{
    apr_int64_t id = session != NULL ? session->id : 0;
    const char *value;
    exam_rules_t *rules;

    assert_int_equal(parameter_get(db, pool, exam != EXAM_NONE ? exam_info(exam)->code : NULL, id,
                                   "texte_accueil", &value),
                     DB_OK);
    if (exam != EXAM_NONE) { /* and the rules go by the same one */
        assert_int_equal(reference_rules(db, pool, exam, id, &rules), DB_OK);
        assert_string_equal(value, rules->welcome);
    }
    return value;
}

static void set_welcome(const char *exam, const exam_session_t *session, const char *value)
{
    assert_int_equal(parameter_set(db, exam, session != NULL ? session->id : 0, "texte_accueil", value),
                     DB_OK);
}

static void what_is_said_of_a_session_comes_before_its_exam_before_all(void **state)
{
    (void)state;
    set_welcome("BP", autumn, "de la session");
    set_welcome(NULL, NULL, "pour tous");
    assert_string_equal(welcome_of(EXAM_BP, autumn), "de la session");
    assert_string_equal(welcome_of(EXAM_BP, spring), "pour tous");
    set_welcome("BP", NULL, "de l’examen");
    assert_string_equal(welcome_of(EXAM_BP, autumn), "de la session");
    assert_string_equal(welcome_of(EXAM_BP, spring), "de l’examen");
    assert_string_equal(welcome_of(EXAM_BP, NULL), "de l’examen");
    assert_string_equal(welcome_of(EXAM_BCP, main_session(db, EXAM_BCP)), "pour tous");
    assert_string_equal(welcome_of(EXAM_NONE, NULL), "pour tous");
    set_welcome("BP", spring, "");
    assert_int_equal(welcome_of(EXAM_NONE, NULL)[0], 'p');
    set_welcome("BP", autumn, "une autre");
    assert_string_equal(welcome_of(EXAM_BP, autumn), "une autre");
}

/* ---------------------------------------------------------------- schools */

static int offers(const exam_session_t *session, const char *specialty)
{
    school_offers_t found;

    assert_int_equal(establishment_offers_of(db, pool, school->id, session->id, specialty, &found), DB_OK);
    return found.specialties->nelts;
}

static void a_school_offers_a_specialty_in_a_session(void **state)
{
    const char *specialty = somebody("Un")->value[Q_SPECIALTY];
    school_offers_t before, after;

    (void)state;
    assert_true(offers(spring, specialty) && offers(autumn, specialty));
    establishment_offers(db, pool, school->id, spring->id, &before);
    assert_int_equal(
        db_script(db, apr_psprintf(pool, "DELETE FROM establishment_offer WHERE exam_session = %d",
                                   (int)autumn->id)),
        DB_OK);
    assert_int_equal(offers(autumn, specialty), 0);
    establishment_offers(db, pool, school->id, autumn->id, &after);
    assert_int_equal(after.specialties->nelts, 0);
    establishment_offers(db, pool, school->id, spring->id, &after);
    assert_int_equal(after.specialties->nelts, before.specialties->nelts);
    assert_int_equal(seed_school_offer(db, school->id, autumn->id, specialty), DB_OK);
    assert_int_equal(offers(autumn, specialty), 1);
}

static establishment_exam_t *row_of(const exam_session_t *session)
{
    establishment_exam_t *row;

    assert_int_equal(establishment_exam_get(db, pool, school->id, session->id, &row), DB_OK);
    assert_non_null(row);
    assert_int_equal(row->exam_session, session->id);
    return row;
}

static void a_school_opens_a_session_and_answers_for_it(void **state)
{
    establishment_exam_t *before = row_of(spring), *after;

    (void)state;
    assert_int_equal(establishment_exam_set_open(db, school->id, autumn->id, 1, NOW, "::1", "test"), DB_OK);
    assert_int_equal(establishment_exam_set_european(db, school->id, autumn->id, 1), DB_OK);
    assert_int_equal(establishment_exam_touch(db, school->id, autumn->id), DB_OK);
    after = row_of(autumn);
    assert_true(after->service_open && after->european == 1 && after->version == before->version + 3);
    after = row_of(spring);
    assert_true(!after->service_open && after->european == -1 && after->version == before->version);
}

static apr_int64_t expected_in(const exam_session_t *session)
{
    apr_array_header_t *numbers;

    assert_int_equal(expected_list(db, pool, school->id, session->id, &numbers), DB_OK);
    return expected_of(numbers, somebody("Un")->value[Q_SPECIALTY]);
}

static void expect(const exam_session_t *session, apr_int64_t count)
{
    apr_array_header_t *numbers = apr_array_make(pool, 1, sizeof(expected_t));

    if (count >= 0)
        APR_ARRAY_PUSH(numbers, expected_t) = (expected_t){somebody("Un")->value[Q_SPECIALTY], count};
    assert_int_equal(expected_replace(db, school->id, session->id, numbers), DB_OK);
}

static void a_school_expects_so_many_in_each_session(void **state)
{
    (void)state;
    expect(spring, 24);
    assert_int_equal(expected_in(autumn), -1);
    expect(autumn, 3);
    assert_int_equal(expected_in(spring), 24);
    assert_int_equal(expected_in(autumn), 3);
    expect(autumn, -1);
    assert_int_equal(expected_in(spring), 24);
    assert_int_equal(expected_in(autumn), -1);
}

/* ---------------------------------------------------------------- lists, figures, drafts */

typedef struct seen_t {
    int rows, back;
    apr_int64_t counted, figures, drafts, drafts_listed;
} seen_t;

static int has(const exam_session_t *session, apr_int64_t number, int *rows)
{
    listing_t listing = list_of(session);
    db_rows_t *found = listing_rows(db, &listing, &listing_start, INT64_MAX);
    listing_row_t row;
    int there = 0;

    for (*rows = 0; listing_next(found, &row); ++*rows)
        there |= row.number == number;
    assert_int_equal(db_end(db, found), DB_OK);
    return there;
}

/* All that a school's pages say of a session in figures. */
static seen_t look_at(const exam_session_t *session)
{
    listing_t listing = list_of(session);
    apr_array_header_t *figures, *drafts;
    listing_counts_t counts;
    apr_int64_t number = 0;
    seen_t seen = {0};
    int i;

    has(session, 0, &seen.rows);
    assert_int_equal(listing_count(db, &listing, &listing_end, &counts), DB_OK);
    seen.counted = counts.valid + counts.cancelled;
    assert_int_equal(listing_back(db, &listing, &listing_end, INT32_MAX, &number, &seen.back), DB_OK);
    assert_int_equal(listing_figures(db, pool, &listing.scope, session->id, &figures), DB_OK);
    for (i = 0; i < figures->nelts; i++)
        seen.figures += APR_ARRAY_IDX(figures, i, listing_figure_t).valid +
                        APR_ARRAY_IDX(figures, i, listing_figure_t).cancelled;
    assert_int_equal(draft_count(db, &listing.scope, session->id, SERVICE_SCHOOL_REGISTRATION, &seen.drafts),
                     DB_OK);
    assert_int_equal(listing_drafts(db, pool, &listing.scope, session->id, 1000, &drafts), DB_OK);
    seen.drafts_listed = drafts->nelts;
    return seen;
}

static void check_seen(const exam_session_t *session, seen_t before, int registrations, int drafts)
{
    seen_t now = look_at(session);

    assert_int_equal(now.rows, before.rows + registrations);
    assert_int_equal(now.back, now.rows);
    assert_int_equal(now.counted, now.rows);
    assert_int_equal(now.figures, now.rows);
    assert_int_equal(now.drafts, before.drafts + drafts);
    assert_int_equal(now.drafts_listed, now.drafts);
}

static void lists_and_figures_are_of_one_session(void **state)
{
    seen_t in_spring = look_at(spring), in_autumn = look_at(autumn);
    registration_t *made = enter(autumn, somebody("Un"));
    draft_t *draft;
    int rows;

    (void)state;
    assert_true(in_spring.rows > 0 && in_autumn.rows > 0);
    assert_int_equal(draft_create(db, pool, autumn, SERVICE_SCHOOL_REGISTRATION, school->id, NOW, &draft),
                     DB_OK);
    assert_int_equal(draft_save(db, pool, &everybody, draft, somebody("Deux"), NOW), DB_OK);
    check_seen(spring, in_spring, 0, 0);
    check_seen(autumn, in_autumn, 1, 1);
    assert_true(has(autumn, made->number, &rows));
    assert_false(has(spring, made->number, &rows));
    assert_int_equal(draft_get(db, pool, &everybody, draft->id, &draft), DB_OK);
    assert_int_equal(draft->exam_session, autumn->id);
}

static state_t toggled(const exam_session_t *session, apr_int64_t number, state_t shown)
{
    apr_int64_t change;
    state_t became;

    assert_int_equal(state_change_begin(db, school->id, session->id, "test", NOW, &change), DB_OK);
    assert_int_equal(state_toggle(db, change, &everybody, session->id, number, shown, &became), DB_OK);
    return became;
}

static void what_is_done_in_a_session_is_done_to_its_own(void **state)
{
    listing_t in_spring = list_of(spring), in_autumn = list_of(autumn);
    registration_t *made = enter(autumn, somebody("Un"));
    paper_result_t result;
    paper_t paper;
    listing_found_t place;
    int known;

    (void)state;
    listing_find(db, pool, &in_spring, made->number, &place, &known);
    assert_false(known);
    listing_find(db, pool, &in_autumn, made->number, &place, &known);
    assert_true(known);
    assert_int_equal(toggled(spring, made->number, STATE_VALID), STATE_LEFT);
    assert_int_equal(toggled(autumn, made->number, STATE_VALID), STATE_CANCELLED);
    assert_int_equal(toggled(autumn, made->number, STATE_CANCELLED), STATE_VALID);
    paper_return(db, pool, &everybody, spring->id, made->number, 0, NOW, &paper, &result);
    assert_int_equal(result, PAPER_UNKNOWN);
    assert_int_equal(paper_return(db, pool, &everybody, autumn->id, made->number, 0, NOW, &paper, &result),
                     DB_OK);
    assert_int_equal(result, PAPER_TAKEN);
}

static void a_change_of_states_is_known_in_its_session(void **state)
{
    registration_t *made = enter(autumn, somebody("Un"));
    state_change_t *found;
    apr_int64_t change;
    state_t became;

    (void)state;
    state_change_begin(db, school->id, autumn->id, "test", NOW, &change);
    state_toggle(db, change, &everybody, autumn->id, made->number, STATE_VALID, &became);
    assert_int_equal(state_change_get(db, pool, &everybody, school->id, spring->id, change, &found), DB_OK);
    assert_null(found);
    assert_int_equal(state_change_get(db, pool, &everybody, school->id, autumn->id, change, &found), DB_OK);
    assert_non_null(found);
    assert_int_equal(found->items->nelts, 1);
}

/* ---------------------------------------------------------------- sessions themselves */

static void an_exam_has_one_main_session(void **state)
{
    const apr_array_header_t *sessions = sessions_of(db);

    (void)state;
    assert_int_equal(exam_session_named(sessions, EXAM_BP, 0, 0)->id, spring->id);
    assert_ptr_equal(exam_session_of_id(sessions, autumn->id),
                     exam_session_named(sessions, EXAM_BP, SESSION, 11));
    assert_null(exam_session_of_id(sessions, 4711));
    assert_null(exam_session_named(sessions, EXAM_BP, SESSION, 10));
    assert_null(exam_session_named(sessions, EXAM_BP, SESSION + 1, 11));
    assert_null(exam_session_named(sessions, EXAM_BCP, SESSION, 11));
    assert_int_equal(exam_session_make_main(db, autumn), DB_OK);
    sessions = sessions_of(db);
    assert_int_equal(exam_session_named(sessions, EXAM_BP, 0, 0)->id, autumn->id);
    assert_string_equal(exam_session_of_id(sessions, autumn->id)->path, "bp");
    assert_string_equal(exam_session_of_id(sessions, spring->id)->path, "bp-2027-06");
    assert_true(exam_session_named(sessions, EXAM_BCP, 0, 0)->is_main);
}

/* In the order of the exams; of each the main one first, then by date. */
static void sessions_are_listed_in_order(void **state)
{
    exam_session_t earlier = {.exam = EXAM_BP, .year = SESSION, .month = 2, .period = "février"};
    const apr_array_header_t *sessions;
    int i;

    (void)state;
    assert_int_equal(exam_session_add(db, &earlier), DB_OK);
    sessions = sessions_of(db);
    assert_int_equal(sessions->nelts, EXAM_COUNT + 2);
    for (i = 1; i < sessions->nelts; i++)
        assert_true(APR_ARRAY_IDX(sessions, i, exam_session_t).exam >=
                    APR_ARRAY_IDX(sessions, i - 1, exam_session_t).exam);
    assert_int_equal(APR_ARRAY_IDX(sessions, EXAM_BP, exam_session_t).id, spring->id);
    assert_int_equal(APR_ARRAY_IDX(sessions, EXAM_BP + 1, exam_session_t).id, earlier.id);
    assert_int_equal(APR_ARRAY_IDX(sessions, EXAM_BP + 1, exam_session_t).state, EXAM_SESSION_PREPARATION);
    assert_int_equal(APR_ARRAY_IDX(sessions, EXAM_BP + 2, exam_session_t).id, autumn->id);
}

static void an_exam_has_no_two_sessions_in_a_month(void **state)
{
    exam_session_t again = *autumn;

    (void)state;
    assert_int_equal(exam_session_add(db, &again), DB_CONFLICT);
}

static void an_exam_has_no_two_main_sessions(void **state)
{
    (void)state;
    assert_int_equal(sql_exam_session_main(db, autumn->id), DB_CONFLICT);
}

static void a_session_counts_its_own(void **state)
{
    apr_int64_t registrations, drafts, more, more_drafts, before, drafts_before;
    draft_t *draft;

    (void)state;
    assert_int_equal(exam_session_count(db, spring->id, &before, &drafts_before), DB_OK);
    assert_int_equal(exam_session_count(db, autumn->id, &registrations, &drafts), DB_OK);
    enter(autumn, somebody("Un"));
    draft_create(db, pool, autumn, SERVICE_SCHOOL_REGISTRATION, school->id, NOW, &draft);
    assert_int_equal(exam_session_count(db, autumn->id, &more, &more_drafts), DB_OK);
    assert_int_equal(more, registrations + 1);
    assert_int_equal(more_drafts, drafts + 1);
    assert_int_equal(exam_session_count(db, spring->id, &more, &more_drafts), DB_OK);
    assert_int_equal(more, before);
    assert_int_equal(more_drafts, drafts_before);
}

static void note_fault(void *baton, const char *fault)
{
    *(const char **)baton = apr_pstrdup(pool, fault);
}

static const char *fault_after(const char *script)
{
    const char *fault = "";
    int faults;

    assert_int_equal(db_script(db, script), DB_OK);
    assert_int_equal(base_check(db, note_fault, &fault, &faults), DB_OK);
    assert_int_equal(faults, fault[0] != '\0');
    return fault;
}

static const char *fault_in(const char *session, const registration_t *made)
{
    return fault_after(apr_psprintf(pool,
                                    "UPDATE registration SET exam_session = %s"
                                    " WHERE exam = 'BP' AND number = %d",
                                    session, (int)made->number));
}

static void what_is_in_no_session_of_its_exam_is_a_fault(void **state)
{
    registration_t *made = enter(spring, somebody("Un"));
    const char *told =
        apr_psprintf(pool, "registration BP %d is of no session of its exam", (int)made->number);

    (void)state;
    assert_string_equal(fault_after("SELECT 1"), "");
    assert_string_equal(fault_in(apr_itoa(pool, (int)main_session(db, EXAM_BCP)->id), made), told);
    assert_string_equal(fault_in("NULL", made), told);
    assert_string_equal(fault_in(apr_itoa(pool, (int)spring->id), made), "");
    assert_string_equal(fault_after("UPDATE exam_session SET main = 0 WHERE exam = 'BP'"),
                        "BP has no main session");
}

/* ---------------------------------------------------------------- each leaves nothing to the next */

static int begin_test(void **state)
{
    (void)state;
    return db_begin(db, pool, 1) != DB_OK;
}

static int end_test(void **state)
{
    (void)state;
    db_rollback(db);
    return 0;
}

#define SESSION_TEST(function) cmocka_unit_test_setup_teardown(function, begin_test, end_test)

static int set_up(const char *driver)
{
    const apr_array_header_t *sessions;

    apr_pool_create(&pool, NULL);
    make_run_on(&academy, driver);
    if (demo(&academy, "200", "1") != CTL_DONE)
        return 1;
    db = academy.db;
    sessions = sessions_of(db);
    spring = exam_session_named(sessions, EXAM_BP, SESSION, 6);
    autumn = exam_session_named(sessions, EXAM_BP, SESSION, 11);
    school = school_of(&academy, 1);
    return spring == NULL || autumn == NULL;
}

static int make_on_sqlite(void **state)
{
    (void)state;
    return set_up("sqlite3");
}

static int make_on_pgsql(void **state)
{
    (void)state;
    return set_up("pgsql");
}

static int tear_down(void **state)
{
    (void)state;
    end_run(&academy);
    apr_pool_destroy(pool);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SESSION_TEST(who_is_in_both_sessions_is_no_double),
        SESSION_TEST(who_is_in_one_twice_is),
        SESSION_TEST(names_exchanged_or_an_ine_count_in_one_session),
        SESSION_TEST(numbers_are_those_of_the_exam),
        SESSION_TEST(a_session_has_its_own_windows),
        SESSION_TEST(no_window_opens_a_session_that_is_not_open),
        SESSION_TEST(what_is_said_of_a_session_comes_before_its_exam_before_all),
        SESSION_TEST(a_school_offers_a_specialty_in_a_session),
        SESSION_TEST(a_school_opens_a_session_and_answers_for_it),
        SESSION_TEST(a_school_expects_so_many_in_each_session),
        SESSION_TEST(lists_and_figures_are_of_one_session),
        SESSION_TEST(what_is_done_in_a_session_is_done_to_its_own),
        SESSION_TEST(a_change_of_states_is_known_in_its_session),
        SESSION_TEST(an_exam_has_one_main_session),
        SESSION_TEST(sessions_are_listed_in_order),
        SESSION_TEST(an_exam_has_no_two_sessions_in_a_month),
        SESSION_TEST(an_exam_has_no_two_main_sessions),
        SESSION_TEST(a_session_counts_its_own),
        SESSION_TEST(what_is_in_no_session_of_its_exam_is_a_fault),
    };

    apr_initialize();
    return cmocka_run_group_tests_name("sessions on sqlite3", tests, make_on_sqlite, tear_down) +
           (base_pgsql("sessions") == NULL
                ? 0
                : cmocka_run_group_tests_name("sessions on pgsql", tests, make_on_pgsql, tear_down));
}
