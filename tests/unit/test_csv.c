/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines of CSV: quotes where they are needed, no cell that a spreadsheet would run.
 */
#include "check_suite.h"

#include <apr_general.h>
#include <apr_strings.h>

#include "text/csv.h"

static const char *line;

static void gather(void *baton, const char *bytes, apr_size_t length)
{
    (void)baton;
    line = apr_pstrcat(pool, line, apr_pstrmemdup(pool, bytes, length), NULL);
}

static const char *of(const char *one, const char *other)
{
    const char *cells[] = {one, other};

    line = "";
    csv_line(gather, NULL, cells, 2);
    return line;
}

static void cells_are_parted_and_quoted_where_needed(void **state)
{
    (void)state;
    assert_string_equal(of("11-0", "L’HÔTE - ZOÉ"), "11-0;L’HÔTE - ZOÉ\n");
    assert_string_equal(of("a;b", "c\"d"), "\"a;b\";\"c\"\"d\"\n");
    assert_string_equal(of("a\nb", ""), "\"a\nb\";\n");
    assert_string_equal(of(NULL, "x y"), ";x y\n");
}

/* Some readers, our own too, take them for nothing where there are no quotes. */
static void blanks_at_the_ends_are_quoted(void **state)
{
    (void)state;
    assert_string_equal(of(" x", "x "), "\" x\";\"x \"\n");
    assert_string_equal(of(" ", "x\t"), "\" \";\"x\t\"\n");
}

static void formulas_are_texts(void **state)
{
    (void)state;
    assert_string_equal(of("=1+1", "+33"), "'=1+1;'+33\n");
    assert_string_equal(of("-1", "@x"), "'-1;'@x\n");
    assert_string_equal(of("\tx", "\rx"), "'\tx;\"'\rx\"\n");
    assert_string_equal(of("=a;\"b\"", "a=b"), "\"'=a;\"\"b\"\"\";a=b\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_parted_and_quoted_where_needed),
        cmocka_unit_test(blanks_at_the_ends_are_quoted),
        cmocka_unit_test(formulas_are_texts),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
