/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers as they are kept: a JSON object by the questions' names, sorted, so that the same answers are the
 * same bytes.
 */
#include <apr_strings.h>
#include <jansson.h>
#include <stdlib.h>

#include "../text/text.h"
#include "questionnaire.h"

const char *answers_to_json(apr_pool_t *pool, const answers_t *answers)
{
    json_t *object = json_object();
    char *text;
    const char *copy;
    int i;

    for (i = 0; i < QUESTION_COUNT; i++)
        if (answers->value[i] != NULL)
            json_object_set_new(object, question((question_id_t)i)->name, json_string(answers->value[i]));
    text = json_dumps(object, JSON_COMPACT | JSON_SORT_KEYS);
    copy = apr_pstrdup(pool, text != NULL ? text : "{}");
    free(text); /* jansson's own, outside pools */
    json_decref(object);
    return copy;
}

/* A text between quotes from *at on, which then is behind it; NULL if there is none, or an escape in it. */
static const char *plain_text(apr_pool_t *pool, const char **at)
{
    const char *text = *at + 1;
    apr_size_t length;

    if (**at != '"')
        return NULL;
    length = strcspn(text, "\"\\");
    if (text[length] != '"')
        return NULL;
    *at = text + length + 1;
    return apr_pstrmemdup(pool, text, length);
}

/* What answers_to_json writes of answers without escapes, which is nearly all of them: read without a tree.
 * NULL for anything else. */
static answers_t *answers_from_plain(apr_pool_t *pool, const char *json)
{
    answers_t *answers = apr_pcalloc(pool, sizeof *answers);
    const char *at = json, *name, *value;

    if (strcmp(json, "{}") == 0)
        return answers;
    for (at = json; *at == (at == json ? '{' : ',');) {
        const question_t *asked;

        at++;
        if ((name = plain_text(pool, &at)) == NULL || *at++ != ':' || (value = plain_text(pool, &at)) == NULL)
            return NULL;
        if ((asked = question_of_name(name)) != NULL)
            answers->value[question_ordinal(asked)] = value;
    }
    return strcmp(at, "}") == 0 ? answers : NULL;
}

static answers_t *answers_from_any(apr_pool_t *pool, const char *json)
{
    json_t *object = json_loads(json, 0, NULL), *value;
    answers_t *answers;
    const char *name;

    if (!json_is_object(object)) {
        json_decref(object);
        return NULL;
    }
    answers = apr_pcalloc(pool, sizeof *answers);
    json_object_foreach(object, name, value)
    {
        const question_t *asked = question_of_name(name);

        if (asked != NULL && json_is_string(value))
            answers->value[question_ordinal(asked)] = apr_pstrdup(pool, json_string_value(value));
    }
    json_decref(object);
    return answers;
}

answers_t *answers_from_json(apr_pool_t *pool, const char *json)
{
    answers_t *answers = answers_from_plain(pool, json);

    return answers != NULL ? answers : answers_from_any(pool, json);
}

const char *answers_listed_name(apr_pool_t *pool, const answers_t *answers)
{
    const char *const *value = answers->value;
    const char *name = value[Q_BIRTH_NAME] != NULL ? value[Q_BIRTH_NAME] : "";

    if (value[Q_FORENAME_1] != NULL)
        name = apr_pstrcat(pool, name, " - ", value[Q_FORENAME_1], NULL);
    if (value[Q_FORENAME_2] != NULL)
        name = apr_pstrcat(pool, name, " ", value[Q_FORENAME_2], NULL);
    return text_upper(pool, name);
}
