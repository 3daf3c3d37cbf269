/* SPDX-License-Identifier: Apache-2.0 */
#include "begin.h"

#include <apr_strings.h>

#include "../answer.h"
#include "../change.h"
#include "../session.h"
#include "../throttle.h"
#include "candidate.h"
#include "items.h"
#include "redirect.h"

static db_error_t make_draft(page_t *page, const registration_t *of, draft_t **draft)
{
    service_t service = (service_t)page->service;

    return of != NULL ? draft_of_registration(page->db, page->pool, service, of, page->now, draft)
                      : draft_create(page->db, page->pool, page->exam_session, service,
                                     candidate_establishment(page), page->now, draft);
}

/* One more of the session, the address, the school. 0 with *answer where it is one too many. */
static int counts(page_t *page, throttle_whose_t whose, int *answer)
{
    static const message_t too_many[] = {[THROTTLE_SCHOOL] = MSG_DRAFTS_SCHOOL,
                                         [THROTTLE_SESSION] = MSG_DRAFTS_SESSION,
                                         [THROTTLE_ADDRESS] = MSG_DRAFTS_ADDRESS};
    int wait = throttle_draft(page, whose), minutes = (wait + 59) / 60;
    const char *when;

    if (wait == 0)
        return 1;
    when = message_format(page->pool, minutes > 1 ? MSG_LEFT_MINUTES : MSG_LEFT_MINUTE,
                          apr_itoa(page->pool, minutes), NULL);
    *answer = answer_too_many(page, wait, message_format(page->pool, too_many[whose], when, NULL));
    return 0;
}

/* Whether there is room for one more. A session that is only opened here has some in any case: its cookie is
 * not given for nothing. */
static int is_admitted(page_t *page, int *answer)
{
    if (!candidate_is_public(page))
        return counts(page, THROTTLE_SCHOOL, answer);
    return counts(page, THROTTLE_ADDRESS, answer) &&
           (items_session(page) != DB_OK || counts(page, THROTTLE_SESSION, answer));
}

/* In the open transaction; its first step, or why not. */
static int make(page_t *page, const registration_t *of, const answers_t *known)
{
    apr_int64_t ordinal = 0;
    draft_t *draft;
    int answer;

    session_purge_if_due(page);
    if (!is_admitted(page, &answer))
        return answer;
    if (make_draft(page, of, &draft) == DB_OK)
        items_begin(page, draft->id, DB_NULL, &ordinal);
    if (known != NULL && ordinal > 0)
        draft_save(page->db, page->pool, &page->actor.own, draft, known, page->now);
    if (of != NULL)
        page_audit(page, "registration.proven", of->number, "to modify", NULL);
    return change_commit(page, &answer) ? redirect_to_step(page, STEP_CANDIDATURE, ordinal) : answer;
}

int begin_draft(page_t *page, const registration_t *of)
{
    int answer;

    return change_begin(page, &answer) ? make(page, of, NULL) : answer;
}

int begin_filled(page_t *page, const answers_t *known)
{
    int answer;

    return change_begin(page, &answer) ? make(page, NULL, known) : answer;
}

/* *ordinal 0: none was begun before. */
static db_error_t find_begun(page_t *page, const registration_t *of, apr_int64_t *ordinal)
{
    *ordinal = 0;
    return session_item_of_revision(page->db, page->session->id, page->exam, of->number, of->revision,
                                    ordinal);
}

static db_error_t make_by_staff(page_t *page, const registration_t *of, apr_int64_t establishment,
                                const office_t *office, session_item_t *item)
{
    draft_t *draft;
    db_error_t error = office != NULL ? draft_by_office(page->db, page->pool, page->exam_session, of,
                                                        establishment, office, page->now, &draft)
                                      : draft_of_registration(page->db, page->pool, (service_t)page->service,
                                                              of, page->now, &draft);

    if (error != DB_OK)
        return error;
    item->draft = draft->id;
    return session_item_add(page->db, page->session->id, item);
}

int begin_by_staff(page_t *page, const registration_t *of, apr_int64_t establishment, const office_t *office)
{
    session_item_t item = {.number = DB_NULL, .exam = page->exam, .exam_session = page->exam_session->id};
    int answer;

    if (!change_begin(page, &answer))
        return answer;
    if ((office != NULL || find_begun(page, of, &item.ordinal) == DB_OK) && item.ordinal == 0)
        make_by_staff(page, of, establishment, office, &item);
    return change_commit(page, &answer) ? redirect_to_step(page, STEP_CANDIDATURE, item.ordinal) : answer;
}
