/* SPDX-License-Identifier: Apache-2.0
 *
 * One school: what it is, whether it has come in yet, its sessions; and what a manager does for it: the
 * activation window, a new password of either service, its registration service closed and opened again.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../cache.h"
#include "../change.h"
#include "../connection.h"
#include "../establishment/slips.h"
#include "../form.h"
#include "../frame.h"
#include "../login.h"
#include "../manager.h"
#include "../routes.h"
#include "../school.h"
#include "../session.h"
#include "school.h"
#include "domain/check.h"
#include "store/establishment.h"
#include "store/exam_session.h"
#include "text/text.h"
#include "text/token.h"

enum { DAY = 24 * 3600, DAYS_MOST = 366 };

/* Whether it presents a session of one of the manager's exams; -1: the base has failed. */
static int presents_his(page_t *page, const establishment_t *school)
{
    const apr_array_header_t *sessions;
    apr_array_header_t *exams;
    int i;

    if (page->actor.exams == EXAM_ALL)
        return 1;
    if (cache_sessions(page, &sessions) != DB_OK ||
        establishment_exams(page->db, page->pool, school->id, &exams) != DB_OK)
        return -1;
    for (i = 0; i < exams->nelts; i++) {
        const exam_session_t *session =
            exam_session_of_id(sessions, APR_ARRAY_IDX(exams, i, establishment_exam_t).exam_session);

        if (session != NULL && actor_has_exam(&page->actor, session->exam))
            return 1;
    }
    return 0;
}

establishment_t *manager_school_named(page_t *page, int *answer)
{
    establishment_t *school = NULL;
    int his;

    if (connection_borrow(page) == NULL ||
        establishment_by_code(page->db, page->pool, page->code, &school) != DB_OK)
        *answer = answer_db_failed(page);
    else if (school == NULL || !manager_sees_department(page, school->department) ||
             (his = presents_his(page, school)) == 0)
        *answer = answer_not_found(page);
    else if (his < 0)
        *answer = answer_db_failed(page);
    else
        return school;
    return NULL;
}

int manager_school_whole(const page_t *page)
{
    return (page->actor.rights & RIGHT_CHANGE) != 0 && page->actor.exams == EXAM_ALL;
}

/* ---------------------------------------------------------------- the page */

static void model_activation(page_t *page, model_t *model, const establishment_t *school)
{
    const char *zone = page->frame.zone;

    if (school->activated != DB_NULL) {
        model_text(model, "activated", local_time_short(page->pool, zone, school->activated));
        model_text(model, "activated_from", school->activated_from);
    } else if (establishment_activation_open(school, page->now))
        model_text(model, "activation_closes", local_time_short(page->pool, zone, school->activation_closes));
}

static db_error_t model_account(page_t *page, model_t *model, const establishment_t *school,
                                service_t service, const char *name)
{
    model_t *row = model_list_object(model_list(model, name));
    account_t *account;

    if (account_get(page->db, page->pool, service, school->code, &account) != DB_OK)
        return db_error(page->db);
    model_flag(row, "chosen", account != NULL && account->password != NULL);
    model_flag(row, "given", account != NULL && account->password != NULL && account->temporary);
    if (account != NULL && account->last_login != DB_NULL)
        model_text(row, "last_login", local_time_long(page->pool, page->frame.zone, account->last_login));
    return DB_OK;
}

static db_error_t model_sessions(page_t *page, model_t *model, const establishment_t *school)
{
    model_list_t *rows = model_list(model, "sessions");
    const apr_array_header_t *sessions;
    apr_array_header_t *exams;
    int i;

    if (cache_sessions(page, &sessions) != DB_OK ||
        establishment_exams(page->db, page->pool, school->id, &exams) != DB_OK)
        return connection_failure(page);
    for (i = 0; i < exams->nelts; i++) {
        const establishment_exam_t *exam = &APR_ARRAY_IDX(exams, i, establishment_exam_t);
        const exam_session_t *session = exam_session_of_id(sessions, exam->exam_session);
        model_t *row;

        if (session == NULL || !actor_has_exam(&page->actor, session->exam))
            continue;
        row = model_list_object(rows);
        model_text(row, "title", session->title);
        model_text(row, "dated", session->dated);
        model_flag(row, "archived", session->state == EXAM_SESSION_ARCHIVED);
        model_flag(row, "open", exam->service_open);
        model_text(row, "changed_by", exam->changed_by);
        if (exam->changed != DB_NULL)
            model_text(row, "changed", local_time_short(page->pool, page->frame.zone, exam->changed));
    }
    return DB_OK;
}

/* Those of his exams that it doesn't present: what it offers there is how it begins to. */
static db_error_t model_others(page_t *page, model_t *model, const establishment_t *school)
{
    model_list_t *rows = model_list(model, "others");
    apr_array_header_t *his;
    int i;

    if (manager_exam_sessions(page, &his) != DB_OK)
        return connection_failure(page);
    for (i = 0; i < his->nelts; i++) {
        const exam_session_t *session = &APR_ARRAY_IDX(his, i, exam_session_t);
        establishment_exam_t *exam;
        model_t *row;

        if (connection_borrow(page) == NULL ||
            establishment_exam_get(page->db, page->pool, school->id, session->id, &exam) != DB_OK)
            return connection_failure(page);
        if (exam != NULL || session->state == EXAM_SESSION_ARCHIVED)
            continue;
        row = model_list_object(rows);
        model_text(row, "title", session->title);
        model_text(row, "dated", session->dated);
        model_flag(model, "any_others", 1);
    }
    return DB_OK;
}

static void model_facts(model_t *model, const establishment_t *school)
{
    model_text(model, "code", school->code);
    model_text(model, "kind", school->kind);
    model_text(model, "town", school->town);
    model_text(model, "postal_code", school->postal_code);
    model_flag(model, "public", strcmp(school->sector, "PU") == 0);
    model_flag(model, "under_contract", strcmp(school->sector, "PR") == 0);
    model_flag(model, "licensed", school->licensed_ccf);
}

int manager_school_get(page_t *page)
{
    establishment_t *school;
    model_t *model;
    int answer;

    if ((school = manager_school_named(page, &answer)) == NULL)
        return answer;
    model = answer_model(page, school->name);
    model_facts(model, school);
    model_activation(page, model, school);
    if (model_account(page, model, school, SERVICE_ESTABLISHMENT, "suivi") != DB_OK ||
        model_account(page, model, school, SERVICE_SCHOOL_REGISTRATION, "inscription") != DB_OK ||
        model_sessions(page, model, school) != DB_OK || model_others(page, model, school) != DB_OK)
        return answer_db_failed(page);
    manager_model(page, model);
    model_flag(model, "access", manager_school_whole(page));
    manager_model_parent(model, message_text(MSG_TITLE_SCHOOLS), "etablissements");
    model_text(model, "days", form_was_sent(page, "jours") ? form_value(page, "jours") : "10");
    session_forget_notice(page);
    return answer_render(page, "manager_school", model);
}

/* ---------------------------------------------------------------- acts */

static int done(page_t *page, const establishment_t *school, const char *action, const char *detail,
                const char *notice)
{
    int answer;

    session_notice(page->db, page->session->id, notice);
    page_audit_school(page, school->code, action, detail);
    return change_commit(page, &answer) ? answer_redirect(page, "etablissements/%s", school->code) : answer;
}

static int activate(page_t *page, const establishment_t *school, int opening)
{
    int days = opening ? number_within(form_value(page, "jours"), 1, DAYS_MOST) : 0, answer;
    apr_int64_t closes = page->now + (apr_int64_t)days * DAY, changed;

    if (days < 0) {
        page_error(page, "jours", message_text(MSG_SCHOOL_DAYS_WRONG));
        return manager_school_get(page);
    }
    if (!change_begin(page, &answer))
        return answer;
    if (!opening) {
        establishment_activation(page->db, school->code, DB_NULL, DB_NULL, &changed);
        return done(page, school, "activation.close", NULL, message_text(MSG_NOTICE_ACTIVATION_CLOSED));
    }
    establishment_activation(page->db, school->code, page->now, closes, &changed);
    return done(page, school, "activation.open", apr_psprintf(page->pool, "%d days", days),
                message_format(page->pool, MSG_NOTICE_ACTIVATION_OPEN,
                               local_time_long(page->pool, page->frame.zone, closes), NULL));
}

/* In the open transaction. A password that was given is to be changed by whoever gets it; that of a class
 * isn't. */
static db_error_t set_password(page_t *page, const establishment_t *school, service_t service,
                               const char *hash)
{
    account_t *account;
    apr_int64_t id;

    if (account_get(page->db, page->pool, service, school->code, &account) != DB_OK)
        return db_error(page->db);
    if (account == NULL)
        return account_add(page->db, service, school->code, school->id, hash, page->now, &id);
    return service == SERVICE_ESTABLISHMENT ? account_give_password(page->db, account->id, hash, page->now)
                                            : account_set_password(page->db, account->id, hash, page->now);
}

/* A slip to hand over, on which alone the password stands. */
static int draw_slip(page_t *page, const establishment_t *school, service_t service, const char *password)
{
    apr_array_header_t *sessions;
    const char *heading;
    slip_t slip;

    if (school_sessions_of(page, school->id, &sessions) != DB_OK)
        return answer_db_failed(page);
    slip = (slip_t){
        .school = school->name,
        .address = slip_address(page, service),
        .code = school->code,
        .password = password,
        .validity = message_text(service == SERVICE_ESTABLISHMENT ? MSG_SLIP_SUIVI : MSG_SLIP_REGISTRATION)};
    heading = slip_heading(page, slip_years(page, sessions));
    connection_return(page);
    return slip_draw(page, &slip, 1, heading);
}

/* In the open transaction: as the page that follows tells it, or as a slip. */
static int tell_password(page_t *page, const establishment_t *school, service_t service, const char *password)
{
    message_t notice = service == SERVICE_ESTABLISHMENT ? MSG_NOTICE_SCHOOL_PASSWORD
                                                        : MSG_NOTICE_SCHOOL_REGISTRATION_PASSWORD;
    int answer;

    if (form_value(page, "fiche")[0] == '\0')
        return done(page, school, "password.reset", service_info(service)->code,
                    message_format(page->pool, notice, password, NULL));
    page_audit_school(page, school->code, "password.reset", service_info(service)->code);
    return change_commit(page, &answer) ? draw_slip(page, school, service, password) : answer;
}

static int give_password(page_t *page, const establishment_t *school, service_t service)
{
    const char *password = token_password(page->pool), *hash;
    int answer;

    connection_return(page);
    if ((hash = login_hash(page, password)) == NULL)
        return answer_fail(page, STATUS_FAILED);
    if (!change_begin(page, &answer))
        return answer;
    if (set_password(page, school, service, hash) != DB_OK)
        return answer_db_failed(page);
    return tell_password(page, school, service, password);
}

/* The session that a form names, if the school presents it and it is the manager's; NULL: 404. */
static const exam_session_t *session_of_form(page_t *page, const establishment_t *school,
                                             establishment_exam_t **presented)
{
    const char *path = form_value(page, "session");
    const apr_array_header_t *sessions;
    const exam_session_t *session;
    int year, month;
    exam_t exam;

    *presented = NULL;
    if (!exam_session_of_path(path, strlen(path), &exam, &year, &month) ||
        !actor_has_exam(&page->actor, exam) || cache_sessions(page, &sessions) != DB_OK ||
        (session = exam_session_named(sessions, exam, year, month)) == NULL ||
        connection_borrow(page) == NULL ||
        establishment_exam_get(page->db, page->pool, school->id, session->id, presented) != DB_OK)
        return NULL;
    return *presented != NULL ? session : NULL;
}

/* What keeps the school from opening it keeps a manager, too. 0: the base has failed. */
static int check_opening(page_t *page, const establishment_t *school, const exam_session_t *session,
                         const establishment_exam_t *presented)
{
    account_t *account;

    if (account_get(page->db, page->pool, SERVICE_SCHOOL_REGISTRATION, school->code, &account) != DB_OK)
        return 0;
    if (account == NULL || account->password == NULL)
        page_error(page, NULL, message_text(MSG_SCHOOL_NO_PASSWORD));
    if (session->exam == EXAM_BCP && presented->european < 0)
        page_error(page, NULL, message_text(MSG_SCHOOL_NO_EUROPEAN));
    return 1;
}

static int open_or_close(page_t *page, const establishment_t *school, int opening)
{
    establishment_exam_t *presented;
    const exam_session_t *session = session_of_form(page, school, &presented);
    int answer;

    if (session == NULL)
        return connection_has_failed(page) ? answer_db_failed(page) : answer_not_found(page);
    if (session->state == EXAM_SESSION_ARCHIVED) {
        page->status = STATUS_FORBIDDEN;
        return answer_refuse(page, message_text(MSG_SESSION_ARCHIVED));
    }
    if (opening && !check_opening(page, school, session, presented))
        return answer_db_failed(page);
    if (page_has_errors(page))
        return manager_school_get(page);
    connection_return(page);
    if (!change_begin(page, &answer))
        return answer;
    establishment_exam_set_open(page->db, school->id, session->id, opening, page->now, page_client(page),
                                page->actor.name);
    return done(page, school, opening ? "service.open" : "service.close", session->path,
                message_format(page->pool, opening ? MSG_NOTICE_SCHOOL_OPENED : MSG_NOTICE_SCHOOL_CLOSED,
                               session->title, NULL));
}

static int act_on_access(page_t *page, const establishment_t *school)
{
    if (!manager_school_whole(page))
        return answer_fail(page, STATUS_FORBIDDEN);
    if (form_action(page, "activer") || form_action(page, "desactiver")) {
        connection_return(page);
        return activate(page, school, form_action(page, "activer"));
    }
    return give_password(page, school,
                         form_action(page, "suivi") ? SERVICE_ESTABLISHMENT : SERVICE_SCHOOL_REGISTRATION);
}

int manager_school_post(page_t *page)
{
    establishment_t *school;
    int answer;

    if (form_action(page, "retour"))
        return answer_redirect(page, "etablissements");
    if ((school = manager_school_named(page, &answer)) == NULL)
        return answer;
    if (form_action(page, "ouvrir") || form_action(page, "fermer"))
        return open_or_close(page, school, form_action(page, "ouvrir"));
    if (form_value(page, "action")[0] != '\0')
        return act_on_access(page, school);
    page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
    return manager_school_get(page);
}
