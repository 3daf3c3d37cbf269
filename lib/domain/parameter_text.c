/* SPDX-License-Identifier: Apache-2.0
 *
 * Parameters as people see and type them; their words are the dictionary's.
 */
#include <apr_strings.h>
#include <string.h>

#include "../text/text.h"
#include "check.h"
#include "exam_rules.h"
#include "parameter.h"
#include "question.h"

const char *parameter_group_name(parameter_group_t group)
{
    static const char *const names[PARAMETER_GROUPS] = {[PARAMETER_AUTHORITY] = "authority",
                                                        [PARAMETER_TEXTS] = "texts",
                                                        [PARAMETER_DOCUMENTS] = "documents",
                                                        [PARAMETER_RULES] = "rules",
                                                        [PARAMETER_DATES] = "dates"};

    return names[group];
}

const char *parameter_kind_name(parameter_kind_t kind)
{
    static const char *const names[] = {
        [PARAMETER_LINE] = "line",     [PARAMETER_LINES] = "lines", [PARAMETER_LIST] = "list",
        [PARAMETER_NUMBER] = "number", [PARAMETER_DATE] = "date",   [PARAMETER_YES_NO] = "yes-no",
        [PARAMETER_CHOICE] = "choice"};

    return names[kind];
}

const char *parameter_scope_name(parameter_scope_t scope)
{
    return scope == PARAMETER_GLOBAL ? "global" : scope == PARAMETER_EXAM ? "exam" : "both";
}

/* "off=Aucun contrôle|avertir=…" */
const apr_array_header_t *parameter_choices(apr_pool_t *pool, const parameter_t *parameter)
{
    apr_array_header_t *choices;
    char *last, *one;

    if (parameter->kind != PARAMETER_YES_NO && parameter->kind != PARAMETER_CHOICE)
        return NULL;
    choices = apr_array_make(pool, 4, sizeof(choice_t));
    one = apr_pstrdup(pool, parameter->kind == PARAMETER_YES_NO ? "O=OUI|N=NON" : parameter->choices);
    for (one = apr_strtok(one, "|", &last); one != NULL; one = apr_strtok(NULL, "|", &last)) {
        char *label = strchr(one, '=');

        *label++ = '\0';
        APR_ARRAY_PUSH(choices, choice_t) = (choice_t){one, label, NULL};
    }
    return choices;
}

/* ---------------------------------------------------------------- lines */

static char *put(char *to, const char *text)
{
    size_t length = strlen(text);

    memcpy(to, text, length);
    return to + length;
}

/* What line by line is left of a text once blanks are gone, put together again by a sign; blank lines stay
 * where the sign is one, but not at the ends. */
static const char *tidied(apr_pool_t *pool, const char *typed, const char *sign)
{
    char *kept = apr_palloc(pool, strlen(typed) + 1), *to = kept;
    int blank = 0, lines = sign[0] == '\n';

    while (*typed != '\0') {
        size_t length = strcspn(typed, "\n");
        const char *line = text_trim(pool, apr_pstrmemdup(pool, typed, length));

        if (line[0] == '\0')
            blank = lines;
        else {
            to = put(to, to == kept ? "" : sign);
            to = put(to, to == kept || !blank ? "" : sign);
            to = put(to, line);
            blank = 0;
        }
        typed += length + (typed[length] == '\n');
    }
    *to = '\0';
    return kept;
}

static const char *joined(apr_pool_t *pool, const char *value, const char *sign)
{
    const apr_array_header_t *words = exam_rules_words(pool, value);
    char *text = apr_palloc(pool, (strlen(value) + 1) * strlen(sign) + 1), *to = text;
    int i;

    for (i = 0; i < words->nelts; i++) {
        to = put(to, i > 0 ? sign : "");
        to = put(to, APR_ARRAY_IDX(words, i, choice_t).label);
    }
    *to = '\0';
    return text;
}

/* ---------------------------------------------------------------- values */

const char *parameter_typed(apr_pool_t *pool, const parameter_t *parameter, const char *value)
{
    switch (parameter->kind) {
    case PARAMETER_DATE:
        return value[0] != '\0' ? date_display(pool, value) : value;
    case PARAMETER_LIST:
        return joined(pool, value, "\n");
    default:
        return value;
    }
}

const char *parameter_kept(apr_pool_t *pool, const parameter_t *parameter, const char *typed)
{
    const char *kept;

    switch (parameter->kind) {
    case PARAMETER_LINES:
        return tidied(pool, typed, "\n");
    case PARAMETER_LIST:
        return tidied(pool, typed, "|");
    default:
        kept = text_trim(pool, typed);
        if (parameter->kind == PARAMETER_DATE && kept[0] != '\0')
            check_date(pool, kept, &kept);
        return kept;
    }
}

const char *parameter_display(apr_pool_t *pool, const parameter_t *parameter, const char *value)
{
    const apr_array_header_t *choices = parameter_choices(pool, parameter);
    int i;

    for (i = 0; choices != NULL && i < choices->nelts; i++)
        if (strcmp(APR_ARRAY_IDX(choices, i, choice_t).value, value) == 0)
            return APR_ARRAY_IDX(choices, i, choice_t).label;
    return parameter->kind == PARAMETER_LIST ? joined(pool, value, ", ")
                                             : parameter_typed(pool, parameter, value);
}

const char *parameter_refusal(apr_pool_t *pool, const parameter_t *parameter, const char *value)
{
    const char *kept;
    message_t of_date;

    if (text_characters(value) > (apr_size_t)parameter->most)
        return message_format(pool, MSG_PARAMETER_LONG, apr_itoa(pool, parameter->most), NULL);
    if (parameter->kind == PARAMETER_DATE && value[0] != '\0' &&
        (of_date = check_date(pool, value, &kept)) != MSG_OK)
        return message_text(of_date);
    return message_format(pool, MSG_PARAMETER_WRONG, parameter->shape, NULL);
}
