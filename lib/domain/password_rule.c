/* SPDX-License-Identifier: Apache-2.0
 *
 * What a new password of staff and schools may be: long enough, and nothing that someone who knows the school would
 * try first. No classes of signs: length does it (contract, passwords).
 */
#include "check.h"

#include <apr_strings.h>
#include <string.h>

#include "../text/text.h"

enum { PASSWORD_MOST = 128, NAME_WORD_LEAST = 5 };

/* Bare of accents, blanks and signs, in capitals: what a ban list is compared with. */
static const char *squeezed(apr_pool_t *pool, const char *text)
{
    const char *bare = text_bare(pool, text);
    char *result = apr_palloc(pool, strlen(bare) + 1), *to = result;

    for (; *bare != '\0'; bare++)
        if (*bare != ' ')
            *to++ = *bare;
    *to = '\0';
    return result;
}

static const char *const banned_pieces[] = {
    "MOTDEPASSE", "PASSWORD",   "INSCRINET", "AZERTYUIOP", "QWERTYUIOP", "AZERTY123", "QWERTY123", "123456789",
    "987654321",  "1234512345", "ABCDEFGH",  "SECRETARIAT", "RECTORAT",  "EXAMEN20",  "LYCEE20",   "SESSION20",
    "BACPRO20",   "BIENVENUE",  "ADMINISTRAT", "CHANGEME", "CHANGEZMOI", "JETAIME",   "SOLEIL123", "DOUDOU123",
    "MARSEILLE13", "LOULOU123", "0000000000", "1111111111", "AAAAAAAA",
};

/* Words that half of all schools have in their name say nothing of one. */
static const char *const generic_words[] = {"LYCEE",   "COLLEGE",   "PROFESSIONNEL", "POLYVALENT", "GENERAL",
                                            "CENTRE",  "FORMATION", "APPRENTIS",     "SAINT",      "SAINTE",
                                            "METIERS", "ECOLE"};

static int is_banned(const char *password)
{
    size_t i;

    for (i = 0; i < sizeof banned_pieces / sizeof *banned_pieces; i++)
        if (strstr(password, banned_pieces[i]) != NULL)
            return 1;
    for (i = 1; password[i] != '\0' && password[i] == password[0]; i++)
        ;
    return password[0] != '\0' && password[i] == '\0';
}

static int is_generic(const char *word)
{
    size_t i;

    for (i = 0; i < sizeof generic_words / sizeof *generic_words; i++)
        if (strcmp(word, generic_words[i]) == 0)
            return 1;
    return 0;
}

static int holds_name(apr_pool_t *pool, const char *password, const char *name)
{
    char *last, *word = apr_strtok(apr_pstrdup(pool, text_bare(pool, name)), " ", &last);

    for (; word != NULL; word = apr_strtok(NULL, " ", &last))
        if (strlen(word) >= NAME_WORD_LEAST && !is_generic(word) && strstr(password, word) != NULL)
            return 1;
    return 0;
}

static message_t check_words(const password_context_t *context, const char *typed)
{
    apr_pool_t *pool;
    const char *password;
    message_t problem = MSG_OK;

    if (apr_pool_create(&pool, NULL) != APR_SUCCESS)
        return MSG_PASSWORD_BANNED;
    password = squeezed(pool, typed);
    if (context->login != NULL && strstr(password, squeezed(pool, context->login)) != NULL)
        problem = MSG_PASSWORD_LOGIN;
    else if (context->name != NULL && holds_name(pool, password, context->name))
        problem = MSG_PASSWORD_NAME;
    else if (is_banned(password))
        problem = MSG_PASSWORD_BANNED;
    apr_pool_destroy(pool);
    return problem;
}

message_t check_new_password(const password_context_t *context, const char *typed, const char *again)
{
    apr_size_t length = text_characters(typed);
    message_t problem;

    if (length == 0)
        return MSG_PASSWORD_MISSING;
    if (length < (apr_size_t)context->minimum)
        return context->minimum > 12 ? MSG_PASSWORD_SHORT_MANAGER : MSG_PASSWORD_SHORT;
    if (length > PASSWORD_MOST)
        return MSG_PASSWORD_LONG;
    if ((problem = check_words(context, typed)) != MSG_OK)
        return problem;
    return strcmp(typed, again) == 0 ? MSG_OK : MSG_PASSWORD_MISMATCH;
}
