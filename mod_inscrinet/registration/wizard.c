/* SPDX-License-Identifier: Apache-2.0
 *
 * The wizard: one page for each step of the questionnaire, made from its rows. What was typed goes into the
 * draft at every step, right or wrong, whichever button was pressed: nothing typed is ever lost. No step can
 * be skipped.
 */
#include "registration.h"

#include <apr_strings.h>

#include "domain/check.h"

/* ---------------------------------------------------------------- a question as a control */

static const char *input_type(question_kind_t kind)
{
    return kind == KIND_PHONE ? "tel" : kind == KIND_EMAIL ? "email" : "text";
}

static const char *input_mode(const question_t *asked)
{
    if (asked->kind == KIND_DATE || question_ordinal(asked) == Q_POSTAL_CODE)
        return "numeric";
    return NULL;
}

static void model_question(page_t *page, model_list_t *fields, const questionnaire_t *q,
                           const question_t *asked, const answers_t *answers, const char *value)
{
    model_t *field = model_list_object(fields);
    const char *error = page_error_of(page, asked->name);
    const apr_array_header_t *choices = question_choices(page->pool, asked, q, answers);
    int required = question_required(asked, q);

    if (value == NULL || value[0] == '\0')
        value = page->form == NULL ? question_preselected(page->pool, asked, q, answers) : value;
    model_text(field, "id", asked->name);
    model_text(field, "label", asked->label);
    model_text(field, "hint", asked->hint);
    model_text(field, "error", error);
    model_flag(field, "described", asked->hint != NULL || error != NULL);
    model_flag(field, "required", required);
    model_text(field, "value", value);
    switch (asked->kind) {
    case KIND_SELECT:
        model_flag(field, "select", 1);
        model_flag(field, "choose", choices->nelts > 1);
        model_choices(page, field, asked, choices, value, required);
        break;
    case KIND_RADIO:
        model_flag(field, "radio", 1);
        model_choices(page, field, asked, choices, value, required);
        break;
    case KIND_CHECKBOX:
        model_flag(field, "checkbox", 1);
        model_flag(field, "chosen", value != NULL && value[0] == 'O');
        break;
    default:
        model_flag(field, "input", 1);
        model_text(field, "type", input_type(asked->kind));
        model_text(field, "inputmode", input_mode(asked));
        model_text(field, "autocomplete", "off"); /* a shared computer must not remember the last pupil */
    }
}

void model_stepper(page_t *page, model_t *model, int step, apr_int64_t ordinal)
{
    model_list_t *stages = model_list(model, "stages");
    int i;

    model_int(model, "step", step + 1);
    model_int(model, "steps", STEP_COUNT);
    for (i = 0; i < STEP_COUNT; i++) {
        model_t *stage = model_list_object(stages);

        model_text(stage, "stage", step_info((step_id_t)i)->title);
        model_flag(stage, "past", i < step);
        model_flag(stage, "current", i == step);
    }
    model_text(
        model, "action",
        apr_psprintf(page->pool, "%s?dossier=%" APR_INT64_T_FMT, step_info((step_id_t)step)->path, ordinal));
}

/* A step, shown; typed NULL: what is kept. errors: question_error_t, or NULL. */
static int wizard_page(page_t *page, const questionnaire_t *q, const draft_t *draft, apr_int64_t ordinal,
                       const answers_t *typed, const apr_array_header_t *errors, const window_t *window)
{
    model_list_t *fields;
    model_t *model;
    int i;

    for (i = 0; errors != NULL && i < errors->nelts; i++) {
        const question_error_t *error = &APR_ARRAY_IDX(errors, i, question_error_t);

        page_error(page, error->question->name, error->text);
    }
    page_has_errors(page);
    model = page_model(page, step_info((step_id_t)page->step)->title);
    model_stepper(page, model, page->step, ordinal);
    model_closing(page, model, window);
    fields = model_list(model, "fields");
    for (i = 0; i < QUESTION_COUNT; i++) {
        const question_t *asked = question((question_id_t)i);

        if (asked->step == (step_id_t)page->step && question_shown(asked, q, draft->answers))
            model_question(page, fields, q, asked, draft->answers,
                           typed != NULL ? typed->value[i]
                                         : question_typed(page->pool, asked, draft->answers->value[i]));
    }
    return page_render(page, "step", model);
}

/* ---------------------------------------------------------------- what came with a request */

typedef candidate_t wizard_t;

/* 1 if the step can be shown; else *answer. A draft that became a registration leads to its page, whoever
 * asks again: a double click, a reload, the other tab. */
static int read_wizard(page_t *page, wizard_t *wizard, int *answer)
{
    if (candidate_read(page, 0, wizard) != DB_OK) {
        *answer = page_db_failed(page, DB_LOST);
        return 0;
    }
    if (wizard->done != 0) {
        *answer = page_redirect(page, "%s/enregistree?numero=%" APR_INT64_T_FMT, exam_info(page->exam)->path,
                                wizard->done);
        return 0;
    }
    if (wizard->draft == NULL || wizard->q == NULL) {
        *answer = page_fail(page, HTTP_NOT_FOUND);
        return 0;
    }
    return 1;
}

static int go_to_step(page_t *page, step_id_t step, apr_int64_t ordinal)
{
    return page_redirect(page, "%s/candidature/%s?dossier=%" APR_INT64_T_FMT, exam_info(page->exam)->path,
                         step_info(step)->path, ordinal);
}

static void read_typed(const page_t *page, answers_t *typed)
{
    int i;

    for (i = 0; i < QUESTION_COUNT; i++) {
        const question_t *asked = question((question_id_t)i);

        typed->value[i] = NULL;
        if (asked->step == (step_id_t)page->step)
            typed->value[i] = apr_hash_get(page->form, asked->name, APR_HASH_KEY_STRING);
    }
}

int registration_step_get(page_t *page)
{
    wizard_t wizard;
    answers_t typed;
    step_id_t open;
    int answer;

    if (!read_wizard(page, &wizard, &answer))
        return answer;
    open = questionnaire_open_up_to(page->pool, wizard.q, (step_id_t)page->step, wizard.draft->answers);
    if (page->step > (int)open)
        return go_to_step(page, open, wizard.ordinal);
    if (wizard.closed != NULL && page->form == NULL)
        page_error(page, NULL, wizard.closed);
    if (page->step == STEP_SUMMARY)
        return summary_page(page, wizard.q, wizard.draft, wizard.ordinal, &wizard.window);
    if (page->form != NULL)
        read_typed(page, &typed);
    return wizard_page(page, wizard.q, wizard.draft, wizard.ordinal, page->form != NULL ? &typed : NULL, NULL,
                       &wizard.window);
}

/* ---------------------------------------------------------------- a step comes back */

/* Fields of other steps, of questions that this candidate isn't asked, or of nobody. */
static void refuse_strangers(page_t *page, const wizard_t *wizard)
{
    static const char *const own[] = {"jeton", "action", "certifie"};
    apr_hash_index_t *index;

    for (index = apr_hash_first(page->pool, page->form); index != NULL; index = apr_hash_next(index)) {
        const char *name = apr_hash_this_key(index);
        const question_t *asked = question_of_name(name);
        size_t i;
        int known = asked != NULL && asked->step == (step_id_t)page->step &&
                    question_shown(asked, wizard->q, wizard->draft->answers);

        for (i = 0; i < sizeof own / sizeof *own; i++)
            known |= strcmp(own[i], name) == 0 && (i < 2 || page->step == STEP_SUMMARY);
        if (!known)
            page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
    }
}

/* The draft keeps what is right as it is kept, and what is wrong as it was typed. */
static void keep_wrong_ones(const answers_t *typed, const apr_array_header_t *errors, answers_t *kept)
{
    int i;

    for (i = 0; i < errors->nelts; i++) {
        question_id_t id = question_ordinal(APR_ARRAY_IDX(errors, i, question_error_t).question);

        if (typed->value[id] != NULL && typed->value[id][0] != '\0')
            kept->value[id] = typed->value[id];
    }
}

static db_error_t save(page_t *page, const wizard_t *wizard, const answers_t *answers, int leave)
{
    if (base_begin(page) == NULL)
        return DB_LOST;
    draft_save(page->db, page->pool, wizard->draft->id, answers, page->now);
    if (leave)
        session_forget_items(page->db, page->session->id);
    return base_commit(page);
}

static int saved_page(page_t *page, const wizard_t *wizard)
{
    model_t *model = page_model(page, message_text(MSG_TITLE_SAVED));

    model_closing(page, model, &wizard->window);
    model_text(model, "code", personal_code_display(page->pool, wizard->draft->code));
    model_flag(model, "date_asked", wizard->draft->birth_date != NULL);
    return page_render(page, "saved", model);
}

/* « Enregistrer et quitter » and « Quitter »: kept, and the session knows nothing of the pupil any more. */
static int leave_wizard(page_t *page, const wizard_t *wizard, const answers_t *answers)
{
    db_error_t error = save(page, wizard, answers, 1);

    if (error != DB_OK)
        return page_db_failed(page, error);
    if (form_action(page, "enregistrer"))
        return page_redirect(page, "%s/brouillon?code=%s", exam_info(page->exam)->path, wizard->draft->code);
    return page_redirect(page, "%s/", exam_info(page->exam)->path);
}

static int go_back(page_t *page, const wizard_t *wizard, const answers_t *answers)
{
    db_error_t error = save(page, wizard, answers, 0);

    if (error != DB_OK)
        return page_db_failed(page, error);
    if (page->step == 0)
        return page_redirect(page, "%s/", exam_info(page->exam)->path);
    return go_to_step(page, (step_id_t)(page->step - 1), wizard->ordinal);
}

static int post_summary(page_t *page, const wizard_t *wizard)
{
    if (form_action(page, "enregistrer") || form_action(page, "quitter"))
        return leave_wizard(page, wizard, wizard->draft->answers);
    if (form_action(page, "retour"))
        return go_to_step(page, STEP_EXAMINATION, wizard->ordinal);
    if (strcmp(form_value(page, "certifie"), "O") != 0)
        page_error(page, "certifie", message_text(MSG_CERTIFY_MISSING));
    if (wizard->closed != NULL)
        page_error(page, NULL, wizard->closed);
    if (page_has_errors(page))
        return summary_page(page, wizard->q, wizard->draft, wizard->ordinal, &wizard->window);
    return summary_validate(page);
}

/* « Valider mon inscription », certified and with nothing else: the transaction looks at everything, so that
 * nothing need be looked at before it. */
static int is_validation(page_t *page)
{
    return page->step == STEP_SUMMARY && page->errors->nelts == 0 && form_action(page, "valider") &&
           strcmp(form_value(page, "certifie"), "O") == 0 &&
           apr_hash_count(page->form) == 3; /* and the token */
}

int registration_step_post(page_t *page)
{
    apr_array_header_t *errors;
    answers_t typed, kept;
    wizard_t wizard;
    step_id_t open;
    db_error_t error;
    int answer;

    if (is_validation(page))
        return summary_validate(page);
    if (!read_wizard(page, &wizard, &answer))
        return answer;
    open = questionnaire_open_up_to(page->pool, wizard.q, (step_id_t)page->step, wizard.draft->answers);
    if (page->step > (int)open)
        return go_to_step(page, open, wizard.ordinal);
    refuse_strangers(page, &wizard);
    if (page->step == STEP_SUMMARY)
        return page_has_errors(page) ? registration_step_get(page) : post_summary(page, &wizard);
    read_typed(page, &typed);
    kept = *wizard.draft->answers;
    errors = questionnaire_check(page->pool, wizard.q, (step_id_t)page->step, &typed, &kept);
    if (form_action(page, "retour") || form_action(page, "enregistrer") || form_action(page, "quitter")) {
        keep_wrong_ones(&typed, errors, &kept);
        return form_action(page, "retour") ? go_back(page, &wizard, &kept)
                                           : leave_wizard(page, &wizard, &kept);
    }
    if (errors->nelts > 0 || page_has_errors(page))
        return wizard_page(page, wizard.q, wizard.draft, wizard.ordinal, &typed, errors, &wizard.window);
    if ((error = save(page, &wizard, &kept, 0)) != DB_OK)
        return page_db_failed(page, error);
    return go_to_step(page, (step_id_t)(page->step + 1), wizard.ordinal);
}

/* The code of what was saved, until the next pupil sits down. */
int registration_saved_get(page_t *page)
{
    const char *code = query_value(page, "code");
    wizard_t wizard = {0};
    draft_t *found = NULL;

    code = code != NULL ? personal_code(page->pool, code) : NULL;
    if (code == NULL)
        return page_fail(page, HTTP_NOT_FOUND);
    if (base_borrow(page) == NULL || draft_by_code(page->db, page->pool, page->exam, (service_t)page->service,
                                                   page->session->establishment, code, &found) != DB_OK)
        return page_db_failed(page, DB_LOST);
    if (found == NULL)
        return page_fail(page, HTTP_NOT_FOUND);
    if (candidate_may_register(page, &wizard.closed, &wizard.window) != DB_OK ||
        draft_get(page->db, page->pool, found->id, &wizard.draft) != DB_OK || wizard.draft == NULL)
        return page_db_failed(page, DB_LOST);
    return saved_page(page, &wizard);
}
