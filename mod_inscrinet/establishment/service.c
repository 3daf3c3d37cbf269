/* SPDX-License-Identifier: Apache-2.0
 *
 * « Fermer / ouvrir le service d'inscription » and « Section européenne ». The registration service can't be
 * opened before its own password was chosen nor, for the BCP, before the question of the sections européennes
 * was answered (guide, 2).
 */
#include "../inscrinet.h"

#include "../school.h"
#include "text/text.h"

static int back_to_menu(page_t *page)
{
    return page_redirect(page, "%s/", exam_info(page->exam)->path);
}

int establishment_service_get(page_t *page)
{
    int answer;
    establishment_exam_t *exam = school_exam(page, &answer);
    model_t *model;

    if (exam == NULL)
        return answer;
    model = page_model(page, message_text(MSG_TITLE_SERVICE));
    model_flag(model, "service_open", exam->service_open);
    model_flag(model, "european_missing", page->exam == EXAM_BCP && exam->european < 0);
    model_flag(model, "password_missing", !school_registration_password_chosen(page));
    if (exam->changed != DB_NULL) {
        model_text(model, "changed", local_time_long(page->pool, page->frame.zone, exam->changed));
        model_text(model, "changed_from", exam->changed_from);
    }
    return page_render(page, "service", model);
}

static void check_opening(page_t *page, const establishment_exam_t *exam)
{
    if (page->exam == EXAM_BCP && exam->european < 0)
        page_error(page, NULL, message_text(MSG_OPENING_EUROPEAN));
    if (!school_registration_password_chosen(page))
        page_error(page, NULL, message_text(MSG_OPENING_PASSWORD));
}

int establishment_service_post(page_t *page)
{
    const char *wanted = form_value(page, "ouvrir");
    int answer, opening = wanted[0] == 'O';
    establishment_exam_t *exam;
    db_error_t error;

    if (form_action(page, "retour"))
        return back_to_menu(page);
    if ((exam = school_exam(page, &answer)) == NULL)
        return answer;
    if (!opening && wanted[0] != 'N')
        page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
    if (opening)
        check_opening(page, exam);
    if (page_has_errors(page))
        return establishment_service_get(page);
    if (base_begin(page) == NULL)
        return page_db_failed(page, DB_LOST);
    establishment_exam_set_open(page->db, page->session->establishment, page->exam, opening, page->now,
                                page_client(page));
    session_notice(page->db, page->session->id,
                   message_text(opening ? MSG_NOTICE_SERVICE_OPEN : MSG_NOTICE_SERVICE_CLOSED));
    page_audit(page, opening ? "service.open" : "service.close", DB_NULL, NULL, NULL);
    if ((error = base_commit(page)) != DB_OK)
        return page_db_failed(page, error);
    return back_to_menu(page);
}

int establishment_european_get(page_t *page)
{
    int answer;
    establishment_exam_t *exam = school_exam(page, &answer);
    const char *typed = form_value(page, "section_europeenne");
    model_t *model;

    if (exam == NULL)
        return answer;
    if (page->exam != EXAM_BCP)
        return page_fail(page, HTTP_NOT_FOUND);
    model = page_model(page, message_text(MSG_TITLE_EUROPEAN));
    model_flag(model, "yes", typed[0] == 'O' || (typed[0] == '\0' && exam->european == 1));
    model_flag(model, "no", typed[0] == 'N' || (typed[0] == '\0' && exam->european == 0));
    return page_render(page, "european", model);
}

int establishment_european_post(page_t *page)
{
    const char *typed = form_value(page, "section_europeenne");
    int answer, yes = strcmp(typed, "O") == 0;
    establishment_exam_t *exam;
    db_error_t error;

    if (form_action(page, "retour"))
        return back_to_menu(page);
    if ((exam = school_exam(page, &answer)) == NULL)
        return answer;
    if (page->exam != EXAM_BCP)
        return page_fail(page, HTTP_NOT_FOUND);
    if (!yes && strcmp(typed, "N") != 0)
        page_error(page, "section_europeenne", message_text(MSG_EUROPEAN_UNANSWERED));
    if (page_has_errors(page))
        return establishment_european_get(page);
    if (base_begin(page) == NULL)
        return page_db_failed(page, DB_LOST);
    establishment_exam_set_european(page->db, page->session->establishment, page->exam, yes);
    session_notice(page->db, page->session->id,
                   message_text(yes ? MSG_NOTICE_EUROPEAN_YES : MSG_NOTICE_EUROPEAN_NO));
    page_audit(page, "establishment.european", DB_NULL, yes ? "OUI" : "NON", NULL);
    if ((error = base_commit(page)) != DB_OK)
        return page_db_failed(page, error);
    return back_to_menu(page);
}
