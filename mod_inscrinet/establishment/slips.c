/* SPDX-License-Identifier: Apache-2.0
 *
 * « Fiches de connexion »: slips for pupils, which say where and with what they log in to register. The
 * registration password is kept as a hash only: whoever prints it has to type it.
 */
#include <apr_strings.h>
#include <stdlib.h>

#include "../answer.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "../hashing.h"
#include "../login.h"
#include "../routes.h"
#include "../school.h"
#include "../stream.h"
#include "../throttle.h"
#include "document/slips.h"
#include "domain/check.h"
#include "slips.h"
#include "store/calendar.h"
#include "text/text.h"

enum { SLIPS_MOST = 500, FREE_TRIES = 5 };

int establishment_slips_get(page_t *page)
{
    model_list_t *fields;
    model_t *model;

    if (connection_borrow(page) == NULL)
        return answer_db_failed(page);
    model = answer_model(page, message_text(MSG_TITLE_SLIPS));
    fields = field_list(model);
    field_text(page, fields, "mot_de_passe", "Mot de passe du service d'inscription",
               message_text(MSG_HINT_SLIPS_PASSWORD), "password", 1, "off");
    field_text(page, fields, "nombre", "Nombre de fiches", message_text(MSG_HINT_SLIPS_NUMBER), "text", 1,
               "off");
    model_flag(model, "password_missing", !school_registration_password_chosen(page));
    return answer_render(page, "slips", model);
}

/* ---------------------------------------------------------------- what a slip says */

/* Exams with the same dates share a line. */
typedef struct opening_t {
    window_t window;
    const char *exams; /* « BCP, CAP » */
} opening_t;

/* « BCP », of a further session « BP automne 2027 ». */
static const char *slip_name(page_t *page, const exam_session_t *session)
{
    const char *code = exam_info(session->exam)->code;

    return session->is_main ? code
                            : apr_psprintf(page->pool, "%s %s %d", code, session->period, session->year);
}

static void add_opening(page_t *page, apr_array_header_t *openings, const opening_t *opening)
{
    int i;

    for (i = 0; i < openings->nelts; i++) {
        opening_t *other = &APR_ARRAY_IDX(openings, i, opening_t);

        if (other->window.opens == opening->window.opens && other->window.closes == opening->window.closes) {
            other->exams = apr_pstrcat(page->pool, other->exams, ", ", opening->exams, NULL);
            return;
        }
    }
    APR_ARRAY_PUSH(openings, opening_t) = *opening;
}

static db_error_t read_openings(page_t *page, const apr_array_header_t *sessions,
                                apr_array_header_t *openings)
{
    int i;

    for (i = 0; i < sessions->nelts; i++) {
        const exam_session_t *session = &APR_ARRAY_IDX(sessions, i, exam_session_t);
        opening_t opening = {.exams = slip_name(page, session)};

        if (window_get(page->db, session->id, SERVICE_SCHOOL_REGISTRATION, page->now, &opening.window) !=
            DB_OK)
            return db_error(page->db);
        if (opening.window.state == WINDOW_OPEN || opening.window.state == WINDOW_COMING)
            add_opening(page, openings, &opening);
    }
    return DB_OK;
}

/* « Ouvert pour BCP, CAP jusqu’au … », a line for each window; NULL: nothing is open or will be. */
static const char *validity(page_t *page, const apr_array_header_t *openings)
{
    const char *zone = page->frame.zone, *text = NULL;
    int i;

    for (i = 0; i < openings->nelts; i++) {
        const opening_t *opening = &APR_ARRAY_IDX(openings, i, opening_t);
        const char *closes = openings->nelts == 1
                                 ? local_time_in_full(page->pool, zone, opening->window.closes)
                                 : local_time_short(page->pool, zone, opening->window.closes);
        const char *line =
            opening->window.state == WINDOW_OPEN
                ? message_format(page->pool, MSG_SLIPS_OPEN, opening->exams, closes, NULL)
                : message_format(page->pool, MSG_SLIPS_COMING, opening->exams,
                                 local_time_short(page->pool, zone, opening->window.opens), closes, NULL);

        text = text == NULL ? line : apr_pstrcat(page->pool, text, "\n", line, NULL);
    }
    return text;
}

const char *slip_address(page_t *page, service_t service)
{
    const char *path = page_link(page, service, ""), *site = NULL;
    apr_size_t length;

    if (parameter_get(page->db, page->pool, NULL, 0, "adresse_site", &site) != DB_OK || site == NULL)
        site = "";
    for (length = strlen(site); length > 0 && site[length - 1] == '/'; length--)
        continue;
    return apr_pstrcat(page->pool, length > 0 ? apr_pstrmemdup(page->pool, site, length) : page_site(page),
                       path, NULL);
}

const char *slip_years(page_t *page, const apr_array_header_t *sessions)
{
    const char *text = "";
    int i, last = 0;

    for (i = 0; i < sessions->nelts; i++) {
        int year = APR_ARRAY_IDX(sessions, i, exam_session_t).year;

        if (year == last || strstr(text, apr_itoa(page->pool, year)) != NULL)
            continue;
        text = apr_pstrcat(page->pool, text, text[0] != '\0' ? ", " : "", apr_itoa(page->pool, year), NULL);
        last = year;
    }
    return text;
}

const char *slip_heading(const page_t *page, const char *of_years)
{
    const char *heading =
        message_format(page->pool, MSG_SLIPS_HEADING, page->frame.authority, of_years, NULL);

    return page->config->test_mode ? message_format(page->pool, MSG_SLIPS_SPECIMEN, heading, NULL) : heading;
}

int slip_draw(page_t *page, const slip_t *slip, int count, const char *heading)
{
    const char *error = NULL;
    apr_status_t status;
    slips_t *slips;
    int i;

    if (!stream_begin(page, STREAM_PDF, "fiches-connexion.pdf"))
        return stream_end(page, APR_SUCCESS, NULL);
    slips = slips_begin(message_text(MSG_TITLE_SLIPS), heading, page->config->fonts, stream_sink, page,
                        page->pool);
    for (i = 0; i < count && slips_add(slips, slip) == APR_SUCCESS; i++)
        continue;
    status = slips_end(slips, &error);
    return stream_end(page, status, error);
}

static int print(page_t *page, const char *password, int count)
{
    apr_array_header_t *openings = apr_array_make(page->pool, 7, sizeof(opening_t)), *sessions;
    establishment_t *school;
    const char *heading;
    slip_t slip;

    if (connection_borrow(page) == NULL ||
        establishment_by_id(page->db, page->pool, page->actor.establishment, &school) != DB_OK ||
        school == NULL || school_sessions(page, &sessions) != DB_OK ||
        read_openings(page, sessions, openings) != DB_OK)
        return answer_db_failed(page);
    slip = (slip_t){.school = apr_pstrcat(page->pool, school->name, school->town != NULL ? ", " : NULL,
                                          school->town, NULL),
                    .address = slip_address(page, SERVICE_SCHOOL_REGISTRATION),
                    .code = school->code,
                    .password = password,
                    .validity = validity(page, openings)};
    if (connection_has_failed(page))
        return answer_db_failed(page);
    heading = slip_heading(page, slip_years(page, sessions));
    connection_return(page);
    return slip_draw(page, &slip, count, heading);
}

/* ---------------------------------------------------------------- « Imprimer » */

/* 0 with its error. */
static int read_count(page_t *page)
{
    const char *kept;
    int count =
        check_number(page->pool, form_value(page, "nombre"), SLIPS_MOST, &kept) == MSG_OK ? atoi(kept) : 0;

    if (count < 1)
        page_error(page, "nombre", message_text(MSG_SLIPS_NUMBER_WRONG));
    return count;
}

/* Each try is noted: whoever sits at somebody else's session must not find the pupils' password by trying. */
static db_error_t note(page_t *page, const throttle_try_t *attempt, int right, int count)
{
    if (connection_begin(page) == NULL)
        return connection_failure(page);
    throttle_end(page, attempt, right);
    page_audit(page, right ? "slips.print" : "proof.failed", DB_NULL,
               right ? apr_itoa(page->pool, count) : NULL, NULL);
    return connection_commit(page);
}

int establishment_slips_post(page_t *page)
{
    const char *password = form_value(page, "mot_de_passe");
    throttle_try_t attempt;
    account_t *account;
    db_error_t error;
    int count, right;

    if (form_action(page, "retour"))
        return answer_redirect(page, "%s", "");
    if (login_account(page, SERVICE_SCHOOL_REGISTRATION, &account) != DB_OK)
        return answer_db_failed(page);
    if (account == NULL || account->password == NULL)
        page_error(page, "mot_de_passe", message_text(MSG_OPENING_PASSWORD));
    else if (password[0] == '\0')
        page_error(page, "mot_de_passe", message_text(MSG_SLIPS_PASSWORD_MISSING));
    count = read_count(page);
    if (page_has_errors(page) || !throttle_proof(page, "fiches", FREE_TRIES, &attempt))
        return establishment_slips_get(page);
    if (!hashing_verify(page, password, account->password, &right)) {
        answer_throttled(page, NULL, 1);
        return establishment_slips_get(page);
    }
    if ((error = note(page, &attempt, right, count)) != DB_OK)
        return answer_db_failed(page);
    if (right)
        return print(page, password, count);
    page_error(page, "mot_de_passe", message_text(MSG_SLIPS_PASSWORD_WRONG));
    return establishment_slips_get(page);
}
