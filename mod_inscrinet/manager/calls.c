/* SPDX-License-Identifier: Apache-2.0
 *
 * « Candidats à appeler »: whose matter neither a message nor a school has settled, with their telephones,
 * until somebody has spoken to them; whom somebody has; and of whom nobody was told, which is to be nobody.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../file/standing.h"
#include "../file/standing_acts.h"
#include "../form.h"
#include "../lists/csv.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "domain/check.h"
#include "domain/questionnaire.h"
#include "store/registration.h"
#include "store/standing_told.h"
#include "text/text.h"

enum { SHOWN = 200, FILE_ROWS = 20000, CALLED = 50 };

static const char *telephone(page_t *page, const standing_file_t *file, question_id_t question)
{
    const char *number = file->answers != NULL ? file->answers->value[question] : NULL;

    return number != NULL ? phone_display(page->pool, number) : "";
}

/* ---------------------------------------------------------------- the page */

static void model_call(page_t *page, model_t *row, const standing_file_t *file)
{
    standing_model_row(page, row, file);
    model_text(row, "born", date_display(page->pool, file->birth_date));
    model_text(row, "school", file->school);
    model_text(row, "mobile", telephone(page, file, Q_MOBILE));
    model_text(row, "telephone", telephone(page, file, Q_PHONE));
}

/* *count: of those that there are. */
static int model_calls(page_t *page, model_t *model, const char *name, int acknowledged, int most)
{
    model_list_t *rows = model_list(model, name);
    apr_array_header_t *files;
    int i;

    if (standing_calls(page->db, page->pool, &page->actor.scope, page->exam, page->exam_session->id,
                       acknowledged, page->now, most, &files) != DB_OK)
        return 0;
    for (i = 0; i < files->nelts; i++)
        model_call(page, model_list_object(rows), &APR_ARRAY_IDX(files, i, standing_file_t));
    model_flag(model, apr_pstrcat(page->pool, "any_", name, NULL), files->nelts > 0);
    return 1;
}

static int model_silent(page_t *page, model_t *model)
{
    model_list_t *rows = model_list(model, "silent");
    apr_array_header_t *silent;
    int i;

    if (standing_silent(page->db, page->pool, &page->actor.scope, page->exam_session->id, page->now,
                        &silent) != DB_OK)
        return 0;
    for (i = 0; i < silent->nelts; i++) {
        const standing_silent_t *one = &APR_ARRAY_IDX(silent, i, standing_silent_t);
        model_t *row = model_list_object(rows);

        model_text(row, "number", registration_display(page->pool, one->number, one->revision));
        model_int(row, "plain_number", one->number);
        model_text(row, "name", one->name);
    }
    model_flag(model, "any_silent", silent->nelts > 0);
    return 1;
}

int manager_calls_get(page_t *page)
{
    model_t *model = answer_model(page, message_text(MSG_TITLE_CALLS));
    apr_int64_t count;
    int answer;

    manager_model(page, model);
    manager_model_parent_list(page, model);
    if (connection_borrow(page) == NULL ||
        standing_calls_count(page->db, &page->actor.scope, page->exam_session->id, page->now, &count) !=
            DB_OK ||
        !model_calls(page, model, "calls", 0, SHOWN) || !model_calls(page, model, "called", 1, CALLED) ||
        !model_silent(page, model))
        return answer_db_failed(page);
    if (!standing_model_change(page, model, &answer))
        return answer;
    model_int(model, "count", count);
    model_flag(model, "several", count > 1);
    model_flag(model, "cut", count > SHOWN);
    session_forget_notice(page);
    return answer_render(page, "manager_calls", model);
}

/* ---------------------------------------------------------------- spoken to */

int manager_calls_post(page_t *page)
{
    if (form_action(page, "retour"))
        return answer_redirect_exam(page, "%s", "");
    return standing_acts_acknowledge(page, "appels");
}

/* ---------------------------------------------------------------- the file */

static const char *pieces_text(page_t *page, const standing_t *standing)
{
    apr_array_header_t *words = apr_array_make(page->pool, 4, sizeof(const char *));
    int i;

    for (i = 0; i < standing->pieces->nelts; i++) {
        const standing_piece_t *piece = &APR_ARRAY_IDX(standing->pieces, i, standing_piece_t);

        if (piece->came == 0)
            APR_ARRAY_PUSH(words, const char *) = piece->name;
    }
    return apr_array_pstrcat(page->pool, words, '|');
}

static void call_cells(page_t *page, const apr_array_header_t *rows, int row, const char **cells)
{
    const standing_file_t *file = &APR_ARRAY_IDX(rows, row, standing_file_t);
    const char *until = standing_until(file->standing);

    *cells++ = registration_display(page->pool, file->of.number, file->of.revision);
    *cells++ = file->name;
    *cells++ = date_display(page->pool, file->birth_date);
    *cells++ = telephone(page, file, Q_MOBILE);
    *cells++ = telephone(page, file, Q_PHONE);
    *cells++ = file->school != NULL ? file->school : "Candidat individuel";
    *cells++ = standing_words(standing_state_of(page->pool, file));
    *cells++ = file->standing->aside ? file->standing->reason : pieces_text(page, file->standing);
    *cells++ = until != NULL ? date_display(page->pool, until) : "";
    *cells = local_time_short(page->pool, page->frame.zone, file->standing->office_from);
}

int manager_calls_csv(page_t *page)
{
    static const char *const heads[] = {
        "Numéro",         "Nom - prénom",    "Date de naissance", "Téléphone mobile",
        "Téléphone fixe", "Établissement",   "Dossier",           "Pièces manquantes ou motif",
        "Jusqu’au",       "À appeler depuis"};
    csv_table_t table = {"appels", heads, sizeof heads / sizeof *heads, NULL, call_cells};
    apr_array_header_t *files;

    if (!csv_is_known(page))
        return answer_not_found(page);
    if (connection_borrow(page) == NULL ||
        standing_calls(page->db, page->pool, &page->actor.scope, page->exam, page->exam_session->id, 0,
                       page->now, FILE_ROWS, &files) != DB_OK)
        return answer_db_failed(page);
    table.rows = files;
    return csv_send_table(page, &table);
}
