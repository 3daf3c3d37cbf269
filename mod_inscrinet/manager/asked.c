/* SPDX-License-Identifier: Apache-2.0 */
#include "asked.h"

#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../session.h"

db_error_t asked_read(page_t *page, asked_t *asked)
{
    if (connection_borrow_whole(page) == NULL)
        return connection_failure(page);
    if (parameter_values(page->db, page->pool, asked->parameter->name, &asked->values) != DB_OK ||
        parameter_changes(page->db, page->pool, &asked->target, &asked->changes) != DB_OK)
        return db_error(page->db);
    asked->own = parameter_said(asked->values, &asked->target);
    connection_return(page);
    return DB_OK;
}

/* Of all exams nothing can be said of some; their page leads on to those of which something can. */
static int is_named(page_t *page, asked_t *asked)
{
    const char *name = page_query(page, "nom");

    if (name == NULL || (asked->parameter = parameter_find(name)) == NULL ||
        (asked->of = said_of_path(asked->whom, page_query(page, "examen"))) == NULL)
        return 0;
    asked->target = said_target(asked->of, name);
    asked->takes = parameter_takes(asked->parameter, asked->of->exam);
    return asked->takes || asked->of->exam == EXAM_NONE;
}

int asked_look_up(page_t *page, asked_t *asked, int *answer)
{
    if (said_of_whom(page, &asked->whom) != DB_OK)
        *answer = answer_db_failed(page);
    else if (!is_named(page, asked))
        *answer = answer_not_found(page);
    else if (asked_read(page, asked) != DB_OK)
        *answer = answer_db_failed(page);
    else
        return 1;
    return 0;
}

const char *asked_seal(page_t *page, const asked_t *asked, const char *own)
{
    const parameter_target_t *of = &asked->target;

    return session_signature(page, apr_psprintf(page->pool, "parameter %s %s %" APR_INT64_T_FMT " %s%s",
                                                of->name, of->exam, of->exam_session, own != NULL ? "=" : "",
                                                own != NULL ? own : ""));
}

int asked_is_archived(const asked_t *asked)
{
    return asked->of->session != NULL && asked->of->session->state == EXAM_SESSION_ARCHIVED;
}
