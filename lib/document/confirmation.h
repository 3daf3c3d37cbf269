/* SPDX-License-Identifier: Apache-2.0
 *
 * The confirmation d'inscription: what the candidate prints, corrects in red, signs and hands in. The same
 * model fills the PDF and its page in HTML.
 */
#ifndef INSCRINET_DOCUMENT_CONFIRMATION_H
#define INSCRINET_DOCUMENT_CONFIRMATION_H

#include <apr_pools.h>
#include <apr_tables.h>

typedef struct confirmation_field_t {
    const char *label, *value; /* value "" : the field prints as « — » */
} confirmation_field_t;

typedef struct confirmation_block_t {
    const char *title;
    apr_array_header_t *fields; /* confirmation_field_t */
} confirmation_block_t;

/* A unit of the exam, and what the candidate does about it. */
typedef struct confirmation_unit_t {
    const char *code;        /* « U11 » */
    const char *label;       /* « Mathématiques » */
    const char *coefficient; /* « 1,5 », or NULL */
    const char *mode;        /* « CCF », « Ponctuel écrit », or NULL */
    const char *state; /* « Inscrit », « Bénéfice : 12,50/20, session 2025 », « Dispensé : … » … */
    const char *choice; /* « Anglais », « Demi-fond », or NULL */
    int unofficial;     /* its row of the nomenclature is not verified: marked « * », which is explained */
} confirmation_unit_t;

typedef struct confirmation_t {
    const char *authority;      /* « Académie de démonstration » */
    const char *division;       /* « DEC 4 », or NULL */
    const char *exam;           /* « Baccalauréat professionnel » */
    const char *session;        /* « Session de juin 2027 » */
    const char *specialty;      /* « 25214 Maintenance des véhicules … » */
    const char *number;         /* « 11-0 » */
    const char *code;           /* « XXXX-XXXX » : code personnel */
    const char *validated;      /* « 24/11/2026 20:31 (heure de Paris) »: last validation */
    const char *candidate;      /* « NOM - PRÉNOM1 PRÉNOM2 »: cartouche, footer, title of the document */
    const char *establishment;  /* « 0590001A Lycée professionnel …, Lille », or NULL */
    const char *return_by;      /* date limit of the return, or NULL */
    const char *hand_in;        /* « À remettre à votre établissement au plus tard le … », or NULL */
    const char *engagement;     /* text that is signed: the authority's parameter */
    const char *privacy;        /* notice on personal data: the authority's parameter */
    int cancelled;              /* « ANNULÉE » across the page */
    int specimen;               /* « SPÉCIMEN » across the page */
    int minor;                  /* the legal representative signs too */
    apr_array_header_t *blocks; /* confirmation_block_t, in order */

    const char *category;          /* « Scolaire – établissement public », or NULL */
    const char *class_name;        /* or NULL */
    const char *form;              /* forme de passage: « Globale », or NULL */
    apr_array_header_t *units;     /* confirmation_unit_t, in order; NULL or empty: none are loaded */
    const char *units_note;        /* what to say instead of their table, or NULL */
    apr_array_header_t *documents; /* const char *: supporting documents to join; NULL: none */
    const char *contact;           /* whom to ask, or NULL */
    apr_array_header_t *address;   /* const char *: in an envelope's window; NULL: it isn't posted */
    const char *scan;              /* what the QR code holds, « BCP 11-0 »; NULL: no code */
} confirmation_t;

typedef struct document_fonts_t document_fonts_t;

/**
 * The two faces (regular, bold) that all documents use, read once at start-up from folder
 * ("inscrinet-regular.ttf", "inscrinet-bold.ttf"). NULL with *error set to one line otherwise.
 */
const document_fonts_t *document_fonts_load(apr_pool_t *pool, const char *folder, const char **error);

/**
 * Whether the libharu that runs is the one that was compiled for, whose records are known: NULL, or a line
 * for the log.
 */
const char *document_library_error(apr_pool_t *pool);

/** Takes the document's bytes as they come. */
typedef apr_status_t (*document_sink_t)(void *baton, const char *bytes, apr_size_t length);

/**
 * Draw one confirmation. The same model gives the same bytes.
 * @return APR_SUCCESS, the sink's error, or APR_EGENERAL with *error set to a line for the log
 */
apr_status_t confirmation_write(const confirmation_t *confirmation, const document_fonts_t *fonts,
                                document_sink_t sink, void *baton, apr_pool_t *pool, const char **error);

/**
 * Several confirmations in one document, each with its own « Page 1/2 ». A confirmation goes to the sink when
 * it has been added, so that a document of any length needs the memory of one; title is what viewers show.
 */
typedef struct confirmations_t confirmations_t;

/** Begin, in pool, which lives until the end. */
confirmations_t *confirmations_begin(const char *title, const document_fonts_t *fonts, document_sink_t sink,
                                     void *baton, apr_pool_t *pool);

/** Add one; pool may be cleared afterwards. APR_SUCCESS, the sink's error or APR_EGENERAL: add no more. */
apr_status_t confirmations_add(confirmations_t *confirmations, const confirmation_t *confirmation,
                               apr_pool_t *pool);

/** End the document, also after an error. As confirmation_write. */
apr_status_t confirmations_end(confirmations_t *confirmations, const char **error);

#endif
