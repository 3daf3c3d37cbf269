/* SPDX-License-Identifier: Apache-2.0 */
#include "acts.h"

#include <apr_strings.h>
#include <string.h>

#include "../form.h"
#include "decision.h"
#include "domain/check.h"
#include "text/text.h"

/* ---------------------------------------------------------------- controls */

model_list_t *acts_section(page_t *page, model_t *model, const char *name)
{
    model_t *made = model_create(page->pool, page->config->templates);

    model_object(model, name, made);
    return field_list(made);
}

void acts_model_piece(page_t *page, model_list_t *fields, int optional)
{
    model_list_t *choices =
        field_select(page, fields, "piece", optional ? "Pièce" : "Pièce demandée",
                     message_text(optional ? MSG_HINT_SEVERAL_PIECE : MSG_HINT_FILES_PIECE));
    int i;

    for (i = 0; standing_paper(i) != MSG_OK; i++)
        field_choice(page, choices, "piece", message_text(standing_paper(i)), message_text(standing_paper(i)),
                     0);
    field_text(page, fields, "autre_piece", "Autre pièce", message_text(MSG_HINT_FILES_OTHER), "text", 0,
               NULL);
    field_text(page, fields, "jusqu_au", "Attendue jusqu’au",
               message_text(optional ? MSG_HINT_SEVERAL_UNTIL : MSG_HINT_FILES_UNTIL), "text", !optional,
               NULL);
}

void acts_model_reason(page_t *page, model_list_t *fields, int optional)
{
    field_t remedies = {.name = "recours",
                        .label = "Voies et délais de recours",
                        .hint = message_text(optional ? MSG_HINT_SEVERAL_REMEDIES : MSG_HINT_FILES_REMEDIES),
                        .value = field_typed_or(page, "recours", message_text(MSG_FILES_REMEDIES_USUAL)),
                        .kind = FIELD_AREA,
                        .required = !optional};

    field_text(page, fields, "motif", "Motif",
               message_text(optional ? MSG_HINT_SEVERAL_REASON : MSG_HINT_FILES_REASON), "text", !optional,
               NULL);
    row_text(field_add(page, fields, &remedies), FIELD_LINES, "3");
}

/* ---------------------------------------------------------------- what was typed */

static const char *typed(page_t *page, const char *name)
{
    return text_trim(page->pool, form_value(page, name));
}

/* A piece of the list, or another one. */
static void read_piece(page_t *page, standing_act_t *act)
{
    const char *listed = form_value(page, "piece"), *other = typed(page, "autre_piece");
    int i;

    for (i = 0; standing_paper(i) != MSG_OK && act->piece == NULL; i++)
        if (strcmp(listed, message_text(standing_paper(i))) == 0)
            act->piece = listed;
    if (listed[0] == '\0' && other[0] == '\0')
        page_error(page, "piece", message_text(MSG_FILES_PIECE_MISSING));
    else if (listed[0] != '\0' && other[0] != '\0')
        page_error(page, "autre_piece", message_text(MSG_FILES_PIECE_TWICE));
    else if (listed[0] != '\0' && act->piece == NULL)
        page_error(page, "piece", message_text(MSG_FILES_PIECE_MISSING));
    else if (listed[0] == '\0' && check_line(page->pool, other, STANDING_PIECE_MOST, &act->piece) != MSG_OK)
        page_error(page, "autre_piece", message_text(MSG_FILES_PIECE_LONG));
}

static void read_until(page_t *page, standing_act_t *act)
{
    const char *day = typed(page, "jusqu_au");
    message_t problem = day[0] == '\0' ? MSG_FILES_UNTIL_MISSING : check_date(page->pool, day, &act->until);

    if (problem == MSG_OK && strcmp(act->until, local_date(page->pool, page->frame.zone, page->now)) < 0)
        problem = MSG_FILES_UNTIL_PAST;
    if (problem != MSG_OK)
        page_error(page, "jusqu_au", message_text(problem));
}

static void read_reason(page_t *page, standing_act_t *act)
{
    const char *remedies = typed(page, "recours");

    act->reason =
        form_line(page, "motif", STANDING_REASON_MOST, MSG_FILES_REASON_MISSING, MSG_FILES_REASON_LONG);
    if (remedies[0] == '\0')
        page_error(page, "recours", message_text(MSG_FILES_REMEDIES_MISSING));
    else if (text_characters(remedies) > STANDING_REMEDIES_MOST)
        page_error(page, "recours", message_text(MSG_FILES_REMEDIES_LONG));
    act->remedies = remedies;
}

static const struct {
    const char *action;
    standing_kind_t kind;
} actions[] = {{"demander", STANDING_ASK},       {"arrivee", STANDING_CAME},
               {"recevoir", STANDING_RECEIVE},   {"complet", STANDING_DECLARE_COMPLETE},
               {"ecarter", STANDING_SET_ASIDE},  {"reprendre", STANDING_SET_BACK},
               {"annuler", STANDING_CANCEL},     {"reactiver", STANDING_RESTORE},
               {"prevenu", STANDING_ACKNOWLEDGE}};

/* -1: none of them was pressed. */
static int kind_asked(const page_t *page)
{
    size_t i;

    for (i = 0; i < sizeof actions / sizeof *actions; i++)
        if (form_action(page, actions[i].action))
            return (int)actions[i].kind;
    return -1;
}

/* What has come: of the pieces that are missing, or of all. */
static void read_came(page_t *page, int named, standing_act_t *act)
{
    if (!named) {
        read_piece(page, act);
        return;
    }
    act->piece = form_value(page, "arrivee");
    if (act->piece[0] == '\0')
        page_error(page, "arrivee", message_text(MSG_FILES_CAME_MISSING));
}

void acts_read(page_t *page, int named, standing_act_t *act, const char **shown)
{
    int kind = kind_asked(page);

    act->kind = kind >= 0 ? (standing_kind_t)kind : STANDING_KINDS;
    if (act->kind == STANDING_KINDS)
        page_error(page, NULL, message_text(MSG_FIELD_UNKNOWN));
    else if (act->kind == STANDING_ASK) {
        read_piece(page, act);
        read_until(page, act);
        if (!page_has_errors(page))
            *shown = message_format(page->pool, MSG_FILES_PIECE_UNTIL, act->piece,
                                    date_display(page->pool, act->until), NULL);
    } else if (act->kind == STANDING_CAME) {
        read_came(page, named, act);
        *shown = act->piece;
    } else if (act->kind == STANDING_SET_ASIDE) {
        read_reason(page, act);
        *shown = act->reason;
    } else if (act->kind == STANDING_CANCEL || act->kind == STANDING_RESTORE)
        *shown = act->reason = decision_reason(page);
}
