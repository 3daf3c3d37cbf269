/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of a form with a file (RFC 7578), as browsers write them. Nothing here knows httpd.
 */
#ifndef MOD_INSCRINET_MULTIPART_H
#define MOD_INSCRINET_MULTIPART_H

#include <apr_pools.h>

/** Whether a Content-Type is of such a form. */
int multipart_is_type(const char *type);

typedef struct multipart_t {
    apr_pool_t *pool;
    const char *at, *end;  /* what is left of the body */
    const char *delimiter; /* NULL: the type says none */
    apr_size_t length;     /* of the delimiter */
} multipart_t;

typedef struct multipart_part_t {
    const char *name;
    const char *file; /* its name, without folders; NULL: a field */
    const char *bytes;
    apr_size_t length;
} multipart_part_t;

/** The body, which must outlive its parts. */
multipart_t multipart_begin(apr_pool_t *pool, const char *type, const char *bytes, apr_size_t length);
/** 1: the next part; 0: the end; -1: it isn't such a body, or breaks off. */
int multipart_next(multipart_t *body, multipart_part_t *part);

#endif
