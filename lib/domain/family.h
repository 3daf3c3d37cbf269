/* SPDX-License-Identifier: Apache-2.0
 *
 * Families of candidates: what a candidate knows of himself, in the finest words that he can choose between.
 * With his school they give a row of the categories.
 */
#ifndef INSCRINET_DOMAIN_FAMILY_H
#define INSCRINET_DOMAIN_FAMILY_H

/** The kinds that rules tell apart. */
typedef enum {
    FAMILY_NONE,
    FAMILY_PUPIL,      /* scolaire */
    FAMILY_APPRENTICE, /* apprenti */
    FAMILY_CONTINUING, /* formation professionnelle continue, contrat de professionnalisation */
    FAMILY_DISTANCE,   /* enseignement à distance */
    FAMILY_INDIVIDUAL, /* ex-scolaire, expérience professionnelle, candidat libre … */
    FAMILY_VAE
} family_kind_t;

/** What a family is called in « Catégorie du candidat » ("SCO": « Scolaire »), or NULL. */
const char *family_label(const char *family);

/** FAMILY_NONE for NULL and for what is none. */
family_kind_t family_kind(const char *family);

/** Whether this family stands among a school's ("|SCO|FPC|"): whoever trains adults also takes them under a
 * contrat de professionnalisation. */
int family_in(const char *family, const char *families);

/** The families, in the order in which they are offered; NULL after the last. */
const char *family_at(int ordinal);

#endif
