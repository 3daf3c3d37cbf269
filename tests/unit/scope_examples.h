/* SPDX-License-Identifier: Apache-2.0
 *
 * An example of each statement that asks for a scope, on the scene of scope_scene.h: how many rows it gives
 * or changes. scans: what its plan may go through from end to end on SQLite, which isn't the tables of
 * people.
 */
#ifndef INSCRINET_TESTS_SCOPE_EXAMPLES_H
#define INSCRINET_TESTS_SCOPE_EXAMPLES_H

#include "scope_scene.h"

static inline int given(db_rows_t *rows)
{
    int count = 0;

    while (db_next(rows))
        count++;
    if (db_end(at.db, rows) != DB_OK)
        fail_msg("%s", db_error_text(at.db));
    return count;
}

static inline int changed(db_error_t error)
{
    if (error != DB_OK)
        fail_msg("%s", db_error_text(at.db));
    return (int)db_changes(at.db);
}

/* The first number of the one row that a statement gives in any case. */
static inline int figure(db_rows_t *rows)
{
    int number = db_next(rows) ? (int)db_int(rows, 0) : -1;

    if (db_end(at.db, rows) != DB_OK)
        fail_msg("%s", db_error_text(at.db));
    return number;
}

static inline const char *its_number(void)
{
    static char written[32];

    apr_snprintf(written, sizeof written, "[%d]", (int)at.number);
    return written;
}

#define BEFORE_ALL                                                                                           \
    {                                                                                                        \
        "", 0                                                                                                \
    }
#define AFTER_ALL                                                                                            \
    {                                                                                                        \
        "\xff\xff", 2                                                                                        \
    }
#define ANY_FILTER                                                                                           \
    .one = "%", .two = "%", .three = "%", .four = "%", .five = "%", .six = "%", .specialty = "",             \
    .state = "", .born = ""

#define EXAMPLE(name, expression)                                                                            \
    static int try_##name(const scope_t *scope)                                                              \
    {                                                                                                        \
        return expression;                                                                                   \
    }

/* drafts */
EXAMPLE(draft_get, given(sql_draft_get(at.db, scope, at.draft->id)))
EXAMPLE(draft_save, changed(sql_draft_save(at.db, scope,
                                           &(sql_draft_save_in_t){.id = at.draft->id,
                                                                  .former = at.draft->written,
                                                                  .answers = "{}",
                                                                  .department = "",
                                                                  .now = NOW})))
EXAMPLE(draft_delete, changed(sql_draft_delete(at.db, scope, at.draft->id)))
EXAMPLE(draft_count, figure(sql_draft_count(at.db, scope, at.bcp->id, "inscription-etablissement")))
EXAMPLE(draft_list, given(sql_draft_list(at.db, scope, at.bcp->id, 100)))

/* pupils */
EXAMPLE(pupil_list, given(sql_pupil_list(at.db, scope, SESSION)))

/* registrations */
EXAMPLE(registration_get, given(sql_registration_get(at.db, scope, "BCP", at.number)))
EXAMPLE(registration_modified, given(sql_registration_modified(at.db, scope, "BCP", at.number)))
EXAMPLE(registration_replace,
        changed(sql_registration_replace(at.db, scope,
                                         &(sql_registration_replace_in_t){.exam = "BCP",
                                                                          .number = at.number,
                                                                          .revision = 1,
                                                                          .establishment = at.school,
                                                                          .specialty = at.found.specialty,
                                                                          .category = "10",
                                                                          .listed_name = "X - Y",
                                                                          .birth_date = "2008-07-07",
                                                                          .form = "G",
                                                                          .european = DB_NULL,
                                                                          .identity = "X|Y|2008-07-07",
                                                                          .sort_key = BEFORE_ALL,
                                                                          .search_name = "|X|Y",
                                                                          .answers = "{}",
                                                                          .department = "",
                                                                          .now = NOW})))
EXAMPLE(registration_revision_keep,
        changed(sql_registration_revision_keep(at.db, scope, "BCP", at.number, "test", NOW)))
EXAMPLE(registration_revision_get, given(sql_registration_revision_get(at.db, scope, "BCP", at.number, 0)))
EXAMPLE(registration_code_set,
        changed(sql_registration_code_set(at.db, scope, "BCP", at.number, at.registration->code, "NEWNEWNE")))
EXAMPLE(registration_doubles_forget, changed(sql_registration_doubles_forget(at.db, scope, "BCP", at.number)))
EXAMPLE(homonym_allow, changed(sql_homonym_allow(at.db, scope, "BCP", at.number, 1)))
EXAMPLE(double_of, given(sql_double_of(at.db, scope, "BCP", at.number)))
EXAMPLE(double_pairs,
        given(sql_double_pairs(at.db, scope,
                               &(sql_double_pairs_in_t){.exams = "", .after_exam = "", .rows = 100})))
EXAMPLE(double_of_two, given(sql_double_of_two(at.db, scope, "BCP", at.number, at.like)))
EXAMPLE(double_decide, changed(sql_double_decide(at.db, scope,
                                                 &(sql_double_decide_in_t){.exam = "BCP",
                                                                           .number = at.number,
                                                                           .other = at.like,
                                                                           .decided = NOW,
                                                                           .decided_by = "test",
                                                                           .cancelled = DB_NULL})))
EXAMPLE(double_list, given(sql_double_list(at.db, scope)))
EXAMPLE(history_revisions, given(sql_history_revisions(at.db, scope, "BCP", at.number, 100)))
EXAMPLE(history_events, given(sql_history_events(at.db, scope, "BCP", at.number, 100)))

/* the standing of files */
static inline int after(const char *change)
{
    assert_int_equal(db_script(at.db, change), DB_OK);
    return 1;
}
#define SPOKEN_TO "UPDATE standing SET acknowledged = 2, acknowledged_by = 'test'"
#define TOLD_BY_NOBODY "UPDATE standing SET school_from = 9999999999, office_from = 9999999999"

EXAMPLE(standing_get, given(sql_standing_get(at.db, scope, at.bcp->id, at.number)))
EXAMPLE(standing_set, changed(sql_standing_set(at.db, scope,
                                               &(sql_standing_set_in_t){.exam_session = at.bcp->id,
                                                                        .number = at.number,
                                                                        .version = 2,
                                                                        .changed = NOW,
                                                                        .changed_by = "test",
                                                                        .stated = "",
                                                                        .complete = -1,
                                                                        .pieces = "[]",
                                                                        .told = DB_NULL,
                                                                        .school_from = DB_NULL,
                                                                        .office_from = DB_NULL,
                                                                        .acknowledged = DB_NULL})))
EXAMPLE(standing_returned, changed(sql_standing_returned(at.db, scope, at.bcp->id, at.number, 1, NOW)))
EXAMPLE(standing_change_items, given(sql_standing_change_items(at.db, scope, at.standing, at.bcp->id)))
EXAMPLE(standing_of_school, given(sql_standing_of_school(at.db, scope, at.bcp->id)))
EXAMPLE(standing_school_counts, figure(sql_standing_school_counts(at.db, scope, at.bcp->id, NOW)))
EXAMPLE(standing_calls, given(sql_standing_calls(at.db, scope, at.bcp->id, NOW, 100)))
EXAMPLE(standing_called, after(SPOKEN_TO) ? given(sql_standing_called(at.db, scope, at.bcp->id, 100)) : 0)
EXAMPLE(standing_calls_count, figure(sql_standing_calls_count(at.db, scope, at.bcp->id, NOW)))
EXAMPLE(standing_silent_of,
        after(TOLD_BY_NOBODY) ? given(sql_standing_silent_of(at.db, scope, at.bcp->id, NOW)) : 0)
EXAMPLE(reminder_drafts, given(sql_reminder_drafts(at.db, scope, at.bcp->id)))
EXAMPLE(reminder_papers, given(sql_reminder_papers(at.db, scope, at.bcp->id)))
EXAMPLE(reminder_pieces, given(sql_reminder_pieces(at.db, scope, at.bcp->id)))

/* unloads: the trail tells of what was made */
static inline const char *told_of(void)
{
    assert_int_equal(audit_add(at.db, &(audit_entry_t){.service = "test",
                                                       .actor = "test",
                                                       .action = "registration.create",
                                                       .exam = "BCP",
                                                       .number = at.number}),
                     DB_OK);
    return "BCP";
}
EXAMPLE(whole_candidates, given(sql_whole_candidates(at.db, scope)))
EXAMPLE(whole_candidates_of, given(sql_whole_candidates_of(at.db, scope, "BCP", at.bcp->id)))
EXAMPLE(whole_candidates_since, given(sql_whole_candidates_since(at.db, scope, 0, told_of(), at.bcp->id)))
EXAMPLE(whole_changes, given(sql_whole_changes(at.db, scope, 0, told_of(), at.bcp->id)))

EXAMPLE(quality_groups, given(sql_quality_groups(at.db, scope, "BCP", at.bcp->id)))
/* the same one, of no school but still in its department */
static inline const char *of_nobody(void)
{
    assert_int_equal(
        db_script(at.db, apr_psprintf(pool, "UPDATE registration SET establishment = NULL WHERE number = %d",
                                      (int)at.number)),
        DB_OK);
    return at.found.specialty;
}
EXAMPLE(quality_of_nobody, given(sql_quality_of_nobody(at.db, scope, at.bcp->id, of_nobody())))
EXAMPLE(quality_of_school,
        given(sql_quality_of_school(at.db, scope, at.bcp->id, at.school, at.found.specialty)))

/* states, papers, printing */
EXAMPLE(state_get, given(sql_state_get(at.db, scope, at.bcp->id, at.number)))
static inline const char *cancelled_by_manager(void)
{
    assert_int_equal(audit_add(at.db, &(audit_entry_t){.service = "gestionnaire",
                                                       .actor = "test",
                                                       .action = "registration.cancel",
                                                       .exam = "BCP",
                                                       .number = at.number}),
                     DB_OK);
    return "BCP";
}
static inline apr_int64_t cancelled(void)
{
    cancelled_by_manager();
    after("UPDATE registration SET state = 'A'");
    return at.bcp->id;
}
EXAMPLE(cancelled_list, given(sql_cancelled_list(at.db, scope, cancelled())))
EXAMPLE(state_held, given(sql_state_held(at.db, scope, cancelled_by_manager(), at.number)))
EXAMPLE(state_set, changed(sql_state_set(at.db, scope, at.bcp->id, at.number, "V", "A")))
EXAMPLE(state_change_items, given(sql_state_change_items(at.db, scope, at.change, at.bcp->id)))
EXAMPLE(paper_get, given(sql_paper_get(at.db, scope, at.bcp->id, at.number)))
EXAMPLE(paper_return, changed(sql_paper_return(at.db, scope, at.bcp->id, at.number, 1, NOW)))
EXAMPLE(paper_take_back, changed(sql_paper_take_back(at.db, scope, at.bcp->id, at.number)))
EXAMPLE(print_last, figure(sql_print_last(at.db, scope, at.bcp->id)))
EXAMPLE(print_specialty, changed(sql_print_specialty(at.db, scope, at.bcp->id, "", 0, NOW)))
/* the session of the candidate, who is an individual and was printed once */
static inline apr_int64_t posted(void)
{
    of_nobody();
    after("UPDATE registration SET printed = 5, printed_revision = revision");
    return at.bcp->id;
}
EXAMPLE(post_last, figure(sql_post_last(at.db, scope, posted())))
EXAMPLE(post_record, changed(sql_post_record(at.db, scope, posted(), "", 0, NOW)))
EXAMPLE(post_letters, given(sql_post_letters(at.db, scope, posted(), "", 0, 0)))
EXAMPLE(post_figures, given(sql_post_figures(at.db, scope, posted())))
EXAMPLE(post_runs, given(sql_post_runs(at.db, scope, posted(), 10)))
EXAMPLE(print_number, changed(sql_print_number(at.db, scope, at.bcp->id, at.number, NOW)))
EXAMPLE(print_numbers, given(sql_print_numbers(at.db, scope, at.bcp->id, 0, 0)))
EXAMPLE(print_some, given(sql_print_some(at.db, scope, at.bcp->id, 0, 0, its_number())))
EXAMPLE(print_rows, given(sql_print_rows(at.db, scope, at.bcp->id, its_number())))

/* lists */
EXAMPLE(listing_first, given(sql_listing_first(at.db, scope, 0, at.bcp->id, 100)))
EXAMPLE(listing_all,
        given(sql_listing_all(at.db, scope,
                              &(sql_listing_all_in_t){
                                  .exam_session = at.bcp->id, .after = BEFORE_ALL, .rows = 100})))
/* his INE, which he has here at the latest */
static inline const char *its_ine(void)
{
    assert_int_equal(
        db_script(at.db, apr_psprintf(pool, "UPDATE registration SET ine = '123456789AB' WHERE number = %d",
                                      (int)at.number)),
        DB_OK);
    return "123456789AB";
}
EXAMPLE(listing_of_ine, given(sql_listing_of_ine(at.db, scope, 1, at.bcp->id, its_ine(), 100)))
EXAMPLE(listing_filtered, given(sql_listing_filtered(at.db, scope,
                                                     &(sql_listing_filtered_in_t){.exam_session = at.bcp->id,
                                                                                  .after = BEFORE_ALL,
                                                                                  ANY_FILTER,
                                                                                  .rows = 100})))
EXAMPLE(listing_of_specialty,
        given(sql_listing_of_specialty(at.db, scope,
                                       &(sql_listing_of_specialty_in_t){.exam_session = at.bcp->id,
                                                                        .specialty = at.found.specialty,
                                                                        .form = "",
                                                                        .after = BEFORE_ALL,
                                                                        .rows = 100})))
EXAMPLE(listing_of_numbers, given(sql_listing_of_numbers(at.db, scope, 1, at.bcp->id, its_number())))
EXAMPLE(listing_place, given(sql_listing_place(at.db, scope, at.bcp->id, at.number)))
EXAMPLE(listing_count,
        figure(sql_listing_count(at.db, scope,
                                 &(sql_listing_count_in_t){
                                     .exam_session = at.bcp->id, .before = AFTER_ALL, ANY_FILTER})))
EXAMPLE(listing_count_of_specialty,
        figure(sql_listing_count_of_specialty(at.db, scope,
                                              &(sql_listing_count_of_specialty_in_t){
                                                  .exam_session = at.bcp->id,
                                                  .specialty = at.found.specialty,
                                                  .form = "",
                                                  .before = AFTER_ALL})))
EXAMPLE(listing_back, given(sql_listing_back(at.db, scope,
                                             &(sql_listing_back_in_t){.exam_session = at.bcp->id,
                                                                      .before = AFTER_ALL,
                                                                      ANY_FILTER,
                                                                      .rows = 100})))
EXAMPLE(listing_back_of_specialty, given(sql_listing_back_of_specialty(at.db, scope,
                                                                       &(sql_listing_back_of_specialty_in_t){
                                                                           .exam_session = at.bcp->id,
                                                                           .specialty = at.found.specialty,
                                                                           .form = "",
                                                                           .before = AFTER_ALL,
                                                                           .rows = 100})))
EXAMPLE(listing_of_standing,
        given(sql_listing_of_standing(
            at.db, scope,
            &(sql_listing_of_standing_in_t){
                .exam_session = at.bcp->id, .stated = "I", .after = BEFORE_ALL, .rows = 100, ANY_FILTER})))
EXAMPLE(listing_back_of_standing,
        given(sql_listing_back_of_standing(at.db, scope,
                                           &(sql_listing_back_of_standing_in_t){.exam_session = at.bcp->id,
                                                                                .stated = "I",
                                                                                .before = AFTER_ALL,
                                                                                .number = INT64_MAX,
                                                                                .rows = 100,
                                                                                ANY_FILTER})))
EXAMPLE(listing_figures, given(sql_listing_figures(at.db, scope, at.bcp->id)))

EXAMPLE(class_rows, given(sql_class_rows(at.db, scope, at.school, at.bcp->id)))
EXAMPLE(follow_up_drafts, figure(sql_follow_up_drafts(at.db, scope, at.bcp->id)))
EXAMPLE(follow_up_hours, given(sql_follow_up_hours(at.db, scope, at.bcp->id)))
EXAMPLE(follow_up_schools, given(sql_follow_up_schools(at.db, scope, at.bcp->id)))

#define ROW(name, ...)                                                                                       \
    {                                                                                                        \
#name, try_##name, __VA_ARGS__                                                                       \
    }

/* IN_ORDER: a list, which comes in order without sorting, on PostgreSQL but for a set. OVER_ALL: an
 * operator's.
 */
typedef struct example_t {
    const char *name;
    int (*run)(const scope_t *scope);
    enum { BY_INDEX, IN_ORDER, OVER_ALL } way;
    const char *scans; /* what its plan may also go through on SQLite, which is no table of people; or NULL */
} example_t;

static const example_t examples[] = {
    ROW(draft_get, BY_INDEX, NULL),
    ROW(draft_save, BY_INDEX, NULL),
    ROW(draft_delete, BY_INDEX, NULL),
    ROW(draft_count, BY_INDEX, NULL),
    ROW(draft_list, BY_INDEX, NULL),
    ROW(pupil_list, BY_INDEX, "s"), /* the few sessions */
    ROW(registration_get, BY_INDEX, NULL),
    ROW(registration_modified, BY_INDEX, NULL),
    ROW(registration_replace, BY_INDEX, NULL),
    ROW(registration_revision_keep, BY_INDEX, NULL),
    ROW(registration_revision_get, BY_INDEX, NULL),
    ROW(registration_code_set, BY_INDEX, NULL),
    ROW(registration_doubles_forget, BY_INDEX, NULL),
    ROW(homonym_allow, BY_INDEX, NULL),
    ROW(standing_get, BY_INDEX, NULL),
    ROW(standing_set, BY_INDEX, NULL),
    ROW(standing_returned, BY_INDEX, NULL),
    ROW(standing_change_items, BY_INDEX, NULL),
    ROW(standing_of_school, BY_INDEX, NULL),
    ROW(standing_school_counts, BY_INDEX, NULL),
    ROW(standing_calls, BY_INDEX, NULL),
    ROW(standing_called, BY_INDEX, NULL),
    ROW(standing_calls_count, BY_INDEX, NULL),
    ROW(standing_silent_of, BY_INDEX, NULL),
    ROW(reminder_drafts, BY_INDEX, NULL),
    ROW(reminder_papers, BY_INDEX, NULL),
    ROW(reminder_pieces, BY_INDEX, NULL),
    ROW(double_of, BY_INDEX, "d"), /* the few doubles of one */
    ROW(double_pairs, OVER_ALL, NULL),
    ROW(double_of_two, BY_INDEX, NULL),
    ROW(double_decide, BY_INDEX, NULL),
    ROW(double_list, OVER_ALL, NULL),
    ROW(history_revisions, BY_INDEX, NULL),
    ROW(history_events, BY_INDEX, NULL),
    ROW(whole_candidates, OVER_ALL, NULL),
    ROW(whole_candidates_of, BY_INDEX, NULL),
    ROW(whole_candidates_since, BY_INDEX, NULL),
    ROW(whole_changes, BY_INDEX, "n"),  /* those of whom the trail tells */
    ROW(quality_groups, OVER_ALL, "g"), /* which there are */
    ROW(quality_of_school, BY_INDEX, NULL),
    ROW(quality_of_nobody, BY_INDEX, NULL),
    ROW(state_get, BY_INDEX, NULL),
    ROW(cancelled_list, BY_INDEX, NULL),
    ROW(state_held, BY_INDEX, NULL),
    ROW(state_set, BY_INDEX, NULL),
    ROW(state_change_items, BY_INDEX, NULL),
    ROW(paper_get, BY_INDEX, NULL),
    ROW(paper_return, BY_INDEX, NULL),
    ROW(paper_take_back, BY_INDEX, NULL),
    ROW(print_last, BY_INDEX, NULL),
    ROW(print_specialty, BY_INDEX, NULL),
    ROW(print_number, BY_INDEX, NULL),
    ROW(print_numbers, IN_ORDER, NULL),
    ROW(post_last, BY_INDEX, NULL),
    ROW(post_record, BY_INDEX, NULL),
    ROW(post_letters, BY_INDEX, NULL),
    ROW(post_figures, BY_INDEX, "r"), /* what it has just counted */
    ROW(post_runs, BY_INDEX, NULL),
    ROW(print_some, BY_INDEX, "json_each VIRTUAL TABLE INDEX 1:"),
    ROW(print_rows, BY_INDEX, "wanted VIRTUAL TABLE INDEX 1:"),
    ROW(listing_first, IN_ORDER, NULL),
    ROW(listing_all, IN_ORDER, NULL),
    ROW(listing_filtered, IN_ORDER, NULL),
    ROW(listing_of_specialty, IN_ORDER, NULL),
    ROW(listing_of_standing, BY_INDEX, NULL),
    ROW(listing_back_of_standing, BY_INDEX, NULL),
    ROW(listing_of_ine, BY_INDEX, NULL),
    ROW(listing_of_numbers, BY_INDEX, "wanted VIRTUAL TABLE INDEX 1:"),
    ROW(listing_place, BY_INDEX, NULL),
    ROW(listing_count, IN_ORDER, NULL),
    ROW(listing_count_of_specialty, IN_ORDER, NULL),
    ROW(listing_back, IN_ORDER, NULL),
    ROW(listing_back_of_specialty, IN_ORDER, NULL),
    ROW(listing_figures, BY_INDEX, "f"), /* the counted groups */
    ROW(class_rows, IN_ORDER, NULL),
    ROW(follow_up_drafts, BY_INDEX, NULL),
    ROW(follow_up_hours, BY_INDEX, NULL),
    ROW(follow_up_schools, BY_INDEX, "e USING INDEX sqlite_autoindex_establishment_1"), /* all schools */
};
enum { EXAMPLES = sizeof examples / sizeof *examples };

/* What touches people and asks for no scope, and why it may. */
static const struct {
    const char *name, *why;
} without[] = {
    {"base_ends", "whether rows can be read, and nothing of them"},
    {"base_counts", "how many there are, for operators"},
    {"exam_session_count", "how many there are, for operators"},
    {"specialty_cited", "whether anybody is registered in it, and nothing of them"},
    {"establishment_cited", "whether anybody is registered there, and nothing of them"},
    {"presentation_cited", "whether anybody is registered there, and nothing of them"},
    {"offer_cited", "whether anybody is registered there, and nothing of them"},
    {"exam_session_faults", "what is in no session of its exam, for operators"},
    {"registration_follow_school", "each goes where its school is, and nothing of it is told"},
    {"draft_follow_school", "each goes where its school is, and nothing of it is told"},
    {"registration_add", "a new one belongs to nobody yet"},
    {"draft_add", "a new one belongs to nobody yet"},
    {"registration_to_prove", "whoever proves that it is his must be compared with it"},
    {"registration_to_follow", "whoever proves that it is his must be compared with it"},
    {"standing_silent", "messages go to whoever is due"},
    {"standing_was_told", "messages go to whoever is due"},
    {"standing_not_reached", "messages go to whoever is due"},
    {"reminder_registered", "whether he is registered, and no more"},
    {"whole_standing", "the whole base, for operators"},
    {"whole_standing_add", "into a base where nobody is"},
    {"draft_to_prove", "an item of the session says which"},
    {"draft_by_code", "its code says which"},
    {"dossier_get", "an item of the session says which"},
    {"dossier_hold", "an item of the session says which"},
    {"session_item_latest", "an item of the session says which"},
    {"session_item_of_revision", "an item of the session says which"},
    {"session_items_in_reach", "an item of the session says which"},
    {"registration_same_person", "is there another one of the same name: its number, and no more"},
    {"registration_same_ine", "is there another one of the same INE: its number, and no more"},
    {"registration_doubles_note", "who looks alike is noted, for whoever may see it"},
    {"draft_purge", "old ones go, whoever began them"},
    {"pupil_record", "a load says whose pupils it brings"},
    {"pupil_add", "a load says whose pupils it brings"},
    {"pupil_set", "a load says whose pupils it brings"},
    {"pupil_remove", "a load says whose pupils it brings"},
    {"pupil_private_record", "a load says whose pupils it brings"},
    {"pupil_private_add", "a load says whose pupils it brings"},
    {"pupil_private_set", "a load says whose pupils it brings"},
    {"pupil_private_remove", "a load says whose pupils it brings"},
    {"pupil_any_of", "whether there is one, and no more"},
    {"pupils_known", "a load says whose pupils it brings"},
    {"pupil_keys", "a load says whose pupils it brings"},
    {"pupil_registered", "whether he has registered, and no more"},
    {"pupil_any", "whether there is one, and no more"},
    {"pupil_named", "whoever proves that it is he must be compared with it"},
    {"pupil_private_get", "whoever has proved that it is he"},
    {"pupil_code_add", "a new one belongs to whom it was made for"},
    {"past_record", "a load says whom it brings"},
    {"past_add", "a load says whom it brings"},
    {"past_set", "a load says whom it brings"},
    {"past_remove", "a load says whom it brings"},
    {"past_cited", "whether he has marks, and no more"},
    {"past_sessions", "is there one already: his session, and no more"},
    {"past_by_number", "whoever proves that it is he must be compared with it"},
    {"past_by_ine", "whoever proves that it is he must be compared with it"},
    {"past_any", "whether there is one, and no more"},
    {"past_mark_record", "a load says whom it brings"},
    {"past_mark_add", "a load says whom it brings"},
    {"past_mark_set", "a load says whom it brings"},
    {"past_mark_remove", "a load says whom it brings"},
    {"past_marks", "whoever has proved that it is he"},
    {"bygone_pupils", "old ones go, whoever expected them"},
    {"bygone_pupil_codes", "old ones go, whoever expected them"},
    {"bygone_past", "old ones go, whoever they are"},
    {"reminder_due", "messages go to whoever is due"},
    {"draft_reminded", "messages go to whoever is due"},
    {"whole_revision", "the whole base, for operators"},
    {"whole_double", "the whole base, for operators"},
    {"whole_draft", "the whole base, for operators"},
    {"whole_candidate_add", "into a base where nobody is"},
    {"whole_revision_add", "into a base where nobody is"},
    {"whole_double_add", "into a base where nobody is"},
    {"whole_draft_add", "into a base where nobody is"},
    {"whole_pupil", "the whole base, for operators"},
    {"whole_pupil_private", "the whole base, for operators"},
    {"whole_pupil_code", "the whole base, for operators"},
    {"whole_pupil_add", "into a base where nobody is"},
    {"whole_pupil_private_add", "into a base where nobody is"},
    {"whole_pupil_code_add", "into a base where nobody is"},
    {"whole_past", "the whole base, for operators"},
    {"whole_past_mark", "the whole base, for operators"},
    {"whole_past_add", "into a base where nobody is"},
    {"whole_past_mark_add", "into a base where nobody is"},
    {"whole_rows", "whether there is anything in the base, for operators"},
    {"whole_draft_counter_set", "the highest number, and nothing of them"},
    {"recovery_registrations",
     "what a restore takes away is all of the base's, and told to the operator alone"},
    {"recovery_revision", "a restore keeps revisions, whoever's they are"},
    {"recovery_draft_revision", "a restore keeps revisions, whoever's they are"},
};
enum { WITHOUT = sizeof without / sizeof *without };

#endif
