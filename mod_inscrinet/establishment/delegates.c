/* SPDX-License-Identifier: Apache-2.0
 *
 * « Délégués »: whom the head lets in by an account of his own, with all his rights or all but passwords. The
 * first password is made here, shown once, and opens only the page where its owner chooses another.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "../login.h"
#include "../routes.h"
#include "../school.h"
#include "../session.h"
#include "domain/check.h"
#include "store/delegate.h"
#include "text/text.h"

enum { DELEGATES_MOST = 20 };

static int is_oneself(const page_t *page, const char *login)
{
    return strcmp(page->actor.login, login) == 0;
}

static void model_delegate(page_t *page, model_t *row, const delegate_t *delegate)
{
    model_text(row, "login", delegate->login);
    model_flag(row, "no_passwords", delegate->rights == RIGHTS_NO_PASSWORDS);
    model_flag(row, "temporary", delegate->temporary);
    model_flag(row, "other", !is_oneself(page, delegate->login));
    model_text(row, "created_by", delegate->created_by);
    if (delegate->last_login == DB_NULL)
        return;
    model_text(row, "last_login", local_time_short(page->pool, page->frame.zone, delegate->last_login));
    model_text(row, "last_login_from", delegate->last_login_from);
}

int establishment_delegates_get(page_t *page)
{
    const char *rights = form_value(page, "droits");
    apr_array_header_t *delegates;
    model_list_t *rows;
    model_t *model;
    int i;

    if (connection_borrow(page) == NULL ||
        delegate_list(page->db, page->pool, page->actor.establishment, &delegates) != DB_OK)
        return answer_db_failed(page);
    model = answer_model(page, message_text(MSG_TITLE_DELEGATES));
    field_text(page, field_list(model), "nom", "Nom du délégué", message_text(MSG_HINT_DELEGATE_NAME), "text",
               1, "off");
    model_text(model, "rights_error", page_error_of(page, "droits"));
    model_flag(model, "rights_all", strcmp(rights, "tout") == 0);
    model_flag(model, "rights_less", strcmp(rights, "sauf") == 0);
    model_text(model, "code", page->actor.school);
    model_flag(model, "any", delegates->nelts > 0);
    rows = model_list(model, "rows");
    for (i = 0; i < delegates->nelts; i++)
        model_delegate(page, model_list_object(rows), &APR_ARRAY_IDX(delegates, i, delegate_t));
    session_forget_notice(page);
    return answer_render(page, "delegates", model);
}

/* ---------------------------------------------------------------- changes */

/* « 0590001A.MARIE-DURAND » of what was typed; NULL with its error. */
static const char *login_of(page_t *page)
{
    const char *typed = text_trim(page->pool, form_value(page, "nom")), *name;
    message_t problem =
        typed[0] == '\0' ? MSG_DELEGATE_NAME_MISSING : check_delegate_name(page->pool, typed, &name);

    if (problem == MSG_OK)
        return apr_pstrcat(page->pool, page->actor.school, ".", name, NULL);
    page_error(page, "nom", message_text(problem));
    return NULL;
}

static void check_room(page_t *page, const char *login)
{
    apr_array_header_t *delegates;
    int i;

    if (delegate_list(page->db, page->pool, page->actor.establishment, &delegates) != DB_OK)
        return;
    for (i = 0; i < delegates->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(delegates, i, delegate_t).login, login) == 0)
            page_error(page, "nom", message_text(MSG_DELEGATE_TWICE));
    if (delegates->nelts >= DELEGATES_MOST)
        page_error(
            page, "nom",
            message_format(page->pool, MSG_DELEGATES_MANY, apr_itoa(page->pool, DELEGATES_MOST), NULL));
}

/* Commit, and say so once on the page. */
static int done(page_t *page, const char *action, const char *login, const char *notice)
{
    int answer;

    session_notice(page->db, page->session->id, notice);
    page_audit(page, action, DB_NULL, login, NULL);
    return change_commit(page, &answer) ? answer_redirect(page, "delegues") : answer;
}

static int add(page_t *page)
{
    const char *rights = form_value(page, "droits"), *login = login_of(page), *password, *hash;
    int less = strcmp(rights, "sauf") == 0, answer;

    if (!less && strcmp(rights, "tout") != 0)
        page_error(page, "droits", message_text(MSG_DELEGATE_RIGHTS_MISSING));
    if (page_has_errors(page))
        return establishment_delegates_get(page);
    connection_return(page); /* hashing takes its time */
    password = token_password(page->pool);
    hash = login_hash(page, password);
    if (hash == NULL)
        return answer_fail(page, STATUS_FAILED);
    if (!change_begin(page, &answer))
        return answer;
    check_room(page, login);
    if (page_has_errors(page)) {
        connection_return(page);
        return establishment_delegates_get(page);
    }
    delegate_add(page->db, page->actor.establishment, login, less ? RIGHTS_NO_PASSWORDS : RIGHTS_ALL, hash,
                 page->actor.login, page->now);
    return done(page, "delegate.add", login,
                message_format(page->pool, MSG_NOTICE_DELEGATE_ADDED, login, password, NULL));
}

static int reset(page_t *page, const char *login)
{
    const char *password = token_password(page->pool), *hash;
    int answer, known;

    connection_return(page);
    hash = login_hash(page, password);
    if (hash == NULL)
        return answer_fail(page, STATUS_FAILED);
    if (!change_begin(page, &answer))
        return answer;
    if (delegate_reset(page->db, page->actor.establishment, login, hash, page->now, &known) != DB_OK)
        return answer_db_failed(page);
    if (!known)
        return answer_not_found(page);
    return done(page, "delegate.reset", login,
                message_format(page->pool, MSG_NOTICE_DELEGATE_RESET, login, password, NULL));
}

static int take_out(page_t *page, const char *login)
{
    int answer, known;

    if (!change_begin(page, &answer))
        return answer;
    if (delegate_remove(page->db, page->actor.establishment, login, &known) != DB_OK)
        return answer_db_failed(page);
    if (!known)
        return answer_not_found(page);
    return done(page, "delegate.remove", login,
                message_format(page->pool, MSG_NOTICE_DELEGATE_REMOVED, login, NULL));
}

int establishment_delegates_post(page_t *page)
{
    const char *again = form_value(page, "reinitialiser"), *out = form_value(page, "retirer");

    if (form_action(page, "retour"))
        return answer_redirect(page, "%s", "");
    if (is_oneself(page, again) || is_oneself(page, out))
        return answer_fail(page, STATUS_FORBIDDEN); /* « Changer le mot de passe » is for that */
    if (again[0] != '\0')
        return reset(page, again);
    return out[0] != '\0' ? take_out(page, out) : add(page);
}
