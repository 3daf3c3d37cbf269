/* SPDX-License-Identifier: Apache-2.0
 *
 * « Retour des confirmations »: which signed papers the school has in hand. One by one, typed or scanned into
 * the field that keeps the focus; or ticked in the list of those that are missing. A paper of an older
 * revision is refused, and why is said.
 */
#include "returns.h"

#include <apr_strings.h>

#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "../lists/cells.h"
#include "../lists/ticks.h"
#include "../lists/turn.h"
#include "../routes.h"
#include "../school.h"
#include "../session.h"
#include "../stream.h"
#include "domain/check.h"
#include "store/paper.h"
#include "store/registration.h"
#include "store/standing.h"
#include "text/text.h"

static const char path[] = "retours";

/* ---------------------------------------------------------------- what is asked */

const char *returns_name(listing_paper_t paper)
{
    return paper == PAPER_RETURNED ? "rendues" : "manquantes";
}

/* 0: there is no such list. */
static int paper_of(const char *kind, listing_paper_t *paper)
{
    *paper = strcmp(kind, "rendues") == 0 ? PAPER_RETURNED : PAPER_MISSING;
    return strcmp(kind, returns_name(*paper)) == 0;
}

int returns_request(page_t *page, const list_source_t *source, list_request_t *request, int *answer)
{
    const char *kind = page_query(page, "liste");

    if (!list_request_common(page, source, request, answer))
        return 0;
    if (paper_of(kind != NULL ? kind : "manquantes", &request->roll.listing.paper))
        return 1;
    *answer = answer_not_found(page);
    return 0;
}

static const char *query_of(const page_t *page, const list_request_t *request)
{
    return apr_pstrcat(page->pool, "liste=", returns_name(request->roll.listing.paper),
                       search_query(page, &request->search), NULL);
}

/* The same, of the same page of it. */
static const char *page_query_of(const page_t *page, const list_request_t *request)
{
    return apr_pstrcat(page->pool, query_of(page, request), list_place_query(page, request), NULL);
}

/* ---------------------------------------------------------------- the page */

static void model_counts(const roll_t *roll, model_t *model)
{
    apr_int64_t valid = 0, returned = 0;
    int i;

    for (i = 0; i < roll->figures->nelts; i++) {
        valid += APR_ARRAY_IDX(roll->figures, i, listing_figure_t).valid;
        returned += APR_ARRAY_IDX(roll->figures, i, listing_figure_t).returned;
    }
    model_int(model, "returned", returned);
    model_flag(model, "several_returned", returned > 1);
    model_int(model, "missing", valid - returned);
    model_flag(model, "several_missing", valid - returned > 1);
    model_flag(model, "complete", valid > 0 && valid == returned);
}

/* asked: what is ticked and not noted, of which the page asks (tick_t); or NULL. */
static int returns_page(page_t *page, const apr_array_header_t *asked)
{
    cells_t *cells = apr_pcalloc(page->pool, sizeof *cells);
    list_request_t request;
    list_source_t source;
    model_t *model;
    roll_t *roll;
    int answer;

    if (!school_lists(page, &source, &answer) || !returns_request(page, &source, &request, &answer) ||
        !ticks_request(page, &answer) || !roll_open(page, &request.roll, &roll, &answer))
        return answer;
    model = answer_model(page, message_text(MSG_TITLE_RETURNS));
    field_text(page, field_list(model), "confirmation", "Numéro de la confirmation",
               message_text(MSG_HINT_PAPER), "text", 1, "off");
    model_flag(model, "keep_focus", asked == NULL && page_error_of(page, "recherche") == NULL);
    search_model(page, model, &request.search);
    model_text(model, "query", query_of(page, &request));
    model_flag(model, "list_missing", request.roll.listing.paper == PAPER_MISSING);
    model_flag(model, "list_returned", request.roll.listing.paper == PAPER_RETURNED);
    model_counts(roll, model);
    cells_model_counts(roll, model, request.roll.all);
    *cells =
        (cells_t){.roll = roll, .model = model, .ticked = ticks_model(page, model, roll, path, asked, NULL)};
    if (cells->ticked == NULL)
        return answer_db_failed(page);
    if (request.nothing)
        model_null(model, "any");
    else
        cells_model(cells);
    session_forget_notice(page);
    return stream_page(page, "returns", model, &roll->failed);
}

int establishment_returns_get(page_t *page)
{
    return returns_page(page, NULL);
}

/* ---------------------------------------------------------------- what is ticked and not noted */

/* The other list, or another page of this one. */
static int turn(page_t *page, list_request_t *wanted)
{
    listing_paper_t paper;

    if (search_is_asked(page) || !paper_of(form_value(page, "vers"), &paper))
        return list_turn(page, wanted);
    list_request_beginning(wanted);
    wanted->roll.listing.paper = paper;
    return 1;
}

int establishment_returns_turn(page_t *page)
{
    const apr_array_header_t *ticks = ticks_posted(page, NULL);
    list_request_t wanted;
    list_source_t source;
    int answer;

    if (!school_lists(page, &source, &answer) || !returns_request(page, &source, &wanted, &answer))
        return answer;
    if (!turn(page, &wanted))
        return returns_page(page, NULL);
    if (ticks->nelts > 0)
        return returns_page(page, ticks);
    return list_turn_leave(page, &wanted, &answer)
               ? answer_redirect_exam(page, "%s?%s", path, page_query_of(page, &wanted))
               : answer;
}

int establishment_returns_keep(page_t *page)
{
    list_request_t request;
    list_source_t source;
    search_t search;
    int answer;

    if (form_action(page, "retour"))
        return ROUTE_KEPT;
    if (!school_lists(page, &source, &answer) || !returns_request(page, &source, &request, &answer))
        return answer;
    search = request.search;
    request.search = (search_t){.ordinal = 0};
    return ticks_keep_posted(page, ticks_posted(page, NULL), path, page_query_of(page, &request), &search);
}

/* ---------------------------------------------------------------- one paper */

static const char *refusal(page_t *page, paper_result_t result, const paper_t *paper, const char *display,
                           apr_int64_t number)
{
    switch (result) {
    case PAPER_OUTDATED:
        return message_format(page->pool, MSG_PAPER_OUTDATED, display, paper->name,
                              registration_display(page->pool, number, paper->revision), NULL);
    case PAPER_CANCELLED:
        return message_format(page->pool, MSG_PAPER_CANCELLED, display, paper->name, NULL);
    case PAPER_ALREADY:
        return message_format(page->pool, MSG_PAPER_ALREADY, display, paper->name, NULL);
    default:
        return message_format(page->pool, MSG_PAPER_UNKNOWN, display, NULL);
    }
}

/* In the open transaction: the candidate is written to where his file stands now. */
static db_error_t tell(page_t *page, apr_int64_t number)
{
    standing_file_t *file;

    if (standing_get(page->db, page->pool, &page->actor.scope, page->exam, page->exam_session->id, number,
                     &file) != DB_OK)
        return db_error(page->db);
    return file != NULL ? standing_tell(page->db, file, page->now) : DB_OK;
}

/* In the open transaction. NULL with *paper: taken; else why not. */
static const char *take(page_t *page, apr_int64_t number, apr_int64_t revision, paper_t *paper)
{
    const char *display = registration_display(page->pool, number, revision);
    paper_result_t result;

    if (paper_return(page->db, page->pool, &page->actor.scope, page->exam_session->id, number, revision,
                     page->now, paper, &result) != DB_OK)
        return "";
    if (result != PAPER_TAKEN)
        return refusal(page, result, paper, display, number);
    page_audit(page, "confirmation.return", number,
               apr_psprintf(page->pool, "revision %" APR_INT64_T_FMT, revision), NULL);
    return tell(page, number) == DB_OK ? NULL : "";
}

static const char *misread(page_t *page, message_t problem, const char *typed, apr_int64_t number)
{
    return problem == MSG_PAPER_REVISION_MISSING
               ? message_format(page->pool, problem, apr_psprintf(page->pool, "%" APR_INT64_T_FMT, number),
                                NULL)
               : message_format(page->pool, problem, typed, NULL);
}

/* What was typed or scanned; 0 with its error. The next one is to be scanned into an empty field. */
static int read_paper(page_t *page, const char *typed, apr_int64_t *number, apr_int64_t *revision)
{
    exam_t exam;
    message_t problem =
        typed[0] == '\0' ? MSG_PAPER_MISSING : check_paper(page->pool, typed, &exam, number, revision);
    const char *text = NULL;

    if (problem != MSG_OK)
        text = misread(page, problem, typed, *number);
    else if (exam != EXAM_NONE && exam != page->exam)
        text = message_format(page->pool, MSG_PAPER_OTHER_EXAM,
                              registration_display(page->pool, *number, *revision), exam_info(exam)->title,
                              NULL);
    if (text != NULL)
        page_error(page, "confirmation", text);
    apr_hash_set(page->form, "confirmation", APR_HASH_KEY_STRING, "");
    return text == NULL;
}

static int to_list(page_t *page, const list_request_t *request)
{
    return answer_redirect_exam(page, "retours?%s", query_of(page, request));
}

static int take_one(page_t *page, const list_request_t *request)
{
    const char *typed = text_trim(page->pool, form_value(page, "confirmation")), *why;
    apr_int64_t number = 0, revision = 0;
    paper_t paper;
    int answer;

    if (!read_paper(page, typed, &number, &revision))
        return answer_again(page);
    if (!change_begin(page, &answer))
        return answer;
    why = take(page, number, revision, &paper);
    if (db_error(page->db) != DB_OK)
        return answer_db_failed(page);
    if (why != NULL) {
        connection_return(page);
        page_error(page, "confirmation", why);
        return answer_again(page);
    }
    establishment_exam_touch(page->db, page->actor.establishment, page->exam_session->id);
    session_notice(page->db, page->session->id,
                   message_format(page->pool, MSG_NOTICE_PAPER_TAKEN,
                                  registration_display(page->pool, number, revision), paper.name, NULL));
    return change_commit(page, &answer) ? to_list(page, request) : answer;
}

/* ---------------------------------------------------------------- ticked ones */

/* « 3 confirmations rendues. » and what could not be taken. */
static const char *told(page_t *page, int count, message_t one, message_t many, const char *refused)
{
    const char *text = "";

    if (count > 0)
        text = message_format(page->pool, count > 1 ? many : one, apr_itoa(page->pool, count), NULL);
    return apr_pstrcat(page->pool, text, refused, NULL);
}

static int take_back(page_t *page, apr_int64_t number)
{
    int done = 0;

    paper_take_back(page->db, &page->actor.scope, page->exam_session->id, number, &done);
    if (!done)
        return 0;
    page_audit(page, "confirmation.take_back", number, NULL, NULL);
    return tell(page, number) == DB_OK;
}

static int take_ticked(page_t *page, apr_int64_t number, apr_int64_t revision, const char **refused)
{
    paper_t paper;
    const char *why = take(page, number, revision, &paper);

    if (why != NULL)
        *refused = apr_pstrcat(page->pool, *refused, " ", why, NULL);
    return why == NULL;
}

/* All that is ticked is the school's, or nothing is done. */
static int are_all_known(page_t *page, const apr_array_header_t *values)
{
    listing_t listing = {.scope = page->actor.scope, .exam_session = page->exam_session->id};
    int i, known = 1;

    for (i = 0; i < values->nelts && known; i++) {
        listing_found_t found;
        apr_int64_t number = registration_number(APR_ARRAY_IDX(values, i, const char *));

        if (listing_find(page->db, page->pool, &listing, number, &found, &known) != DB_OK)
            return 0;
    }
    return known;
}

static int change_ticked(page_t *page, const list_request_t *request, int returning)
{
    const apr_array_header_t *values = form_list(page, "candidat");
    const char *refused = "";
    int i, answer, count = 0;

    if (!change_begin(page, &answer))
        return answer;
    if (!are_all_known(page, values))
        return answer_not_found(page);
    for (i = 0; i < values->nelts; i++) {
        apr_int64_t number, revision;
        exam_t exam;

        if (check_paper(page->pool, APR_ARRAY_IDX(values, i, const char *), &exam, &number, &revision) ==
            MSG_OK)
            count += returning ? take_ticked(page, number, revision, &refused) : take_back(page, number);
    }
    if (count == 0 && db_error(page->db) == DB_OK) {
        connection_return(page);
        page_error(page, NULL, refused[0] != '\0' ? refused + 1 : message_text(MSG_RETURNS_NONE_TICKED));
        return answer_again(page);
    }
    establishment_exam_touch(page->db, page->actor.establishment, page->exam_session->id);
    session_notice(page->db, page->session->id,
                   told(page, count, returning ? MSG_NOTICE_PAPERS_TAKEN_ONE : MSG_NOTICE_PAPER_TAKEN_BACK,
                        returning ? MSG_NOTICE_PAPERS_TAKEN : MSG_NOTICE_PAPERS_TAKEN_BACK, refused));
    return change_commit(page, &answer) ? to_list(page, request) : answer;
}

int establishment_returns_post(page_t *page)
{
    list_request_t request;
    list_source_t source;
    int answer;

    if (form_action(page, "retour"))
        return school_back_to_menu(page);
    if (!school_lists(page, &source, &answer) || !returns_request(page, &source, &request, &answer))
        return answer;
    if (form_action(page, "rendre") || form_action(page, "retirer"))
        return change_ticked(page, &request, form_action(page, "rendre"));
    return take_one(page, &request);
}
