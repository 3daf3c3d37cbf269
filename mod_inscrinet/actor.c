/* SPDX-License-Identifier: Apache-2.0 */
#include "actor.h"

static role_t role_of(const page_t *page)
{
    const session_t *session = page->session;

    if (session == NULL)
        return ROLE_NOBODY;
    if (session->account == DB_NULL)
        return ROLE_CANDIDATE;
    if (page->service == SERVICE_MANAGER)
        return session->manager != NULL ? ROLE_MANAGER : ROLE_NOBODY;
    if (page->service == SERVICE_SCHOOL_REGISTRATION)
        return ROLE_REGISTRATION;
    return strcmp(session->login, session->establishment_code) == 0 ? ROLE_SCHOOL : ROLE_DELEGATE;
}

static unsigned rights_of(const session_t *session, role_t role)
{
    if (role == ROLE_NOBODY)
        return RIGHT_NOTHING;
    if (session->quarantined)
        return RIGHT_SESSION;
    if (role == ROLE_MANAGER)
        return manager_rights(session->manager);
    if (role == ROLE_SCHOOL || (role == ROLE_DELEGATE && session->rights != RIGHTS_NO_PASSWORDS))
        return RIGHT_SESSION | RIGHT_PAGES | RIGHT_PASSWORDS;
    return RIGHT_SESSION | RIGHT_PAGES;
}

/* All candidates, or those of his departments: schools of others are none of his business. */
static scope_t scope_of_manager(const manager_t *manager)
{
    if (manager->departments == NULL)
        return (scope_t){.kind = SCOPE_ALL};
    return (scope_t){.kind = SCOPE_SET, .establishments = "[]", .departments = manager->departments};
}

/* A candidate reaches what his session has made or proven, also where he sits behind a school's account; the
 * school and its delegates reach its candidates. */
static scope_t scope_of(const session_t *session, role_t role)
{
    switch (role) {
    case ROLE_NOBODY:
        return (scope_t){.kind = SCOPE_NOTHING};
    case ROLE_CANDIDATE:
    case ROLE_REGISTRATION:
        return scope_own(session->id);
    case ROLE_MANAGER:
        return scope_of_manager(session->manager);
    default:
        return scope_one(session->establishment);
    }
}

/* In the registration services whoever is logged in, it is a candidate who acts. */
static const char *name_of(const session_t *session, role_t role)
{
    switch (role) {
    case ROLE_NOBODY:
        return ACTOR_NOBODY;
    case ROLE_CANDIDATE:
    case ROLE_REGISTRATION:
        return ACTOR_CANDIDATE;
    default:
        return session->login;
    }
}

void actor_make(page_t *page)
{
    const session_t *session = page->session;
    role_t role = role_of(page);

    page->actor = (actor_t){.role = role,
                            .name = name_of(session, role),
                            .rights = rights_of(session, role),
                            .exams = role == ROLE_MANAGER ? session->manager->exams : EXAM_ALL,
                            .scope = scope_of(session, role)};
    if (session == NULL)
        return;
    page->actor.own = scope_own(session->id);
    page->actor.login = session->login;
    page->actor.establishment = session->establishment != DB_NULL ? session->establishment : 0;
    page->actor.school = session->establishment_code;
    page->actor.school_name = session->establishment_name;
    page->actor.person = role == ROLE_MANAGER ? session->manager->name : NULL;
}
