/* SPDX-License-Identifier: Apache-2.0
 *
 * Bodies of forms, as browsers post them to each address of ours: what is kept of their fields. An input's
 * first line is an address of the table, the rest is the body. httpd takes bodies apart by a function of its
 * own; here a few lines do.
 */
#include "fuzz.h"

#include <ctype.h>

#include <apr_hash.h>
#include <apr_strings.h>
#include <apr_tables.h>

#include "posted.h"
#include "route_flags.h"
#include "text/text.h"

#define PAGE(service, path, needs, stem)
#define VIEWED_PAGE(path, stem)
#define FORM(service, path, needs, stem, fields, hidden, flags)                                              \
    {0, path, 0, NULL, NULL, NULL, NULL, fields, hidden, flags, 0},
#define MANAGED(path, needs, changes, stem, fields, hidden, flags)                                           \
    FORM(0, path, needs, stem, fields, hidden, flags)
#define KEPT FORM
#define TICKED(service, path, needs, stem, fields, hidden)                                                   \
    {0, path, 0, NULL, NULL, NULL, NULL, TICKED_FIELDS fields, TICKED_HIDDEN hidden, LONG_FORM, 0},
#define ACTION(service, path, needs, stem, flags)                                                            \
    {0, path, 0, NULL, NULL, NULL, NULL, "", "", (flags) | ROUTE_ANY_FIELDS | ROUTE_LONG_FORM, 0},

static const route_t rows[] = {
#include "routes.def"
};

typedef struct pair_t {
    const char *name, *value;
    apr_size_t length; /* of the value, which may hold NUL */
} pair_t;

/* ---------------------------------------------------------------- a body */

static int digit_of(int c)
{
    return isdigit(c) ? c - '0' : tolower(c) - 'a' + 10;
}

/* Escapes and plus signs as what they stand for, and NUL. */
static const char *unescaped(apr_pool_t *pool, const char *bytes, apr_size_t length, apr_size_t *left)
{
    char *result = apr_palloc(pool, length + 1), *to = result;
    apr_size_t i;

    for (i = 0; i < length; i++) {
        if (bytes[i] == '%' && i + 2 < length && isxdigit((unsigned char)bytes[i + 1]) &&
            isxdigit((unsigned char)bytes[i + 2])) {
            *to++ =
                (char)(digit_of((unsigned char)bytes[i + 1]) << 4 | digit_of((unsigned char)bytes[i + 2]));
            i += 2;
        } else {
            *to++ = bytes[i];
            if (bytes[i] == '+')
                to[-1] = ' ';
        }
    }
    *to = '\0';
    *left = (apr_size_t)(to - result);
    return apr_pmemdup(pool, result, *left + 1);
}

static apr_array_header_t *pairs_of(apr_pool_t *pool, const char *body)
{
    apr_array_header_t *pairs = apr_array_make(pool, 16, sizeof(pair_t));

    while (*body != '\0') {
        const char *pair = fuzz_part(pool, &body, '&'), *equals = strchr(pair, '=');
        apr_size_t length;
        pair_t *made = apr_array_push(pairs);

        if (equals == NULL)
            equals = pair + strlen(pair);
        made->name = unescaped(pool, pair, (apr_size_t)(equals - pair), &length);
        equals += *equals == '=';
        made->value = unescaped(pool, equals, strlen(equals), &made->length);
    }
    return pairs;
}

/* ---------------------------------------------------------------- what a row says, worked out otherwise */

/* The word of a row for a name, "b+", "c/", "d_*", "e=O|N", or NULL. */
static const char *word_of(apr_pool_t *pool, const char *words, const char *name)
{
    while (*words != '\0') {
        const char *word = fuzz_part(pool, &words, ' ');
        apr_size_t length = strcspn(word, "+/*=");

        if (word[0] != '\0' && strncmp(word, name, length) == 0 &&
            (name[length] == '\0' || word[length] == '*'))
            return word;
    }
    return NULL;
}

static int takes(apr_pool_t *pool, const route_t *row, const char *name, const char *value)
{
    const char *word = word_of(pool, row->fields, name);

    if (word == NULL)
        word = word_of(pool, row->hidden, name);
    if (word == NULL || (word = strchr(word, '=')) == NULL || value[0] == '\0')
        return 1;
    for (word++; *word != '\0';)
        if (strcmp(fuzz_part(pool, &word, '|'), value) == 0)
            return 1;
    return 0;
}

static void row_says(apr_pool_t *pool, const route_t *row, const char *name, const char *value)
{
    const char *shown = word_of(pool, row->fields, name), *hidden = word_of(pool, row->hidden, name);
    int is_any = (row->flags & (ROUTE_ANY_FIELDS | ROUTE_STEP_FIELDS)) != 0;

    holds(route_shows(row, name) == (shown != NULL), "%s: « %s » is shown", row->path, name);
    holds(route_takes_list(row, name) == (shown != NULL && strchr(shown, '+') != NULL), "%s: list « %s »",
          row->path, name);
    holds(route_takes_lines(row, name) == (shown != NULL && strchr(shown, '/') != NULL),
          "%s: lines of « %s »", row->path, name);
    holds(route_has_field(row, name) ==
              (is_any || shown != NULL || hidden != NULL || strcmp(name, "jeton") == 0),
          "%s: has « %s »", row->path, name);
    holds(route_takes(row, name, value) == takes(pool, row, name, value), "%s: %s=%s", row->path, name,
          value);
}

/* ---------------------------------------------------------------- what is kept */

/* Line by line, where the field has several; NULL: no text. */
static const char *entered(apr_pool_t *pool, const route_t *row, const char *name, const char *value)
{
    const char *word = word_of(pool, row->fields, name), *end, *lines = "";

    if (word == NULL || strchr(word, '/') == NULL)
        return text_entered(pool, value, "");
    for (; (end = strstr(value, "\r\n")) != NULL; value = end + 2)
        lines = apr_psprintf(pool, "%s%.*s\n", lines, (int)(end - value), value);
    return text_entered(pool, apr_pstrcat(pool, lines, value, NULL), "\n\t");
}

static void keep(apr_pool_t *pool, const posted_t *posted, const pair_t *pair)
{
    int repeated = apr_hash_get(posted->form, pair->name, APR_HASH_KEY_STRING) != NULL;
    message_t problem = posted_keep(posted, pair->name, pair->value, pair->length);
    const char *text =
        strlen(pair->value) == pair->length ? entered(pool, posted->route, pair->name, pair->value) : NULL;

    if (!text_is_utf8(pair->name, strlen(pair->name)))
        holds(problem == MSG_FIELD_UNKNOWN, "no name");
    else if (repeated)
        holds(problem == MSG_FIELD_REPEATED, "%s: once", pair->name);
    else
        holds(problem == (text != NULL ? MSG_OK : MSG_FIELD_UNREADABLE), "%s: « %s »", pair->name,
              pair->value);
}

static void kept_is_text(apr_pool_t *pool, const route_t *row, const char *name, const char *text)
{
    holds(text_is_utf8(name, strlen(name)), "a name is UTF-8");
    holds_same(entered(pool, row, name, text), text, name);
}

/* Of each name the first value stands, empty where it is none; of a list all of them, in their order. */
static void kept_is_what_came(apr_pool_t *pool, const posted_t *posted, const pair_t *pairs, int count)
{
    apr_hash_t *met = apr_hash_make(pool);
    apr_size_t kept = 0, listed = 0;
    int i;

    for (i = 0; i < count; i++) {
        const char *name = pairs[i].name,
                   *value = strlen(pairs[i].value) == pairs[i].length ? pairs[i].value : "";
        const char *text = entered(pool, posted->route, name, value);
        apr_array_header_t *list = apr_hash_get(posted->lists, name, APR_HASH_KEY_STRING);
        int *times = apr_hash_get(met, name, APR_HASH_KEY_STRING);

        if (!text_is_utf8(name, strlen(name)))
            continue;
        if (times == NULL)
            apr_hash_set(met, name, APR_HASH_KEY_STRING, times = apr_pcalloc(pool, sizeof *times));
        kept += *times == 0;
        if (route_takes_list(posted->route, name)) {
            listed += *times == 0;
            holds(list != NULL && *times < list->nelts, "%s: all of them", name);
            holds_same(APR_ARRAY_IDX(list, *times, const char *), text != NULL ? text : "", name);
        } else if (*times == 0)
            holds_same(apr_hash_get(posted->form, name, APR_HASH_KEY_STRING), text != NULL ? text : "", name);
        ++*times;
    }
    holds(apr_hash_count(posted->lists) == listed && apr_hash_count(posted->form) == kept - listed,
          "nothing else is kept");
}

/* What was kept comes as it is when it is posted again. */
static void kept_is_kept_again(apr_pool_t *pool, const posted_t *posted)
{
    posted_t again = posted_begin(pool, posted->route);
    apr_hash_index_t *index;

    for (index = apr_hash_first(pool, posted->form); index != NULL; index = apr_hash_next(index)) {
        const char *name = apr_hash_this_key(index), *text = apr_hash_this_val(index);

        kept_is_text(pool, posted->route, name, text);
        holds(posted_keep(&again, name, text, strlen(text)) == MSG_OK, "%s: « %s »", name, text);
        holds_same(apr_hash_get(again.form, name, APR_HASH_KEY_STRING), text, name);
    }
}

static void post(apr_pool_t *pool, const route_t *row, const char *body)
{
    apr_array_header_t *pairs = pairs_of(pool, body);
    posted_t posted = posted_begin(pool, row);
    int i;

    for (i = 0; i < pairs->nelts; i++) {
        const pair_t *pair = &APR_ARRAY_IDX(pairs, i, pair_t);

        keep(pool, &posted, pair);
        row_says(pool, row, pair->name, pair->value);
    }
    kept_is_what_came(pool, &posted, (const pair_t *)(const void *)pairs->elts, pairs->nelts);
    kept_is_kept_again(pool, &posted);
    holds(posted_keep(&posted, "\x01", NULL, 0) != MSG_OK, "what couldn't be had is told");
}

/* The row of an address; of none of ours, one of the rows. */
static const route_t *row_of(const char *path)
{
    fuzz_draw_t draw = fuzz_draw((const uint8_t *)path, strlen(path));
    int i;

    for (i = 0; i < COUNT(rows); i++)
        if (strcmp(rows[i].path, path) == 0)
            return &rows[i];
    return &rows[fuzz_below(&draw, COUNT(rows))];
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    apr_pool_t *pool = fuzz_begin();
    const char *body = fuzz_text(pool, bytes, size), *path = fuzz_part(pool, &body, '\n');

    post(pool, row_of(path), body);
    fuzz_end(pool);
    return 0;
}
