/* SPDX-License-Identifier: Apache-2.0
 *
 * Between the files of the reader of SIECLE exports: bytes (siecle_bytes.c), encodings (siecle_encoding.c),
 * XML (siecle_xml.c), what is kept (siecle_roll.c), rows (siecle.c).
 */
#ifndef INSCRINET_EXCHANGE_SIECLE_INTERNAL_H
#define INSCRINET_EXCHANGE_SIECLE_INTERNAL_H

#include "../domain/message.h"
#include "encoding.h"
#include "siecle.h"

enum {
    SIECLE_BYTES_MOST = 128 << 20, /* of XML, once it is out of its zip */
    SIECLE_GROWTH_MOST = 200, /* times its bytes in the zip; what repeats itself grows some fifty times */
    SIECLE_RECORDS_MOST = 200000,
    SIECLE_DEPTH_MOST = 32,
    SIECLE_TEXT_MOST = 1000,   /* bytes of one text that is kept */
    SIECLE_RECORD_MOST = 16384 /* bytes of all of one pupil */
};

/* ---------------------------------------------------------------- bytes */

typedef struct siecle_bytes_t siecle_bytes_t;

/** The bytes of a file, or of the one XML file of a zip. NULL with *error. */
siecle_bytes_t *siecle_bytes_open(apr_pool_t *pool, const siecle_file_t *file, const char **error);
/** The next so many, 0 at the end, -1 with *error. */
int siecle_bytes_read(siecle_bytes_t *bytes, char *to, int most, const char **error);
/** Reads what is left, for nothing: a zip tells at its end that its bytes aren't those that it was made of,
 * and *error then says so. */
void siecle_bytes_drain(siecle_bytes_t *bytes, const char **error);
/** Back to their beginning; 0 with *error. */
int siecle_bytes_rewind(siecle_bytes_t *bytes, const char **error);

/* ---------------------------------------------------------------- encodings */

/** What is known of a file's encoding. */
typedef struct siecle_encoding_t {
    const char *declared; /* by its first line, in capitals; NULL: nothing */
    int is_wide;          /* UTF-16 with its mark: nothing more is looked at */
    int has_mark;         /* of UTF-8 */
    encoding_guess_t guess;
} siecle_encoding_t;

/** Takes a file's first bytes; the guess sees them with the others. */
void siecle_encoding_begin(siecle_encoding_t *encoding, apr_pool_t *pool, const char *bytes, int length);
/** How a file has to be read whatever it says, once its beginning was seen. NULL: as it says itself. */
const char *siecle_encoding_first(const siecle_encoding_t *encoding);
/** The same once all of it was seen and read as it says: how it has to be read again. */
const char *siecle_encoding_again(const siecle_encoding_t *encoding);

/* ---------------------------------------------------------------- what is kept */

/** What a field of a record holds: elements of the export, named for what they mean. */
typedef enum siecle_field_t {
    FIELD_NONE,
    FIELD_INE, /* first those that a record keeps */
    FIELD_INE_RNIE,
    FIELD_INE_BEA,
    FIELD_BIRTH_NAME,
    FIELD_NAME,
    FIELD_USUAL_NAME,
    FIELD_FORENAME_1,
    FIELD_FORENAME_2,
    FIELD_FORENAME_3,
    FIELD_BIRTH_DATE,
    FIELD_SEX,
    FIELD_BIRTH_COUNTRY,
    FIELD_BIRTH_DEPARTMENT,
    FIELD_BIRTH_TOWN_CODE,
    FIELD_BIRTH_TOWN,
    FIELD_NATIONALITY,
    FIELD_PROGRAMME,
    FIELD_MOBILE,
    FIELD_PHONE,
    FIELD_EMAIL,
    FIELD_LEAVES,
    FIELD_ADDRESS,
    FIELD_LINE_1,
    FIELD_LINE_2,
    FIELD_LINE_3,
    FIELD_LINE_4,
    FIELD_POSTAL_CODE,
    FIELD_TOWN,
    FIELD_COUNTRY,
    FIELD_FOREIGN_TOWN,
    FIELD_PROGRAMME_LABEL,
    FIELD_PROGRAMME_PARENT,
    FIELD_CLASS,
    FIELD_CLASS_KIND,
    FIELD_SCHOOL,
    FIELD_YEAR,
    FIELD_EXPORTED,
    FIELD_COUNT
} siecle_field_t;

/** A pupil, an address, a MEF: what is kept of it. */
typedef struct siecle_record_t {
    const char *id;
    const char *packed; /* for each field its number and its text; ends with 0. NULL: only cited yet */
    const char *class_name;
    apr_uint32_t line;
    unsigned char classes; /* how many it has */
} siecle_record_t;

/** Records by their ids, in the order in which they were first heard of. */
typedef struct siecle_roll_t siecle_roll_t;

siecle_roll_t *siecle_roll_make(apr_pool_t *pool);
/** The record of an id, made where there is none; NULL: there are too many. */
siecle_record_t *siecle_roll_record(siecle_roll_t *roll, const char *id);
/** The same, or NULL. */
siecle_record_t *siecle_roll_find(siecle_roll_t *roll, const char *id);
int siecle_roll_count(const siecle_roll_t *roll);
siecle_record_t *siecle_roll_at(const siecle_roll_t *roll, int place);
/** A copy of bytes, as long as the roll lives. */
const char *siecle_roll_keep(siecle_roll_t *roll, const char *bytes, apr_size_t length);

/** Sets the fields that a record has; texts[FIELD_COUNT], the others NULL. */
void siecle_unpack(const siecle_record_t *record, const char **texts);

/* ---------------------------------------------------------------- paths */

typedef enum siecle_role_t {
    ROLE_BRANCH,
    ROLE_PUPIL,
    ROLE_ADDRESS,
    ROLE_PROGRAMME,
    ROLE_MEMBERSHIP, /* a pupil's classes and groups */
    ROLE_STRUCTURE,  /* one of them */
    ROLE_LEAF        /* a text */
} siecle_role_t;

/** An element by its place below another. */
typedef struct siecle_element_t {
    const char *name;
    unsigned char parent, role, field;
} siecle_element_t;

enum {
    PATH_TOP,
    PATH_PUPILS_ROOT,
    PATH_PROGRAMMES_ROOT,
    PATH_ABOUT,
    PATH_DATA,
    PATH_PUPIL_LIST,
    PATH_MEMBERSHIPS,
    PATH_ADDRESS_LIST,
    PATH_ONE_PUPIL,
    PATH_ONE_MEMBERSHIP,
    PATH_ONE_STRUCTURE,
    PATH_ONE_ADDRESS,
    PATH_PROGRAMME_DATA,
    PATH_PROGRAMME_LIST,
    PATH_ONE_PROGRAMME,
    PATH_LEAVES, /* from here on */
    SIECLE_ELEMENTS = PATH_LEAVES + FIELD_COUNT - 1
};

/** All elements that mean something; the children of one stand together. */
extern const siecle_element_t siecle_elements[SIECLE_ELEMENTS];

/** What a file with another root is, « un export STS »; MSG_OK: nobody knows. */
message_t siecle_kind_of(const char *root);

/* ---------------------------------------------------------------- XML */

typedef enum siecle_kind_t { SIECLE_PUPILS, SIECLE_NOMENCLATURE } siecle_kind_t;

/** All that a file holds. */
typedef struct siecle_content_t {
    siecle_roll_t *pupils, *addresses, *programmes, *classes;
    const char *about[FIELD_COUNT]; /* FIELD_SCHOOL, FIELD_YEAR, FIELD_EXPORTED */
} siecle_content_t;

/** Reads a file into content; NULL, or the French sentence that says why it can't be. wanted[FIELD_COUNT]:
 * the others are not kept. */
const char *siecle_xml_read(apr_pool_t *pool, const siecle_file_t *file, siecle_kind_t kind,
                            const unsigned char *wanted, siecle_content_t *content);

#endif
