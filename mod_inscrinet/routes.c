/* SPDX-License-Identifier: Apache-2.0
 *
 * The rows of routes.def, and the names of our handlers: data only. How a request goes along it is
 * dispatch.c's.
 */
#include "routes.h"

#include <apr.h>

#include "config.h"
#include "domain/actor.h"
#include "route_flags.h"

#define PAGE(service, path, needs, stem)                                                                     \
    {SERVICE_##service, path, RIGHT_##needs, stem, NULL, NULL, NULL, "", "", 0, 0},
#define FORM(service, path, needs, stem, fields, hidden, flags)                                              \
    {SERVICE_##service, path, RIGHT_##needs, stem##_get, stem##_post, NULL, NULL, fields, hidden, flags, 0},
#define MANAGED(path, needs, changes, stem, fields, hidden, flags)                                           \
    {SERVICE_MANAGER, path,   RIGHT_##needs, stem##_get,     stem##_post, NULL, NULL,                        \
     fields,          hidden, flags,         RIGHT_##changes},
#define KEPT(service, path, needs, stem, fields, hidden, flags)                                              \
    {SERVICE_##service,                                                                                      \
     path,                                                                                                   \
     RIGHT_##needs,                                                                                          \
     stem##_get,                                                                                             \
     stem##_post,                                                                                            \
     stem##_keep,                                                                                            \
     NULL,                                                                                                   \
     fields,                                                                                                 \
     hidden,                                                                                                 \
     flags,                                                                                                  \
     0},
#define TICKED(service, path, needs, stem, fields, hidden)                                                   \
    {SERVICE_##service,                                                                                      \
     path,                                                                                                   \
     RIGHT_##needs,                                                                                          \
     stem##_get,                                                                                             \
     stem##_post,                                                                                            \
     stem##_keep,                                                                                            \
     stem##_turn,                                                                                            \
     TICKED_FIELDS fields,                                                                                   \
     TICKED_HIDDEN hidden,                                                                                   \
     LONG_FORM,                                                                                              \
     0},
#define ACTION(service, path, needs, stem, flags)                                                            \
    {SERVICE_##service,                                                                                      \
     path,                                                                                                   \
     RIGHT_##needs,                                                                                          \
     NULL,                                                                                                   \
     stem,                                                                                                   \
     stem##_keep,                                                                                            \
     NULL,                                                                                                   \
     "",                                                                                                     \
     "",                                                                                                     \
     (flags) | ROUTE_ANY_FIELDS | ROUTE_LONG_FORM,                                                           \
     0},

#define VIEWED_PAGE(path, stem)                                                                              \
    {SERVICE_MANAGER, path, RIGHT_IDENTITIES, stem, NULL, NULL, NULL, "", "", ROUTE_VIEWED, 0},

const route_t routes[] = {
#include "routes.def"
};
const int routes_count = sizeof routes / sizeof *routes;

const routes_handler_t routes_handlers[] = {
    {"inscrinet-home", SERVICE_PORTAL},
    {"inscrinet-manager", SERVICE_MANAGER},
    {"inscrinet-establishment", SERVICE_ESTABLISHMENT},
    {"inscrinet-school-registration", SERVICE_SCHOOL_REGISTRATION},
    {"inscrinet-public-registration", SERVICE_PUBLIC_REGISTRATION},
    {"inscrinet-health", SERVICE_HEALTH},
    {NULL, -1},
};
