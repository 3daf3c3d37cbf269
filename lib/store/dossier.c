/* SPDX-License-Identifier: Apache-2.0 */
#include "dossier.h"

#include <apr_strings.h>

#include "session_item.h"
#include "sql.h"

static draft_t *draft_of(apr_pool_t *pool, const sql_dossier_get_t *row)
{
    draft_t *draft;

    if (row->draft == DB_NULL || row->answers == NULL)
        return NULL;
    draft = apr_pcalloc(pool, sizeof *draft);
    draft->id = row->draft;
    draft->code = apr_pstrdup(pool, row->code);
    draft->number = row->modifies != DB_NULL ? row->modifies : 0;
    draft->revision = row->revision != DB_NULL ? row->revision : 0;
    draft->created = row->created;
    draft->changed = row->changed;
    draft->written = apr_pstrdup(pool, row->answers);
    draft->answers = answers_from_json(pool, row->answers);
    if (draft->answers == NULL)
        draft->answers = apr_pcalloc(pool, sizeof(answers_t));
    draft->birth_date = apr_pstrdup(pool, row->birth_date);
    draft->office = (office_t){apr_pstrdup(pool, row->reason), apr_pstrdup(pool, row->proof),
                               apr_pstrdup(pool, row->received)};
    return draft;
}

static establishment_exam_t *exam_of(apr_pool_t *pool, apr_int64_t exam_session, const sql_dossier_get_t *row)
{
    establishment_exam_t *found;

    if (row->service_open == DB_NULL)
        return NULL;
    found = apr_pcalloc(pool, sizeof *found);
    found->exam_session = exam_session;
    found->service_open = row->service_open != 0;
    found->european = row->european == DB_NULL ? -1 : row->european != 0;
    found->changed = DB_NULL;
    found->version = row->version;
    return found;
}

static establishment_t *school_of(apr_pool_t *pool, const sql_dossier_get_t *row)
{
    establishment_t *school;

    if (row->uai == NULL)
        return NULL;
    school = apr_palloc(pool, sizeof *school);
    *school = (establishment_t){.id = row->establishment,
                                .code = apr_pstrdup(pool, row->uai),
                                .name = apr_pstrdup(pool, row->name),
                                .sector = apr_pstrdup(pool, row->sector),
                                .families = apr_pstrdup(pool, row->families),
                                .licensed_ccf = row->licensed_ccf != 0,
                                .activation_opens = DB_NULL,
                                .activation_closes = DB_NULL,
                                .activated = DB_NULL};
    return school;
}

static void read_state(apr_pool_t *pool, apr_int64_t exam_session, const sql_dossier_get_t *row,
                       dossier_t *state)
{
    state->known = row->pending != ITEM_LEFT;
    if (!state->known)
        return;
    state->pending = row->pending == ITEM_PENDING;
    state->step = apr_pstrdup(pool, row->step);
    state->number = row->number != DB_NULL ? row->number : 0;
    state->draft = draft_of(pool, row);
    state->exam = exam_of(pool, exam_session, row);
    state->school = school_of(pool, row);
    if (row->opens != DB_NULL)
        state->window = (window_t){.state = WINDOW_OPEN, .opens = row->opens, .closes = row->closes};
}

db_error_t dossier_get(db_t *db, apr_pool_t *pool, apr_int64_t session, apr_int64_t ordinal,
                       apr_int64_t exam_session, service_t service, apr_int64_t now, dossier_t *state)
{
    sql_dossier_get_t row;
    db_rows_t *rows = sql_dossier_get(db, &(sql_dossier_get_in_t){.session = session,
                                                                  .ordinal = ordinal,
                                                                  .exam_session = exam_session,
                                                                  .service = service_info(service)->code,
                                                                  .now = now});

    *state = (dossier_t){.known = 0};
    if (sql_dossier_get_next(rows, &row))
        read_state(pool, exam_session, &row, state);
    if (db_end(db, rows) != DB_OK)
        return db_error(db);
    /* open is what the one statement knows; why it isn't is asked for by itself */
    return state->known && state->window.state != WINDOW_OPEN
               ? window_get(db, exam_session, service, now, &state->window)
               : DB_OK;
}

db_error_t dossier_hold(db_t *db, apr_pool_t *pool, apr_int64_t session, apr_int64_t ordinal,
                        base_state_t *state)
{
    sql_dossier_hold_t row;
    db_rows_t *rows = sql_dossier_hold(db, session, ordinal);

    *state = base_state_of(pool, NULL, 0, NULL, DB_NULL);
    if (sql_dossier_hold_next(rows, &row))
        *state = base_state_of(pool, row.nomenclature, row.locked, row.reason, row.until);
    return db_end(db, rows);
}
