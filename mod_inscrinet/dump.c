/* SPDX-License-Identifier: Apache-2.0 */
#include "dump.h"

#include <apr_file_io.h>
#include <apr_strings.h>
#include <http_core.h>

#include "directives.h"
#include "domain/actor.h"
#include "routes.h"

static const char *right_name(unsigned right)
{
    switch (right) {
    case RIGHT_NOTHING:
        return "nothing";
    case RIGHT_SESSION:
        return "session";
    case RIGHT_PASSWORDS:
        return "passwords";
    case RIGHT_CHANGE:
        return "change";
    case RIGHT_IDENTITIES:
        return "identities";
    case RIGHT_ACADEMY:
        return "academy";
    case RIGHT_WHOLE:
        return "whole";
    case RIGHT_CORRECT:
        return "correct";
    default:
        return "pages";
    }
}

static const char *service_of(const route_t *route)
{
    return route->service == SERVICE_PORTAL   ? "accueil"
           : route->service == SERVICE_HEALTH ? "sante"
                                              : service_info((service_t)route->service)->code;
}

/* Names alone: "ouvrir=O|N" takes certain values, "valeur/" several lines. */
static const char *names_of(apr_pool_t *pool, const char *fields)
{
    char *names = apr_pstrdup(pool, fields), *values;

    while ((values = strchr(names, '/')) != NULL)
        memmove(values, values + 1, strlen(values));
    while ((values = strchr(names, '=')) != NULL)
        memmove(values, values + strcspn(values, " "), strlen(values + strcspn(values, " ")) + 1);
    return names;
}

static const char *flags_of(apr_pool_t *pool, const route_t *route)
{
    static const struct {
        unsigned flag;
        const char *name;
    } names[] = {{ROUTE_PASSES_LOCK, "passes-lock"},
                 {ROUTE_QUIT_PASSES_LOCK, "quit-passes-lock"},
                 {ROUTE_LONG_FORM, "long-form"},
                 {ROUTE_STEP_FIELDS, "step-fields"},
                 {ROUTE_ANY_FIELDS, "any-fields"}};
    const char *text = route->keep != NULL ? "kept" : "";
    size_t i;

    for (i = 0; i < sizeof names / sizeof *names; i++)
        if ((route->flags & names[i].flag) != 0)
            text = apr_pstrcat(pool, text, *text != '\0' ? " " : "", names[i].name, NULL);
    return text;
}

static void dump_host(apr_pool_t *pool, apr_file_t *out, const config_t *config)
{
    int i;

    apr_file_puts("mount\tservice\tpath\tneeds\tmethods\tfields\thidden\tflags\tchanges\n", out);
    for (i = 0; i < routes_count; i++) {
        const route_t *route = &routes[i];

        apr_file_puts(apr_psprintf(pool, "%s\t%s\t%s\t%s\t%s%s\t%s\t%s\t%s\t%s\n",
                                   config->mount[route->service], service_of(route), route->path,
                                   right_name(route->needs), route->get != NULL ? "GET" : "",
                                   route->post == NULL  ? ""
                                   : route->get != NULL ? " POST"
                                                        : "POST",
                                   names_of(pool, route->fields), names_of(pool, route->hidden),
                                   flags_of(pool, route), right_name(route->changes)),
                      out);
    }
}

void dump_routes(apr_pool_t *pconf, server_rec *main_server)
{
    const server_rec *server;
    apr_file_t *out;

    if (!ap_exists_config_define("DUMP_INSCRINET_ROUTES") || apr_file_open_stdout(&out, pconf) != APR_SUCCESS)
        return;
    for (server = main_server; server != NULL; server = server->next)
        if (directives_config(server)->driver != NULL)
            dump_host(pconf, out, directives_config(server));
}
