/* SPDX-License-Identifier: Apache-2.0
 *
 * What was done with a registration, when, by whom, and which answers it has changed.
 */
#include "history.h"

#include "../connection.h"
#include "domain/act.h"
#include "domain/check.h"
#include "store/history.h"
#include "text/text.h"

enum { MOST = 100 };

/* The table while it is told, from the last entry to the first. */
typedef struct telling_t {
    page_t *page;
    const application_t *file;
    model_list_t *rows;
    const answers_t *after; /* the answers that the next revision was replaced by, */
    apr_int64_t revision;   /* and their revision */
} telling_t;

/* ---------------------------------------------------------------- by whom */

static const char *account(page_t *page, const char *login)
{
    return message_format(page->pool, MSG_BY_ACCOUNT, login, NULL);
}

static const char *reviser(page_t *page, const char *actor)
{
    return strcmp(actor, "candidat") == 0 ? message_text(MSG_BY_CANDIDATE) : account(page, actor);
}

static int is_service(const char *code, service_t service)
{
    return strcmp(code, service_info(service)->code) == 0;
}

/* In the registration services whoever is logged in, it is the candidate who acts. A school isn't told who of
 * the office did something. */
static const char *doer(page_t *page, const char *service, const char *actor)
{
    if (is_service(service, SERVICE_ESTABLISHMENT) ||
        (is_service(service, SERVICE_MANAGER) && page->actor.role == ROLE_MANAGER && !page->actor.viewing))
        return account(page, actor);
    return message_text(is_service(service, SERVICE_SCHOOL_REGISTRATION) ||
                                is_service(service, SERVICE_PUBLIC_REGISTRATION)
                            ? MSG_BY_CANDIDATE
                            : MSG_BY_OFFICE);
}

/* ---------------------------------------------------------------- a row */

static void model_changes(model_t *row, const apr_array_header_t *changes)
{
    model_list_t *list = model_list(row, "changes");
    int i;

    model_flag(row, "modified", 1);
    for (i = 0; i < changes->nelts; i++) {
        const changed_t *change = &APR_ARRAY_IDX(changes, i, changed_t);
        model_t *line = model_list_object(list);

        model_text(line, "label", change->label);
        model_flag(line, "told", change->after != NULL);
        model_text(line, "before", change->before);
        model_text(line, "after", change->after);
    }
}

static model_t *tell(const telling_t *telling, apr_int64_t at, const char *what, const char *who)
{
    page_t *page = telling->page;
    model_t *row = model_list_object(telling->rows);

    model_text(row, "at", local_time_short(page->pool, page->frame.zone, at));
    model_text(row, "what", what);
    model_text(row, "who", who);
    return row;
}

/* « … (11-0) » */
static const char *numbered(const telling_t *telling, message_t text, apr_int64_t revision)
{
    apr_pool_t *pool = telling->page->pool;

    return message_format(pool, text,
                          registration_display(pool, telling->file->registration->number, revision), NULL);
}

/* ---------------------------------------------------------------- what was done */

static const char *deed(const telling_t *telling, const history_event_t *event)
{
    switch (event->kind) {
    case HISTORY_CANCELLED:
        return message_text(MSG_EVENT_CANCELLED);
    case HISTORY_RESTORED:
        return message_text(MSG_EVENT_RESTORED);
    case HISTORY_RETURNED:
        return numbered(telling, MSG_EVENT_RETURNED, event->revision);
    case HISTORY_TAKEN_BACK:
        return message_text(MSG_EVENT_TAKEN_BACK);
    case HISTORY_HOMONYM_ALLOWED:
        return message_text(MSG_EVENT_HOMONYM_ALLOWED);
    case HISTORY_HOMONYM_REFUSED:
        return message_text(MSG_EVENT_HOMONYM_REFUSED);
    case HISTORY_FILE:
    case HISTORY_SET_ASIDE:
    case HISTORY_SET_BACK:
        return act_words(event->action);
    default:
        return message_text(MSG_EVENT_NEW_CODE);
    }
}

static void tell_event(const telling_t *telling, const history_event_t *event)
{
    model_t *row;

    if (event->kind == HISTORY_MODIFIED)
        return;
    row = tell(telling, event->at, deed(telling, event), doer(telling->page, event->service, event->actor));
    model_text(row, event->kind == HISTORY_FILE ? "about" : "reason", event->reason);
}

/* Whose cancellation it is that holds: the last event of this kind says so. */
static void model_holder(model_t *model, const registration_t *of, const apr_array_header_t *events)
{
    int i;

    for (i = 0; i < events->nelts; i++) {
        const history_event_t *event = &APR_ARRAY_IDX(events, i, history_event_t);

        if (event->kind != HISTORY_CANCELLED && event->kind != HISTORY_RESTORED &&
            event->kind != HISTORY_SET_ASIDE && event->kind != HISTORY_SET_BACK)
            continue;
        model_flag(model, "held", of->cancelled && is_service(event->service, SERVICE_MANAGER));
        if (event->kind == HISTORY_CANCELLED || event->kind == HISTORY_RESTORED)
            model_text(model, "held_reason", event->reason);
        return;
    }
}

/* ---------------------------------------------------------------- what was modified */

/* The questionnaire that they answer: that of their specialty. */
static db_error_t questionnaire_of(const telling_t *telling, const answers_t *answers,
                                   const questionnaire_t **q)
{
    const application_t *file = telling->file;
    const char *specialty = answers->value[Q_SPECIALTY];
    questionnaire_t *other;

    *q = file->q;
    if (specialty == NULL || strcmp(specialty, file->registration->specialty) == 0)
        return DB_OK;
    if (application_questionnaire(telling->page, file, specialty, &other) != DB_OK)
        return connection_failure(telling->page);
    *q = other;
    return DB_OK;
}

/* Another specialty has other units: that one changed says it all. Handicap is told as the confirmation tells
 * it. */
static apr_array_header_t *told(apr_pool_t *pool, const questionnaire_t *q, const apr_array_header_t *changes)
{
    apr_array_header_t *shown = apr_array_make(pool, changes->nelts + 1, sizeof(changed_t));
    int i, other_units = 0;

    for (i = 0; i < changes->nelts; i++) {
        changed_t change = APR_ARRAY_IDX(changes, i, changed_t);
        question_id_t id = question_ordinal(change.question);

        other_units |= id == Q_SPECIALTY;
        if (other_units && change.question->unit != NULL)
            continue;
        if (id == Q_ADJUSTMENT && !q->rules->print_adjustment)
            change.before = change.after = NULL;
        APR_ARRAY_PUSH(shown, changed_t) = change;
    }
    return shown;
}

/* event: the trail's word on it, or NULL. */
static db_error_t tell_revision(telling_t *telling, const history_revision_t *revision,
                                const history_event_t *event)
{
    apr_pool_t *pool = telling->page->pool;
    const questionnaire_t *q;
    model_t *row;

    if (questionnaire_of(telling, telling->after, &q) != DB_OK)
        return connection_failure(telling->page);
    row = tell(telling, revision->replaced, numbered(telling, MSG_EVENT_MODIFIED, telling->revision),
               event != NULL ? doer(telling->page, event->service, event->actor)
                             : reviser(telling->page, revision->actor));
    model_text(row, "reason", event != NULL ? event->reason : NULL);
    model_changes(row, told(pool, q, questionnaire_changes(pool, q, revision->answers, telling->after)));
    telling->after = revision->answers;
    telling->revision--;
    return DB_OK;
}

/* ---------------------------------------------------------------- the table */

/* Both in the order of time, the last first; a modification stands where the trail has it, or by its instant
 * where the trail doesn't know it. */
static db_error_t tell_all(telling_t *telling, const apr_array_header_t *events,
                           const apr_array_header_t *revisions)
{
    int i = 0, j = 0;

    while (i < events->nelts || j < revisions->nelts) {
        const history_event_t *event = i < events->nelts ? &APR_ARRAY_IDX(events, i, history_event_t) : NULL;
        const history_revision_t *revision =
            j < revisions->nelts ? &APR_ARRAY_IDX(revisions, j, history_revision_t) : NULL;
        int its_own = event != NULL && revision != NULL && event->kind == HISTORY_MODIFIED &&
                      event->at == revision->replaced;

        if (event == NULL || its_own || (revision != NULL && revision->replaced > event->at)) {
            if (tell_revision(telling, revision, its_own ? event : NULL) != DB_OK)
                return connection_failure(telling->page);
            j++;
            i += its_own;
        } else {
            tell_event(telling, event);
            i++;
        }
    }
    return DB_OK;
}

/* A paper that the office has entered was made out by its candidate all the same. */
static void tell_beginning(const telling_t *telling)
{
    const registration_t *of = telling->file->registration;
    apr_pool_t *pool = telling->page->pool;

    tell(telling, of->created,
         of->received == NULL
             ? numbered(telling, MSG_EVENT_VALIDATED, 0)
             : message_format(pool, MSG_EVENT_ENTERED, registration_display(pool, of->number, 0),
                              date_display(pool, of->received), NULL),
         is_service(of->service, SERVICE_MANAGER) ? message_text(MSG_BY_OFFICE)
                                                  : doer(telling->page, of->service, ""));
}

db_error_t history_model(page_t *page, model_t *model, const application_t *file)
{
    const registration_t *of = file->registration;
    telling_t telling = {page, file, model_list(model, "history"), of->answers, of->revision};
    apr_array_header_t *events, *revisions;

    if (history_events(page->db, page->pool, &page->actor.scope, of->exam, of->number, MOST, &events) !=
            DB_OK ||
        history_revisions(page->db, page->pool, &page->actor.scope, of->exam, of->number, MOST, &revisions) !=
            DB_OK ||
        tell_all(&telling, events, revisions) != DB_OK)
        return connection_failure(page);
    model_holder(model, of, events);
    tell_beginning(&telling);
    model_flag(model, "cut", events->nelts == MOST || revisions->nelts == MOST);
    return DB_OK;
}
