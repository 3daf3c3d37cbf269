/* SPDX-License-Identifier: Apache-2.0
 *
 * « Établissements »: the schools of the manager's departments, searched by code, name or town.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "store/establishment.h"
#include "text/text.h"

enum { SHOWN = 200, WORDS_MOST = 60 };

/* Every word that was typed begins one of the school's, or its code; bare, as names are searched for. */
static int is_meant(apr_pool_t *pool, const establishment_line_t *line, const char *words)
{
    const char *all = apr_pstrcat(pool, " ", line->code, " ", text_bare(pool, line->name), " ",
                                  line->town != NULL ? text_bare(pool, line->town) : "", NULL);
    char *last, *word, *typed = apr_pstrdup(pool, words);

    for (word = apr_strtok(typed, " ", &last); word != NULL; word = apr_strtok(NULL, " ", &last))
        if (strstr(all, apr_pstrcat(pool, " ", word, NULL)) == NULL)
            return 0;
    return 1;
}

static void model_school(const page_t *page, model_t *row, const establishment_line_t *line)
{
    model_text(row, "code", line->code);
    model_text(row, "name", line->name);
    model_text(row, "town", line->town);
    model_text(row, "department", line->department);
    model_int(row, "open", line->open_services);
    model_int(row, "services", line->services);
    if (line->activated != DB_NULL)
        model_text(row, "activated", local_time_short(page->pool, page->frame.zone, line->activated));
    else if (line->activation_closes != DB_NULL && line->activation_closes > page->now)
        model_text(row, "activation",
                   local_time_short(page->pool, page->frame.zone, line->activation_closes));
}

/* Gives how many are meant; the first of them are in the model. */
static int model_schools(page_t *page, model_t *model, const apr_array_header_t *lines, const char *words)
{
    model_list_t *rows = model_list(model, "rows");
    apr_pool_t *pool;
    int meant = 0, i;

    if (apr_pool_create(&pool, page->pool) != APR_SUCCESS)
        return 0;
    for (i = 0; i < lines->nelts; i++) {
        const establishment_line_t *line = &APR_ARRAY_IDX(lines, i, establishment_line_t);

        apr_pool_clear(pool);
        if (!manager_sees_department(page, line->department) || !is_meant(pool, line, words) ||
            (page->actor.exams != EXAM_ALL && line->services == 0))
            continue;
        if (++meant <= SHOWN)
            model_school(page, model_list_object(rows), line);
    }
    apr_pool_destroy(pool);
    return meant;
}

int manager_schools(page_t *page)
{
    const char *typed = page_query(page, "texte");
    apr_array_header_t *lines;
    model_t *model;
    int meant;

    if (typed != NULL && text_characters(typed) > WORDS_MOST)
        return answer_not_found(page);
    model = answer_model(page, message_text(MSG_TITLE_SCHOOLS));
    if (connection_borrow(page) == NULL ||
        establishment_roll(page->db, page->pool, manager_exams_text(page->pool, page->actor.exams), &lines) !=
            DB_OK)
        return answer_db_failed(page);
    meant = model_schools(page, model, lines, typed != NULL ? text_bare(page->pool, typed) : "");
    manager_model(page, model);
    model_text(model, "typed", typed);
    model_int(model, "count", meant);
    model_flag(model, "any", meant > 0);
    model_flag(model, "several", meant > 1);
    model_flag(model, "cut", meant > SHOWN);
    model_int(model, "shown", SHOWN);
    session_forget_notice(page);
    return answer_render(page, "manager_schools", model);
}
