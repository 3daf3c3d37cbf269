/* SPDX-License-Identifier: Apache-2.0
 *
 * Of whom a parameter is said: of all exams, of one, of a session; and how pages show that and a value.
 */
#ifndef MOD_INSCRINET_MANAGER_SAID_H
#define MOD_INSCRINET_MANAGER_SAID_H

#include "../page.h"
#include "store/parameter.h"

typedef struct said_of_t {
    exam_t exam;                   /* EXAM_NONE: all */
    const exam_session_t *session; /* NULL: whichever */
    const char *path;              /* "bcp", "bcp-2027-09"; "": all */
    const char *words;             /* « Tous les examens », « BCP – session de juin 2027 » */
} said_of_t;

/** Those that are the manager's business (said_of_t): all exams, then each of his with its sessions. */
db_error_t said_of_whom(page_t *page, apr_array_header_t **whom);
/** The one of a path ("" or NULL: all exams); NULL: there is none. */
const said_of_t *said_of_path(const apr_array_header_t *whom, const char *path);
/** A parameter of it, as the base names it. */
parameter_target_t said_target(const said_of_t *of, const char *parameter);

/** What holds of it, and for whom that is said; *from NULL: for nobody, it is the default (NULL: there is
 * none). */
const char *said_holds(page_t *page, const parameter_t *parameter, const apr_array_header_t *whom,
                       const apr_array_header_t *values, const said_of_t *of, const said_of_t **from);

/** Where a parameter is changed. */
const char *said_address(page_t *page, const char *parameter, const said_of_t *of);
/** The object that manager_value.mustache shows; value NULL: nothing is said. */
void said_model(page_t *page, model_t *model, const char *name, const parameter_t *parameter,
                const char *value);

#endif
