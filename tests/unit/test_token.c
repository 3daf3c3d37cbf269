/* SPDX-License-Identifier: Apache-2.0
 *
 * Tokens, codes, digests and password hashes.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>
#include <apr_general.h>
#include <apr_strings.h>
#include <string.h>

#include "text/password.h"
#include "text/token.h"

static apr_pool_t *pool;

static int set_up(void **state)
{
    (void)state;
    return apr_initialize() != APR_SUCCESS || apr_pool_create(&pool, NULL) != APR_SUCCESS;
}

static void tokens_are_256_bits_in_base64url(void **state)
{
    const char *one = token_create(pool), *other = token_create(pool);

    (void)state;
    assert_int_equal(strlen(one), TOKEN_CHARS);
    assert_int_equal(strspn(one, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                     TOKEN_CHARS);
    assert_string_not_equal(one, other);
}

static void codes_have_no_look_alikes(void **state)
{
    int i;

    (void)state;
    for (i = 0; i < 1000; i++) {
        const char *code = token_code(pool);

        assert_int_equal(strlen(code), CODE_CHARS);
        assert_null(strpbrk(code, "01OI"));
        assert_int_equal(strspn(code, "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"), CODE_CHARS);
    }
}

static void generated_passwords_are_100_bits_in_groups(void **state)
{
    const char *password = token_password(pool);

    (void)state;
    assert_int_equal(strlen(password), 24);
    assert_true(password[4] == '-' && password[9] == '-' && password[14] == '-' && password[19] == '-');
}

static void digests_are_sha_256(void **state)
{
    static const unsigned char abc[4] = {0xba, 0x78, 0x16, 0xbf};
    unsigned char digest[DIGEST_BYTES], pair[DIGEST_BYTES];

    (void)state;
    digest_text("abc", digest);
    assert_memory_equal(digest, abc, sizeof abc);
    digest_pair("a", 1, "bc", 2, pair);
    assert_memory_equal(digest, pair, DIGEST_BYTES);
}

static void a_seal_differs_each_time_and_is_of_one_secret(void **state)
{
    const char *one = token_seal(pool, "secret"), *other = token_seal(pool, "secret");
    char *changed = apr_pstrdup(pool, one);

    (void)state;
    assert_int_equal(strlen(one), 80);
    assert_string_not_equal(one, other);
    assert_string_not_equal(one + 16, other + 16); /* not the salt alone */
    assert_true(token_seals(pool, "secret", one) && token_seals(pool, "secret", other));
    assert_false(token_seals(pool, "Secret", one));
    assert_false(token_seals(pool, "secret", ""));
    assert_false(token_seals(pool, "secret", "secret"));
    assert_false(token_seals(pool, "secret", apr_pstrcat(pool, one, "0", NULL)));
    assert_false(token_seals(pool, "secret", apr_pstrndup(pool, one, 79)));
    changed[0] = changed[0] == '0' ? '1' : '0';
    assert_false(token_seals(pool, "secret", changed));
}

static void keyed_digests_differ_by_key_and_text(void **state)
{
    const char *digest = digest_keyed(pool, "key", 3, "text");

    (void)state;
    assert_int_equal(strlen(digest), 2 * DIGEST_BYTES);
    assert_string_equal(digest, digest_keyed(pool, "key", 3, "text"));
    assert_string_not_equal(digest, digest_keyed(pool, "kex", 3, "text"));
    assert_string_not_equal(digest, digest_keyed(pool, "key", 3, "texs"));
}

static void equal_compares_whole_texts(void **state)
{
    (void)state;
    assert_true(token_equal("abc", "abc"));
    assert_false(token_equal("abc", "abd"));
    assert_false(token_equal("abc", "abcd"));
    assert_false(token_equal("", "a"));
}

static void passwords_are_hashed_by_yescrypt_and_verify(void **state)
{
    const char *hash = password_hash(pool, "une phrase à nous");

    (void)state;
    assert_int_equal(strncmp(hash, "$y$", 3), 0);
    assert_true(password_verify("une phrase à nous", hash));
    assert_false(password_verify("une phrase a nous", hash));
    assert_string_not_equal(hash, password_hash(pool, "une phrase à nous"));
}

/* 512 bytes: one more than crypt takes. */
static void a_password_of_128_letters_of_any_script_is_hashed_and_verified(void **state)
{
    const char *letter = "\xf0\x90\x8c\xb0", *password = "", *other, *hash;
    int i;

    (void)state;
    for (i = 0; i < 127; i++)
        password = apr_pstrcat(pool, password, letter, NULL);
    other = apr_pstrcat(pool, password, "\xf0\x90\x8c\xb1", NULL);
    assert_non_null(password_hash(pool, password));
    password = apr_pstrcat(pool, password, letter, NULL);
    assert_non_null(hash = password_hash(pool, password));
    assert_true(password_verify(password, hash));
    assert_false(password_verify(other, hash));
}

static void passwords_of_apaches_tools_verify(void **state)
{
    static const char bcrypt[] =
        "$2y$05$c4WoMPo3SXsafkva.HHa6uXQZWr7oboPiC2bT/r7q1BB8I2s0BRqC"; /* htpasswd -B */

    (void)state;
    assert_true(password_verify("myPassword", bcrypt));
    assert_false(password_verify("mypassword", bcrypt));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_are_256_bits_in_base64url),
        cmocka_unit_test(codes_have_no_look_alikes),
        cmocka_unit_test(generated_passwords_are_100_bits_in_groups),
        cmocka_unit_test(digests_are_sha_256),
        cmocka_unit_test(a_seal_differs_each_time_and_is_of_one_secret),
        cmocka_unit_test(keyed_digests_differ_by_key_and_text),
        cmocka_unit_test(equal_compares_whole_texts),
        cmocka_unit_test(passwords_are_hashed_by_yescrypt_and_verify),
        cmocka_unit_test(a_password_of_128_letters_of_any_script_is_hashed_and_verified),
        cmocka_unit_test(passwords_of_apaches_tools_verify),
    };

    return cmocka_run_group_tests(tests, set_up, NULL);
}
