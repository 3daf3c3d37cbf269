/* SPDX-License-Identifier: Apache-2.0
 *
 * « Où en est mon inscription ? »: where a candidate's file stands, what is still awaited of him and until
 * when, whom to ask, what was written to him. For whoever proves that it is his, a school's pupil as well,
 * who registered elsewhere.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../cache.h"
#include "../connection.h"
#include "../file/standing.h"
#include "../routes.h"
#include "domain/check.h"
#include "domain/hand_in.h"
#include "store/standing_told.h"
#include "items.h"
#include "proof.h"
#include "text/text.h"

/* ---------------------------------------------------------------- the page */

static const char *letter_words(const char *kind)
{
    static const struct {
        const char *kind;
        message_t words;
    } letters[] = {{"file", MSG_LETTER_FILE}, {"paper", MSG_LETTER_PAPER}};
    size_t i;

    for (i = 0; i < sizeof letters / sizeof *letters; i++)
        if (strcmp(letters[i].kind, kind) == 0)
            return message_text(letters[i].words);
    return message_text(MSG_LETTER_CODE);
}

static db_error_t model_letters(page_t *page, model_t *model, apr_int64_t number)
{
    model_list_t *rows = model_list(model, "letters");
    apr_array_header_t *letters;
    int i;

    if (standing_messages(page->db, page->pool, page->exam, number, &letters) != DB_OK)
        return db_error(page->db);
    for (i = 0; i < letters->nelts; i++) {
        const standing_message_t *letter = &APR_ARRAY_IDX(letters, i, standing_message_t);
        model_t *row = model_list_object(rows);

        model_text(row, "what", letter_words(letter->kind));
        model_flag(row, "waits", letter->waits);
        model_text(row, "at",
                   local_time_short(page->pool, page->frame.zone,
                                    letter->sent != DB_NULL ? letter->sent : letter->written));
    }
    model_flag(model, "any_letters", letters->nelts > 0);
    return DB_OK;
}

static void model_candidate(page_t *page, model_t *model, const standing_file_t *file,
                            const exam_rules_t *rules)
{
    model_t *shown = model_create(page->pool, page->config->templates);

    standing_model(page, shown, file);
    model_object(model, "file", shown);
    model_text(model, "number", registration_display(page->pool, file->of.number, file->of.revision));
    model_text(model, "candidate", file->name);
    model_text(model, "born", date_display(page->pool, file->birth_date));
    model_text(model, "of_school", file->school);
    model_flag(model, "cancelled", file->of.cancelled && !file->standing->aside);
    model_text(model, "created", local_time_short(page->pool, page->frame.zone, file->created));
    if (file->returned != DB_NULL && file->of.returned_revision == file->of.revision)
        model_text(model, "returned", local_time_short(page->pool, page->frame.zone, file->returned));
    model_text(model, "hand_in", hand_in(page->pool, rules, file->of.has_school));
    model_text(model, "contact", rules->contact);
    model_text(model, "reprint",
               file->of.has_school || file->of.cancelled
                   ? NULL
                   : apr_psprintf(page->pool, "confirmation.pdf?numero=%" APR_INT64_T_FMT, file->of.number));
}

static int follow_page(page_t *page, const registration_t *of)
{
    standing_file_t *file = NULL;
    const exam_rules_t *rules;
    model_t *model;

    if (cache_rules(page, &rules) != DB_OK || connection_borrow(page) == NULL ||
        standing_get(page->db, page->pool, &page->actor.own, of->exam, of->exam_session, of->number, &file) !=
            DB_OK)
        return answer_db_failed(page);
    if (file == NULL)
        return answer_not_found(page);
    model = answer_model(page, message_text(MSG_TITLE_FOLLOW));
    model_candidate(page, model, file, rules);
    return model_letters(page, model, of->number) == DB_OK ? answer_render(page, "follow", model)
                                                           : answer_db_failed(page);
}

int registration_follow_get(page_t *page)
{
    registration_t *found;
    int answer;

    if (page->form != NULL || page_query(page, "numero") == NULL)
        return proof_page(page, MSG_TITLE_FOLLOW);
    found = items_registration(page, &answer);
    return found != NULL ? follow_page(page, found) : answer;
}

/* ---------------------------------------------------------------- the proof */

int registration_follow_post(page_t *page)
{
    int answer;
    registration_t *found = proof_of_file(page, "dossier", &answer);

    if (found == NULL)
        return answer;
    return items_prove(page, found->number)
               ? answer_redirect_exam(page, "dossier?numero=%" APR_INT64_T_FMT, found->number)
               : answer_db_failed(page);
}
