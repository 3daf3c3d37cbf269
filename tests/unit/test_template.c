/* SPDX-License-Identifier: Apache-2.0
 *
 * The template engine from C: what the comparison with mustache.js (tests/template) can't see. Messages with
 * their line, the model's setters, cursors, buckets, the digest, and one set under several threads.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include <apr_file_io.h>
#include <apr_general.h>
#include <apr_strings.h>
#include <apr_thread_proc.h>

#include "../../lib/template/template.h"

typedef struct fixture_t {
    apr_pool_t *pool;
    template_set_t *set;
    apr_bucket_alloc_t *buckets;
} fixture_t;

static int setup(void **state)
{
    fixture_t *fixture = calloc(1, sizeof *fixture);

    apr_pool_create(&fixture->pool, NULL);
    fixture->set = template_set_create(fixture->pool);
    fixture->buckets = apr_bucket_alloc_create(fixture->pool);
    *state = fixture;
    return 0;
}

static int teardown(void **state)
{
    fixture_t *fixture = *state;

    apr_pool_destroy(fixture->pool);
    free(fixture);
    return 0;
}

/* A set whose page is "page"; the model is to be filled. */
static model_t *model_for(fixture_t *fixture, const char *source)
{
    assert_null(template_set_add(fixture->set, "page", "page.mustache", source));
    assert_null(template_set_link(fixture->set));
    return model_create(fixture->pool, fixture->set);
}

static apr_bucket_brigade *render(fixture_t *fixture, model_t *model)
{
    apr_bucket_brigade *out = apr_brigade_create(fixture->pool, fixture->buckets);

    assert_int_equal(template_render(template_find(fixture->set, "page"), model, out), APR_SUCCESS);
    return out;
}

static const char *text_of(fixture_t *fixture, apr_bucket_brigade *out)
{
    apr_off_t length;
    apr_size_t size;
    char *text;

    apr_brigade_length(out, 1, &length);
    size = (apr_size_t)length;
    text = apr_pcalloc(fixture->pool, size + 1);
    apr_brigade_flatten(out, text, &size);
    return text;
}

static void assert_page(fixture_t *fixture, model_t *model, const char *expected)
{
    assert_string_equal(text_of(fixture, render(fixture, model)), expected);
}

/* --- Errors --- */

static void errors_tell_file_line_and_what(void **state)
{
    static const struct {
        const char *source, *error;
    } cases[] = {
        {"a\n{{#x}}\nb", "f:2: unclosed section \"x\""},
        {"a\n\n{{/x}}", "f:3: unopened section \"x\""},
        {"{{#x}}\n{{^y}}\n{{/x}}", "f:3: unclosed section \"y\" of line 2: found \"x\" instead"},
        {"\n{{x", "f:2: unclosed tag"},
        {"\n{{{x}}", "f:2: unclosed tag"},
        {"{{x}\n{{y}}", "f:1: unclosed tag"},
        {"{{! to the end", "f:1: unclosed tag"},
        {"{{=<% %>}}", "f:1: unclosed tag"},
        {"{{=<% %>=", "f:1: unclosed tag"},
        {"{{}}", "f:1: a tag without a name"},
        {"\r\n{{# }}", "f:2: a tag without a name"},
        {"{{> }}", "f:1: a tag without a name"},
        {"{{a..b}}", "f:1: bad name \"a..b\": a dot without a name beside it"},
        {"{{.a}}", "f:1: bad name \".a\": a dot without a name beside it"},
        {"{{{a.}}}", "f:1: bad name \"a.\": a dot without a name beside it"},
        {"{{=<%=}}", "f:1: set delimiters: two words are expected"},
        {"{{=a b c=}}", "f:1: set delimiters: two words are expected"},
        {"{{= =}}", "f:1: set delimiters: two words are expected"},
        {"one\ntwo \xE9t\xE9", "f:2: not UTF-8"},
        {"\xED\xA0\x80", "f:1: not UTF-8"},
        {"\xC3", "f:1: not UTF-8"},
    };
    fixture_t *fixture = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *error = template_set_add(fixture->set, "x", "f", cases[i].source);

        assert_non_null(error);
        assert_string_equal(error, cases[i].error);
    }
    assert_int_equal(template_set_count(fixture->set), 0);
}

/* A name may run on for pages where a tag is not closed: the message stays one line of text. */
static void errors_tell_the_beginning_of_a_name(void **state)
{
#define TEN "nnnnnnnnnn"
    static const struct {
        const char *source, *error;
    } cases[] = {
        {"{{/a\nb}}", "f:1: unopened section \"a\""},
        {"{{#a}}{{/b\rc}}", "f:1: unclosed section \"a\" of line 1: found \"b\" instead"},
        {"{{/" TEN TEN TEN TEN TEN TEN "n}}", "f:1: unopened section \"" TEN TEN TEN TEN TEN TEN "\""},
        {"{{/" TEN TEN TEN TEN TEN "nnnnnnnn"
         "éé}}",
         "f:1: unopened section \"" TEN TEN TEN TEN TEN "nnnnnnnn"
         "é\""},
        {"{{/" TEN TEN TEN TEN TEN "nnnnnnnnn"
         "éé}}",
         "f:1: unopened section \"" TEN TEN TEN TEN TEN "nnnnnnnnn\""},
    };
    fixture_t *fixture = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(template_set_add(fixture->set, "x", "f", cases[i].source), cases[i].error);
    assert_null(template_set_add(fixture->set, "page", "f", "{{> a\x1b b}}"));
    assert_string_equal(template_set_link(fixture->set), "f:1: unknown partial \"a\"");
}

static void sections_nest_up_to_a_limit(void **state)
{
    fixture_t *fixture = *state;
    char source[6 * 101 + 1];

    for (int i = 0; i < 101; i++)
        memcpy(source + 6 * i, "{{#a}}", 7);
    assert_string_equal(template_set_add(fixture->set, "x", "f", source),
                        "f:1: more than 100 sections inside one another");
}

static void names_are_added_once(void **state)
{
    fixture_t *fixture = *state;

    assert_null(template_set_add(fixture->set, "x", "f", ""));
    assert_string_equal(template_set_add(fixture->set, "x", "g", ""),
                        "g:1: a second template of the name \"x\"");
}

static void link_finds_unknown_partials(void **state)
{
    fixture_t *fixture = *state;

    assert_null(template_set_add(fixture->set, "x", "f", "a\n  {{> no/such }}\n"));
    assert_string_equal(template_set_link(fixture->set), "f:2: unknown partial \"no/such\"");
}

static void link_finds_endless_partials(void **state)
{
    fixture_t *fixture = *state;

    assert_null(template_set_add(fixture->set, "a", "a", "\n{{>b}}"));
    assert_null(template_set_add(fixture->set, "b", "b", "\n\n{{>c}}"));
    assert_null(template_set_add(fixture->set, "c", "c", "{{>b}}"));
    assert_string_equal(template_set_link(fixture->set), "c:1: endless recursion of the partial \"b\"");
}

static void a_conditional_recursion_is_legal(void **state)
{
    fixture_t *fixture = *state;
    model_t *model, *child;

    assert_null(template_set_add(fixture->set, "node", "node", "<{{name}}{{#child}}{{>node}}{{/child}}>"));
    model = model_for(fixture, "{{>node}}");
    child = model_create(fixture->pool, fixture->set);
    model_text(model, "name", "a");
    model_object(model, "child", child);
    model_text(child, "name", "b");
    model_flag(child, "child", 0);
    assert_page(fixture, model, "<a<b>>");
}

static void a_recursion_without_end_is_stopped(void **state)
{
    fixture_t *fixture = *state;
    apr_bucket_brigade *out = apr_brigade_create(fixture->pool, fixture->buckets);
    model_t *model;

    assert_null(template_set_add(fixture->set, "node", "node", "{{#yes}}  {{>node}}\n{{/yes}}"));
    model = model_for(fixture, "{{>node}}");
    model_flag(model, "yes", 1);
    assert_int_equal(template_render(template_find(fixture->set, "page"), model, out), APR_EGENERAL);
}

/* --- Folders --- */

static void write_file(fixture_t *fixture, const char *path, const char *text, apr_size_t length)
{
    apr_file_t *file;

    assert_int_equal(apr_file_open(&file, path, APR_FOPEN_CREATE | APR_FOPEN_WRITE | APR_FOPEN_TRUNCATE,
                                   APR_FPROT_OS_DEFAULT, fixture->pool),
                     APR_SUCCESS);
    assert_int_equal(apr_file_write_full(file, text, length, NULL), APR_SUCCESS);
    apr_file_close(file);
}

static const char *temporary_folder(fixture_t *fixture)
{
    const char *base;
    char *folder;

    assert_int_equal(apr_temp_dir_get(&base, fixture->pool), APR_SUCCESS);
    folder = apr_pstrcat(fixture->pool, base, "/templates-XXXXXX", NULL);
    assert_non_null(mkdtemp(folder));
    return folder;
}

static void a_folder_is_loaded_whole(void **state)
{
    fixture_t *fixture = *state;
    const char *folder = temporary_folder(fixture);
    const char *a = apr_pstrcat(fixture->pool, folder, "/a.mustache", NULL);
    const char *b = apr_pstrcat(fixture->pool, folder, "/b.mustache", NULL);
    const char *other = apr_pstrcat(fixture->pool, folder, "/b.mustache~", NULL);
    const char *error;

    write_file(fixture, a, "{{>b}}", 6);
    write_file(fixture, b, "", 0);
    write_file(fixture, other, "{{#", 3);
    fixture->set = template_set_load(fixture->pool, folder, &error);
    assert_null(error);
    assert_non_null(fixture->set);
    assert_int_equal(template_set_count(fixture->set), 2);
    assert_non_null(template_find(fixture->set, "a"));
    assert_null(template_find(fixture->set, "c"));
    write_file(fixture, b, "\n\0", 2);
    assert_null(template_set_load(fixture->pool, folder, &error));
    assert_string_equal(error, apr_pstrcat(fixture->pool, b, ":2: a NUL byte", NULL));
    apr_file_remove(a, fixture->pool);
    apr_file_remove(b, fixture->pool);
    apr_file_remove(other, fixture->pool);
    apr_dir_remove(folder, fixture->pool);
    assert_null(template_set_load(fixture->pool, folder, &error));
    assert_non_null(strstr(error, ":1: cannot be read: "));
}

/* --- Models --- */

static void all_eight_characters_are_escaped(void **state)
{
    fixture_t *fixture = *state;
    model_t *model = model_for(fixture, "{{x}}|{{{x}}}|{{&x}}");

    model_text(model, "x", "a&<>\"'/`=\xC3\xA9");
    assert_page(fixture, model,
                "a&amp;&lt;&gt;&quot;&#39;&#x2F;&#x60;&#x3D;\xC3\xA9"
                "|a&<>\"'/`=\xC3\xA9|a&<>\"'/`=\xC3\xA9");
}

static void setters_replace_and_ignore(void **state)
{
    fixture_t *fixture = *state;
    model_t *model = model_for(fixture, "{{a}} {{b}} {{c}} {{d}} {{e}}{{^f}}!{{/f}}");

    model_int(model, "a", 1);
    model_int(model, "a", INT64_MIN);
    model_number(model, "b", 0.1);
    model_flag(model, "c", 7);
    model_text(model, "d", "x");
    model_null(model, "d");
    model_text(model, "nowhere", "y");
    model_list_text(model_list(model, "nowhere either"), "y");
    model_object(model, "e", NULL);
    model_text(model, "f", NULL);
    assert_page(fixture, model, "-9223372036854775808 0.1 true  !");
}

static void an_object_grows(void **state)
{
    fixture_t *fixture = *state;
    char *source = "";
    model_t *model;

    for (int i = 0; i < 40; i++)
        source = apr_psprintf(fixture->pool, "%s{{n%d}},", source, i);
    model = model_for(fixture, source);
    source = "";
    for (int i = 0; i < 40; i++) {
        model_int(model, apr_psprintf(fixture->pool, "n%d", i), i);
        source = apr_psprintf(fixture->pool, "%s%d,", source, i);
    }
    assert_page(fixture, model, source);
}

static void lists_hold_all_kinds(void **state)
{
    fixture_t *fixture = *state;
    model_t *model = model_for(fixture, "{{#l}}[{{.}}{{a}}]{{/l}}{{l}}{{l.length}}");
    model_list_t *list = model_list(model, "l");

    model_text(model_list_object(list), "a", "o");
    model_list_text(list, "t");
    model_list_number(list, 1e21);
    model_list_flag(list, 0);
    model_list_null(list);
    model_list_text(model_list_list(list), "i");
    assert_page(fixture, model, "[[object Object]o][t][1e+21][false][][i][object Object],t,1e+21,false,,i6");
}

/* --- Cursors --- */

typedef struct rows_t {
    int count, at, calls, called_past_end;
    char text[16];
} rows_t;

static int next_row(void *baton, const char **values, apr_ssize_t *lengths)
{
    rows_t *rows = baton;

    rows->called_past_end += rows->at > rows->count;
    rows->calls++;
    if (rows->at++ >= rows->count)
        return 0;
    apr_snprintf(rows->text, sizeof rows->text, "<%d>", rows->at);
    values[0] = rows->text;
    if (rows->at == 2) {
        values[1] = "wxyz"; /* only the first two bytes */
        lengths[1] = 2;
    }
    return 1;
}

static void give_rows(model_t *model, rows_t *rows)
{
    static const char *const names[] = {"id", "note", "unused", NULL};
    model_cursor_t cursor = {next_row, rows, names};

    model_cursor(model, "rows", &cursor);
}

static void a_cursor_is_asked_row_by_row(void **state)
{
    fixture_t *fixture = *state;
    rows_t rows = {.count = 3};
    model_t *model =
        model_for(fixture, "{{^rows}}none{{/rows}}{{#rows}}{{id}}{{&id}}{{note}}{{top}};{{/rows}}"
                           "{{#rows}}again{{/rows}}{{^rows}}none{{/rows}}{{rows}}");

    model_text(model, "top", "t");
    model_text(model, "note", "not seen: rows have their own, even when it is null");
    give_rows(model, &rows);
    assert_page(fixture, model, "&lt;1&gt;<1>t;&lt;2&gt;<2>wxt;&lt;3&gt;<3>t;");
    assert_int_equal(rows.calls, 4);
    assert_int_equal(rows.called_past_end, 0);
}

static void an_empty_cursor_is_false(void **state)
{
    fixture_t *fixture = *state;
    rows_t rows = {.count = 0};
    model_t *model = model_for(fixture, "{{#rows}}x{{/rows}}{{^rows}}none{{/rows}}");

    give_rows(model, &rows);
    assert_page(fixture, model, "none");
    assert_int_equal(rows.calls, 1);
}

static void a_cursor_inside_itself_gives_nothing(void **state)
{
    fixture_t *fixture = *state;
    rows_t rows = {.count = 2};
    model_t *model = model_for(fixture, "{{#rows}}{{#rows}}x{{/rows}}{{{id}}}{{/rows}}");

    give_rows(model, &rows);
    assert_page(fixture, model, "<1><2>");
}

/* --- Rows --- */

enum { ROW_ID, ROW_NOTE, ROW_UNUSED, ROW_INNER, ROW_CURSOR };
static const char *const row_names[] = {"id", "note", "unused", "inner", "rows", NULL};

static void rows_have_what_is_set_by_place_and_no_more(void **state)
{
    fixture_t *fixture = *state;
    model_t *model = model_for(fixture, "{{#list}}{{id}}{{note}}{{^note}}-{{/note}}{{top}};{{/list}}");
    model_list_t *list = model_rows(model, "list", row_names);
    model_row_t *row;

    model_text(model, "top", "t");
    model_text(model, "note", "not seen: rows have their own, even when it is null");
    row = model_list_row(list);
    row_text(row, ROW_ID, "<1>");
    row_text(row, ROW_UNUSED, "no template asks for it");
    row = model_list_row(list);
    row_rendered(row, ROW_ID, "<2>...", 3);
    row_flag(row, ROW_NOTE, 1);
    assert_page(fixture, model, "&lt;1&gt;-t;<2>truet;");
}

static void rows_hold_rows_and_cursors(void **state)
{
    fixture_t *fixture = *state;
    rows_t rows = {.count = 2};
    static const char *const names[] = {"id", "note", "unused", NULL};
    model_cursor_t cursor = {next_row, &rows, names};
    model_t *model =
        model_for(fixture, "{{#list}}{{id}}{{#inner}}{{id}}{{/inner}}{{#rows}}{{{id}}}{{/rows}}{{/list}}");
    model_row_t *row;

    template_set_names(fixture->set, row_names); /* as one that was not told of: the same */
    row = model_list_row(model_rows(model, "list", row_names));
    row_text(row, ROW_ID, "a");
    row_text(row_row(row, ROW_INNER, row_names), ROW_ID, "b");
    row_cursor(row, ROW_CURSOR, &cursor);
    assert_page(fixture, model, "ab<1><2>");
}

/* --- Buckets --- */

static void long_constants_are_not_copied(void **state)
{
    fixture_t *fixture = *state;
    char *source = apr_pcalloc(fixture->pool, 2000 + 1);
    apr_bucket_brigade *out;
    int immortal = 0, heap = 0;
    model_t *model;

    memset(source, 'x', 2000);
    memcpy(source + 1000, "{{{a}}}", 7);
    model = model_for(fixture, source);
    model_text(model, "a", "A");
    out = render(fixture, model);
    for (apr_bucket *b = APR_BRIGADE_FIRST(out); b != APR_BRIGADE_SENTINEL(out); b = APR_BUCKET_NEXT(b)) {
        const char *data;
        apr_size_t length;

        apr_bucket_read(b, &data, &length, APR_BLOCK_READ);
        immortal += APR_BUCKET_IS_IMMORTAL(b) && (data == source || data == source + 1007);
        heap += APR_BUCKET_IS_HEAP(b) && length == 1 && *data == 'A';
    }
    assert_int_equal(immortal, 2);
    assert_int_equal(heap, 1);
    assert_int_equal(strlen(text_of(fixture, out)), 1000 + 1 + 993);
}

/* A buffer that is split again and again between long constants must leave a ring that holds in both
 * directions. */
static void many_long_constants_leave_the_brigade_whole(void **state)
{
    enum { PIECES = 6, PIECE = 1000 };
    fixture_t *fixture = *state;
    char *source = apr_pcalloc(fixture->pool, PIECES * PIECE + 1);
    apr_bucket_brigade *out;
    int forwards = 0, backwards = 0;
    model_t *model;

    memset(source, 'x', PIECES * PIECE);
    for (int i = 0; i < PIECES; i++)
        memcpy(source + i * PIECE, "{{{a}}}", 7);
    model = model_for(fixture, source);
    model_text(model, "a", "A");
    out = render(fixture, model);
    for (apr_bucket *b = APR_BRIGADE_FIRST(out); b != APR_BRIGADE_SENTINEL(out); b = APR_BUCKET_NEXT(b)) {
        assert_ptr_equal(APR_BUCKET_PREV(APR_BUCKET_NEXT(b)), b);
        forwards++;
    }
    for (apr_bucket *b = APR_BRIGADE_LAST(out); b != APR_BRIGADE_SENTINEL(out); b = APR_BUCKET_PREV(b))
        backwards++;
    assert_int_equal(forwards, 2 * PIECES);
    assert_int_equal(backwards, forwards);
    assert_int_equal(apr_brigade_cleanup(out), APR_SUCCESS);
}

static void a_value_may_be_longer_than_a_buffer(void **state)
{
    fixture_t *fixture = *state;
    char *value = apr_pcalloc(fixture->pool, 100000 + 1);
    const char *page;
    model_t *model = model_for(fixture, "[{{a}}{{{a}}}]");

    memset(value, '<', 100000);
    model_text(model, "a", value);
    page = text_of(fixture, render(fixture, model));
    assert_int_equal(strlen(page), 400000 + 100000 + 2);
    assert_int_equal(strspn(page + 1 + 400000, "<"), 100000);
    assert_string_equal(page + 500001, "]");
}

typedef struct sink_t {
    apr_off_t total, largest;
    int calls, refuse_at;
} sink_t;

static apr_status_t swallow(apr_bucket_brigade *brigade, void *baton)
{
    sink_t *sink = baton;
    apr_off_t length;

    apr_brigade_length(brigade, 1, &length);
    sink->total += length;
    sink->largest = length > sink->largest ? length : sink->largest;
    apr_brigade_cleanup(brigade);
    return ++sink->calls == sink->refuse_at ? APR_ECONNABORTED : APR_SUCCESS;
}

static void a_long_page_is_handed_on_in_pieces(void **state)
{
    fixture_t *fixture = *state;
    apr_bucket_brigade *out = apr_brigade_create(fixture->pool, fixture->buckets);
    rows_t rows = {.count = 100000};
    sink_t sink = {0};
    model_t *model = model_for(fixture, "{{#rows}}{{{id}}}\n{{/rows}}");

    give_rows(model, &rows);
    assert_int_equal(template_stream(template_find(fixture->set, "page"), model, out, swallow, &sink),
                     APR_SUCCESS);
    swallow(out, &sink);
    assert_int_equal(sink.total, 100000 * 3 + 9 * 1 + 90 * 2 + 900 * 3 + 9000 * 4 + 90000 * 5 + 6);
    assert_true(sink.largest < 100 * 1024);
    assert_true(sink.calls > 5);
}

static void a_refused_piece_ends_the_page(void **state)
{
    fixture_t *fixture = *state;
    apr_bucket_brigade *out = apr_brigade_create(fixture->pool, fixture->buckets);
    rows_t rows = {.count = 100000};
    sink_t sink = {.refuse_at = 2};
    model_t *model = model_for(fixture, "{{#rows}}{{{id}}}\n{{/rows}}");

    give_rows(model, &rows);
    assert_int_equal(template_stream(template_find(fixture->set, "page"), model, out, swallow, &sink),
                     APR_ECONNABORTED);
    assert_int_equal(sink.calls, 2);
    assert_true(rows.at < 50000);
}

/* --- Threads --- */

#define THREADS 4

typedef struct work_t {
    const template_set_t *set;
    int wrong;
} work_t;

static void *APR_THREAD_FUNC render_many(apr_thread_t *thread, void *baton)
{
    static const char expected[] = "  <i>1</i>\n  <i>2</i>\n  <i>3</i>\n";
    work_t *work = baton;

    for (int i = 0; i < 500; i++) {
        apr_pool_t *pool;
        apr_bucket_brigade *out;
        model_t *model;
        model_list_t *list;
        char page[100];
        apr_size_t length = sizeof page;

        apr_pool_create_unmanaged_ex(&pool, NULL, NULL);
        out = apr_brigade_create(pool, apr_bucket_alloc_create(pool));
        model = model_create(pool, work->set);
        list = model_list(model, "items");
        for (int n = 1; n <= 3; n++)
            model_int(model_list_object(list), "n", n);
        template_render(template_find(work->set, "page"), model, out);
        apr_brigade_flatten(out, page, &length);
        work->wrong += length != strlen(expected) || memcmp(page, expected, length) != 0;
        apr_pool_destroy(pool);
    }
    (void)thread;
    return NULL;
}

static void threads_share_a_set(void **state)
{
    fixture_t *fixture = *state;
    apr_thread_t *threads[THREADS];
    work_t work[THREADS];

    assert_null(template_set_add(fixture->set, "item", "item", "<i>{{n}}</i>\n"));
    model_for(fixture, "{{#items}}\n  {{>item}}\n{{/items}}\n");
    for (int i = 0; i < THREADS; i++) {
        work[i] = (work_t){fixture->set, 0};
        assert_int_equal(apr_thread_create(&threads[i], NULL, render_many, &work[i], fixture->pool),
                         APR_SUCCESS);
    }
    for (int i = 0; i < THREADS; i++) {
        apr_status_t status;

        apr_thread_join(&status, threads[i]);
        assert_int_equal(work[i].wrong, 0);
    }
}

/* Only what a template made goes in as it is; a text of the same bytes is escaped. */
static void what_was_rendered_is_not_escaped_again(void **state)
{
    static const char *const names[] = {"again", "text", NULL};
    fixture_t *fixture = *state;
    model_t *model =
        model_for(fixture, "<b>{{name}}</b>{{#rows}}{{#again}}[{{again}}{{text}}]{{/again}}{{/rows}}");
    model_row_t *row;
    const char *bytes;
    apr_size_t length;

    model_text(model, "name", "A&B");
    assert_int_equal(
        template_render_text(template_find(fixture->set, "page"), model, fixture->pool, &bytes, &length),
        APR_SUCCESS);
    assert_int_equal(length, strlen("<b>A&amp;B</b>"));
    assert_memory_equal(bytes, "<b>A&amp;B</b>", length);
    row = model_list_row(model_rows(model, "rows", names));
    row_rendered(row, 0, bytes, length);
    row_text(row, 1, "<b>");
    assert_string_equal(text_of(fixture, render(fixture, model)), "<b>A&amp;B</b>[<b>A&amp;B</b>&lt;b&gt;]");
    row_rendered(row, 0, bytes, 0);
    assert_string_equal(text_of(fixture, render(fixture, model)), "<b>A&amp;B</b>");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(errors_tell_file_line_and_what),
        TEST(errors_tell_the_beginning_of_a_name),
        TEST(sections_nest_up_to_a_limit),
        TEST(names_are_added_once),
        TEST(link_finds_unknown_partials),
        TEST(link_finds_endless_partials),
        TEST(a_conditional_recursion_is_legal),
        TEST(a_recursion_without_end_is_stopped),
        TEST(a_folder_is_loaded_whole),
        TEST(all_eight_characters_are_escaped),
        TEST(setters_replace_and_ignore),
        TEST(an_object_grows),
        TEST(lists_hold_all_kinds),
        TEST(a_cursor_is_asked_row_by_row),
        TEST(an_empty_cursor_is_false),
        TEST(a_cursor_inside_itself_gives_nothing),
        TEST(rows_have_what_is_set_by_place_and_no_more),
        TEST(rows_hold_rows_and_cursors),
        TEST(long_constants_are_not_copied),
        TEST(many_long_constants_leave_the_brigade_whole),
        TEST(a_value_may_be_longer_than_a_buffer),
        TEST(a_long_page_is_handed_on_in_pieces),
        TEST(a_refused_piece_ends_the_page),
        TEST(threads_share_a_set),
        TEST(what_was_rendered_is_not_escaped_again),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    apr_terminate();
    return failed;
}
