/* SPDX-License-Identifier: Apache-2.0
 *
 * Who acts, and what that entitles to. The module makes one actor of each request (mod_inscrinet/actor.c),
 * the command one of its user; whoever reads or changes rows of people passes its scope on, so that a check
 * that was forgotten shows nothing rather than everything. All zero is nobody, whose scope is nothing.
 */
#ifndef INSCRINET_DOMAIN_ACTOR_H
#define INSCRINET_DOMAIN_ACTOR_H

#include <apr.h>

#include "exam.h"

/** Whose rows a statement may touch. Zero means nobody's. */
typedef enum { SCOPE_NOTHING = 0, SCOPE_OWN, SCOPE_ONE, SCOPE_SET, SCOPE_ALL } scope_kind_t;
typedef struct scope_t {
    scope_kind_t kind;
    apr_int64_t session;        /* OWN: the session whose items name the registrations and drafts */
    apr_int64_t establishment;  /* ONE: its id; ids begin at 1 */
    const char *establishments; /* SET: their ids, "[1,2,3]"; may be "[]" */
    const char *departments;    /* SET: and all of these, "[\"033\",\"02A\"]"; may be "[]" */
} scope_t;

typedef enum {
    ROLE_NOBODY = 0,
    ROLE_CANDIDATE,    /* an individual: the drafts and numbers that his session has made or proven */
    ROLE_REGISTRATION, /* whoever sits at a school's registration service: the candidate, behind its account
                        */
    ROLE_SCHOOL,       /* the head's own account */
    ROLE_DELEGATE,     /* an account that the head has given */
    ROLE_MANAGER,      /* the rectorat */
    ROLE_OPERATOR      /* inscrinetctl's user */
} role_t;

/** Names in the trail of those who have no account. */
#define ACTOR_NOBODY "anonyme"
#define ACTOR_CANDIDATE "candidat"

/** What an actor is entitled to: bits. */
enum {
    RIGHT_NOTHING = 0,
    RIGHT_SESSION = 1,     /* to be here at all: also with a default password */
    RIGHT_PAGES = 2,       /* to use the service: the password is his own */
    RIGHT_PASSWORDS = 4,   /* to change the school's passwords and its delegates */
    RIGHT_CHANGE = 8,      /* a manager: to change what is in his scope */
    RIGHT_IDENTITIES = 16, /* a manager: to see who the candidates are */
    RIGHT_ACADEMY = 32,    /* a manager: to change what belongs to all: parameters, sessions, lock, loads */
    RIGHT_WHOLE = 64,      /* a manager whom nothing limits: to see what belongs to all */
    RIGHT_CORRECT = RIGHT_CHANGE | RIGHT_IDENTITIES /* a manager: to go through a candidate's answers */
};

typedef struct actor_t {
    role_t role;
    const char *name;  /* for the trail and the history: a login, « candidat », « anonyme » */
    const char *login; /* of the account, or NULL: an individual, or an identity known by attributes alone */
    unsigned rights;   /* RIGHT_… */
    unsigned exams;    /* EXAM_BIT of those that are his business */
    scope_t scope;     /* whose rows: a school's, or what his session has made or proven */
    scope_t own;       /* what his session has made or proven, whoever he is */
    apr_int64_t establishment; /* that he acts for; 0, which no establishment has: none */
    const char *school;        /* its code and name, or NULL */
    const char *school_name;
    const char *person; /* a manager's own name, or NULL */
    int viewing; /* a manager who looks at a school's pages as it sees them: of its rows, and to read */
} actor_t;

/** Whether an exam is the actor's business; EXAM_NONE is nobody's. */
static inline int actor_has_exam(const actor_t *actor, exam_t exam)
{
    return exam != EXAM_NONE && (actor->exams & EXAM_BIT(exam)) != 0;
}

/** The scope of a session's own items, and that of a single establishment. */
static inline scope_t scope_own(apr_int64_t session)
{
    return (scope_t){.kind = SCOPE_OWN, .session = session};
}

static inline scope_t scope_one(apr_int64_t establishment)
{
    return (scope_t){.kind = SCOPE_ONE, .establishment = establishment};
}

#endif
