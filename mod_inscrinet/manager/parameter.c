/* SPDX-License-Identifier: Apache-2.0
 *
 * One parameter, for all exams, for one or for a session: what holds, since when and by whom; changed, looked
 * at before it is, and taken back. The form carries a seal of what was said when it was shown: whoever comes
 * second sees what somebody else has written meanwhile, and keeps what he has typed.
 */
#include <apr_strings.h>

#include "../answer.h"
#include "../change.h"
#include "../connection.h"
#include "../field.h"
#include "../form.h"
#include "../manager.h"
#include "../page_text.h"
#include "../registration/choices.h"
#include "../routes.h"
#include "../session.h"
#include "domain/check.h"
#include "asked.h"
#include "text/text.h"

enum { SHORT = 6, LONG = 18 /* lines of an area */, MUCH = 400 /* characters */ };

/* ---------------------------------------------------------------- the control */

static int control_of(parameter_kind_t kind)
{
    switch (kind) {
    case PARAMETER_LINES:
    case PARAMETER_LIST:
        return FIELD_AREA;
    case PARAMETER_YES_NO:
    case PARAMETER_CHOICE:
        return FIELD_RADIO;
    default:
        return FIELD_INPUT;
    }
}

/* « Facultatif. Sous le nom de l’académie. Forme attendue : … » */
static const char *hint_of(page_t *page, const parameter_t *parameter, int required)
{
    const char *hint = required ? "" : message_text(MSG_HINT_OPTIONAL);
    const char *shape = apr_pstrcat(page->pool, message_text(MSG_PARAMETER_SHAPE), parameter->shape, NULL);
    const char *parts[] = {hint, parameter->hint != NULL ? parameter->hint : "",
                           control_of(parameter->kind) == FIELD_INPUT ? shape : ""};
    const char *whole = "";
    size_t i;

    for (i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i][0] != '\0')
            whole = apr_pstrcat(page->pool, whole, whole[0] != '\0' ? ". " : "", parts[i], NULL);
    return whole[0] != '\0' ? whole : NULL;
}

static const char *shown_value(page_t *page, const asked_t *asked)
{
    const said_of_t *from;
    const char *value;

    if (form_was_sent(page, "valeur"))
        return form_value(page, "valeur");
    value = said_holds(page, asked->parameter, asked->whom, asked->values, asked->of, &from);
    return value != NULL ? parameter_typed(page->pool, asked->parameter, value) : "";
}

/* A control that choices.h makes as that of a question. */
static const question_t *as_question(page_t *page, const char *name, question_kind_t kind)
{
    question_t *row = apr_pcalloc(page->pool, sizeof *row);

    row->name = name;
    row->kind = kind;
    return row;
}

static void model_control(page_t *page, model_t *model, const asked_t *asked)
{
    const parameter_t *parameter = asked->parameter;
    const char *value = shown_value(page, asked);
    int required = !parameter_right(page->pool, parameter, asked->of->exam, "");
    field_t field = {.name = "valeur",
                     .label = message_text(MSG_LABEL_VALUE),
                     .hint = hint_of(page, parameter, required),
                     .value = value,
                     .kind = control_of(parameter->kind),
                     .required = required};
    model_row_t *row = field_add(page, field_list(model), &field);

    switch (field.kind) {
    case FIELD_RADIO:
        choices_model(page, row, as_question(page, field.name, KIND_RADIO),
                      parameter_choices(page->pool, parameter), value, required);
        break;
    case FIELD_AREA:
        row_text(row, FIELD_LINES, apr_itoa(page->pool, text_characters(value) > MUCH ? LONG : SHORT));
        break;
    default:
        row_text(row, FIELD_TYPE, "text");
        row_text(row, FIELD_AUTOCOMPLETE, "off");
        if (parameter->kind == PARAMETER_NUMBER || parameter->kind == PARAMETER_DATE)
            row_text(row, FIELD_INPUTMODE, "numeric");
    }
}

/* ---------------------------------------------------------------- what is said */

/* Of whom: a choice that the page offers where there is one. */
static void model_whom(model_t *model, const asked_t *asked)
{
    model_list_t *list = model_list(model, "whom");
    int i;

    if (asked->parameter->scope == PARAMETER_GLOBAL)
        return;
    model_flag(model, "chooses", 1);
    for (i = 0; i < asked->whom->nelts; i++) {
        const said_of_t *of = &APR_ARRAY_IDX(asked->whom, i, said_of_t);
        model_t *row;

        if (!parameter_takes(asked->parameter, of->exam))
            continue;
        row = model_list_object(list);
        model_text(row, "value", of->path);
        model_text(row, "label", of->words);
        model_flag(row, "chosen", of == asked->of);
    }
}

/* What holds of the target, and where else something is said. */
static void model_values(page_t *page, model_t *model, const asked_t *asked)
{
    const parameter_t *parameter = asked->parameter;
    model_list_t *others = model_list(model, "others");
    const said_of_t *from;
    int i;

    said_model(page, model, "present", parameter,
               said_holds(page, parameter, asked->whom, asked->values, asked->of, &from));
    model_text(model, "from", from != NULL ? from->words : NULL);
    said_model(page, model, "usual", parameter, parameter_default(page->pool, parameter, asked->of->exam));
    for (i = 0; i < asked->whom->nelts; i++) {
        const said_of_t *of = &APR_ARRAY_IDX(asked->whom, i, said_of_t);
        const parameter_target_t target = said_target(of, parameter->name);
        const char *value = parameter_said(asked->values, &target);
        model_t *row;

        if (value == NULL || of == from)
            continue;
        model_flag(model, "any_others", 1);
        row = model_list_object(others);
        model_text(row, "whom", of->words);
        said_model(page, row, "value", parameter, value);
    }
}

static void model_change(page_t *page, model_t *row, const parameter_t *parameter,
                         const parameter_change_t *change)
{
    model_int(row, "ordinal", change->ordinal);
    model_text(row, "at", local_time_short(page->pool, page->frame.zone, change->at));
    model_text(row, "actor", change->actor);
    said_model(page, row, "before", parameter, change->before);
    said_model(page, row, "after", parameter, change->after);
}

static void model_history(page_t *page, model_t *model, const asked_t *asked)
{
    model_list_t *list = model_list(model, "changes");
    int i;

    model_flag(model, "changed", asked->changes->nelts > 0);
    for (i = 0; i < asked->changes->nelts; i++)
        model_change(page, model_list_object(list), asked->parameter,
                     &APR_ARRAY_IDX(asked->changes, i, parameter_change_t));
}

/* ---------------------------------------------------------------- the page */

static int is_page_text(const asked_t *asked)
{
    return asked->parameter->group == PARAMETER_TEXTS;
}

/* As it will stand: in paragraphs on a page of its own, else as one. */
static void model_preview(page_t *page, model_t *model, const asked_t *asked)
{
    const page_text_t *of = page_text_of(asked->parameter->name);
    const char *text = parameter_kept(page->pool, asked->parameter, form_value(page, "valeur"));
    model_t *preview = model_create(page->pool, page->config->templates);

    model_object(model, "preview", preview);
    if (of == NULL) {
        model_list_text(model_list(preview, "paragraphs"), text);
        return;
    }
    model_text(preview, "heading", message_text(of->title));
    page_text_model(page, preview, text);
}

/* Where it is said of the target, and not just what a new base says. */
static int can_be_reset(page_t *page, const asked_t *asked)
{
    const char *first =
        asked->of->exam == EXAM_NONE ? parameter_seed(page->pool, asked->parameter->name) : NULL;

    return asked->own != NULL && (first == NULL || strcmp(asked->own, first) != 0);
}

/* A form that was refused for another reason keeps the seal that it came with. */
static const char *seal_of(page_t *page, const asked_t *asked, int meanwhile)
{
    return !meanwhile && form_was_sent(page, "vu") ? form_value(page, "vu")
                                                   : asked_seal(page, asked, asked->own);
}

static int show(page_t *page, const asked_t *asked, int meanwhile)
{
    const char *seen = seal_of(page, asked, meanwhile);
    model_t *model;

    if (seen == NULL)
        return answer_db_failed(page);
    model = answer_model(page, asked->parameter->label);
    manager_model(page, model);
    model_text(model, "seen", seen);
    model_text(model, "name", asked->parameter->name);
    model_text(model, "address", said_address(page, asked->parameter->name, asked->of));
    model_text(model, "of", asked->of->words);
    model_flag(model, "archived", asked_is_archived(asked));
    model_flag(model, "takes", asked->takes);
    model_flag(model, "page_text", is_page_text(asked));
    model_flag(model, "can_be_reset", can_be_reset(page, asked));
    model_flag(model, "meanwhile", meanwhile);
    model_whom(model, asked);
    model_values(page, model, asked);
    model_history(page, model, asked);
    if (asked->takes)
        model_control(page, model, asked);
    if (form_action(page, "apercu") && !page_has_errors(page))
        model_preview(page, model, asked);
    session_forget_notice(page);
    return answer_render(page, "manager_parameter", model);
}

int manager_parameter_get(page_t *page)
{
    asked_t asked;
    int answer;

    return asked_look_up(page, &asked, &answer) ? show(page, &asked, 0) : answer;
}

/* ---------------------------------------------------------------- changing it */

/* Who runs the command alone names a program of the server. */
static int is_operators(const asked_t *asked, const char *value)
{
    const char *begins = asked->parameter->operators;

    return begins != NULL && strncmp(value, begins, strlen(begins)) == 0;
}

static void check(page_t *page, const asked_t *asked, const char *value)
{
    const parameter_t *parameter = asked->parameter;

    if (!parameter_right(page->pool, parameter, asked->of->exam, value))
        page_error(page, "valeur", parameter_refusal(page->pool, parameter, value));
    else if (is_operators(asked, value))
        page_error(page, "valeur",
                   message_format(page->pool, MSG_PARAMETER_OPERATORS, parameter->operators, NULL));
}

/* What it was before one of its changes. */
static const char *former(page_t *page, const asked_t *asked)
{
    apr_int64_t ordinal = whole_number(form_value(page, "revenir"));
    int i;

    for (i = 0; i < asked->changes->nelts; i++)
        if (APR_ARRAY_IDX(asked->changes, i, parameter_change_t).ordinal == ordinal)
            return APR_ARRAY_IDX(asked->changes, i, parameter_change_t).before;
    page_error(page, NULL, message_text(MSG_FIELD_VALUE));
    return NULL;
}

/* What is to be said of the target; NULL: nothing more. */
static const char *wanted(page_t *page, const asked_t *asked)
{
    const char *value;

    if (form_was_sent(page, "revenir"))
        value = former(page, asked);
    else if (form_action(page, "defaut"))
        value = asked->of->exam == EXAM_NONE ? parameter_seed(page->pool, asked->parameter->name) : NULL;
    else
        value = parameter_kept(page->pool, asked->parameter, form_value(page, "valeur"));
    if (value != NULL)
        check(page, asked, value);
    return value;
}

static int is_same(const parameter_change_t *change)
{
    if (change->before == NULL || change->after == NULL)
        return change->before == change->after;
    return strcmp(change->before, change->after) == 0;
}

static message_t notice_of(const page_t *page, const parameter_change_t *change)
{
    if (change->after != NULL && is_same(change))
        return MSG_NOTICE_PARAMETER_SAME;
    return form_action(page, "defaut") ? MSG_NOTICE_PARAMETER_DEFAULT : MSG_NOTICE_PARAMETER;
}

/* In the open transaction. */
static void make(page_t *page, const asked_t *asked, const parameter_change_t *change)
{
    const char *name = asked->parameter->name, *path = asked->of->path;

    parameter_change(page->db, change);
    if (!is_same(change))
        page_audit(page, change->after != NULL ? "parameter.set" : "parameter.reset", DB_NULL,
                   path[0] != '\0' ? apr_pstrcat(page->pool, name, " ", path, NULL) : name, change->after);
    session_notice(page->db, page->session->id,
                   message_format(page->pool, notice_of(page, change), asked->parameter->label, NULL));
}

/* Somebody else came first: his value and mine stand beside each other. */
static int show_meanwhile(page_t *page, asked_t *asked)
{
    connection_return(page);
    page_error(page, "valeur", message_text(MSG_PARAMETER_MEANWHILE));
    if (asked_read(page, asked) != DB_OK)
        return answer_db_failed(page);
    return show(page, asked, 1);
}

static int save(page_t *page, asked_t *asked, const char *value)
{
    parameter_change_t change = {
        .of = asked->target, .at = page->now, .actor = page->actor.name, .after = value};
    const char *seen;
    int answer;

    if (!change_begin(page, &answer))
        return answer;
    if (parameter_hold(page->db, page->pool, &change) != DB_OK ||
        (seen = asked_seal(page, asked, change.before)) == NULL)
        return answer_db_failed(page);
    if (strcmp(seen, form_value(page, "vu")) != 0)
        return show_meanwhile(page, asked);
    make(page, asked, &change);
    return change_commit(page, &answer)
               ? answer_see_other(page, said_address(page, asked->parameter->name, asked->of))
               : answer;
}

int manager_parameter_post(page_t *page)
{
    asked_t asked;
    const char *value;
    int answer;

    if (!asked_look_up(page, &asked, &answer))
        return answer;
    if (form_action(page, "retour"))
        return answer_redirect(page, "parametres#%s", asked.parameter->name);
    if (!asked.takes)
        return answer_not_found(page);
    if (asked_is_archived(&asked)) {
        page->status = STATUS_FORBIDDEN;
        return answer_refuse(page, message_text(MSG_SESSION_ARCHIVED));
    }
    value = wanted(page, &asked);
    return page_has_errors(page) || form_action(page, "apercu") ? show(page, &asked, 0)
                                                                : save(page, &asked, value);
}
