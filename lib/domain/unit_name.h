/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of what is asked of a unit: "etat-U11" is the question "etat" of the unit U11.
 */
#ifndef INSCRINET_DOMAIN_UNIT_NAME_H
#define INSCRINET_DOMAIN_UNIT_NAME_H

#define UNIT_NAME_STATE "etat"
#define UNIT_NAME_CHOICE "choix"
#define UNIT_NAME_OPTED "facultative"
#define UNIT_NAME_LANGUAGE "langue"
#define UNIT_NAME_ACTIVITY "activite"
#define UNIT_NAME_ACTIVITY_2 "activite_2"
#define UNIT_NAME_MARK "note"
#define UNIT_NAME_PROOF "justificatif"
#define UNIT_NAME_SESSION "session"
#define UNIT_NAME_ACADEMY "academie"
#define UNIT_NAME_ORIGIN "origine"
#define UNIT_NAME_EXEMPTION "dispense"

/** Whether a name is that of a question of some unit. */
int unit_name_is(const char *name);

#endif
