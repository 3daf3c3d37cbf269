/* SPDX-License-Identifier: Apache-2.0 */
#include "said.h"

#include <apr_strings.h>
#include <string.h>

#include "../answer.h"
#include "../cache.h"
#include "text/text.h"

enum { SHORT = 120 /* characters that stand on a page at once */ };

/* ---------------------------------------------------------------- of whom */

static said_of_t of_exam(exam_t exam)
{
    return (said_of_t){exam, NULL, exam_info(exam)->path, exam_info(exam)->title};
}

static said_of_t of_session(page_t *page, const exam_session_t *session)
{
    return (said_of_t){session->exam, session, session->dated,
                       apr_pstrcat(page->pool, exam_info(session->exam)->code, " – ", session->words, NULL)};
}

db_error_t said_of_whom(page_t *page, apr_array_header_t **whom)
{
    const apr_array_header_t *sessions;
    db_error_t error = cache_sessions(page, &sessions);
    int exam, i;

    *whom = apr_array_make(page->pool, 24, sizeof(said_of_t));
    APR_ARRAY_PUSH(*whom, said_of_t) = (said_of_t){EXAM_NONE, NULL, "", message_text(MSG_PARAMETER_FOR_ALL)};
    for (exam = 0; error == DB_OK && exam < EXAM_COUNT; exam++) {
        if (!actor_has_exam(&page->actor, (exam_t)exam))
            continue;
        APR_ARRAY_PUSH(*whom, said_of_t) = of_exam((exam_t)exam);
        for (i = 0; i < sessions->nelts; i++)
            if (APR_ARRAY_IDX(sessions, i, exam_session_t).exam == (exam_t)exam)
                APR_ARRAY_PUSH(*whom, said_of_t) =
                    of_session(page, &APR_ARRAY_IDX(sessions, i, exam_session_t));
    }
    return error;
}

const said_of_t *said_of_path(const apr_array_header_t *whom, const char *path)
{
    int i;

    for (i = 0; i < whom->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(whom, i, said_of_t).path, path != NULL ? path : "") == 0)
            return &APR_ARRAY_IDX(whom, i, said_of_t);
    return NULL;
}

parameter_target_t said_target(const said_of_t *of, const char *parameter)
{
    return (parameter_target_t){parameter, of->exam != EXAM_NONE ? exam_info(of->exam)->code : "",
                                of->session != NULL ? of->session->id : 0};
}

/* ---------------------------------------------------------------- what holds */

/* Of a session, its exam comes next, then all; NULL: nothing does. */
static const said_of_t *next_for(const apr_array_header_t *whom, const said_of_t *of)
{
    if (of->session != NULL)
        return said_of_path(whom, exam_info(of->exam)->path);
    return of->exam != EXAM_NONE ? said_of_path(whom, "") : NULL;
}

const char *said_holds(page_t *page, const parameter_t *parameter, const apr_array_header_t *whom,
                       const apr_array_header_t *values, const said_of_t *of, const said_of_t **from)
{
    for (*from = of; *from != NULL; *from = next_for(whom, *from)) {
        const parameter_target_t target = said_target(*from, parameter->name);
        const char *value = parameter_said(values, &target);

        if (value != NULL)
            return value;
    }
    return parameter_default(page->pool, parameter, of->exam);
}

/* ---------------------------------------------------------------- on a page */

const char *said_address(page_t *page, const char *parameter, const said_of_t *of)
{
    const char *address = apr_pstrcat(page->pool, "parametres/valeur?nom=", parameter, NULL);

    if (of->path[0] != '\0')
        address = apr_pstrcat(page->pool, address, "&examen=", of->path, NULL);
    return page_link(page, page->service, address);
}

void said_model(page_t *page, model_t *model, const char *name, const parameter_t *parameter,
                const char *value)
{
    model_t *shown = model_create(page->pool, page->config->templates);
    const char *text = value != NULL ? parameter_display(page->pool, parameter, value) : "";

    model_object(model, name, shown);
    model_flag(shown, "nothing", value == NULL);
    model_flag(shown, "empty", value != NULL && text[0] == '\0');
    if (text_characters(text) > SHORT) {
        model_text(shown, "beginning", text_first(page->pool, text, SHORT));
        model_text(shown, "full_text", text);
    } else
        model_text(shown, "text", text);
}
