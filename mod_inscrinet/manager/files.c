/* SPDX-License-Identifier: Apache-2.0
 *
 * « Suivi du dossier »: one candidate, or some by their numbers; what can be said of their files, each with a
 * button of its own; then what was done, and its undoing. Those that are ticked in a list are several.c's.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../connection.h"
#include "../field.h"
#include "../file/standing.h"
#include "../file/standing_acts.h"
#include "../form.h"
#include "../lists/numbers.h"
#include "../manager.h"
#include "../routes.h"
#include "../session.h"
#include "acts.h"
#include "store/registration.h"

/* ---------------------------------------------------------------- whom it is about */

/* The numbers of the address; NULL: there is none, or something else stands there. */
static const apr_array_header_t *numbers_asked(const page_t *page)
{
    const char *asked = page_query(page, "numeros");

    return asked != NULL ? numbers_read(page->pool, asked, ",", STANDING_FILES_MOST) : NULL;
}

/* Those of the address (standing_file_t *); 0 with *answer: one isn't there, or there is none. */
static int read_files(page_t *page, apr_array_header_t *files, int *answer)
{
    const apr_array_header_t *numbers = numbers_asked(page);
    standing_file_t *file;
    int i;

    if (connection_borrow(page) == NULL) {
        *answer = answer_db_failed(page);
        return 0;
    }
    for (i = 0; numbers != NULL && i < numbers->nelts; i++) {
        if (standing_get(page->db, page->pool, &page->actor.scope, page->exam, page->exam_session->id,
                         APR_ARRAY_IDX(numbers, i, apr_int64_t), &file) != DB_OK) {
            *answer = answer_db_failed(page);
            return 0;
        }
        if (file == NULL)
            break;
        APR_ARRAY_PUSH(files, standing_file_t *) = file;
    }
    if (numbers != NULL && i == numbers->nelts)
        return 1;
    *answer = answer_not_found(page);
    return 0;
}

static const standing_file_t *file_at(const apr_array_header_t *files, int i)
{
    return APR_ARRAY_IDX(files, i, const standing_file_t *);
}

/* "11.3 12.0" */
static const char *seen_of(page_t *page, const apr_array_header_t *files)
{
    apr_array_header_t *words = apr_array_make(page->pool, files->nelts, sizeof(const char *));
    int i;

    for (i = 0; i < files->nelts; i++)
        APR_ARRAY_PUSH(words, const char *) = standing_seen(page, file_at(files, i));
    return apr_array_pstrcat(page->pool, words, ' ');
}

static void model_files(page_t *page, model_t *model, const apr_array_header_t *files)
{
    model_list_t *rows = model_list(model, "rows");
    int i;

    for (i = 0; i < files->nelts; i++) {
        const standing_file_t *file = file_at(files, i);
        model_t *row = model_list_object(rows);

        standing_model_row(page, row, file);
        model_text(row, "school", file->school);
        model_flag(row, "cancelled", file->of.cancelled);
    }
    model_int(model, "count", files->nelts);
    model_flag(model, "several", files->nelts > 1);
    model_text(model, "seen", seen_of(page, files));
}

/* ---------------------------------------------------------------- what can be said of them */

/* The pieces that one of them lacks, each once. */
static apr_array_header_t *missing_of(page_t *page, const apr_array_header_t *files)
{
    apr_array_header_t *names = apr_array_make(page->pool, 8, sizeof(const char *));
    apr_hash_t *known = apr_hash_make(page->pool);
    int i, j;

    for (i = 0; i < files->nelts; i++) {
        const apr_array_header_t *pieces = file_at(files, i)->standing->pieces;

        for (j = 0; j < pieces->nelts; j++) {
            const standing_piece_t *piece = &APR_ARRAY_IDX(pieces, j, standing_piece_t);

            if (piece->came != 0 || apr_hash_get(known, piece->name, APR_HASH_KEY_STRING) != NULL)
                continue;
            apr_hash_set(known, piece->name, APR_HASH_KEY_STRING, piece->name);
            APR_ARRAY_PUSH(names, const char *) = piece->name;
        }
    }
    return names;
}

static void model_came(page_t *page, model_t *model, const apr_array_header_t *files)
{
    const apr_array_header_t *names = missing_of(page, files);
    model_list_t *choices;
    int i;

    if (names->nelts == 0)
        return;
    choices = field_select(page, acts_section(page, model, "arrive"), "arrivee", "Pièce arrivée", NULL);
    for (i = 0; i < names->nelts; i++) {
        const char *name = APR_ARRAY_IDX(names, i, const char *);

        field_choice(page, choices, "arrivee", name, name, names->nelts == 1);
    }
}

/* Whether an act would do something to one of them. */
static int does_something(page_t *page, const apr_array_header_t *files, standing_kind_t kind)
{
    const standing_act_t act = {.kind = kind, .piece = "", .until = "", .by = "", .now = page->now};
    int i;

    for (i = 0; i < files->nelts; i++) {
        standing_t tried = *file_at(files, i)->standing;

        if (standing_act(page->pool, &tried, &file_at(files, i)->of, &act))
            return 1;
    }
    return 0;
}

static void model_acts(page_t *page, model_t *model, const apr_array_header_t *files)
{
    static const struct {
        standing_kind_t kind;
        const char *flag;
    } advances[] = {{STANDING_RECEIVE, "may_receive"},
                    {STANDING_DECLARE_COMPLETE, "may_complete"},
                    {STANDING_SET_BACK, "may_set_back"},
                    {STANDING_ACKNOWLEDGE, "may_acknowledge"}};
    size_t i;

    if (does_something(page, files, STANDING_ASK))
        acts_model_piece(page, acts_section(page, model, "ask"), 0);
    model_came(page, model, files);
    for (i = 0; i < sizeof advances / sizeof *advances; i++)
        if (does_something(page, files, advances[i].kind)) {
            model_flag(model, advances[i].flag, 1);
            model_flag(model, "may_advance", 1);
        }
    if (does_something(page, files, STANDING_SET_ASIDE))
        acts_model_reason(page, acts_section(page, model, "setting_aside"), 0);
}

int manager_files_get(page_t *page)
{
    apr_array_header_t *files = apr_array_make(page->pool, 16, sizeof(standing_file_t *));
    model_t *model;
    int answer;

    if (!read_files(page, files, &answer))
        return answer;
    model = answer_model(page, message_text(files->nelts > 1 ? MSG_TITLE_FILES : MSG_TITLE_FILE));
    manager_model(page, model);
    manager_model_parent_list(page, model);
    if (!standing_model_change(page, model, &answer))
        return answer;
    model_files(page, model, files);
    if ((page->actor.rights & RIGHT_CHANGE) != 0)
        model_acts(page, model, files);
    session_forget_notice(page);
    return answer_render(page, "manager_files", model);
}

/* ---------------------------------------------------------------- what is said */

static const char *query_of(const page_t *page)
{
    const apr_array_header_t *numbers = numbers_asked(page);

    return apr_pstrcat(page->pool, "numeros=", numbers != NULL ? numbers_written(page->pool, numbers) : NULL,
                       NULL);
}

int manager_files_post(page_t *page)
{
    const char *undone = form_value(page, "defaire"), *shown = NULL;
    standing_act_t act = {.kind = STANDING_ASK};
    apr_int64_t change;
    int answer;

    if (undone[0] != '\0')
        return standing_acts_undo(page, apr_atoi64(undone), &answer)
                   ? answer_redirect_exam(page, "dossiers?%s", query_of(page))
                   : answer;
    acts_read(page, 1, &act, &shown);
    if (page_has_errors(page))
        return answer_again(page);
    return standing_acts(page, &act, shown, standing_seen_of(page->pool, form_value(page, "vu")), &change,
                         &answer)
               ? answer_redirect_exam(page, "dossiers?%s&changement=%" APR_INT64_T_FMT, query_of(page),
                                      change)
               : answer;
}
