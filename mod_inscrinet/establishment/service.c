/* SPDX-License-Identifier: Apache-2.0
 *
 * « Fermer / ouvrir le service d'inscription », within the authority's window. The registration service can't
 * be opened before its own password was chosen nor, for the BCP, before the question of the sections
 * européennes was answered (guide, 2).
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "../form.h"
#include "../routes.h"
#include "../school.h"
#include "store/listing.h"
#include "store/registration.h"
#include "store/calendar.h"
#include "text/text.h"

/* Until when, from when, or why not: the authority's window. */
static void model_window(page_t *page, model_t *model, const window_t *window)
{
    static const char *const names[] = {[WINDOW_NONE] = "window_none",
                                        [WINDOW_COMING] = "window_coming",
                                        [WINDOW_OPEN] = "window_open",
                                        [WINDOW_OVER] = "window_over",
                                        [WINDOW_CLOSED] = "window_closed"};
    apr_int64_t instant = window->state == WINDOW_COMING ? window->opens : window->closes;

    model_text(model, names[window->state],
               window->state == WINDOW_NONE || window->state == WINDOW_CLOSED
                   ? "1"
                   : local_time_in_full(page->pool, page->frame.zone, instant));
}

int establishment_service_get(page_t *page)
{
    int answer;
    establishment_exam_t *exam = school_exam(page, &answer);
    apr_int64_t drafts = 0;
    window_t window;
    model_t *model;

    if (exam == NULL)
        return answer;
    model = answer_model(page, message_text(MSG_TITLE_SERVICE));
    if (draft_count(page->db, &page->actor.scope, page->exam_session->id, SERVICE_SCHOOL_REGISTRATION,
                    &drafts) != DB_OK ||
        window_get(page->db, page->exam_session->id, SERVICE_SCHOOL_REGISTRATION, page->now, &window) !=
            DB_OK)
        return answer_db_failed(page);
    model_flag(model, "service_open", exam->service_open);
    model_flag(model, "european_missing", page->exam == EXAM_BCP && exam->european < 0);
    model_flag(model, "password_missing", !school_registration_password_chosen(page));
    model_window(page, model, &window);
    model_int(model, "drafts", drafts);
    model_flag(model, "several_drafts", drafts > 1);
    if (exam->changed != DB_NULL) {
        model_text(model, "changed", local_time_long(page->pool, page->frame.zone, exam->changed));
        model_text(model, "changed_from", exam->changed_from);
        model_text(model, "changed_by", exam->changed_by);
    }
    return answer_render(page, "service", model);
}

/* Before the window it may be opened in advance: pupils are told from when on. */
static void check_window(page_t *page)
{
    window_t window;

    if (window_get(page->db, page->exam_session->id, SERVICE_SCHOOL_REGISTRATION, page->now, &window) !=
        DB_OK)
        return;
    if (window.state == WINDOW_NONE)
        page_error(page, NULL, message_text(MSG_OPENING_NO_WINDOW));
    if (window.state == WINDOW_CLOSED)
        page_error(page, NULL, message_text(MSG_WINDOW_CLOSED));
    if (window.state == WINDOW_OVER)
        page_error(page, NULL,
                   message_format(page->pool, MSG_OPENING_OVER,
                                  local_time_in_full(page->pool, page->frame.zone, window.closes), NULL));
}

static void check_opening(page_t *page, const establishment_exam_t *exam)
{
    if (page->exam == EXAM_BCP && exam->european < 0)
        page_error(page, NULL, message_text(MSG_OPENING_EUROPEAN));
    if (!school_registration_password_chosen(page))
        page_error(page, NULL, message_text(MSG_OPENING_PASSWORD));
    check_window(page);
}

/* « fermé. 3 saisies étaient en cours … »: pupils may have begun since the page was shown. */
static const char *closed_notice(page_t *page)
{
    const char *closed = message_text(MSG_NOTICE_SERVICE_CLOSED);
    apr_int64_t drafts = 0;

    if (draft_count(page->db, &page->actor.scope, page->exam_session->id, SERVICE_SCHOOL_REGISTRATION,
                    &drafts) != DB_OK ||
        drafts == 0)
        return closed;
    return apr_pstrcat(page->pool, closed, " ",
                       message_format(page->pool, drafts > 1 ? MSG_NOTICE_DRAFTS_LEFT : MSG_NOTICE_DRAFT_LEFT,
                                      apr_psprintf(page->pool, "%" APR_INT64_T_FMT, drafts), NULL),
                       NULL);
}

/* In the open transaction. */
static void open_or_close(page_t *page, int opening)
{
    establishment_exam_set_open(page->db, page->actor.establishment, page->exam_session->id, opening,
                                page->now, page_client(page), page->actor.name);
    session_notice(page->db, page->session->id,
                   opening ? message_text(MSG_NOTICE_SERVICE_OPEN) : closed_notice(page));
    page_audit(page, opening ? "service.open" : "service.close", DB_NULL, NULL, NULL);
}

int establishment_service_post(page_t *page)
{
    const char *wanted = form_value(page, "ouvrir");
    int answer, opening = strcmp(wanted, "O") == 0;
    establishment_exam_t *exam;

    if (form_action(page, "retour"))
        return school_back_to_menu(page);
    if (!change_begin(page, &answer))
        return page->frame_read ? answer : answer_db_failed(page);
    if ((exam = school_exam(page, &answer)) == NULL)
        return answer;
    if (wanted[0] == '\0')
        page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
    if (opening)
        check_opening(page, exam);
    if (page_has_errors(page)) {
        connection_return(page);
        return establishment_service_get(page);
    }
    open_or_close(page, opening);
    return change_commit(page, &answer) ? school_back_to_menu(page) : answer;
}
