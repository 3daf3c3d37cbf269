/* SPDX-License-Identifier: Apache-2.0 */
#include "address.h"

#include <ap_expr.h>
#include <apr_strings.h>
#include <httpd.h>
#include <http_core.h>

#include "domain/check.h"
#include "domain/questionnaire.h"
#include "routes.h"

int address_handler(const char *name)
{
    int i;

    for (i = 0; name != NULL && routes_handlers[i].name != NULL; i++)
        if (strcmp(name, routes_handlers[i].name) == 0)
            return routes_handlers[i].service;
    return -1;
}

int address_mounted(const config_t *config, const char *uri, const char **rest)
{
    int best = -1, i;
    size_t best_length = 0;

    for (i = 0; routes_handlers[i].name != NULL; i++) {
        int service = routes_handlers[i].service;
        const char *mount = config->mount[service];
        size_t length = strlen(mount);
        int without_slash = length > 1 && strncmp(uri, mount, length - 1) == 0 && uri[length - 1] == '\0' &&
                            mount[length - 1] == '/';

        if (strncmp(uri, mount, length) != 0 && !without_slash)
            continue;
        if (length > best_length) {
            best = service;
            best_length = length;
            *rest = without_slash ? NULL : uri + length;
        }
    }
    return best;
}

/* ---------------------------------------------------------------- a route */

typedef struct named_t {
    exam_t exam;
    int year, month;
    const char *exam_path;
    int step;
    const char *code;
    apr_int64_t number;
} named_t;

/* One part of a pattern against one of the address: EXAM, STEP, NUMBER, UAI and CODE take what they stand
 * for. */
static int part_matches(apr_pool_t *pool, named_t *named, const char *pattern, size_t pattern_length,
                        const char *part, size_t length)
{
    if (pattern_length == 4 && strncmp(pattern, "EXAM", 4) == 0) {
        if (!exam_session_of_path(part, length, &named->exam, &named->year, &named->month))
            return 0;
        named->exam_path = apr_pstrmemdup(pool, part, length);
        return 1;
    }
    if (pattern_length == 4 && strncmp(pattern, "STEP", 4) == 0) {
        named->step = step_of_path(part, length);
        return named->step >= 0;
    }
    if ((pattern_length == 3 && strncmp(pattern, "UAI", 3) == 0) ||
        (pattern_length == 4 && strncmp(pattern, "CODE", 4) == 0)) {
        named->code = apr_pstrmemdup(pool, part, length);
        return length > 0;
    }
    if (pattern_length == 6 && strncmp(pattern, "NUMBER", 6) == 0) {
        named->number = registration_number(apr_pstrmemdup(pool, part, length));
        return named->number != 0;
    }
    return pattern_length == length && strncmp(pattern, part, length) == 0;
}

static int path_matches(apr_pool_t *pool, named_t *named, const char *pattern, const char *path)
{
    for (;;) {
        size_t pattern_length = strcspn(pattern, "/"), length = strcspn(path, "/");

        if (!part_matches(pool, named, pattern, pattern_length, path, length))
            return 0;
        pattern += pattern_length;
        path += length;
        if (*pattern != *path)
            return 0;
        if (*pattern == '\0')
            return 1;
        pattern++;
        path++;
    }
}

int address_match(page_t *page, const char *path)
{
    int i;

    for (i = 0; i < routes_count; i++) {
        named_t named = {.exam = EXAM_NONE, .step = -1};

        if (routes[i].service != page->service || !path_matches(page->pool, &named, routes[i].path, path))
            continue;
        page->route = &routes[i];
        page->exam = named.exam;
        page->year = named.year;
        page->month = named.month;
        page->exam_path = named.exam_path;
        page->step = named.step;
        page->code = named.code;
        page->number = named.number;
        return 1;
    }
    return 0;
}

int address_is_ours(request_rec *r)
{
    const core_dir_config *location = ap_get_core_module_config(r->per_dir_config);
    const char *handler = location->handler, *error = NULL;

    if (location->expr_handler != NULL) /* what SetHandler sets, in any case */
        handler = ap_expr_str_exec(r, location->expr_handler, &error);
    return error == NULL && address_handler(handler) >= 0;
}

/* ---------------------------------------------------------------- no files */

/* What a file's name of ours begins with: none that the file system could hold. httpd forgets what a location
 * says before it maps a request to storage, so that the translation leaves this sign. */
#define NO_FILE "inscrinet:"

int address_translate_name(request_rec *r)
{
    if (!address_is_ours(r))
        return DECLINED;
    r->filename = apr_pstrcat(r->pool, NO_FILE, r->uri, NULL);
    return OK;
}

int address_map_to_storage(request_rec *r)
{
    return r->filename != NULL && strncmp(r->filename, NO_FILE, sizeof NO_FILE - 1) == 0 ? OK : DECLINED;
}
