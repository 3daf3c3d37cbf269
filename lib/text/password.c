/* SPDX-License-Identifier: Apache-2.0 */
#include "password.h"

#include <apr_escape.h>
#include <apr_md5.h>
#include <apr_strings.h>
#include <crypt.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

#include "token.h"

#define YESCRYPT "$y$"

/* What crypt takes of a password. One that is longer, by letters of four bytes, is hashed by its digest. */
static const char *within_limit(const char *password, char room[2 * DIGEST_BYTES + 1])
{
    unsigned char digest[DIGEST_BYTES];

    if (strlen(password) < CRYPT_MAX_PASSPHRASE_SIZE)
        return password;
    digest_text(password, digest);
    apr_escape_hex(room, digest, sizeof digest, 0, NULL);
    return room;
}

/* crypt_data is 32 KB: on the heap, not on a thread's stack. */
static const char *crypted(apr_pool_t *pool, const char *password, const char *setting)
{
    struct crypt_data *data = calloc(1, sizeof *data);
    const char *hash = NULL, *made;

    if (data == NULL)
        return NULL;
    made = crypt_r(password, setting, data);
    if (made != NULL && made[0] != '*')
        hash = apr_pstrdup(pool, made);
    OPENSSL_cleanse(data, sizeof *data);
    free(data);
    return hash;
}

const char *password_hash(apr_pool_t *pool, const char *password)
{
    char setting[CRYPT_GENSALT_OUTPUT_SIZE], room[2 * DIGEST_BYTES + 1];

    if (crypt_gensalt_rn(YESCRYPT, 0, NULL, 0, setting, sizeof setting) == NULL)
        return NULL;
    return crypted(pool, within_limit(password, room), setting);
}

int password_verify(const char *password, const char *hash)
{
    char room[2 * DIGEST_BYTES + 1];

    return apr_password_validate(within_limit(password, room), hash) == APR_SUCCESS;
}

void password_waste(const char *password)
{
    /* a hash that nothing gives, with the parameters of the real ones */
    static const char nobody[] = "$y$j9T$5Hs1dTS2oZ7iZcXHZ3cPr1$wnqOJ0JVPB4k4dv1FjHDoKFqBkPQTmOZeI5S8uDXyb6";

    (void)password_verify(password, nobody);
}
