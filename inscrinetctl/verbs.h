/* SPDX-License-Identifier: Apache-2.0
 *
 * The verbs: one a file, all of one shape. argv[0] is the verb.
 */
#ifndef INSCRINETCTL_VERBS_H
#define INSCRINETCTL_VERBS_H

#include "inscrinetctl.h"

#define VERB(name, usage, does) int verb_##name(ctl_t *ctl, int argc, const char *const *argv);
#include "verbs.def"
#undef VERB

#endif
