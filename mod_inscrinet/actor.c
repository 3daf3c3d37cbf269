/* SPDX-License-Identifier: Apache-2.0 */
#include "actor.h"

static role_t role_of(const page_t *page)
{
    const session_t *session = page->session;

    if (session == NULL)
        return ROLE_NOBODY;
    if (session->account == DB_NULL)
        return ROLE_CANDIDATE;
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
    if (role == ROLE_SCHOOL || (role == ROLE_DELEGATE && session->rights != RIGHTS_NO_PASSWORDS))
        return RIGHT_SESSION | RIGHT_PAGES | RIGHT_PASSWORDS;
    return RIGHT_SESSION | RIGHT_PAGES;
}

/* An individual reaches what his session has made or proven; an account what its school has. */
static scope_t scope_of(const session_t *session, role_t role)
{
    if (role == ROLE_NOBODY)
        return (scope_t){.kind = SCOPE_NOTHING};
    if (role == ROLE_CANDIDATE)
        return (scope_t){.kind = SCOPE_OWN, .session = session->id};
    return scope_one(session->establishment);
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
                            .login = session != NULL ? session->login : NULL,
                            .rights = rights_of(session, role),
                            .exams = EXAM_ALL,
                            .scope = scope_of(session, role),
                            .school = session != NULL ? session->establishment_code : NULL,
                            .school_name = session != NULL ? session->establishment_name : NULL};
}
