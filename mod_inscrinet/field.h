/* SPDX-License-Identifier: Apache-2.0
 *
 * A control in a model: the rows that the partial "field" reads. A page has up to some hundred of them, so
 * that their names are looked up when the server starts; a value is set by its place.
 */
#ifndef INSCRINET_FIELD_H
#define INSCRINET_FIELD_H

#include "page.h"

/** Members of a field; what isn't set is not there. */
enum {
    FIELD_ID, /* of the control, and its name */
    FIELD_LABEL,
    FIELD_HINT,
    FIELD_ERROR,
    FIELD_DESCRIBED, /* it has a hint or an error */
    FIELD_REQUIRED,
    FIELD_VALUE,
    FIELD_AUTOCOMPLETE,
    FIELD_INPUT, /* one of five kinds */
    FIELD_AREA,
    FIELD_SELECT,
    FIELD_RADIO,
    FIELD_CHECKBOX,
    FIELD_TYPE,                /* of an input */
    FIELD_INPUTMODE,           /* of an input */
    FIELD_LINES,               /* that an area shows */
    FIELD_COMMUNES,            /* of an input: the address that completes communes */
    FIELD_COMMUNES_DEPARTMENT, /* the control of their department, or not there */
    FIELD_COMMUNES_COUNTRY,    /* that of their country */
    FIELD_CHOSEN,              /* of a checkbox */
    FIELD_CHOOSE,              /* a select begins with « Choisissez » */
    FIELD_CHOICES,             /* rows of choice_names; or: */
    FIELD_MADE,                /* a row of made_names */
    FIELD_GROUPED              /* the last group of a select is open */
};

/** choice_names: of a select or radio. */
enum {
    CHOICE_ID,
    CHOICE_NAME,
    CHOICE_VALUE,
    CHOICE_LABEL,
    CHOICE_CHOSEN,
    CHOICE_NEEDED,
    CHOICE_GROUP,
    CHOICE_GROUP_ENDS
};
extern const char *const choice_names[];

/** made_names: options that were made before, around the chosen one (a row of choice_names). */
enum { MADE_BEFORE, MADE_CHOSEN, MADE_AFTER };
extern const char *const made_names[];

/** answer_names: of the partial "answers". */
enum { ANSWER_LABEL, ANSWER_VALUE };
extern const char *const answer_names[];

/** block_names: of the summary. */
enum { BLOCK_TITLE, BLOCK_ID, BLOCK_MODIFY, BLOCK_FIELDS };
extern const char *const block_names[];

/** stage_names: of the partial "stepper". */
enum { STAGE_TITLE, STAGE_PAST, STAGE_CURRENT };
extern const char *const stage_names[];

/** Tell the templates of all these rows, at startup. */
void field_declare(template_set_t *templates);

/** The rows "fields" of a page or of a group. */
model_list_t *field_list(model_t *model);

/** A control whose page says what it shows: a row for more, with what is wrong with it; kind: FIELD_INPUT and
 * those after it. */
typedef struct field_t {
    const char *name, *label, *hint /* or NULL */, *value;
    int kind, required;
} field_t;
model_row_t *field_add(page_t *page, model_list_t *fields, const field_t *field);

/** A text field, with what was typed and what is wrong with it. */
void field_text(page_t *page, model_list_t *fields, const char *name, const char *label, const char *hint,
                const char *type, int required, const char *autocomplete);

/** The same, with what stands there before anything was typed (NULL: nothing). */
void field_line(page_t *page, model_list_t *fields, const char *name, const char *label, const char *hint,
                int required, const char *value);
/** A select, which begins with « Choisissez »; give it its choices. */
model_list_t *field_select(page_t *page, model_list_t *fields, const char *name, const char *label,
                           const char *hint);
/** A choice of it; it is chosen if it was typed, or before that if it is the present one. */
void field_choice(page_t *page, model_list_t *choices, const char *name, const char *value, const char *label,
                  int present);
/** What was typed in a field, or before anything was typed what stands there. */
const char *field_typed_or(const page_t *page, const char *name, const char *value);

#endif
