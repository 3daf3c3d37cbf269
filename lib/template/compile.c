/* SPDX-License-Identifier: Apache-2.0
 *
 * From a Mustache source to a program.
 *
 * The source is read once, line by line. Tokens of the current line are kept apart by line_first, because
 * only the line's end tells whether it was standalone: tags that print nothing (sections, comments, partials,
 * delimiters) and blanks. Then its blanks and its line end are dropped. Constants stay in the source: a token
 * is a place and a length, and neighbours become one.
 *
 * Where Mustache leaves freedom, we do as mustache.js 4.2 does, to the byte: what is a blank (JavaScript's
 * \s), how the text before a partial becomes its indentation. Only names are judged more strictly: a name
 * that is empty, has a line end, a tag's opening or a misplaced dot is a slip of the hand, and said so.
 */
#include <stdarg.h>

#include <apr_strings.h>

#include "internal.h"

#define SECTIONS_MAX 100 /* nested in one source; rendering has its own, wider limit */
#define QUOTED_MAX 60    /* bytes of a name in a message */

typedef struct section_t {
    slice_t name;
    const char *where;
} section_t;

typedef struct parser_t {
    template_t *page;
    apr_pool_t *pool;
    const char *at;
    const char *open;        /* {{ */
    const char *close;       /* }} */
    const char *close_curly; /* }}} */
    apr_array_header_t *tokens;
    apr_array_header_t *sections;
    const char *line_start; /* where the line's text begins */
    int line_first;         /* the line's first token */
    int line_tags;
    int line_prints; /* something other than blanks and silent tags */
    int first_line;
    int with_indents; /* for the indented program */
} parser_t;

static int line_of(const char *source, const char *where)
{
    int line = 1;

    for (const char *at = source; at < where; at++)
        line += *at == '\n';
    return line;
}

const char *template_error(const template_t *page, const char *where, const char *format, ...)
{
    va_list arguments;
    const char *what;

    va_start(arguments, format);
    what = apr_pvsprintf(page->set->pool, format, arguments);
    va_end(arguments);
    return apr_psprintf(page->set->pool, "%s:%d: %s", page->file, line_of(page->source, where), what);
}

/* Where a tag is not closed, its name may run on for pages. */
const char *template_quoted(const template_t *page, slice_t name)
{
    size_t length = 0;

    while (length < name.length && length < QUOTED_MAX && (unsigned char)name.start[length] >= ' ')
        length++;
    while (length > 0 && length < name.length && ((unsigned char)name.start[length] & 0xC0) == 0x80)
        length--;
    return apr_pstrmemdup(page->set->pool, name.start, length);
}

/* The bytes of the white space character at s, as JavaScript's \s understands it; 0 for another character. */
static size_t blank_length(const char *s)
{
    const unsigned char *c = (const unsigned char *)s;

    if (c[0] == ' ' || (c[0] >= '\t' && c[0] <= '\r'))
        return 1;
    if (c[0] == 0xC2)
        return c[1] == 0xA0 ? 2 : 0; /* no-break space */
    if (c[0] == 0xE2 && c[1] == 0x80)
        return (c[2] >= 0x80 && c[2] <= 0x8A) || c[2] == 0xA8 || c[2] == 0xA9 || c[2] == 0xAF ? 3 : 0;
    if ((c[0] == 0xE1 && c[1] == 0x9A && c[2] == 0x80) || (c[0] == 0xE2 && c[1] == 0x81 && c[2] == 0x9F) ||
        (c[0] == 0xE3 && c[1] == 0x80 && c[2] == 0x80) || (c[0] == 0xEF && c[1] == 0xBB && c[2] == 0xBF))
        return 3;
    return 0;
}

static const char *skip_blanks(const char *at)
{
    for (size_t blank; (blank = blank_length(at)) > 0;)
        at += blank;
    return at;
}

static const char *word_end(const char *at)
{
    while (*at && !blank_length(at))
        at++;
    return at;
}

/* from up to to, without the blanks at its end. Forward, since blanks may have several bytes. */
static slice_t trimmed(const char *from, const char *to)
{
    const char *end = from;

    for (const char *at = from; at < to;) {
        size_t blank = blank_length(at);

        at += blank ? blank : 1;
        if (!blank)
            end = at;
    }
    return (slice_t){from, (size_t)(end - from)};
}

static int same(slice_t a, slice_t b)
{
    return a.length == b.length && memcmp(a.start, b.start, a.length) == 0;
}

static op_t *push(parser_t *parser, op_kind_t kind)
{
    op_t *token = apr_array_push(parser->tokens);

    memset(token, 0, sizeof *token);
    token->kind = kind;
    return token;
}

static void begin_line(parser_t *parser)
{
    parser->line_start = parser->at;
    parser->line_first = parser->tokens->nelts;
    parser->line_tags = 0;
    parser->line_prints = 0;
    /* Empty lines get no indentation. */
    if (parser->with_indents && *parser->at != '\0' && *parser->at != '\n')
        push(parser, parser->first_line ? OP_INDENT_FIRST : OP_INDENT);
}

static void end_line(parser_t *parser)
{
    op_t *tokens = (op_t *)(void *)parser->tokens->elts;

    if (parser->line_tags > 0 && !parser->line_prints) {
        for (int i = parser->line_first; i < parser->tokens->nelts; i++) {
            op_kind_t kind = tokens[i].kind;

            if (kind == OP_TEXT || kind == OP_INDENT || kind == OP_INDENT_FIRST)
                tokens[i].kind = OP_DROPPED;
        }
    }
    parser->first_line = 0;
    begin_line(parser);
}

/* The text up to the next tag or the end, a token for each line. */
static void read_text(parser_t *parser)
{
    const char *end = strstr(parser->at, parser->open);

    if (!end)
        end = parser->at + strlen(parser->at);
    while (parser->at < end) {
        const char *newline = memchr(parser->at, '\n', (size_t)(end - parser->at));
        const char *next = newline ? newline + 1 : end;
        op_t *token = push(parser, OP_TEXT);

        token->as.text = parser->at;
        token->extent = (size_t)(next - parser->at);
        if (trimmed(parser->at, next).length > 0)
            parser->line_prints = 1;
        parser->at = next;
        if (newline)
            end_line(parser);
    }
}

static int has(slice_t name, const char *needle)
{
    size_t length = strlen(needle);

    for (size_t i = 0; i + length <= name.length; i++)
        if (memcmp(name.start + i, needle, length) == 0)
            return 1;
    return 0;
}

static const char *check_name(parser_t *parser, slice_t name, const char *where)
{
    const char *text = template_quoted(parser->page, name);

    if (name.length == 0)
        return template_error(parser->page, where, "a tag without a name");
    if (has(name, parser->open) || has(name, "\n"))
        return template_error(parser->page, where, "unclosed tag");
    if (name.length > 1 && (name.start[0] == '.' || name.start[name.length - 1] == '.' || has(name, "..")))
        return template_error(parser->page, where, "bad name \"%s\": a dot without a name beside it", text);
    return NULL;
}

/* Turn a.b.c into symbols; "." is no symbol at all. */
static const char *set_path(parser_t *parser, op_t *token, slice_t name, const char *where)
{
    const char *error = check_name(parser, name, where);
    const char *end = name.start + name.length;
    symbol_t *path;
    unsigned count = 1;

    if (error || (name.length == 1 && name.start[0] == '.'))
        return error;
    for (size_t i = 0; i < name.length; i++)
        count += name.start[i] == '.';
    token->as.path = path = apr_palloc(parser->pool, count * sizeof *path);
    token->names = count;
    for (const char *at = name.start; at <= end; path++) {
        const char *dot = memchr(at, '.', (size_t)(end - at));
        const char *stop = dot ? dot : end;

        *path = symbol_intern(parser->page->set, (slice_t){at, (size_t)(stop - at)});
        if (*path == NO_SYMBOL)
            return template_error(parser->page, where, "too many different names");
        at = stop + 1;
    }
    return NULL;
}

static const char *open_section(parser_t *parser, op_kind_t kind, slice_t name, const char *where)
{
    section_t *section;

    if (parser->sections->nelts >= SECTIONS_MAX)
        return template_error(parser->page, where, "more than %d sections inside one another", SECTIONS_MAX);
    section = apr_array_push(parser->sections);
    section->name = name;
    section->where = where;
    return set_path(parser, push(parser, kind), name, where);
}

static const char *close_section(parser_t *parser, slice_t name, const char *where)
{
    const section_t *section = apr_array_pop(parser->sections);

    if (!section)
        return template_error(parser->page, where, "unopened section \"%s\"",
                              template_quoted(parser->page, name));
    if (!same(section->name, name))
        return template_error(parser->page, where, "unclosed section \"%s\" of line %d: found \"%s\" instead",
                              template_quoted(parser->page, section->name),
                              line_of(parser->page->source, section->where),
                              template_quoted(parser->page, name));
    push(parser, OP_END);
    return NULL;
}

/*
 * The indentation that the text before a partial's tag gives to its lines: tabs and spaces as they are, a
 * space for each character that is no blank. mustache.js counts UTF-16 units, hence two past U+FFFF.
 */
static slice_t indentation_of(parser_t *parser, const char *from, const char *to)
{
    char *out = apr_palloc(parser->pool, (size_t)(to - from) + 1);
    size_t length = 0;

    while (from < to) {
        unsigned char c = (unsigned char)*from;
        size_t blank = blank_length(from);

        if (c == ' ' || c == '\t') {
            out[length++] = (char)c;
        } else if (!blank && (c & 0xC0) != 0x80) {
            out[length++] = ' ';
            if (c >= 0xF0)
                out[length++] = ' ';
        }
        from += blank ? blank : 1;
    }
    return (slice_t){out, length};
}

static const char *add_partial(parser_t *parser, slice_t name, const char *where)
{
    partial_t *partial = apr_pcalloc(parser->pool, sizeof *partial);

    partial->name = name;
    partial->where = where;
    partial->indents = parser->line_tags == 0;
    if (partial->indents) {
        partial->indentation = indentation_of(parser, parser->line_start, where);
        partial->inline_start = trimmed(parser->line_start, where).length > 0;
    }
    partial->on_first_line = parser->first_line;
    partial->conditional = parser->sections->nelts > 0;
    push(parser, OP_PARTIAL)->as.partial = partial;
    if (name.length == 0 || has(name, "\n") || has(name, parser->open))
        return check_name(parser, name, where);
    return NULL;
}

static const char *set_delimiters(parser_t *parser, slice_t value, const char *where)
{
    const char *text = apr_pstrmemdup(parser->pool, value.start, value.length);
    const char *gap = word_end(text);
    const char *second = skip_blanks(gap);

    if (gap == text || *second == '\0' || *word_end(second) != '\0')
        return template_error(parser->page, where, "set delimiters: two words are expected");
    parser->open = apr_pstrmemdup(parser->pool, text, (size_t)(gap - text));
    parser->close = second;
    parser->close_curly = apr_pstrcat(parser->pool, "}", second, NULL);
    return NULL;
}

static const char *add_tag(parser_t *parser, char kind, slice_t value, const char *where)
{
    switch (kind) {
    case '!':
        return NULL;
    case '=':
        return set_delimiters(parser, value, where);
    case '#':
        return open_section(parser, OP_SECTION, value, where);
    case '^':
        return open_section(parser, OP_INVERTED, value, where);
    case '/':
        return close_section(parser, value, where);
    case '>':
        return add_partial(parser, value, where);
    default:
        parser->line_prints = 1;
        return set_path(parser, push(parser, kind == '\0' ? OP_ESCAPED : OP_RAW), value, where);
    }
}

static const char *read_tag(parser_t *parser)
{
    const char *where = parser->at;
    const char *value = skip_blanks(where + strlen(parser->open));
    const char *closing = parser->close;
    const char *end, *error;
    char kind = '\0';

    if (*value && strchr("#^/>{&=!", *value)) {
        kind = *value;
        value = skip_blanks(value + 1);
    }
    if (kind == '{')
        closing = parser->close_curly;
    /* The second sign ends the delimiters; what stands between it and the tag's end means nothing. */
    end = kind == '=' ? strchr(value, '=') : strstr(value, closing);
    parser->at = end && kind == '=' ? strstr(end + 1, closing) : end;
    if (!parser->at)
        return template_error(parser->page, where, "unclosed tag");
    parser->at += strlen(closing);
    error = add_tag(parser, kind, trimmed(value, end), where);
    parser->line_tags++;
    return error;
}

/* Whether a body names nothing but plain members, which texts and numbers have none of: neither ".", nor
 * "a.b", nor a partial that might. */
static int is_bare(const op_t *body, const op_t *end)
{
    for (; body < end; body++) {
        int named = body->kind == OP_ESCAPED || body->kind == OP_RAW || body->kind == OP_SECTION ||
                    body->kind == OP_INVERTED;

        if (body->kind == OP_PARTIAL || (named && body->names != 1))
            return 0;
    }
    return 1;
}

/* Kept tokens become the program; texts that follow one another in the source become one. */
static void assemble(parser_t *parser, program_t *program)
{
    const op_t *tokens = (const op_t *)(const void *)parser->tokens->elts;
    size_t open[SECTIONS_MAX];
    size_t depth = 0;
    op_t *last = NULL;

    program->ops = apr_palloc(parser->pool, ((size_t)parser->tokens->nelts + 1) * sizeof *program->ops);
    program->count = 0;
    for (int i = 0; i < parser->tokens->nelts; i++) {
        const op_t *token = &tokens[i];

        if (token->kind == OP_DROPPED)
            continue;
        if (token->kind == OP_END) {
            op_t *section = &program->ops[open[--depth]];

            section->extent = program->count;
            section->bare = is_bare(section + 1, program->ops + program->count) != 0;
            continue;
        }
        if (token->kind == OP_TEXT && last && last->kind == OP_TEXT &&
            last->as.text + last->extent == token->as.text) {
            last->extent += token->extent;
            continue;
        }
        if (token->kind == OP_SECTION || token->kind == OP_INVERTED)
            open[depth++] = program->count;
        last = &program->ops[program->count++];
        *last = *token;
    }
}

static const char *parse(parser_t *parser)
{
    const char *error = NULL;
    const section_t *section;

    begin_line(parser);
    while (!error && *parser->at) {
        read_text(parser);
        if (*parser->at)
            error = read_tag(parser);
    }
    if (error)
        return error;
    end_line(parser);
    section = apr_array_pop(parser->sections);
    if (section)
        return template_error(parser->page, section->where, "unclosed section \"%s\"",
                              template_quoted(parser->page, section->name));
    return NULL;
}

static const char *compile(template_t *page, apr_pool_t *scratch, int with_indents, program_t *program)
{
    parser_t parser = {
        .page = page,
        .pool = page->set->pool,
        .at = page->source,
        .open = "{{",
        .close = "}}",
        .close_curly = "}}}",
        .tokens = apr_array_make(scratch, 256, sizeof(op_t)),
        .sections = apr_array_make(scratch, 8, sizeof(section_t)),
        .first_line = 1,
        .with_indents = with_indents,
    };
    const char *error = parse(&parser);

    if (!error)
        assemble(&parser, program);
    return error;
}

const char *template_compile(template_t *page)
{
    apr_pool_t *scratch;
    const char *error;

    if (apr_pool_create(&scratch, page->set->pool) != APR_SUCCESS)
        return template_error(page, page->source, "out of memory");
    error = compile(page, scratch, 0, &page->plain);
    if (!error)
        error = compile(page, scratch, 1, &page->indented);
    apr_pool_destroy(scratch);
    return error;
}
