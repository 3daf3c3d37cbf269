/* SPDX-License-Identifier: Apache-2.0 */
#include "token.h"

#include <apr_escape.h>
#include <apr_strings.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <pthread.h>
#include <string.h>

enum { TOKEN_BYTES = 32, PASSWORD_GROUPS = 5, GROUP_CHARS = 4, SALT_BYTES = 8 };

/* 32 signs, so that five random bits are one sign. */
static const char code_signs[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

int token_bytes(unsigned char *bytes, int length)
{
    return RAND_bytes(bytes, length) == 1;
}

const char *token_create(apr_pool_t *pool)
{
    static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    unsigned char bytes[TOKEN_BYTES + 1] = {0};
    char *token = apr_palloc(pool, TOKEN_CHARS + 1);
    int i;

    if (!token_bytes(bytes, TOKEN_BYTES))
        return NULL;
    for (i = 0; i < TOKEN_CHARS; i++) {
        int bit = i * 6, two = bytes[bit / 8] << 8 | bytes[bit / 8 + 1];

        token[i] = signs[two >> (10 - bit % 8) & 63];
    }
    token[TOKEN_CHARS] = '\0';
    return token;
}

static int random_signs(char *to, int count)
{
    unsigned char bytes[32];
    int i;

    if (!token_bytes(bytes, count))
        return 0;
    for (i = 0; i < count; i++)
        to[i] = code_signs[bytes[i] & 31];
    return 1;
}

const char *token_code(apr_pool_t *pool)
{
    char *code = apr_pcalloc(pool, CODE_CHARS + 1);

    return random_signs(code, CODE_CHARS) ? code : NULL;
}

const char *token_password(apr_pool_t *pool)
{
    char *password = apr_pcalloc(pool, PASSWORD_GROUPS * (GROUP_CHARS + 1));
    int i;

    for (i = 0; i < PASSWORD_GROUPS; i++) {
        if (!random_signs(password + i * (GROUP_CHARS + 1), GROUP_CHARS))
            return NULL;
        if (i < PASSWORD_GROUPS - 1)
            password[i * (GROUP_CHARS + 1) + GROUP_CHARS] = '-';
    }
    return password;
}

/* Fetched once: looking them up costs more than the digest of a token. The context has no key yet, and is
 * only copied from. */
static const EVP_MD *sha256;
static EVP_MAC_CTX *hmac_sha256;
static pthread_once_t fetched_once = PTHREAD_ONCE_INIT;

static void fetch(void)
{
    OSSL_PARAM with_sha256[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char[]){"SHA256"}, 0),
        OSSL_PARAM_construct_end()};
    EVP_MAC *hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);

    sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    if (sha256 == NULL)
        sha256 = EVP_sha256();
    hmac_sha256 = EVP_MAC_CTX_new(hmac);
    EVP_MAC_CTX_set_params(hmac_sha256, with_sha256);
    EVP_MAC_free(hmac); /* the context holds it */
}

void digest_text(const char *text, unsigned char digest[DIGEST_BYTES])
{
    digest_pair(text, strlen(text), "", 0, digest);
}

void digest_pair(const void *first, apr_size_t first_length, const void *second, apr_size_t second_length,
                 unsigned char digest[DIGEST_BYTES])
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();

    pthread_once(&fetched_once, fetch);
    EVP_DigestInit_ex(context, sha256, NULL);
    EVP_DigestUpdate(context, first, first_length);
    EVP_DigestUpdate(context, second, second_length);
    EVP_DigestFinal_ex(context, digest, NULL);
    EVP_MD_CTX_free(context);
}

const char *digest_keyed(apr_pool_t *pool, const void *key, apr_size_t length, const char *text)
{
    unsigned char digest[DIGEST_BYTES];
    EVP_MAC_CTX *context;
    size_t size = 0;

    pthread_once(&fetched_once, fetch);
    context = EVP_MAC_CTX_dup(hmac_sha256);
    EVP_MAC_init(context, key, length, NULL);
    EVP_MAC_update(context, (const unsigned char *)text, strlen(text));
    EVP_MAC_final(context, digest, &size, sizeof digest);
    EVP_MAC_CTX_free(context);
    return apr_pescape_hex(pool, digest, sizeof digest, 0);
}

static const char *sealed(apr_pool_t *pool, const char *secret, const char *salt)
{
    return apr_pstrcat(pool, salt, digest_keyed(pool, secret, strlen(secret), salt), NULL);
}

/* A salt need only differ from answer to answer, not be unforeseen: the secret is the digest's key. Random
 * bytes for each would cost more than the digest, so that each thread counts on from random ones. */
static int next_salt(apr_uint64_t *salt)
{
    static __thread apr_uint64_t next;
    static __thread int begun;

    if (!begun && !(begun = token_bytes((unsigned char *)&next, sizeof next)))
        return 0;
    *salt = next++;
    return 1;
}

const char *token_seal(apr_pool_t *pool, const char *secret)
{
    apr_uint64_t salt;

    return next_salt(&salt) ? sealed(pool, secret, apr_pescape_hex(pool, &salt, SALT_BYTES, 0)) : NULL;
}

int token_seals(apr_pool_t *pool, const char *secret, const char *seal)
{
    return token_equal(sealed(pool, secret, apr_pstrndup(pool, seal, 2 * (apr_size_t)SALT_BYTES)), seal);
}

int token_equal(const char *one, const char *other)
{
    size_t length = strlen(one);

    return length == strlen(other) && CRYPTO_memcmp(one, other, length) == 0;
}
