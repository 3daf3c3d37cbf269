/* SPDX-License-Identifier: Apache-2.0
 *
 * « Doubles présumés »: pairs of registrations that look alike over all the manager's candidates, those that
 * are to be decided and those that were.
 */
#include <apr_strings.h>
#include <stdlib.h>

#include "../answer.h"
#include "../connection.h"
#include "../file/homonym.h"
#include "../frame.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "domain/check.h"
#include "domain/manager.h"
#include "store/homonym.h"
#include "store/registration.h"
#include "text/text.h"

/* "apres=bcp.12.11": the pair that the page begins after. 0: it is none. */
static int read_after(const page_t *page, double_pair_t *after, int *given)
{
    const char *asked = page_query(page, "apres"), *dot;
    char *end;

    *given = asked != NULL;
    if (asked == NULL)
        return 1;
    *after = (double_pair_t){.exam = EXAM_NONE};
    if ((dot = strchr(asked, '.')) == NULL)
        return 0;
    after->exam = exam_of_path(asked, (apr_size_t)(dot - asked));
    after->side[0].number = strtoll(dot + 1, &end, 10);
    if (after->exam == EXAM_NONE || *end != '.')
        return 0;
    after->side[1].number = strtoll(end + 1, &end, 10);
    return *end == '\0';
}

static void model_side(page_t *page, model_t *row, const char *name, const double_side_t *side)
{
    model_t *one = model_list_object(model_list(row, name));

    model_text(one, "number", registration_display(page->pool, side->number, side->revision));
    model_text(one, "name", side->name);
    model_text(one, "school", side->school);
    model_flag(one, "cancelled", side->cancelled);
}

static void model_pair(page_t *page, model_list_t *rows, const double_pair_t *pair)
{
    model_t *row = model_list_object(rows);
    const exam_info_t *exam = exam_info(pair->exam);

    model_text(row, "link",
               apr_psprintf(page->pool, "candidats/%s/%" APR_INT64_T_FMT "/doublon?autre=%" APR_INT64_T_FMT,
                            exam->path, pair->side[0].number, pair->side[1].number));
    model_text(row, "exam", exam->code);
    model_text(row, "born", date_display(page->pool, pair->birth_date));
    model_text(row, "reason", message_text(homonym_reason(pair->reason)));
    model_side(page, row, "one", &pair->side[0]);
    model_side(page, row, "other", &pair->side[1]);
    if (pair->decided == DB_NULL)
        return;
    model_text(row, "decided", local_time_short(page->pool, page->frame.zone, pair->decided));
    model_text(row, "decided_by", pair->decided_by);
    model_flag(row, "two", pair->cancelled == DB_NULL);
}

static void model_pairs(page_t *page, model_t *model, const apr_array_header_t *pairs, int decided)
{
    model_list_t *rows = model_list(model, "rows");
    const double_pair_t *last;
    int i;

    for (i = 0; i < pairs->nelts && i < DOUBLES_SHOWN; i++)
        model_pair(page, rows, &APR_ARRAY_IDX(pairs, i, double_pair_t));
    model_flag(model, "any", pairs->nelts > 0);
    if (pairs->nelts <= DOUBLES_SHOWN)
        return;
    last = &APR_ARRAY_IDX(pairs, DOUBLES_SHOWN - 1, double_pair_t);
    model_text(model, "next",
               apr_psprintf(page->pool, "%sapres=%s.%" APR_INT64_T_FMT ".%" APR_INT64_T_FMT,
                            decided ? "decides=O&" : "", exam_info(last->exam)->path, last->side[0].number,
                            last->side[1].number));
}

int manager_doubles(page_t *page)
{
    const char *asked = page_query(page, "decides");
    int decided = asked != NULL, given;
    apr_array_header_t *pairs;
    double_pair_t after;
    model_t *model;

    if ((decided && strcmp(asked, "O") != 0) || !read_after(page, &after, &given))
        return answer_not_found(page);
    model = answer_model(page, message_text(MSG_TITLE_DOUBLES));
    if (connection_borrow(page) == NULL || double_pairs(page->db, page->pool, &page->actor.scope, decided,
                                                        manager_exams_text(page->pool, page->actor.exams),
                                                        given ? &after : NULL, &pairs) != DB_OK)
        return answer_db_failed(page);
    manager_model(page, model);
    manager_model_parent(model, message_text(MSG_TITLE_CANDIDATES), "candidats");
    model_flag(model, "decided_ones", decided);
    model_pairs(page, model, pairs, decided);
    session_forget_notice(page);
    return answer_render(page, "manager_doubles", model);
}
