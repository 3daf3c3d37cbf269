/* SPDX-License-Identifier: Apache-2.0
 *
 * Templates as operators write them, compiled and rendered over values as people type them. An input is a
 * page, the partial "p" and a value, parted by form feeds. Which bytes mustache.js would make of a page is
 * asked in tests/template; here, what holds whatever the page is.
 */
#include "fuzz.h"

#include <math.h>
#include <stdlib.h>

#include "template/template.h"
#include "text/text.h"

enum { OUTPUT_MOST = 256 * 1024, SECTIONS_MOST = 10, PARTIALS_MOST = 6, ROWS = 2 };

typedef struct source_t {
    const char *page, *partial, *value;
    double number;
    int declared; /* names of rows are told beforehand */
} source_t;

/* ---------------------------------------------------------------- the values */

static const char *const row_names[] = {"t", "yes", "h", NULL};

static int next_row(void *baton, const char **values, apr_ssize_t *lengths)
{
    int *left = baton;

    values[0] = "<c>";
    lengths[0] = *left == 1 ? 2 : -1;
    return (*left)-- > 0;
}

static void fill_rows(model_t *model, const source_t *source)
{
    model_list_t *rows = model_rows(model, "r", row_names);
    int i;

    for (i = 0; i < ROWS; i++) {
        model_row_t *row = model_list_row(rows);

        row_text(row, 0, i == 0 ? source->value : NULL);
        row_flag(row, 1, i);
        row_rendered(row, 2, "made", 3);
    }
}

static model_t *model_of(apr_pool_t *pool, const template_set_t *set, const source_t *source)
{
    model_t *model = model_create(pool, set), *object = model_create(pool, set);
    model_list_t *list;
    int *left = apr_palloc(pool, sizeof *left);

    *left = ROWS;
    model_text(model, "t", source->value);
    model_text(model, "empty", "");
    model_int(model, "n", -12);
    model_number(model, "x", source->number);
    model_flag(model, "yes", 1);
    model_flag(model, "no", 0);
    model_null(model, "null");
    model_text(object, "t", "<o>");
    model_object(object, "null", NULL);
    model_object(model, "o", object);
    list = model_list(model, "l");
    model_list_text(list, source->value);
    model_list_text(model_list_list(list), "\"'`=/");
    fill_rows(model, source);
    model_cursor(model, "c", &(model_cursor_t){next_row, left, row_names});
    return model;
}

/* ---------------------------------------------------------------- compiling */

/* One line, "FILE:LINE: what", of a line that is there. */
static void error_is_told(const char *error, const char *name, const char *source)
{
    const char *at;
    char *rest;
    long line, lines = 1;

    for (; *source != '\0'; source++)
        lines += *source == '\n';
    holds(text_is_utf8(error, strlen(error)), "UTF-8: « %s »", error);
    for (at = error; *at != '\0'; at++)
        holds((unsigned char)*at >= ' ', "one line: « %s »", error);
    holds(strncmp(error, name, strlen(name)) == 0 && error[strlen(name)] == ':', "its file: %s", error);
    line = strtol(error + strlen(name) + 1, &rest, 10);
    holds(line >= 1 && line <= lines && strncmp(rest, ": ", 2) == 0 && rest[2] != '\0', "its line: %s",
          error);
}

static template_set_t *compile(apr_pool_t *pool, const source_t *source)
{
    template_set_t *set = template_set_create(pool);
    const char *error = template_set_add(set, "page", "page", source->page);

    if (error != NULL) {
        error_is_told(error, "page", source->page);
        return NULL;
    }
    error = template_set_add(set, "p", "p", source->partial);
    if (error != NULL) {
        error_is_told(error, "p", source->partial);
        return NULL;
    }
    error = template_set_link(set);
    if (error != NULL) {
        error_is_told(error, error[1] == ':' ? "p" : "page",
                      error[1] == ':' ? source->partial : source->page);
        return NULL;
    }
    if (source->declared)
        template_set_names(set, row_names);
    return set;
}

/* ---------------------------------------------------------------- rendering */

typedef struct gathered_t {
    apr_pool_t *pool;
    char *bytes;
    apr_size_t length;
} gathered_t;

static apr_status_t gather(apr_bucket_brigade *out, void *baton)
{
    gathered_t *gathered = baton;
    apr_size_t length = 0;
    char *bytes;

    apr_brigade_pflatten(out, &bytes, &length, gathered->pool);
    apr_brigade_cleanup(out);
    gathered->bytes =
        apr_pstrcat(gathered->pool, gathered->bytes, apr_pstrmemdup(gathered->pool, bytes, length), NULL);
    gathered->length += length;
    return gathered->length > OUTPUT_MOST ? APR_EOF : APR_SUCCESS;
}

/* The page, NULL where partials go too deep or there is too much of it. */
static const char *render(apr_pool_t *pool, const template_set_t *set, const source_t *source)
{
    apr_bucket_brigade *out = apr_brigade_create(pool, apr_bucket_alloc_create(pool));
    gathered_t gathered = {pool, "", 0};
    const char *bytes;
    apr_size_t length;
    apr_status_t status =
        template_stream(template_find(set, "page"), model_of(pool, set, source), out, gather, &gathered);

    if (status == APR_SUCCESS)
        status = gather(out, &gathered);
    apr_brigade_destroy(out);
    holds(status == APR_SUCCESS || status == APR_EGENERAL || status == APR_EOF, "status %d", status);
    if (status != APR_SUCCESS)
        return NULL;
    holds(template_render_text(template_find(set, "page"), model_of(pool, set, source), pool, &bytes,
                               &length) == APR_SUCCESS,
          "it is rendered again");
    holds(length == gathered.length && memcmp(bytes, gathered.bytes, length) == 0, "the same bytes again");
    holds(text_is_utf8(bytes, length), "a page is UTF-8");
    return gathered.bytes;
}

static const char *page_of(apr_pool_t *pool, const source_t *source)
{
    template_set_t *set = compile(pool, source);

    return set != NULL ? render(pool, set, source) : NULL;
}

/* ---------------------------------------------------------------- escaping */

static const struct {
    const char *entity;
    char sign;
} entities[] = {{"&amp;", '&'},  {"&lt;", '<'},   {"&gt;", '>'},   {"&quot;", '"'},
                {"&#39;", '\''}, {"&#x2F;", '/'}, {"&#x60;", '`'}, {"&#x3D;", '='}};

/* The sign of an entity, behind which *at then stands; 0: it is none of ours. */
static char unescaped(const char **at)
{
    size_t i;

    for (i = 0; i < COUNT(entities); i++)
        if (strncmp(*at, entities[i].entity, strlen(entities[i].entity)) == 0) {
            *at += strlen(entities[i].entity);
            return entities[i].sign;
        }
    return '\0';
}

/* A source that writes nothing as it is, and has no sign of its own that is escaped in values, but > and /
 * which tags are written with. */
static const char *tamed(apr_pool_t *pool, const char *source)
{
    char *result = apr_pstrdup(pool, source), *at, *tag;

    for (at = result; *at != '\0'; at++)
        if (strchr("<\"'`=&", *at) != NULL)
            *at = 'x';
    for (at = result; (at = strstr(at, "{{")) != NULL; at += 2) {
        for (tag = at + 2; *tag != '\0' && (*tag <= ' ' || (unsigned char)*tag >= 0x80);)
            tag++;
        if (*tag == '{')
            *tag = 'x';
    }
    return result;
}

static void nothing_unescaped(apr_pool_t *pool, const source_t *source)
{
    source_t tame = *source;
    const char *page, *at;

    tame.page = tamed(pool, source->page);
    tame.partial = tamed(pool, source->partial);
    if ((page = page_of(pool, &tame)) == NULL)
        return;
    for (at = page; (at += strcspn(at, "<\"'`=&"), *at) != '\0';)
        holds(*at == '&' && unescaped(&at) != '\0', "raw in « %s » of « %s »: %.8s", page, tame.page, at);
}

/* ---------------------------------------------------------------- values alone */

/* The value behind a sign that is escaped, which stands among some that aren't. */
static const char *surrounded(apr_pool_t *pool, fuzz_draw_t *draw, const char *value)
{
    int before = (int)fuzz_below(draw, 40), after = (int)fuzz_below(draw, 40);

    return apr_psprintf(pool, "%*s%c%*s%s", before, "", entities[fuzz_below(draw, COUNT(entities))].sign,
                        after, "", value);
}

/* The values of a page, whatever else there is: escaped, as they are, out of a list, a number. */
static void values_come_back(apr_pool_t *pool, fuzz_draw_t *draw, const source_t *source)
{
    source_t one = *source;
    const char *value = surrounded(pool, draw, source->value), *rest, *escaped, *number;
    double back;

    one.page = "{{t}}\f{{{t}}}\f{{#l}}{{&l.0}}{{/l}}\f{{x}}";
    one.partial = "";
    one.value = value;
    rest = page_of(pool, &one);
    escaped = fuzz_part(pool, &rest, '\f');
    holds_same(fuzz_part(pool, &rest, '\f'), value, "as it is");
    holds_same(fuzz_part(pool, &rest, '\f'), apr_pstrcat(pool, value, value, NULL), "of a list");
    number = fuzz_part(pool, &rest, '\f');
    while (*escaped != '\0') {
        int is_entity = *escaped == '&';
        char sign = is_entity ? unescaped(&escaped) : *escaped++;

        holds(is_entity || strchr("<>\"'`=/", sign) == NULL, "raw: %c of « %s »", sign, one.value);
        holds(sign == *value++, "escaped and back: « %s »", one.value);
    }
    holds(*value == '\0', "all of « %s »", one.value);
    back = strtod(number, NULL);
    holds(isnan(source->number) ? isnan(back) : back == source->number, "%.17g is written %s", source->number,
          number);
}

static int count(const char *text, const char *signs)
{
    int signs_found = 0;

    for (; *text != '\0'; text++)
        signs_found += strchr(signs, *text) != NULL;
    return signs_found;
}

/* What doubles with each section is left to whoever waits for it. */
static int is_short(const source_t *source)
{
    return count(source->page, "#") + count(source->partial, "#") <= SECTIONS_MOST &&
           count(source->page, ">") + count(source->partial, ">") <= PARTIALS_MOST;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    apr_pool_t *pool = fuzz_begin();
    fuzz_draw_t draw = fuzz_draw(bytes, size);
    const char *rest = fuzz_text(pool, bytes, size), *page;
    source_t source;
    uint64_t bits = fuzz_below(&draw, UINT64_MAX);

    source.page = fuzz_part(pool, &rest, '\f');
    source.partial = fuzz_part(pool, &rest, '\f');
    source.value = text_entered(pool, rest, "\n\t");
    memcpy(&source.number, &bits, sizeof bits);
    source.declared = (int)fuzz_below(&draw, 2);
    if (source.value == NULL)
        source.value = "";
    if (is_short(&source)) {
        page = page_of(pool, &source);
        if (page != NULL && strstr(source.page, "{{") == NULL)
            holds_same(page, source.page, "a page without tags");
        nothing_unescaped(pool, &source);
        values_come_back(pool, &draw, &source);
    }
    fuzz_end(pool);
    return 0;
}
