/* SPDX-License-Identifier: Apache-2.0
 *
 * Text as people write it: UTF-8, composed (NFC), French alphabetical order, capitals with accents. ICU does
 * the work; this room keeps it behind a few calls.
 */
#ifndef INSCRINET_TEXT_TEXT_H
#define INSCRINET_TEXT_TEXT_H

#include <apr_pools.h>

/** 1 if the bytes are right UTF-8 (shortest forms, no surrogates). */
int text_is_utf8(const char *bytes, apr_size_t length);

/** Unicode characters in a UTF-8 text. */
apr_size_t text_characters(const char *text);

/** Its first so many characters; in pool, or the text itself where it has no more. */
const char *text_first(apr_pool_t *pool, const char *text, apr_size_t characters);

/** The text composed (NFC), in pool; the same pointer when it already is. NULL if it isn't UTF-8. */
const char *text_nfc(apr_pool_t *pool, const char *text);

/**
 * The gate of every text that comes from outside (forms, addresses, the command's words and standard input,
 * seeds): composed (NFC; RFC 8265 for passwords), in pool or the text itself. NULL: not UTF-8, or with a
 * control character other than those of `controls`.
 */
const char *text_entered(apr_pool_t *pool, const char *text, const char *controls);

/**
 * Without blanks (all of Unicode's) at both ends, inner ones made single U+0020; in pool, or the text itself
 * where it is so already. Signs that show nothing (soft hyphens, zero-width spaces, marks of direction: what
 * comes along with a paste) go too. What was composed stays so.
 */
const char *text_trim(apr_pool_t *pool, const char *text);

/** ASCII's printable signs alone, single spaces between them: most of what is typed. Neither text_entered nor
 * text_trim has anything to do then. */
int text_is_plain(const char *text);

/** The character that *text points to; *text moves past it. 0 at the end, -1 for a byte that isn't UTF-8. */
int text_next(const char **text);

/** Capitals with accents, French rules; in pool. */
const char *text_upper(apr_pool_t *pool, const char *text);

/** ASCII capitals without accents, hyphens and apostrophes as spaces (Œ: OE): to compare, never to show. */
const char *text_bare(apr_pool_t *pool, const char *text);

/** text_bare without its spaces: what a text is like however it was spaced and signed. */
const char *text_squeezed(apr_pool_t *pool, const char *text);

/** The French collation key of a text (ICU), ' and ’ as one sign: compare keys as bytes. In pool. */
const unsigned char *text_sort_key(apr_pool_t *pool, const char *text, apr_size_t *length);

/** Whether documents can draw every character: Latin letters with their diacritics, digits, punctuation. */
int text_is_drawable(const char *text);

/** Whether a character is a Latin letter that names may hold: documents can draw it, and its capital. */
int text_is_letter(int character);

/** Local time of an instant (seconds since 1970) in a time zone ("Europe/Paris"). */
typedef struct local_time_t {
    int year, month, day, hour, minute, second, weekday; /* weekday: 0 is Sunday */
} local_time_t;
int local_time(const char *zone, apr_int64_t instant, local_time_t *local);

/** Whether a zone is that of a place, "Continent/City": what is told to people names the city, and
 * "Etc/GMT+4" is not what "UTC+4" is elsewhere. */
int local_zone_has_city(const char *zone);

/** The instant of a local time; right in summer. -1 if there is no such zone. */
apr_int64_t local_instant(const char *zone, int year, int month, int day, int hour, int minute);

/** « vendredi 14 novembre 2026 à 17 h 00 » (no-break spaces where typography wants them), in pool. */
const char *local_time_long(apr_pool_t *pool, const char *zone, apr_int64_t instant);

/** The same with « (heure de Paris) », after the zone's city: overseas nobody need wonder; in pool. */
const char *local_time_in_full(apr_pool_t *pool, const char *zone, apr_int64_t instant);

/** « 14/11/2026 17:00 », in pool. */
const char *local_time_short(apr_pool_t *pool, const char *zone, apr_int64_t instant);

/** The day there, "2026-11-14", in pool; "" if there is no such zone. */
const char *local_date(apr_pool_t *pool, const char *zone, apr_int64_t instant);

/** « janvier » of 1 to « décembre » of 12. */
const char *local_month_name(int month);

/** A number that names differ by, nearly always (FNV-1a). */
unsigned text_hash(const char *name);

/** The same of 64 bits, of so many bytes after those of hash; of the first ones, after TEXT_HASH_LONG. */
#define TEXT_HASH_LONG UINT64_C(14695981039346656037)
apr_uint64_t text_hash_long(apr_uint64_t hash, const void *bytes, apr_size_t length);

#endif
