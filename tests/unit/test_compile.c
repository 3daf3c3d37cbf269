/* SPDX-License-Identifier: Apache-2.0
 *
 * What sql/compile.awk and sql/migrations.awk make of the cases in tests/unit/test_sql, run from the root of
 * the sources. statements/ and migrations/ compile, and every line of their file "expected" is in the C that
 * comes out. Each of errors/ is refused with what its line "-- wrong: " says, and with nothing else.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define CASES "tests/unit/test_sql/"

/** All that a command writes, for the caller to free. */
static char *output_of(const char *command, int *status)
{
    size_t length = 0, capacity = 1 << 16;
    char *output = malloc(capacity);
    FILE *pipe = popen(command, "r");

    assert_non_null(pipe);
    assert_non_null(output);
    while (length + 1 < capacity && !feof(pipe))
        length += fread(output + length, 1, capacity - length - 1, pipe);
    output[length] = '\0';
    *status = pclose(pipe);
    return output;
}

/** Compile a file, or all the files of a folder. */
static char *compile(const char *path, int *status)
{
    const char *script = strstr(path, "migrations") != NULL ? "migrations" : "compile";
    char command[1024];

    snprintf(
        command, sizeof command,
        "folder=$(mktemp -d); files=$(find %s -name '*.sql' | sort); result=0\n"
        "for made in header:h source:c; do test $result = 0 &&\n"
        "awk -v kind=${made%%:*} -v out=$folder/sql.${made#*:} -f sql/%s.awk $files 2>&1 || result=1; done\n"
        "cat $folder/sql.? 2>/dev/null; rm -r $folder; exit $result",
        path, script);
    return output_of(command, status);
}

static void check_case(const char *path)
{
    char expected_path[256], line[512];
    char *output;
    int status;
    FILE *expected;

    snprintf(expected_path, sizeof expected_path, "%s/expected", path);
    expected = fopen(expected_path, "r");
    assert_non_null(expected);
    output = compile(path, &status);
    assert_int_equal(status, 0);
    while (fgets(line, sizeof line, expected) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (strstr(output, line) == NULL)
            fail_msg("%s gives no line\n%s\nbut\n%s", path, line, output);
    }
    fclose(expected);
    free(output);
}

static void statements_compile(void **state)
{
    (void)state;
    check_case(CASES "statements");
}

static void migrations_compile(void **state)
{
    (void)state;
    check_case(CASES "migrations");
}

/** What the case promises: "LINE: …", for the caller to free. */
static char *promised(const char *path)
{
    char command[512];
    int status;
    char *text;

    snprintf(command, sizeof command, "grep -rh '^-- wrong: ' %s | cut -c11-", path);
    text = output_of(command, &status);
    text[strcspn(text, "\n")] = '\0';
    assert_true(*text != '\0');
    return text;
}

static void errors_are_told_with_file_and_line(void **state)
{
    glob_t cases;
    size_t i;

    (void)state;
    assert_int_equal(glob(CASES "errors/*", 0, NULL, &cases), 0);
    assert_true(cases.gl_pathc > 10);
    for (i = 0; i < cases.gl_pathc; i++) {
        char *wrong = promised(cases.gl_pathv[i]);
        int status;
        char *output = compile(cases.gl_pathv[i], &status);
        const char *found = strstr(output, wrong);

        if (!WIFEXITED(status) || WEXITSTATUS(status) != 1 || found == NULL || found == output ||
            found[-1] != ':' || strncmp(output, CASES, strlen(CASES)) != 0 ||
            strchr(output, '\n') != output + strlen(output) - 1) {
            fail_msg("%s: status %d, expected \"FILE:%s\", not\n%s", cases.gl_pathv[i], status, wrong,
                     output);
        }
        free(output);
        free(wrong);
    }
    globfree(&cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements_compile),
        cmocka_unit_test(migrations_compile),
        cmocka_unit_test(errors_are_told_with_file_and_line),
    };

    return cmocka_run_group_tests_name("compile", tests, NULL, NULL);
}
