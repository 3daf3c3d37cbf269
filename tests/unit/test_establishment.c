/* SPDX-License-Identifier: Apache-2.0
 *
 * What a school is, however it comes in: natures, sectors, families, departments.
 */
#include "check_suite.h"

#include "domain/establishment.h"

static void natures_by_code_and_by_name(void **state)
{
    static const char *const known[][3] = {
        {"300", "LG", "|SCO|"}, {"302", "LG", "|SCO|"},  {"306", "LPO", "|SCO|"},
        {"320", "LP", "|SCO|"}, {"600", "CFA", "|APP|"}, {"LGT", "LG", "|SCO|"},
        {"LP", "LP", "|SCO|"},  {"SEP", "LP", "|SCO|"},  {"GRETA", "GRETA", "|FPC|"}};
    static const char *const unknown[] = {"", "151", "LPX", "COLLEGE"};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof known / sizeof *known; i++) {
        const establishment_nature_t *nature = establishment_nature(known[i][0]);

        assert_non_null(nature);
        assert_string_equal(nature->kind, known[i][1]);
        assert_string_equal(nature->families, known[i][2]);
    }
    for (i = 0; i < sizeof unknown / sizeof *unknown; i++)
        assert_null(establishment_nature(unknown[i]));
}

static void each_kind_is_a_nature(void **state)
{
    const char *kind, *label;
    int i;

    (void)state;
    for (i = 0; (kind = establishment_kind_at(i, &label)) != NULL; i++)
        assert_string_equal(establishment_nature(kind)->kind, kind);
    assert_true(i > 3);
}

static void sectors_and_families(void **state)
{
    const char *unknown = NULL;

    (void)state;
    assert_string_equal(establishment_sector(pool, "Privé sous contrat"), "PR");
    assert_string_equal(establishment_sector(pool, "pu"), "PU");
    assert_string_equal(establishment_sector(pool, "HC"), "HC");
    assert_null(establishment_sector(pool, "semi-public"));
    assert_null(establishment_sector(pool, ""));
    assert_string_equal(establishment_families(pool, "SCO, APP", &unknown), "|SCO|APP|");
    assert_string_equal(establishment_families(pool, "|SCO|APP|", &unknown), "|SCO|APP|");
    assert_null(establishment_families(pool, "SCO,XYZ", &unknown));
    assert_string_equal(unknown, "XYZ");
}

static void departments_of_three_signs(void **state)
{
    static const char *const known[][2] = {
        {"1", "001"}, {"01", "001"}, {"59", "059"}, {"2a", "02A"}, {"974", "974"}};
    static const char *const unknown[] = {"", "9741", "5 9", "C1"};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof known / sizeof *known; i++)
        assert_string_equal(establishment_department(pool, known[i][0]), known[i][1]);
    for (i = 0; i < sizeof unknown / sizeof *unknown; i++)
        assert_null(establishment_department(pool, unknown[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(natures_by_code_and_by_name),
        cmocka_unit_test(each_kind_is_a_nature),
        cmocka_unit_test(sectors_and_families),
        cmocka_unit_test(departments_of_three_signs),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
