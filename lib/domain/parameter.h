/* SPDX-License-Identifier: Apache-2.0
 *
 * The dictionary of parameters: every name that an authority may set, what it is for, what a value looks
 * like, and how people see and type it.
 */
#ifndef INSCRINET_DOMAIN_PARAMETER_H
#define INSCRINET_DOMAIN_PARAMETER_H

#include <apr_tables.h>

#include "exam.h"
#include "message.h"

typedef enum {
    PARAMETER_GLOBAL = 1, /* for all exams */
    PARAMETER_EXAM = 2,   /* of an exam */
    PARAMETER_BOTH = 3    /* for all exams, unless one has its own */
} parameter_scope_t;

/** Under which heading it stands. */
typedef enum {
    PARAMETER_AUTHORITY,
    PARAMETER_TEXTS, /* of pages */
    PARAMETER_DOCUMENTS,
    PARAMETER_RULES,
    PARAMETER_DATES,
    PARAMETER_GROUPS
} parameter_group_t;

/** By what control it is typed. */
typedef enum {
    PARAMETER_LINE,
    PARAMETER_LINES,
    PARAMETER_LIST, /* labels parted by |, typed one a line */
    PARAMETER_NUMBER,
    PARAMETER_DATE,
    PARAMETER_YES_NO,
    PARAMETER_CHOICE
} parameter_kind_t;

enum { PARAMETER_MOST = 20000 /* characters of the longest */ };

typedef struct parameter_t {
    const char *name;
    parameter_scope_t scope;
    parameter_group_t group;
    parameter_kind_t kind;
    int most; /* characters */
    int (*right)(apr_pool_t *pool, exam_t exam, const char *name, const char *value);
    const char *usual;                /* what holds where nobody says otherwise, or NULL */
    const char *form, *purpose;       /* English, for operators: "AAAA-MM-JJ", what it is for */
    const char *label, *hint, *shape; /* French: hint, or NULL; shape: what a value looks like */
    const char *choices;              /* of a PARAMETER_CHOICE: "off=Aucun contrôle|…" */
    exam_t other;                     /* an exam of which usual isn't true */
    const char *other_usual;          /* what is true of it; NULL: there is none */
    int needed;                       /* an empty one is still to be filled in */
    const char *operators; /* values that begin so are set by who runs the command alone, or NULL */
} parameter_t;

/** The parameter of a name, or NULL. */
const parameter_t *parameter_find(const char *name);
/** From 0; NULL after the last. */
const parameter_t *parameter_at(int ordinal);
/** Whether a value may be set; exam EXAM_NONE: for all exams. */
int parameter_right(apr_pool_t *pool, const parameter_t *parameter, exam_t exam, const char *value);
/** Whether it can be said of all exams (EXAM_NONE), or of one. */
int parameter_takes(const parameter_t *parameter, exam_t exam);
/** What holds of an exam where nobody says otherwise, or NULL. */
const char *parameter_usual(const parameter_t *parameter, exam_t exam);

/** Whether something of a value is still to be filled in: « [À compléter : …] ». */
int parameter_incomplete(const parameter_t *parameter, const char *value);

/* ---------------------------------------------------------------- how people see and type a value */

/** Names of groups, kinds and scopes: "rules", "list", "both". */
const char *parameter_group_name(parameter_group_t group);
const char *parameter_kind_name(parameter_kind_t kind);
const char *parameter_scope_name(parameter_scope_t scope);

/** Its choices (choice_t), of yes and no, too; NULL: it has none. */
const apr_array_header_t *parameter_choices(apr_pool_t *pool, const parameter_t *parameter);
/** A value as it stands in its control, and what was typed there as a value: parameter_right says whether it
 * is one. */
const char *parameter_typed(apr_pool_t *pool, const parameter_t *parameter, const char *value);
const char *parameter_kept(apr_pool_t *pool, const parameter_t *parameter, const char *typed);
/** A value as it is read. */
const char *parameter_display(apr_pool_t *pool, const parameter_t *parameter, const char *value);
/** What is wrong with a value that isn't right. */
const char *parameter_refusal(apr_pool_t *pool, const parameter_t *parameter, const char *value);

#endif
