/* SPDX-License-Identifier: Apache-2.0
 *
 * Families of candidates: what a candidate knows of himself. With his school they give a row of the
 * categories.
 */
#ifndef INSCRINET_DOMAIN_FAMILY_H
#define INSCRINET_DOMAIN_FAMILY_H

/** What a family is called in « Catégorie du candidat » ("SCO": « Scolaire »), or NULL. */
const char *family_label(const char *family);

#endif
