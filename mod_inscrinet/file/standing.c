/* SPDX-License-Identifier: Apache-2.0 */
#include "standing.h"

#include <apr_strings.h>

#include "../connection.h"
#include "domain/check.h"
#include "store/registration.h"
#include "text/text.h"

/* ---------------------------------------------------------------- one file */

static void model_pieces(page_t *page, model_t *model, const standing_t *standing)
{
    model_list_t *missing = model_list(model, "pieces"), *came = model_list(model, "came");
    const char *today = local_date(page->pool, page->frame.zone, page->now);
    int i;

    for (i = 0; i < standing->pieces->nelts; i++) {
        const standing_piece_t *piece = &APR_ARRAY_IDX(standing->pieces, i, standing_piece_t);
        model_t *row = model_list_object(piece->came == 0 ? missing : came);

        model_text(row, "piece", piece->name);
        model_text(row, "until", date_display(page->pool, piece->until));
        model_flag(row, "overdue", piece->came == 0 && strcmp(piece->until, today) < 0);
        if (piece->came != 0)
            model_text(row, "at", local_time_short(page->pool, page->frame.zone, piece->came));
    }
}

static void model_instant(page_t *page, model_t *model, const char *name, apr_int64_t instant)
{
    if (instant != 0)
        model_text(model, name, local_time_short(page->pool, page->frame.zone, instant));
}

/* Whom an open matter reaches, and how the candidate was told. */
static void model_matter(page_t *page, model_t *model, const standing_file_t *file)
{
    static const char *const names[] = {NULL, "with_candidate", "with_school", "with_office", "seen_to"};
    const standing_t *standing = file->standing;
    const char *name = names[standing_rung(standing, page->now)];

    if (name != NULL)
        model_flag(model, name, 1);
    model_flag(model, "open", name != NULL);
    model_instant(page, model, "told", standing->told);
    model_instant(page, model, "school_from", standing->school_from);
    model_instant(page, model, "office_from", standing->office_from);
    model_instant(page, model, "acknowledged", standing->acknowledged);
    model_text(model, "acknowledged_by", standing->acknowledged_by);
    model_flag(model, "addressed", file->of.has_address);
}

void standing_model(page_t *page, model_t *model, const standing_file_t *file)
{
    static const char *const names[STANDING_STATES] = {"awaited", "received", "incomplete", "complete",
                                                       "aside"};
    standing_state_t state = standing_state_of(page->pool, file);

    model_flag(model, "shown", !file->of.cancelled || state == STANDING_ASIDE);
    model_flag(model, names[state], 1);
    model_text(model, "standing", standing_words(state));
    model_flag(model, "standing_bad", state == STANDING_INCOMPLETE || state == STANDING_ASIDE);
    model_flag(model, "standing_good", state == STANDING_COMPLETE);
    model_text(model, "reason", file->standing->reason);
    model_text(model, "remedies", file->standing->remedies);
    model_pieces(page, model, file->standing);
    model_matter(page, model, file);
}

void standing_model_row(page_t *page, model_t *row, const standing_file_t *file)
{
    standing_model(page, row, file);
    model_text(row, "seen", standing_seen(page, file));
    model_int(row, "plain_number", file->of.number);
    model_text(row, "number", registration_display(page->pool, file->of.number, file->of.revision));
    model_text(row, "name", file->name);
}

int standing_model_of(page_t *page, model_t *model, apr_int64_t number)
{
    model_t *shown = model_create(page->pool, page->config->templates);
    standing_file_t *file;

    if (standing_get(page->db, page->pool, &page->actor.scope, page->exam, page->exam_session->id, number,
                     &file) != DB_OK)
        return 0;
    if (file == NULL)
        return 1;
    standing_model(page, shown, file);
    model_object(model, "file", shown);
    model_flag(model, "set_aside", file->standing->aside);
    return 1;
}

const char *standing_seen(page_t *page, const standing_file_t *file)
{
    return apr_psprintf(page->pool, "%" APR_INT64_T_FMT ".%" APR_INT64_T_FMT, file->of.number,
                        file->standing->version);
}

tick_row_t standing_row(const standing_file_t *file)
{
    return (tick_row_t){file->of.cancelled ? STATE_CANCELLED : STATE_VALID, file->of.revision,
                        file->standing->version};
}
