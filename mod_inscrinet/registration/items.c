/* SPDX-License-Identifier: Apache-2.0 */
#include "items.h"

#include "../answer.h"
#include "../connection.h"
#include "../frame.h"
#include "../login.h"
#include "../session.h"
#include "candidate.h"
#include "domain/check.h"

db_error_t items_session(page_t *page)
{
    if (page->session == NULL)
        login_carry_over(page, &page->waiting);
    return page->session != NULL ? DB_OK : login_open(page);
}

db_error_t items_begin(page_t *page, apr_int64_t draft, apr_int64_t number, apr_int64_t *ordinal)
{
    session_item_t item = {
        .draft = draft, .number = number, .exam = page->exam, .exam_session = page->exam_session->id};

    if (items_session(page) != DB_OK)
        return db_error(page->db);
    if (!candidate_is_public(page)) { /* an individual's browser is his own: his other tabs go on */
        session_items_forget(page->db, page->session->id, 0);
        session_forgotten(page);
    }
    if (session_item_add(page->db, page->session->id, &item) != DB_OK)
        return db_error(page->db);
    *ordinal = item.ordinal;
    return page->session->notice != NULL ? session_notice(page->db, page->session->id, NULL) : DB_OK;
}

/* Shown once, as what the session kept to be told would be. */
static void tell_code(page_t *page, const session_reach_t *former)
{
    if (former->code != NULL)
        page->session->notice =
            message_format(page->pool, former->dated ? MSG_NOTICE_DRAFT_KEPT_DATED : MSG_NOTICE_DRAFT_KEPT,
                           personal_code_display(page->pool, former->code), NULL);
}

int items_prove(page_t *page, apr_int64_t number)
{
    apr_int64_t ordinal;

    if (connection_begin(page) == NULL)
        return 0;
    items_begin(page, DB_NULL, number, &ordinal);
    page_audit(page, "registration.proven", number, NULL, NULL);
    return connection_commit(page) == DB_OK;
}

db_error_t items_forget_former(page_t *page)
{
    session_reach_t former;

    if (candidate_is_public(page) || page->session == NULL || page->form != NULL)
        return DB_OK;
    if (connection_borrow(page) == NULL ||
        session_items_in_reach(page->db, page->pool, page->session->id, &former) != DB_OK)
        return connection_failure(page);
    if (!former.any)
        return DB_OK;
    connection_return(page);
    if (connection_begin(page) == NULL)
        return connection_failure(page);
    session_items_hide(page->db, page->session->id);
    session_forgotten(page);
    tell_code(page, &former);
    return connection_commit(page);
}

db_error_t items_named(page_t *page, session_item_t *item, int *known)
{
    apr_int64_t ordinal = page_number(page, "dossier");

    *known = 0;
    if (ordinal <= 0 || page->session == NULL)
        return DB_OK;
    if (connection_borrow(page) == NULL)
        return page->failure;
    return session_item_get(page->db, page->pool, page->session->id, page->exam_session->id, ordinal, item,
                            known);
}

registration_t *items_registration(page_t *page, int *answer)
{
    const char *typed = page_query(page, "numero");
    apr_int64_t number = typed != NULL && page->session != NULL ? registration_number(typed) : 0;
    registration_t *found = NULL;
    int known = 0;

    if (connection_borrow(page) == NULL ||
        (number != 0 &&
         (session_item_of_number(page->db, page->session->id, page->exam, number, &known) != DB_OK ||
          (known &&
           registration_get(page->db, page->pool, &page->actor.own, page->exam, number, &found) != DB_OK))))
        *answer = answer_db_failed(page);
    else if (found == NULL)
        *answer = answer_not_found(page);
    else if (found->exam_session != page->exam_session->id)
        *answer = frame_redirect_to_session(page, found->exam_session);
    else
        return found;
    return NULL;
}
