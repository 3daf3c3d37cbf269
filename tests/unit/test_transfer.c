/* SPDX-License-Identifier: Apache-2.0
 *
 * The files of an unload, without a base: each table has its kind, column for column; what is written of a
 * row is what is read; no column of candidates has another one's name.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include <apr_general.h>
#include <apr_hash.h>
#include <string.h>

#include "domain/questionnaire.h"
#include "exchange/kind.h"
#include "store/transfer.h"

static apr_pool_t *pool;

static char letter_of(const field_t *field)
{
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_DATE:
        return 't';
    case FIELD_BYTES:
        return 'b';
    default:
        return 'i';
    }
}

static void each_table_has_a_kind_column_for_column(void **state)
{
    int i, j, tables = 0;

    (void)state;
    for (i = 0; transfer_tables[i].name != NULL; i++) {
        const transfer_table_t *table = &transfer_tables[i];
        const kind_t *kind = kind_of_table(table->name);

        if (table->read == NULL) {
            assert_string_equal(table->name, kind_candidates(pool)->table);
            continue;
        }
        assert_non_null(kind);
        if (kind->count != (int)strlen(table->read->out))
            fail_msg("%s: %d columns, %d fields", table->name, (int)strlen(table->read->out), kind->count);
        for (j = 0; j < kind->count; j++)
            if (letter_of(&kind->fields[j]) != (table->read->out[j] | 0x20))
                fail_msg("%s.%s is of another type", table->name, kind->fields[j].name);
        tables++;
    }
    assert_true(tables > 20);
}

static void what_is_read_of_a_row_is_what_is_added(void **state)
{
    int i;

    (void)state;
    for (i = 0; transfer_tables[i].name != NULL; i++) {
        const transfer_table_t *table = &transfer_tables[i];
        apr_size_t length;

        if (table->read == NULL)
            continue;
        length = strlen(table->read->out);
        assert_int_equal(strncmp(table->read->out, table->add->in, length), 0);
        assert_string_equal(table->add->in + length, table->sorted_by > 0 ? "b" : "");
        assert_true(strlen(table->add->in) <= TRANSFER_COLUMNS_MOST);
    }
}

static void check_names(const kind_t *kind)
{
    apr_hash_t *seen = apr_hash_make(pool);
    int i, keys = 0, secrets = 0;

    assert_true(kind->count <= KIND_FIELDS_MOST);
    for (i = 0; i < kind->count; i++) {
        const field_t *field = &kind->fields[i];

        if (apr_hash_get(seen, field->name, APR_HASH_KEY_STRING) != NULL)
            fail_msg("%s: two columns are called %s", kind->file, field->name);
        apr_hash_set(seen, field->name, APR_HASH_KEY_STRING, field);
        assert_true(field->title != NULL && field->title[0] != '\0');
        keys += (field->marks & FIELD_KEY) != 0;
        secrets += (field->marks & FIELD_SECRET) != 0;
    }
    assert_int_equal(secrets > 0, kind->secrets != NULL);
    assert_true(secrets == 0 || keys > 0);
}

static void columns_have_names_of_their_own_and_secrets_a_key(void **state)
{
    int i;

    (void)state;
    for (i = 0; transfer_tables[i].name != NULL; i++)
        if (transfer_tables[i].read != NULL)
            check_names(kind_of_table(transfer_tables[i].name));
    check_names(kind_candidates(pool));
    check_names(kind_units(pool));
    check_names(kind_changes());
}

static void each_question_is_a_column_of_candidates(void **state)
{
    const kind_t *candidates = kind_candidates(pool), *units = kind_units(pool);
    int i;

    (void)state;
    for (i = 0; i < QUESTION_COUNT; i++)
        assert_string_equal(candidates->fields[kind_candidates_question + i].name,
                            question((question_id_t)i)->name);
    for (i = 0; i < UNIT_QUESTIONS; i++)
        if (i != UNIT_SESSION)
            assert_string_equal(units->fields[kind_units_question + i].name, unit_question_row(i)->name);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_table_has_a_kind_column_for_column),
        cmocka_unit_test(what_is_read_of_a_row_is_what_is_added),
        cmocka_unit_test(columns_have_names_of_their_own_and_secrets_a_key),
        cmocka_unit_test(each_question_is_a_column_of_candidates),
    };

    apr_initialize();
    apr_pool_create(&pool, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
