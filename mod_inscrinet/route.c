/* SPDX-License-Identifier: Apache-2.0 */
#include "route.h"

#include <string.h>

/* The word of the row's fields for this name: as it stands, "candidat+" where it is a list, "valeur/" where
 * it may have several lines, "effectif_*" for all names that begin so, "ouvrir=O|N" where it takes no other
 * value. What follows the name there, or NULL. */
static const char *word_of(const char *fields, const char *name)
{
    size_t length = strlen(name);

    for (; *fields != '\0'; fields += strcspn(fields, " "), fields += strspn(fields, " ")) {
        size_t given = strcspn(fields, " +/*=");

        if (strncmp(fields, name, given) == 0 && (given == length || fields[given] == '*'))
            return fields + given;
    }
    return NULL;
}

int route_shows(const route_t *route, const char *name)
{
    return word_of(route->fields, name) != NULL;
}

int route_takes(const route_t *route, const char *name, const char *value)
{
    const char *word = route_shows(route, name) ? word_of(route->fields, name) : word_of(route->hidden, name);
    size_t length = strlen(value), one;

    if (word == NULL || *word != '=' || length == 0)
        return 1;
    for (; *word == '=' || *word == '|'; word += one) {
        one = strcspn(++word, "| ");
        if (one == length && strncmp(word, value, one) == 0)
            return 1;
    }
    return 0;
}

int route_has_field(const route_t *route, const char *name)
{
    return (route->flags & (ROUTE_STEP_FIELDS | ROUTE_ANY_FIELDS)) != 0 || strcmp(name, "jeton") == 0 ||
           route_shows(route, name) || word_of(route->hidden, name) != NULL;
}

int route_takes_list(const route_t *route, const char *name)
{
    const char *word = word_of(route->fields, name);

    return word != NULL && *word == '+';
}

int route_takes_lines(const route_t *route, const char *name)
{
    const char *word = word_of(route->fields, name);

    return word != NULL && *word == '/';
}
