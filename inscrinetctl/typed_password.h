/* SPDX-License-Identifier: Apache-2.0
 *
 * The new password of an account, as an operator gives it: generated, or typed on standard input.
 */
#ifndef INSCRINETCTL_TYPED_PASSWORD_H
#define INSCRINETCTL_TYPED_PASSWORD_H

#include "../lib/domain/check.h"
#include "inscrinetctl.h"

typedef struct typed_password_t {
    const char *generated; /* to be printed once; NULL: it was typed */
    const char *hash;
} typed_password_t;

/** Generate it. CTL_DONE, or CTL_FAILED after a message. */
int typed_password_generate(apr_pool_t *pool, typed_password_t *chosen);
/** Choose it under the rules of context. CTL_DONE, or CTL_FAILED after a message. */
int typed_password_choose(ctl_t *ctl, const password_context_t *context, int from_stdin,
                          typed_password_t *chosen);

#endif
