/* SPDX-License-Identifier: Apache-2.0 */
#include "mail_file.h"
#include "mail_about.h"

#include <string.h>

#include "../lib/domain/check.h"
#include "../lib/store/standing.h"

int mail_is_of_file(const char *kind)
{
    return strcmp(kind, "file") == 0 || strcmp(kind, "paper") == 0;
}

/* ---------------------------------------------------------------- where it stands */

static void model_pieces(apr_pool_t *pool, model_t *model, const standing_t *standing)
{
    model_list_t *list = model_list(model, "pieces");
    int i;

    for (i = 0; i < standing->pieces->nelts; i++) {
        const standing_piece_t *piece = &APR_ARRAY_IDX(standing->pieces, i, standing_piece_t);
        model_t *row;

        if (piece->came != 0)
            continue;
        row = model_list_object(list);
        model_text(row, "piece", piece->name);
        model_text(row, "until", date_display(pool, piece->until));
    }
}

static void model_standing(apr_pool_t *pool, model_t *model, const standing_file_t *file)
{
    static const char *const names[STANDING_STATES] = {"awaited", "received", "incomplete", "complete",
                                                       "aside"};
    standing_state_t state = standing_state_of(pool, file);

    model_text(model, "standing", standing_words(state));
    model_flag(model, names[state], 1);
    model_pieces(pool, model, file->standing);
    model_text(model, "reason", file->standing->reason);
    model_text(model, "remedies", file->standing->remedies);
}

/* A cancelled registration has no file to be told of, unless it is that it was set aside. */
static int speaks(apr_pool_t *pool, const outbox_message_t *message, const standing_file_t *file)
{
    if (strcmp(message->kind, "paper") == 0)
        return !file->of.cancelled && file->of.returned_revision != file->of.revision;
    return !file->of.cancelled || standing_state_of(pool, file) == STANDING_ASIDE;
}

int mail_model_file(const mail_t *mail, apr_pool_t *pool, model_t *model, const outbox_message_t *message)
{
    standing_file_t *file;
    mail_about_t about;

    if (!mail_read_about(mail, pool, message, 1, &about) ||
        standing_get(mail->db, pool, &mail->ctl->actor.scope, message->exam, about.session->id,
                     message->number, &file) != DB_OK ||
        file == NULL || !speaks(pool, message, file))
        return 0;
    mail_model_session(mail, model, about.session, service_info(SERVICE_PUBLIC_REGISTRATION)->code);
    mail_model_candidate(pool, model, &about);
    model_flag(model, "school", about.school != NULL);
    model_standing(pool, model, file);
    return 1;
}
