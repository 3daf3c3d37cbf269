/* SPDX-License-Identifier: Apache-2.0
 *
 * « Élèves attendus »: the school's own file of its pupils, shown before it is applied; who has not
 * registered yet, by class; slips for them.
 */
#include <apr_strings.h>
#include <string.h>

#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "../routes.h"
#include "../school.h"
#include "../session.h"
#include "domain/check.h"
#include "exchange/load_pupils.h"
#include "pupils_load.h"
#include "store/pupil.h"

/* ---------------------------------------------------------------- who is missing */

/* A class as the page shows it. */
typedef struct class_t {
    const char *name; /* NULL: none */
    model_t *row;
    model_list_t *missing;
    int expected, registered;
} class_t;

static void end_class(const class_t *class)
{
    if (class->row == NULL)
        return;
    model_int(class->row, "expected", class->expected);
    model_int(class->row, "registered", class->registered);
    model_int(class->row, "left", class->expected - class->registered);
    model_flag(class->row, "complete", class->expected == class->registered);
}

static int is_of_class(const class_t *class, const pupil_t *pupil)
{
    if (class->row == NULL)
        return 0;
    return class->name == NULL || pupil->class_name == NULL ? class->name == pupil->class_name
                                                            : strcmp(class->name, pupil->class_name) == 0;
}

static class_t begin_class(model_list_t *rows, const pupil_t *pupil, int ordinal)
{
    class_t class = {.name = pupil->class_name, .row = model_list_object(rows)};

    model_int(class.row, "ordinal", ordinal);
    model_text(class.row, "class", class.name);
    class.missing = model_list(class.row, "missing");
    return class;
}

static void model_missing(page_t *page, model_t *row, const pupil_t *pupil)
{
    model_text(row, "name", pupil->listed_name);
    model_text(row, "born", date_display(page->pool, pupil->birth_date));
    model_text(row, "specialty", pupil->specialty_label);
}

static void model_pupils(page_t *page, model_t *model, const apr_array_header_t *pupils)
{
    model_list_t *rows = model_list(model, "classes");
    int registered = 0, classes = 0, i;
    class_t class = {0};

    for (i = 0; i < pupils->nelts; i++) {
        const pupil_t *pupil = &APR_ARRAY_IDX(pupils, i, pupil_t);

        if (!is_of_class(&class, pupil)) {
            end_class(&class);
            class = begin_class(rows, pupil, ++classes);
        }
        class.expected++;
        class.registered += pupil->registered;
        registered += pupil->registered;
        if (!pupil->registered)
            model_missing(page, model_list_object(class.missing), pupil);
    }
    end_class(&class);
    model_flag(model, "any", pupils->nelts > 0);
    model_int(model, "expected", pupils->nelts);
    model_int(model, "registered", registered);
    model_int(model, "left", pupils->nelts - registered);
    model_flag(model, "any_left", registered < pupils->nelts);
}

int establishment_pupils_get(page_t *page)
{
    int year = load_pupils_year(page->now);
    apr_array_header_t *pupils;
    model_t *model;

    if (connection_borrow(page) == NULL ||
        pupil_list(page->db, page->pool, &page->actor.scope, year, &pupils) != DB_OK)
        return answer_db_failed(page);
    model = answer_model(page, message_text(MSG_TITLE_PUPILS));
    model_int(model, "year", year);
    if (pupils_load_model(page, model) != DB_OK)
        return answer_db_failed(page);
    model_pupils(page, model, pupils);
    field_text(page, field_list(model), "fichier", "Fichier des élèves", message_text(MSG_HINT_PUPILS_FILE),
               "file", 1, "off");
    session_forget_notice(page);
    return answer_render(page, "pupils", model);
}

/* ---------------------------------------------------------------- the file */

static int give_up(page_t *page)
{
    if (connection_begin(page) == NULL)
        return answer_db_failed(page);
    pupil_upload_forget(page->db, page->session->id);
    return connection_commit(page) == DB_OK ? answer_redirect(page, "eleves") : answer_db_failed(page);
}

static int apply(page_t *page)
{
    int loaded, answer;

    if (!pupils_load_apply(page, &loaded, &answer))
        return answer;
    return page_has_errors(page) ? establishment_pupils_get(page) : answer_redirect(page, "eleves");
}

static int take_file(page_t *page)
{
    int answer;

    if (page->upload == NULL || page->upload->length == 0)
        page_error(page, "fichier", message_text(MSG_PUPILS_FILE_MISSING));
    else if (!pupils_load_try(page, &answer))
        return answer;
    return page_has_errors(page) ? establishment_pupils_get(page) : answer_redirect(page, "eleves");
}

/* ---------------------------------------------------------------- slips */

/* Each gets his code, once; the document then only reads. */
static int give_codes(page_t *page)
{
    apr_array_header_t *pupils;
    int answer, year = load_pupils_year(page->now);

    if (!change_begin(page, &answer))
        return answer;
    if (pupil_list(page->db, page->pool, &page->actor.scope, year, &pupils) != DB_OK ||
        pupil_give_codes(page->db, page->pool, page->actor.establishment, year, pupils) != DB_OK)
        return answer_db_failed(page);
    page_audit(page, "pupils.print", DB_NULL, apr_itoa(page->pool, pupils->nelts), NULL);
    return change_commit(page, &answer) ? answer_redirect(page, "eleves.pdf") : answer;
}

int establishment_pupils_post(page_t *page)
{
    if (form_action(page, "retour"))
        return answer_redirect(page, "%s", "");
    if (form_action(page, "renoncer"))
        return give_up(page);
    if (form_action(page, "appliquer"))
        return apply(page);
    return form_action(page, "imprimer") ? give_codes(page) : take_file(page);
}
