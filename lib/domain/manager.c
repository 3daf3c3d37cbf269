/* SPDX-License-Identifier: Apache-2.0 */
#include "manager.h"

#include <apr_lib.h>
#include <apr_strings.h>
#include <string.h>

#include "actor.h"

#define SEPARATORS ", "

enum { LOGIN_LEAST = 2, LOGIN_MOST = 40, DEPARTMENT_LENGTH = 3, DEPARTMENTS_MOST = 30 };

message_t check_manager_login(apr_pool_t *pool, const char *typed, const char **kept)
{
    static const char signs[] = "abcdefghijklmnopqrstuvwxyz0123456789.-";
    char *login = apr_pstrdup(pool, typed), *at;
    size_t length = strlen(login);

    for (at = login; *at != '\0'; at++)
        *at = (char)apr_tolower(*at);
    if (length < LOGIN_LEAST || length > LOGIN_MOST || strspn(login, signs) != length)
        return MSG_MANAGER_LOGIN_WRONG;
    *kept = login;
    return MSG_OK;
}

unsigned manager_rights(const manager_t *manager)
{
    unsigned rights = RIGHT_SESSION | RIGHT_PAGES;

    if (manager->sees_identities)
        rights |= RIGHT_IDENTITIES;
    if (manager->exams == EXAM_ALL && manager->departments == NULL)
        rights |= RIGHT_WHOLE;
    if (!manager->may_change)
        return rights;
    return rights | RIGHT_CHANGE | ((rights & RIGHT_WHOLE) != 0 ? RIGHT_ACADEMY : RIGHT_NOTHING);
}

const char *manager_exams_text(apr_pool_t *pool, unsigned exams)
{
    const char *text = "|";
    int i;

    if (exams == EXAM_ALL)
        return NULL;
    for (i = 0; i < EXAM_COUNT; i++)
        if ((exams & EXAM_BIT(i)) != 0)
            text = apr_pstrcat(pool, text, exam_info((exam_t)i)->code, "|", NULL);
    return text;
}

unsigned manager_exams_of(const char *text)
{
    unsigned exams = 0;
    int i;

    if (text == NULL)
        return EXAM_ALL;
    for (i = 0; i < EXAM_COUNT; i++) {
        const char *code = exam_info((exam_t)i)->code, *at = strstr(text, code);

        if (at != NULL && at > text && at[-1] == '|' && at[strlen(code)] == '|')
            exams |= EXAM_BIT(i);
    }
    return exams;
}

manager_t manager_of_columns(apr_pool_t *pool, const char *name, const char *exams, const char *departments,
                             apr_int64_t may_change, apr_int64_t sees_identities)
{
    return (manager_t){.name = apr_pstrdup(pool, name),
                       .exams = manager_exams_of(exams),
                       .departments = apr_pstrdup(pool, departments),
                       .may_change = may_change == 1,
                       .sees_identities = sees_identities == 1};
}

unsigned manager_exams_typed(const char *typed)
{
    unsigned exams = 0;

    for (typed += strspn(typed, SEPARATORS); *typed != '\0'; typed += strspn(typed, SEPARATORS)) {
        size_t length = strcspn(typed, SEPARATORS);
        exam_t exam = exam_of_path(typed, length);

        if (exam == EXAM_NONE)
            return 0;
        exams |= EXAM_BIT(exam);
        typed += length;
    }
    return exams;
}

/* "33", "033", "2a", "974": three characters, as schools and candidates have them; NULL: none. */
static const char *department_code(apr_pool_t *pool, const char *typed, size_t length)
{
    char *code = apr_psprintf(pool, "%s%.*s", length < DEPARTMENT_LENGTH ? "0" : "", (int)length, typed);

    code[strlen(code) - 1] = (char)apr_toupper(code[strlen(code) - 1]);
    if (strlen(code) != DEPARTMENT_LENGTH || !apr_isdigit(code[0]) || !apr_isdigit(code[1]) ||
        (!apr_isdigit(code[2]) && code[2] != 'A' && code[2] != 'B'))
        return NULL;
    return code;
}

const char *manager_departments_typed(apr_pool_t *pool, const char *typed)
{
    const char *list = "";
    int count = 0;

    for (typed += strspn(typed, SEPARATORS); *typed != '\0'; typed += strspn(typed, SEPARATORS)) {
        size_t length = strcspn(typed, SEPARATORS);
        const char *code = department_code(pool, typed, length);

        if (code == NULL || ++count > DEPARTMENTS_MOST)
            return NULL;
        list = apr_pstrcat(pool, list, list[0] != '\0' ? "," : "", "\"", code, "\"", NULL);
        typed += length;
    }
    return list[0] != '\0' ? apr_pstrcat(pool, "[", list, "]", NULL) : NULL;
}
