/* SPDX-License-Identifier: Apache-2.0
 *
 * The aggregates of the store on a demo academy: registrations, drafts, sessions, throttle, audit trail.
 */
#include "demo_run.h"

#include "sql.h"
#include "store/account.h"
#include "store/audit.h"
#include "store/base.h"
#include "store/calendar.h"
#include "store/listing.h"
#include "store/registration.h"
#include "store/session_item.h"
#include "store/session_search.h"
#include "store/ticks.h"

static run_t academy;
static const exam_session_t *bcp; /* its main session */

static int set_up(void **state)
{
    (void)state;
    if (apr_initialize() != APR_SUCCESS || apr_pool_create(&pool, NULL) != APR_SUCCESS)
        return 1;
    make_run(&academy);
    if (demo(&academy, "60", "1") != CTL_DONE)
        return 1;
    bcp = main_session(academy.db, EXAM_BCP);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    end_run(&academy);
    return 0;
}

static answers_t *somebody(const char *name, const char *forename, const char *specialty)
{
    answers_t *answers = apr_pcalloc(pool, sizeof *answers);

    answers->value[Q_CATEGORY] = "SCO";
    answers->value[Q_SPECIALTY] = specialty;
    answers->value[Q_BIRTH_NAME] = name;
    answers->value[Q_FORENAME_1] = forename;
    answers->value[Q_BIRTH_DATE] = "2008-07-07";
    answers->value[Q_FORM] = "G";
    return answers;
}

static const char *offered(const establishment_t *school)
{
    school_offers_t found;

    assert_int_equal(establishment_offers(academy.db, pool, school->id, bcp->id, &found), DB_OK);
    assert_true(found.specialties->nelts > 0);
    return APR_ARRAY_IDX(found.specialties, 0, choice_t).value;
}

static apr_int64_t enter(const establishment_t *school, const char *name, const char *forename)
{
    registration_t made = {.exam = EXAM_BCP,
                           .exam_session = bcp->id,
                           .service = "inscription-etablissement",
                           .establishment = school->id,
                           .category = "10",
                           .answers = somebody(name, forename, offered(school)),
                           .created = NOW};

    assert_int_equal(db_begin(academy.db, pool, 1), DB_OK);
    assert_int_equal(registration_create(academy.db, pool, &made), DB_OK);
    assert_int_equal(db_commit(academy.db), DB_OK);
    return made.number;
}

static void numbers_follow_one_another_and_start_at_revision_0(void **state)
{
    establishment_t *school = school_of(&academy, 3);
    apr_int64_t first = enter(school, "Nombre", "Un"), second = enter(school, "Nombre", "Deux");
    registration_t *found;

    (void)state;
    assert_int_equal(second, first + 1);
    assert_int_equal(registration_get(academy.db, pool, &everybody, EXAM_BCP, first, &found), DB_OK);
    assert_int_equal(found->revision, 0);
    assert_string_equal(registration_display(pool, found->number, found->revision),
                        apr_psprintf(pool, "%d-0", (int)first));
    assert_string_equal(found->listed_name, "NOMBRE - UN");
    assert_int_equal(strlen(found->code), CODE_CHARS);
}

static void a_rolled_back_registration_leaves_no_trace(void **state)
{
    establishment_t *school = school_of(&academy, 3);
    registration_t made = {.exam = EXAM_BCP,
                           .exam_session = bcp->id,
                           .service = "inscription-etablissement",
                           .establishment = school->id,
                           .category = "10",
                           .answers = somebody("Trace", "Sans", offered(school)),
                           .created = NOW};
    base_counts_t before, after;

    (void)state;
    base_counts(academy.db, &before);
    db_begin(academy.db, pool, 1);
    assert_int_equal(registration_create(academy.db, pool, &made), DB_OK);
    db_rollback(academy.db);
    base_counts(academy.db, &after);
    assert_int_equal(before.registrations, after.registrations);
}

static void twins_are_known_whatever_the_accents(void **state)
{
    establishment_t *school = school_of(&academy, 3), *other = school_of(&academy, 4);
    apr_int64_t made = enter(school, "L’Hôte", "Zoé"), number, revision;
    answers_t *again = somebody("L HOTE", "zoe", offered(school));

    (void)state;
    registration_same_person(academy.db, pool, bcp->id, school->id, again, 0, &number, &revision);
    assert_int_equal(number, made);
    registration_same_person(academy.db, pool, bcp->id, other->id, again, 0, &number, &revision);
    assert_int_equal(number, 0);
    again->value[Q_BIRTH_DATE] = "2008-07-08";
    registration_same_person(academy.db, pool, bcp->id, school->id, again, 0, &number, &revision);
    assert_int_equal(number, 0);
}

static void lists_are_in_french_order(void **state)
{
    static const char *const wanted[] = {"DABADIE - A", "D'ABOVILLE - A", "DE LA TOUR - A", "DELATOUR - A",
                                         "LACAZE - A",  "L'HÔTE - A",     "ŁUKASZ - A",     "ÇELIK - A"};
    establishment_t *school = school_of(&academy, 6);
    listing_t listing = {.scope = {.kind = SCOPE_ONE, .establishment = school->id}, .exam_session = bcp->id};
    listing_row_t row;
    apr_array_header_t *names = apr_array_make(pool, 64, sizeof(const char *));
    db_rows_t *rows;
    int i, j, at[8];

    (void)state;
    for (i = 0; i < 8; i++)
        enter(school, apr_pstrmemdup(pool, wanted[i], strlen(wanted[i]) - 4), "A");
    rows = listing_rows(academy.db, &listing, &listing_start, INT64_MAX);
    while (listing_next(rows, &row))
        APR_ARRAY_PUSH(names, const char *) = apr_pstrdup(pool, row.name);
    assert_int_equal(db_end(academy.db, rows), DB_OK);
    for (i = 0; i < 8; i++)
        for (at[i] = -1, j = 0; j < names->nelts; j++)
            if (strcmp(APR_ARRAY_IDX(names, j, const char *), wanted[i]) == 0)
                at[i] = j;
    assert_true(at[7] >= 0 && at[7] < at[0]); /* Ç is a C */
    for (i = 2; i < 7; i++)
        assert_true(at[i - 1] >= 0 && at[i] > at[0]);
    assert_true(at[4] < at[6] && at[5] < at[6]); /* Ł after L */
}

static void drafts_keep_answers_and_are_found_by_code_in_their_school(void **state)
{
    establishment_t *school = school_of(&academy, 3), *other = school_of(&academy, 4);
    answers_t *answers = somebody("Brouillon", "Léa", offered(school));
    draft_t *draft, *found;

    (void)state;
    draft_create(academy.db, pool, bcp, SERVICE_SCHOOL_REGISTRATION, school->id, NOW, &draft);
    assert_int_equal(draft_save(academy.db, pool, &everybody, draft, answers, NOW), DB_OK);
    draft_by_code(academy.db, pool, EXAM_BCP, SERVICE_SCHOOL_REGISTRATION, school->id, draft->code, &found);
    assert_non_null(found);
    assert_string_equal(found->birth_date, "2008-07-07");
    draft_by_code(academy.db, pool, EXAM_BCP, SERVICE_SCHOOL_REGISTRATION, other->id, draft->code, &found);
    assert_null(found);
    draft_get(academy.db, pool, &everybody, draft->id, &found);
    assert_string_equal(found->answers->value[Q_FORENAME_1], "Léa");
    draft_delete(academy.db, &everybody, draft->id);
    draft_get(academy.db, pool, &everybody, draft->id, &found);
    assert_null(found);
}

static void a_draft_that_is_gone_leaves_its_number_to_nobody(void **state)
{
    establishment_t *school = school_of(&academy, 3);
    draft_t *gone, *next;

    (void)state;
    draft_create(academy.db, pool, bcp, SERVICE_SCHOOL_REGISTRATION, school->id, NOW, &gone);
    assert_int_equal(draft_delete(academy.db, &everybody, gone->id), DB_OK);
    draft_create(academy.db, pool, bcp, SERVICE_SCHOOL_REGISTRATION, school->id, NOW, &next);
    assert_true(next->id > gone->id);
    draft_delete(academy.db, &everybody, next->id);
}

static void two_who_save_a_draft_they_read_before_change_only_what_each_changed(void **state)
{
    establishment_t *school = school_of(&academy, 3);
    answers_t first = *somebody("Onglets", "Léa", offered(school)), second;
    draft_t *draft, *found;

    (void)state;
    draft_create(academy.db, pool, bcp, SERVICE_SCHOOL_REGISTRATION, school->id, NOW, &draft);
    assert_int_equal(draft_save(academy.db, pool, &everybody, draft, &first, NOW), DB_OK);
    draft_get(academy.db, pool, &everybody, draft->id, &draft);
    first = second = *draft->answers;
    first.value[Q_FORENAME_1] = "Une";
    first.value[Q_FORENAME_2] = NULL;
    second.value[Q_CLASS] = "TMELEC9";
    second.value[Q_BIRTH_DATE] = "2008-07-08";
    assert_int_equal(draft_save(academy.db, pool, &everybody, draft, &first, NOW), DB_OK);
    assert_int_equal(draft_save(academy.db, pool, &everybody, draft, &second, NOW), DB_OK);
    draft_get(academy.db, pool, &everybody, draft->id, &found);
    assert_string_equal(found->answers->value[Q_FORENAME_1], "Une");
    assert_null(found->answers->value[Q_FORENAME_2]);
    assert_string_equal(found->answers->value[Q_CLASS], "TMELEC9");
    assert_string_equal(found->birth_date, "2008-07-08");
    draft_delete(academy.db, &everybody, draft->id);
    assert_int_equal(draft_save(academy.db, pool, &everybody, draft, &first, NOW), DB_OK);
    draft_get(academy.db, pool, &everybody, draft->id, &found);
    assert_null(found);
}

/* Answers to the questions of so many units, from one on. */
static answers_t *states_of(int first, int count)
{
    const char *json = "";
    int i;

    for (i = first; i < first + count; i++)
        json = apr_psprintf(pool, "%s%s\"etat-U%d\":\"I\"", json, json[0] != '\0' ? "," : "", i);
    return answers_from_json(pool, apr_psprintf(pool, "{%s}", json));
}

/* Units were loaded anew while two tabs answered about them: nothing of either is dropped without a word. */
static void a_draft_without_room_for_two_answers_keeps_the_first(void **state)
{
    establishment_t *school = school_of(&academy, 3);
    answers_t *full = states_of(1, UNIT_QUESTIONS_MOST), *other = states_of(UNIT_QUESTIONS_MOST + 1, 1);
    draft_t *draft, *found;

    (void)state;
    draft_create(academy.db, pool, bcp, SERVICE_SCHOOL_REGISTRATION, school->id, NOW, &draft);
    assert_int_equal(draft_save(academy.db, pool, &everybody, draft, full, NOW), DB_OK);
    assert_int_equal(draft_save(academy.db, pool, &everybody, draft, other, NOW), DB_BROKEN);
    draft_get(academy.db, pool, &everybody, draft->id, &found);
    assert_string_equal(answers_to_json(pool, found->answers), answers_to_json(pool, full));
    draft_delete(academy.db, &everybody, draft->id);
}

static void what_is_merged_is_what_was_changed(void **state)
{
    answers_t *before = answers_from_json(
        pool,
        "{\"classe\":\"A\",\"commune\":\"Lille\",\"etat-U11\":\"B\",\"etat-U12\":\"I\",\"note-U11\":\"12\"}");
    answers_t *after =
        answers_from_json(pool, "{\"classe\":\"B\",\"etat-U11\":\"B\",\"etat-U12\":\"D\",\"etat-U2\":\"I\"}");
    answers_t *into = answers_from_json(
        pool,
        "{\"classe\":\"C\",\"commune\":\"Dijon\",\"etat-U11\":\"D\",\"note-U11\":\"13\",\"voie\":\"rue\"}");

    (void)state;
    assert_true(answers_merge(into, before, after));
    assert_string_equal(
        answers_to_json(pool, into),
        "{\"classe\":\"B\",\"etat-U11\":\"D\",\"etat-U12\":\"D\",\"etat-U2\":\"I\",\"voie\":\"rue\"}");
}

static void sessions_are_kept_under_the_digest_and_end_with_the_password(void **state)
{
    establishment_t *school = school_of(&academy, 3);
    const char *token = token_create(pool);
    account_t *account;
    session_t *session;

    (void)state;
    account_get(academy.db, pool, SERVICE_ESTABLISHMENT, school->code, &account);
    assert_int_equal(session_open(academy.db, SERVICE_ESTABLISHMENT, account, 0, token, "csrf", NOW,
                                  NOW + HOUR, "127.0.0.1"),
                     DB_OK);
    session_get(academy.db, pool, SERVICE_ESTABLISHMENT, token, &session, NULL);
    assert_non_null(session);
    assert_true(session->current);
    session_get(academy.db, pool, SERVICE_SCHOOL_REGISTRATION, token, &session, NULL);
    assert_null(session);
    account_set_password(academy.db, account->id, "$y$other", NOW);
    session_get(academy.db, pool, SERVICE_ESTABLISHMENT, token, &session, NULL);
    assert_false(session->current);
}

static void items_of_a_session_are_forgotten_and_ordinals_never_come_back(void **state)
{
    establishment_t *school = school_of(&academy, 3);
    const char *token = token_create(pool);
    session_item_t made = {.exam = EXAM_BCP, .exam_session = bcp->id, .number = DB_NULL},
                   next = {.exam = EXAM_BCP, .exam_session = bcp->id, .draft = DB_NULL, .number = 12};
    session_item_t item;
    account_t *account;
    session_t *session;
    draft_t *draft;
    int known;

    (void)state;
    account_get(academy.db, pool, SERVICE_SCHOOL_REGISTRATION, school->code, &account);
    session_open(academy.db, SERVICE_SCHOOL_REGISTRATION, account, 0, token, "csrf", NOW, NOW + HOUR, "::1");
    session_get(academy.db, pool, SERVICE_SCHOOL_REGISTRATION, token, &session, NULL);
    draft_create(academy.db, pool, bcp, SERVICE_SCHOOL_REGISTRATION, school->id, NOW, &draft);
    made.draft = draft->id;
    session_item_add(academy.db, session->id, &made);
    session_item_done(academy.db, session->id, made.ordinal, 4711);
    session_item_get(academy.db, pool, session->id, bcp->id, made.ordinal, &item, &known);
    assert_true(known);
    assert_int_equal(item.number, 4711);
    session_item_of_number(academy.db, session->id, EXAM_BCP, 4711, &known);
    assert_true(known);
    session_items_forget(academy.db, session->id, 0);
    session_item_of_number(academy.db, session->id, EXAM_BCP, 4711, &known);
    assert_false(known);
    session_item_add(academy.db, session->id, &next);
    assert_int_equal(next.ordinal, made.ordinal + 1);
}

static session_t *logged_in(const establishment_t *school)
{
    const char *token = token_create(pool);
    account_t *account;
    session_t *session;

    account_get(academy.db, pool, SERVICE_ESTABLISHMENT, school->code, &account);
    session_open(academy.db, SERVICE_ESTABLISHMENT, account, 0, token, "csrf", NOW, NOW + HOUR, "::1");
    session_get(academy.db, pool, SERVICE_ESTABLISHMENT, token, &session, NULL);
    return session;
}

static const char *searched(const session_t *session, apr_int64_t ordinal)
{
    const char *words;

    assert_int_equal(session_search_get(academy.db, pool, session->id, ordinal, &words), DB_OK);
    return words;
}

static void searches_are_the_sessions_own_so_many_and_go_with_it(void **state)
{
    session_t *mine = logged_in(school_of(&academy, 3)), *theirs = logged_in(school_of(&academy, 4));
    session_item_t item = {.exam = EXAM_BCP, .exam_session = bcp->id, .draft = DB_NULL, .number = 12};
    apr_int64_t first, ordinal, i;

    (void)state;
    assert_int_equal(session_search_add(academy.db, mine->id, "Çelik", &first), DB_OK);
    assert_string_equal(searched(mine, first), "Çelik");
    assert_null(searched(theirs, first));
    session_item_add(academy.db, mine->id, &item);
    assert_int_equal(item.ordinal, first + 1);
    assert_null(searched(mine, item.ordinal)); /* what isn't a search is none */
    assert_int_equal(session_search_add(academy.db, theirs->id, "autre", &ordinal), DB_OK);
    for (i = 1; i < SESSION_SEARCHES; i++)
        assert_int_equal(session_search_add(academy.db, mine->id, "encore", &ordinal), DB_OK);
    assert_non_null(searched(mine, first));
    assert_int_equal(session_search_add(academy.db, mine->id, "une de trop", &ordinal), DB_OK);
    assert_null(searched(mine, first));
    assert_int_equal(ordinal, first + SESSION_SEARCHES + 1); /* nobody else's */
    assert_string_equal(searched(mine, ordinal), "une de trop");
    session_delete(academy.db, mine->id);
    assert_null(searched(mine, ordinal));
    assert_int_equal(session_purge(academy.db, NOW + 48 * HOUR), DB_OK);
    assert_null(searched(theirs, 1));
}

static void keep_some(apr_int64_t account, apr_int64_t session, const tick_t *some, int count)
{
    kept_ticks_t kept = {bcp->id, "validation", "liste=alphabetique", NULL,
                         apr_array_make(pool, 4, sizeof(tick_t))};

    while (count-- > 0)
        APR_ARRAY_PUSH(kept.ticks, tick_t) = *some++;
    assert_int_equal(ticks_keep(academy.db, pool, account, session, &kept, NOW), DB_OK);
}

static void ticks_come_back_as_they_were_shown(void **state)
{
    static const tick_t some[] = {
        {11, STATE_VALID, DB_NULL, DB_NULL}, {INT64_MAX, STATE_CANCELLED, DB_NULL, DB_NULL},
        {14, STATE_LEFT, 0, DB_NULL},        {15, STATE_LEFT, INT64_MAX, DB_NULL},
        {16, STATE_LEFT, DB_NULL, DB_NULL},  {17, STATE_CANCELLED, DB_NULL, 0},
        {18, STATE_VALID, 2, INT64_MAX}};
    enum { ENDED = 4711, NEXT };
    account_t *account;
    kept_ticks_t *found;
    int i;

    (void)state;
    account_get(academy.db, pool, SERVICE_ESTABLISHMENT, school_of(&academy, 3)->code, &account);
    keep_some(account->id, ENDED, some, 7);
    ticks_kept(academy.db, pool, ENDED, NOW, &found);
    assert_int_equal(found->ticks->nelts, 7);
    for (i = 0; i < 7; i++) {
        const tick_t *tick = &APR_ARRAY_IDX(found->ticks, i, tick_t);

        assert_int_equal(tick->number, some[i].number);
        assert_int_equal(tick->state, some[i].state);
        assert_int_equal(tick->revision, some[i].revision);
        assert_int_equal(tick->version, some[i].version);
    }
    assert_string_equal(found->query, "liste=alphabetique");
    assert_null(found->search);
    keep_some(account->id, ENDED, some, 0);
    assert_int_equal(ticks_hand_over(academy.db, pool, account->id, NEXT, NOW, &found), DB_OK);
    assert_int_equal(found->ticks->nelts, 7); /* a page without a tick takes none away */
    ticks_take(academy.db, pool, ENDED, NOW, bcp->id, "validation", &found);
    assert_null(found);
    ticks_take(academy.db, pool, NEXT, NOW, bcp->id, "retours", &found);
    assert_null(found);
    ticks_take(academy.db, pool, NEXT, NOW, bcp->id, "validation", &found);
    assert_non_null(found);
    ticks_take(academy.db, pool, NEXT, NOW, bcp->id, "validation", &found);
    assert_null(found);
}

static void ticks_wait_for_a_day_and_for_the_same_password(void **state)
{
    static const tick_t one = {11, STATE_VALID, DB_NULL, DB_NULL};
    enum { ENDED = 4711, NEXT, DAY = 24 * HOUR };
    account_t *account;
    kept_ticks_t *found;

    (void)state;
    account_get(academy.db, pool, SERVICE_ESTABLISHMENT, school_of(&academy, 3)->code, &account);
    keep_some(account->id, ENDED, &one, 1);
    ticks_purge(academy.db, NOW + DAY - 1);
    ticks_hand_over(academy.db, pool, account->id, NEXT, NOW + DAY, &found);
    assert_null(found);
    ticks_hand_over(academy.db, pool, account->id, NEXT, NOW + DAY - 1, &found);
    assert_non_null(found);
    ticks_purge(academy.db, NOW + DAY);
    ticks_kept(academy.db, pool, NEXT, NOW, &found);
    assert_null(found);
    keep_some(account->id, ENDED, &one, 1);
    account_set_password(academy.db, account->id, "$y$other", NOW);
    ticks_hand_over(academy.db, pool, account->id, NEXT, NOW, &found);
    assert_null(found);
    ticks_forget(academy.db, ENDED);
    ticks_kept(academy.db, pool, ENDED, NOW, &found);
    assert_null(found);
}

static void a_row_is_as_shown_in_what_its_page_said(void **state)
{
    static const struct {
        tick_t tick;
        tick_row_t row;
        int same;
    } rows[] = {
        {{11, STATE_VALID, DB_NULL, DB_NULL}, {STATE_VALID, 7, 1}, 1},
        {{11, STATE_VALID, DB_NULL, DB_NULL}, {STATE_CANCELLED, 7, 1}, 0},
        {{11, STATE_LEFT, 2, DB_NULL}, {STATE_CANCELLED, 2, 1}, 1},
        {{11, STATE_LEFT, 2, DB_NULL}, {STATE_VALID, 3, 1}, 0},
        {{11, STATE_VALID, DB_NULL, 1}, {STATE_VALID, 7, 1}, 1},
        {{11, STATE_VALID, DB_NULL, 0}, {STATE_VALID, 7, 1}, 0},
        {{11, STATE_LEFT, DB_NULL, DB_NULL}, {STATE_CANCELLED, 7, 1}, 1},
    };
    int i;

    (void)state;
    for (i = 0; i < (int)(sizeof rows / sizeof *rows); i++)
        assert_int_equal(tick_is_as_shown(&rows[i].tick, &rows[i].row), rows[i].same);
}

static void windows_tell_coming_open_and_over(void **state)
{
    window_t window;

    (void)state;
    window_get(academy.db, bcp->id, SERVICE_SCHOOL_REGISTRATION, NOW, &window);
    assert_int_equal(window.state, WINDOW_OPEN);
    window_get(academy.db, bcp->id, SERVICE_SCHOOL_REGISTRATION, window.closes - 1, &window);
    assert_int_equal(window.state, WINDOW_OPEN);
    window_get(academy.db, bcp->id, SERVICE_SCHOOL_REGISTRATION, window.closes, &window);
    assert_int_equal(window.state, WINDOW_OVER);
    window_get(academy.db, bcp->id, SERVICE_SCHOOL_REGISTRATION, window.opens - 1, &window);
    assert_int_equal(window.state, WINDOW_COMING);
    window_get(academy.db, bcp->id, SERVICE_MANAGER, NOW, &window);
    assert_int_equal(window.state, WINDOW_NONE);
}

static void activation_holds_inside_its_window_only(void **state)
{
    establishment_t school = {.activation_opens = NOW, .activation_closes = NOW + HOUR};

    (void)state;
    assert_true(establishment_activation_open(&school, NOW));
    assert_false(establishment_activation_open(&school, NOW - 1));
    assert_false(establishment_activation_open(&school, NOW + HOUR));
    school.activation_opens = school.activation_closes = DB_NULL;
    assert_false(establishment_activation_open(&school, NOW));
}

static void the_audit_chain_breaks_where_it_was_touched(void **state)
{
    audit_entry_t entry = {.at = NOW,
                           .service = "test",
                           .actor = "test",
                           .action = "test.one",
                           .number = DB_NULL,
                           .cited = "Éléonore"};
    apr_int64_t sealed, entries, broken;

    (void)state;
    assert_int_equal(audit_add(academy.db, &entry), DB_OK);
    assert_int_equal(audit_seal(academy.db, pool, NOW, &sealed), DB_OK);
    assert_true(sealed > 0);
    assert_int_equal(audit_seal(academy.db, pool, NOW, &sealed), DB_OK);
    assert_int_equal(sealed, 0);
    audit_verify(academy.db, pool, &entries, &broken);
    assert_int_equal(broken, 0);
    assert_true(entries > 60);
    assert_int_equal(
        db_script(academy.db, "UPDATE audit_entry SET action = 'test.two' WHERE action = 'test.one'"), DB_OK);
    audit_verify(academy.db, pool, &entries, &broken);
    assert_true(broken > 0);
    db_script(academy.db, "UPDATE audit_entry SET action = 'test.one' WHERE action = 'test.two'");
    audit_verify(academy.db, pool, &entries, &broken);
    assert_int_equal(broken, 0);
    db_script(academy.db, "UPDATE audit_entry SET salt = NULL");
    audit_verify(academy.db, pool, &entries, &broken);
    assert_int_equal(broken, 0); /* a purge forgets salts and leaves the chain whole */
}

static void a_parameter_that_was_forgotten_is_refused(void **state)
{
    base_counts_t before, after;
    establishment_t *school = school_of(&academy, 3);
    sql_draft_add_in_t in = {.code = "FORGOTTN",
                             .exam = "BCP",
                             .exam_session = bcp->id,
                             .establishment = school->id,
                             .number = DB_NULL,
                             .revision = DB_NULL,
                             .answers = "{}",
                             .department = "",
                             .now = NOW};

    (void)state;
    base_counts(academy.db, &before);
    assert_null(sql_draft_add(academy.db, &in));
    assert_int_equal(db_end(academy.db, NULL), DB_BROKEN);
    in.service = "inscription-etablissement";
    assert_int_equal(db_end(academy.db, sql_draft_add(academy.db, &in)), DB_OK);
    base_counts(academy.db, &after);
    assert_int_equal(after.drafts, before.drafts + 1);
}

static void a_reader_takes_rows_of_its_own_kind_alone(void **state)
{
    db_rows_t *rows = sql_window_at(academy.db, bcp->id, "inscription-etablissement", NOW);
    sql_window_times_t times;
    sql_listing_counts_t counts; /* two integers as well */

    (void)state;
    assert_true(sql_window_times_next(rows, &times));
    assert_int_equal(db_end(academy.db, rows), DB_OK);
    rows = sql_window_at(academy.db, bcp->id, "inscription-etablissement", NOW);
    assert_false(sql_listing_counts_next(rows, &counts));
    assert_int_equal(db_end(academy.db, rows), DB_BROKEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_follow_one_another_and_start_at_revision_0),
        cmocka_unit_test(a_rolled_back_registration_leaves_no_trace),
        cmocka_unit_test(twins_are_known_whatever_the_accents),
        cmocka_unit_test(lists_are_in_french_order),
        cmocka_unit_test(drafts_keep_answers_and_are_found_by_code_in_their_school),
        cmocka_unit_test(a_draft_that_is_gone_leaves_its_number_to_nobody),
        cmocka_unit_test(two_who_save_a_draft_they_read_before_change_only_what_each_changed),
        cmocka_unit_test(a_draft_without_room_for_two_answers_keeps_the_first),
        cmocka_unit_test(what_is_merged_is_what_was_changed),
        cmocka_unit_test(sessions_are_kept_under_the_digest_and_end_with_the_password),
        cmocka_unit_test(items_of_a_session_are_forgotten_and_ordinals_never_come_back),
        cmocka_unit_test(searches_are_the_sessions_own_so_many_and_go_with_it),
        cmocka_unit_test(ticks_come_back_as_they_were_shown),
        cmocka_unit_test(ticks_wait_for_a_day_and_for_the_same_password),
        cmocka_unit_test(a_row_is_as_shown_in_what_its_page_said),
        cmocka_unit_test(windows_tell_coming_open_and_over),
        cmocka_unit_test(activation_holds_inside_its_window_only),
        cmocka_unit_test(the_audit_chain_breaks_where_it_was_touched),
        cmocka_unit_test(a_parameter_that_was_forgotten_is_refused),
        cmocka_unit_test(a_reader_takes_rows_of_its_own_kind_alone),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
