/* SPDX-License-Identifier: Apache-2.0
 *
 * « Section européenne » (guide, 2): no default, to be answered before the registration service can be
 * opened. Who goes from OUI to NON when candidates have asked for it is told how many there are, and confirms
 * that number: their answers go, into the kept revisions and the audit trail, and their confirmations are out
 * of date.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "../form.h"
#include "../registration/candidate.h"
#include "store/listing.h"
#include "../routes.h"
#include "../school.h"

static listing_t of_section(const page_t *page)
{
    return (listing_t){.scope = page->actor.scope, .exam_session = page->exam_session->id, .european = 1};
}

/* Valid ones: what is cancelled stays as it is. */
static db_error_t count_concerned(page_t *page, apr_int64_t *count)
{
    listing_t listing = of_section(page);
    listing_counts_t counts = {0, 0};
    db_error_t error = listing_count(page->db, &listing, &listing_end, &counts);

    *count = counts.valid;
    return error;
}

int establishment_european_get(page_t *page)
{
    int answer;
    establishment_exam_t *exam = school_exam(page, &answer);
    const char *typed = form_value(page, "section_europeenne");
    apr_int64_t concerned = 0;
    model_t *model;

    if (exam == NULL)
        return answer;
    if (page->exam != EXAM_BCP)
        return answer_not_found(page);
    if (exam->european == 1 && count_concerned(page, &concerned) != DB_OK)
        return answer_db_failed(page);
    model = answer_model(page, message_text(MSG_TITLE_EUROPEAN));
    model_flag(model, "yes", typed[0] == 'O' || (typed[0] == '\0' && exam->european == 1));
    model_flag(model, "no", typed[0] == 'N' || (typed[0] == '\0' && exam->european == 0));
    model_text(model, "choice_error", page_error_of(page, "section_europeenne"));
    model_text(model, "confirm_error", page_error_of(page, "confirmer"));
    model_int(model, "concerned", concerned);
    model_flag(model, "several_concerned", concerned > 1);
    model_flag(model, "confirming", typed[0] == 'N' && concerned > 0);
    return answer_render(page, "european", model);
}

/* ---------------------------------------------------------------- from OUI to NON */

/* One registration without what is no longer asked of it: a new revision, as by any other change. */
static db_error_t take_back(page_t *page, apr_int64_t number)
{
    registration_t *found;
    establishment_t *school;
    questionnaire_t *q;
    int done;

    if (registration_get(page->db, page->pool, &page->actor.scope, page->exam, number, &found) != DB_OK ||
        found == NULL || candidate_questionnaire(page, found->answers, &q, &school) != DB_OK || q == NULL)
        return db_error(page->db);
    page_audit(page, "registration.european", number, "OUI -> NON",
               answers_to_json(page->pool, found->answers));
    questionnaire_forget_unasked(q, found->answers);
    found->changed = page->now;
    if (registration_modify(page->db, page->pool, &page->actor.scope, found, page->actor.name, &done) !=
        DB_OK)
        return db_error(page->db);
    return registration_note_doubles(page->db, page->pool, found, page->now);
}

/* Numbers first: one set of rows may be open at a time. */
static db_error_t take_all_back(page_t *page)
{
    apr_array_header_t *numbers = apr_array_make(page->pool, 64, sizeof(apr_int64_t));
    listing_t listing = of_section(page);
    db_rows_t *rows = listing_rows(page->db, &listing, &listing_start, INT64_MAX);
    listing_row_t row;
    int i;

    while (listing_next(rows, &row))
        if (!row.cancelled)
            APR_ARRAY_PUSH(numbers, apr_int64_t) = row.number;
    if (db_end(page->db, rows) != DB_OK)
        return db_error(page->db);
    for (i = 0; i < numbers->nelts; i++)
        if (take_back(page, APR_ARRAY_IDX(numbers, i, apr_int64_t)) != DB_OK)
            return db_error(page->db);
    return DB_OK;
}

/* ---------------------------------------------------------------- « Suite » */

/* Nothing changes before the number of those concerned was confirmed, as it is now. */
static void check_confirmed(page_t *page, const establishment_exam_t *exam, apr_int64_t *concerned)
{
    const char *confirmed = form_value(page, "confirmer");

    *concerned = 0;
    if (exam->european != 1 || count_concerned(page, concerned) != DB_OK || *concerned == 0)
        return;
    if (strcmp(confirmed, apr_psprintf(page->pool, "%" APR_INT64_T_FMT, *concerned)) != 0)
        page_error(page, "confirmer",
                   message_format(page->pool,
                                  *concerned > 1 ? MSG_EUROPEAN_CONCERNED : MSG_EUROPEAN_ONE_CONCERNED,
                                  apr_psprintf(page->pool, "%" APR_INT64_T_FMT, *concerned), NULL));
}

/* In the open transaction. */
static void answer_question(page_t *page, const establishment_exam_t *exam, int yes, apr_int64_t concerned)
{
    const char *detail = yes ? "OUI" : "NON";

    establishment_exam_set_european(page->db, page->actor.establishment, page->exam_session->id, yes);
    if (concerned > 0) {
        take_all_back(page);
        detail = apr_psprintf(page->pool, "OUI -> NON, candidates: %" APR_INT64_T_FMT, concerned);
    }
    page_audit(page, "establishment.european", DB_NULL, detail, NULL);
    session_notice(page->db, page->session->id,
                   message_text(!yes                  ? MSG_NOTICE_EUROPEAN_NO
                                : exam->european == 0 ? MSG_NOTICE_EUROPEAN_YES_LATER
                                                      : MSG_NOTICE_EUROPEAN_YES));
}

int establishment_european_post(page_t *page)
{
    const char *typed = form_value(page, "section_europeenne");
    int answer, yes = strcmp(typed, "O") == 0;
    apr_int64_t concerned = 0;
    establishment_exam_t *exam;

    if (form_action(page, "retour"))
        return school_back_to_menu(page);
    if (page->exam != EXAM_BCP)
        return answer_not_found(page);
    if (!change_begin(page, &answer))
        return answer;
    if ((exam = school_exam(page, &answer)) == NULL)
        return answer;
    if (!yes && strcmp(typed, "N") != 0)
        page_error(page, "section_europeenne", message_text(MSG_EUROPEAN_UNANSWERED));
    else if (!yes)
        check_confirmed(page, exam, &concerned);
    if (page_has_errors(page)) {
        connection_return(page);
        return establishment_european_get(page);
    }
    answer_question(page, exam, yes, concerned);
    return change_commit(page, &answer) ? school_back_to_menu(page) : answer;
}
