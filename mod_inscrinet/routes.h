/* SPDX-License-Identifier: Apache-2.0
 *
 * THE table of addresses (routes.def), and its page functions, which it declares.
 */
#ifndef MOD_INSCRINET_ROUTES_H
#define MOD_INSCRINET_ROUTES_H

#include "route.h"

#define PAGE(service, path, needs, stem) page_function_t stem;
#define FORM(service, path, needs, stem, fields, hidden, flags) page_function_t stem##_get, stem##_post;
#define MANAGED(path, needs, changes, stem, fields, hidden, flags) page_function_t stem##_get, stem##_post;
#define KEPT(service, path, needs, stem, fields, hidden, flags)                                              \
    page_function_t stem##_get, stem##_post, stem##_keep;
#define TICKED(service, path, needs, stem, fields, hidden)                                                   \
    page_function_t stem##_get, stem##_post, stem##_keep, stem##_turn;
#define ACTION(service, path, needs, stem, flags) page_function_t stem, stem##_keep;
#define VIEWED_PAGE(path, stem) page_function_t stem;
#include "routes.def"
#undef PAGE
#undef FORM
#undef MANAGED
#undef KEPT
#undef TICKED
#undef ACTION
#undef VIEWED_PAGE

extern const route_t routes[];
extern const int routes_count;

/** Names of SetHandler, and the service of each; the last one's name is NULL. */
typedef struct routes_handler_t {
    const char *name;
    int service;
} routes_handler_t;
extern const routes_handler_t routes_handlers[];

#endif
