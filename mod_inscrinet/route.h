/* SPDX-License-Identifier: Apache-2.0
 *
 * A row of the table of addresses: all that is known of an address before its page is asked for.
 */
#ifndef MOD_INSCRINET_ROUTE_H
#define MOD_INSCRINET_ROUTE_H

typedef struct page_t page_t;

/** A page function: answers, and gives what an httpd handler gives. */
typedef int page_function_t(page_t *page);
enum { ROUTE_KEPT = -1 };

enum {
    ROUTE_PASSES_LOCK = 1 << 0,      /* its POST changes nothing that the base's lock protects */
    ROUTE_QUIT_PASSES_LOCK = 1 << 1, /* the button « Quitter » of its form does: whoever sits at a shared
                                        computer must be able to leave it */
    ROUTE_LONG_FORM = 1 << 2,   /* its form holds a list's ticks, or all that the page it stands on holds */
    ROUTE_STEP_FIELDS = 1 << 3, /* its fields are the questions of the step that the address names */
    ROUTE_ANY_FIELDS = 1 << 4,  /* whatever else comes with it is of no interest */
    ROUTE_UPLOAD = 1 << 5,      /* its form may bring a file, in page->upload */
    ROUTE_LARGE = 1 << 6,       /* that file may be a whole academy's */
    ROUTE_PASSES_ARCHIVE = 1 << 7, /* its POST looks itself at what an archived session allows */
    ROUTE_VIEWED = 1 << 8          /* a school's own page, which a manager looks at */
};

typedef struct route_t {
    int service;
    const char *path;      /* below the mount; EXAM, STEP, NUMBER and UAI, CODE stand for any of theirs */
    unsigned needs;        /* right_t: what the actor must be entitled to; 0: anyone */
    page_function_t *get;  /* also shows again what a refused POST had typed; NULL: POST only */
    page_function_t *post; /* NULL: GET only */
    /* keeps what was posted by a session that has ended, as that session, and gives ROUTE_KEPT: a login
     * follows; or answers; NULL: nothing is worth keeping */
    page_function_t *keep;
    /* instead of post, where a button of its list was pressed (turn.h): nothing is changed, so that neither
     * lock nor archive is in the way; NULL: it has none */
    page_function_t *turn;
    /* names that its POST may hold beside the token, "a b+ c/ d_* e=O|N" (b: any number of times; c: several
     * lines; d_: all that begin so; e: one of these values or none): those of controls, to which the summary
     * of errors can lead, and hidden ones */
    const char *fields, *hidden;
    unsigned flags;
    unsigned changes; /* right_t: what a POST needs besides */
} route_t;

/** Whether a POST to this address may hold a field; of the steps of the wizard their page knows better. */
int route_has_field(const route_t *route, const char *name);
/** Whether a field may have a value, where the address takes certain ones alone; an empty one is none. */
int route_takes(const route_t *route, const char *name, const char *value);
/** Whether a field may come more than once. */
int route_takes_list(const route_t *route, const char *name);
/** Whether a field may have several lines; each ends with "\n" then. */
int route_takes_lines(const route_t *route, const char *name);
/** Whether the field is that of a control on the page, to which the summary of errors can lead. */
int route_shows(const route_t *route, const char *name);

#endif
