/* SPDX-License-Identifier: Apache-2.0
 *
 * What the haru files share: the prepared faces, a document in the making, its pages and its structure.
 */
#ifndef INSCRINET_DOCUMENT_HARU_INTERNAL_H
#define INSCRINET_DOCUMENT_HARU_INTERNAL_H

#include "haru.h"
#include "truetype.h"

#include <hpdf.h>
#include <string.h>

/* the object layer is that of this version and no other */
#ifndef HARU_OBJECTS
#if HPDF_MAJOR_VERSION == 2 && HPDF_MINOR_VERSION == 3 && HPDF_BUGFIX_VERSION == 0
#define HARU_OBJECTS 1
#else
#define HARU_OBJECTS 0
#endif
#endif

/* A face, prepared at start-up and shared by all documents: never written to afterwards. */
typedef struct face_t {
    const char *path; /* the font file */
    const char *name; /* in the PDF, after six letters that say "a part of it" */
    int stem;
    const truetype_t *font;
    short widths[256];          /* by byte; 0: not a common letter */
    truetype_program_t program; /* the common letters, compressed */
    const char *program_entries;
    const char *dictionary; /* entries of the simple font that are the same in all documents */
    const char *descriptor;
} face_t;

struct document_fonts_t {
    face_t faces[HARU_FACES];
    truetype_program_t unicode; /* compressed: the letters of the bytes, for all simple fonts */
};

/** Prepare what documents embed of the faces; NULL, or a line for the log. */
const char *haru_prepare(apr_pool_t *pool, document_fonts_t *fonts);

/** A line for the log on an error of libharu, in pool. */
const char *haru_error_line(apr_pool_t *pool, const char *what, HPDF_STATUS error, HPDF_STATUS detail);

/** The matrix that draws a text of this width and size turned by an angle, centred on x, y. */
void haru_turn(double matrix[6], double width, double size, double x, double y, double angle);

#if HARU_OBJECTS

#include <hpdf_doc.h>
#include <hpdf_objects.h>
#include <hpdf_pages.h>

/* Bytes that grow. */
typedef struct haru_buffer_t {
    apr_pool_t *pool;
    char *bytes;
    apr_size_t used, size;
} haru_buffer_t;

void haru_put(haru_buffer_t *buffer, const char *bytes, apr_size_t length);
void haru_put_string(haru_buffer_t *buffer, const char *string);
void haru_put_number(haru_buffer_t *buffer, long number);
/** A length in points, to the hundredth; no locale has a say in it. */
void haru_put_points(haru_buffer_t *buffer, double points);
void haru_put_hex(haru_buffer_t *buffer, unsigned value, int digits);
/** A letter in UTF-16, in hexadecimal. */
void haru_put_utf16(haru_buffer_t *buffer, unsigned letter);
/** The bytes as a string. */
const char *haru_buffer_text(haru_buffer_t *buffer);

typedef struct element_t element_t;

/* What an element holds, in order: another element, or marked content of a page. */
typedef struct kid_t {
    element_t *element; /* NULL: marked content */
    int page, mark;
} kid_t;

struct element_t {
    haru_t *haru;
    const char *type;
    element_t *parent;
    apr_array_header_t *kids; /* kid_t */
    HPDF_Dict object;
};

/* One page: what is drawn on it, and the graphics state at the end of it, so that it is not said again. */
typedef struct page_t {
    int number; /* from 1 */
    HPDF_Page object;
    haru_buffer_t content;
    apr_array_header_t *marks; /* element_t *: the owner of each marked content */
    element_t *marked;         /* whose content is open */
    int decorated;             /* an artifact is open */
    int font;                  /* of the last text; -1: none yet */
    double size, grey, line;
} page_t;

/* The font of one document for a face's letters that are not common. */
typedef struct wide_t {
    unsigned *letters; /* glyph i + 1 draws letters[i] */
    apr_size_t count, size;
} wide_t;

struct haru_t {
    apr_pool_t *pool;
    const document_fonts_t *fonts;
    const char *title;
    HPDF_Doc doc;
    apr_array_header_t *pages; /* page_t * */
    page_t *page;
    element_t *root, *open;
    apr_array_header_t *elements; /* element_t *, in the order they were opened */
    int decoration;
    int plain[HARU_FACES]; /* whether the face's common letters were used */
    wide_t wide[HARU_FACES];
};

/*
 * haru_objects.c: objects of a PDF. Entries are written as they stand when the document is saved, after those
 * that haru_cite added; text lives as long as the document. On error an object is NULL, which all accept.
 */
HPDF_Dict haru_object(haru_t *haru, const char *entries);
/** compressed: the bytes are already. */
HPDF_Dict haru_stream(haru_t *haru, const char *entries, const char *bytes, apr_size_t length,
                      int compressed);
void haru_set_entries(HPDF_Dict object, const char *entries);
/** Add the entry "key number 0 R". */
void haru_cite(HPDF_Dict object, const char *key, HPDF_Dict cited);
void haru_put_reference(haru_buffer_t *buffer, HPDF_Dict cited);

/* haru_tags.c: the structure */
/** Before text of the open element, or decoration, is drawn on the page. */
void haru_mark(haru_t *haru, int decoration);
/** When no more is drawn on a page. */
void haru_unmark(page_t *page);
/** Write the structure into the document. */
void haru_write_structure(haru_t *haru);

/* haru_faces.c: the fonts of one document */
/** The glyph of a letter in the document's wide font. */
unsigned haru_wide_glyph(haru_t *haru, haru_face_t face, unsigned letter);
/** Add the fonts that were used to the document; the dictionary that names them for all pages, NULL on error.
 */
HPDF_Dict haru_write_fonts(haru_t *haru);
/** Name of a font in that dictionary. */
void haru_put_font_name(haru_buffer_t *buffer, int wide, haru_face_t face);

#endif

#endif
