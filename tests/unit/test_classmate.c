/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is unlike his class: how large it must be, how much alike the others, how rare what he has chosen.
 */
#include "check_suite.h"

#include "domain/classmate.h"

/* A class in which so many have chosen this of an aspect. */
typedef struct choice_count_t {
    const char *chosen;
    int times;
} choice_count_t;
static const struct {
    const char *what;
    choice_count_t choices[4];
    int unlike; /* how many are told */
    const char *sentence;
} forms[] = {
    {"one of 24",
     {{"Globale", 23}, {"Progressive", 1}},
     1,
     "Forme de passage\u00a0: Progressive, alors que 23 autres sur 23 ont Globale."},
    {"two of 24, a tenth at most", {{"Globale", 22}, {"Progressive", 2}}, 2, NULL},
    {"three of 24, more than a tenth", {{"Globale", 21}, {"Progressive", 3}}, 0, NULL},
    {"two, each alone", {{"Globale", 10}, {"Progressive", 1}, {"", 1}}, 2, NULL},
    {"others are not alike enough", {{"Globale", 3}, {"Progressive", 1}, {"", 2}}, 0, NULL},
    {"four of five others", {{"Globale", 4}, {"Progressive", 1}, {"", 1}}, 2, NULL},
    {"too few others", {{"Globale", 4}, {"Progressive", 1}}, 0, NULL},
    {"just enough others",
     {{"Globale", 5}, {"", 1}},
     1,
     "Forme de passage\u00a0: rien, alors que 5 autres sur 5 ont Globale."},
    {"all alike", {{"Globale", 24}}, 0, NULL},
};

static void put(apr_array_header_t *mates, const char *class_name, const char *specialty, const char *form,
                const char *language)
{
    APR_ARRAY_PUSH(mates, classmate_t) = (classmate_t){class_name, {specialty, form, language, ""}};
}

static void whoever_is_unlike_is_told(void **state)
{
    size_t i;

    (void)state;
    for (i = 0; i < sizeof forms / sizeof *forms; i++) {
        apr_array_header_t *mates = apr_array_make(pool, 24, sizeof(classmate_t)), *found;
        int c, times;

        for (c = 0; c < 4 && forms[i].choices[c].chosen != NULL; c++)
            for (times = 0; times < forms[i].choices[c].times; times++)
                put(mates, "T1", "25214", forms[i].choices[c].chosen, "Anglais");
        found = class_unlike(pool, mates);
        if (found->nelts != forms[i].unlike)
            fail_msg("%s: %d", forms[i].what, found->nelts);
        if (forms[i].sentence != NULL)
            assert_string_equal(class_unlike_sentence(pool, &APR_ARRAY_IDX(found, 0, class_unlike_t)),
                                forms[i].sentence);
    }
}

/* Another specialty has other languages: one sentence says it all. */
static void another_specialty_is_told_alone(void **state)
{
    apr_array_header_t *mates = apr_array_make(pool, 24, sizeof(classmate_t)), *found;
    int i;

    (void)state;
    for (i = 0; i < 10; i++)
        put(mates, "T1", "25214", "Globale", "Anglais");
    put(mates, "T1", "33402", "Progressive", "Allemand");
    found = class_unlike(pool, mates);
    assert_int_equal(found->nelts, 1);
    assert_int_equal(APR_ARRAY_IDX(found, 0, class_unlike_t).aspect, CLASS_SPECIALTY);
    assert_int_equal(APR_ARRAY_IDX(found, 0, class_unlike_t).mate, 10);
}

/* A class is its name however it is typed; whoever is in none is compared with nobody, classes not with each
 * other. */
static void classes_are_apart(void **state)
{
    apr_array_header_t *mates = apr_array_make(pool, 24, sizeof(classmate_t));
    int i;

    (void)state;
    for (i = 0; i < 6; i++)
        put(mates, i % 2 == 0 ? "tmei 1" : "TMEI 1", "25214", "Globale", "Anglais");
    for (i = 0; i < 6; i++)
        put(mates, "T2", "33402", "Globale", "Allemand");
    put(mates, NULL, "99999", "Progressive", "");
    put(mates, "", "99999", "Progressive", "");
    assert_int_equal(class_unlike(pool, mates)->nelts, 0);
    put(mates, "Tmei 1", "25214", "Globale", "Espagnol");
    assert_int_equal(class_unlike(pool, mates)->nelts, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_is_unlike_is_told),
        cmocka_unit_test(another_specialty_is_told_alone),
        cmocka_unit_test(classes_are_apart),
    };
    int failed;

    apr_initialize();
    failed = cmocka_run_group_tests(tests, setup, teardown);
    apr_terminate();
    return failed;
}
