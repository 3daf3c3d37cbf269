/* SPDX-License-Identifier: Apache-2.0
 *
 * The department of an address: that of its commune, since 23 of them have a postal code that begins as
 * another department's do. Their rows are those of seeds/communes.csv; this test runs at the top of the tree.
 */
#include "base.h"

#include "domain/commune.h"
#include "domain/questionnaire.h"
#include "store/commune.h"
#include "store/schema.h"
#include "store/seed_table.h"
#include "sql.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

static apr_pool_t *pool, *of_base;
static db_t *db;

/* As people write them. */
static const struct {
    const char *postal_code, *town, *department;
} homes[] = {
    {"42620", "Saint-Pierre-Laval", "003"},
    {"42620", "ST PIERRE LAVAL", "003"},
    {"05110", "Claret", "004"},
    {"05110", "curbans", "004"},
    {"05130", "Piegut", "004"},
    {"05160", "Pontis", "004"},
    {"06260", "La Rochette", "004"},
    {"06260", "ROCHETTE", "004"},
    {"06260", "St-Pierre", "004"},
    {"05130", "Venterol", "004"},
    {"48250", "Laveyrune", "007"},
    {"43450", "Leyvaux", "015"},
    {"33220", "Fougueyrolles", "024"},
    {"33220", "Port Sainte Foy et Ponchapt", "024"},
    {"33220", "Port-Ste-Foy-et-Ponchapt", "024"},
    {"05700", "Villebois-les-Pins", "026"},
    {"01590", "Chancia", "039"},
    {"01410", "Lajoux", "039"},
    {"01590", "Lavancia-Épercy", "039"},
    {"52100", "Saint-Eulien", "051"},
    {"52100", "Sapignicourt", "051"},
    {"21340", "Change", "071"},
    {"01200", "Éloise", "074"},
    {"01200", "ELOISE", "074"},
    {"13780", "Riboux", "083"},
    {"37160", "Buxeuil", "086"},
    {"94390", "Paray-Vieille-Poste", "091"},
    /* where the code tells */
    {"33220", "Sainte-Foy-la-Grande", "033"},
    {"94390", "Orly aéroport", "094"},
    {"01200", "Valserhône", "001"},
    {"06260", "Puget-Théniers", "006"},
    {"97133", "Saint-Barthélemy", "977"},
    {"97150", "Saint-Martin", "978"},
    {"20200", "Bastia", "02B"},
    {"21000", "Dijon", "021"},
    /* a commune of that name elsewhere, or of none */
    {"72530", "Change", "072"},
    {"59000", "Riboux", "059"},
    {"42620", "Nulle-Part", "042"},
    {"42620", "", "042"},
    {"42620", NULL, "042"},
    {"42620", "%", "042"},
};

static const char *home_of(const char *country, const char *postal_code, const char *town)
{
    answers_t answers = {.value = {[Q_COUNTRY] = country, [Q_POSTAL_CODE] = postal_code, [Q_TOWN] = town}};
    const char *department = NULL;

    assert_int_equal(commune_home(db, pool, &answers, &department), DB_OK);
    return department;
}

static void a_home_lies_in_the_department_of_its_commune(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < COUNT(homes); i++) {
        const char *found = home_of("99100", homes[i].postal_code, homes[i].town);

        if (strcmp(found, homes[i].department) != 0)
            fail_msg("%s %s: %s", homes[i].postal_code, homes[i].town, found);
    }
}

static void a_home_abroad_or_without_a_code_has_none(void **state)
{
    (void)state;
    assert_string_equal(home_of("99131", "42620", "Saint-Pierre-Laval"), "");
    assert_string_equal(home_of("99100", NULL, "Saint-Pierre-Laval"), "");
    assert_string_equal(home_of(NULL, "42620", "Saint-Pierre-Laval"), "");
    assert_string_equal(home_of("99100", "4262", "Saint-Pierre-Laval"), "");
}

static const char *cell(const seed_table_t *table, int row, const char *column)
{
    return seed_cell(table, row, seed_column(table, column));
}

static const seed_table_t *communes(void)
{
    const char *error = NULL;
    const seed_table_t *table;
    apr_finfo_t info;
    apr_file_t *file;
    char *text;

    assert_int_equal(apr_file_open(&file, "seeds/communes.csv", APR_READ, 0, pool), APR_SUCCESS);
    assert_int_equal(apr_file_info_get(&info, APR_FINFO_SIZE, file), APR_SUCCESS);
    text = apr_palloc(pool, (apr_size_t)info.size);
    assert_int_equal(apr_file_read_full(file, text, (apr_size_t)info.size, NULL), APR_SUCCESS);
    table = seed_parse(pool, text, (apr_size_t)info.size, &error);
    assert_non_null(table);
    return table;
}

/* Whether one of its postal codes begins as another department's do. */
static int is_astray(const seed_table_t *table, int row)
{
    char *codes = apr_pstrdup(pool, cell(table, row, "codes_postaux")), *last, *code;
    const char *department = cell(table, row, "departement");

    for (code = apr_strtok(codes, "|", &last); code != NULL; code = apr_strtok(NULL, "|", &last))
        if (strcmp(department_of_postal_code(pool, code), department) != 0)
            return 1;
    return 0;
}

static int is_tested(const seed_table_t *table, int row)
{
    int i;

    for (i = 0; i < COUNT(homes); i++)
        if (homes[i].town != NULL &&
            strcmp(commune_key(pool, homes[i].town), commune_key(pool, cell(table, row, "nom"))) == 0 &&
            strcmp(homes[i].department, cell(table, row, "departement")) == 0)
            return 1;
    return 0;
}

/* Clipperton has a code and nobody. */
static void those_whose_code_leads_astray_are_all_tested(void **state)
{
    const seed_table_t *table = communes();
    int row, astray = 0;

    (void)state;
    for (row = 0; row < table->rows; row++) {
        if (cell(table, row, "codes_postaux") == NULL || strcmp(cell(table, row, "code"), "98901") == 0 ||
            !is_astray(table, row))
            continue;
        astray++;
        if (!is_tested(table, row))
            fail_msg("%s is not tested", cell(table, row, "nom"));
    }
    assert_int_equal(astray, 23);
}

/* ---------------------------------------------------------------- the base */

static void add(const seed_table_t *table, int row)
{
    const char *name = cell(table, row, "nom");

    assert_int_equal(
        sql_commune_add(db, &(sql_commune_add_in_t){.code = cell(table, row, "code"),
                                                    .type = cell(table, row, "type"),
                                                    .name = name,
                                                    .search = name != NULL ? commune_key(pool, name) : NULL,
                                                    .department = cell(table, row, "departement"),
                                                    .chief = cell(table, row, "chef_lieu"),
                                                    .postal_codes = cell(table, row, "codes_postaux")}),
        DB_OK);
}

static int make_on(const char *driver, void **state)
{
    const seed_table_t *table;
    base_t *base;
    int row;

    apr_pool_create(&pool, NULL);
    *state = base = base_make(pool, driver);
    apr_pool_create(&of_base, pool);
    db = base_connect(of_base, base->driver, base->parameters);
    db_prepare_connection(db); /* not in WAL mode yet */
    assert_int_equal(schema_migrate(db, of_base, 0, NULL, NULL), DB_OK);
    table = communes();
    assert_int_equal(db_begin(db, pool, 1), DB_OK);
    for (row = 0; row < table->rows; row++)
        if (strcmp(cell(table, row, "type"), "A") == 0)
            add(table, row);
    assert_int_equal(db_commit(db), DB_OK);
    return 0;
}

static int make_on_sqlite(void **state)
{
    return make_on("sqlite3", state);
}

static int make_on_pgsql(void **state)
{
    return make_on("pgsql", state);
}

static int end(void **state)
{
    apr_pool_destroy(of_base);
    base_remove(*state);
    apr_pool_destroy(pool);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_home_lies_in_the_department_of_its_commune),
        cmocka_unit_test(a_home_abroad_or_without_a_code_has_none),
        cmocka_unit_test(those_whose_code_leads_astray_are_all_tested),
    };

    apr_initialize();
    return cmocka_run_group_tests_name("homes on sqlite3", tests, make_on_sqlite, end) +
           (base_pgsql("homes") == NULL
                ? 0
                : cmocka_run_group_tests_name("homes on pgsql", tests, make_on_pgsql, end));
}
