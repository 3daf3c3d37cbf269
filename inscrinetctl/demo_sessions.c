/* SPDX-License-Identifier: Apache-2.0
 *
 * The sessions of the demo: those that init has made, one of them renamed, and another one of its exam beside
 * it.
 */
#include <stdlib.h>

#include "../lib/store/base.h"
#include "demo.h"
#include "seeds.h"

static exam_session_t *session_at(apr_array_header_t *sessions, int i)
{
    return &APR_ARRAY_IDX(sessions, i, exam_session_t);
}

/* It is in the year of the exam's main one. */
static void plan_session(apr_array_header_t *sessions, exam_session_t wanted)
{
    const exam_session_t *main_one = exam_session_named(sessions, wanted.exam, 0, 0);
    int i;

    wanted.year = main_one != NULL ? main_one->year : 0;
    for (i = 0; i < sessions->nelts; i++) {
        exam_session_t *one = session_at(sessions, i);

        if (one->exam == wanted.exam && one->year == wanted.year && one->month == wanted.month) {
            one->period = wanted.period;
            one->state = wanted.state;
            return;
        }
    }
    if (main_one != NULL)
        APR_ARRAY_PUSH(sessions, exam_session_t) = wanted;
}

int demo_sessions_plan(demo_t *demo)
{
    const seed_table_t *table = seeds_table(demo->pool, "demo/sessions");
    apr_array_header_t *sessions;
    int i;

    if (table == NULL)
        return CTL_FAILED;
    if (exam_session_list(demo->db, demo->pool, &sessions) != DB_OK)
        return ctl_db_failed(demo->db, "reading the sessions");
    for (i = 0; i < table->rows; i++)
        plan_session(sessions,
                     (exam_session_t){.exam = exam_of_code(seed_cell(table, i, seed_column(table, "exam"))),
                                      .month = atoi(seed_cell(table, i, seed_column(table, "month"))),
                                      .period = seed_cell(table, i, seed_column(table, "period")),
                                      .state = EXAM_SESSION_OPEN});
    demo->sessions = apr_array_make(demo->pool, sessions->nelts + 1, sizeof(exam_session_t));
    for (i = 0; i < sessions->nelts; i++)
        if (session_at(sessions, i)->state == EXAM_SESSION_OPEN) {
            exam_session_words(demo->pool, session_at(sessions, i));
            APR_ARRAY_PUSH(demo->sessions, exam_session_t) = *session_at(sessions, i);
        }
    return demo->sessions->nelts > 0 ? CTL_DONE : ctl_fail("no session is open: see inscrinetctl session");
}

db_error_t demo_sessions_add(demo_t *demo)
{
    int i, done;

    for (i = 0; i < demo->sessions->nelts; i++) {
        exam_session_t *one = session_at(demo->sessions, i);

        if ((one->id != 0 ? exam_session_change(demo->db, NULL, one, &done)
                          : exam_session_add(demo->db, one)) != DB_OK)
            return db_error(demo->db);
    }
    return base_touch(demo->db);
}

const exam_session_t *demo_session_of(const demo_t *demo, exam_t exam)
{
    int i;

    for (i = 0; i < demo->sessions->nelts; i++)
        if (session_at(demo->sessions, i)->exam == exam)
            return session_at(demo->sessions, i);
    return NULL;
}
