/* SPDX-License-Identifier: Apache-2.0
 *
 * An exam's menu in the service Établissement, in the guide's order, with the figures at a glance and what
 * remains to be done before the registration service can be opened.
 */
#include "../inscrinet.h"

#include "../school.h"
#include "store/calendar.h"
#include "store/registration.h"
#include "text/text.h"

static void model_figures(page_t *page, model_t *model, const establishment_exam_t *exam)
{
    listing_t listing = {.establishment = page->session->establishment, .exam = page->exam};
    listing_counts_t counts;
    apr_int64_t drafts = 0;
    window_t window;

    if (listing_count(page->db, &listing, &listing_end, &counts) != DB_OK ||
        draft_count(page->db, page->session->establishment, page->exam, &drafts) != DB_OK ||
        window_get(page->db, page->exam, SERVICE_SCHOOL_REGISTRATION, page->now, &window) != DB_OK)
        return;
    model_int(model, "valid", counts.valid);
    model_int(model, "cancelled", counts.cancelled);
    model_int(model, "drafts", drafts);
    model_flag(model, "service_open", exam->service_open);
    model_flag(model, "window_open", window.state == WINDOW_OPEN);
    if (window.state == WINDOW_OPEN)
        model_text(model, "closes", local_time_in_full(page->pool, page->frame.zone, window.closes));
    if (window.state == WINDOW_COMING)
        model_text(model, "opens", local_time_in_full(page->pool, page->frame.zone, window.opens));
}

int establishment_menu(page_t *page)
{
    int answer;
    establishment_exam_t *exam = school_exam(page, &answer);
    model_t *model;

    if (exam == NULL)
        return answer;
    model = page_model(page, "Service Établissement");
    model_figures(page, model, exam);
    model_flag(model, "european_asked", page->exam == EXAM_BCP);
    model_flag(model, "european_missing", page->exam == EXAM_BCP && exam->european < 0);
    model_flag(model, "passwords", page->session->rights == RIGHTS_ALL);
    model_flag(model, "password_missing", !school_registration_password_chosen(page));
    if (page->session->previous_login != DB_NULL) {
        model_text(model, "previous_login",
                   local_time_long(page->pool, page->frame.zone, page->session->previous_login));
        model_text(model, "previous_login_from", page->session->previous_login_from);
    }
    school_forget_notice(page);
    return page_render(page, "menu", model);
}
