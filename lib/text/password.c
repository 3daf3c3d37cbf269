/* SPDX-License-Identifier: Apache-2.0 */
#include "password.h"

#include <apr_md5.h>
#include <apr_strings.h>
#include <crypt.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

#define YESCRYPT "$y$"

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
    char setting[CRYPT_GENSALT_OUTPUT_SIZE];

    if (crypt_gensalt_rn(YESCRYPT, 0, NULL, 0, setting, sizeof setting) == NULL)
        return NULL;
    return crypted(pool, password, setting);
}

int password_verify(const char *password, const char *hash)
{
    return apr_password_validate(password, hash) == APR_SUCCESS;
}

void password_waste(const char *password)
{
    /* a hash that nothing gives, with the parameters of the real ones */
    static const char nobody[] = "$y$j9T$5Hs1dTS2oZ7iZcXHZ3cPr1$wnqOJ0JVPB4k4dv1FjHDoKFqBkPQTmOZeI5S8uDXyb6";

    (void)password_verify(password, nobody);
}
