/* SPDX-License-Identifier: Apache-2.0
 *
 * What is made of the table of verbs for the system: the man page, the completion of bash.
 */
#ifndef INSCRINETCTL_MANUAL_H
#define INSCRINETCTL_MANUAL_H

#include <stdio.h>

typedef struct manual_verb_t {
    const char *name, *usage, *does;
} manual_verb_t;

/** inscrinetctl(1), as roff. */
void manual_page(FILE *to, const manual_verb_t *verbs, int count);

/** A script for bash: verbs, then the words and options of each; what else is typed is a file's name. */
void manual_completion(FILE *to, const manual_verb_t *verbs, int count);

#endif
