/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules of single values. Each takes what was typed (UTF-8, NFC, no NUL: posted.c has seen to that) and
 * gives the value as it is kept, in pool, or the message that says what is wrong. None knows pages or bases.
 *
 * A check returns MSG_OK and sets *kept, or the message. An empty value is the caller's business (required or
 * not): checks are only called for values that are not empty after trimming.
 */
#ifndef INSCRINET_DOMAIN_CHECK_H
#define INSCRINET_DOMAIN_CHECK_H

#include "exam.h"
#include "message.h"

/** A calendar date. year 0: none. */
typedef struct date_t {
    int year, month, day;
} date_t;

/** UAI (establishment code): trimmed, upper case, a first 0 restored; its letter must be right. */
message_t check_uai(apr_pool_t *pool, const char *typed, const char **kept);

/** Login of the service Établissement: a code, or a code and a delegate's name, « 0590001A.MARIE-DURAND ». */
message_t check_school_login(apr_pool_t *pool, const char *typed, const char **kept);

/** A delegate's name as his login holds it: bare letters and digits, hyphens between them. */
message_t check_delegate_name(apr_pool_t *pool, const char *typed, const char **kept);

/** The control letter of an UAI's or INE-BEA's number (alphabet of 23 letters, modulo 23). */
char uai_letter(apr_uint64_t number);

/** INE: 11 letters and digits; the BEA kind has a key that must be right. */
message_t check_ine(apr_pool_t *pool, const char *typed, const char **kept);

/** Names: Latin letters with any diacritic, space, hyphen, apostrophe; blanks made single; no digits. The
 * same set of letters can be drawn in documents. max is in characters. */
message_t check_birth_name(apr_pool_t *pool, const char *typed, const char **kept);
message_t check_forename(apr_pool_t *pool, const char *typed, const char **kept);

/** A line of an address, a town, a class: printable Latin text; max in characters, 0 for none. */
message_t check_line(apr_pool_t *pool, const char *typed, int max, const char **kept);

/** The first sign that MSG_NAME_SIGN or MSG_LINE_SIGN is about, as the message cites it: its {1}. */
const char *check_refused_sign(apr_pool_t *pool, message_t message, const char *typed);

/** JJ/MM/AAAA with blanks, dots, dashes, none at all, or missing zeros, and ISO; years of 2 digits refused.
 * Kept: ISO. */
message_t check_date(apr_pool_t *pool, const char *typed, const char **kept);

/** A minute of a place, « JJ/MM/AAAA HH:MM » (also « 17h », « 17 h 30 »). Kept: its instant. */
message_t check_minute(apr_pool_t *pool, const char *zone, const char *typed, apr_int64_t *kept);

/** A birth date that makes sense for a session: 13 to 99 years old on its 31 December. */
message_t check_birth_date(apr_pool_t *pool, const char *typed, int session_year, const char **kept);

/** Phone: French (metropole and overseas) or international. Kept: E.164. */
message_t check_phone(apr_pool_t *pool, const char *typed, const char **kept);

/** E.164 to how it is read: "06 12 34 56 78", "+262 692 12 34 56". */
const char *phone_display(apr_pool_t *pool, const char *e164);

/** French post code when french, else up to 10 characters (« - » where a country has none). */
message_t check_postal_code(apr_pool_t *pool, const char *typed, int french, const char **kept);

/** The department of a French post code, "21000": "021", "20200": "02B", "97400": "974"; "" if it has none.
 */
const char *department_of_postal_code(apr_pool_t *pool, const char *code);

/** Address of e-mail: one @, a dotted domain, 100 characters at most. Kept: its domain in lower case. */
message_t check_email(apr_pool_t *pool, const char *typed, const char **kept);

/** The domain that a mistyped usual one was likely meant to be ("gmial.com": "gmail.com"), or NULL. */
const char *email_suggestion(const char *email);

/** A number that we have written ourselves, in an address or a hidden field: digits alone; 0 for anything
 * else. */
apr_int64_t whole_number(const char *typed);

/** The same between two bounds, 0 among them where they allow it; -1: it is none. */
int number_within(const char *typed, int least, int most);

/** Registration number: "11" and "11-0" give 11; 0 for anything else. */
apr_int64_t registration_number(const char *typed);

/** A candidate's number of a past session, here or elsewhere: « 11-0 », « 002 Version 2 », « 01234567890 ».
 * Kept without its revision and its first zeros: "11". */
message_t check_candidate_number(apr_pool_t *pool, const char *typed, const char **kept);

/** What stands on a confirmation, typed or scanned: « 11-0 », « BCP 11-0 ». *exam EXAM_NONE where it names
 * none. */
message_t check_paper(apr_pool_t *pool, const char *typed, exam_t *exam, apr_int64_t *number,
                      apr_int64_t *revision);

/** Personal and resume codes: blanks, dashes and case don't matter. "ABCD2345", 8 signs; NULL if it is none.
 */
const char *personal_code(apr_pool_t *pool, const char *typed);
/** "ABCD2345" to "ABCD-2345". */
const char *personal_code_display(apr_pool_t *pool, const char *code);

/** What a new password may not be or hold. Any may be NULL. */
typedef struct password_context_t {
    const char *login; /* code of the school, or the manager's login */
    const char *name;  /* name of the school */
    int minimum;       /* characters: 12, 14 for a manager */
} password_context_t;

/** The password rules of staff and schools that need no other hash: length, login, name, ban list. */
message_t check_new_password(const password_context_t *context, const char *typed, const char *again);

/** Which candidates are asked whether they present themselves in section européenne: scolaires, and apprentis
 * of a CFA or SA licensed for CCF, of schools that answered OUI (guide, BCP). family: "SCO", "APP", … */
int european_section_asked(exam_t exam, const char *family, int licensed_ccf, int managed);

/** Whether forme de passage "Progressive" is open to this family (scolaires and apprentis: globale only). */
int progressive_form_open(exam_t exam, const char *family);

/** Whether units are marked by contrôle en cours de formation for this family; without_contract: of a private
 * school hors contrat. */
int ccf_practised(const char *family, int licensed_ccf, int without_contract);

/** Whether this family must be of the age of the authority's parameter (18) on 31 December of the exam's year
 * (CAP, BEP). */
int age_rule_applies(exam_t exam, const char *family);

/** Age on 31 December of a year; birth_date is ISO. */
int age_in_year(const char *birth_date, int year);

/** The domain of a specialty's NSF group ("252": « Mécanique, électricité, électronique »); NULL: others. */
const char *specialty_domain(const char *nsf);
/** « 25214 Maintenance… », with who organises it where that is another academy (elsewhere; NULL: it isn't).
 */
const char *specialty_shown(apr_pool_t *pool, const char *code5, const char *label, const char *elsewhere);

/** A year of four digits. Kept as it is. */
message_t check_year(apr_pool_t *pool, const char *typed, const char **kept);

/** A mark out of 20, « 12,5 » or « 12.50 ». Kept: "12,50". *hundredths: 1250. */
message_t check_mark(apr_pool_t *pool, const char *typed, const char **kept, int *hundredths);

/** A whole number from 0 to most. */
message_t check_number(apr_pool_t *pool, const char *typed, int most, const char **kept);

/** ISO "2008-07-07" to "07/07/2008", in pool. */
const char *date_display(apr_pool_t *pool, const char *iso);

#endif
