/* SPDX-License-Identifier: Apache-2.0
 *
 * The verbs: one a file, all of one shape. argv[0] is the verb.
 */
#ifndef INSCRINETCTL_VERBS_H
#define INSCRINETCTL_VERBS_H

#include "inscrinetctl.h"

int verb_init(ctl_t *ctl, int argc, const char *const *argv);
int verb_migrate(ctl_t *ctl, int argc, const char *const *argv);
int verb_demo(ctl_t *ctl, int argc, const char *const *argv);
int verb_check(ctl_t *ctl, int argc, const char *const *argv);
int verb_status(ctl_t *ctl, int argc, const char *const *argv);
int verb_activation(ctl_t *ctl, int argc, const char *const *argv);
int verb_password(ctl_t *ctl, int argc, const char *const *argv);
int verb_session(ctl_t *ctl, int argc, const char *const *argv);
int verb_window(ctl_t *ctl, int argc, const char *const *argv);
int verb_parameter(ctl_t *ctl, int argc, const char *const *argv);
int verb_lock(ctl_t *ctl, int argc, const char *const *argv);
int verb_unlock(ctl_t *ctl, int argc, const char *const *argv);
int verb_duplicate(ctl_t *ctl, int argc, const char *const *argv);
int verb_mail(ctl_t *ctl, int argc, const char *const *argv);
int verb_purge(ctl_t *ctl, int argc, const char *const *argv);
int verb_describe(ctl_t *ctl, int argc, const char *const *argv);
int verb_template(ctl_t *ctl, int argc, const char *const *argv);

#endif
