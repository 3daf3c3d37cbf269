/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers as they are stored: JSON that is read by two ways, and written by one. An input is one stored text,
 * or two that are parted by a form feed: what stood in a draft, and what it became.
 */
#include "fuzz.h"

#include <jansson.h>
#include <stdlib.h>

#include "domain/questionnaire.h"
#include "domain/unit_name.h"
#include "text/text.h"

static const char *answer_by_name(const answers_t *answers, const char *name)
{
    return answer_named(answers, text_hash(name), name);
}

/* ---------------------------------------------------------------- one stored text */

static const char *string_of(json_t *object, const char *name)
{
    return json_string_value(json_object_get(object, name));
}

static int unit_names(json_t *object)
{
    const char *name;
    json_t *value;
    int count = 0;

    json_object_foreach(object, name, value) count += json_is_string(value) && unit_name_is(name);
    return count;
}

/* What was read is what a tree of the same text says. */
static void same_as_tree(const answers_t *answers, json_t *object)
{
    const char *name;
    json_t *value;
    int i;

    for (i = 0; i < QUESTION_COUNT; i++)
        holds(answer_same(answers->value[i], string_of(object, question((question_id_t)i)->name)), "%s",
              question((question_id_t)i)->name);
    holds(answers->units == unit_names(object), "%d answers about units", answers->units);
    json_object_foreach(object, name, value) if (json_is_string(value) && unit_name_is(name))
        holds_same(answer_by_name(answers, name), json_string_value(value), name);
}

static void read_as_tree(const char *json, const answers_t *answers)
{
    json_t *tree = json_loads(json, 0, NULL);

    if (!json_is_object(tree) || unit_names(tree) > UNIT_QUESTIONS_MOST)
        holds(answers == NULL, "no object of answers: %s", json);
    else {
        holds(answers != NULL, "answers: %s", json);
        same_as_tree(answers, tree);
    }
    json_decref(tree);
}

/* The same answers, however they are written: with blanks, or every sign escaped. */
static void read_in_any_writing(apr_pool_t *pool, const char *json)
{
    static const size_t writings[] = {JSON_INDENT(2), JSON_ENSURE_ASCII, JSON_COMPACT | JSON_ESCAPE_SLASH};
    json_t *tree = json_loads(json, 0, NULL);
    size_t i;

    for (i = 0; i < COUNT(writings); i++) {
        char *text = json_dumps(tree, writings[i]);

        holds_same(answers_to_json(pool, answers_from_json(pool, text)), json, text);
        free(text);
    }
    json_decref(tree);
}

/* Drafts keep what was typed wrong, too: all of it can be shown. */
static void shown(apr_pool_t *pool, const answers_t *answers)
{
    const char *name = answers_listed_name(pool, answers), *department = answers_department(pool, answers);
    int i;

    holds(text_is_utf8(name, strlen(name)), "the name is UTF-8");
    holds(strlen(department) == 3 || department[0] == '\0', "a department: %s", department);
    for (i = 0; i < QUESTION_COUNT; i++) {
        const char *typed = question_typed(pool, question((question_id_t)i), answers->value[i]);

        holds((typed != NULL) == (answers->value[i] != NULL), "%s", question((question_id_t)i)->name);
        holds(typed == NULL || text_is_utf8(typed, strlen(typed)), "%s", question((question_id_t)i)->name);
    }
}

static answers_t *stored(apr_pool_t *pool, const char *json)
{
    answers_t *answers = answers_from_json(pool, json);
    const char *written;

    read_as_tree(json, answers);
    if (answers == NULL)
        return NULL;
    written = answers_to_json(pool, answers);
    read_as_tree(written, answers);
    holds_same(answers_to_json(pool, answers_from_json(pool, written)), written, "read and written again");
    read_in_any_writing(pool, written);
    shown(pool, answers);
    return answers;
}

/* ---------------------------------------------------------------- two tabs */

static const char *merged(const char *into, const char *before, const char *after)
{
    return answer_same(before, after) ? into : after;
}

/* Each unit's answer of one of the three. */
static void units_are_merged(const answers_t *of, const answers_t *into, const answers_t *before,
                             const answers_t *after, const answers_t *result)
{
    int i;

    for (i = 0; i < of->units; i++) {
        const char *name = of->unit[i].name,
                   *wanted = merged(answer_by_name(into, name), answer_by_name(before, name),
                                    answer_by_name(after, name));

        holds(answer_same(answer_by_name(result, name), wanted), "%s", name);
    }
}

static void merge(apr_pool_t *pool, const answers_t *into, const answers_t *before, const answers_t *after)
{
    answers_t *result = apr_pmemdup(pool, into, sizeof *into);
    const char *specialty = after->value[Q_SPECIALTY];
    int i;

    if (!answers_merge(result, before, after))
        return;
    for (i = 0; i < QUESTION_COUNT; i++)
        holds(answer_same(result->value[i], merged(into->value[i], before->value[i], after->value[i])), "%s",
              question((question_id_t)i)->name);
    if (!answer_same(into->value[Q_SPECIALTY], specialty) ||
        !answer_same(before->value[Q_SPECIALTY], specialty))
        return;
    units_are_merged(into, into, before, after, result);
    units_are_merged(before, into, before, after, result);
    units_are_merged(after, into, before, after, result);
    units_are_merged(result, into, before, after, result);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    apr_pool_t *pool = fuzz_begin();
    const char *rest = fuzz_text(pool, bytes, size);
    answers_t *one, *other, nobody = {.units = 0};

    json_object_seed(1);
    one = stored(pool, fuzz_part(pool, &rest, '\f'));
    other = stored(pool, fuzz_part(pool, &rest, '\f'));
    if (one != NULL && other != NULL) {
        merge(pool, one, one, other);
        merge(pool, other, &nobody, one);
        merge(pool, &nobody, one, other);
    }
    fuzz_end(pool);
    return 0;
}
