/* SPDX-License-Identifier: Apache-2.0
 *
 * What a new password of staff and schools may be. Length does it, there are no classes of signs; refused is
 * what someone who knows the school, the service or people's habits would try first.
 *
 * A password is compared squeezed: capitals, without accents, blanks and signs, so that « Mot-de-passe 2027 !
 * » is what it is. It is refused when
 *  - it holds the login, or the name of the school, whole or by one of its own words;
 *  - it is one sign, or few, again and again, or a run of the alphabet or of digits;
 *  - nothing of it is left, or next to nothing, without its digits and the words that most people take.
 * Former and other services' passwords are only known as hashes: whoever calls has them.
 */
#include "check.h"

#include <apr_strings.h>
#include <string.h>

#include "../text/text.h"

enum {
    PASSWORD_MOST = 128,
    MANAGERS_MINIMUM = 14,
    LOGIN_LEAST = 4,     /* shorter logins are in many words */
    NAME_WORD_LEAST = 5, /* shorter words too: Jean, Paul, Anne */
    DIFFERENT_LEAST = 5, /* signs */
    LETTERS_LEFT_LEAST = 4
};

/* Words that half of all schools have in their names say nothing of one. */
static const char *const generic_words[] = {
    "AGRICOLE",     "APPRENTIS", "APPRENTISSAGE", "CAMPUS",        "CENTRE",          "CITES",
    "COLLEGE",      "COMMERCE",  "DEPARTEMENT",   "DEPARTEMENTAL", "DEMONSTRATION",   "ECOLE",
    "ENSEIGNEMENT", "FORMATION", "FORMATIONS",    "FRANCE",        "GENERAL",         "GRAND",
    "GROUPE",       "HOTELIER",  "INDUSTRIE",     "INSTITUT",      "LYCEE",           "LYCEES",
    "MAISON",       "METIER",    "METIERS",       "MUNICIPAL",     "NATIONAL",        "NOTRE",
    "POLYVALENT",   "PRIVE",     "PRIVEE",        "PROFESSIONNEL", "PROFESSIONNELLE", "PUBLIC",
    "REGION",       "REGIONAL",  "REGIONALE",     "SAINT",         "SAINTE",          "SCOLAIRE",
    "SECTION",      "SUPERIEUR", "TECHNIQUE",     "TECHNIQUES",    "TECHNOLOGIQUE",   "UNITE",
    "VILLE",
};

/* What usual passwords of twelve signs and more are put together from: longer words before those they begin
 * with. */
static const char *const usual_words[] = {
    "MOTDEPASSE",     "MOTSDEPASSE",  "M0TDEPASSE",   "MONMOT",        "PASSWORD",    "PASSW0RD",
    "PSSWORD",        "PSSW0RD",      "PASSE",        "CHANGEME",      "CHANGEZMOI",  "CHANGER",
    "LETMEIN",        "BIENVENUE",    "WELCOME",      "CONNEXION",     "IDENTIFIANT", "ADMINISTRATEUR",
    "ADMINISTRATION", "ADMIN",        "GESTIONNAIRE", "GESTION",       "UTILISATEUR", "MANAGER",
    "INSCRINET",      "INSCRIPTIONS", "INSCRIPTION",  "EXAPRO",        "EXAMENS",     "EXAMEN",
    "SESSION",        "BACPRO",       "BACCALAUREAT", "ETABLISSEMENT", "SECRETARIAT", "SECRET",
    "PROVISEUR",      "PRINCIPAL",    "DIRECTEUR",    "DIRECTRICE",    "DIRECTION",   "RECTORAT",
    "ACADEMIE",       "EDUCATION",    "NATIONALE",    "LYCEE",         "COLLEGE",     "ECOLE",
    "RENTREE",        "CANDIDATS",    "CANDIDAT",     "AZERTYUIOP",    "AZERTY",      "QSDFGHJKLM",
    "QSDFGH",         "WXCVBN",       "QWERTYUIOP",   "QWERTZUIOP",    "QWERTY",      "ASDFGHJKL",
    "ZXCVBNM",        "ABCDEFGH",     "ABCDEF",       "BONJOUR",       "SOLEIL",      "DOUDOU",
    "LOULOU",         "CHOUCHOU",     "COUCOU",       "JETAIME",       "ILOVEYOU",    "MARSEILLE",
    "PRINCESSE",      "CHOCOLAT",     "VACANCES",     "PRINTEMPS",     "AUTOMNE",     "HIVER",
    "TEST",           "DEMO",
};

/* Sayings that hold no such word, and that everybody would think of. */
static const char *const usual_sayings[] = {
    "LIBERTEEGALITE", "PARISSAINTGERMAIN", "OLYMPIQUE",      "ALLEZLESBLEUS",
    "VIVELAFRANCE",   "JESUISCHARLIE",     "SESAMEOUVRETOI", "ILETAITUNEFOIS",
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int is_one_of(const char *word, const char *const *words, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return 1;
    return 0;
}

/* ---------------------------------------------------------------- the school's own */

static int holds_login(apr_pool_t *pool, const char *squeezed, const char *login)
{
    const char *sought = text_squeezed(pool, login);

    return strlen(sought) >= LOGIN_LEAST && strstr(squeezed, sought) != NULL;
}

static int holds_name(apr_pool_t *pool, const char *squeezed, const char *name)
{
    const char *whole = text_squeezed(pool, name);
    char *last, *word = apr_strtok(apr_pstrdup(pool, text_bare(pool, name)), " ", &last);

    if (strlen(whole) >= LOGIN_LEAST && strstr(squeezed, whole) != NULL)
        return 1;
    for (; word != NULL; word = apr_strtok(NULL, " ", &last))
        if (strlen(word) >= NAME_WORD_LEAST && !is_one_of(word, generic_words, COUNT(generic_words)) &&
            strstr(squeezed, word) != NULL)
            return 1;
    return 0;
}

/* ---------------------------------------------------------------- everybody's */

/* Few different signs: « 121212121212 », « aaaaaaaaaaaa ». Bytes do for signs here: accents only make more.
 */
static int is_monotonous(const char *typed)
{
    char seen[256] = {0};
    int different = 0;

    for (; *typed != '\0'; typed++)
        if (!seen[(unsigned char)*typed]) {
            seen[(unsigned char)*typed] = 1;
            different++;
        }
    return different < DIFFERENT_LEAST;
}

/* « 123456789012 », « abcdefghijkl », « 987654321098 »: each sign a step from the one before. */
static int is_run(const char *squeezed)
{
    int step, i;

    if (squeezed[0] == '\0')
        return 0;
    for (step = -1; step <= 1; step += 2) {
        for (i = 1; squeezed[i] != '\0'; i++)
            if (squeezed[i] != squeezed[i - 1] + step && squeezed[i] != squeezed[i - 1] - 9 * step)
                break;
        if (i > 1 && squeezed[i] == '\0')
            return 1;
    }
    return 0;
}

/* Blank out a word wherever it stands; 1 if it stood anywhere. */
static int take_out(char *text, const char *word)
{
    char *at;
    int found = 0;

    for (at = text; (at = strstr(at, word)) != NULL; at += strlen(word), found = 1)
        memset(at, ' ', strlen(word));
    return found;
}

/* Usual words, digits, and hardly a letter more. */
static int is_usual(apr_pool_t *pool, const char *squeezed)
{
    char *left = apr_pstrdup(pool, squeezed);
    int words = 0, letters = 0;
    size_t i;

    for (i = 0; i < COUNT(usual_sayings); i++)
        if (strstr(squeezed, usual_sayings[i]) != NULL)
            return 1;
    for (i = 0; i < COUNT(usual_words); i++)
        words += take_out(left, usual_words[i]);
    for (; *left != '\0'; left++)
        letters += *left >= 'A' && *left <= 'Z';
    return words > 0 && letters < LETTERS_LEFT_LEAST;
}

static message_t check_words(apr_pool_t *pool, const password_context_t *context, const char *typed)
{
    const char *squeezed = text_squeezed(pool, typed);

    if (context->login != NULL && holds_login(pool, squeezed, context->login))
        return MSG_PASSWORD_LOGIN;
    if (context->name != NULL && holds_name(pool, squeezed, context->name))
        return MSG_PASSWORD_NAME;
    if (is_monotonous(typed) || is_run(squeezed) || is_usual(pool, squeezed))
        return MSG_PASSWORD_BANNED;
    return MSG_OK;
}

message_t check_new_password(const password_context_t *context, const char *typed, const char *again)
{
    apr_size_t length = typed != NULL ? text_characters(typed) : 0;
    apr_pool_t *pool;
    message_t problem;

    if (length == 0)
        return MSG_PASSWORD_MISSING;
    if (length < (apr_size_t)context->minimum)
        return context->minimum < MANAGERS_MINIMUM ? MSG_PASSWORD_SHORT : MSG_PASSWORD_SHORT_MANAGER;
    if (length > PASSWORD_MOST)
        return MSG_PASSWORD_LONG;
    if (apr_pool_create(&pool, NULL) != APR_SUCCESS) /* of its own: the request's would keep the copies */
        return MSG_PASSWORD_BANNED;
    problem = check_words(pool, context, typed);
    apr_pool_destroy(pool);
    if (problem == MSG_OK && (again == NULL || strcmp(typed, again) != 0))
        problem = MSG_PASSWORD_MISMATCH;
    return problem;
}
