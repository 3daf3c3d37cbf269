/* SPDX-License-Identifier: Apache-2.0
 *
 * Slips to cut out and hand over, ten to a page: how a school logs in; a pupil's with his code.
 */
#ifndef INSCRINET_DOCUMENT_SLIPS_H
#define INSCRINET_DOCUMENT_SLIPS_H

#include "confirmation.h"

typedef struct slip_t {
    const char *school;   /* « Lycée professionnel Jean-Moulin, Lille » */
    const char *address;  /* of the service */
    const char *code;     /* « 0590001A » */
    const char *password; /* as it is typed */
    const char *validity; /* « Valable du 12/10/2026 au 18/11/2026 … », or NULL */
    /* of a pupil's, which has no password; NULL: everybody's */
    const char *pupil;      /* « MARTIN - LÉA » */
    const char *class_name; /* or NULL */
    const char *pupil_code; /* « ABCD-2345 » */
    const char *scan;       /* address that its QR code leads to, or NULL */
} slip_t;

typedef struct slips_t slips_t;

/** Begin; heading stands on each slip: « Académie …, inscription aux examens ». All live in pool. */
slips_t *slips_begin(const char *title, const char *heading, const document_fonts_t *fonts,
                     document_sink_t sink, void *baton, apr_pool_t *pool);

/** Add a slip, whose texts need not outlive the call. APR_SUCCESS, the sink's error or APR_EGENERAL. */
apr_status_t slips_add(slips_t *slips, const slip_t *slip);

/** End, also after an error. APR_EGENERAL comes with *error, a line for the log. */
apr_status_t slips_end(slips_t *slips, const char **error);

#endif
