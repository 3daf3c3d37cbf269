/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON as it is written, piece by piece, into a text that grows.
 */
#ifndef INSCRINET_TEXT_JSON_TEXT_H
#define INSCRINET_TEXT_JSON_TEXT_H

#include <apr_pools.h>

/** What is written so far; ends with NUL once anything is. From { .pool = … } on. */
typedef struct json_text_t {
    apr_pool_t *pool;
    char *bytes;
    apr_size_t length, capacity;
} json_text_t;

/** Forget what was written; its room is used again. */
void json_text_clear(json_text_t *text);

/** Brackets, commas: as they are. */
void json_text_put(json_text_t *text, const char *signs);
/** A string in its quotes, of UTF-8; NULL: null. */
void json_text_string(json_text_t *text, const char *value);
void json_text_int(json_text_t *text, apr_int64_t value);

#endif
