/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists of a great exam: page after page gives each registration of the scope once, in order, and back again;
 * what is read for a page doesn't grow with the pages before it. On both bases.
 */
#include "base.h"

#include <sqlite3.h>

#include "migrations.h"
#include "sql.h"
#include "store/db_internal.h" /* whose steps SQLite counts */
#include "store/exam_session.h"
#include "store/listing.h"
#include "store/schema.h"

enum {
    REGISTRATIONS = 100000,
    ALIKE = 3, /* so many in a row have one sort key: their numbers settle it */
    SCHOOLS = 20,
    SHUFFLE = 7919, /* prime to REGISTRATIONS: names don't come as numbers do */
    PAGE = 200,
    OTHER_SESSION = 1000, /* more of the exam, which no list of its first session shows */
    EUROPEAN_IN = 7,
    TURNS = 40 /* of SQLite, for each row that it looks at: some thirty-five, ten of them for its standing */
};

static apr_pool_t *pool;
static base_t *base;
static db_t *db;
static apr_int64_t session;

/* ---------------------------------------------------------------- registrations that can be told by number
 */

static int school_of(apr_int64_t number)
{
    return (int)(number % SCHOOLS) + 1;
}

static int key_of(apr_int64_t number)
{
    return (int)(number * SHUFFLE % REGISTRATIONS) / ALIKE;
}

static void run(const char *script)
{
    if (db_script(db, script) != DB_OK)
        fail_msg("%s: %s", script, db_error_text(db));
}

static void add_reference(void)
{
    const char *empty = strcmp(base->driver, "sqlite3") == 0 ? "X''" : "''";

    run(apr_psprintf(pool,
                     "INSERT INTO specialty (code, exam, code5, label, status, source, sort_key)"
                     " VALUES ('S', 'BCP', '1', 'S', 'verified', '', %s), ('T', 'BCP', '2', 'T',"
                     " 'verified', '', %s)",
                     empty, empty));
    run("INSERT INTO category (code, label, family, ccf, exams, european, service, status)"
        " VALUES ('C', 'C', 'SCO', 0, '|BCP|', 0, 'x', 'verified')");
    run(apr_psprintf(pool,
                     "INSERT INTO establishment (id, code, kind, name, sector, families, licensed_ccf)"
                     " WITH RECURSIVE series (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM series"
                     " WHERE i < %d) SELECT i, 'E' || i, 'LP', 'E', 'PU', '|SCO|', 0 FROM series",
                     SCHOOLS));
}

static void add_registrations(apr_int64_t exam_session, int first, int last)
{
    const char *key = strcmp(base->driver, "sqlite3") == 0
                          ? "CAST(printf('%06d', k) AS BLOB)"
                          : "convert_to(lpad(CAST(k AS TEXT), 6, '0'), 'UTF8')";

    run(apr_psprintf(
        pool,
        "INSERT INTO registration (exam, exam_session, number, revision, service, establishment, specialty,"
        " category, state, listed_name, birth_date, form, european, code, identity, sort_key, search_name,"
        " answers, created, changed, department)"
        " WITH RECURSIVE series (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM series WHERE i < %d)"
        " SELECT 'BCP', %d, i, 0, 'x', i %% %d + 1, CASE WHEN i %% 2 = 0 THEN 'S' ELSE 'T' END, 'C', 'V',"
        " 'NOM - PRENOM', '2008-07-07', 'G', CASE WHEN i %% %d = 0 THEN 1 END, 'c', 'NOM|PRENOM|' || i, %s,"
        " '|NOM|PRENOM', '{}', 0, 0, 'D' || (i %% %d + 1)"
        " FROM (SELECT i, i * %d %% %d / %d AS k FROM series) AS made",
        first, last, (int)exam_session, SCHOOLS, EUROPEAN_IN, key, SCHOOLS, SHUFFLE, REGISTRATIONS, ALIKE));
}

static int make_list(const char *driver)
{
    exam_session_t one = {.exam = EXAM_BCP, .year = 2027, .month = 6, .period = "juin", .is_main = 1};
    exam_session_t other = {.exam = EXAM_BCP, .year = 2027, .month = 9, .period = "septembre"};

    apr_pool_create(&pool, NULL);
    base = base_make(pool, driver);
    db = base_connect(base->pool, driver, base->parameters);
    db_prepare_connection(db); /* not in WAL mode yet */
    assert_int_equal(schema_migrate(db, pool, 0, NULL, NULL), DB_OK);
    assert_int_equal(db_prepare_connection(db), DB_OK);
    assert_int_equal(db_begin(db, pool, 1), DB_OK);
    assert_int_equal(exam_session_add(db, &one), DB_OK);
    assert_int_equal(exam_session_add(db, &other), DB_OK);
    session = one.id;
    add_reference();
    add_registrations(one.id, 1, REGISTRATIONS);
    add_registrations(other.id, REGISTRATIONS + 1, REGISTRATIONS + OTHER_SESSION);
    assert_int_equal(db_commit(db), DB_OK);
    if (strcmp(driver, "pgsql") == 0)
        run("ANALYZE registration");
    return 0;
}

static int make_on_sqlite(void **state)
{
    (void)state;
    return make_list("sqlite3");
}

static int make_on_pgsql(void **state)
{
    (void)state;
    return make_list("pgsql");
}

static int remove_list(void **state)
{
    (void)state;
    base_remove(base);
    apr_pool_destroy(pool);
    return 0;
}

/* ---------------------------------------------------------------- the lists */

typedef struct list_t {
    const char *what;
    listing_t listing;
    int schools[4]; /* whose it is; none: all */
    int density;    /* one in so many of the session is in it */
} list_t;

/* Those of all scopes, whole, of a specialty, filtered. */
static const list_t lists[] = {
    {"all", {.scope = {.kind = SCOPE_ALL}}, {0}, 1},
    {"a set of schools",
     {.scope = {.kind = SCOPE_SET, .establishments = "[3,7]", .departments = "[\"D11\"]"}},
     {3, 7, 11},
     7},
    {"a school", {.scope = {.kind = SCOPE_ONE, .establishment = 5}}, {5}, 1},
    /* which looks two rows more up for each, and no further */
    {"all, in words", {.scope = {.kind = SCOPE_ALL}, .told = 1}, {0}, 3},
    {"the valid ones of all, in words", {.scope = {.kind = SCOPE_ALL}, .told = 1, .state = "V"}, {0}, 3},
    {"all of a day of birth", {.scope = {.kind = SCOPE_ALL}, .born = "2008-07-07"}, {0}, 2},
    {"all of a specialty", {.scope = {.kind = SCOPE_ALL}, .specialty = "S"}, {0}, 2},
    {"a specialty of a set",
     {.scope = {.kind = SCOPE_SET, .establishments = "[4,6]", .departments = "[]"}, .specialty = "T"},
     {4, 6},
     10},
    {"a specialty and form of a school",
     {.scope = {.kind = SCOPE_ONE, .establishment = 5}, .specialty = "S", .form = "G"},
     {5},
     1},
    {"the européenne of all", {.scope = {.kind = SCOPE_ALL}, .european = 1}, {0}, EUROPEAN_IN},
    {"the européenne of a school",
     {.scope = {.kind = SCOPE_ONE, .establishment = 5}, .european = 1},
     {5},
     EUROPEAN_IN},
};
enum { LISTS = sizeof lists / sizeof *lists };

static int is_in(const list_t *list, apr_int64_t number)
{
    const char *specialty = list->listing.specialty;
    int i, ours = list->schools[0] == 0;

    for (i = 0; i < 4 && list->schools[i] != 0; i++)
        ours |= school_of(number) == list->schools[i];
    return ours && (specialty == NULL || (specialty[0] == 'S') == (number % 2 == 0)) &&
           (!list->listing.european || number % EUROPEAN_IN == 0);
}

static int size_of(const list_t *list)
{
    int number, size = 0;

    for (number = 1; number <= REGISTRATIONS; number++)
        size += is_in(list, number);
    return size;
}

/* A clear measure of what SQLite does: it is told at every turn. */
static int count_turn(void *turns)
{
    ++*(apr_int64_t *)turns;
    return 0;
}

static void count_turns(apr_int64_t *turns)
{
    if (strcmp(base->driver, "sqlite3") == 0)
        sqlite3_progress_handler(db->native, turns != NULL, turns != NULL ? count_turn : NULL, turns);
}

/* After which number each page begins (apr_int64_t), the first one after 0; and the most turns of a page. */
typedef struct walk_t {
    const list_t *list;
    listing_t listing;
    apr_array_header_t *begins;
    apr_int64_t last; /* number that was given last */
    int rows;
    apr_int64_t turns, most;
} walk_t;

static listing_place_t place_of(const walk_t *walk, apr_int64_t number)
{
    listing_found_t found;
    int known;

    if (number == 0)
        return listing_start;
    assert_int_equal(listing_find(db, pool, &walk->listing, number, &found, &known), DB_OK);
    assert_true(known);
    return found.place;
}

static void check_row(walk_t *walk, const listing_row_t *row)
{
    int key = key_of(row->number), before = key_of(walk->last);

    if (row->number > REGISTRATIONS || !is_in(walk->list, row->number))
        fail_msg("%s: %d isn't in it", walk->list->what, (int)row->number);
    if (walk->last != 0 && (key < before || (key == before && row->number <= walk->last)))
        fail_msg("%s: %d comes after %d", walk->list->what, (int)row->number, (int)walk->last);
    walk->last = row->number;
    walk->rows++;
}

/* How many rows it gives. */
static int read_page(walk_t *walk)
{
    apr_int64_t after = APR_ARRAY_IDX(walk->begins, walk->begins->nelts - 1, apr_int64_t);
    listing_place_t place;
    listing_row_t row;
    db_rows_t *rows;
    int given = 0;

    walk->turns = 0;
    place = place_of(walk, after);
    rows = listing_rows(db, &walk->listing, &place, PAGE);
    for (; listing_next(rows, &row); given++)
        check_row(walk, &row);
    assert_int_equal(db_end(db, rows), DB_OK);
    if (walk->turns > walk->most)
        walk->most = walk->turns;
    return given;
}

static void walk_forth(walk_t *walk, const list_t *list)
{
    *walk = (walk_t){.list = list, .listing = list->listing};
    walk->listing.exam_session = session;
    walk->begins = apr_array_make(pool, REGISTRATIONS / PAGE + 1, sizeof(apr_int64_t));
    APR_ARRAY_PUSH(walk->begins, apr_int64_t) = 0;
    count_turns(&walk->turns);
    while (read_page(walk) == PAGE)
        APR_ARRAY_PUSH(walk->begins, apr_int64_t) = walk->last;
    count_turns(NULL);
}

/* The rows that it gives, and those between them that aren't in it: whatever comes before or after isn't
 * read. */
static void check_turns(const walk_t *walk)
{
    const list_t *list = walk->list;

    if (strcmp(base->driver, "sqlite3") != 0)
        return;
    assert_true(walk->most > PAGE);
    if (walk->most > TURNS * PAGE * list->density)
        fail_msg("%s: %d turns for a page", list->what, (int)walk->most);
}

static void pages_give_each_row_once_in_order_and_read_no_more(void **state)
{
    walk_t walk;
    int i;

    (void)state;
    for (i = 0; i < LISTS; i++) {
        walk_forth(&walk, &lists[i]);
        if (walk.rows != size_of(&lists[i]))
            fail_msg("%s: %d rows instead of %d", lists[i].what, walk.rows, size_of(&lists[i]));
        assert_true(walk.begins->nelts > 3);
        check_turns(&walk);
    }
}

/* From where a page begins, that row counted, to where the page before it begins; 0: at the first row. */
static apr_int64_t look_back(walk_t *walk, apr_int64_t after)
{
    listing_place_t here;
    apr_int64_t number = 0;
    int found;

    walk->turns = 0;
    here = place_of(walk, after);
    here.number++;
    assert_int_equal(listing_back(db, &walk->listing, &here, PAGE + 1, &number, &found), DB_OK);
    assert_in_range(found, 1, PAGE + 1);
    if (walk->turns > walk->most)
        walk->most = walk->turns;
    if (found <= PAGE)
        assert_int_equal(found, PAGE); /* only the first page has no row before it */
    return found <= PAGE ? 0 : number;
}

static void the_way_back_is_by_the_same_pages_and_reads_no_more(void **state)
{
    walk_t walk;
    int i, page;

    (void)state;
    for (i = 0; i < LISTS; i++) {
        walk_forth(&walk, &lists[i]);
        walk.most = 0;
        count_turns(&walk.turns);
        for (page = walk.begins->nelts - 1; page > 0; page--)
            assert_int_equal(look_back(&walk, APR_ARRAY_IDX(walk.begins, page, apr_int64_t)),
                             APR_ARRAY_IDX(walk.begins, page - 1, apr_int64_t));
        count_turns(NULL);
        check_turns(&walk);
    }
}

/* Where it can't go back so far it says how far it came, and by which number; from the beginning nowhere. */
static void the_way_back_ends_at_the_first_row(void **state)
{
    walk_t walk;
    apr_int64_t number = 0;
    listing_row_t row;
    listing_place_t third;
    db_rows_t *rows;
    int i, found;

    (void)state;
    walk_forth(&walk, &lists[2]);
    assert_int_equal(listing_back(db, &walk.listing, &listing_start, PAGE, &number, &found), DB_OK);
    assert_int_equal(found, 0);
    assert_int_equal(number, 0);
    rows = listing_rows(db, &walk.listing, &listing_start, 3);
    for (i = 0; listing_next(rows, &row); i++)
        walk.last = i == 0 ? row.number : walk.last, number = row.number;
    assert_int_equal(db_end(db, rows), DB_OK);
    third = place_of(&walk, number);
    assert_int_equal(listing_back(db, &walk.listing, &third, PAGE, &number, &found), DB_OK);
    assert_int_equal(found, 2);
    assert_int_equal(number, walk.last);
    assert_int_equal(listing_back(db, &walk.listing, &listing_end, 1, &number, &found), DB_OK);
    assert_int_equal(found, 1);
}

/* ---------------------------------------------------------------- texts */

static int has_word(const char *text, const char *word)
{
    const char *at = text;

    while ((at = strcasestr(at, word)) != NULL)
        if ((at == text || strchr(" \n()", at[-1]) != NULL) && strchr(" \n()", at[strlen(word)]) != NULL)
            return 1;
        else
            at += strlen(word);
    return 0;
}

/* Rows that are skipped are read: no statement does it. */
static void nothing_skips_rows(void **state)
{
    apr_size_t i;

    (void)state;
    assert_true(has_word("LIMIT 2\noffset 3", "OFFSET"));
    for (i = 0; i < sql_statement_count; i++)
        if (has_word(sql_statements[i]->sqlite, "OFFSET") || has_word(sql_statements[i]->pgsql, "OFFSET"))
            fail_msg("%s", sql_statements[i]->name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_give_each_row_once_in_order_and_read_no_more),
        cmocka_unit_test(the_way_back_is_by_the_same_pages_and_reads_no_more),
        cmocka_unit_test(the_way_back_ends_at_the_first_row),
        cmocka_unit_test(nothing_skips_rows),
    };

    apr_initialize();
    return cmocka_run_group_tests_name("listing on sqlite3", tests, make_on_sqlite, remove_list) +
           (base_pgsql("listing") == NULL
                ? 0
                : cmocka_run_group_tests_name("listing on pgsql", tests, make_on_pgsql, remove_list));
}
