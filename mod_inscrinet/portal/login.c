/* SPDX-License-Identifier: Apache-2.0
 *
 * « Connexion » of the services that have accounts, and « Quitter ». Whatever is wrong with a code or a
 * password, the answer is the same; only an empty field and too many tries are told apart.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "../frame.h"
#include "../login.h"
#include "../routes.h"
#include "../session.h"
#include "domain/questionnaire.h"

/* Whether the session that has ended has left something for its account's next login. */
static int left_ticks(page_t *page)
{
    kept_ticks_t *kept = NULL;

    if ((page->service == SERVICE_ESTABLISHMENT || page->service == SERVICE_MANAGER) &&
        (connection_borrow(page) == NULL ||
         ticks_kept(page->db, page->pool, page->ended->id, page->now, &kept) != DB_OK))
        answer_lacks(page);
    return kept != NULL && kept->ticks->nelts > 0;
}

static int left_draft(page_t *page)
{
    int waits = login_draft_waits(page);

    if (connection_has_failed(page))
        answer_lacks(page);
    return waits;
}

static message_t tell_ended(page_t *page)
{
    return left_ticks(page)   ? MSG_NOTICE_TICKS_WAIT
           : left_draft(page) ? MSG_NOTICE_SESSION_ENDED
                              : MSG_NOTICE_SESSION_OVER;
}

static int login_page(page_t *page)
{
    int shared = page->service == SERVICE_SCHOOL_REGISTRATION, manager = page->service == SERVICE_MANAGER;
    model_list_t *fields;
    model_t *model;

    model = answer_model(page, message_text(MSG_TITLE_LOGIN));
    fields = field_list(model);
    field_text(page, fields, "code", manager ? "Identifiant" : "Code établissement",
               manager ? NULL : message_text(shared ? MSG_HINT_CODE : MSG_HINT_CODE_OR_DELEGATE), "text", 1,
               shared ? NULL : "username");
    field_text(page, fields, "mot_de_passe", "Mot de passe", NULL, "password", 1,
               shared ? NULL : "current-password");
    model_flag(model, "first_access",
               page->service == SERVICE_ESTABLISHMENT &&
                   page->config->default_password == DEFAULT_PASSWORD_CODE && page->form == NULL &&
                   page->ended == NULL);
    model_flag(model, "school_registration", shared);
    model_flag(model, "manager", manager);
    if (page->ended != NULL)
        model_text(model, "notice", message_text(tell_ended(page)));
    return answer_render(page, "login", model);
}

int login_get(page_t *page)
{
    if (page->session != NULL && page->form == NULL)
        return answer_redirect(page, "%s", "");
    return login_page(page);
}

/* To where the session that has ended was; in the registration services after a proof. */
static int back_to_draft(page_t *page, const session_item_t *item)
{
    const char *step = item->step != NULL ? item->step : step_info(STEP_CANDIDATURE)->path;

    int there;

    if (frame_turn_to_session(page, item->exam_session, &there) != DB_OK)
        return answer_db_failed(page);
    if (!there)
        return answer_redirect(page, "%s", "");
    if (page->service == SERVICE_MANAGER)
        return answer_redirect(page, "candidats/%s/candidature/%s?dossier=%" APR_INT64_T_FMT, page->exam_path,
                               step, item->ordinal);
    return answer_redirect_exam(
        page, "%s?dossier=%" APR_INT64_T_FMT,
        item->pending ? "reprise" : apr_pstrcat(page->pool, "candidature/", step, NULL), item->ordinal);
}

/* To the page that was ticked once its session had ended. */
static int back_to_ticks(page_t *page, const kept_ticks_t *kept)
{
    int there;

    if (frame_turn_to_session(page, kept->exam_session, &there) != DB_OK)
        return answer_db_failed(page);
    if (!there)
        return answer_redirect(page, "%s", "");
    if (page->service == SERVICE_MANAGER)
        return answer_redirect(page, "candidats/%s/%s?%s&coches=gardees", page->exam_path, kept->page,
                               kept->query);
    return answer_redirect_exam(page, "%s?%s&coches=gardees", kept->page, kept->query);
}

int login_post(page_t *page)
{
    const char *code = form_value(page, "code"), *password = form_value(page, "mot_de_passe");
    int retry = 0, manager = page->service == SERVICE_MANAGER;

    if (code[0] == '\0')
        page_error(page, "code", message_text(manager ? MSG_MANAGER_LOGIN_MISSING : MSG_LOGIN_CODE_MISSING));
    if (password[0] == '\0')
        page_error(page, "mot_de_passe", message_text(MSG_LOGIN_PASSWORD_MISSING));
    if (page_has_errors(page))
        return login_page(page);
    switch (login_try(page, code, password, 1, &retry)) {
    case LOGIN_OK:
        if (page->ticks != NULL)
            return back_to_ticks(page, page->ticks);
        if (page->waiting.ordinal != 0)
            return back_to_draft(page, &page->waiting);
        return answer_redirect(page, "%s", (page->actor.rights & RIGHT_PAGES) == 0 ? "mot-de-passe" : "");
    case LOGIN_THROTTLED:
        answer_throttled(page, "code", retry);
        return login_page(page);
    case LOGIN_UNAVAILABLE:
        return answer_db_failed(page);
    default:
        page_error(page, "code", message_text(manager ? MSG_MANAGER_LOGIN_REFUSED : MSG_LOGIN_WRONG));
        return login_page(page);
    }
}

/* The session goes, and all that its next login would have found again. */
static db_error_t leave(page_t *page, const session_t *session)
{
    db_error_t error;

    if (connection_begin(page) == NULL)
        return connection_failure(page);
    session_delete(page->db, session->id);
    ticks_forget(page->db, session->id);
    page_audit(page, "logout", DB_NULL, NULL, NULL);
    if ((error = connection_commit(page)) == DB_OK)
        session_cookie_clear(page);
    return error;
}

int logout(page_t *page)
{
    const session_t *session = page->session != NULL ? page->session : page->ended;

    if (session == NULL)
        return answer_redirect(page, "%s", "");
    if (leave(page, session) != DB_OK)
        return answer_db_failed(page);
    return answer_redirect(page, "%s", page->service == SERVICE_PUBLIC_REGISTRATION ? "" : "connexion");
}

/* Whoever leaves once his session has ended leaves nothing behind either. */
int logout_keep(page_t *page)
{
    return leave(page, page->session) == DB_OK ? ROUTE_KEPT : answer_db_failed(page);
}
