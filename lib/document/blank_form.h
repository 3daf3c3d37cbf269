/* SPDX-License-Identifier: Apache-2.0
 *
 * The blank form of an exam, for the day when everything is down: what the confirmation shows, to be filled
 * in by hand.
 */
#ifndef INSCRINET_DOCUMENT_BLANK_FORM_H
#define INSCRINET_DOCUMENT_BLANK_FORM_H

#include "confirmation.h"

typedef struct blank_field_t {
    const char *label;
    const char *hint;            /* small, below the label: « JJ/MM/AAAA »; or NULL */
    apr_array_header_t *choices; /* const char *, to tick; NULL or empty: a line to write on */
    int half;                    /* a short answer: two such fields stand side by side */
} blank_field_t;

typedef struct blank_section_t {
    const char *title;
    apr_array_header_t *fields; /* blank_field_t */
} blank_section_t;

typedef struct blank_form_t {
    const char *authority;        /* « Académie de démonstration » */
    const char *division;         /* « DEC 4 », or NULL */
    const char *exam;             /* « Baccalauréat professionnel » */
    const char *session;          /* « Session de juin 2027 » */
    const char *engagement;       /* text that is signed */
    const char *privacy;          /* notice on personal data */
    const char *hand_in;          /* « À remettre à votre établissement … », or NULL */
    apr_array_header_t *sections; /* blank_section_t, in order */
} blank_form_t;

/**
 * Draw a blank form. The same model gives the same bytes.
 * @return APR_SUCCESS, the sink's error, or APR_EGENERAL with *error set to a line for the log
 */
apr_status_t blank_form_write(const blank_form_t *form, const document_fonts_t *fonts, document_sink_t sink,
                              void *baton, apr_pool_t *pool, const char **error);

#endif
