/* SPDX-License-Identifier: Apache-2.0 */
#include "standing_text.h"

#include <apr_strings.h>
#include <jansson.h>
#include <stdlib.h>

static const char *written(apr_pool_t *pool, json_t *made)
{
    char *text = json_dumps(made, JSON_COMPACT);
    const char *kept = apr_pstrdup(pool, text);

    free(text);
    json_decref(made);
    return kept;
}

static json_t *text_or_null(const char *text)
{
    return text != NULL ? json_string(text) : json_null();
}

static const char *text_in(apr_pool_t *pool, const json_t *object, const char *name)
{
    return apr_pstrdup(pool, json_string_value(json_object_get(object, name)));
}

static apr_int64_t number_in(const json_t *object, const char *name)
{
    return json_integer_value(json_object_get(object, name));
}

/* ---------------------------------------------------------------- pieces */

static json_t *pieces_to_json(const standing_t *standing)
{
    json_t *array = json_array();
    int i;

    for (i = 0; i < standing->pieces->nelts; i++) {
        const standing_piece_t *piece = &APR_ARRAY_IDX(standing->pieces, i, standing_piece_t);

        json_array_append_new(array,
                              json_pack("{s:s, s:s, s:I, s:I}", "piece", piece->name, "until", piece->until,
                                        "asked", (json_int_t)piece->asked, "came", (json_int_t)piece->came));
    }
    return array;
}

static apr_array_header_t *pieces_from_json(apr_pool_t *pool, const json_t *array)
{
    apr_array_header_t *pieces = apr_array_make(pool, 4, sizeof(standing_piece_t));
    size_t i;

    for (i = 0; i < json_array_size(array); i++) {
        const json_t *one = json_array_get(array, i);
        standing_piece_t piece = {text_in(pool, one, "piece"), text_in(pool, one, "until"),
                                  number_in(one, "asked"), number_in(one, "came")};

        if (piece.name != NULL && piece.until != NULL)
            APR_ARRAY_PUSH(pieces, standing_piece_t) = piece;
    }
    return pieces;
}

const char *standing_pieces_text(apr_pool_t *pool, const standing_t *standing)
{
    return written(pool, pieces_to_json(standing));
}

apr_array_header_t *standing_pieces_of(apr_pool_t *pool, const char *text)
{
    json_t *array = json_loads(text, 0, NULL);
    apr_array_header_t *pieces = pieces_from_json(pool, array);

    json_decref(array);
    return pieces;
}

/* ---------------------------------------------------------------- what was */

const char *standing_before_text(apr_pool_t *pool, const standing_file_t *file, standing_kind_t kind)
{
    const standing_t *standing = file->standing;
    json_t *object = json_pack(
        "{s:b, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "aside", standing->aside, "complete",
        (json_int_t)standing->complete, "told", (json_int_t)standing->told, "school_from",
        (json_int_t)standing->school_from, "office_from", (json_int_t)standing->office_from, "acknowledged",
        (json_int_t)standing->acknowledged, "returned_revision", (json_int_t)file->of.returned_revision,
        "returned", (json_int_t)(file->returned != DB_NULL ? file->returned : 0));

    json_object_set_new(object, "acknowledged_by", text_or_null(standing->acknowledged_by));
    json_object_set_new(object, "reason", text_or_null(standing->reason));
    json_object_set_new(object, "remedies", text_or_null(standing->remedies));
    json_object_set_new(object, "pieces", pieces_to_json(standing));
    if (standing_cancels(kind) >= 0)
        json_object_set_new(object, "cancelled", json_boolean(file->of.cancelled));
    if (!standing_tells(kind))
        json_object_set_new(object, "silent", json_true());
    return written(pool, object);
}

static void before_in(const json_t *object, standing_before_t *before)
{
    const json_t *cancelled = json_object_get(object, "cancelled");

    *before = (standing_before_t){.revision = number_in(object, "returned_revision"),
                                  .returned = number_in(object, "returned"),
                                  .cancelled = cancelled != NULL ? json_is_true(cancelled) : -1,
                                  .silent = json_is_true(json_object_get(object, "silent"))};
}

int standing_before_of(apr_pool_t *pool, const char *text, standing_t *standing, standing_before_t *before)
{
    json_t *object = text != NULL ? json_loads(text, 0, NULL) : NULL;

    if (!json_is_object(object)) {
        json_decref(object);
        return 0;
    }
    standing->aside = json_is_true(json_object_get(object, "aside"));
    standing->complete = number_in(object, "complete");
    standing->told = number_in(object, "told");
    standing->school_from = number_in(object, "school_from");
    standing->office_from = number_in(object, "office_from");
    standing->acknowledged = number_in(object, "acknowledged");
    standing->acknowledged_by = text_in(pool, object, "acknowledged_by");
    standing->reason = text_in(pool, object, "reason");
    standing->remedies = text_in(pool, object, "remedies");
    standing->pieces = pieces_from_json(pool, json_object_get(object, "pieces"));
    before_in(object, before);
    json_decref(object);
    return 1;
}
