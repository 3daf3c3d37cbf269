/* SPDX-License-Identifier: Apache-2.0
 *
 * Candidates: one pass over the registrations gives their rows and those of their units.
 */
#include "unload_candidates.h"

#include <apr_hash.h>
#include <apr_strings.h>
#include <stdlib.h>
#include <string.h>

#include "../store/reference.h"

typedef struct writer_t {
    unload_t *unload;
    apr_pool_t *row;      /* cleared after each candidate */
    apr_hash_t *units;    /* arrays of unit_t of a specialty, by its code */
    apr_hash_t *composed; /* units_t of a specialty in a session's year, by both */
    sheet_t *candidates, *of_units;
} writer_t;

static db_value_t text(const char *value)
{
    return (db_value_t){.type = DB_TYPE_TEXT, .text = value};
}

static db_value_t integer(apr_int64_t value)
{
    return (db_value_t){.type = DB_TYPE_INT, .integer = value};
}

/* In the order of kind_candidates. */
static void write_candidate(writer_t *writer, const transfer_candidate_t *of, const answers_t *answers)
{
    db_value_t values[KIND_FIELDS_MOST] = {text(of->exam),        text(of->session),    integer(of->number),
                                           integer(of->revision), text(of->state),      text(of->service),
                                           text(of->uai),         text(of->category),   integer(of->ccf),
                                           text(of->department),  integer(of->created), integer(of->changed)};
    db_value_t *next = values + kind_candidates_question;
    int i;

    for (i = 0; i < QUESTION_COUNT; i++)
        *next++ = text(answers->value[i]);
    *next++ = integer(of->printed_revision);
    *next++ = integer(of->printed);
    *next++ = integer(of->returned_revision);
    *next++ = integer(of->returned);
    *next++ = integer(of->homonym_allowed);
    *next++ = text(of->received);
    *next++ = text(of->answers);
    *next = text(of->code);
    sheet_row(writer->candidates, values);
}

/* In the order of kind_units. */
static void write_unit(writer_t *writer, const transfer_candidate_t *of, const units_t *units,
                       const answers_t *answers, int rank)
{
    const unit_t *unit = &units->unit[rank], *asked;
    const char *state = unit_state(units, answers, unit, &asked);
    db_value_t values[KIND_FIELDS_MOST] = {
        text(of->exam),    text(of->session), integer(of->number),
        integer(rank + 1), text(unit->code),  text(of->ccf ? unit->mode_ccf : unit->mode_other)};
    db_value_t *its = values + kind_units_question;
    int i;

    if (state == NULL)
        return;
    for (i = 0; i < UNIT_QUESTIONS; i++)
        its[i] = text(unit_answer(answers, i == UNIT_OPTED ? unit : asked, (unit_question_t)i));
    its[UNIT_STATE] = text(state);
    its[UNIT_LANGUAGE] = text(unit_language(units, answers, unit));
    sheet_row(writer->of_units, values);
}

/* Those of his specialty in his session. */
static const units_t *units_of(writer_t *writer, const transfer_candidate_t *of, const answers_t *answers)
{
    const char *specialty = answers->value[Q_SPECIALTY], *key;
    const apr_array_header_t *all =
        specialty != NULL ? apr_hash_get(writer->units, specialty, APR_HASH_KEY_STRING) : NULL;
    apr_pool_t *pool = writer->unload->pool;
    const units_t *units, *others;
    static const units_t none;

    if (all == NULL)
        return &none;
    key = apr_psprintf(writer->row, "%s %.4s", specialty, of->session);
    if ((units = apr_hash_get(writer->composed, key, APR_HASH_KEY_STRING)) != NULL)
        return units;
    units_of_session(pool, all, atoi(of->session), &units, &others);
    if (units == NULL)
        units = &none;
    apr_hash_set(writer->composed, apr_pstrdup(pool, key), APR_HASH_KEY_STRING, units);
    return units;
}

static int write_one(writer_t *writer, const transfer_candidate_t *of)
{
    const answers_t *answers = answers_from_json(writer->row, of->answers);
    const units_t *units;
    int i;

    if (answers == NULL) {
        writer->unload->error =
            apr_psprintf(writer->unload->pool, "%s %" APR_INT64_T_FMT " : ses réponses sont illisibles",
                         of->exam, of->number);
        return -1;
    }
    write_candidate(writer, of, answers);
    units = units_of(writer, of, answers);
    for (i = 0; i < units->count; i++)
        write_unit(writer, of, units, answers, i);
    apr_pool_clear(writer->row);
    return unload_row(writer->unload, writer->candidates);
}

static int write_candidates(writer_t *writer)
{
    unload_t *unload = writer->unload;
    transfer_candidate_t row;
    int status = 0;
    db_rows_t *rows;

    writer->candidates = unload_sheet(unload, kind_candidates(unload->pool));
    if (writer->candidates == NULL ||
        (writer->of_units = unload_sheet(unload, kind_units(unload->pool))) == NULL)
        return -1;
    rows = transfer_candidates(unload->db, unload->scope, &unload->choice);
    while (status == 0 && transfer_candidates_next(rows, &row))
        status = write_one(writer, &row);
    if (db_end(unload->db, rows) != DB_OK)
        status = -1;
    if (unload_sheet_end(unload, writer->candidates) != 0 || unload_sheet_end(unload, writer->of_units) != 0)
        return -1;
    return status;
}

static const char *movement(const transfer_change_t *of)
{
    if (of->made)
        return "nouveau";
    if (of->cancelled != of->was_cancelled)
        return of->cancelled ? "annule" : "retabli";
    return of->modified > 0 ? "remplace" : "inchange";
}

static int write_changes(unload_t *unload)
{
    sheet_t *sheet = unload_sheet(unload, kind_changes());
    transfer_change_t row;
    int status = 0;
    db_rows_t *rows;

    if (sheet == NULL)
        return -1;
    rows = transfer_changes(unload->db, unload->scope, &unload->choice);
    while (status == 0 && transfer_changes_next(rows, &row)) {
        db_value_t values[] = {
            text(row.exam),       text(row.session),
            integer(row.number),  integer(row.revision),
            text(movement(&row)), integer(row.made ? DB_NULL : row.revision - row.modified)};

        sheet_row(sheet, values);
        status = unload_row(unload, sheet);
    }
    if (db_end(unload->db, rows) != DB_OK)
        status = -1;
    return unload_sheet_end(unload, sheet) == 0 ? status : -1;
}

int unload_candidates(unload_t *unload)
{
    writer_t writer = {.unload = unload, .composed = apr_hash_make(unload->pool)};

    if (apr_pool_create(&writer.row, unload->pool) != APR_SUCCESS) {
        unload->error = "mémoire insuffisante";
        return -1;
    }
    if (reference_all_units(unload->db, unload->pool, &writer.units) != DB_OK ||
        write_candidates(&writer) != 0)
        return -1;
    return unload->choice.mark >= 0 ? write_changes(unload) : 0;
}
