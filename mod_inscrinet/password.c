/* SPDX-License-Identifier: Apache-2.0 */
#include "password.h"

#include <apr_strings.h>

#include "answer.h"
#include "connection.h"
#include "field.h"
#include "form.h"
#include "hashing.h"
#include "throttle.h"

int password_is_forced(const page_t *page)
{
    return (page->actor.rights & RIGHT_PAGES) == 0;
}

int password_page(page_t *page, message_t title, const char *hint, message_t of_new)
{
    model_t *model = answer_model(page, message_text(title));
    model_list_t *fields = field_list(model);

    field_text(page, fields, "actuel", "Mot de passe actuel", hint, "password", 1, "current-password");
    field_text(page, fields, "nouveau", "Nouveau mot de passe", message_text(of_new), "password", 1,
               "new-password");
    field_text(page, fields, "confirmation", "Confirmation du nouveau mot de passe", NULL, "password", 1,
               "new-password");
    model_flag(model, "forced", password_is_forced(page));
    model_flag(model, "given", password_is_forced(page) && page->actor.role == ROLE_DELEGATE);
    model_text(model, "login", page->actor.login);
    return answer_render(page, "password", model);
}

/* 0: too many passwords are being compared. */
static int is_current(page_t *page, const password_change_t *change, const char *typed, int *right)
{
    *right = change->default_code != NULL && strcasecmp(typed, change->default_code) == 0;
    if (!*right && change->own != NULL && !hashing_verify(page, typed, change->own, right))
        return 0;
    return *right || !change->either || change->other == NULL ||
           hashing_verify(page, typed, change->other, right);
}

/* A try like a login's, in the same buckets. 0: it isn't right, or must wait; the page has its error, or the
 * base has failed. */
static int check_current(page_t *page, const password_change_t *change)
{
    const char *current = form_value(page, "actuel");
    throttle_try_t attempt;
    int right = 0, retry = 1;
    throttle_result_t result;

    if (current[0] == '\0') {
        page_error(page, "actuel", message_text(MSG_PASSWORD_CURRENT_MISSING));
        return 0;
    }
    result = throttle_login(page, change->service, page->actor.login, &attempt, &retry);
    if (result == THROTTLE_FAILS)
        return 0;
    if (result == THROTTLE_STOPS || !is_current(page, change, current, &right)) {
        answer_throttled(page, "actuel", retry);
        return 0;
    }
    if (throttle_settle(page, &attempt, right) != DB_OK)
        return 0;
    if (!right)
        page_error(page, "actuel", message_text(MSG_PASSWORD_CURRENT_WRONG));
    return right;
}

/* Whether what was chosen is a password in use. 0: too many are being compared. */
static int check_in_use(page_t *page, const password_change_t *change, const char *chosen, message_t *problem)
{
    int same = 0;

    if (change->own != NULL && !hashing_verify(page, chosen, change->own, &same))
        return 0;
    if (same)
        *problem = MSG_PASSWORD_FORMER;
    else if (change->other != NULL && !hashing_verify(page, chosen, change->other, &same))
        return 0;
    else if (same)
        *problem = MSG_PASSWORD_OTHER_SERVICE;
    return 1;
}

int password_check(page_t *page, const password_change_t *change)
{
    const char *chosen = form_value(page, "nouveau");
    message_t problem;

    if (!check_current(page, change))
        return 0;
    problem = check_new_password(&change->rules, chosen, form_value(page, "confirmation"));
    if (problem == MSG_OK && !check_in_use(page, change, chosen, &problem)) {
        answer_throttled(page, "nouveau", 1);
        return 0;
    }
    if (problem != MSG_OK)
        page_error(page, problem == MSG_PASSWORD_MISMATCH ? "confirmation" : "nouveau",
                   message_text(problem));
    return problem == MSG_OK;
}

int password_answer_wrong(page_t *page)
{
    return page_has_errors(page) ? answer_again(page) : answer_db_failed(page);
}
