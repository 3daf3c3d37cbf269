/* SPDX-License-Identifier: Apache-2.0
 *
 * Who is unlike his class: by his specialty, his form of passage, his languages or his options, where nearly
 * all others have chosen alike. A slip of a click more often than a choice; it stops nobody.
 */
#ifndef INSCRINET_DOMAIN_CLASSMATE_H
#define INSCRINET_DOMAIN_CLASSMATE_H

#include <apr_tables.h>

/** What classmates are compared by. */
typedef enum { CLASS_SPECIALTY, CLASS_FORM, CLASS_LANGUAGE, CLASS_OPTION, CLASS_ASPECTS } class_aspect_t;

enum {
    CLASS_LEAST = 5,  /* others that a class must have */
    CLASS_ALIKE = 80, /* of a hundred of the others, that have chosen alike */
    CLASS_RARE = 10   /* of a hundred of the class, at most, that have chosen what he has; or he alone */
};

/** One of a class, by what he has chosen, in words; "": nothing. A class is its name as it was typed,
 * whatever its capitals and blanks. */
typedef struct classmate_t {
    const char *class_name; /* NULL, "": in none, and compared with nobody */
    const char *chosen[CLASS_ASPECTS];
} classmate_t;

/** One who is unlike. */
typedef struct class_unlike_t {
    int mate; /* his place among those that were given */
    class_aspect_t aspect;
    const char *chosen, *others; /* by him, by nearly all others */
    int alike, of;               /* so many of so many others */
} class_unlike_t;

/** All of them (class_unlike_t) among classmate_t's of any classes, in the order in which they were given.
 * Whoever has another specialty is compared by nothing else: its languages and options are others anyway. */
apr_array_header_t *class_unlike(apr_pool_t *pool, const apr_array_header_t *mates);
/** « Forme de passage : Progressive, alors que 22 autres sur 23 ont Globale. » */
const char *class_unlike_sentence(apr_pool_t *pool, const class_unlike_t *unlike);

#endif
