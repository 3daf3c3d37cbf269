/* SPDX-License-Identifier: Apache-2.0
 *
 * Whoever asks a statement for people gets those of his scope, by an index. Every statement that knows scopes
 * has its example here, and every other one that touches people its reason. On both bases.
 */
#include "scope_examples.h"

#include "migrations.h"
#include "store/schema.h"

/* ---------------------------------------------------------------- every statement */

/* "listing_first" of "listing_first__one"; NULL: it knows no scopes. */
static const char *scoped_name(const char *variant)
{
    const char *end = strstr(variant, "__");

    return end != NULL ? apr_pstrmemdup(pool, variant, (apr_size_t)(end - variant)) : NULL;
}

static const example_t *example_of(const char *name)
{
    int i;

    for (i = 0; i < EXAMPLES; i++)
        if (strcmp(examples[i].name, name) == 0)
            return &examples[i];
    return NULL;
}

static const db_statement_t *variant_of(const char *name, const char *kind)
{
    const char *wanted = apr_pstrcat(pool, name, "__", kind, NULL);
    apr_size_t i;

    for (i = 0; i < sql_statement_count; i++)
        if (strcmp(sql_statements[i]->name, wanted) == 0)
            return sql_statements[i];
    return NULL;
}

/* Does a text read or change a table of people? */
static int touches_people(const char *text)
{
    static const char *const before[] = {"FROM ", "JOIN ", "UPDATE ", "INTO "};
    static const char *const tables[] = {
        "registration", "registration_revision", "registration_double", "draft",   "pupil", "pupil_private",
        "pupil_code",   "past_candidate",        "past_mark",           "standing"};
    size_t i, j;

    for (i = 0; i < sizeof before / sizeof *before; i++)
        for (j = 0; j < sizeof tables / sizeof *tables; j++) {
            const char *place = apr_pstrcat(pool, before[i], tables[j], NULL), *found = text;

            while ((found = strstr(found, place)) != NULL) {
                found += strlen(place);
                if (strchr(" \n)", *found) != NULL) /* or the end */
                    return 1;
            }
        }
    return 0;
}

static int has_reason(const char *name)
{
    int i;

    for (i = 0; i < WITHOUT; i++)
        if (strcmp(without[i].name, name) == 0)
            return 1;
    return 0;
}

static void every_statement_on_people_asks_for_a_scope_or_has_a_reason(void **state)
{
    int reasons = 0, scoped = 0;
    apr_size_t i;

    (void)state;
    for (i = 0; i < sql_statement_count; i++) {
        const db_statement_t *statement = sql_statements[i];
        const char *name = scoped_name(statement->name);

        if (name != NULL) {
            scoped++;
            if (example_of(name) == NULL)
                fail_msg("%s has no example", name);
        } else if (touches_people(statement->sqlite) || touches_people(statement->pgsql)) {
            reasons++;
            if (!has_reason(statement->name))
                fail_msg("%s touches people: it takes a scope, or has a reason not to", statement->name);
        }
    }
    assert_int_equal(reasons, WITHOUT);
    assert_int_equal(scoped, 3 * EXAMPLES - 7); /* seven have but two kinds of scope */
    for (i = 0; i < EXAMPLES; i++)              /* and none of what there is no more */
        assert_true(variant_of(examples[i].name, "one") != NULL ||
                    variant_of(examples[i].name, "all") != NULL);
}

/* ---------------------------------------------------------------- whom it touches */

typedef struct row_t {
    exam_t exam;
    apr_int64_t key; /* number of a registration, id of a draft */
    apr_int64_t establishment;
    const char *department;
} row_t;

/* All registrations, or all drafts (row_t). */
static apr_array_header_t *rows_of(int drafts)
{
    static const db_statement_t all[] = {
        {.name = "registrations",
         .sqlite = "SELECT exam, number, establishment, department FROM registration",
         .pgsql = "SELECT exam, number, establishment, department FROM registration",
         .in = "",
         .out = "tiIt",
         .many = 1},
        {.name = "drafts",
         .sqlite = "SELECT exam, id, establishment, department FROM draft",
         .pgsql = "SELECT exam, id, establishment, department FROM draft",
         .in = "",
         .out = "tiIt",
         .many = 1},
    };
    apr_array_header_t *found = apr_array_make(pool, 256, sizeof(row_t));
    db_rows_t *rows = db_query(at.db, &all[drafts], NULL);

    while (db_next(rows))
        APR_ARRAY_PUSH(found, row_t) = (row_t){exam_of_code(db_text(rows, 0)), db_int(rows, 1),
                                               db_int(rows, 2), apr_pstrdup(pool, db_text(rows, 3))};
    assert_int_equal(db_end(at.db, rows), DB_OK);
    return found;
}

static const row_t *row_of(int drafts, apr_int64_t key)
{
    apr_array_header_t *rows = rows_of(drafts);
    int i;

    for (i = 0; i < rows->nelts; i++)
        if (APR_ARRAY_IDX(rows, i, row_t).key == key && APR_ARRAY_IDX(rows, i, row_t).exam == EXAM_BCP)
            return &APR_ARRAY_IDX(rows, i, row_t);
    fail_msg("no such row");
    return NULL;
}

typedef struct tried_t {
    const char *what, *kind;
    scope_t scope;
} tried_t;

/* In a transaction that leaves nothing. */
static int touched(const example_t *example, const scope_t *scope)
{
    int count;

    assert_int_equal(db_begin(at.db, pool, 1), DB_OK);
    count = example->run(scope);
    db_rollback(at.db);
    return count;
}

static void check_none(const example_t *example, const tried_t *tried)
{
    int count = touched(example, &tried->scope);

    if (count != 0)
        fail_msg("%s touches %d for %s", example->name, count, tried->what);
}

static const char *json_of(apr_int64_t id)
{
    return apr_psprintf(pool, "[%" APR_INT64_T_FMT "]", id);
}

/* Individuals are in no set of schools, but in one of departments. */
static int is_of_no_school(const example_t *example, const tried_t *tried)
{
    return (strcmp(example->name, "quality_of_nobody") == 0 || strncmp(example->name, "post_", 5) == 0) &&
           strcmp(tried->what, "a set of schools") == 0;
}

static void those_of_the_scope_are_touched(void **state)
{
    const tried_t right[] = {
        {"the session that made it", "own", {.kind = SCOPE_OWN, .session = at.session}},
        {"its school", "one", {.kind = SCOPE_ONE, .establishment = at.school}},
        {"a set of schools",
         "set",
         {.kind = SCOPE_SET, .establishments = json_of(at.school), .departments = "[]"}},
        {"a set of departments",
         "set",
         {.kind = SCOPE_SET,
          .establishments = "[]",
          .departments = apr_psprintf(pool, "[\"999\",\"%s\"]", row_of(0, at.number)->department)}},
        {"everybody", "all", {.kind = SCOPE_ALL}},
    };
    size_t i, j;

    (void)state;
    for (i = 0; i < EXAMPLES; i++)
        for (j = 0; j < sizeof right / sizeof *right; j++)
            if (variant_of(examples[i].name, right[j].kind) == NULL ||
                is_of_no_school(&examples[i], &right[j]))
                check_none(&examples[i], &right[j]);
            else if (touched(&examples[i], &right[j].scope) < 1)
                fail_msg("%s touches none for %s", examples[i].name, right[j].what);
}

static void nobody_else_is_touched(void **state)
{
    const tried_t foreign[] = {
        {"nobody", "", {.kind = SCOPE_NOTHING}},
        {"nobody, whatever else it says",
         "",
         {.kind = SCOPE_NOTHING, .session = at.session, .establishment = at.school, .establishments = "[1]"}},
        {"a kind that there isn't", "", {.kind = (scope_kind_t)77, .establishment = at.school}},
        {"another session", "", {.kind = SCOPE_OWN, .session = at.other}},
        {"no session", "", {.kind = SCOPE_OWN}},
        {"another school", "", {.kind = SCOPE_ONE, .establishment = at.nobodys}},
        {"no school", "", {.kind = SCOPE_ONE}},
        {"other schools",
         "",
         {.kind = SCOPE_SET, .establishments = json_of(at.nobodys), .departments = "[\"999\"]"}},
        {"no schools", "", {.kind = SCOPE_SET, .establishments = "[]", .departments = "[]"}},
    };
    size_t i, j;

    (void)state;
    for (i = 0; i < EXAMPLES; i++) {
        for (j = 0; j < sizeof foreign / sizeof *foreign; j++)
            check_none(&examples[i], &foreign[j]);
        assert_int_equal(touched(&examples[i], NULL), 0);
    }
}

/* Does it keep to a session of the exam? What is found by its number alone is the exam's. */
static int keeps_to_a_session(const example_t *example)
{
    const db_statement_t *all = variant_of(example->name, "all");

    return all != NULL && strstr(all->sqlite, "exam_session = ?") != NULL;
}

static void check_session(const example_t *example, const char *kind, const scope_t *scope)
{
    const exam_session_t *ours = at.bcp;
    int count;

    if (variant_of(example->name, kind) == NULL)
        return;
    at.bcp = &at.further;
    count = touched(example, scope);
    at.bcp = ours;
    if (keeps_to_a_session(example) ? count != 0 : count < 1)
        fail_msg("%s touches %d for another session", example->name, count);
}

static void another_session_of_the_exam_is_not_touched(void **state)
{
    const scope_t one = {.kind = SCOPE_ONE, .establishment = at.school}, all = {.kind = SCOPE_ALL};
    const scope_t set = {.kind = SCOPE_SET, .establishments = json_of(at.school), .departments = "[]"};
    int i, keep = 0;

    (void)state;
    for (i = 0; i < EXAMPLES; i++) {
        check_session(&examples[i], "one", &one);
        check_session(&examples[i], "set", &set);
        check_session(&examples[i], "all", &all);
        keep += keeps_to_a_session(&examples[i]);
    }
    assert_int_equal(keep, 57);
}

/* Who has made a registration sees it; only who has proved it in order to modify it modifies it. */
static void to_have_made_it_is_not_to_modify_it(void **state)
{
    const scope_t made = {.kind = SCOPE_OWN, .session = make_session("made")};
    const scope_t modifies = {.kind = SCOPE_OWN, .session = make_session("modifies")};
    registration_t *found;

    (void)state;
    make_item(made.session, DB_NULL, at.number, 0);
    make_item(modifies.session, at.modifying->id, DB_NULL, 0);
    registration_get(at.db, pool, &made, EXAM_BCP, at.number, &found);
    assert_non_null(found);
    registration_modified(at.db, pool, &made, EXAM_BCP, at.number, &found);
    assert_null(found);
    registration_get(at.db, pool, &modifies, EXAM_BCP, at.number, &found);
    assert_null(found);
    registration_modified(at.db, pool, &modifies, EXAM_BCP, at.number, &found);
    assert_non_null(found);
}

/* A draft that was left or isn't proved gives what is to be proved, and is out of the session's scope. */
static void what_is_to_be_proved_is_out_of_scope(void **state)
{
    const scope_t other = {.kind = SCOPE_OWN, .session = at.other};
    draft_t *found;
    int ordinal;

    (void)state;
    for (ordinal = 1; ordinal <= 2; ordinal++) {
        const draft_t *draft = ordinal == 1 ? at.draft : at.modifying;

        assert_int_equal(draft_to_prove(at.db, pool, at.other, ordinal, &found), DB_OK);
        assert_non_null(found);
        assert_string_equal(found->code, draft->code);
        assert_null(found->answers);
        draft_get(at.db, pool, &other, draft->id, &found);
        assert_null(found);
    }
    assert_int_equal(draft_to_prove(at.db, pool, at.session, 1, &found), DB_OK); /* within its reach */
    assert_null(found);
}

/* A scope that was filled in half is misuse. */
static void a_scope_without_its_values_is_refused(void **state)
{
    const scope_t no_lists = {.kind = SCOPE_SET}, unknown = {.kind = SCOPE_ONE, .establishment = DB_NULL};

    (void)state;
    assert_null(sql_listing_first(at.db, &no_lists, 0, at.bcp->id, 1));
    assert_int_equal(db_error(at.db), DB_BROKEN);
    assert_null(sql_listing_first(at.db, &unknown, 0, at.bcp->id, 1));
    assert_int_equal(db_error(at.db), DB_BROKEN);
}

/* A look-alike of another school: that there is one, by its number alone. */
static void names_of_others_are_not_told(void **state)
{
    const scope_t ours = {.kind = SCOPE_ONE, .establishment = at.school};
    sql_double_of_t row;
    db_rows_t *rows;

    (void)state;
    assert_int_equal(db_begin(at.db, pool, 1), DB_OK);
    rows = sql_double_of(at.db, &ours, "BCP", at.number);
    assert_true(sql_double_of_next(rows, &row));
    assert_non_null(row.listed_name);
    assert_int_equal(db_end(at.db, rows), DB_OK);
    assert_int_equal(db_script(at.db, apr_psprintf(pool,
                                                   "UPDATE registration SET establishment = %d"
                                                   " WHERE exam = 'BCP' AND number = %d",
                                                   (int)at.nobodys, (int)at.like)),
                     DB_OK);
    rows = sql_double_of(at.db, &ours, "BCP", at.number);
    assert_true(sql_double_of_next(rows, &row));
    assert_int_equal(row.number, at.like);
    assert_null(row.listed_name);
    assert_int_equal(db_end(at.db, rows), DB_OK);
    db_rollback(at.db);
}

/* ---------------------------------------------------------------- schools and departments */

static int is_found(const row_t *row, int drafts, const scope_t *scope)
{
    registration_t *registration = NULL;
    draft_t *draft = NULL;

    assert_int_equal(drafts ? draft_get(at.db, pool, scope, row->key, &draft)
                            : registration_get(at.db, pool, scope, row->exam, row->key, &registration),
                     DB_OK);
    return draft != NULL || registration != NULL;
}

static scope_t of_departments(const char *json)
{
    return (scope_t){.kind = SCOPE_SET, .establishments = "[]", .departments = json};
}

/* In the scope of its school and of its department; where nobody knows of one, in that of all alone. */
static void check_row(const row_t *row, int drafts, const char *departments)
{
    const scope_t school = {.kind = SCOPE_ONE, .establishment = row->establishment};
    const scope_t known = of_departments(departments);
    const scope_t department = of_departments(apr_psprintf(pool, "[\"%s\"]", row->department));

    if (row->establishment != DB_NULL)
        assert_true(is_found(row, drafts, &school));
    assert_int_equal(is_found(row, drafts, &known), row->department[0] != '\0');
    if (row->department[0] != '\0')
        assert_true(is_found(row, drafts, &department));
    assert_true(is_found(row, drafts, &everybody));
}

/* Of all that are known, as a set wants them. */
static const char *departments_of(const apr_array_header_t *rows)
{
    const char *json = "[\"999\"";
    int i;

    for (i = 0; i < rows->nelts; i++) {
        const char *one = apr_psprintf(pool, ",\"%s\"", APR_ARRAY_IDX(rows, i, row_t).department);

        if (strlen(one) > 3 && strstr(json, one) == NULL)
            json = apr_pstrcat(pool, json, one, NULL);
    }
    return apr_pstrcat(pool, json, "]", NULL);
}

static apr_int64_t register_alone(const char *country, const char *postal_code, registration_t *made)
{
    answers_t *answers = lives_in(postal_code);

    answers->value[Q_COUNTRY] = country;
    answers->value[Q_SPECIALTY] = at.found.specialty;
    answers->value[Q_FORENAME_1] = postal_code;
    answers->value[Q_BIRTH_DATE] = "1990-07-07";
    answers->value[Q_FORM] = "P";
    *made = (registration_t){.exam = EXAM_BCP,
                             .exam_session = at.bcp->id,
                             .service = "x",
                             .establishment = DB_NULL,
                             .category = at.registration->category,
                             .answers = answers,
                             .created = NOW};
    assert_int_equal(registration_create(at.db, pool, made), DB_OK);
    return made->number;
}

static void each_is_of_its_school_its_department_or_of_nobody(void **state)
{
    registration_t made;
    int drafts, i, alone = 0, unknown = 0;

    (void)state;
    assert_int_equal(db_begin(at.db, pool, 1), DB_OK);
    register_alone("99109", "10115", &made); /* in Berlin, not in Aube */
    for (drafts = 0; drafts < 2; drafts++) {
        apr_array_header_t *rows = rows_of(drafts);
        const char *departments = departments_of(rows);

        assert_true(rows->nelts > (drafts ? 2 : 200));
        for (i = 0; i < rows->nelts; i++) {
            const row_t *row = &APR_ARRAY_IDX(rows, i, row_t);

            check_row(row, drafts, departments);
            alone += row->establishment == DB_NULL && row->department[0] != '\0';
            unknown += row->department[0] == '\0';
        }
    }
    assert_true(alone > 5);
    assert_int_equal(unknown, 1);
    db_rollback(at.db);
}

static void a_school_gives_its_department_an_address_that_of_who_has_none(void **state)
{
    registration_t made;
    int done;

    (void)state;
    assert_string_equal(row_of(1, at.draft->id)->department, row_of(0, at.number)->department);
    assert_string_not_equal(row_of(1, at.draft->id)->department, "974"); /* where he lives */
    assert_string_equal(row_of(1, at.home->id)->department, "02B");
    assert_int_equal(db_begin(at.db, pool, 1), DB_OK);
    assert_string_equal(row_of(0, register_alone("99100", "33000", &made))->department, "033");
    made.answers->value[Q_POSTAL_CODE] = "97133";
    assert_int_equal(registration_modify(at.db, pool, &everybody, &made, "test", &done), DB_OK);
    assert_string_equal(row_of(0, made.number)->department, "977");
    at.registration->answers->value[Q_POSTAL_CODE] = "97133";
    assert_int_equal(registration_modify(at.db, pool, &everybody, at.registration, "test", &done), DB_OK);
    assert_true(done);
    assert_string_not_equal(row_of(0, at.number)->department, "977");
    at.registration->revision--;
    db_rollback(at.db);
}

/* ---------------------------------------------------------------- by which way */

static db_value_t any_value(char type)
{
    switch (type) {
    case 'i':
        return (db_value_t){.type = DB_TYPE_INT, .integer = 1};
    case 't':
        return (db_value_t){.type = DB_TYPE_TEXT, .text = "[]"};
    default:
        return (db_value_t){.type = DB_TYPE_BLOB, .blob = {"*", 1}};
    }
}

/* The plan of a statement, a line for each of its steps. */
static apr_array_header_t *plan_of(const db_statement_t *statement)
{
    apr_array_header_t *lines = apr_array_make(pool, 16, sizeof(const char *));
    int sqlite = strcmp(driver_of(at.db), "sqlite3") == 0, i;
    const db_statement_t explain = {
        .name = apr_pstrcat(pool, "why_", statement->name, NULL),
        .sqlite = apr_pstrcat(pool, "EXPLAIN QUERY PLAN ", statement->sqlite, NULL),
        .pgsql = apr_pstrcat(pool, "EXPLAIN (COSTS OFF) ", statement->pgsql, NULL),
        .in = statement->in,
        .out = sqlite ? "IIIT" : "T",
        .many = 1};
    db_statement_t *kept = apr_pmemdup(pool, &explain, sizeof explain);
    db_value_t values[100];
    db_rows_t *rows;

    for (i = 0; statement->in[i] != '\0'; i++)
        values[i] = any_value((char)(statement->in[i] | 0x20));
    rows = db_query(at.db, kept, values);
    while (db_next(rows))
        APR_ARRAY_PUSH(lines, const char *) = apr_pstrdup(pool, db_text(rows, sqlite ? 3 : 0));
    if (db_end(at.db, rows) != DB_OK)
        fail_msg("%s", db_error_text(at.db));
    return lines;
}

/* "SCAN registration …": SQLite goes through all of it. */
static int scans_on_sqlite(const char *line, const char *allowed)
{
    const char *what = strstr(line, "SCAN ");

    if (what == NULL)
        return 0;
    what += strlen("SCAN ");
    return strncmp(what, "json_each ", 10) != 0 && (allowed == NULL || strcmp(what, allowed) != 0);
}

/* A table of people is gone through, or an index of theirs without any condition. */
static int scans_on_pgsql(const char *line, const char *next)
{
    const char *people = strstr(line, " on registration"), *drafts = strstr(line, " on draft"), *end;

    if ((people == NULL && drafts == NULL) || strstr(line, "Scan") == NULL)
        return 0;
    end = people != NULL ? people + strlen(" on registration") : drafts + strlen(" on draft");
    if (*end != '\0' && *end != ' ')
        return 0; /* registration_double … */
    return next == NULL || (strstr(next, "Index Cond") == NULL && strstr(next, "Recheck Cond") == NULL);
}

static void check_plan(const example_t *example, const char *kind)
{
    const db_statement_t *statement = variant_of(example->name, kind);
    int sqlite = strcmp(driver_of(at.db), "sqlite3") == 0, i;
    int ordered = example->way == IN_ORDER && (sqlite || strcmp(kind, "set") != 0);
    apr_array_header_t *plan;

    if (statement == NULL || example->way == OVER_ALL)
        return;
    plan = plan_of(statement);
    assert_true(plan->nelts > 0);
    for (i = 0; i < plan->nelts; i++) {
        const char *line = APR_ARRAY_IDX(plan, i, const char *);
        const char *next = i + 1 < plan->nelts ? APR_ARRAY_IDX(plan, i + 1, const char *) : NULL;

        if (sqlite ? scans_on_sqlite(line, example->scans) : scans_on_pgsql(line, next))
            fail_msg("%s: %s", statement->name, line);
        if (ordered && (strstr(line, "TEMP B-TREE") != NULL || strstr(line, "Sort") != NULL))
            fail_msg("%s sorts: %s", statement->name, line);
    }
}

static void every_variant_goes_by_an_index(void **state)
{
    static const char *const kinds[] = {"own", "one", "set", "all"};
    size_t i, j;

    (void)state;
    /* on so few rows PostgreSQL would read them all, in any case: is there another way? */
    if (strcmp(driver_of(at.db), "pgsql") == 0)
        assert_int_equal(db_script(at.db, "SET enable_seqscan = off; SET enable_sort = off;"
                                          " SET enable_bitmapscan = off"),
                         DB_OK);
    for (i = 0; i < EXAMPLES; i++)
        for (j = 0; j < sizeof kinds / sizeof *kinds; j++)
            check_plan(&examples[i], kinds[j]);
    if (strcmp(driver_of(at.db), "pgsql") == 0)
        assert_int_equal(db_script(at.db, "RESET ALL"), DB_OK);
}

/* ---------------------------------------------------------------- what was there before */

/* A base as release 0.3 has it: three migrations. */
static void make_release_3(db_t *db, const char *empty)
{
    int sqlite = strcmp(driver_of(db), "sqlite3") == 0, i;

    for (i = 0; i < 3; i++)
        assert_int_equal(
            db_script(db,
                      apr_psprintf(pool, "%s; INSERT INTO schema_migration VALUES (%d, 'x', 0)",
                                   sqlite ? schema_migrations[i].sqlite : schema_migrations[i].pgsql, i + 1)),
            DB_OK);
    assert_int_equal(
        db_script(db, apr_pstrcat(
                          pool,
                          "INSERT INTO specialty (code, exam, code5, label, status, source, sort_key)"
                          " VALUES ('S', 'BCP', '1', 'S', 'verified', '', ",
                          empty,
                          ");"
                          "INSERT INTO category (code, label, family, ccf, exams, european, service, status)"
                          " VALUES ('C', 'C', 'SCO', 0, '|BCP|', 0, 'x', 'verified');"
                          "INSERT INTO establishment (id, code, kind, name, sector, families, licensed_ccf,"
                          " department) VALUES (1, 'A', 'LP', 'A', 'PU', '|SCO|', 0, '058'),"
                          " (2, 'B', 'LP', 'B', 'PU', '|SCO|', 0, '620'),"
                          " (3, 'C', 'LP', 'C', 'PU', '|SCO|', 0, NULL)",
                          NULL)),
        DB_OK);
}

/* One of each kind: a registration and a draft. */
static const struct {
    const char *establishment, *country, *postal_code, *department;
} before[] = {
    {"1", "99100", "97400", "058"},    {"2", "99100", "21000", "02A"},    {"3", "99100", "21000", ""},
    {"NULL", "99100", "33000", "033"}, {"NULL", "99100", "01000", "001"}, {"NULL", "99100", "95000", "095"},
    {"NULL", "99100", "20000", "02A"}, {"NULL", "99100", "20137", "02A"}, {"NULL", "99100", "20200", "02B"},
    {"NULL", "99100", "20620", "02B"}, {"NULL", "99100", "97100", "971"}, {"NULL", "99100", "97133", "977"},
    {"NULL", "99100", "97150", "978"}, {"NULL", "99100", "98700", "987"}, {"NULL", "99100", "98000", ""},
    {"NULL", "99100", "96000", ""},    {"NULL", "99109", "10115", ""},    {"NULL", "99100", "3300", ""},
    {"NULL", "99100", "33 000", ""},   {"NULL", "", "33000", ""},
};
enum { BEFORE = sizeof before / sizeof *before };

static void add_before(db_t *db, int i, const char *empty)
{
    const char *answers = apr_psprintf(
        pool, "{\"code_postal\":\"%s\"%s}", before[i].postal_code,
        before[i].country[0] != '\0' ? apr_psprintf(pool, ",\"pays\":\"%s\"", before[i].country) : "");

    assert_int_equal(
        db_script(
            db, apr_psprintf(pool,
                             "INSERT INTO registration (exam, number, revision, service, establishment,"
                             " specialty, category, state, listed_name, birth_date, form, code, identity,"
                             " sort_key, answers, created, changed) VALUES ('BCP', %d, 0, 'x', %s, 'S', 'C',"
                             " 'V', 'X', '1990-07-07', 'G', 'c', 'x', %s, '%s', 0, 0);"
                             "INSERT INTO draft (id, code, exam, service, establishment, answers, created,"
                             " changed) VALUES (%d, 'c%d', 'BCP', 'x', %s, '%s', 0, 0)",
                             i, before[i].establishment, empty, answers, i + 1, i, before[i].establishment,
                             answers)),
        DB_OK);
}

static void check_before(int i)
{
    answers_t answers = {.value = {[Q_COUNTRY] = before[i].country, [Q_POSTAL_CODE] = before[i].postal_code}};

    assert_string_equal(row_of(0, i)->department, before[i].department);
    assert_string_equal(row_of(1, i + 1)->department, before[i].department);
    if (strcmp(before[i].establishment, "NULL") == 0) /* as it would be written today */
        assert_string_equal(answers_department(pool, &answers), before[i].department);
}

static void those_that_were_there_get_their_departments(void **state)
{
    base_t *base = base_make(pool, at.run.base->driver);
    const char *empty = strcmp(base->driver, "sqlite3") == 0 ? "X''" : "''";
    db_t *academy = at.db;
    int i;

    (void)state;
    at.db = base_connect(base->pool, base->driver, base->parameters);
    db_prepare_connection(at.db); /* not in WAL mode yet */
    make_release_3(at.db, empty);
    for (i = 0; i < BEFORE; i++)
        add_before(at.db, i, empty);
    assert_int_equal(schema_migrate(at.db, pool, NOW, NULL, NULL), DB_OK);
    for (i = 0; i < BEFORE; i++)
        check_before(i);
    at.db = academy;
    base_remove(base);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE_TEST(every_statement_on_people_asks_for_a_scope_or_has_a_reason),
        SCENE_TEST(those_of_the_scope_are_touched),
        SCENE_TEST(nobody_else_is_touched),
        SCENE_TEST(another_session_of_the_exam_is_not_touched),
        SCENE_TEST(to_have_made_it_is_not_to_modify_it),
        SCENE_TEST(what_is_to_be_proved_is_out_of_scope),
        SCENE_TEST(a_scope_without_its_values_is_refused),
        SCENE_TEST(names_of_others_are_not_told),
        SCENE_TEST(each_is_of_its_school_its_department_or_of_nobody),
        SCENE_TEST(a_school_gives_its_department_an_address_that_of_who_has_none),
        SCENE_TEST(every_variant_goes_by_an_index),
        SCENE_TEST(those_that_were_there_get_their_departments),
    };

    apr_initialize();
    return cmocka_run_group_tests_name("scope on sqlite3", tests, make_on_sqlite, end_scene) +
           (base_pgsql("scope") == NULL
                ? 0
                : cmocka_run_group_tests_name("scope on pgsql", tests, make_on_pgsql, end_scene));
}
