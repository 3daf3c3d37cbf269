/* SPDX-License-Identifier: Apache-2.0
 *
 * What the tests of documents share: a sink that keeps the bytes, and looks at them.
 */
#ifndef INSCRINET_TESTS_UNIT_KEPT_H
#define INSCRINET_TESTS_UNIT_KEPT_H

#include <apr_errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct bytes_t {
    char *at;
    apr_size_t length, room;
    apr_size_t refuse_after; /* 0: never */
    int refused;             /* calls */
} bytes_t;

static inline apr_status_t keep(void *baton, const char *bytes, apr_size_t length)
{
    bytes_t *kept = baton;

    if (kept->refuse_after && kept->length >= kept->refuse_after) {
        kept->refused++;
        return APR_EPIPE;
    }
    if (kept->room - kept->length < length) {
        kept->room = 2 * (kept->room + length);
        kept->at = realloc(kept->at, kept->room);
    }
    memcpy(kept->at + kept->length, bytes, length);
    kept->length += length;
    return APR_SUCCESS;
}

static inline int contains(bytes_t bytes, const char *text)
{
    return memmem(bytes.at, bytes.length, text, strlen(text)) != NULL;
}

static inline void assert_same(bytes_t a, bytes_t b)
{
    assert_int_equal(a.length, b.length);
    assert_memory_equal(a.at, b.at, a.length);
}

#endif
