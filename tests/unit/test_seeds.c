/* SPDX-License-Identifier: Apache-2.0
 *
 * The seeds as the command carries them: they parse, hold what seeds/README.md says, and refer to each other
 * without a gap. Then the loader, with tables that it must refuse.
 */
#include "base.h"

#include <apr_hash.h>

#include "domain/check.h"
#include "domain/exam.h"
#include "domain/family.h"
#include "store/base.h"
#include "store/schema.h"
#include "text/text.h"

#include "../../inscrinetctl/seeds.h"

static apr_pool_t *pool;

static const seed_table_t *table_of(const char *name)
{
    const seed_table_t *table = seeds_table(pool, name);

    assert_non_null(table);
    return table;
}

/* The cell of a named column; "" for an empty one. */
static const char *cell(const seed_table_t *table, int row, const char *column)
{
    const char *text;

    assert_true(seed_column(table, column) >= 0);
    text = seed_cell(table, row, seed_column(table, column));
    return text != NULL ? text : "";
}

static int row_of(const seed_table_t *table, const char *column, const char *value)
{
    int row;

    for (row = 0; row < table->rows; row++)
        if (strcmp(cell(table, row, column), value) == 0)
            return row;
    return -1;
}

static void assert_in(const seed_table_t *table, const char *column, const char *value)
{
    if (row_of(table, column, value) < 0)
        fail_msg("no %s %s", column, value);
}

static void assert_unique(const seed_table_t *table, const char *column)
{
    int row;

    for (row = 0; row < table->rows; row++)
        if (row_of(table, column, cell(table, row, column)) != row)
            fail_msg("twice: %s %s", column, cell(table, row, column));
}

/* Each member of "|BTS|BCP|" or "04|05". */
static void for_members(const char *list, void (*told)(const char *member))
{
    char *last, *member = apr_strtok(apr_pstrdup(pool, list), "|", &last);

    assert_non_null(member);
    for (; member != NULL; member = apr_strtok(NULL, "|", &last))
        told(member);
}

static void assert_exam(const char *code)
{
    if (exam_of_code(code) == EXAM_NONE)
        fail_msg("no exam %s", code);
}

static void assert_family(const char *code)
{
    if (family_label(code) == NULL)
        fail_msg("no family %s", code);
}

static void assert_department(const char *code)
{
    assert_in(table_of("departments"), "code", code);
}

/* ---------------------------------------------------------------- all of them */

static const struct {
    const char *name, *key;
    int rows;
} sizes[] = {
    {"academies", "code", 36},      {"categories", "code", 18},     {"countries", "code", 229},
    {"departments", "code", 108},   {"languages", "code", 51},      {"parameters", "name", 12},
    {"sessions", "exam", 7},        {"specialties", "code", 661},   {"training_programmes", "mef", 1510},
    {"units", NULL, 121},           {"demo/addresses", "text", 50}, {"demo/forenames", NULL, 275},
    {"demo/parameters", "name", 2}, {"demo/school_kinds", NULL, 8}, {"demo/schools", "name", 41},
    {"demo/sessions", NULL, 2},     {"demo/surnames", "name", 444}, {"demo/towns", NULL, 131},
};
enum { SIZES = sizeof sizes / sizeof *sizes };

static void parse_and_count(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < SIZES; i++) {
        const seed_table_t *table = table_of(sizes[i].name);

        if (table->rows != sizes[i].rows)
            fail_msg("%s: %d rows", sizes[i].name, table->rows);
        if (sizes[i].key != NULL)
            assert_unique(table, sizes[i].key);
    }
}

static void tell_their_status(void **state)
{
    static const char *const names[] = {"academies", "categories",  "departments",
                                        "languages", "specialties", "units"};
    static const char *const words[] = {"verified", "partial", "inferred", "invented"};
    size_t i, word;
    int row;

    (void)state;
    for (i = 0; i < sizeof names / sizeof *names; i++) {
        const seed_table_t *table = table_of(names[i]);

        for (row = 0; row < table->rows; row++) {
            for (word = 0; word < 4 && strcmp(cell(table, row, "status"), words[word]) != 0; word++)
                continue;
            if (word == 4)
                fail_msg("%s: row %d: status %s", names[i], row, cell(table, row, "status"));
        }
    }
}

/* ---------------------------------------------------------------- reference data */

static void specialties_have_their_codes(void **state)
{
    static const char *const levels[EXAM_COUNT] = {"320", "400", "450", "500", "510", "010", "010"};
    const seed_table_t *table = table_of("specialties");
    apr_hash_t *seen = apr_hash_make(pool);
    int row;

    (void)state;
    for (row = 0; row < table->rows; row++) {
        const char *code = cell(table, row, "code"), *exam = cell(table, row, "exam"),
                   *short_code = apr_pstrcat(pool, exam, cell(table, row, "code5"), NULL);

        assert_exam(exam);
        assert_int_equal(strlen(code), 8);
        assert_string_equal(code + 3, cell(table, row, "code5"));
        assert_memory_equal(code, levels[exam_of_code(exam)], 3);
        assert_memory_equal(code + 3, cell(table, row, "nsf"), 3);
        assert_true(cell(table, row, "label")[0] != '\0');
        assert_null(apr_hash_get(seen, short_code, APR_HASH_KEY_STRING));
        apr_hash_set(seen, short_code, APR_HASH_KEY_STRING, code);
    }
}

static void units_belong_to_specialties(void **state)
{
    const seed_table_t *table = table_of("units"), *specialties = table_of("specialties");
    const char *last = "";
    int row, rank = 0;

    (void)state;
    for (row = 0; row < table->rows; row++) {
        const char *specialty = cell(table, row, "specialty");

        rank = strcmp(specialty, last) == 0 ? rank + 1 : 1;
        last = specialty;
        assert_in(specialties, "code", specialty);
        assert_int_equal(atoi(cell(table, row, "rank")), rank);
        assert_int_equal(cell(table, row, "note")[0] != '\0',
                         strcmp(cell(table, row, "status"), "partial") == 0);
    }
}

static void programmes_lead_to_specialties(void **state)
{
    const seed_table_t *table = table_of("training_programmes"), *specialties = table_of("specialties");
    int row;

    (void)state;
    for (row = 0; row < table->rows; row++) {
        assert_int_equal(strlen(cell(table, row, "mef")), 10);
        assert_int_equal(strlen(cell(table, row, "mef11")), 11);
        assert_in(specialties, "code", cell(table, row, "specialty"));
        assert_true(atoi(cell(table, row, "year")) <= atoi(cell(table, row, "duration")));
    }
}

static void territory_is_whole(void **state)
{
    const seed_table_t *academies = table_of("academies"), *departments = table_of("departments");
    int row;

    (void)state;
    assert_unique(departments, "code3");
    for (row = 0; row < departments->rows; row++) {
        if (strcmp(cell(departments, row, "code3"), "099") != 0)
            assert_in(academies, "code", cell(departments, row, "academy"));
        assert_int_equal(strlen(cell(departments, row, "code3")), 3);
    }
    for (row = 0; row < academies->rows; row++)
        for_members(cell(academies, row, "departments"), assert_department);
    assert_string_equal(cell(table_of("countries"), 0, "code"), "99100");
    assert_string_equal(cell(table_of("countries"), 0, "name"), "France");
}

static void categories_are_known(void **state)
{
    const seed_table_t *table = table_of("categories");
    int row;

    (void)state;
    for (row = 0; row < table->rows; row++) {
        assert_family(cell(table, row, "family"));
        assert_true(service_of_code(cell(table, row, "service")) >= 0);
        for_members(cell(table, row, "exams"), assert_exam);
        assert_int_equal(cell(table, row, "exams")[0], '|');
    }
}

static void check_sessions(const seed_table_t *table)
{
    int row;

    for (row = 0; row < table->rows; row++) {
        int month = atoi(cell(table, row, "month"));

        assert_exam(cell(table, row, "exam"));
        assert_in_range(month, 1, 12);
        assert_true(cell(table, row, "period")[0] != '\0');
    }
}

/* Each exam has one to begin with. */
static void sessions_have_a_month_and_a_period(void **state)
{
    int exam;

    (void)state;
    check_sessions(table_of("sessions"));
    check_sessions(table_of("demo/sessions"));
    for (exam = 0; exam < EXAM_COUNT; exam++)
        assert_in(table_of("sessions"), "exam", exam_info((exam_t)exam)->code);
}

/* The pages that show them ask for these; paragraphs are plain text. */
static void parameters_are_texts(void **state)
{
    static const char *const needed[] = {"academie",
                                         "fuseau",
                                         "division",
                                         "engagement",
                                         "confidentialite",
                                         "retour_adresse",
                                         "retour_confirmation",
                                         "mentions_legales",
                                         "donnees_personnelles",
                                         "accessibilite",
                                         "aide",
                                         "brouillon_jours"};
    const seed_table_t *table = table_of("parameters");
    size_t i;
    int row;

    (void)state;
    for (i = 0; i < sizeof needed / sizeof *needed; i++)
        assert_in(table, "name", needed[i]);
    for (row = 0; row < table->rows; row++) {
        assert_null(strpbrk(cell(table, row, "value"), "<>&"));
        assert_true(cell(table, row, "purpose")[0] != '\0');
    }
    assert_true(local_instant(cell(table, row_of(table, "name", "fuseau"), "value"), 2027, 1, 1, 0, 0) > 0);
}

/* ---------------------------------------------------------------- the demo's material */

static void names_can_be_registered(void **state)
{
    const seed_table_t *surnames = table_of("demo/surnames"), *forenames = table_of("demo/forenames");
    const char *kept;
    int row, women = 0;

    (void)state;
    for (row = 0; row < surnames->rows; row++)
        if (check_birth_name(pool, cell(surnames, row, "name"), &kept) != MSG_OK ||
            strcmp(kept, cell(surnames, row, "name")) != 0 || text_nfc(pool, kept) != kept)
            fail_msg("%s", cell(surnames, row, "name"));
    for (row = 0; row < forenames->rows; row++) {
        if (check_forename(pool, cell(forenames, row, "name"), &kept) != MSG_OK ||
            strcmp(kept, cell(forenames, row, "name")) != 0 || text_nfc(pool, kept) != kept)
            fail_msg("%s", cell(forenames, row, "name"));
        women += strcmp(cell(forenames, row, "sex"), "F") == 0;
    }
    assert_true(surnames->rows >= 300 && women >= 100 && forenames->rows - women >= 100);
}

static void towns_are_somewhere(void **state)
{
    const seed_table_t *towns = table_of("demo/towns");
    const char *kept;
    int row, homes = 0;

    (void)state;
    for (row = 0; row < towns->rows; row++) {
        int french = strcmp(cell(towns, row, "country"), "99100") == 0;

        assert_in(table_of("countries"), "code", cell(towns, row, "country"));
        assert_true(text_is_drawable(cell(towns, row, "name")));
        assert_int_equal(cell(towns, row, "department")[0] != '\0', french);
        if (!french)
            continue;
        assert_in(table_of("departments"), "code3", cell(towns, row, "department"));
        assert_int_equal(check_postal_code(pool, cell(towns, row, "postal_code"), 1, &kept), MSG_OK);
        homes += cell(towns, row, "home")[0] == '1';
    }
    assert_int_equal(homes % 11 != 0, 1); /* schools go from town to town in steps of 11 */
    for (row = 0; row < table_of("demo/addresses")->rows; row++)
        assert_true(text_is_drawable(cell(table_of("demo/addresses"), row, "text")));
}

static void school_kinds_are_known(void **state)
{
    const seed_table_t *kinds = table_of("demo/school_kinds");
    int row;

    (void)state;
    for (row = 0; row < kinds->rows; row++) {
        for_members(cell(kinds, row, "exams"), assert_exam);
        for_members(cell(kinds, row, "families"), assert_family);
    }
}

/* ---------------------------------------------------------------- parsing and loading */

static const char *parse_error(const char *csv, apr_size_t length)
{
    const char *error;

    assert_null(seed_parse(pool, csv, length, &error));
    assert_non_null(error);
    return error;
}

static void parser_reads_quotes(void **state)
{
    static const char csv[] = "\"a\";b\n\"x;\"\"y\"\"\";\n\n;\"two\nlines\"\n";
    const char *error;
    seed_table_t *table = seed_parse(pool, csv, sizeof csv - 1, &error);

    (void)state;
    assert_non_null(table);
    assert_int_equal(table->columns, 2);
    assert_int_equal(table->rows, 2);
    assert_string_equal(seed_cell(table, 0, 0), "x;\"y\"");
    assert_null(seed_cell(table, 0, 1));
    assert_string_equal(seed_cell(table, 1, 1), "two\nlines");
    assert_null(seed_cell(table, 1, -1));
    assert_int_equal(seed_column(table, "b"), 1);
    assert_int_equal(seed_column(table, "c"), -1);
}

static void parser_refuses(void **state)
{
    (void)state;
    assert_string_equal(parse_error("", 0), "no header");
    assert_string_equal(parse_error("a;b\n\xe9;2\n", 8), "not UTF-8");
    assert_string_equal(parse_error("a;b\n1;2\n1;2;3\n", 14), "row 3 has not the 2 columns of the header");
    assert_string_equal(parse_error("a;b\n1\n", 6), "row 2 has not the 2 columns of the header");
    assert_string_equal(parse_error("a;b\n1;2\n1;\x07\n", 12), "row 3 holds a control character");
    assert_string_equal(parse_error("a;b\n1;\0\n", 8), "row 2 holds a control character");
    parse_error("a;b\n1;\"2\n", 9);
    parse_error("a;b\n1;2\"3\n", 10);
}

static db_error_t load(db_t *db, const char *nomenclature, const char *csv, const char **error)
{
    seed_table_t *table = seed_parse(pool, csv, strlen(csv), error);

    assert_non_null(table);
    return seed_load(db, pool, nomenclature, table, error);
}

static void loader_refuses(void **state)
{
    base_t *base = base_make(pool, "sqlite3");
    apr_pool_t *own;
    const char *error;
    db_t *db;

    (void)state;
    apr_pool_create(&own, pool);
    db = base_connect(own, base->driver, base->parameters);
    assert_int_equal(schema_migrate(db, own, 1, NULL, NULL), DB_OK);
    assert_int_equal(load(db, "stars", "code\n1\n", &error), DB_BROKEN);
    assert_string_equal(error, "stars: no such nomenclature");
    assert_int_equal(load(db, "academies", "code;name\n1;A\n", &error), DB_BROKEN);
    assert_string_equal(error, "academies: no column departments");
    assert_int_equal(load(db, "academies",
                          "name;code;state;status;departments\nA;1;open;verified;75\nB;;open;x;1\n", &error),
                     DB_BROKEN);
    assert_string_equal(error, "academies: row 3: wrong or missing code");
    assert_int_equal(load(db, "countries", "code;bcn;iso2;iso3;name;european\n1;;;;A;yes\n", &error),
                     DB_BROKEN);
    assert_string_equal(error, "countries: row 2: wrong or missing european");
    assert_int_equal(
        load(db, "academies", "code;name;departments;state;status\n1;A;75;open;verified\n", &error),
        DB_CONFLICT);
    assert_null(error);
    apr_pool_destroy(own);
    base_remove(base);
}

/* Units of a specialty that ask six questions each, or seven. */
static const char *units_of(const char *specialty, int count)
{
    const char *csv =
        "specialty;code;rank;unit;label;coefficient;kind;subject;mode_ccf;mode_other;duration;status\n";
    int i;

    for (i = 1; i <= count; i++)
        csv = apr_psprintf(pool, "%s%s;E%d;%d;U%d;Pratique;;O;%s;;;;verified\n", csv, specialty, i, i, i,
                           i % 2 ? "" : "GENERAL");
    return csv;
}

/* 29 ask 188 questions, 30 of them 195: more than answers have room for. */
static void loader_refuses_a_specialty_that_asks_too_much(void **state)
{
    base_t *base = base_make(pool, "sqlite3");
    apr_pool_t *own;
    const char *error;
    db_t *db;

    (void)state;
    apr_pool_create(&own, pool);
    db = base_connect(own, base->driver, base->parameters);
    assert_int_equal(schema_migrate(db, own, 1, NULL, NULL), DB_OK);
    assert_int_equal(load(db, "specialties",
                          "code;exam;code5;label;nsf;letter;first_session;last_session;status;source\n"
                          "40025214;BCP;25214;A;252;;;;verified;x\n40025215;BCP;25215;B;252;;;;verified;x\n"
                          "40025216;BCP;25216;C;252;;;;verified;x\n",
                          &error),
                     DB_OK);
    assert_int_equal(load(db, "units", units_of("40025214", 29), &error), DB_OK);
    assert_int_equal(load(db, "units", units_of("40025215", 29), &error), DB_OK);
    assert_int_equal(load(db, "units", units_of("40025216", 30), &error), DB_BROKEN);
    assert_string_equal(error, "units: row 31: the units of 40025216 ask more than 192 questions");
    apr_pool_destroy(own);
    base_remove(base);
}

static void every_nomenclature_is_loaded(void **state)
{
    static const char *const all[] = {"academies", "categories",  "countries",           "departments",
                                      "languages", "specialties", "training_programmes", "units"};
    size_t i;
    int ordinal;

    (void)state;
    for (i = 0; i < sizeof all / sizeof *all; i++) {
        for (ordinal = 0; seed_nomenclature(ordinal) && strcmp(seed_nomenclature(ordinal), all[i]); ordinal++)
            ;
        if (!seed_nomenclature(ordinal))
            fail_msg("nothing loads %s", all[i]);
    }
}

static int make_pool(void **state)
{
    (void)state;
    return apr_pool_create(&pool, NULL) != APR_SUCCESS;
}

static int drop_pool(void **state)
{
    (void)state;
    apr_pool_destroy(pool);
    return 0;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make_pool, drop_pool)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(parse_and_count),
        TEST(tell_their_status),
        TEST(specialties_have_their_codes),
        TEST(units_belong_to_specialties),
        TEST(programmes_lead_to_specialties),
        TEST(territory_is_whole),
        TEST(categories_are_known),
        TEST(sessions_have_a_month_and_a_period),
        TEST(parameters_are_texts),
        TEST(names_can_be_registered),
        TEST(towns_are_somewhere),
        TEST(school_kinds_are_known),
        TEST(parser_reads_quotes),
        TEST(parser_refuses),
        TEST(every_nomenclature_is_loaded),
        TEST(loader_refuses),
        TEST(loader_refuses_a_specialty_that_asks_too_much),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    apr_terminate();
    return failed;
}
