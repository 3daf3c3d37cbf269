/* SPDX-License-Identifier: Apache-2.0
 *
 * Properties of the questionnaire: thousands of candidates drawn at random, for all exams and of all
 * categories, are accepted by every step, and each single slip in one of their answers is refused with the
 * message of its rule, and with no other.
 */
#include "any_messages.h"
#include "any_slips.h"

enum { CANDIDATES = 4000 };

/* `make check-long` draws many times as many. */
static int times(void)
{
    const char *wanted = getenv("INSCRINET_TEST_TIMES");

    return wanted != NULL ? atoi(wanted) : 1;
}

/* Each candidate is drawn in a pool of his own. */
static void each_candidate(int count, void (*does)(candidate_t *candidate))
{
    static candidate_t candidate;

    for (drawn = FIRST_DRAW, count *= times(); count > 0; count--) {
        apr_pool_create(&pool, lasting);
        any_candidate(&candidate);
        does(&candidate);
        apr_pool_destroy(pool);
        pool = lasting;
    }
}

static int tear_down_places(void **state)
{
    pool = lasting;
    return teardown(state);
}

/* ---------------------------------------------------------------- right candidates */

/* What the draws have met. */
static struct {
    int category[EXAM_COUNT][2][32]; /* by exam, service, place among its families */
    int answered[EXAM_COUNT][QUESTION_COUNT], unit_answered[UNIT_QUESTIONS];
    int state[128], dropped[QUESTION_COUNT], unit_dropped[UNIT_QUESTIONS];
} met;

static int place_of_family(const candidate_t *candidate)
{
    const apr_array_header_t *all = candidate->q.families;
    int i = 0;

    while (!is_answer(candidate->kept.value[Q_CATEGORY], APR_ARRAY_IDX(all, i, choice_t).value))
        i++;
    return i;
}

static void note_what_is_met(const candidate_t *candidate)
{
    const questionnaire_t *q = &candidate->q;
    int i, count = questionnaire_count(q);

    met.category[q->exam][q->service != SERVICE_SCHOOL_REGISTRATION][place_of_family(candidate)]++;
    for (i = 0; i < count; i++) {
        const question_t *asked = questionnaire_at(q, i);
        const char *value = answer_of(&candidate->kept, asked);

        if (value == NULL)
            continue;
        if (asked->unit == NULL)
            met.answered[q->exam][i]++;
        else
            met.unit_answered[asked->of_unit]++;
        if (asked->unit != NULL && asked->of_unit == UNIT_STATE)
            met.state[(int)value[0]]++;
    }
}

/* Whatever must be answered is kept, and nothing that isn't asked; who is asked what is told twice. */
static void is_whole(const candidate_t *candidate)
{
    const questionnaire_t *q = &candidate->q;
    int i, count = questionnaire_count(q);

    for (i = 0; i < count; i++) {
        const question_t *asked = questionnaire_at(q, i);
        int answered = answer_of(&candidate->kept, asked) != NULL;
        int is_asked = question_asked(asked, q, &candidate->kept);

        if (is_asked != should_be_asked(asked, q, &candidate->kept))
            fail_msg("%s is %sasked of %s in %s", asked->name, is_asked ? "" : "not ",
                     candidate->kept.value[Q_CATEGORY], exam_info(q->exam)->code);
        if (is_asked ? !answered && !may_be_empty(q, asked) : answered)
            fail_msg("%s: %s", asked->name, answered ? "kept though not asked" : "not kept");
    }
}

/* Step by step come all questions, each in its own step, in the order of the whole. */
static void comes_step_by_step(const questionnaire_t *q)
{
    int step, i, seen = 0, count = questionnaire_count(q);

    for (step = 0; step < STEP_COUNT; step++) {
        const question_t *asked = questionnaire_first(q, (step_id_t)step);

        for (i = 0; i < count; i++) {
            if (questionnaire_at(q, i)->step != (step_id_t)step)
                continue;
            assert_ptr_equal(asked, questionnaire_at(q, i));
            asked = questionnaire_next(q, asked);
            seen++;
        }
        assert_null(asked);
    }
    assert_int_equal(seen, count);
}

/* What is kept, typed again as a control shows it, is kept again. */
static void stays_the_same(const candidate_t *candidate)
{
    const questionnaire_t *q = &candidate->q;
    const char *json = answers_to_json(pool, &candidate->kept);
    answers_t again = {.units = 0}, kept;
    int i, count = questionnaire_count(q);

    for (i = 0; i < count; i++) {
        const question_t *asked = questionnaire_at(q, i);

        answer_set(&again, asked, question_typed(pool, asked, answer_of(&candidate->kept, asked)));
    }
    kept = walked(q, &again);
    assert_string_equal(answers_to_json(pool, &kept), json);
    assert_string_equal(answers_to_json(pool, answers_from_json(pool, json)), json);
}

static const char *values_of(const candidate_t *candidate, const question_t *asked)
{
    const apr_array_header_t *choices = question_choices(pool, asked, &candidate->q, &candidate->kept);
    const char *values = "";
    int i;

    for (i = 0; i < choices->nelts; i++)
        values = apr_pstrcat(pool, values, APR_ARRAY_IDX(choices, i, choice_t).value, NULL);
    return values;
}

/* Those choices that depend on who he is. */
static void has_the_right_choices(const candidate_t *candidate)
{
    const units_t *units = candidate->q.units;
    int i;

    assert_string_equal(values_of(candidate, question(Q_FORM)), forms_of(&candidate->kept));
    for (i = 0; units != NULL && i < units->questions; i++)
        if (units->question[i].of_unit == UNIT_STATE)
            assert_string_equal(values_of(candidate, &units->question[i]),
                                states_of(units->question[i].unit, &candidate->q, &candidate->kept));
}

static void is_accepted(candidate_t *candidate)
{
    comes_step_by_step(&candidate->q);
    has_the_right_choices(candidate);
    assert_int_equal(questionnaire_first_open(pool, &candidate->q, &candidate->kept), STEP_SUMMARY);
    is_whole(candidate);
    stays_the_same(candidate);
    assert_true(text_is_drawable(answers_listed_name(pool, &candidate->kept)));
    note_what_is_met(candidate);
}

static void any_right_candidate_is_accepted_and_stays_right(void **state)
{
    (void)state;
    each_candidate(CANDIDATES, is_accepted);
}

/* Whoever keeps a mark or is exempt says by what, for every unit. */
static void is_justified(candidate_t *candidate)
{
    const units_t *units = candidate->q.units;
    int i;

    for (i = 0; units != NULL && i < units->count; i++) {
        const unit_t *unit = &units->unit[i];
        const char *unit_state = unit_answer(&candidate->kept, unit, UNIT_STATE);

        if (is_answer(unit_state, STATE_KEPT) && unit_answer(&candidate->kept, unit, UNIT_PROOF) == NULL)
            fail_msg("%s: kept, without a proof", unit->code);
        if (is_answer(unit_state, STATE_EXEMPT) && unit_answer(&candidate->kept, unit, UNIT_DIPLOMA) == NULL)
            fail_msg("%s: exempt, without a diploma", unit->code);
    }
}

static void any_kept_mark_and_any_exemption_is_justified(void **state)
{
    (void)state;
    each_candidate(CANDIDATES / 2, is_justified);
}

/* A control that isn't asked, sent all the same, changes nothing. */
static void bears_what_is_not_asked(candidate_t *candidate)
{
    const questionnaire_t *q = &candidate->q;
    answers_t typed = candidate->typed, kept;
    int i, count = questionnaire_count(q);

    for (i = 0; i < count; i++) {
        const question_t *asked = questionnaire_at(q, i);

        if (question_asked(asked, q, &candidate->kept) ||
            (question_stands(asked, q) && asked->unasked != MSG_OK))
            continue;
        answer_set(&typed, asked, "O");
        if (asked->unit == NULL)
            met.dropped[i]++;
        else
            met.unit_dropped[asked->of_unit]++;
    }
    kept = walked(q, &typed);
    assert_string_equal(answers_to_json(pool, &kept), answers_to_json(pool, &candidate->kept));
}

static void any_answer_to_what_is_not_asked_is_dropped(void **state)
{
    (void)state;
    each_candidate(CANDIDATES / 2, bears_what_is_not_asked);
}

/* ---------------------------------------------------------------- what the draws must have met */

static void all_categories_of_all_exams_were_drawn(void **state)
{
    int exam, service, i;

    (void)state;
    for (exam = 0; exam < EXAM_COUNT; exam++)
        for (service = 0; service < 2; service++)
            for (i = 0; i < families[exam][service]->nelts; i++)
                if (met.category[exam][service][i] == 0)
                    fail_msg("no %s in %s", APR_ARRAY_IDX(families[exam][service], i, choice_t).value,
                             exam_info((exam_t)exam)->code);
}

static void all_questions_of_all_exams_were_answered(void **state)
{
    const char *states =
        STATE_PRESENTED STATE_KEPT STATE_EXEMPT STATE_VAE STATE_LEFT_OUT STATE_UNFIT STATE_DECLINED;
    int exam, i;

    (void)state;
    for (exam = 0; exam < EXAM_COUNT; exam++)
        for (i = 0; i < QUESTION_COUNT; i++)
            if ((question((question_id_t)i)->exams & EXAM_BIT(exam)) != 0 && met.answered[exam][i] == 0)
                fail_msg("no %s in %s", question((question_id_t)i)->name, exam_info((exam_t)exam)->code);
    for (i = 0; i < UNIT_QUESTIONS; i++)
        assert_true(met.unit_answered[i] > 0);
    for (; *states != '\0'; states++)
        assert_true(met.state[(int)*states] > 0);
}

/* Those that aren't asked of everybody, and whose row has no message for that. */
static void all_questions_that_may_not_be_asked_were_answered_in_vain(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < QUESTION_COUNT; i++) {
        const question_t *row = question((question_id_t)i);
        int everybody = row->exams == EXAM_ALL && row->presence == ALWAYS && row->asked == NULL &&
                        (row->services & (row->services - 1)) != 0;

        if (!everybody && row->unasked == MSG_OK && met.dropped[i] == 0)
            fail_msg("%s was always asked", row->name);
    }
    for (i = UNIT_LANGUAGE; i < UNIT_QUESTIONS; i++)
        assert_true(met.unit_dropped[i] > 0);
}

/* ---------------------------------------------------------------- slips */

static int used[COUNT(slips)], said[MSG_COUNT];

static const question_t *other_question(const candidate_t *candidate, const slip_t *slip,
                                        const question_t *asked)
{
    if (slip->at == 0)
        return asked;
    return slip->unit ? questionnaire_named(&candidate->q, asked->unit->name[slip->at])
                      : question((question_id_t)slip->at);
}

/* The wrong answer that this slip puts in a question's place; NULL: it doesn't concern this candidate. */
static const char *wrong_answer(const candidate_t *candidate, const slip_t *slip, const question_t *asked)
{
    const questionnaire_t *q = &candidate->q;

    if (slip->kind == SLIP_UNASKED ? !question_stands(asked, q) || question_asked(asked, q, &candidate->kept)
                                   : !question_asked(asked, q, &candidate->kept))
        return NULL;
    if (slip->when != NULL && !slip->when(candidate, asked))
        return NULL;
    return slip->drawn != NULL ? slip->drawn(candidate, asked) : slip->value;
}

static void says(const question_error_t *error, message_t expected, const char *value)
{
    if (!is_message(error->text, expected) || strchr(error->text, '{') != NULL)
        fail_msg("%s « %s »: « %s » instead of « %s »", error->question->name, value, error->text,
                 message_text(expected));
}

static void is_refused(const candidate_t *candidate, const slip_t *slip, const question_t *asked,
                       const char *value)
{
    const questionnaire_t *q = &candidate->q;
    answers_t typed = candidate->typed, kept = candidate->before[asked->step];
    apr_array_header_t *errors;

    answer_set(&typed, asked, value);
    errors = check_step(q, asked->step, &typed, &kept);
    if (errors->nelts != 1)
        fail_msg("%s, %s « %s »: %d errors instead of « %s »", exam_info(q->exam)->code, asked->name, value,
                 errors->nelts, message_text(slip->message));
    assert_ptr_equal(APR_ARRAY_IDX(errors, 0, question_error_t).question,
                     other_question(candidate, slip, asked));
    says(&APR_ARRAY_IDX(errors, 0, question_error_t), slip->message, value);
    if (below(64) == 0) { /* nor does a draft, which keeps it as it was typed, pass that step */
        kept = candidate->kept;
        answer_set(&kept, asked, value);
        assert_int_equal(questionnaire_first_open(pool, q, &kept), asked->step);
    }
}

/* Whether this slip concerns this question of this candidate. */
static int slips_once(const candidate_t *candidate, int i, const question_t *asked)
{
    const char *value = wrong_answer(candidate, &slips[i], asked);

    if (value == NULL)
        return 0;
    is_refused(candidate, &slips[i], asked, value);
    used[i]++;
    said[slips[i].message]++;
    return 1;
}

/* In one of the units that it concerns. */
static void slips_in_a_unit(const candidate_t *candidate, int i)
{
    const units_t *units = candidate->q.units;
    int j, first = below(units->questions);

    for (j = 0; j < units->questions; j++) {
        const question_t *asked = &units->question[(first + j) % units->questions];

        if ((int)asked->of_unit == slips[i].of && slips_once(candidate, i, asked))
            return;
    }
}

static void slips_everywhere(candidate_t *candidate)
{
    int i;

    for (i = 0; i < COUNT(slips); i++)
        if (!slips[i].unit)
            slips_once(candidate, i, question((question_id_t)slips[i].of));
        else if (candidate->q.units != NULL)
            slips_in_a_unit(candidate, i);
}

static void any_single_slip_is_refused_with_its_own_message(void **state)
{
    int i;

    (void)state;
    each_candidate(CANDIDATES, slips_everywhere);
    for (i = 0; i < COUNT(slips); i++)
        if (used[i] == 0)
            fail_msg("slip %d, « %s » of %s: « %s » never was", i, slips[i].value,
                     slips[i].unit ? unit_question_row(slips[i].of)->name
                                   : question((question_id_t)slips[i].of)->name,
                     message_text(slips[i].message));
}

static int has_slip(int unit, int of, slip_kind_t kind)
{
    int i;

    for (i = 0; i < COUNT(slips); i++)
        if (slips[i].unit == unit && slips[i].of == of && slips[i].kind == kind)
            return 1;
    return 0;
}

static void has_its_slips(int unit, int of, const question_t *row)
{
    const int by_check = row->choices == NULL, bounded = by_check && row->max > 0;
    const struct {
        slip_kind_t kind;
        int needed;
    } needs[] = {{SLIP_MISSING, row->required || row->required_in != 0 || row->conditional == CONDITIONAL},
                 {SLIP_UNLISTED, row->choices != NULL},
                 {SLIP_SHAPE, by_check},
                 {SLIP_LONG, bounded},
                 {SLIP_UNASKED, row->unasked != MSG_OK}};
    int i;

    for (i = 0; i < COUNT(needs); i++)
        if (needs[i].needed && !has_slip(unit, of, needs[i].kind))
            fail_msg("%s: no slip of kind %d", row->name, (int)needs[i].kind);
}

static void every_question_has_its_slips(void **state)
{
    const units_t *rich = specialties[EXAM_BCP].units[0];
    int i;

    (void)state;
    for (i = 0; i < QUESTION_COUNT; i++)
        has_its_slips(0, i, question((question_id_t)i));
    for (i = 0; i < rich->questions; i++)
        has_its_slips(1, (int)rich->question[i].of_unit, &rich->question[i]);
}

/* ---------------------------------------------------------------- messages */

static void every_message_of_a_rule_was_said(void **state)
{
    int i;

    (void)state;
    for (i = MSG_OK + 1; i < MSG_COUNT; i++)
        if (may_be_said((message_t)i) != (said[i] > 0))
            fail_msg("« %s » was said %d times", message_text((message_t)i), said[i]);
}

/* ---------------------------------------------------------------- noise */

static const char *any_noise(void)
{
    static const char *const pieces[] = {"",  " ", "0",   "9",    "A",        "é",  "@",     ".",
                                         "-", "+", "/",   "O",    "\xc2\xa0", "Ж",  "'",     "x",
                                         "1", "2", "{0}", "\x01", "ß",        "08", "99100", "SCO"};
    const char *noise = "";
    int i;

    for (i = below(8); i > 0; i--)
        noise = apr_pstrcat(pool, noise, pieces[below(COUNT(pieces))], NULL);
    return noise;
}

/* Whatever is typed, a check ends, says one of the messages of the rules, and keeps only what is right again.
 */
static void bears_noise(candidate_t *candidate)
{
    const questionnaire_t *q = &candidate->q;
    answers_t typed = {.units = 0}, kept = {.units = 0};
    int i, j, count = questionnaire_count(q);

    for (i = 0; i < count; i++)
        answer_set(&typed, questionnaire_at(q, i),
                   below(4) ? any_noise() : answer_of(&candidate->typed, questionnaire_at(q, i)));
    for (i = 0; i < STEP_SUMMARY; i++) {
        apr_array_header_t *errors = check_step(q, (step_id_t)i, &typed, &kept);

        for (j = 0; j < errors->nelts; j++)
            assert_is_said(APR_ARRAY_IDX(errors, j, question_error_t).text);
    }
    assert_in_range(questionnaire_first_open(pool, q, &kept), STEP_CANDIDATURE, STEP_SUMMARY);
}

static void any_noise_is_borne(void **state)
{
    (void)state;
    each_candidate(CANDIDATES / 4, bears_noise);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_right_candidate_is_accepted_and_stays_right),
        cmocka_unit_test(any_kept_mark_and_any_exemption_is_justified),
        cmocka_unit_test(any_answer_to_what_is_not_asked_is_dropped),
        cmocka_unit_test(all_categories_of_all_exams_were_drawn),
        cmocka_unit_test(all_questions_of_all_exams_were_answered),
        cmocka_unit_test(all_questions_that_may_not_be_asked_were_answered_in_vain),
        cmocka_unit_test(any_single_slip_is_refused_with_its_own_message),
        cmocka_unit_test(every_question_has_its_slips),
        cmocka_unit_test(every_message_of_a_rule_was_said),
        cmocka_unit_test(any_noise_is_borne),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, set_up_places, tear_down_places);
    apr_terminate();
    return failed;
}
