/* SPDX-License-Identifier: Apache-2.0 */
#include "candidate.h"

#include <apr_strings.h>
#include <stdlib.h>

#include "../answer.h"
#include "../cache.h"
#include "../connection.h"
#include "../frame.h"
#include "../school.h"
#include "text/text.h"

enum { LAST_HOUR = 3600 };

int candidate_is_public(const page_t *page)
{
    return page->service == SERVICE_PUBLIC_REGISTRATION;
}

int candidate_is_by_staff(const page_t *page)
{
    return page->service == SERVICE_ESTABLISHMENT || candidate_is_by_office(page);
}

int candidate_is_by_office(const page_t *page)
{
    return page->service == SERVICE_MANAGER;
}

/* The service whose register a registration is made in. */
static service_t register_of(const page_t *page)
{
    return page->service == SERVICE_ESTABLISHMENT ? SERVICE_SCHOOL_REGISTRATION : (service_t)page->service;
}

apr_int64_t candidate_establishment(const page_t *page)
{
    return candidate_is_public(page) || page->session == NULL ? DB_NULL : page->actor.establishment;
}

int candidate_exam_is_there(page_t *page, int *answer)
{
    return candidate_is_public(page) || school_exam(page, answer) != NULL;
}

const char *candidate_follow_link(page_t *page)
{
    return page_link(page, SERVICE_PUBLIC_REGISTRATION,
                     apr_pstrcat(page->pool, page->exam_session->path, "/dossier", NULL));
}

db_error_t candidate_public_questionnaire(page_t *page, const char *specialty, questionnaire_t **made)
{
    questionnaire_t *q = *made = apr_pcalloc(page->pool, sizeof *q);

    q->exam = page->exam;
    q->service = SERVICE_PUBLIC_REGISTRATION;
    q->session_year = page->exam_session->year;
    return cache_questionnaire(page, q, NULL, specialty);
}

/* registering: for the transaction that registers, the base itself is asked whether the specialty is offered;
 * else all that is offered, as it was lately. */
static db_error_t make_questionnaire(page_t *page, const establishment_t *school,
                                     const establishment_exam_t *exam, const answers_t *answers,
                                     int registering, questionnaire_t **made)
{
    const char *specialty = answers->value[Q_SPECIALTY];
    school_offers_t found;
    db_error_t error = school != NULL ? school_questionnaire(page, school, exam, specialty, made)
                                      : candidate_public_questionnaire(page, specialty, made);

    if (error != DB_OK || school == NULL || !registering)
        return error;
    if (establishment_offers_of(page->db, page->pool, school->id, page->exam_session->id,
                                specialty != NULL ? specialty : "", &found) != DB_OK)
        return db_error(page->db);
    (*made)->specialties = found.specialties;
    (*made)->offers = found.offers;
    return DB_OK;
}

db_error_t candidate_questionnaire(page_t *page, const answers_t *answers, questionnaire_t **found,
                                   establishment_t **school)
{
    apr_int64_t id = candidate_establishment(page);
    establishment_exam_t *exam = NULL;

    *found = NULL;
    *school = NULL;
    if (connection_borrow(page) == NULL)
        return connection_failure(page);
    if (id != DB_NULL &&
        (establishment_by_id(page->db, page->pool, id, school) != DB_OK ||
         establishment_exam_get(page->db, page->pool, id, page->exam_session->id, &exam) != DB_OK))
        return db_error(page->db);
    if (id != DB_NULL && (*school == NULL || exam == NULL))
        return DB_OK;
    return make_questionnaire(page, *school, exam, answers, 0, found);
}

const char *candidate_window_text(page_t *page, const window_t *window)
{
    const char *zone = page->frame.zone;

    switch (window->state) {
    case WINDOW_COMING:
        return message_format(page->pool, MSG_WINDOW_COMING,
                              local_time_in_full(page->pool, zone, window->opens), NULL);
    case WINDOW_OVER:
        return message_format(page->pool,
                              candidate_is_by_staff(page) ? MSG_MODIFY_OVER
                              : candidate_is_public(page) ? MSG_WINDOW_OVER_PUBLIC
                                                          : MSG_WINDOW_OVER,
                              local_time_in_full(page->pool, zone, window->closes), NULL);
    case WINDOW_CLOSED:
        return message_text(MSG_WINDOW_CLOSED);
    case WINDOW_NONE:
        return message_text(MSG_WINDOW_NONE);
    default:
        return NULL;
    }
}

/* A school that closes its service closes it to its pupils, not to itself. */
static int is_open(const page_t *page, const establishment_exam_t *exam)
{
    return candidate_is_public(page) || (exam != NULL && (candidate_is_by_staff(page) || exam->service_open));
}

static const char *closed_text(page_t *page, const establishment_exam_t *exam, const window_t *window)
{
    if (!is_open(page, exam))
        return message_text(MSG_SERVICE_CLOSED);
    return candidate_window_text(page, window);
}

db_error_t candidate_may_register(page_t *page, const char **text, window_t *window)
{
    apr_int64_t id = candidate_establishment(page);
    establishment_exam_t *exam = NULL;

    *text = NULL;
    if (connection_borrow(page) == NULL)
        return connection_failure(page);
    if (window_get(page->db, page->exam_session->id, register_of(page), page->now, window) != DB_OK ||
        (id != DB_NULL &&
         establishment_exam_get(page->db, page->pool, id, page->exam_session->id, &exam) != DB_OK))
        return db_error(page->db);
    *text = closed_text(page, exam, window);
    return DB_OK;
}

/* The authority may leave some minutes for the last click of who had begun before the end. */
static int is_in_grace(const page_t *page, const candidate_t *candidate)
{
    const exam_rules_t *rules = candidate->q->rules;

    return rules != NULL && candidate->window.state != WINDOW_OPEN &&
           candidate->window.state != WINDOW_CLOSED && candidate->draft->created < candidate->window.ended &&
           page->now < candidate->window.ended + 60 * (apr_int64_t)rules->grace_minutes;
}

/* What the plain address means may have changed since the browser was led there. */
static db_error_t find_elsewhere(page_t *page, candidate_t *candidate)
{
    session_item_t item;
    int known;
    db_error_t error =
        session_item_get(page->db, page->pool, page->session->id, 0, candidate->ordinal, &item, &known);

    if (error == DB_OK && known && item.exam_session != page->exam_session->id)
        candidate->elsewhere = item.exam_session;
    return error;
}

/* The exam office corrects what has closed to all others. */
static void find_closed(page_t *page, const establishment_exam_t *exam, int registering,
                        candidate_t *candidate)
{
    candidate->closed = closed_text(page, exam, &candidate->window);
    if (registering && is_open(page, exam) && is_in_grace(page, candidate))
        candidate->closed = NULL;
    if (candidate_is_by_staff(page) && !candidate->q->rules->school_modifies)
        candidate->closed = message_text(MSG_MODIFY_NOT_ALLOWED);
}

db_error_t candidate_read(page_t *page, int registering, candidate_t *candidate)
{
    dossier_t *state = apr_palloc(page->pool, sizeof *state);
    db_error_t error;

    *candidate = (candidate_t){.ordinal = page_number(page, "dossier")};
    if (candidate->ordinal <= 0 || page->session == NULL)
        return DB_OK;
    if (connection_borrow(page) == NULL)
        return page->failure;
    if (registering && (error = frame_hold(page, candidate->ordinal)) != DB_OK)
        return error;
    if (dossier_get(page->db, page->pool, page->session->id, candidate->ordinal, page->exam_session->id,
                    register_of(page), page->now, state) != DB_OK)
        return db_error(page->db);
    if (!state->known && (error = find_elsewhere(page, candidate)) != DB_OK)
        return error;
    candidate->draft = state->draft;
    candidate->gone = state->known && state->draft == NULL && state->number == 0;
    candidate->done = state->number;
    candidate->pending = state->pending;
    candidate->step = state->step;
    candidate->school = state->school;
    candidate->window = state->window;
    if (candidate->draft == NULL || (state->school != NULL && state->exam == NULL))
        return DB_OK;
    error = make_questionnaire(page, state->school, state->exam, candidate->draft->answers, registering,
                               &candidate->q);
    if (error == DB_OK && !candidate_is_by_office(page))
        find_closed(page, state->exam, registering, candidate);
    return error;
}

void candidate_model_closing(page_t *page, model_t *model, const window_t *window)
{
    if (window->state == WINDOW_OPEN)
        model_text(model, "closes", local_time_in_full(page->pool, page->frame.zone, window->closes));
    if (window->state == WINDOW_OPEN && window->closes - page->now < LAST_HOUR)
        model_int(model, "minutes_left", (window->closes - page->now + 59) / 60);
    model_text(model, "clock", local_time_in_full(page->pool, page->frame.zone, page->now));
}
