/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers as they are kept: a JSON object by the questions' names, sorted, so that the same answers are the
 * same bytes.
 */
#include <apr_strings.h>
#include <jansson.h>
#include <stdlib.h>

#include "../text/text.h"
#include "check.h"
#include "questionnaire_rules.h"
#include "unit_name.h"

_Static_assert(UNIT_QUESTIONS_MOST <= 255, "a hint is a byte");

static int is_at(const answers_t *answers, int place, unsigned hash, const char *name)
{
    return place < answers->units && answers->unit[place].hash == hash &&
           strcmp(answers->unit[place].name, name) == 0;
}

/* A hint may be another name's, or older than a removal: then all of them are gone through. */
static int place_of(const answers_t *answers, unsigned hash, const char *name)
{
    int hint = answers->hint[hash % ANSWER_HINTS], i;

    if (hint == 0)
        return -1;
    if (is_at(answers, hint - 1, hash, name))
        return hint - 1;
    for (i = 0; i < answers->units; i++)
        if (is_at(answers, i, hash, name))
            return i;
    return -1;
}

const char *answer_named(const answers_t *answers, unsigned hash, const char *name)
{
    int place = place_of(answers, hash, name);

    return place >= 0 ? answers->unit[place].value : NULL;
}

const char *answer_of(const answers_t *answers, const question_t *asked)
{
    return asked->unit == NULL ? answers->value[question_ordinal(asked)]
                               : answer_named(answers, asked->hash, asked->name);
}

/* 0: there is no room for it. */
static int set_by_name(answers_t *answers, unsigned hash, const char *name, const char *value)
{
    int place = place_of(answers, hash, name);

    if (value == NULL) {
        if (place >= 0)
            answers->unit[place] = answers->unit[--answers->units];
        return 1;
    }
    if (place < 0 && answers->units == UNIT_QUESTIONS_MOST)
        return 0;
    if (place < 0)
        place = answers->units++;
    answers->hint[hash % ANSWER_HINTS] = (unsigned char)(place + 1);
    answers->unit[place].hash = hash;
    answers->unit[place].name = name;
    answers->unit[place].value = value;
    return 1;
}

/* No specialty asks more than there is room for, and a check begins with no answers but to its questions. */
void answer_set(answers_t *answers, const question_t *asked, const char *value)
{
    if (asked->unit == NULL)
        answers->value[question_ordinal(asked)] = value;
    else if (!set_by_name(answers, asked->hash, asked->name, value))
        abort();
}

int answer_same(const char *one, const char *other)
{
    return one == other || (one != NULL && other != NULL && strcmp(one, other) == 0);
}

static const char *unit_value(const answers_t *answers, const unit_answer_t *of)
{
    int place = place_of(answers, of->hash, of->name);

    return place >= 0 ? answers->unit[place].value : NULL;
}

static int merge_units(answers_t *into, const answers_t *before, const answers_t *after)
{
    int i;

    for (i = 0; i < before->units; i++)
        if (unit_value(after, &before->unit[i]) == NULL)
            set_by_name(into, before->unit[i].hash, before->unit[i].name, NULL);
    for (i = 0; i < after->units; i++)
        if (!answer_same(unit_value(before, &after->unit[i]), after->unit[i].value) &&
            !set_by_name(into, after->unit[i].hash, after->unit[i].name, after->unit[i].value))
            return 0;
    return 1;
}

int answers_merge(answers_t *into, const answers_t *before, const answers_t *after)
{
    const char *specialty = into->value[Q_SPECIALTY];
    int i;

    for (i = 0; i < QUESTION_COUNT; i++)
        if (!answer_same(before->value[i], after->value[i]))
            into->value[i] = after->value[i];
    if (!answer_same(specialty, into->value[Q_SPECIALTY]))
        into->units = 0;
    if (!answer_same(after->value[Q_SPECIALTY], into->value[Q_SPECIALTY]))
        return 1;
    return merge_units(into, before, after);
}

static int read_answer(answers_t *answers, const char *name, const char *value)
{
    const question_t *asked;

    if (unit_name_is(name))
        return set_by_name(answers, text_hash(name), name, value);
    if ((asked = question_of_name(name)) != NULL)
        answer_set(answers, asked, value);
    return 1;
}

const char *answers_to_json(apr_pool_t *pool, const answers_t *answers)
{
    json_t *object = json_object();
    char *text;
    const char *copy;
    int i;

    for (i = 0; i < QUESTION_COUNT; i++)
        if (answers->value[i] != NULL)
            json_object_set_new(object, question((question_id_t)i)->name, json_string(answers->value[i]));
    for (i = 0; i < answers->units; i++)
        json_object_set_new(object, answers->unit[i].name, json_string(answers->unit[i].value));
    text = json_dumps(object, JSON_COMPACT | JSON_SORT_KEYS);
    copy = apr_pstrdup(pool, text != NULL ? text : "{}");
    free(text); /* jansson's own, outside pools */
    json_decref(object);
    return copy;
}

/* A text between quotes from *at on, which then is behind it; NULL if there is none, or an escape in it. */
static const char *plain_text(apr_pool_t *pool, const char **at)
{
    const char *text = *at + 1, *end;
    apr_size_t length;

    if (**at != '"' || (end = strchr(text, '"')) == NULL)
        return NULL;
    length = (apr_size_t)(end - text);
    if (memchr(text, '\\', length) != NULL)
        return NULL;
    *at = end + 1;
    return apr_pstrmemdup(pool, text, length);
}

/* Whether jansson would take the texts of a JSON without escapes as they are. */
static int has_plain_signs(const char *json)
{
    const char *at;

    for (at = json; *at != '\0'; at++)
        if ((unsigned char)*at < ' ')
            return 0;
    return text_is_utf8(json, (apr_size_t)(at - json));
}

/* What answers_to_json writes of answers without escapes, which is nearly all of them: read without a tree.
 * NULL for anything else. */
static answers_t *answers_from_plain(apr_pool_t *pool, const char *json)
{
    answers_t *answers = apr_pcalloc(pool, sizeof *answers);
    const char *at = json, *name, *value;

    if (strcmp(json, "{}") == 0)
        return answers;
    if (*at != '{' || !has_plain_signs(json))
        return NULL;
    do {
        at++;
        if ((name = plain_text(pool, &at)) == NULL || *at++ != ':' || (value = plain_text(pool, &at)) == NULL)
            return NULL;
        if (!read_answer(answers, name, value))
            return NULL;
    } while (*at == ',');
    return strcmp(at, "}") == 0 ? answers : NULL;
}

static answers_t *answers_from_any(apr_pool_t *pool, const char *json)
{
    json_t *object = json_loads(json, 0, NULL), *value;
    answers_t *answers;
    const char *name;
    int room = 1;

    if (!json_is_object(object)) {
        json_decref(object);
        return NULL;
    }
    answers = apr_pcalloc(pool, sizeof *answers);
    json_object_foreach(object, name, value)
    {
        if (json_is_string(value))
            room &=
                read_answer(answers, apr_pstrdup(pool, name), apr_pstrdup(pool, json_string_value(value)));
    }
    json_decref(object);
    return room ? answers : NULL;
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

const char *answers_department(apr_pool_t *pool, const answers_t *answers)
{
    const char *code = answers->value[Q_POSTAL_CODE];

    return code != NULL && is_answer(answers->value[Q_COUNTRY], FRANCE)
               ? department_of_postal_code(pool, code)
               : "";
}
